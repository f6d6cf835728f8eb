import { EngineError } from '../../errors.ts';
import type { DType } from '../../tensor/dtype.ts';
import { dtypes } from '../../tensor/dtype.ts';
import type { Elem } from '../../wgsl/kernel.ts';
import { type HelperName, overflowHelpers } from '../../wgsl/overflow.ts';
import type { Expression, ScalarType } from './expression.ts';
import { functionOf } from './functions.ts';

/** A value an expression reads: WGSL text of type `type`. */
export interface SlotText {
  readonly text: string;
  readonly type: ScalarType;
}

export interface EmittedExpression {
  /** `let` statements to place before `result` is used. */
  readonly lines: string;
  /** Text of the value, of type `type`. */
  readonly result: string;
  readonly type: ScalarType;
  /** Module-scope functions the lines call; emit them once per module. */
  readonly helpers: string;
  /** Whether `helpers` report 64-bit integers that do not fit: the kernel then needs `overflowBinding` and `overflowParams`. */
  readonly checked: boolean;
}

/** Scalar type a dtype computes in. */
export function scalarOf(dtype: DType): ScalarType {
  const { kind } = dtypes[dtype];
  if (kind === 'string') throw new EngineError('unsupported', 'strings do not compute', { expected: 'a numeric dtype' });
  return kind === 'float' ? 'f32' : kind === 'signed' ? 'i32' : kind === 'unsigned' ? 'u32' : 'bool';
}

/** WGSL text of type `scalarOf(dtype)` for a stored element, given its text (`in1[index]`). */
export function loadText(element: string, dtype: DType, elem: Elem): string {
  if (dtypes[dtype].kind === 'bool') return `(${element} != 0u)`;
  return elem === 'f16' ? `f32(${element})` : element;
}

/** Text of the element to store for a computed value. */
export function storeText(value: string, type: ScalarType, elem: Elem): string {
  if (type === 'bool') return `select(${elem}(0), ${elem}(1), ${value})`;
  return type === elem ? value : `${elem}(${value})`;
}

const largestFloat = 3.4028234663852886e38;

/**
 * A number as a WGSL literal of a type; integers are clamped to it.
 * @throws EngineError `unsupported` for infinities and NaN, which have none: the node is then computed on the host
 */
export function literalText(value: number, type: ScalarType): string {
  if (type === 'bool') return value === 0 ? 'false' : 'true';
  if (!(Math.abs(value) <= largestFloat)) throw new EngineError('unsupported', 'WGSL has no literal for this value', { got: `${value}` });
  if (type === 'i32') return `i32(${Math.min(Math.max(Math.trunc(value), -(2 ** 31)), 2 ** 31 - 1)})`;
  if (type === 'u32') return `${Math.min(Math.max(Math.trunc(value), 0), 2 ** 32 - 1)}u`;
  const text = `${Math.fround(value)}f`;
  return value < 0 || Object.is(value, -0) ? `(${text})` : text;
}

/**
 * WGSL of an expression over given slots.
 * @param prefix of the names it declares, for expressions that share a scope
 * @param also functions of wgsl/overflow.ts that the kernel itself calls
 */
export function emitExpression(
  expression: Expression,
  slots: readonly SlotText[],
  prefix = 'e',
  also: readonly HelperName[] = [],
): EmittedExpression {
  const lines: string[] = [];
  const used = new Set<string>();
  const checks = new Set<HelperName>(also);
  const read = new Set(expression.flatMap(({ args }) => args));
  // A slot is bound once, so that a function that names its argument twice does not load it twice.
  const values: SlotText[] = slots.map(({ text, type }, index) => {
    if (!read.has(index) || /^\w+$/.test(text)) return { text, type };
    lines.push(`let ${prefix}_in${index}: ${type} = ${text};`);
    return { text: `${prefix}_in${index}`, type };
  });
  expression.forEach(({ fn, args, literals = [], type, checked }, index) => {
    const row = functionOf(fn);
    const given = args.map((slot) => values[slot] as SlotText);
    const own = given.at(-1)?.type ?? type;
    const text = row?.wgsl[own];
    if (!row || !text) throw new EngineError('unsupported', `pointwise function ${fn} is not defined for ${own}`);
    const check = checked && row.checked?.[own];
    if (check === 'host') throw new EngineError('unsupported', `${fn} of 64-bit integers has no kernel`);
    if (check) {
      checks.add(check);
      lines.push(`let ${prefix}${index}: ${type} = ${check}(${given.map((each) => each.text).join(', ')});`);
    } else {
      for (const helper of row.helpers ?? []) used.add(helper);
      const parts = [...given.map((each) => each.text), ...literals.map((value) => literalText(value, own))];
      lines.push(`let ${prefix}${index}: ${type} = ${text(...parts)};`);
    }
    values.push({ text: `${prefix}${index}`, type });
  });
  const result = expression.length === 0 ? values[0] : values.at(-1);
  if (!result) throw new EngineError('internal', 'an expression without slots or instructions has no value');
  const helpers = [helperText(used), overflowHelpers(checks)].filter(Boolean).join('\n\n');
  return { lines: lines.join('\n'), result: result.text, type: result.type, helpers, checked: checks.size > 0 };
}

function helperText(names: ReadonlySet<string>): string {
  return Object.entries(helpers)
    .filter(([name]) => names.has(name))
    .map(([, text]) => text)
    .join('\n\n');
}

/** Module-scope WGSL functions by name. WGSL lets a compiler assume there is no NaN or infinity, so those are told by their bits. */
const helpers: Readonly<Record<string, string>> = {
  is_nan: `fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}`,
  // sinh/cosh overflow to inf/inf past 44; tanh is 1 to the last bit of f32 past 9.1.
  safe_tanh: `fn safe_tanh(x: f32) -> f32 {
  return tanh(clamp(x, -10.0, 10.0));
}`,
  sigmoid: `fn sigmoid(x: f32) -> f32 {
  return 1.0 / (1.0 + exp(-max(x, -88.0)));
}`,
  softplus: `fn softplus(x: f32) -> f32 {
  return max(x, 0.0) + log(1.0 + exp(-abs(x)));
}`,
  // Abramowitz & Stegun 7.1.26, absolute error 1.5e-7.
  erf: `fn erf(x: f32) -> f32 {
  let a = abs(x);
  let t = 1.0 / (1.0 + 0.3275911 * a);
  let y = 1.0 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * exp(-min(a * a, 87.0));
  return select(y, -y, x < 0.0);
}`,
  // sin(x) for shift 0, cos(x) for 1. The built-in ones are good to 2⁻¹¹ within ±π and to nothing beyond, where rotary positions lie.
  // Reduction by multiples of π/2 in three parts (Cody & Waite 1980), polynomials of Moshier's Cephes (sinf, cosf).
  wave: `fn wave(x: f32, shift: i32) -> f32 {
  if (abs(x) > 100000.0) { return select(sin(x), cos(x), shift == 1); }
  let turns = round(x * 0.63661977);
  let r = ((x - turns * 1.5703125) - turns * 0.0004837512969970703) - turns * 7.549789954891882e-8;
  let s = r * r;
  let sine = r + r * s * (-0.16666654611 + s * (0.0083321608736 - s * 0.00019515295891));
  let cosine = 1.0 - 0.5 * s + s * s * (0.041666645683 + s * (-0.0013887316255 + s * 0.000024433157118));
  let quadrant = (i32(turns) + shift) & 3;
  let value = select(sine, cosine, (quadrant & 1) == 1);
  return select(value, -value, quadrant > 1);
}`,
  // WGSL's pow is undefined for a negative base and for 0⁰.
  power: `fn power(x: f32, y: f32) -> f32 {
  if (y == 0.0) { return 1.0; }
  let positive = pow(abs(x), y);
  if (x >= 0.0) { return positive; }
  let bits = 0x7fc00000u;
  if (trunc(y) != y) { return bitcast<f32>(bits); }
  let odd = abs(y) < 16777216.0 && (i32(y) & 1) == 1;
  return select(positive, -positive, odd);
}
fn power_u32(x: u32, y: u32) -> u32 {
  var result = 1u;
  var base = x;
  for (var rest = y; rest > 0u; rest = rest >> 1u) {
    if ((rest & 1u) == 1u) { result *= base; }
    base *= base;
  }
  return result;
}
fn power_i32(x: i32, y: i32) -> i32 {
  if (y < 0) { return select(select(0, select(1, -1, (y & 1) == 1), x == -1), 1, x == 1); }
  return bitcast<i32>(power_u32(bitcast<u32>(x), bitcast<u32>(y)));
}`,
};

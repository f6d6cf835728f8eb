import type { HelperName } from '../../wgsl/overflow.ts';
import type { ScalarType } from './expression.ts';
import { celu, elu, erf, gelu, geluTanh, hardSigmoid, integerPower, mish, roundHalfEven, selu, sigmoid, softplus } from './host.ts';

/** A scalar on the host: floats are numbers, integers of every width are bigints (so int64 is exact), truth values are booleans. */
export type HostScalar = number | bigint | boolean;

type Text = (...parts: string[]) => string;

/**
 * A pointwise function: what it is in WGSL and on the host. Both get the arguments first and the literals after them.
 * A function is typed by its last argument: `wgsl.f32` is its text where that is an f32.
 */
export interface PointwiseFunction {
  readonly arity: number;
  /** Type of the result; `same` is the type of the last argument. */
  readonly result: ScalarType | 'same';
  readonly wgsl: Readonly<Partial<Record<ScalarType, Text>>>;
  /** Definition where the last argument is f32 (computed in float64, rounded when stored). */
  readonly float?: (...args: never[]) => HostScalar;
  /** Definition where it is an integer; results are wrapped to the width of the dtype when stored. */
  readonly integer?: (...args: never[]) => HostScalar;
  /** Definition where it is a truth value. */
  readonly logical?: (...args: never[]) => HostScalar;
  /** WGSL helper functions its text calls, by name (`helpers` below). */
  readonly helpers?: readonly string[];
  /**
   * Its text where it computes a 64-bit integer, for types whose result may leave 32 bits: a call of one of these functions of
   * wgsl/overflow.ts with the arguments; `host` where there is none, and the node is computed there.
   */
  readonly checked?: Readonly<Partial<Record<ScalarType, HelperName | 'host'>>>;
}

type Unary = (x: number) => number;

/** The same text for several types. */
function on(types: string, text: Text): Partial<Record<ScalarType, Text>> {
  return Object.fromEntries(types.split(' ').map((type) => [type, text]));
}

/** One float in, one float out. */
function real(text: Text, float: (x: number, ...literals: number[]) => number, ...helpers: string[]): PointwiseFunction {
  return { arity: 1, result: 'same', wgsl: { f32: text }, float, helpers };
}

function builtin(name: string, float: Unary): PointwiseFunction {
  return real((x) => `${name}(${x})`, float);
}

function compare(operator: string, decide: (a: HostScalar, b: HostScalar) => boolean, types = 'f32 i32 u32'): PointwiseFunction {
  const wgsl = on(types, (a, b) => `(${a} ${operator} ${b})`);
  return { arity: 2, result: 'bool', wgsl, float: decide, integer: decide, logical: decide };
}

function bitwise(operator: string, integer: (a: bigint, b: bigint) => bigint): PointwiseFunction {
  return { arity: 2, result: 'same', wgsl: on('i32 u32', (a, b) => `(${a} ${operator} ${b})`), integer };
}

const same = 'same' as const;
const numbers = 'f32 i32 u32';
/** Truncation into low..high; limits of 32 and 64 bits come as the power of two past them, which f32 can hold. */
function saturate(x: number, low: number, high: number): bigint {
  if (Number.isNaN(x)) return 0n;
  const top = BigInt(high) - (high >= 2 ** 31 ? 1n : 0n);
  return x <= low ? BigInt(low) : x >= high ? top : BigInt(Math.trunc(x));
}
const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);

/**
 * Every pointwise function, one line each. Integer division truncates and `Mod` takes the divisor's sign (ONNX: C and Python);
 * a zero divisor gives the dividend (remainder 0), as WGSL defines it. `Max` and `Min` pass NaN on.
 */
export const functions = {
  Const: {
    arity: 0,
    result: same,
    wgsl: on('f32 i32 u32 bool', (value) => value),
    float: (v: number) => v,
    integer: (v: bigint) => v,
    logical: (v: boolean) => v,
  },
  Identity: {
    arity: 1,
    result: same,
    wgsl: on('f32 i32 u32 bool', (x) => x),
    float: (x: number) => x,
    integer: (x: bigint) => x,
    logical: (x: boolean) => x,
  },
  Add: {
    arity: 2,
    result: same,
    wgsl: on(numbers, (a, b) => `(${a} + ${b})`),
    float: (a: number, b: number) => a + b,
    integer: (a: bigint, b: bigint) => a + b,
    checked: { i32: 'add_i64', u32: 'add_u64' },
  },
  Sub: {
    arity: 2,
    result: same,
    wgsl: on(numbers, (a, b) => `(${a} - ${b})`),
    float: (a: number, b: number) => a - b,
    integer: (a: bigint, b: bigint) => a - b,
    checked: { i32: 'sub_i64', u32: 'sub_u64' },
  },
  Mul: {
    arity: 2,
    result: same,
    wgsl: on(numbers, (a, b) => `(${a} * ${b})`),
    float: (a: number, b: number) => a * b,
    integer: (a: bigint, b: bigint) => a * b,
    checked: { i32: 'mul_i64', u32: 'mul_u64' },
  },
  Div: {
    arity: 2,
    result: same,
    wgsl: on(numbers, (a, b) => `(${a} / ${b})`),
    float: (a: number, b: number) => a / b,
    integer: (a: bigint, b: bigint) => (b === 0n ? a : a / b),
    checked: { i32: 'div_i64' },
  },
  Fmod: {
    arity: 2,
    result: same,
    wgsl: on(numbers, (a, b) => `(${a} % ${b})`),
    float: (a: number, b: number) => a % b,
    integer: (a: bigint, b: bigint) => (b === 0n ? 0n : a % b),
  },
  Mod: {
    arity: 2,
    result: same,
    wgsl: {
      f32: (a, b) => `(${a} - ${b} * floor(${a} / ${b}))`,
      i32: (a, b) => `select(${a} % ${b}, ${a} % ${b} + ${b}, ${a} % ${b} != 0 && (${a} % ${b} < 0) != (${b} < 0))`,
      u32: (a, b) => `(${a} % ${b})`,
    },
    float: (a: number, b: number) => a - b * Math.floor(a / b),
    integer: (a: bigint, b: bigint) => (b === 0n ? 0n : ((a % b) + b) % b),
  },
  Pow: {
    arity: 2,
    result: same,
    wgsl: { f32: (a, b) => `power(${a}, ${b})`, i32: (a, b) => `power_i32(${a}, ${b})`, u32: (a, b) => `power_u32(${a}, ${b})` },
    float: (a: number, b: number) => a ** b,
    integer: integerPower,
    helpers: ['power'],
    checked: { i32: 'pow_i64', u32: 'host' },
  },
  Square: {
    arity: 1,
    result: same,
    wgsl: on(numbers, (x) => `(${x} * ${x})`),
    float: (x: number) => x * x,
    integer: (x: bigint) => x * x,
    checked: { i32: 'square_i64', u32: 'host' },
  },
  Max: {
    arity: 2,
    result: same,
    wgsl: {
      f32: (a, b) => `select(max(${a}, ${b}), ${a} + ${b}, is_nan(${a}) || is_nan(${b}))`,
      ...on('i32 u32', (a, b) => `max(${a}, ${b})`),
    },
    float: (a: number, b: number) => Math.max(a, b),
    integer: (a: bigint, b: bigint) => (a > b ? a : b),
    helpers: ['is_nan'],
  },
  Min: {
    arity: 2,
    result: same,
    wgsl: {
      f32: (a, b) => `select(min(${a}, ${b}), ${a} + ${b}, is_nan(${a}) || is_nan(${b}))`,
      ...on('i32 u32', (a, b) => `min(${a}, ${b})`),
    },
    float: (a: number, b: number) => Math.min(a, b),
    integer: (a: bigint, b: bigint) => (a < b ? a : b),
    helpers: ['is_nan'],
  },
  Neg: {
    arity: 1,
    result: same,
    wgsl: { ...on('f32 i32', (x) => `(-${x})`), u32: (x) => `(0u - ${x})` },
    float: (x: number) => -x,
    integer: (x: bigint) => -x,
    checked: { i32: 'neg_i64', u32: 'host' },
  },
  Abs: {
    arity: 1,
    result: same,
    wgsl: on(numbers, (x) => `abs(${x})`),
    float: Math.abs,
    integer: magnitude,
    checked: { i32: 'abs_i64' },
  },
  Sign: {
    arity: 1,
    result: same,
    wgsl: { ...on('f32 i32', (x) => `sign(${x})`), u32: (x) => `min(${x}, 1u)` },
    float: Math.sign,
    integer: (x: bigint) => (x > 0n ? 1n : x < 0n ? -1n : 0n),
  },
  Relu: {
    arity: 1,
    result: same,
    wgsl: { f32: (x) => `max(${x}, 0.0)`, i32: (x) => `max(${x}, 0)`, u32: (x) => x },
    float: (x: number) => Math.max(x, 0),
    integer: (x: bigint) => (x > 0n ? x : 0n),
  },
  Clip: {
    arity: 1,
    result: same,
    wgsl: on(numbers, (x, low, high) => `min(max(${x}, ${low}), ${high})`),
    float: (x: number, low: number, high: number) => Math.min(Math.max(x, low), high),
    integer: (x: bigint, low: bigint, high: bigint) => {
      const raised = x < low ? low : x;
      return raised > high ? high : raised;
    },
  },
  Exp: builtin('exp', Math.exp),
  Log: builtin('log', Math.log),
  Sqrt: builtin('sqrt', Math.sqrt),
  Rsqrt: real(
    (x) => `(1.0 / sqrt(${x}))`,
    (x) => 1 / Math.sqrt(x),
  ),
  Reciprocal: real(
    (x) => `(1.0 / ${x})`,
    (x) => 1 / x,
  ),
  Floor: builtin('floor', Math.floor),
  Ceil: builtin('ceil', Math.ceil),
  Round: builtin('round', roundHalfEven),
  Sin: real((x) => `wave(${x}, 0)`, Math.sin, 'wave'),
  Cos: real((x) => `wave(${x}, 1)`, Math.cos, 'wave'),
  Tan: real((x) => `(wave(${x}, 0) / wave(${x}, 1))`, Math.tan, 'wave'),
  // asin and acos themselves are only good to 2⁻¹² on some adapters.
  Asin: real((x) => `atan2(${x}, sqrt((1.0 - ${x}) * (1.0 + ${x})))`, Math.asin),
  Acos: real((x) => `atan2(sqrt((1.0 - ${x}) * (1.0 + ${x})), ${x})`, Math.acos),
  Atan: builtin('atan', Math.atan),
  Sinh: builtin('sinh', Math.sinh),
  Cosh: builtin('cosh', Math.cosh),
  Asinh: real((x) => `(sign(${x}) * log(abs(${x}) + sqrt(${x} * ${x} + 1.0)))`, Math.asinh),
  Acosh: real((x) => `log(${x} + sqrt(${x} * ${x} - 1.0))`, Math.acosh),
  Atanh: real((x) => `(0.5 * log((1.0 + ${x}) / (1.0 - ${x})))`, Math.atanh),
  Tanh: real((x) => `safe_tanh(${x})`, Math.tanh, 'safe_tanh'),
  Sigmoid: real((x) => `sigmoid(${x})`, sigmoid, 'sigmoid'),
  Erf: real((x) => `erf(${x})`, erf, 'erf'),
  Gelu: real((x) => `(0.5 * ${x} * (1.0 + erf(${x} * 0.70710678118654752)))`, gelu, 'erf'),
  GeluTanh: real(
    (x) => `(0.5 * ${x} * (1.0 + safe_tanh(0.79788456080286536 * ${x} * (1.0 + 0.044715 * ${x} * ${x}))))`,
    geluTanh,
    'safe_tanh',
  ),
  Swish: real(
    (x, alpha) => `(${x} * sigmoid(${alpha} * ${x}))`,
    (x, alpha = 1) => x * sigmoid(alpha * x),
    'sigmoid',
  ),
  Mish: real((x) => `(${x} * safe_tanh(softplus(${x})))`, mish, 'softplus', 'safe_tanh'),
  Softplus: real((x) => `softplus(${x})`, softplus, 'softplus'),
  Softsign: real(
    (x) => `(${x} / (1.0 + abs(${x})))`,
    (x) => x / (1 + Math.abs(x)),
  ),
  HardSigmoid: real(
    (x, alpha, beta) => `clamp(${alpha} * ${x} + ${beta}, 0.0, 1.0)`,
    (x, alpha = 0.2, beta = 0.5) => hardSigmoid(x, alpha, beta),
  ),
  HardSwish: real(
    (x) => `(${x} * clamp(${x} / 6.0 + 0.5, 0.0, 1.0))`,
    (x) => x * hardSigmoid(x, 1 / 6, 0.5),
  ),
  LeakyRelu: real(
    (x, alpha) => `select(${alpha} * ${x}, ${x}, ${x} >= 0.0)`,
    (x, alpha = 0.01) => (x >= 0 ? x : alpha * x),
  ),
  ThresholdedRelu: real(
    (x, alpha) => `select(0.0, ${x}, ${x} > ${alpha})`,
    (x, alpha = 1) => (x > alpha ? x : 0),
  ),
  Elu: real(
    (x, alpha) => `select(${alpha} * (exp(min(${x}, 0.0)) - 1.0), ${x}, ${x} > 0.0)`,
    (x, alpha = 1) => elu(x, alpha),
  ),
  Celu: real(
    (x, alpha) => `(max(${x}, 0.0) + min(${alpha} * (exp(min(${x}, 0.0) / ${alpha}) - 1.0), 0.0))`,
    (x, alpha = 1) => celu(x, alpha),
  ),
  Selu: real(
    (x, alpha, gamma) => `(${gamma} * select(${alpha} * (exp(min(${x}, 0.0)) - 1.0), ${x}, ${x} > 0.0))`,
    (x, alpha = 1.67326319, gamma = 1.05070102) => selu(x, alpha, gamma),
  ),
  PRelu: {
    arity: 2,
    result: same,
    wgsl: {
      f32: (x, slope) => `select(${slope} * ${x}, ${x}, ${x} >= 0.0)`,
      i32: (x, slope) => `select(${slope} * ${x}, ${x}, ${x} >= 0)`,
      u32: (x) => x,
    },
    float: (x: number, slope: number) => (x >= 0 ? x : slope * x),
    integer: (x: bigint, slope: bigint) => (x >= 0n ? x : slope * x),
    checked: { i32: 'host' },
  },
  IsNaN: { arity: 1, result: 'bool', wgsl: { f32: (x) => `is_nan(${x})` }, float: (x: number) => Number.isNaN(x), helpers: ['is_nan'] },
  /** Literals: whether −∞ counts, whether +∞ counts. */
  IsInf: {
    arity: 1,
    result: 'bool',
    wgsl: {
      f32: (x, negative, positive) =>
        `((${negative} != 0.0 && bitcast<u32>(${x}) == 0xff800000u) || (${positive} != 0.0 && bitcast<u32>(${x}) == 0x7f800000u))`,
    },
    float: (x: number, negative: number, positive: number) => (x === Infinity && positive !== 0) || (x === -Infinity && negative !== 0),
  },
  Not: { arity: 1, result: 'bool', wgsl: { bool: (x) => `(!${x})` }, logical: (x: boolean) => !x },
  And: { arity: 2, result: 'bool', wgsl: { bool: (a, b) => `(${a} && ${b})` }, logical: (a: boolean, b: boolean) => a && b },
  Or: { arity: 2, result: 'bool', wgsl: { bool: (a, b) => `(${a} || ${b})` }, logical: (a: boolean, b: boolean) => a || b },
  Xor: { arity: 2, result: 'bool', wgsl: { bool: (a, b) => `(${a} != ${b})` }, logical: (a: boolean, b: boolean) => a !== b },
  Equal: compare('==', (a, b) => a === b, 'f32 i32 u32 bool'),
  Less: compare('<', (a, b) => a < b),
  Greater: compare('>', (a, b) => a > b),
  LessOrEqual: compare('<=', (a, b) => a <= b),
  GreaterOrEqual: compare('>=', (a, b) => a >= b),
  /** Condition first. */
  Where: {
    arity: 3,
    result: same,
    wgsl: on('f32 i32 u32 bool', (c, a, b) => `select(${b}, ${a}, ${c})`),
    float: choose<number>,
    integer: choose<bigint>,
    logical: choose<boolean>,
  },
  BitwiseAnd: bitwise('&', (a, b) => a & b),
  BitwiseOr: bitwise('|', (a, b) => a | b),
  BitwiseXor: bitwise('^', (a, b) => a ^ b),
  BitwiseNot: { arity: 1, result: same, wgsl: on('i32 u32', (x) => `(~${x})`), integer: (x: bigint) => ~x, checked: { u32: 'host' } },
  ShiftLeft: {
    arity: 2,
    result: same,
    wgsl: { u32: (a, b) => `select(${a} << (${b} & 31u), 0u, ${b} > 31u)` },
    integer: (a: bigint, b: bigint) => (b > 63n ? 0n : a << b),
    checked: { u32: 'shift_left_u64' },
  },
  ShiftRight: {
    arity: 2,
    result: same,
    wgsl: { u32: (a, b) => `select(${a} >> (${b} & 31u), 0u, ${b} > 31u)` },
    integer: (a: bigint, b: bigint) => a >> b,
  },
  /** Wraps an integer to the literal's width in bits: int8 and int16 arithmetic happens in 32 bits. */
  Narrow: { arity: 1, result: same, wgsl: on('i32 u32', (x, bits) => `extractBits(${x}, 0u, u32(${bits}))`), integer: (x: bigint) => x },
  /** An exponent of integers, which must be whole; larger ones count as 2²⁴, which is as even as they are. */
  WholeExponent: {
    arity: 1,
    result: same,
    wgsl: { f32: (x) => x },
    float: (x: number) => Math.min(Math.max(x, -(2 ** 24)), 2 ** 24),
    checked: { f32: 'whole_exponent' },
  },
  ToF32: {
    arity: 1,
    result: 'f32',
    wgsl: { f32: (x) => x, ...on('i32 u32', (x) => `f32(${x})`), bool: (x) => `select(0.0, 1.0, ${x})` },
    float: (x: number) => x,
    integer: Number,
    logical: Number,
  },
  /** Truncates; literals: lowest and highest value of the target dtype, where floats saturate. NaN becomes 0. */
  ToI32: {
    arity: 1,
    result: 'i32',
    wgsl: {
      f32: (x, low, high) => `i32(select(clamp(${x}, ${low}, ${high}), 0.0, is_nan(${x})))`,
      ...on('i32 u32', (x) => `i32(${x})`),
      bool: (x) => `select(0i, 1i, ${x})`,
    },
    float: saturate,
    integer: (x: bigint) => x,
    logical: (x: boolean) => BigInt(x),
    helpers: ['is_nan'],
    checked: { f32: 'i64_of_f32', u32: 'i64_of_u32' },
  },
  ToU32: {
    arity: 1,
    result: 'u32',
    wgsl: {
      f32: (x, low, high) => `u32(select(clamp(${x}, ${low}, ${high}), 0.0, is_nan(${x})))`,
      ...on('i32 u32', (x) => `u32(${x})`),
      bool: (x) => `select(0u, 1u, ${x})`,
    },
    float: saturate,
    integer: (x: bigint) => x,
    logical: (x: boolean) => BigInt(x),
    helpers: ['is_nan'],
    checked: { f32: 'u64_of_f32', i32: 'u64_of_i32' },
  },
  ToBool: {
    arity: 1,
    result: 'bool',
    wgsl: { f32: (x) => `(${x} != 0.0)`, i32: (x) => `(${x} != 0)`, u32: (x) => `(${x} != 0u)`, bool: (x) => x },
    float: (x: number) => x !== 0,
    integer: (x: bigint) => x !== 0n,
    logical: (x: boolean) => x,
  },
} as const satisfies Record<string, PointwiseFunction>;

export type FunctionName = keyof typeof functions;

/** The row of a function by name; undefined for an unknown one. */
export function functionOf(name: string): PointwiseFunction | undefined {
  return (functions as Readonly<Record<string, PointwiseFunction>>)[name];
}

function choose<T>(condition: boolean, a: T, b: T): T {
  return condition ? a : b;
}

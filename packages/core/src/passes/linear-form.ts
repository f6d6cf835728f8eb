import type { Expression } from '../ops/elementwise/expression.ts';

/** `constant + Σ coefficients[slot] · slot`. */
export interface LinearForm {
  readonly constant: number;
  readonly coefficients: readonly number[];
}

/** The linear function of its first `slots` slots that an expression is; undefined when it is none. */
export function linearForm(expression: Expression, slots: number): LinearForm | undefined {
  const forms: (LinearForm | undefined)[] = Array.from({ length: slots }, (_, slot) => ({
    constant: 0,
    coefficients: Array.from({ length: slots }, (_, own) => Number(own === slot)),
  }));
  const none = new Array<number>(slots).fill(0);
  for (const { fn, args, literals, type } of expression) {
    const [a, b] = args.map((arg) => forms[arg]);
    forms.push(type === 'f32' ? apply(fn, a, b, { constant: literals?.[0] ?? 0, coefficients: none }) : undefined);
  }
  return expression.length === 0 ? forms[0] : forms.at(-1);
}

function apply(fn: string, a: LinearForm | undefined, b: LinearForm | undefined, literal: LinearForm): LinearForm | undefined {
  if (fn === 'Const') return literal;
  if (!a) return undefined;
  if (fn === 'Identity') return a;
  if (fn === 'Neg') return scaled(a, -1);
  if (!b) return undefined;
  if (fn === 'Add') return sum(a, b);
  if (fn === 'Sub') return sum(a, scaled(b, -1));
  if (fn === 'Mul') return isConstant(a) ? scaled(b, a.constant) : isConstant(b) ? scaled(a, b.constant) : undefined;
  if (fn === 'Div') return isConstant(b) ? scaled(a, 1 / b.constant) : undefined;
  return undefined;
}

function isConstant({ coefficients }: LinearForm): boolean {
  return coefficients.every((coefficient) => coefficient === 0);
}

function scaled({ constant, coefficients }: LinearForm, factor: number): LinearForm {
  return { constant: constant * factor, coefficients: coefficients.map((coefficient) => coefficient * factor) };
}

function sum(a: LinearForm, b: LinearForm): LinearForm {
  return { constant: a.constant + b.constant, coefficients: a.coefficients.map((each, slot) => each + (b.coefficients[slot] as number)) };
}

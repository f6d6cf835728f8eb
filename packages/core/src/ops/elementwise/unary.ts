import type { AttributeSpec } from '../attribute.ts';
import { attribute } from '../attribute.ts';
import type { Op } from '../op.ts';
import type { Arithmetic } from './arithmetic.ts';
import type { FunctionName } from './functions.ts';
import { pointwise } from './pointwise.ts';

/** dy/dx as graph nodes, given the input, the output and the op's literals; `zero` for functions that are flat almost everywhere. */
type Derivative = ((m: Arithmetic, x: string, y: string, literals: readonly number[]) => string) | 'zero';

/** A function of one tensor. `literals` are its float attributes with their defaults, in the order the function takes them. */
function unary(
  type: string,
  since: number,
  derivative: Derivative | undefined,
  literals: Readonly<Record<string, number>> = {},
  fn: FunctionName = type as FunctionName,
): Op<Record<string, number>> {
  const names = Object.keys(literals);
  const attributes: AttributeSpec<Record<string, number>> = Object.fromEntries(
    names.map((name) => [name, attribute.float(literals[name] as number)]),
  );
  const valuesOf = (given: Record<string, number>) => names.map((name) => given[name] as number);
  return pointwise<Record<string, number>>({
    type,
    since,
    attributes,
    inputs: 1,
    expression: (e, [x = 0], given, [dtype = 'float32']) => e.narrow(e.apply(fn, [x], valuesOf(given)), dtype),
    ...(derivative
      ? {
          vjp: (m, { x: [x = ''], y, dy, attributes: given }) => [
            derivative === 'zero' ? '' : m.mul(dy, derivative(m, x, y, valuesOf(given))),
          ],
        }
      : {}),
  });
}

const step = (m: Arithmetic, condition: string, yes: string | number = 1, no: string | number = 0) => m.where(condition, yes, no);
const square = (m: Arithmetic, x: string) => m.mul(x, x);

/** Functions of one float tensor (Abs, Neg, Sign and Relu: of any number), each with dy/dx. */
export const unaryOps = [
  unary('Abs', 6, (m, x) => m.apply('Sign', [x])),
  // dy/dx = −1/√(1−x²)
  unary('Acos', 7, (m, x) => m.div(-1, m.sqrt(m.sub(1, square(m, x))))),
  // dy/dx = 1/√(x²−1)
  unary('Acosh', 9, (m, x) => m.div(1, m.sqrt(m.sub(square(m, x), 1)))),
  // dy/dx = 1/√(1−x²)
  unary('Asin', 7, (m, x) => m.div(1, m.sqrt(m.sub(1, square(m, x))))),
  // dy/dx = 1/√(x²+1)
  unary('Asinh', 9, (m, x) => m.div(1, m.sqrt(m.add(square(m, x), 1)))),
  // dy/dx = 1/(1+x²)
  unary('Atan', 7, (m, x) => m.div(1, m.add(square(m, x), 1))),
  // dy/dx = 1/(1−x²)
  unary('Atanh', 9, (m, x) => m.div(1, m.sub(1, square(m, x)))),
  unary('Ceil', 6, 'zero'),
  // dy/dx = x > 0 ? 1 : exp(x/α)
  unary('Celu', 12, (m, x, _, [alpha = 1]) => step(m, m.greater(x, 0), 1, m.exp(m.div(m.apply('Min', [x, 0]), alpha))), { alpha: 1 }),
  unary('Cos', 7, (m, x) => m.neg(m.apply('Sin', [x]))),
  unary('Cosh', 9, (m, x) => m.apply('Sinh', [x])),
  // dy/dx = x > 0 ? 1 : y + α
  unary('Elu', 6, (m, x, y, [alpha = 1]) => step(m, m.greater(x, 0), 1, m.add(y, alpha)), { alpha: 1 }),
  // dy/dx = 2/√π · exp(−x²)
  unary('Erf', 9, (m, x) => m.mul(2 / Math.sqrt(Math.PI), m.exp(m.neg(square(m, x))))),
  unary('Exp', 6, (_, __, y) => y),
  unary('Floor', 6, 'zero'),
  // dy/dx = α where 0 < y < 1
  unary('HardSigmoid', 6, (m, _, y, [alpha = 0.2]) => step(m, inside(m, y, 0, 1), alpha), { alpha: 0.2, beta: 0.5 }),
  // dy/dx = x/3 + 1/2 where |x| < 3, 1 above, 0 below
  unary('HardSwish', 14, (m, x) => step(m, inside(m, x, -3, 3), m.add(m.div(x, 3), 0.5), step(m, m.greater(x, 0)))),
  // dy/dx = x ≥ 0 ? 1 : α
  unary('LeakyRelu', 6, (m, x, _, [alpha = 0.01]) => step(m, m.apply('Less', [x, 0]), alpha, 1), { alpha: 0.01 }),
  unary('Log', 6, (m, x) => m.div(1, x)),
  // t = tanh(softplus(x)): dy/dx = t + x·σ(x)·(1−t²)
  unary('Mish', 18, (m, x) => {
    const t = m.tanh(m.apply('Softplus', [x]));
    return m.add(t, m.mul(m.mul(x, m.sigmoid(x)), m.sub(1, square(m, t))));
  }),
  unary('Neg', 6, (m) => m.number(-1)),
  // dy/dx = −y²
  unary('Reciprocal', 6, (m, _, y) => m.neg(square(m, y))),
  unary('Relu', 6, (m, _, y) => step(m, m.greater(y, 0))),
  unary('Round', 11, 'zero'),
  // dy/dx = x > 0 ? γ : y + γα
  unary('Selu', 6, (m, x, y, [alpha = 0, gamma = 0]) => step(m, m.greater(x, 0), gamma, m.add(y, gamma * alpha)), {
    alpha: 1.6732631921768188,
    gamma: 1.0507010221481323,
  }),
  // dy/dx = y(1−y)
  unary('Sigmoid', 6, (m, _, y) => m.mul(y, m.sub(1, y))),
  unary('Sign', 9, 'zero'),
  unary('Sin', 7, (m, x) => m.apply('Cos', [x])),
  unary('Sinh', 9, (m, x) => m.apply('Cosh', [x])),
  unary('Softplus', 1, (m, x) => m.sigmoid(x)),
  // dy/dx = 1/(1+|x|)²
  unary('Softsign', 1, (m, x) => m.div(1, square(m, m.add(1, m.apply('Abs', [x]))))),
  // dy/dx = 1/(2y)
  unary('Sqrt', 6, (m, _, y) => m.div(0.5, y)),
  // s = σ(αx): dy/dx = s + αx·s(1−s)
  unary('Swish', 24, swishDerivative, { alpha: 1 }),
  // dy/dx = 1 + y²
  unary('Tan', 7, (m, _, y) => m.add(1, square(m, y))),
  // dy/dx = 1 − y²
  unary('Tanh', 6, (m, _, y) => m.sub(1, square(m, y))),
  unary('ThresholdedRelu', 10, (m, x, _, [alpha = 1]) => step(m, m.greater(x, alpha)), { alpha: 1 }),
] as const;

export function swishDerivative(m: Arithmetic, x: string, _: string, [alpha = 1]: readonly number[]): string {
  const s = m.sigmoid(m.mul(x, alpha));
  return m.add(s, m.mul(m.mul(m.mul(x, alpha), s), m.sub(1, s)));
}

function inside(m: Arithmetic, x: string, low: number, high: number): string {
  return m.apply('And', [m.greater(x, low), m.apply('Less', [x, high])]);
}

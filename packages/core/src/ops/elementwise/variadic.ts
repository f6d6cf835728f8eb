import type { Op } from '../op.ts';
import type { Arithmetic } from './arithmetic.ts';
import type { FunctionName } from './functions.ts';
import { type PointwiseGradient, pointwise } from './pointwise.ts';

type Gradient = (m: Arithmetic, context: PointwiseGradient<Record<string, never>>) => readonly string[];

/** One function folded over any number of tensors, broadcast since opset 8. */
function variadic(type: string, fn: FunctionName, vjp: Gradient, average = false): Op {
  return pointwise({
    type,
    since: 8,
    inputs: [1, Number.MAX_SAFE_INTEGER],
    expression(e, inputs, _, [dtype = 'float32']) {
      const slots = inputs.filter((slot) => slot !== undefined);
      const total = slots.reduce((sum, slot) => e.apply(fn, [sum, slot]));
      const result = average ? e.apply('Mul', [total, e.constant(1 / slots.length, 'f32')]) : total;
      return e.narrow(result, dtype);
    },
    vjp,
  });
}

/** dx_i = dy where x_i is the first of the inputs that has the result's value. */
function firstWinner(m: Arithmetic, { x, y, dy }: PointwiseGradient<Record<string, never>>): readonly string[] {
  let taken: string | undefined;
  return x.map((input) => {
    const equal = m.apply('Equal', [input, y]);
    const won = taken === undefined ? equal : m.apply('And', [equal, m.apply('Not', [taken])]);
    taken = taken === undefined ? equal : m.apply('Or', [taken, equal]);
    return m.where(won, dy, 0);
  });
}

export const variadicOps: readonly Op[] = [
  variadic('Max', 'Max', firstWinner),
  variadic('Mean', 'Add', (m, { x, dy }) => x.map(() => m.mul(dy, 1 / x.length)), true),
  variadic('Min', 'Min', firstWinner),
  variadic('Sum', 'Add', (_, { x, dy }) => x.map(() => dy)),
];

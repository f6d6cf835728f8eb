import type { ValueType } from '../../ir/graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Tensor as HostTensor } from '../../tensor/tensor.ts';
import { type AttributeSpec, attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import { type Arithmetic, arithmetic } from '../elementwise/arithmetic.ts';
import type { Op } from '../op.ts';

/** Arithmetic on tensors of one shape, or on values of a graph: a step is written once for both. */
interface Numbers<T> {
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  sqrt(a: T): T;
  pow(a: T, b: T): T;
  number(value: number): T;
}

/** Rate R, step count T (both scalars), and of each tensor: x, its gradient and its states → x and the states anew. */
type Step<A> = <T>(n: Numbers<T>, given: A, rate: T, count: T, tensor: readonly T[]) => readonly T[];

const hostNumbers: Numbers<readonly number[]> = {
  add: (a, b) => zip(a, b, (x, y) => x + y),
  sub: (a, b) => zip(a, b, (x, y) => x - y),
  mul: (a, b) => zip(a, b, (x, y) => x * y),
  div: (a, b) => zip(a, b, (x, y) => x / y),
  sqrt: (a) => a.map(Math.sqrt),
  pow: (a, b) => zip(a, b, (x, y) => x ** y),
  number: (value) => [value],
};

function zip(a: readonly number[], b: readonly number[], fn: (x: number, y: number) => number): readonly number[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, index) => fn(a[a.length === 1 ? 0 : index] as number, b[b.length === 1 ? 0 : index] as number));
}

function graphNumbers(m: Arithmetic): Numbers<string> {
  return { add: m.add, sub: m.sub, mul: m.mul, div: m.div, sqrt: m.sqrt, pow: (a, b) => m.apply('Pow', [a, b]), number: m.number };
}

/**
 * An optimiser of `ai.onnx.preview.training`: inputs R, T, all x, all gradients, all first states, …; outputs all x, all first states, …
 * @param states states a tensor has
 */
function optimizer<A>(type: string, attributes: AttributeSpec<A>, states: number, step: Step<A>): Op<A> {
  const groups = states + 2;
  const split = <T>(inputs: readonly T[]) => {
    const count = (inputs.length - 2) / groups;
    return Array.from({ length: count }, (_, tensor) =>
      Array.from({ length: groups }, (__, group) => inputs[2 + group * count + tensor] as T),
    );
  };
  const joined = <T>(results: readonly (readonly T[])[]) =>
    Array.from({ length: states + 1 }, (_, state) => results.map((each) => each[state] as T)).flat();
  return {
    type,
    domain: 'ai.onnx.preview.training',
    since: 1,
    attributes,
    infer: (inputs) => joined(split(inputs).map(([x, , ...own]) => [required(x, 'X'), ...own] as ValueType[])),
    reference(inputs, given) {
      const all = inputs as readonly Tensor[];
      const [rate, count] = [all[0]?.toNumbers() ?? [0], all[1]?.toNumbers() ?? [0]];
      return joined(
        split(all).map((tensor) => {
          const results = step(
            hostNumbers,
            given,
            rate,
            count,
            tensor.map((each) => each.toNumbers()),
          );
          return results.map((values) => HostTensor.from(values as number[], (tensor[0] as Tensor).shape, (tensor[0] as Tensor).dtype));
        }),
      );
    },
    lower({ g, inputs, types, attributes: given }) {
      const { dtype } = types[2] as ValueType;
      const m = arithmetic(g, dtype);
      const [rate = '', count = ''] = inputs;
      return joined(split(inputs).map((tensor) => step(graphNumbers(m), given, m.cast(rate, dtype), m.cast(count, dtype), tensor)));
    },
  };
}

export const optimizerOps = [
  // g = dx + λx; h += g²; x −= R/(1 + T·decay) · g/(√h + ε)
  optimizer<{ decay_factor: number; epsilon: number; norm_coefficient: number }>(
    'Adagrad',
    { decay_factor: attribute.float(0), epsilon: attribute.float(1e-6), norm_coefficient: attribute.float(0) },
    1,
    (n, { decay_factor, epsilon, norm_coefficient }, rate, count, [x, dx, h]) => {
      const g = n.add(dx as never, n.mul(n.number(norm_coefficient), x as never));
      const sum = n.add(h as never, n.mul(g, g));
      const own = n.div(rate, n.add(n.number(1), n.mul(count, n.number(decay_factor))));
      return [n.sub(x as never, n.mul(own, n.div(g, n.add(n.sqrt(sum), n.number(epsilon))))), sum];
    },
  ),
  // v = αv + (1−α)g; h = βh + (1−β)g²; x −= R·√(1−βᵀ)/(1−αᵀ) · v/(√h + ε) (without the correction at T = 0)
  optimizer<{ alpha: number; beta: number; epsilon: number; norm_coefficient: number; norm_coefficient_post: number }>(
    'Adam',
    {
      alpha: attribute.float(0.9),
      beta: attribute.float(0.999),
      epsilon: attribute.float(1e-6),
      norm_coefficient: attribute.float(0),
      norm_coefficient_post: attribute.float(0),
    },
    2,
    (n, { alpha, beta, epsilon, norm_coefficient, norm_coefficient_post }, rate, count, [x, dx, v, h]) => {
      const g = n.add(dx as never, n.mul(n.number(norm_coefficient), x as never));
      const first = n.add(n.mul(n.number(alpha), v as never), n.mul(n.number(1 - alpha), g));
      const second = n.add(n.mul(n.number(beta), h as never), n.mul(n.number(1 - beta), n.mul(g, g)));
      const left = (factor: number) => n.sub(n.number(1), n.pow(n.number(factor), count));
      // At T = 0 both corrections are 0/0, and the standard takes R as it is: (left + [T = 0]) is 1 there.
      const start = n.pow(n.number(0), count);
      const own = n.div(n.mul(rate, n.sqrt(n.add(left(beta), start))), n.add(left(alpha), start));
      const moved = n.sub(x as never, n.mul(own, n.div(first, n.add(n.sqrt(second), n.number(epsilon)))));
      return [n.mul(n.number(1 - norm_coefficient_post), moved), first, second];
    },
  ),
  // v = αv + β'g, where β' is 1 at T = 0 and β after; x −= R·v, or R·(g + αv) in Nesterov's form
  optimizer<{ alpha: number; beta: number; mode: string; norm_coefficient: number }>(
    'Momentum',
    { alpha: attribute.float(), beta: attribute.float(), mode: attribute.string(), norm_coefficient: attribute.float() },
    1,
    (n, { alpha, beta, mode, norm_coefficient }, rate, count, [x, dx, v]) => {
      const g = n.add(n.mul(n.number(norm_coefficient), x as never), dx as never);
      const start = n.pow(n.number(0), count);
      const own = n.add(n.number(beta), n.mul(start, n.number(1 - beta)));
      const moment = n.add(n.mul(n.number(alpha), v as never), n.mul(own, g));
      const step = mode === 'nesterov' ? n.add(g, n.mul(n.number(alpha), moment)) : moment;
      return [n.sub(x as never, n.mul(rate, step)), moment];
    },
  ),
] as const;

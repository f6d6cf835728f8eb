import type { ValueType } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf, stridesOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import { int64s } from '../movement/host.ts';
import type { Op } from '../op.ts';
import { floating } from './layer-normalization.ts';

/** Keeps a constant row from dividing by zero (the ONNX function body's constant). */
const epsilon = 1e-9;

/** y = (x − mean) / (σ + 1e-9) with statistics over `axes`, by default all but the channels of [N, C, H, W]. */
export const meanVarianceNormalization: Op<{ axes: readonly number[] }> = {
  type: 'MeanVarianceNormalization',
  since: 9,
  attributes: { axes: attribute.ints([0, 2, 3]) },
  infer: (inputs) => [floating(inputs[0], 'X')],
  reference([input], { axes }) {
    const x = input as Tensor;
    const reduced = axes.map((axis) => normalizeAxis(axis, x.shape.length));
    const strides = stridesOf(x.shape);
    const rowOf = (offset: number) =>
      x.shape.reduce((row, dim, axis) => {
        const index = Math.floor(offset / (strides[axis] as number)) % dim;
        return reduced.includes(axis) ? row : row * dim + index;
      }, 0);
    const count = sizeOf(reduced.map((axis) => x.shape[axis] as number));
    const values = x.toNumbers();
    const rows = values.map((_, offset) => rowOf(offset));
    const average = (of: (value: number, row: number) => number) => {
      const sums = new Array<number>(values.length / count).fill(0);
      values.forEach((value, offset) => {
        const row = rows[offset] as number;
        sums[row] = (sums[row] as number) + of(value, row) / count;
      });
      return sums;
    };
    const means = average((value) => value);
    const variances = average((value, row) => (value - (means[row] as number)) ** 2);
    const y = values.map((value, offset) => {
      const row = rows[offset] as number;
      return (value - (means[row] as number)) / (Math.sqrt(variances[row] as number) + epsilon);
    });
    return [tensorOf(y, x.shape, x.dtype)];
  },
  lower({ g, inputs: [x = ''], types, attributes: { axes } }) {
    const m = arithmetic(g, (types[0] as ValueType).dtype);
    const over = g.constant(int64s(axes), g.fresh('axes'));
    const average = (name: string) => g.add('ReduceMean', [name, over], { keepdims: 1 });
    const difference = m.sub(x, average(x));
    return [m.div(difference, m.add(m.sqrt(average(m.mul(difference, difference))), epsilon))];
  },
};

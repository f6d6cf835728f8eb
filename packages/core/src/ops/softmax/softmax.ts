import type { ValueType } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { differentiable } from '../movement/copy.ts';
import { int64s } from '../movement/host.ts';
import type { BoundType, Op } from '../op.ts';
import { softmaxCandidates } from './softmax.wgsl.ts';

export interface CoreSoftmaxAttributes {
  /** The input as [outer, dim, inner]; each column of `dim` sums to 1. */
  readonly dim: number;
  readonly inner: number;
  /** 1: the logarithm of it. */
  readonly log: number;
}

/** Core op: softmax (or its logarithm) over the middle of [outer, dim, inner], statistics in f32. */
export const coreSoftmax: Op<CoreSoftmaxAttributes> = {
  type: 'Softmax',
  domain: 'headstart',
  since: 1,
  attributes: { dim: attribute.int(), inner: attribute.int(1), log: attribute.int(0) },
  infer: ([x]) => [x as ValueType],
  reference: ([x], { dim, inner, log }) => [softmaxOnHost(x as Tensor, dim, inner, log === 1)],
  kernels: ([x], attributes, context) => softmaxCandidates(x as BoundType, attributes, context),
};

function softmaxOnHost(x: Tensor, dim: number, inner: number, log: boolean): Tensor {
  const values = x.toNumbers();
  const result = new Array<number>(values.length);
  for (let column = 0; column < values.length / dim; column++) {
    const base = Math.floor(column / inner) * dim * inner + (column % inner);
    const offsets = Array.from({ length: dim }, (_, index) => base + index * inner);
    const largest = Math.max(...offsets.map((offset) => values[offset] as number));
    const sum = offsets.reduce((total, offset) => total + Math.exp((values[offset] as number) - largest), 0);
    for (const offset of offsets) {
      const shifted = (values[offset] as number) - largest;
      result[offset] = log ? shifted - Math.log(sum) : Math.exp(shifted) / sum;
    }
  }
  return Tensor.from(result, x.shape, x.dtype);
}

/**
 * Softmax or LogSoftmax.
 * @param coerced before opset 13 the input is seen as 2-D, [before axis, from axis on], with default axis 1; since then one axis is normalised, by default the last
 */
function softmaxOp(type: 'Softmax' | 'LogSoftmax', since: number, coerced: boolean): Op<{ axis: number }> {
  const log = type === 'LogSoftmax';
  const formOf = (shape: readonly number[], axis: number) => {
    const at = axis === shape.length && coerced ? axis : normalizeAxis(axis, shape.length);
    return coerced ? { at, dim: sizeOf(shape.slice(at)), inner: 1 } : { at, dim: shape[at] as number, inner: sizeOf(shape.slice(at + 1)) };
  };
  return {
    type,
    since,
    attributes: { axis: attribute.int(coerced ? 1 : -1) },
    infer([input], { axis }) {
      const x = required(input, 'input');
      if (!(coerced && axis === x.shape.length)) normalizeAxis(axis, x.shape.length);
      return [x];
    },
    reference([input], { axis }) {
      const x = input as Tensor;
      const { dim, inner } = formOf(x.shape, axis);
      return [softmaxOnHost(x, dim, inner, log)];
    },
    lower({ g, inputs: [x = ''], types, attributes: { axis } }) {
      const { dim, inner } = formOf(boundShape(types[0]), axis);
      return [g.add('Softmax', [x], { dim, inner, log: Number(log) }, { domain: 'headstart' })];
    },
    // Softmax: dx = y ⊙ (dy − Σ_axis(dy ⊙ y)); LogSoftmax: dx = dy − exp(y)·Σ_axis dy
    vjp({ g, inputs: [x = ''], outputs: [y = ''], dy: [dy = ''], types, attributes: { axis } }) {
      if (dy === '' || !differentiable(g, x)) return [''];
      const { shape, dtype } = types[0] as ValueType;
      const m = arithmetic(g, dtype);
      const { at } = formOf(boundShape(types[0]), axis);
      const axes = coerced ? shape.map((_, index) => index).slice(at) : [at];
      const sum = (value: string) => g.add('ReduceSum', [value, g.constant(int64s(axes), g.fresh('axes'))]);
      return [log ? m.sub(dy, m.mul(m.exp(y), sum(dy))) : m.mul(y, m.sub(dy, sum(m.mul(dy, y))))];
    },
  };
}

export const softmaxOps = [
  softmaxOp('Softmax', 1, true),
  softmaxOp('Softmax', 13, false),
  softmaxOp('LogSoftmax', 1, true),
  softmaxOp('LogSoftmax', 13, false),
] as const;

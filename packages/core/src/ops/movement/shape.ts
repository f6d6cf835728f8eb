import { EngineError } from '../../errors.ts';
import { isBound } from '../../ir/graph.ts';
import { allocate } from '../../tensor/dtype.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { lengthOf, required, requiredConstant, unknownDim } from '../dims.ts';
import type { Op } from '../op.ts';
import { int64s } from './host.ts';

/** Which axes Shape gives: `start` and `end` clamp to the rank, from the end when negative. */
function span(rank: number, start: number, end: number | undefined): readonly [number, number] {
  const clamp = (axis: number) => Math.min(Math.max(axis < 0 ? axis + rank : axis, 0), rank);
  return [clamp(start), clamp(end ?? rank)];
}

/** The input's shape as int64. Folds as soon as the dimensions asked for are bound, whatever the values are. */
export const shape: Op<{ start: number; end: number | undefined }> = {
  type: 'Shape',
  since: 1,
  attributes: { start: attribute.int(0), end: attribute.optionalInt() },
  infer([data], { start, end }) {
    const [from, to] = span(required(data, 'data').shape.length, start, end);
    return [{ dtype: 'int64', shape: [Math.max(0, to - from)] }];
  },
  reference: ([data], { start, end }) => [int64s((data as Tensor).shape.slice(...span((data as Tensor).shape.length, start, end)))],
  constantFrom([data], { start, end }) {
    const dims = data?.shape.slice(...span(data.shape.length, start, end));
    return dims && isBound(dims) ? [int64s(dims)] : undefined;
  },
  vjp: () => [''],
};

/** Number of elements as an int64 scalar. */
export const size: Op = {
  type: 'Size',
  since: 1,
  attributes: {},
  infer: () => [{ dtype: 'int64', shape: [] }],
  reference: ([data]) => [Tensor.scalar(BigInt((data as Tensor).size), 'int64')],
  constantFrom: ([data]) => (data && isBound(data.shape) ? [Tensor.scalar(BigInt(sizeOf(data.shape)), 'int64')] : undefined),
  vjp: () => [''],
};

/** A tensor of the shape given as input, all elements the attribute's one value (float32 0 by default). */
export const constantOfShape: Op<{ value: Tensor | undefined }> = {
  type: 'ConstantOfShape',
  since: 9,
  attributes: { value: attribute.tensor(undefined) },
  infer([input], { value }, { constant }) {
    const wanted = constant(0)?.toNumbers() ?? Array.from({ length: lengthOf(required(input, 'input'), 'input') }, unknownDim);
    return [{ dtype: value?.dtype ?? 'float32', shape: wanted }];
  },
  reference([input], { value }) {
    const wanted = (input as Tensor).toNumbers();
    const dtype = value?.dtype ?? 'float32';
    const data = allocate(dtype, sizeOf(wanted));
    if (value && !Array.isArray(data)) data.fill(value.data[0] as never);
    return [Tensor.from(data, wanted, dtype)];
  },
  lower({ g, inputs: [input = ''], attributes: { value }, constant }) {
    requiredConstant(constant(0), 'input');
    const filler = value ? Tensor.from(value.data, [], value.dtype) : Tensor.scalar(0);
    return [g.add('Expand', [g.constant(filler, g.fresh('value')), input])];
  },
  vjp: () => [''],
};

/** start, start + delta, … before limit. */
export const range: Op = {
  type: 'Range',
  since: 11,
  attributes: {},
  infer([start], _, { constant }) {
    const [first, limit, delta] = [0, 1, 2].map((index) => constant(index));
    const length = first && limit && delta ? countOf(boundsOf([first, limit, delta])) : unknownDim();
    return [{ dtype: required(start, 'start').dtype, shape: [length] }];
  },
  reference(inputs) {
    const bounds = boundsOf(inputs as readonly Tensor[]);
    const [first, , step] = bounds;
    const values = Array.from({ length: countOf(bounds) }, (_, index) =>
      typeof first === 'bigint' ? first + BigInt(index) * (step as bigint) : first + index * (step as number),
    );
    return [Tensor.from(values, [values.length], (inputs[0] as Tensor).dtype)];
  },
  lower: ({ g, constant }) => {
    const bounds = [0, 1, 2].map((index) => requiredConstant(constant(index), ['start', 'limit', 'delta'][index] as string));
    return [g.constant(range.reference(bounds, {}, 1)[0] as Tensor, g.fresh('range'))];
  },
  vjp: ({ inputs }) => inputs.map(() => ''),
};

/** start, limit and delta: int64 as bigints, since a number does not hold them all. */
type Bounds = readonly [bigint, bigint, bigint] | readonly [number, number, number];

function boundsOf(tensors: readonly Tensor[]): Bounds {
  const [start, limit, delta] = tensors.map(({ data }) => data[0]);
  if (typeof start === 'bigint' && typeof limit === 'bigint' && typeof delta === 'bigint') return [start, limit, delta];
  const at = (index: number) => (tensors[index] as Tensor).at(0);
  return [at(0), at(1), at(2)];
}

function countOf([start, limit, delta]: Bounds): number {
  if (Number(delta) === 0) throw new EngineError('invalid-model', 'a range has delta 0');
  if (typeof start === 'bigint') {
    const [span, step] = [(limit as bigint) - start, delta as bigint];
    return Math.max(0, Number(span / step) + Number(span % step !== 0n && span > 0n === step > 0n));
  }
  return Math.max(0, Math.ceil(((limit as number) - start) / (delta as number)));
}

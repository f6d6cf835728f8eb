import { multiplyDims } from '../../ir/dims.ts';
import type { Dim } from '../../ir/graph.ts';
import { isBound, type ValueType } from '../../ir/graph.ts';
import { broadcastShapes, broadcastStrides, sameShape, stridesOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { broadcastDims } from '../broadcast.ts';
import { boundShape, lengthOf, required, requiredConstant, unknownDim } from '../dims.ts';
import type { Op } from '../op.ts';
import { addCopy, differentiable } from './copy.ts';
import { int64s, pickElements } from './host.ts';

/** Broadcasts the input with a shape (multidirectionally: a dimension of 1 in the shape keeps the input's). */
export const expand: Op = {
  type: 'Expand',
  since: 8,
  attributes: {},
  infer([input, shape], _, { constant }) {
    const x = required(input, 'input');
    const wanted = constant(1)?.toNumbers();
    if (wanted) return [{ dtype: x.dtype, shape: broadcastDims(x.shape, wanted) }];
    const rank = Math.max(x.shape.length, lengthOf(required(shape, 'shape'), 'shape'));
    return [{ dtype: x.dtype, shape: Array.from({ length: rank }, unknownDim) }];
  },
  reference([input, shape]) {
    const x = input as Tensor;
    const target = broadcastShapes(x.shape, (shape as Tensor).toNumbers());
    const strides = broadcastStrides(x.shape, target);
    return [pickElements(x, target, (indices) => indices.reduce((offset, index, axis) => offset + index * (strides[axis] as number), 0))];
  },
  lower({ g, inputs: [x = ''], types, constant }) {
    const shape = boundShape(types[0]);
    const target = broadcastShapes(shape, requiredConstant(constant(1), 'shape').toNumbers());
    if (sameShape(shape, target)) return [g.add('Identity', [x])];
    return [addCopy(g, x, { shape: target, strides: broadcastStrides(shape, target) })];
  },
  // dx = dy summed over what was repeated, which backward.ts does for every op
  vjp: ({ g, inputs: [x = ''], dy: [dy = ''] }) => [dy !== '' && differentiable(g, x) ? dy : '', ''],
};

/** Repeats the input `repeats[i]` times along axis i. */
export const tile: Op = {
  type: 'Tile',
  since: 6,
  attributes: {},
  infer([input], _, { constant }) {
    const x = required(input, 'input');
    const repeats = constant(1)?.toNumbers();
    return [{ dtype: x.dtype, shape: x.shape.map((dim, axis): Dim => (repeats ? multiplyDims(dim, repeats[axis] ?? 1) : unknownDim())) }];
  },
  reference([input, repeats]) {
    const x = input as Tensor;
    const strides = stridesOf(x.shape);
    const counts = (repeats as Tensor).toNumbers();
    return [
      pickElements(
        x,
        x.shape.map((dim, axis) => dim * (counts[axis] as number)),
        (indices) => indices.reduce((offset, index, axis) => offset + (index % (x.shape[axis] as number)) * (strides[axis] as number), 0),
      ),
    ];
  },
  lower({ g, inputs: [x = ''], types, constant }) {
    const shape = boundShape(types[0]);
    const repeats = requiredConstant(constant(1), 'repeats').toNumbers();
    const strides = stridesOf(shape);
    // Each axis as (repeat, dim): the repeat has stride 0.
    const copied = addCopy(g, x, {
      shape: shape.flatMap((dim, axis) => [repeats[axis] as number, dim]),
      strides: strides.flatMap((stride) => [0, stride]),
    });
    const target = shape.map((dim, axis) => dim * (repeats[axis] as number));
    return [g.add('Reshape', [copied, g.constant(int64s(target), g.fresh('shape'))], { allowzero: 1 })];
  },
  // dx = dy as [r0, d0, r1, d1, …] summed over the repeats
  vjp({ g, inputs: [x = ''], dy: [dy = ''], types, constant }) {
    const repeats = constant(1)?.toNumbers();
    const { shape } = types[0] as ValueType;
    if (dy === '' || !differentiable(g, x)) return ['', ''];
    const bound = requiredConstant(isBound(shape) ? shape : undefined, 'input shape');
    const counts = requiredConstant(repeats, 'repeats');
    const split = bound.flatMap((dim, axis) => [counts[axis] as number, dim]);
    const parts = g.add('Reshape', [dy, g.constant(int64s(split), g.fresh('shape'))], { allowzero: 1 });
    const axes = g.constant(int64s(bound.map((_, axis) => 2 * axis)), g.fresh('axes'));
    return [g.add('ReduceSum', [parts, axes], { keepdims: 0 }), ''];
  },
};

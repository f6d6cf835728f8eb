import { EngineError } from '../../errors.ts';
import { stridesOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import type { Op } from '../op.ts';
import { addCopy, differentiable } from './copy.ts';
import { int64s, pickElements } from './host.ts';

/** The permutation, checked; axes reversed when none is given. */
function permutation(perm: readonly number[] | undefined, rank: number): readonly number[] {
  const axes = perm ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  if (axes.length !== rank || new Set(axes).size !== rank || axes.some((axis) => axis < 0 || axis >= rank)) {
    throw new EngineError('invalid-model', "attribute 'perm' is no permutation", {
      expected: `the axes 0..${rank - 1}`,
      got: `[${axes.join(', ')}]`,
    });
  }
  return axes;
}

/** Output axis i is input axis perm[i]. */
export const transpose: Op<{ perm: readonly number[] | undefined }> = {
  type: 'Transpose',
  since: 1,
  attributes: { perm: attribute.optionalInts() },
  infer([data], { perm }) {
    const x = required(data, 'data');
    return [{ dtype: x.dtype, shape: permutation(perm, x.shape.length).map((axis) => x.shape[axis] as number) }];
  },
  reference([data], { perm }) {
    const x = data as Tensor;
    const axes = permutation(perm, x.shape.length);
    const strides = stridesOf(x.shape);
    return [
      pickElements(
        x,
        axes.map((axis) => x.shape[axis] as number),
        (indices) => indices.reduce((offset, index, axis) => offset + index * (strides[axes[axis] as number] as number), 0),
      ),
    ];
  },
  lower({ g, inputs: [x = ''], types, attributes: { perm } }) {
    const shape = boundShape(types[0]);
    const axes = permutation(perm, shape.length);
    const strides = stridesOf(shape);
    const target = axes.map((axis) => shape[axis] as number);
    // Moving only axes of size 1 moves no element.
    const moved = axes.filter((axis) => shape[axis] !== 1);
    if (moved.every((axis, position) => position === 0 || axis > (moved[position - 1] as number))) {
      return [g.add('Reshape', [x, g.constant(int64s(target), g.fresh('shape'))], { allowzero: 1 })];
    }
    return [addCopy(g, x, { shape: target, strides: axes.map((axis) => strides[axis] as number) })];
  },
  // dx = dy transposed by the inverse permutation
  vjp({ g, inputs, dy: [dy = ''], types, attributes: { perm } }) {
    if (dy === '' || !differentiable(g, inputs[0] as string)) return [''];
    const axes = permutation(perm, required(types[0], 'data').shape.length);
    return [g.add('Transpose', [dy], { perm: axes.map((_, axis) => axes.indexOf(axis)) })];
  },
};

import { EngineError } from '../../errors.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { normalizeAxis, stridesOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type AttributeSpec, attribute } from '../attribute.ts';
import { boundShape, required, requiredConstant, unknownDim } from '../dims.ts';
import type { Op } from '../op.ts';
import { addCopy, differentiable } from './copy.ts';
import { pickElements } from './host.ts';

/** Sizes of `count` equal parts; the last is smaller when they do not come out even (opset 18). */
function equalParts(dim: Dim | undefined, count: number): readonly Dim[] {
  if (count < 1) throw new EngineError('invalid-model', 'Split into no parts');
  if (typeof dim !== 'number') return Array.from({ length: count }, unknownDim);
  const part = Math.ceil(dim / count);
  return Array.from({ length: count }, (_, index) => Math.max(0, Math.min(part, dim - index * part)));
}

/** Split, from the sizes each version finds its own way. */
function splitOp<A extends { readonly axis: number }>(
  since: number,
  attributes: AttributeSpec<A>,
  sizesOf: (attributes: A, sizes: Tensor | undefined, dim: Dim | undefined, outputs: number, given: boolean) => readonly Dim[] | undefined,
): Op<A> {
  const partsOf = (x: ValueType, given: A, sizes: Tensor | undefined, outputs: number, hasSizes: boolean) => {
    const axis = normalizeAxis(given.axis, x.shape.length);
    const dim = x.shape[axis];
    const parts = sizesOf(given, sizes, dim, outputs, hasSizes);
    const sum = parts?.reduce<number>((total, part) => total + (typeof part === 'number' ? part : Number.NaN), 0);
    if (typeof dim === 'number' && sum !== undefined && !Number.isNaN(sum) && sum !== dim) {
      throw new EngineError('invalid-model', 'the parts do not make up the axis', { expected: `${dim}`, got: `${parts?.join(' + ')}` });
    }
    return { axis, parts };
  };
  return {
    type: 'Split',
    since,
    attributes,
    infer(inputs, given, context) {
      const x = required(inputs[0], 'input');
      const { axis, parts } = partsOf(x, given, context.constant(1), context.outputs, inputs[1] !== undefined);
      return (parts ?? equalParts('?', context.outputs)).map((part) => ({ dtype: x.dtype, shape: x.shape.with(axis, part) }));
    },
    reference([input, sizes], given, outputs) {
      const x = input as Tensor;
      const { axis, parts = [] } = partsOf(x, given, sizes, outputs, sizes !== undefined);
      const strides = stridesOf(x.shape);
      let start = 0;
      return parts.map((part) => {
        const from = start * (strides[axis] as number);
        start += part as number;
        return pickElements(x, x.shape.with(axis, part as number), (indices) =>
          indices.reduce((offset, index, at) => offset + index * (strides[at] as number), from),
        );
      });
    },
    lower({ g, inputs: [x = '', sizes = ''], types, attributes: given, used, constant }) {
      const shape = boundShape(types[0]);
      const known = sizes === '' ? undefined : requiredConstant(constant(1), 'split');
      const { axis, parts = [] } = partsOf(types[0] as ValueType, given, known, used.length, sizes !== '');
      const strides = stridesOf(shape);
      let start = 0;
      return parts.map((part, index) => {
        const offset = start * (strides[axis] as number);
        start += part as number;
        return used[index] ? addCopy(g, x, { shape: shape.with(axis, part as number), strides, offset }) : '';
      });
    },
    // dx = the gradients of the parts, joined; zeros where none flows
    vjp({ g, inputs, outputs, dy, types, attributes: { axis } }) {
      const none = inputs.slice(1).map(() => '');
      if (!differentiable(g, inputs[0] as string)) return ['', ...none];
      const { dtype } = types[0] as ValueType;
      const parts = dy.map((flow, index) => {
        if (flow !== '') return flow;
        const shape = g.add('Shape', [outputs[index] as string]);
        return g.add('Expand', [g.constant(0, g.fresh('zero'), dtype), shape]);
      });
      return [g.add('Concat', parts, { axis }), ...none];
    },
  };
}

export const splitOps = [
  splitOp<{ axis: number; split: readonly number[] | undefined }>(
    2,
    { axis: attribute.int(0), split: attribute.optionalInts() },
    ({ split }, _, dim, outputs) => split ?? equalParts(dim, outputs),
  ),
  splitOp<{ axis: number }>(13, { axis: attribute.int(0) }, (_, sizes, dim, outputs, given) =>
    given ? sizes?.toNumbers() : equalParts(dim, outputs),
  ),
  splitOp<{ axis: number; num_outputs: number | undefined }>(
    18,
    { axis: attribute.int(0), num_outputs: attribute.optionalInt() },
    ({ num_outputs }, sizes, dim, outputs, given) => (given ? sizes?.toNumbers() : equalParts(dim, num_outputs ?? outputs)),
  ),
] as const;

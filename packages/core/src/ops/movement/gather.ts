import type { ValueType } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import type { BoundType, Op } from '../op.ts';
import { differentiable } from './copy.ts';
import { gatherCandidates, gatherGradientCandidates } from './gather.wgsl.ts';
import { normalizeIndex, pickElements } from './host.ts';

/**
 * Picks slices of `data` along `axis`: output shape is data's with that axis replaced by the shape of `indices`.
 * Negative indices count from the end. The reference refuses an index past its axis; the kernel clamps it, since a shader cannot fail.
 */
export const gather: Op<{ axis: number }> = {
  type: 'Gather',
  since: 1,
  attributes: { axis: attribute.int(0) },
  infer([data, indices], { axis }) {
    const x = required(data, 'data');
    const at = normalizeAxis(axis, x.shape.length);
    return [{ dtype: x.dtype, shape: [...x.shape.slice(0, at), ...required(indices, 'indices').shape, ...x.shape.slice(at + 1)] }];
  },
  reference([data, indices], { axis }) {
    const [x, picked] = [data as Tensor, indices as Tensor];
    const at = normalizeAxis(axis, x.shape.length);
    const strides = stridesOf(x.shape);
    const own = stridesOf(picked.shape);
    const shape = [...x.shape.slice(0, at), ...picked.shape, ...x.shape.slice(at + 1)];
    const past = at + picked.shape.length;
    return [
      pickElements(x, shape, (position) => {
        const entry = own.reduce((offset, stride, index) => offset + stride * (position[at + index] as number), 0);
        const index = normalizeIndex(picked.at(entry), x.shape[at] as number);
        return position.reduce(
          (offset, each, place) => {
            if (place < at) return offset + each * (strides[place] as number);
            return place >= past ? offset + each * (strides[place - past + at + 1] as number) : offset;
          },
          index * (strides[at] as number),
        );
      }),
    ];
  },
  kernels: (inputs, { axis }, context) => gatherCandidates(inputs as readonly BoundType[], axis, context),
  // ddata[v] = Σ_j [indices[j] = v] · dy[j]
  vjp({ g, inputs: [data = '', indices = ''], dy: [dy = ''], types, attributes: { axis } }) {
    if (dy === '' || !differentiable(g, data)) return ['', ''];
    const shape = boundShape(types[0]);
    const attributes = { axis: normalizeAxis(axis, shape.length), shape };
    return [g.add('GatherGradient', [dy, indices], attributes, { domain: 'headstart' }), ''];
  },
};

/** Core op: sums the slices of `dy` (a Gather's output) that came from each slice of the data, in the order of the indices. */
export const gatherGradient: Op<{ axis: number; shape: readonly number[] }> = {
  type: 'GatherGradient',
  domain: 'headstart',
  since: 1,
  attributes: { axis: attribute.int(), shape: attribute.ints() },
  infer: ([dy], { shape }) => [{ dtype: (dy as ValueType).dtype, shape }],
  reference([dy, indices], { axis, shape }) {
    const [flow, picked] = [dy as Tensor, indices as Tensor];
    const dim = shape[axis] as number;
    const outer = sizeOf(shape.slice(0, axis));
    const inner = sizeOf(shape.slice(axis + 1));
    const sums = new Float64Array(sizeOf(shape));
    for (let row = 0; row < outer; row++) {
      for (let entry = 0; entry < picked.size; entry++) {
        const to = (row * dim + normalizeIndex(picked.at(entry), dim)) * inner;
        const from = (row * picked.size + entry) * inner;
        for (let each = 0; each < inner; each++) sums[to + each] = (sums[to + each] as number) + flow.at(from + each);
      }
    }
    return [Tensor.from([...sums], shape, flow.dtype)];
  },
  kernels: (inputs, attributes, context) => gatherGradientCandidates(inputs as readonly BoundType[], attributes, context),
};

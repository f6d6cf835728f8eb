import type { GraphBuilder } from '../../ir/builder.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, lengthOf, required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import type { Op } from '../op.ts';
import { differentiable } from './copy.ts';
import { asInt32, normalizeIndex, offsetOf, pickElements } from './host.ts';
import { reshapeTo } from './reshape-to.ts';

/** int32 indices along one axis of a shape, for broadcasting: [1, …, n, …, 1]. */
function alongAxis(g: GraphBuilder, rank: number, axis: number, values: readonly number[]): string {
  const shape = Array.from({ length: rank }, (_, place) => (place === axis ? values.length : 1));
  return g.constant(Tensor.from(Int32Array.from(values), shape), g.fresh('offsets'));
}

/** Negative indices from the end of an axis of `dim`, as int32. */
export function wrapIndices(g: GraphBuilder, indices: string, dim: number): string {
  const m = arithmetic(g, 'int32');
  const own = asInt32(g, indices);
  return m.where(m.apply('Less', [own, 0]), m.add(own, dim), own);
}

/** Flat offsets into data of the elements that GatherElements (and ScatterElements) name, as int32 in the shape of `indices`. */
export function elementOffsets(g: GraphBuilder, indices: string, data: readonly number[], shape: readonly number[], axis: number): string {
  const strides = stridesOf(data);
  const m = arithmetic(g, 'int32');
  return shape.reduce(
    (sum, dim, place) => {
      if (place === axis || dim === 1) return sum;
      const steps = Array.from({ length: dim }, (_, index) => index * (strides[place] as number));
      return m.add(sum, alongAxis(g, shape.length, place, steps));
    },
    m.mul(wrapIndices(g, indices, data[axis] as number), strides[axis] as number),
  );
}

/** output[i][j][k] = data[i][indices[i][j][k]][k] for axis 1; the output has the shape of the indices. */
export const gatherElements: Op<{ axis: number }> = {
  type: 'GatherElements',
  since: 11,
  attributes: { axis: attribute.int(0) },
  infer: ([data, indices], { axis }) => {
    normalizeAxis(axis, required(data, 'data').shape.length);
    return [{ dtype: required(data, 'data').dtype, shape: required(indices, 'indices').shape }];
  },
  reference([data, indices], { axis }) {
    const [x, picked] = [data as Tensor, indices as Tensor];
    const at = normalizeAxis(axis, x.shape.length);
    return [
      pickElements(x, picked.shape, (position) => {
        const index = normalizeIndex(picked.at(offsetOf(position, picked.shape)), x.shape[at] as number);
        return offsetOf(position.with(at, index), x.shape);
      }),
    ];
  },
  lower({ g, inputs: [data = '', indices = ''], types, attributes: { axis } }) {
    const [shape, picked] = [boundShape(types[0]), boundShape(types[1])];
    const offsets = elementOffsets(g, indices, shape, picked, normalizeAxis(axis, shape.length));
    return [g.add('Gather', [reshapeTo(g, data, [sizeOf(shape)]), offsets])];
  },
  // ddata[v] = Σ over the elements that read v of dy
  vjp({ g, inputs: [data = '', indices = ''], dy: [dy = ''], types, attributes: { axis } }) {
    if (dy === '' || !differentiable(g, data)) return ['', ''];
    const [shape, picked] = [boundShape(types[0]), boundShape(types[1])];
    const offsets = elementOffsets(g, indices, shape, picked, normalizeAxis(axis, shape.length));
    const flat = g.add(
      'GatherGradient',
      [reshapeTo(g, dy, [sizeOf(picked)]), offsets],
      { axis: 0, shape: [sizeOf(shape)] },
      { domain: 'headstart' },
    );
    return [reshapeTo(g, flat, shape), ''];
  },
};

/** Flat slice numbers that index tuples [..., k] name in the k axes of data after the batch axes, as int32 without the last axis. */
export function tupleOffsets(g: GraphBuilder, indices: string, data: readonly number[], shape: readonly number[], batch: number): string {
  const count = shape.at(-1) as number;
  const indexed = data.slice(batch, batch + count);
  const strides = stridesOf(indexed);
  const m = arithmetic(g, 'int32');
  const outer = shape.slice(0, -1);
  const terms = indexed.map((dim, place) => {
    const column = g.add('Gather', [indices, g.constant(Tensor.from([place], [], 'int64'), g.fresh('column'))], { axis: shape.length - 1 });
    return m.mul(wrapIndices(g, column, dim), strides[place] as number);
  });
  // Each batch has its own run of slices.
  const runs = stridesOf([...data.slice(0, batch), sizeOf(indexed)]);
  for (let axis = 0; axis < batch; axis++) {
    const steps = Array.from({ length: data[axis] as number }, (_, index) => index * (runs[axis] as number));
    terms.push(alongAxis(g, outer.length, axis, steps));
  }
  return terms.reduce((sum, term) => m.add(sum, term));
}

/** Slices of data named by index tuples: indices [..., k] pick in the k axes after `batch_dims` shared leading ones. */
export const gatherND: Op<{ batch_dims: number }> = {
  type: 'GatherND',
  since: 11,
  attributes: { batch_dims: attribute.int(0) },
  infer([data, indices], { batch_dims }) {
    const [x, picked] = [required(data, 'data'), required(indices, 'indices')];
    const count = lengthOf({ dtype: picked.dtype, shape: picked.shape.slice(-1) }, 'index tuples');
    const shape: readonly Dim[] = [...picked.shape.slice(0, -1), ...x.shape.slice(batch_dims + count)];
    return [{ dtype: x.dtype, shape }];
  },
  reference([data, indices], { batch_dims }) {
    const [x, picked] = [data as Tensor, indices as Tensor];
    const count = picked.shape.at(-1) as number;
    const outer = picked.shape.slice(0, -1);
    const shape = [...outer, ...x.shape.slice(batch_dims + count)];
    return [
      pickElements(x, shape, (position) => {
        const entry = offsetOf(position.slice(0, outer.length), outer) * count;
        const tuple = Array.from({ length: count }, (_, index) =>
          normalizeIndex(picked.at(entry + index), x.shape[batch_dims + index] as number),
        );
        return offsetOf([...position.slice(0, batch_dims), ...tuple, ...position.slice(outer.length)], x.shape);
      }),
    ];
  },
  lower({ g, inputs: [data = '', indices = ''], types, attributes: { batch_dims } }) {
    const [shape, picked] = [boundShape(types[0]), boundShape(types[1])];
    const rest = shape.slice(batch_dims + (picked.at(-1) as number));
    const slices = sizeOf(shape) / Math.max(1, sizeOf(rest));
    const rows = g.add('Gather', [reshapeTo(g, data, [slices, sizeOf(rest)]), tupleOffsets(g, indices, shape, picked, batch_dims)]);
    return [reshapeTo(g, rows, [...picked.slice(0, -1), ...rest])];
  },
  vjp({ g, inputs: [data = '', indices = ''], dy: [dy = ''], types, attributes: { batch_dims } }) {
    if (dy === '' || !differentiable(g, data)) return ['', ''];
    const [shape, picked] = [boundShape(types[0]), boundShape(types[1] as ValueType)];
    const inner = sizeOf(shape.slice(batch_dims + (picked.at(-1) as number)));
    const count = sizeOf(picked.slice(0, -1));
    const offsets = tupleOffsets(g, indices, shape, picked, batch_dims);
    const target = [sizeOf(shape) / Math.max(1, inner), inner];
    const flat = g.add('GatherGradient', [reshapeTo(g, dy, [count, inner]), offsets], { axis: 0, shape: target }, { domain: 'headstart' });
    return [reshapeTo(g, flat, shape), ''];
  },
};

import { derived } from '../tensor/derived.ts';
import { allocate } from '../tensor/dtype.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Part `from..to` of a constant along an axis, once for all bindings of the model. Leading parts of axis 0 share the tensor's memory. */
export function sliceWeight(tensor: Tensor, axis: number, from: number, to: number): Tensor {
  return derived(tensor, `slice/${axis}/${from}/${to}`, () => {
    const { shape, data, dtype } = tensor;
    const part = shape.map((dim, own) => (own === axis ? to - from : dim));
    const rows = sizeOf(shape.slice(0, axis));
    const inner = sizeOf(shape.slice(axis + 1));
    const stride = (shape[axis] as number) * inner;
    if (rows === 1 && !Array.isArray(data)) return Tensor.from(data.subarray(from * inner, to * inner), part, dtype);
    const out = allocate(dtype, sizeOf(part));
    const elements = out as unknown[];
    let offset = 0;
    for (let row = 0; row < rows; row++) {
      for (let index = row * stride + from * inner; index < row * stride + to * inner; index++) elements[offset++] = data[index];
    }
    return Tensor.from(out, part, dtype);
  });
}

/** Constants of one dtype joined along an axis, once for all bindings of the model. */
export function joinWeights(tensors: readonly [Tensor, ...Tensor[]], axis: number): Tensor {
  return derived(tensors, `join/${axis}`, () => {
    const [{ shape, dtype }] = tensors;
    const joined = shape.map((dim, own) => (own === axis ? tensors.reduce((sum, each) => sum + (each.shape[axis] as number), 0) : dim));
    const rows = sizeOf(shape.slice(0, axis));
    const out = allocate(dtype, sizeOf(joined));
    const elements = out as unknown[];
    let offset = 0;
    for (let row = 0; row < rows; row++) {
      for (const { data } of tensors) {
        const length = data.length / rows;
        for (let index = row * length; index < (row + 1) * length; index++) elements[offset++] = data[index];
      }
    }
    return Tensor.from(out, joined, dtype);
  });
}

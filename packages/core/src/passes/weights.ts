import { derived } from '../tensor/derived.ts';
import { allocate, type TensorData } from '../tensor/dtype.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Part `from..to` of a constant along an axis, once for all bindings of the model. Parts of axis 0 share the tensor's memory. */
export function sliceWeight(tensor: Tensor, axis: number, from: number, to: number): Tensor {
  return derived(tensor, `slice/${axis}/${from}/${to}`, () => {
    const { shape, data, dtype } = tensor;
    const part = shape.map((dim, own) => (own === axis ? to - from : dim));
    const rows = sizeOf(shape.slice(0, axis));
    const inner = sizeOf(shape.slice(axis + 1));
    const stride = (shape[axis] as number) * inner;
    if (rows === 1 && !Array.isArray(data)) return Tensor.from(data.subarray(from * inner, to * inner), part, dtype);
    const out = allocate(dtype, sizeOf(part));
    const run = (to - from) * inner;
    for (let row = 0; row < rows; row++) copyRun(out, row * run, data, row * stride + from * inner, run);
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
    let offset = 0;
    for (let row = 0; row < rows; row++) {
      for (const { data } of tensors) {
        const run = data.length / rows;
        copyRun(out, offset, data, row * run, run);
        offset += run;
      }
    }
    return Tensor.from(out, joined, dtype);
  });
}

function copyRun(out: TensorData, offset: number, data: TensorData, from: number, length: number): void {
  // Both have the array type of one dtype, which the union does not say.
  if (!Array.isArray(out) && !Array.isArray(data)) (out as Uint8Array).set(data.subarray(from, from + length) as Uint8Array, offset);
  else for (let index = 0; index < length; index++) out[offset + index] = data[from + index] as string;
}

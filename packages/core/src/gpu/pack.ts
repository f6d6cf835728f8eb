import { EngineError } from '../errors.ts';
import { allocate, type DType, type TypedArray } from '../tensor/dtype.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { bufferBytes } from '../wgsl/elem.ts';
import type { Elem } from '../wgsl/kernel.ts';

/**
 * Bytes of a host tensor as the GPU holds it: floats as `elem`, integers and bool one 32-bit word each.
 * @param where what the tensor is, for errors
 * @throws EngineError `out-of-range` when a 64-bit integer does not fit 32 bits; never a wrapped value
 */
export function pack(tensor: Tensor, elem: Elem, where?: string): Uint8Array {
  const { data, dtype } = tensor;
  if (Array.isArray(data))
    throw new EngineError('unsupported', 'strings cannot be computed on the GPU', { hint: "Use the 'wasm' engine." });
  const direct =
    (elem === 'f32' && dtype === 'float32') ||
    (elem === 'i32' && dtype === 'int32') ||
    (elem === 'u32' && dtype === 'uint32') ||
    (elem === 'f16' && dtype === 'float16');
  if (direct && data.byteLength === bufferBytes(data.length, elem)) return bytesOf(data);
  const bytes = new Uint8Array(bufferBytes(data.length, elem));
  const out = viewOf(bytes.buffer, elem, data.length);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    const [low, high] = elem === 'i32' ? [-(2n ** 31n), 2n ** 31n - 1n] : [0n, 2n ** 32n - 1n];
    for (let offset = 0; offset < data.length; offset++) {
      const value = data[offset] as bigint;
      if (value < low || value > high) {
        throw new EngineError('out-of-range', `a 64-bit integer at offset ${offset} does not fit the 32 bits of the GPU`, {
          ...(where ? { where } : {}),
          expected: `${low}..${high}`,
          got: `${value}`,
          hint: "Use the 'wasm' engine for this model.",
        });
      }
      out[offset] = Number(value);
    }
  } else if (dtype === 'bfloat16') {
    for (let offset = 0; offset < data.length; offset++) out[offset] = tensor.at(offset);
  } else {
    out.set(data as Exclude<TypedArray, BigInt64Array | BigUint64Array>);
  }
  return bytes;
}

/** The host tensor for bytes read back from the GPU, in the value's own dtype. */
export function unpack(bytes: ArrayBuffer, elem: Elem, dtype: DType, shape: Shape): Tensor {
  const size = sizeOf(shape);
  const view = viewOf(bytes, elem, size);
  if (
    (dtype === 'float32' && elem === 'f32') ||
    (dtype === 'int32' && elem === 'i32') ||
    (dtype === 'uint32' && elem === 'u32') ||
    (dtype === 'float16' && elem === 'f16')
  ) {
    return Tensor.from(view, shape, dtype);
  }
  if (dtype === 'bfloat16') return Tensor.from(view, shape, 'float32').cast('bfloat16');
  const data = allocate(dtype, size) as TypedArray;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    for (let offset = 0; offset < size; offset++) data[offset] = BigInt(view[offset] as number);
  } else data.set(view);
  return Tensor.from(data, shape, dtype);
}

function viewOf(bytes: ArrayBufferLike, elem: Elem, size: number): Float32Array | Float16Array | Int32Array | Uint32Array {
  switch (elem) {
    case 'f32':
      return new Float32Array(bytes, 0, size);
    case 'f16':
      return new Float16Array(bytes, 0, size);
    case 'i32':
      return new Int32Array(bytes, 0, size);
    case 'u32':
      return new Uint32Array(bytes, 0, size);
  }
}

function bytesOf(data: TypedArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

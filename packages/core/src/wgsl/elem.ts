import type { DType } from '../tensor/dtype.ts';
import type { Capabilities, Elem } from './kernel.ts';

/** Element type a dtype has on the GPU. Integers and bool take one 32-bit word each; packed weights are uint32 tensors. */
export function elemOf(dtype: DType, caps: Pick<Capabilities, 'f16'>): Elem {
  switch (dtype) {
    case 'float16':
      return caps.f16 ? 'f16' : 'f32';
    case 'float32':
    case 'float64':
    case 'bfloat16':
      return 'f32';
    case 'int4':
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
      return 'i32';
    default:
      return 'u32';
  }
}

/** Bytes of a storage buffer for `count` elements: a multiple of 4, and never empty. */
export function bufferBytes(count: number, elem: Elem): number {
  return Math.max(4, Math.ceil((count * (elem === 'f16' ? 2 : 4)) / 4) * 4);
}

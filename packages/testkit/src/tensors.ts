import type { DType } from '@headstart/core/src/tensor/dtype.ts';
import { sizeOf } from '@headstart/core/src/tensor/shape.ts';
import { Tensor } from '@headstart/core/src/tensor/tensor.ts';

export interface TensorSpec {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly tensor: Tensor;
  /** A constant of the graph instead of an input. */
  readonly constant: boolean;
}

/** A test tensor: `values`, or seeded uniform numbers in [min, max]. Integers include both ends. */
export function t(
  dtype: DType,
  shape: readonly number[],
  options: {
    readonly min?: number;
    readonly max?: number;
    readonly values?: readonly (number | bigint)[];
    readonly constant?: boolean;
    readonly seed?: number;
  } = {},
): TensorSpec {
  const { values, constant = false, seed = 1 } = options;
  const integer = !dtype.startsWith('float') && dtype !== 'bfloat16';
  const { min = dtype === 'bool' || dtype.startsWith('u') ? 0 : integer ? -8 : -1, max = dtype === 'bool' ? 1 : integer ? 8 : 1 } = options;
  const size = sizeOf(shape);
  const random = generator(seed * 7919 + size * 31 + shape.length);
  const numbers =
    values ?? Array.from({ length: size }, () => (integer ? Math.floor(min + random() * (max - min + 1)) : min + random() * (max - min)));
  return { dtype, shape, constant, tensor: Tensor.from([...numbers], shape, dtype) };
}

/** mulberry32: enough for test data, and independent of the generator under test. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

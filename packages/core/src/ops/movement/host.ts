import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { allocate } from '../../tensor/dtype.ts';
import { type Shape, sizeOf, stridesOf } from '../../tensor/shape.ts';
import { isWide, Tensor } from '../../tensor/tensor.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';

/** A tensor whose element at each multi-dimensional position is the element of `source` at the flat offset `pick` gives; `fill` where it gives undefined. */
export function pickElements(
  source: Tensor,
  shape: Shape,
  pick: (indices: readonly number[]) => number | undefined,
  fill: number | bigint = 0,
): Tensor {
  const size = sizeOf(shape);
  const data = allocate(source.dtype, size);
  const whole = data instanceof BigInt64Array || data instanceof BigUint64Array;
  const filler = !whole ? Number(fill) : typeof fill === 'bigint' ? fill : BigInt(Math.trunc(fill));
  const indices = new Array<number>(shape.length).fill(0);
  for (let offset = 0; offset < size; offset++) {
    const from = pick(indices);
    (data as unknown[])[offset] = from === undefined ? filler : source.data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      indices[axis] = (indices[axis] as number) + 1;
      if ((indices[axis] as number) < (shape[axis] as number)) break;
      indices[axis] = 0;
    }
  }
  return Tensor.from(data, shape, source.dtype);
}

/** Flat offset of multi-dimensional indices in a row-major tensor of `shape`. */
export function offsetOf(indices: readonly number[], shape: Shape): number {
  const strides = stridesOf(shape);
  return indices.reduce((offset, index, axis) => offset + index * (strides[axis] as number), 0);
}

/**
 * An int64 input as int32, for arithmetic with indices.
 * @throws EngineError `unsupported` for a constant that does not fit: the node is then computed on the host
 */
export function asInt32(g: GraphBuilder, name: string): string {
  const constant = g.constantOf(name);
  if (constant && isWide(constant)) throw new EngineError('unsupported', `'${name}' holds 64-bit integers beyond 32 bits`);
  return arithmetic(g, 'int32').cast(name, 'int32');
}

/** A 1-D int64 tensor. */
export function int64s(values: readonly number[]): Tensor {
  return Tensor.from(
    BigInt64Array.from(values, (value) => BigInt(value)),
    [values.length],
    'int64',
  );
}

/** An index within 0..dim-1 for an ONNX index in -dim..dim-1. */
export function normalizeIndex(index: number, dim: number): number {
  if (index < -dim || index >= dim) {
    throw new EngineError('out-of-range', 'index past its axis', { expected: `${-dim}..${dim - 1}`, got: `${index}` });
  }
  return index < 0 ? index + dim : index;
}

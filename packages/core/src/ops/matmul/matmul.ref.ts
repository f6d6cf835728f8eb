import { broadcastStrides, sizeOf, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { broadcastReader } from '../elementwise/evaluate.ts';
import { productShape } from './shape.ts';

/**
 * C[…, m, n] = Σ_k A[…, m, k] · B[…, k, n], summed in float64 and rounded once.
 * @returns the sums in row-major order, not rounded, and their shape
 */
export function productOnHost(
  a: Tensor,
  b: Tensor,
  transA: boolean,
  transB: boolean,
): { readonly values: Float64Array; readonly shape: readonly number[] } {
  const { batch, m, n, k } = productShape(a.shape, b.shape, transA, transB) as {
    batch: readonly number[];
    m: number;
    n: number;
    k: number;
  };
  const shape = [...batch, m, n];
  const values = new Float64Array(sizeOf(shape));
  const [aRow, aStep] = transA ? [1, m] : [k, 1];
  const [bStep, bColumn] = transB ? [1, k] : [n, 1];
  const batchStrides = stridesOf(batch);
  const aBatch = broadcastStrides(a.shape.slice(0, -2), batch);
  const bBatch = broadcastStrides(b.shape.slice(0, -2), batch);
  const x = numbersOf(a);
  const y = numbersOf(b);
  for (let matrix = 0; matrix < sizeOf(batch); matrix++) {
    let aBase = 0;
    let bBase = 0;
    batch.forEach((dim, axis) => {
      const index = Math.floor(matrix / (batchStrides[axis] as number)) % dim;
      aBase += index * (aBatch[axis] as number) * m * k;
      bBase += index * (bBatch[axis] as number) * k * n;
    });
    for (let row = 0; row < m; row++) {
      for (let column = 0; column < n; column++) {
        let sum = 0;
        for (let step = 0; step < k; step++) {
          sum += (x[aBase + row * aRow + step * aStep] as number) * (y[bBase + step * bStep + column * bColumn] as number);
        }
        values[(matrix * m + row) * n + column] = sum;
      }
    }
  }
  return { values, shape };
}

/** As `productOnHost` for integers: exact, so that what wraps to a dtype is right in all its bits. */
export function integerProductOnHost(a: Tensor, b: Tensor, transA: boolean, transB: boolean): readonly bigint[] {
  const shape = productShape(a.shape, b.shape, transA, transB) as { batch: readonly number[]; m: number; n: number; k: number };
  const { batch, m, n, k } = shape;
  const [x, y] = [broadcastReader(a, [...batch, ...a.shape.slice(-2)]), broadcastReader(b, [...batch, ...b.shape.slice(-2)])];
  return Array.from({ length: sizeOf(batch) * m * n }, (_, offset) => {
    const matrix = Math.floor(offset / (m * n));
    const [row, column] = [Math.floor(offset / n) % m, offset % n];
    let sum = 0n;
    for (let step = 0; step < k; step++) {
      const left = x(matrix * m * k + (transA ? step * m + row : row * k + step)) as bigint;
      sum += left * (y(matrix * k * n + (transB ? column * k + step : step * n + column)) as bigint);
    }
    return sum;
  });
}

/** A tensor's elements as float64. */
export function numbersOf(tensor: Tensor): Float64Array | Float32Array {
  return tensor.data instanceof Float32Array || tensor.data instanceof Float64Array ? tensor.data : Float64Array.from(tensor.toNumbers());
}

/** Sums as a tensor of any dtype. */
export function roundTo(values: Float64Array, shape: readonly number[], dtype: Tensor['dtype']): Tensor {
  return Tensor.from(values, shape, 'float64').cast(dtype);
}

import { EngineError } from '../errors.ts';
import type { Tensor } from '../tensor/tensor.ts';

export interface Standardised {
  /** Rows (x − mean) / scale, then the constant 1 in column `bias`, then zeros: float32 [N, columns]. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly columns: number;
  /** Column of the constant 1; the number of features. */
  readonly bias: number;
  /** Mean of each feature over the samples, [D]. */
  readonly mean: Float64Array;
  /** Population standard deviation of each feature, 1 where it does not vary, [D]. */
  readonly scale: Float64Array;
}

/**
 * Features with mean 0 and variance 1, laid out for the solver.
 * @param features [N, D]
 * @param ids names of the samples, for errors
 * @param multiple the number of columns is rounded up to a multiple of this
 * @throws EngineError `invalid-data` naming the first sample with a feature that is no finite number
 */
export function standardise(features: Tensor, ids: readonly string[], multiple: number): Standardised {
  const [samples = 0, bias = 0] = features.shape;
  const values = features.cast('float32').data as Float32Array;
  requireFinite(values, ids, bias);
  const mean = columnMeans(samples, bias, (offset) => values[offset] as number);
  const variance = columnMeans(samples, bias, (offset) => ((values[offset] as number) - (mean[offset % bias] as number)) ** 2);
  const scale = variance.map((each, column) => {
    // A constant feature has a variance of rounding errors only; the bound is that of the two-pass algorithm in float64.
    const rounding = samples * Number.EPSILON * each + (samples * (mean[column] as number) * Number.EPSILON) ** 2;
    return each <= rounding ? 1 : Math.sqrt(each);
  });
  const columns = Math.ceil((bias + 1) / multiple) * multiple;
  const data = new Float32Array(samples * columns);
  for (let row = 0; row < samples; row++) {
    for (let column = 0; column < bias; column++) {
      data[row * columns + column] = ((values[row * bias + column] as number) - (mean[column] as number)) / (scale[column] as number);
    }
    data[row * columns + bias] = 1;
  }
  return { data, columns, bias, mean, scale };
}

function columnMeans(rows: number, columns: number, at: (offset: number) => number): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) sums[column] = (sums[column] as number) + at(row * columns + column);
  }
  return sums.map((sum) => sum / rows);
}

function requireFinite(values: Float32Array, ids: readonly string[], columns: number): void {
  for (let offset = 0; offset < values.length; offset++) {
    if (Number.isFinite(values[offset])) continue;
    const row = Math.floor(offset / columns);
    throw new EngineError('invalid-data', `feature ${offset % columns} is not a finite number`, {
      where: `sample '${ids[row] ?? row}'`,
      got: `${values[offset]}`,
      hint: 'Take the sample out, or check the backbone: its features must be finite.',
    });
  }
}

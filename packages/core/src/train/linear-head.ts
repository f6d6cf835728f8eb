import { EngineError } from '../errors.ts';
import { Tensor } from '../tensor/tensor.ts';

/** A linear classifier on raw features: logits = x·weights + bias. */
export interface LinearHead {
  /** [D, C] float32 */
  readonly weights: Tensor;
  /** [C] float32 */
  readonly bias: Tensor;
  /** Names of the C classes. */
  readonly labels: readonly string[];
}

/**
 * Logits of features, on the host with float64 sums.
 * @param features [N, D]
 * @returns row-major [N, C]
 * @throws EngineError `invalid-data` when the features do not have D columns
 */
export function headLogits({ weights, bias, labels }: LinearHead, features: Tensor): Float64Array {
  const [dimension = 0] = weights.shape;
  const [samples = 0, columns] = features.shape;
  if (features.shape.length !== 2 || columns !== dimension) {
    throw new EngineError('invalid-data', 'features do not fit the head', {
      where: 'predict',
      expected: `[samples, ${dimension}]`,
      got: `[${features.shape.join(', ')}]`,
      hint: 'Extract them with the backbone, cut and pooling that the head was trained on.',
    });
  }
  const classes = labels.length;
  const [x, w, b] = [features, weights, bias].map((tensor) => tensor.cast('float32').data as Float32Array) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const logits = new Float64Array(samples * classes);
  for (let row = 0; row < samples; row++) {
    const line = logits.subarray(row * classes, (row + 1) * classes);
    line.set(b);
    for (let d = 0; d < dimension; d++) {
      const value = x[row * dimension + d] as number;
      for (let column = 0; column < classes; column++) {
        line[column] = (line[column] as number) + value * (w[d * classes + column] as number);
      }
    }
  }
  return logits;
}

/** Softmax of each row of a row-major [N, C] matrix, in float64. */
export function softmaxRows(logits: ArrayLike<number>, classes: number): Float64Array {
  const out = Float64Array.from(logits);
  for (let start = 0; start < out.length; start += classes) {
    const row = out.subarray(start, start + classes);
    const top = Math.max(...row);
    let sum = 0;
    for (let column = 0; column < classes; column++) {
      const value = Math.exp((row[column] as number) - top);
      row[column] = value;
      sum += value;
    }
    for (let column = 0; column < classes; column++) row[column] = (row[column] as number) / sum;
  }
  return out;
}

/**
 * The head on raw features of one trained on standardised ones: W′ = W/σ, b′ = b − μ·W′.
 * @param trained [D′, C] with the bias in row D; rows past it are padding
 */
export function foldStandardisation(
  trained: ArrayLike<number>,
  { mean, scale }: { readonly mean: Float64Array; readonly scale: Float64Array },
  labels: readonly string[],
): LinearHead {
  const [dimension, classes] = [mean.length, labels.length];
  const weights = new Float32Array(dimension * classes);
  const bias = Float64Array.from({ length: classes }, (_, column) => trained[dimension * classes + column] as number);
  for (let d = 0; d < dimension; d++) {
    for (let column = 0; column < classes; column++) {
      const offset = d * classes + column;
      weights[offset] = (trained[offset] as number) / (scale[d] as number);
      // The rounded weight is what is multiplied later, so the bias must make up for its mean exactly.
      bias[column] = (bias[column] as number) - (mean[d] as number) * (weights[offset] as number);
    }
  }
  return { weights: Tensor.from(weights, [dimension, classes]), bias: Tensor.from(Float32Array.from(bias)), labels };
}

import { EngineError } from '../errors.ts';
import { randomWords } from '../tensor/random.ts';

export interface ClassMetrics {
  readonly label: string;
  /** Of the samples predicted as this class, the share that is; 0 where none was predicted (`note` says so). */
  readonly precision: number;
  /** Of the samples of this class, the share that was found; 0 where there is none (`note` says so). */
  readonly recall: number;
  /** Harmonic mean of precision and recall; 0 where both are 0. */
  readonly f1: number;
  /** Samples of this class. */
  readonly support: number;
  /** Samples predicted as this class. */
  readonly predicted: number;
  readonly note?: string;
}

export interface CalibrationBin {
  /** Confidence range (low, high]. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean confidence and share of right answers; 0 in an empty bin. */
  readonly confidence: number;
  readonly accuracy: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Coverage, such as 0.95. */
  readonly level: number;
}

/** How good a classifier is on a set of labelled samples. All shares are in 0..1, log loss is in nats. */
export interface Metrics {
  readonly labels: readonly string[];
  readonly samples: number;
  readonly accuracy: number;
  readonly accuracyInterval: Interval;
  /** Mean F1 over the classes that occur, as a label or as a prediction. */
  readonly macroF1: number;
  readonly perClass: readonly ClassMetrics[];
  /** `confusion[t][p]`: samples of class t predicted as p. */
  readonly confusion: readonly (readonly number[])[];
  /** Mean −ln of the probability given to the right class, clipped at 1e-15. */
  readonly logLoss: number;
  /** What always answering the most frequent class would get. */
  readonly majority: { readonly label: string; readonly accuracy: number };
  readonly calibration: { readonly error: number; readonly bins: readonly CalibrationBin[] };
  /** Share of samples whose class is among the k most probable, for each k below the number of classes. */
  readonly topK: readonly { readonly k: number; readonly accuracy: number }[];
  readonly notes: readonly string[];
}

export interface MetricsOptions {
  /** Seed of the bootstrap. */
  readonly seed?: number;
  /** Class the baseline answers, the most frequent of the training split; of the samples given when left out. */
  readonly majorityClass?: number;
}

/**
 * Scores predicted probabilities against true classes.
 * @param truth class index of each sample, [N]
 * @param probabilities row-major [N, C], each row sums to 1
 * @param labels names of the C classes
 * @throws EngineError `invalid-data` without samples, with a class index outside 0..C−1 or with a probability that is no number
 */
export function scorePredictions(
  truth: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  labels: readonly string[],
  options: MetricsOptions = {},
): Metrics {
  const samples = truth.length;
  const classes = labels.length;
  check(truth, probabilities, classes);
  const predicted = argmaxRows(probabilities, classes);
  const confusion = confusionMatrix(truth, predicted, classes);
  const perClass = labels.map((label, index) => classMetrics(label, index, confusion));
  const occurring = perClass.filter(({ support, predicted: count }) => support + count > 0);
  const correct = Float64Array.from(predicted, (each, row) => (each === truth[row] ? 1 : 0));
  const support = perClass.map((each) => each.support);
  const majorityClass = options.majorityClass ?? support.indexOf(Math.max(...support));
  return {
    labels,
    samples,
    accuracy: mean(correct),
    accuracyInterval: bootstrapInterval(correct, { seed: options.seed ?? 0 }),
    macroF1: mean(occurring.map(({ f1 }) => f1)),
    perClass,
    confusion,
    logLoss: logLoss(truth, probabilities, classes),
    majority: { label: labels[majorityClass] as string, accuracy: (support[majorityClass] as number) / samples },
    calibration: calibration(correct, predicted, probabilities, classes),
    topK: [2, 3, 5, 10].filter((k) => k < classes).map((k) => ({ k, accuracy: topKAccuracy(truth, probabilities, classes, k) })),
    notes: perClass.flatMap(({ note }) => note ?? []),
  };
}

/** Index of the largest value of each row of a row-major [N, C] matrix; the first of equals. */
export function argmaxRows(values: ArrayLike<number>, columns: number): Int32Array {
  return Int32Array.from({ length: values.length / columns }, (_, row) => {
    let best = 0;
    for (let column = 1; column < columns; column++) {
      if ((values[row * columns + column] as number) > (values[row * columns + best] as number)) best = column;
    }
    return best;
  });
}

/** Counts [C][C], row = true class, column = predicted class. */
export function confusionMatrix(truth: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let row = 0; row < truth.length; row++) {
    const line = counts[truth[row] as number] as number[];
    line[predicted[row] as number] = (line[predicted[row] as number] as number) + 1;
  }
  return counts;
}

/** Mean −ln p of the true class, in nats; probabilities are clipped at 1e-15. */
export function logLoss(truth: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number): number {
  let sum = 0;
  for (let row = 0; row < truth.length; row++) {
    sum -= Math.log(Math.max(probabilities[row * classes + (truth[row] as number)] as number, 1e-15));
  }
  return sum / truth.length;
}

/** Share of rows whose true class is among the k most probable. A class ties with an equal one of lower index behind it. */
export function topKAccuracy(truth: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number, k: number): number {
  let hits = 0;
  for (let row = 0; row < truth.length; row++) {
    const own = probabilities[row * classes + (truth[row] as number)] as number;
    let ahead = 0;
    for (let other = 0; other < classes; other++) {
      const value = probabilities[row * classes + other] as number;
      if (value > own || (value === own && other < (truth[row] as number))) ahead++;
    }
    if (ahead < k) hits++;
  }
  return hits / truth.length;
}

/**
 * Percentile bootstrap interval of a mean (Efron 1979): the same seed gives the same interval.
 * @param values one number a sample, [N]
 */
export function bootstrapInterval(
  values: Float64Array,
  { seed = 0, level = 0.95, resamples = 1000 }: { readonly seed?: number; readonly level?: number; readonly resamples?: number } = {},
): Interval {
  const size = values.length;
  const means = new Float64Array(resamples);
  const blocks = Math.ceil(size / 4); // a block of the generator draws four indices
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    for (let block = 0; block < blocks; block++) {
      const words = randomWords(seed, 'bootstrap', resample * blocks + block);
      const draws = Math.min(4, size - 4 * block);
      for (let draw = 0; draw < draws; draw++) sum += values[Math.floor(((words[draw] as number) / 2 ** 32) * size)] as number;
    }
    means[resample] = sum / size;
  }
  means.sort();
  const tail = (1 - level) / 2;
  return { low: quantile(means, tail), high: quantile(means, 1 - tail), level };
}

/** Quantile of sorted values by linear interpolation (Hyndman & Fan type 7, NumPy's default). */
function quantile(sorted: Float64Array, q: number): number {
  const position = q * (sorted.length - 1);
  const low = sorted[Math.floor(position)] as number;
  const high = sorted[Math.ceil(position)] as number;
  return low + (high - low) * (position - Math.floor(position));
}

function classMetrics(label: string, index: number, confusion: readonly (readonly number[])[]): ClassMetrics {
  const hits = confusion[index]?.[index] ?? 0;
  const support = confusion[index]?.reduce((sum, count) => sum + count, 0) ?? 0;
  const predicted = confusion.reduce((sum, row) => sum + (row[index] ?? 0), 0);
  const precision = predicted === 0 ? 0 : hits / predicted;
  const recall = support === 0 ? 0 : hits / support;
  const f1 = hits === 0 ? 0 : (2 * hits) / (support + predicted);
  const missing = [
    ...(predicted === 0 ? [`'${label}' was never predicted: its precision is set to 0`] : []),
    ...(support === 0 ? [`no sample is of class '${label}': its recall is set to 0`] : []),
  ];
  const numbers = { label, precision, recall, f1, support, predicted };
  return missing.length === 0 ? numbers : { ...numbers, note: missing.join('; ') };
}

/** Expected calibration error over ten equal bins of confidence (Guo et al., "On Calibration of Modern Neural Networks", 2017). */
function calibration(
  correct: Float64Array,
  predicted: Int32Array,
  probabilities: ArrayLike<number>,
  classes: number,
): Metrics['calibration'] {
  const count = 10;
  const sums = Array.from({ length: count }, () => ({ count: 0, confidence: 0, hits: 0 }));
  predicted.forEach((each, row) => {
    const confidence = probabilities[row * classes + each] as number;
    const bin = sums[Math.min(count - 1, Math.max(0, Math.ceil(confidence * count) - 1))] as (typeof sums)[number];
    bin.count++;
    bin.confidence += confidence;
    bin.hits += correct[row] as number;
  });
  const bins = sums.map((bin, index) => ({
    low: index / count,
    high: (index + 1) / count,
    count: bin.count,
    confidence: bin.count === 0 ? 0 : bin.confidence / bin.count,
    accuracy: bin.count === 0 ? 0 : bin.hits / bin.count,
  }));
  const error = bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.accuracy - bin.confidence), 0) / predicted.length;
  return { error, bins };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] as number;
  return values.length === 0 ? 0 : sum / values.length;
}

function check(truth: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number): void {
  const where = 'evaluation';
  if (truth.length === 0) throw new EngineError('invalid-data', 'there is no sample to evaluate on', { where });
  if (probabilities.length !== truth.length * classes) {
    throw new EngineError('invalid-data', 'probabilities do not fit the samples', {
      where,
      expected: `${truth.length} × ${classes} numbers`,
      got: `${probabilities.length}`,
    });
  }
  for (let row = 0; row < truth.length; row++) {
    const index = truth[row] as number;
    if (!Number.isInteger(index) || index < 0 || index >= classes) {
      throw new EngineError('invalid-data', `sample ${row} has no known class`, { where, expected: `0..${classes - 1}`, got: `${index}` });
    }
  }
  for (let offset = 0; offset < probabilities.length; offset++) {
    if (!Number.isFinite(probabilities[offset])) {
      throw new EngineError('invalid-data', `the prediction of sample ${Math.floor(offset / classes)} is not a number`, { where });
    }
  }
}

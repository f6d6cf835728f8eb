import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../session/engine.ts';
import { openEngine } from '../session/open-engine.ts';
import { normal } from '../tensor/random.ts';
import { Tensor } from '../tensor/tensor.ts';
import { stratifiedFolds } from './cross-validate.ts';
import type { LabelledFeatures } from './features.ts';
import { type TrainProgress, trainHead } from './head.ts';

/** Gaussian clouds around one centre a class; feature 1 is constant, and feature 2 has a large mean. */
function clouds(counts: readonly number[], seed = 1): LabelledFeatures {
  const dimension = 6;
  const classes = counts.flatMap((count, index) => new Array<number>(count).fill(index));
  const values = classes.flatMap((index, row) =>
    Array.from({ length: dimension }, (_, d) => {
      if (d === 1) return 0.1;
      return 1.6 * normal(9, 'centre', index * dimension + d) + normal(seed, 'cloud', row * dimension + d) + (d === 2 ? 500 : 0);
    }),
  );
  return {
    ids: classes.map((_, row) => `sample-${row}`),
    values: Tensor.from(values, [classes.length, dimension]),
    labels: classes.map((index) => `class ${index}`),
  };
}

/** Objective and gradient in float64 on standardised features, at a head on raw features. */
function objectiveAt(
  { values, labels }: LabelledFeatures,
  result: Awaited<ReturnType<typeof trainHead>>,
  sampleWeights?: readonly number[],
) {
  const [samples = 0, dimension = 0] = values.shape;
  const names = result.labels;
  const x = values.toNumbers();
  const column = (d: number) => Array.from({ length: samples }, (_, row) => x[row * dimension + d] as number);
  const stats = Array.from({ length: dimension }, (_, d) => {
    const own = column(d);
    const mean = own.reduce((sum, value) => sum + value, 0) / samples;
    return { mean, scale: Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples) };
  });
  const raw = result.head.weights.toNumbers();
  let loss = 0;
  const gradient = new Array<number>(dimension * names.length).fill(0);
  const weights = sampleWeights ?? new Array<number>(samples).fill(1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  result.predict(values).forEach(({ probabilities }, row) => {
    const truth = names.indexOf(labels[row] as string);
    const weight = (weights[row] as number) / total;
    loss -= weight * Math.log(probabilities[truth] as number);
    for (let d = 0; d < dimension; d++) {
      const { mean, scale } = stats[d] as { mean: number; scale: number };
      const z = scale < 1e-6 ? 0 : ((x[row * dimension + d] as number) - mean) / scale;
      names.forEach((_, c) => {
        gradient[d * names.length + c] =
          (gradient[d * names.length + c] as number) + weight * ((probabilities[c] as number) - (c === truth ? 1 : 0)) * z;
      });
    }
  });
  let norm = 0;
  raw.forEach((value, offset) => {
    const { scale } = stats[Math.floor(offset / names.length)] as { scale: number };
    const own = scale < 1e-6 ? value : value * scale;
    norm += own * own;
    gradient[offset] = (gradient[offset] as number) + result.training.l2 * own;
  });
  return { objective: loss + (result.training.l2 / 2) * norm, gradient };
}

describe('trainHead', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ backend: 'webgpu' });
  });
  afterAll(() => engine.dispose());

  test('ends where the gradient vanishes, with a head on raw features', async () => {
    const features = clouds([30, 20, 25]);
    const result = await trainHead(features, { l2: 0.05, engine });
    const { objective, gradient } = objectiveAt(features, result);
    expect(result.training.objective).toBeCloseTo(objective, 4);
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-3);
    expect(result.head.weights.toNumbers().slice(3, 6)).toEqual([0, 0, 0]); // the constant feature
    expect(result.training).toMatchObject({ converged: true, samples: 75, classCounts: [30, 20, 25], sweep: [], engine: 'webgpu' });
  });

  test('balanced class weights move the optimum accordingly', async () => {
    const features = clouds([60, 6]);
    const result = await trainHead(features, { l2: 0.05, classWeights: 'balanced', engine });
    const weights = features.labels.map((label) => (label === 'class 0' ? 66 / 120 : 66 / 12));
    const { objective, gradient } = objectiveAt(features, result, weights);
    expect(result.training.objective).toBeCloseTo(objective, 4);
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-3);
  });

  test('chooses the strength by cross-validation and tells its progress', async () => {
    const events: TrainProgress[] = [];
    const features = clouds([24, 24, 24]);
    const strengths: object[] = [];
    const result = await trainHead(features, {
      seed: 4,
      engine,
      onProgress: (event) => events.push(event),
      onStrength: (point) => strengths.push(point),
    });
    const { sweep, l2, folds } = result.training;
    expect(strengths).toEqual(sweep);
    expect(l2).toBe(sweep.toSorted((a, b) => a.logLoss - b.logLoss)[0]?.l2);
    expect(folds).toBe(5);
    expect(events[0]).toMatchObject({ phase: 'cross-validation', folds: 5, l2: sweep[0]?.l2, iteration: 1 });
    expect(events.at(-1)).toMatchObject({ phase: 'fit', folds: 1, l2, iteration: result.training.iterations });
    const metrics = result.evaluate(clouds([40, 40, 40], 2));
    expect(metrics.accuracy).toBeGreaterThan(0.7);
    expect(result.outOfFold?.probabilities.length).toBe(72 * 3);
  });

  test('works with two samples a class, and with one', async () => {
    const two = await trainHead(clouds([2, 2, 2]), { engine });
    expect(two.training.folds).toBe(2);
    const one = await trainHead(clouds([1, 1]), { engine });
    expect(one.training).toMatchObject({ folds: 0, l2: 1, notes: ['every class has a single sample, so λ could not be chosen and is 1'] });
    expect(one.predict(clouds([1, 1]).values).map(({ label }) => label)).toEqual(['class 0', 'class 1']);
  });

  test('a cancelled training ends in one error', async () => {
    const controller = new AbortController();
    const training = trainHead(clouds([20, 20]), { engine, signal: controller.signal, onProgress: () => controller.abort() });
    await expect(training).rejects.toThrow('training was cancelled');
    await expect(trainHead(clouds([2, 2]), { engine, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });

  test.each([
    ['one class', { ...clouds([3]) }, {}, "training: there is only one class, 'class 0', expected samples of at least two classes"],
    ['no sample', { ids: [], values: Tensor.zeros([0, 6]), labels: [] }, {}, 'there is no labelled sample'],
    ['a sample without a label', { ...clouds([1, 1, 1]), labels: ['a', '', 'b'] }, {}, "sample 'sample-1': the sample has no label"],
    ['labels of another length', { ...clouds([2, 2]), labels: ['a'] }, {}, 'features, ids and labels do not belong together'],
    ['a negative strength', clouds([2, 2]), { l2: -1 }, "l2 cannot be meant, expected 'auto' or a number from 0 on, got -1"],
    ['one fold', clouds([2, 2]), { folds: 1 }, 'folds cannot be meant, expected an integer from 2 on, got 1'],
  ])('%s is an error', async (_, features, options, message) => {
    await expect(trainHead(features, { ...options, engine })).rejects.toThrow(message);
  });

  test('a feature that is no number names its sample', async () => {
    const features = clouds([2, 2]);
    (features.values.data as Float32Array)[6 * 2 + 3] = Number.NaN;
    await expect(trainHead(features, { engine })).rejects.toThrow("sample 'sample-2': feature 3 is not a finite number, got NaN.");
  });

  test('a class that was not trained on cannot be evaluated', async () => {
    const result = await trainHead(clouds([4, 4]), { l2: 1, engine });
    expect(() => result.evaluate(clouds([1, 1, 1]))).toThrow("sample 'sample-2': the head does not know the class 'class 2'");
    expect(() => result.predict(Tensor.zeros([1, 5]))).toThrow('features do not fit the head, expected [samples, 6], got [1, 5]');
  });
});

test('folds spread every class evenly and hold no single sample out', () => {
  const classes = Int32Array.from([...new Array(10).fill(0), ...new Array(7).fill(1), 2, 3, 3]);
  const fold = stratifiedFolds(classes, 4, 5, 0);
  const held = (index: number, wanted: number) => fold.filter((each, row) => each === wanted && classes[row] === index).length;
  expect([0, 1, 2, 3, 4].map((each) => held(0, each))).toEqual([2, 2, 2, 2, 2]);
  expect(Math.max(...[0, 1, 2, 3, 4].map((each) => held(1, each)))).toBe(2);
  expect(fold[17]).toBe(-1);
  expect(fold[18]).not.toBe(fold[19]);
  expect(stratifiedFolds(classes, 4, 5, 0)).toEqual(fold);
  expect(stratifiedFolds(classes, 4, 5, 1)).not.toEqual(fold);
});

test('cross-validation holds groups out together', async () => {
  // Four groups, in each of which the label follows a sign of its own: nothing that is learned from three tells of the fourth.
  const count = 80;
  const group = (row: number) => row % 4;
  const label = (row: number) => Math.floor(row / 4) % 2;
  const values = Float32Array.from({ length: count * 4 }, (_, at) => {
    const [row, column] = [Math.floor(at / 4), at % 4];
    return column === group(row) ? (label(row) === 1 ? 1 : -1) * (group(row) % 2 === 0 ? 1 : -1) : 0;
  });
  const features = {
    ids: Array.from({ length: count }, (_, row) => `${row}`),
    labels: Array.from({ length: count }, (_, row) => `${label(row)}`),
    values: Tensor.from(values, [count, 4]),
  };
  using engine = await openEngine({ backend: 'wasm' });
  const options = { engine, folds: 4, seed: 0 } as const;
  const alone = await trainHead(features, options);
  expect(Math.max(...alone.training.sweep.map(({ accuracy }) => accuracy))).toBe(1);
  const groups = features.ids.map((_, row) => `${group(row)}`);
  const together = await trainHead({ ...features, groups }, options);
  expect(together.training.folds).toBe(4);
  expect(Math.max(...together.training.sweep.map(({ accuracy }) => accuracy))).toBeLessThan(0.7);
  await expect(trainHead({ ...features, groups: ['a'] }, options)).rejects.toThrow('1 groups');
});

import { describe, expect, test } from 'vitest';
import { argmaxRows, bootstrapInterval, logLoss, scorePredictions, topKAccuracy } from './metrics.ts';

/** Rows that give `confidence` to the predicted class and share the rest. */
function rows(predicted: readonly number[], classes: number, confidence = 0.7): number[] {
  return predicted.flatMap((each) =>
    Array.from({ length: classes }, (_, c) => (c === each ? confidence : (1 - confidence) / (classes - 1))),
  );
}

// The example of scikit-learn's classification_report: y_true = [0, 1, 2, 2, 2], y_pred = [0, 0, 2, 2, 1].
describe('scorePredictions on the classification_report example', () => {
  const metrics = scorePredictions([0, 1, 2, 2, 2], rows([0, 0, 2, 2, 1], 3), ['class 0', 'class 1', 'class 2']);

  test('per class', () => {
    const [zero, one, two] = metrics.perClass;
    expect(zero).toMatchObject({ precision: 0.5, recall: 1, support: 1, predicted: 2 });
    expect(zero?.f1).toBeCloseTo(2 / 3, 12);
    expect(one).toMatchObject({ precision: 0, recall: 0, f1: 0, support: 1 });
    expect(two).toMatchObject({ precision: 1, support: 3 });
    expect(two?.recall).toBeCloseTo(2 / 3, 12);
    expect(two?.f1).toBeCloseTo(0.8, 12);
  });

  test('overall', () => {
    expect(metrics.accuracy).toBeCloseTo(0.6, 12);
    expect(metrics.macroF1).toBeCloseTo((2 / 3 + 0 + 0.8) / 3, 12);
    expect(metrics.confusion).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      [0, 1, 2],
    ]);
    expect(metrics.majority).toEqual({ label: 'class 2', accuracy: 0.6 });
    expect(metrics.logLoss).toBeCloseTo(-(3 * Math.log(0.7) + 2 * Math.log(0.15)) / 5, 12);
    expect(metrics.notes).toEqual([]);
  });
});

test('an undefined precision or recall is 0 with a note', () => {
  const metrics = scorePredictions([0, 0, 1], rows([0, 0, 0], 3), ['cat', 'dog', 'eel']);
  expect(metrics.perClass[1]).toMatchObject({
    precision: 0,
    recall: 0,
    f1: 0,
    note: "'dog' was never predicted: its precision is set to 0",
  });
  expect(metrics.notes).toHaveLength(2);
  expect(metrics.notes[1]).toContain("no sample is of class 'eel'");
  // A class that neither occurs nor is predicted does not count, as with scikit-learn's default labels.
  expect(metrics.macroF1).toBeCloseTo((0.8 + 0) / 2, 12);
});

test('log loss clips at 1e-15 and equals the hand-computed mean', () => {
  expect(logLoss([0, 1], [0.9, 0.1, 0.2, 0.8], 2)).toBeCloseTo(-(Math.log(0.9) + Math.log(0.8)) / 2, 12);
  expect(logLoss([0], [0, 1], 2)).toBeCloseTo(-Math.log(1e-15), 9);
});

test('top-k counts the class among the k most probable', () => {
  // scikit-learn's top_k_accuracy_score example: k = 2 gives 0.75.
  const scores = [0.5, 0.2, 0.2, 0.3, 0.4, 0.2, 0.2, 0.4, 0.3, 0.7, 0.2, 0.1];
  expect(topKAccuracy([0, 1, 2, 2], scores, 3, 2)).toBe(0.75);
  expect(topKAccuracy([0, 1, 2, 2], scores, 3, 1)).toBe(0.5);
  expect(scorePredictions([0, 1, 2, 2], scores, ['a', 'b', 'c']).topK).toEqual([{ k: 2, accuracy: 0.75 }]);
});

test('calibration: three right and one wrong at 0.7 differ by 0.05', () => {
  const { calibration } = scorePredictions([0, 1, 0, 0], rows([0, 1, 0, 1], 2), ['a', 'b']);
  expect(calibration.error).toBeCloseTo(0.05, 12);
  const bin = calibration.bins[6];
  expect(bin).toMatchObject({ low: 0.6, high: 0.7, count: 4, accuracy: 0.75 });
  expect(bin?.confidence).toBeCloseTo(0.7, 12);
});

describe('bootstrapInterval', () => {
  const values = Float64Array.from({ length: 400 }, (_, index) => (index % 4 === 0 ? 0 : 1));

  test('of a proportion is close to the normal approximation', () => {
    const { low, high, level } = bootstrapInterval(values, { seed: 1 });
    const margin = 1.96 * Math.sqrt((0.75 * 0.25) / 400);
    expect(level).toBe(0.95);
    expect(Math.abs(low - (0.75 - margin))).toBeLessThan(0.008);
    expect(Math.abs(high - (0.75 + margin))).toBeLessThan(0.008);
  });

  test('depends on the seed alone', () => {
    expect(bootstrapInterval(values, { seed: 1 })).toEqual(bootstrapInterval(values, { seed: 1 }));
    expect(bootstrapInterval(values, { seed: 1 })).not.toEqual(bootstrapInterval(values, { seed: 2 }));
  });

  test('of equal values is a point', () => {
    expect(bootstrapInterval(new Float64Array(7).fill(1))).toEqual({ low: 1, high: 1, level: 0.95 });
  });
});

test('argmax takes the first of equals', () => {
  expect([...argmaxRows([0.5, 0.5, 0.1, 0.9], 2)]).toEqual([0, 1]);
});

test.each([
  ['no sample', [], [], 'there is no sample to evaluate on'],
  ['too few probabilities', [0], [1], 'expected 1 × 2 numbers, got 1'],
  ['an unknown class', [2], [0.5, 0.5], 'sample 0 has no known class, expected 0..1, got 2'],
  ['a probability that is no number', [0, 1], [0.5, 0.5, Number.NaN, 0.5], 'the prediction of sample 1 is not a number'],
] as const)('%s is an error', (_, truth, probabilities, message) => {
  expect(() => scorePredictions(truth, probabilities, ['a', 'b'])).toThrow(message);
});

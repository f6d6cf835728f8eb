import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/session/engine.ts';
import { openEngine } from '../../src/session/open-engine.ts';
import { decodeNpy } from '../../src/tensor/npy.ts';
import type { LabelledFeatures } from '../../src/train/features.ts';
import { trainHead } from '../../src/train/head.ts';
import { sharedBytes } from './models.ts';

interface Expected {
  readonly classes: readonly string[];
  readonly results: readonly {
    readonly C: number;
    readonly l2_lambda_mean_loss: number;
    readonly objective: number;
    readonly test_accuracy: number;
    readonly test_log_loss: number;
  }[];
}

/** Features of mobilenetv2 on cifar10-small, and what scikit-learn's solver reaches on them (../shared/README.md). */
const read = (name: string) => sharedBytes(`fixtures/logistic-regression/${name}`);

const expected = JSON.parse(new TextDecoder().decode(read('expected.json'))) as Expected;

function split(name: 'train' | 'test'): LabelledFeatures {
  const labels = decodeNpy(read(`${name}-labels.npy`))
    .toNumbers()
    .map((index) => expected.classes[index] as string);
  return { ids: labels.map((label, row) => `${name}/${label}/${row}`), values: decodeNpy(read(`${name}-features.npy`)), labels };
}

const train = split('train');
const held = split('test');

describe.each(['webgpu', 'wasm'] as const)('logistic head on %s', (backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ backend });
  });
  afterAll(() => engine.dispose());

  test.each(expected.results)('reaches the optimum for C = $C', async ({ l2_lambda_mean_loss: l2, ...optimum }) => {
    const result = await trainHead(train, { l2, engine });
    expect(Math.abs(result.training.objective - optimum.objective)).toBeLessThan(0.001 * optimum.objective);
    const metrics = result.evaluate(held);
    expect(Math.abs(metrics.accuracy - optimum.test_accuracy)).toBeLessThanOrEqual(0.003);
    expect(Math.abs(metrics.logLoss - optimum.test_log_loss)).toBeLessThan(0.002);
    expect(result.training.converged).toBe(true);
  });
});

describe('on one adapter', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ backend: 'webgpu' });
  });
  afterAll(() => engine.dispose());

  test('the same seed gives the same weights, bit for bit', async () => {
    const [first, second] = [await trainHead(train, { l2: 0.1, seed: 3, engine }), await trainHead(train, { l2: 0.1, seed: 3, engine })];
    expect(new Uint8Array((first.head.weights.data as Float32Array).buffer)).toEqual(
      new Uint8Array((second.head.weights.data as Float32Array).buffer),
    );
    expect(first.head.bias.data).toEqual(second.head.bias.data);
  });
});

test('cross-validation finds a strength as good as the best of the four, on wasm', async () => {
  using engine = await openEngine({ backend: 'wasm' });
  const result = await trainHead(train, { l2: 'auto', engine });
  const best = Math.min(...expected.results.map(({ test_log_loss: loss }) => loss));
  expect(result.evaluate(held).logLoss).toBeLessThan(best * 1.03);
  expect(result.training.sweep.length).toBeGreaterThan(3);
  expect(result.outOfFold?.rows.length).toBe(train.ids.length);
});

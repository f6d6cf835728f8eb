import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBackbone } from '../../src/backbone/backbone.ts';
import { readDataset } from '../../src/backbone/dataset.ts';
import { rowCosine } from '../../src/backbone/parity.ts';
import { openEngine } from '../../src/session/open-engine.ts';
import { decodeNpy } from '../../src/tensor/npy.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { trainHead } from '../../src/train/head.ts';

/** From image files to accuracy, against what Pillow, onnxruntime and scikit-learn reach on the same files. */
const shared = resolve(import.meta.dirname, '../../../../../shared');
if (!existsSync(shared)) throw new Error(`these tests need ${shared}: put the shared folder beside the checkout`);
const fixture = resolve(shared, 'fixtures/logistic-regression');
const expected = JSON.parse(readFileSync(resolve(fixture, 'expected.json'), 'utf8'));
const npy = (name: string) => decodeNpy(new Uint8Array(readFileSync(resolve(fixture, name))));

describe('cifar10-small with mobilenetv2-imagenet', () => {
  let cache: string;
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'headstart-cifar-'));
    process.env.HEADSTART_CACHE = cache;
  });
  afterAll(async () => {
    delete process.env.HEADSTART_CACHE;
    await rm(cache, { recursive: true, maxRetries: 5 });
  });

  test('features, then accuracy', { timeout: 900_000 }, async () => {
    const data = await readDataset(resolve(shared, 'datasets/cifar10-small'));
    expect(data.samples.map(({ id }) => id)).toEqual(expected.train_files);
    using engine = await openEngine();
    using backbone = await loadBackbone(resolve(shared, 'models/image/mobilenetv2-imagenet.onnx'), { engine, image: { fit: 'stretch' } });
    expect(backbone.reference.cut).toBe('features');
    const train = await backbone.extract(data.samples);
    const held = await backbone.extract(data.test ?? []);
    for (const [ours, theirs] of [
      [train.values, npy('train-features.npy')],
      [held.values, npy('test-features.npy')],
    ] as const) {
      expect(ours.shape).toEqual(theirs.shape);
      // Decoder, resize and engine are the same arithmetic as libjpeg-turbo's, Pillow's and onnxruntime's.
      expect(rowCosine(ours, Tensor.from(theirs.data, theirs.shape))).toBeGreaterThan(0.99999);
    }
    for (const { l2_lambda_mean_loss: l2, test_accuracy: accuracy } of expected.results) {
      const result = await trainHead(train, { engine, l2, seed: 0 });
      expect(Math.abs(result.evaluate(held).accuracy - accuracy), `λ = ${l2}`).toBeLessThanOrEqual(0.015);
    }
  });
});

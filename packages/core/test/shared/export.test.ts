import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOracle } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBackbone } from '../../src/backbone/backbone.ts';
import type { Engine } from '../../src/session/engine.ts';
import { openEngine } from '../../src/session/open-engine.ts';
import { normal } from '../../src/tensor/random.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { exportOnnx } from '../../src/train/export-onnx.ts';
import { trainHead } from '../../src/train/head.ts';
import { headLogits } from '../../src/train/linear-head.ts';
import { sharedPath } from './models.ts';

/** Half precision rounds activations at other places; the others compute in float32. */
const cases = [
  { file: 'mobilenetv2-imagenet.onnx', input: 'input', size: 224, tolerance: 1e-4 },
  { file: 'squeezenet1.1-imagenet.onnx', input: 'input', size: 224, tolerance: 1e-4 },
  { file: 'resnet20-cifar10.onnx', input: 'input', size: 32, tolerance: 1e-4 },
  { file: 'squeezenet-fp16-imagenet.onnx', input: 'data_0', size: 224, tolerance: 5e-2 },
] as const;

describe('the merged model', () => {
  let folder: string;
  let engine: Engine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headstart-export-'));
    process.env.HEADSTART_CACHE = join(folder, 'cache');
    engine = await openEngine({ backend: 'webgpu' });
  });
  afterAll(async () => {
    engine.dispose();
    await rm(folder, { recursive: true });
  });

  test.each(cases)('of $file gives our logits in both onnxruntimes', async ({ file, input, size, tolerance }) => {
    using backbone = await loadBackbone(sharedPath(`models/image/${file}`), { engine });
    const dtype = backbone.graph.types.get(input)?.dtype ?? 'float32';
    const batch = backbone.graph.types.get(input)?.shape[0] === 1 ? 1 : 2;
    const run = async (seed: number, count: number) => {
      const shape = [count, 3, size, size];
      const values = Float32Array.from({ length: count * 3 * size * size }, (_, index) => normal(seed, 'pixels', index));
      const feeds = { [input]: Tensor.from(values, shape).cast(dtype) };
      using session = await engine.load(backbone.graph, { dimensions: { batch: count } });
      return { feeds, features: (await session.run(feeds))[backbone.graph.outputs[0] ?? ''] as Tensor };
    };
    // A head on features of noise: what it learns does not matter, that its weights are as large as real ones does.
    const { features } = await run(1, 4);
    const labelled = {
      ids: ['0', '1', '2', '3'],
      labels: ['a', 'b', 'c', 'a'],
      values: features.cast('float32'),
      backbone: backbone.reference,
    };
    const result = await trainHead(labelled, { l2: 0.01, engine });
    const path = join(folder, file);
    // This compares with onnxruntime-web before it writes.
    const summary = await exportOnnx(result, path, { engine, loaded: backbone });
    expect(summary.difference).toBeLessThan(tolerance);

    const probe = await run(2, batch);
    const { logits } = await runOracle(await readFile(path), probe.feeds);
    const expected = headLogits(result.head, probe.features);
    expect(logits?.size).toBe(expected.length);
    expected.forEach((value, offset) => {
      expect(Math.abs((logits as Tensor).at(offset) - value)).toBeLessThan(tolerance);
    });
  });
});

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOracle } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Backbone, loadBackbone } from '../backbone/backbone.ts';
import type { Features } from '../backbone/extract.ts';
import type { Sample } from '../backbone/sample.ts';
import { decodeModel } from '../onnx/decode.ts';
import { encodeModel } from '../onnx/encode.ts';
import { exportGraph } from '../onnx/export.ts';
import { newBuilder } from '../ops/registry.ts';
import type { Engine } from '../session/engine.ts';
import { openEngine } from '../session/open-engine.ts';
import { normal, uniform } from '../tensor/random.ts';
import { Tensor } from '../tensor/tensor.ts';
import { openBundle } from './bundle.ts';
import { exportOnnx } from './export-onnx.ts';
import { trainHead } from './head.ts';
import { headLogits } from './linear-head.ts';
import type { TrainResult } from './result.ts';

const image = {
  height: 8,
  width: 8,
  fit: 'stretch',
  filter: 'bilinear',
  channels: 'rgb',
  scale: 1 / 255,
  mean: [0, 0, 0],
  std: [1, 1, 1],
} as const;

/** A small convolutional classifier as a file: convolution, relu, average, then a classifier that the cut leaves behind. */
function classifier(): Uint8Array {
  const random = (name: string, shape: readonly number[]) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    return Tensor.from(
      Float32Array.from({ length: size }, (_, index) => normal(1, name, index) / 2),
      shape,
    );
  };
  const g = newBuilder({ fold: false });
  const at = { opset: 13 };
  g.input('pixels', 'float32', ['batch', 3, 8, 8]);
  const convolved = g.add(
    'Conv',
    ['pixels', g.constant(random('kernel', [12, 3, 3, 3])), g.constant(random('bias', [12]))],
    { kernel_shape: [3, 3] },
    at,
  );
  const pooled = g.add('GlobalAveragePool', [g.add('Relu', [convolved], {}, at)], {}, at);
  g.add('Flatten', [pooled], { axis: 1 }, { ...at, outputs: ['features'] });
  g.add('Gemm', ['features', g.constant(random('w', [12, 5])), g.constant(random('b', [5]))], {}, { ...at, outputs: ['logits'] });
  return encodeModel(exportGraph(g.build(['logits'])));
}

/** Noise around one colour a class. */
function pictures(count: number, seed: number): Sample[] {
  const colours = { red: [200, 60, 60], green: [60, 190, 70], blue: [70, 60, 200] };
  return Object.entries(colours).flatMap(([label, colour]) =>
    Array.from({ length: count }, (_, index) => {
      const stream = `${label} ${index}`;
      const data = Uint8Array.from(
        { length: 300 },
        (__, offset) => (colour[offset % 3] as number) + 50 * (uniform(seed, stream, offset) - 0.5),
      );
      return { id: `${label}/${index}`, label, picture: { width: 10, height: 10, data } };
    }),
  );
}

describe.each(['webgpu', 'wasm'] as const)('a head on a backbone, on %s', (backend) => {
  let folder: string;
  let engine: Engine;
  let backbone: Backbone;
  let held: Features;
  let result: TrainResult;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headstart-bundle-'));
    process.env.HEADSTART_CACHE = join(folder, 'cache');
    await writeFile(join(folder, 'tiny.onnx'), classifier());
    engine = await openEngine({ backend });
    backbone = await loadBackbone(join(folder, 'tiny.onnx'), { engine, image, cut: 'features', pooling: 'none' });
    const train = await backbone.extract(pictures(12, 1));
    held = await backbone.extract(pictures(5, 2));
    result = await trainHead(train, { l2: 0.01, engine });
  });

  afterAll(async () => {
    backbone.dispose();
    engine.dispose();
    await rm(folder, { recursive: true });
  });

  test('learns, is saved, and predicts samples from the file alone', async () => {
    expect(result.evaluate(held).accuracy).toBeGreaterThan(0.9);
    const path = join(folder, 'colours.headstart');
    await result.save(path);
    using bundle = await openBundle(path, { engine });
    expect(bundle.labels).toEqual(['blue', 'green', 'red']);
    expect(bundle.metrics?.accuracy).toBe(result.metrics?.accuracy);
    const predictions = await bundle.predict(pictures(5, 2));
    expect(predictions.map(({ id }) => id)).toEqual(held.ids);
    expect(predictions.map(({ probabilities }) => probabilities)).toEqual(
      result.predict(held.values).map(({ probabilities }) => probabilities),
    );
    expect((await readdir(folder)).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  test('names samples that cannot be predicted and goes on', async () => {
    using bundle = await openBundle(join(folder, 'colours.headstart'), { engine });
    const skipped: string[] = [];
    const broken: Sample = { id: 'broken.png', read: async () => Uint8Array.from([1, 2, 3]) };
    const [first = broken] = pictures(1, 3);
    const predictions = await bundle.predict([broken, first], { onSkipped: ({ id }) => skipped.push(id) });
    expect(predictions.map(({ id, label }) => [id, label])).toEqual([['red/0', 'red']]);
    expect(skipped).toEqual(['broken.png']);
  });

  test('refuses a backbone whose file is not the one it was trained on', async () => {
    const moved = join(folder, 'tiny.onnx');
    const original = await readFile(moved);
    using bundle = await openBundle(join(folder, 'colours.headstart'), { engine });
    await writeFile(moved, Buffer.concat([original, Buffer.from([0])]));
    await expect(bundle.predict(pictures(1, 3))).rejects.toMatchObject({ code: 'integrity' });
    await writeFile(moved, original);
    expect(await bundle.predict(pictures(1, 3))).toHaveLength(3);
  });

  test('exports one file that gives our logits in onnxruntime', async () => {
    const path = join(folder, 'colours.onnx');
    const summary = await exportOnnx(result, path, { engine });
    expect(summary).toMatchObject({ path, inputs: ['pixels'], outputs: ['logits', 'probabilities'] });
    expect(summary.difference).toBeLessThan(1e-4);
    const bytes = await readFile(path);
    expect(summary.bytes).toBe(bytes.length);
    const pixels = Tensor.from(
      Float32Array.from({ length: 3 * 192 }, (_, index) => uniform(4, 'pixels', index)),
      [3, 3, 8, 8],
    );
    const { logits, probabilities } = await runOracle(bytes, { pixels });
    using session = await engine.load(backbone.graph);
    const features = (await session.run({ pixels }))[backbone.graph.outputs[0] ?? ''] as Tensor;
    headLogits(result.head, features).forEach((value, offset) => {
      expect(Math.abs((logits as Tensor).at(offset) - value)).toBeLessThan(1e-4);
    });
    expect(probabilities?.shape).toEqual([3, 3]);
    const metadata = Object.fromEntries(decodeModel(bytes).metadataProps.map(({ key, value }) => [key, value ?? '']));
    expect(JSON.parse(metadata['headstart.labels'] ?? '')).toEqual(['blue', 'green', 'red']);
    expect(JSON.parse(metadata['headstart.preprocessing'] ?? '')).toEqual({
      image: expect.objectContaining({ height: 8, filter: 'bilinear' }),
    });
  });

  test('a bundle exports the same file as the result it was saved from', async () => {
    await exportOnnx(await openBundle(join(folder, 'colours.headstart')), join(folder, 'again.onnx'), { engine, loaded: backbone });
    expect(await readFile(join(folder, 'again.onnx'))).toEqual(await readFile(join(folder, 'colours.onnx')));
  });
});

describe('what cannot be done is one error', () => {
  test('a head on loose features has no backbone', async () => {
    using engine = await openEngine({ backend: 'wasm' });
    const features = { ids: ['a', 'b'], labels: ['x', 'y'], values: Tensor.from([0, 1, 1, 0], [2, 2]) };
    const result = await trainHead(features, { l2: 1, engine });
    await expect(exportOnnx(result, 'never.onnx', { engine })).rejects.toThrow('this head does not know its backbone');
  });

  test('a bundle that is not there, and one that is none', async () => {
    await expect(openBundle('/nowhere/x.headstart')).rejects.toThrow('/nowhere/x.headstart: the bundle cannot be read. Check the path.');
    await expect(openBundle(new TextEncoder().encode('not a bundle at all'))).rejects.toMatchObject({ code: 'invalid-data' });
  });

  test('a result that cannot be written leaves what was there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'headstart-save-'));
    await writeFile(join(folder, 'file'), 'precious');
    using engine = await openEngine({ backend: 'wasm' });
    const features = { ids: ['a', 'b'], labels: ['x', 'y'], values: Tensor.from([0, 1, 1, 0], [2, 2]) };
    const result = await trainHead(features, { l2: 1, engine });
    await expect(result.save(join(folder, 'file', 'x.headstart'))).rejects.toMatchObject({ code: 'disk' });
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('precious');
    await rm(folder, { recursive: true });
  });
});

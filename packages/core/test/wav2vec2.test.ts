import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOracle } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AudioPreprocessing, stretchOf } from '../src/backbone/audio.ts';
import { loadBackbone } from '../src/backbone/backbone.ts';
import { readDataset } from '../src/backbone/dataset.ts';
import { stratifiedSplit } from '../src/backbone/split.ts';
import type { Engine } from '../src/session/engine.ts';
import { openEngine } from '../src/session/open-engine.ts';
import { uniform } from '../src/tensor/random.ts';
import { Tensor } from '../src/tensor/tensor.ts';
import { openBundle } from '../src/train/bundle.ts';
import { exportOnnx } from '../src/train/export-onnx.ts';
import { trainHead } from '../src/train/head.ts';
import { type FakeHub, startFakeHub } from './support/fake-hub.ts';
import { tinyWav2vec2, wav2vec2Width } from './support/tiny-wav2vec2.ts';

/*
 * The card `wav2vec2`, from the Hub's routes to an exported model. The server is local, and the model a small one of the same shape.
 */

/** What facebook/wav2vec2-base-960h says of its clips. */
const preprocessor = {
  do_normalize: true,
  feature_extractor_type: 'Wav2Vec2FeatureExtractor',
  feature_size: 1,
  padding_side: 'right',
  padding_value: 0,
  return_attention_mask: false,
  sampling_rate: 16000,
};

let hub: FakeHub;
let folder: string;
beforeAll(async () => {
  hub = await startFakeHub();
  folder = await mkdtemp(join(tmpdir(), 'headstart-wav2vec2-'));
  const json = (value: object) => ({ bytes: new TextEncoder().encode(JSON.stringify(value)) });
  const files = { 'onnx/model.onnx': { bytes: tinyWav2vec2(), lfs: true }, 'preprocessor_config.json': json(preprocessor) };
  hub.repositories.set(
    'Xenova/wav2vec2-base-960h',
    new Map(Object.entries({ ...files, 'config.json': json({ model_type: 'wav2vec2', hidden_size: wav2vec2Width }) })),
  );
  process.env.HF_ENDPOINT = hub.url;
  for (const label of ['steady', 'beeps'] as const) {
    await mkdir(join(folder, 'clips', label), { recursive: true });
    for (let index = 0; index < 24; index++)
      await writeFile(join(folder, 'clips', label, `${index}.wav`), wav(8000, tone(8000, label, `${label} ${index}`)));
  }
});
afterAll(async () => {
  delete process.env.HF_ENDPOINT;
  await hub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** 0.6 to 0.9 s of a tone that holds on or comes in beeps, of any pitch and loudness: neither tells the classes apart. */
function tone(rate: number, kind: 'steady' | 'beeps', name: string): Float32Array {
  const pick = (counter: number) => uniform(5, name, counter);
  const [hertz, loudness, beeps] = [200 + 1000 * pick(0), 0.05 + 0.6 * pick(1), 5 + 2 * pick(2)];
  return Float32Array.from({ length: Math.round(rate * (0.6 + 0.3 * pick(3))) }, (_, at) => {
    const sounds = kind === 'steady' || (at * beeps) / rate - Math.floor((at * beeps) / rate) < 0.5;
    return loudness * ((sounds ? Math.sin((2 * Math.PI * hertz * at) / rate) : 0) + 0.02 * (pick(4 + at) - 0.5));
  });
}

/** A WAV file, mono, 16 bits. */
function wav(rate: number, samples: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const words = [0x52494646, 0, 0x57415645, 0x666d7420, 0, 0, 0, 0, 0, 0x64617461];
  for (const [index, word] of words.entries()) if (word) view.setUint32(4 * index, word);
  view.setUint32(4, 36 + 2 * samples.length, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((value, index) => {
    view.setInt16(44 + 2 * index, Math.round(Math.max(-1, Math.min(1, value)) * 32767), true);
  });
  return new Uint8Array(view.buffer);
}

describe.each(['webgpu', 'wasm'] as const)('wav2vec2 on %s', (backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ backend });
  });
  afterAll(() => engine.dispose());

  test('from clips to a head that knows them, a bundle and an ONNX file', { timeout: 240_000 }, async () => {
    const cache = join(folder, 'cache');
    using backbone = await loadBackbone('wav2vec2', { engine, cache });
    // The scores of letters are left behind; the clips' rate and scaling are what the repository says.
    expect(backbone.reference).toMatchObject({ pooling: 'mean-mask', dimension: wav2vec2Width });
    expect(backbone.reference.cut).not.toBe('logits');
    expect(backbone.reference.audio).toMatchObject({ rate: 16000, frontend: { kind: 'waveform', normalise: true } });
    expect(backbone.reference.files).toHaveProperty(['onnx/model.onnx']);

    const { samples } = await readDataset(join(folder, 'clips'));
    expect(samples).toHaveLength(48);
    const { train, test: held } = stratifiedSplit(samples, { fraction: 0.3, seed: 1 });
    const features = await backbone.extract(train, { store: join(folder, `store-${backend}`) });
    expect(features.values.shape).toEqual([train.length, wav2vec2Width]);
    const result = await trainHead(features, { engine, l2: 0.01, seed: 0 });
    const measured = await backbone.extract(held, { store: join(folder, `store-${backend}`) });
    expect(result.evaluate(measured).accuracy).toBeGreaterThanOrEqual(0.9);

    const path = join(folder, `${backend}.headstart`);
    await result.save(path);
    using bundle = await openBundle(path, { engine, cache });
    const expected = result.predict(measured.values);
    const predicted = await bundle.predict(held.slice(0, 4));
    predicted.forEach(({ label, confidence }, index) => {
      expect(label).toBe(expected[index]?.label);
      expect(confidence).toBeCloseTo(expected[index]?.confidence as number, 4);
    });

    const file = join(folder, `${backend}.onnx`);
    const { difference, inputs } = await exportOnnx(result, file, { engine, loaded: backbone });
    expect(difference).toBeLessThan(1e-4);
    expect(inputs).toEqual(['waveform']);
    // In another runtime: a clip of the model's rate, in the middle of its stretch of silence as the metadata says.
    const clip = { rate: 16000, samples: tone(16000, 'beeps', 'a third') as Float32Array<ArrayBuffer> };
    const length = stretchOf(clip, backbone.reference.audio as AudioPreprocessing);
    const stretch = new Float32Array(length);
    stretch.set(clip.samples, -Math.floor((clip.samples.length - length) / 2));
    const { probabilities } = await runOracle(new Uint8Array(await readFile(file)), { waveform: Tensor.from(stretch, [1, length]) });
    const [own] = await bundle.predict([{ id: 'a third', clip }]);
    expect(own?.label).toBe('beeps');
    expect(probabilities?.toNumbers()).toEqual([
      expect.closeTo(own?.confidence as number, 3),
      expect.closeTo(1 - (own?.confidence as number), 3),
    ]);
  });
});

test('the engines give the same features, and the card works offline once it was fetched', { timeout: 240_000 }, async () => {
  const cache = join(folder, 'cache');
  using first = await loadBackbone('wav2vec2', { cache });
  process.env.HF_ENDPOINT = 'http://127.0.0.1:1';
  try {
    const before = hub.requests.length;
    using offline = await loadBackbone('wav2vec2', { cache, offline: true });
    expect(offline.reference).toEqual(first.reference);
    expect(hub.requests).toHaveLength(before);
  } finally {
    process.env.HF_ENDPOINT = hub.url;
  }
  const clip = { id: 'one', clip: { rate: 16000, samples: tone(16000, 'steady', 'one') as Float32Array<ArrayBuffer> } };
  const rows: number[][] = [];
  for (const backend of ['webgpu', 'wasm'] as const) {
    using engine = await openEngine({ backend });
    using backbone = await loadBackbone('wav2vec2', { engine, cache });
    rows.push((await backbone.extract([clip])).values.toNumbers());
  }
  rows[0]?.forEach((value, index) => {
    expect(value).toBeCloseTo(rows[1]?.[index] as number, 4);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { t, tinyAudioModel } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../session/engine.ts';
import { openEngine } from '../session/open-engine.ts';
import { resampleClip } from './audio.ts';
import { type Backbone, loadBackbone } from './backbone.ts';
import type { BackboneCard } from './card.ts';
import { RateChanger } from './stream.ts';

let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-stream-'));
  await writeFile(join(folder, 'audio.onnx'), tinyAudioModel());
  engine = await openEngine({ backend: 'wasm' });
});
afterAll(async () => {
  engine.dispose();
  await rm(folder, { recursive: true });
});

/** A stretch of 0.1 s is 1600 samples: 49 frames of the model, 32 samples apart. */
const card = (audio: BackboneCard['audio'], rest: Partial<BackboneCard> = {}): BackboneCard => ({
  name: 'tiny',
  title: 'tiny',
  modality: 'audio',
  source: folder,
  model: 'audio.onnx',
  files: [],
  licence: 'MIT',
  homepage: 'https://example.org',
  ...rest,
  audio: { rate: 16000, seconds: 0.1, longest: 0.1, frontend: { kind: 'waveform', normalise: false }, ...audio },
});

const signal = t('float32', [7000]).tensor.data as Float32Array<ArrayBuffer>;

/** Features of the windows of a stream that gets the signal in pieces of `piece` samples, and of clips cut out at the same places. */
async function compare(backbone: Backbone, piece: number) {
  using stream = backbone.stream();
  const times: number[] = [];
  const rows: number[][] = [];
  for (let start = 0; start < signal.length; start += piece) {
    const part = await stream.push(signal.subarray(start, start + piece));
    times.push(...part.times);
    const values = part.values.toNumbers() as number[];
    for (let row = 0; row < part.times.length; row++) rows.push(values.slice(row * backbone.dimension, (row + 1) * backbone.dimension));
  }
  const hop = Math.round(stream.hop * 16000);
  const clips = times.map((_, index) => ({
    id: `${index}`,
    clip: { rate: 16000, samples: signal.slice(index * hop, index * hop + 1600) },
  }));
  const { values } = await backbone.extract(clips, { store: false });
  return { hop, times, rows, expected: values.toNumbers() as number[] };
}

describe('a stream', () => {
  test('of a model that is not known to be local computes each window, the same as a clip', async () => {
    using backbone = await loadBackbone(card({}, { pooling: 'mean-mask' }), { engine });
    const { hop, times, rows, expected } = await compare(backbone, 777);
    expect(hop).toBe(200);
    expect(times).toHaveLength(Math.floor((7000 - 1600) / 200) + 1);
    expect(times[0]).toBeCloseTo(0.1, 10);
    expect(rows.flat()).toEqual(expected.map((value) => expect.closeTo(value, 4)));
  });

  test('of a local model pools vectors that were computed once, the same as a clip', async () => {
    // [N, frames, 8] before the transposition is [N, 8, frames]: pooling along the last axis takes the value before it.
    const local = { samples: 64, hop: 32 };
    using backbone = await loadBackbone(card({ local }, { cut: 'abs', pooling: 'mean-max' }), { engine });
    expect(backbone.dimension).toBe(16);
    for (const piece of [100, 7000]) {
      const { hop, times, rows, expected } = await compare(backbone, piece);
      expect(hop).toBe(32);
      expect(times).toHaveLength(Math.floor((7000 - 64) / 32) + 1 - 48);
      expect(rows.flat()).toEqual(expected.map((value) => expect.closeTo(value, 4)));
    }
  });
});

test.each([
  [8000, 16000],
  [44100, 16000],
  [16000, 16000],
])('from %i to %i Hz in pieces is what it is at once', (from, to) => {
  const changer = new RateChanger(from, to);
  const parts = [0, 1, 2, 3, 4, 5, 6].map((index) => [...changer.push(signal.subarray(index * 1000, (index + 1) * 1000))]);
  const whole = resampleClip({ rate: from, samples: signal }, to).samples;
  const pieces = parts.flat();
  expect(pieces.length).toBeGreaterThan(whole.length - 400);
  expect(pieces).toEqual([...whole.subarray(0, pieces.length)].map((value) => expect.closeTo(value, 6)));
});

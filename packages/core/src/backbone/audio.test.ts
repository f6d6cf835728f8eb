import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Clip } from '../platform/platform.ts';
import type { Engine } from '../session/engine.ts';
import { openEngine } from '../session/open-engine.ts';
import { type AudioPreprocessing, AudioPreprocessor, resampleClip, stretchOf } from './audio.ts';

const spec: AudioPreprocessing = { rate: 16000, seconds: 0.5, longest: 3, frontend: { kind: 'waveform', normalise: false } };
const tone = (rate: number, seconds: number): Clip => ({
  rate,
  samples: Float32Array.from({ length: Math.round(rate * seconds) }, (_, at) => Math.sin((2 * Math.PI * 500 * at) / rate)),
});

test('clips get the shortest stretch, and longer ones a second more at a time, up to the longest', () => {
  const seconds = (length: number) => stretchOf(tone(8000, length), spec) / 16000;
  expect([0.1, 0.5, 0.51, 1.5, 1.6, 2.4, 9].map(seconds)).toEqual([0.5, 0.5, 1.5, 1.5, 2.5, 2.5, 3]);
});

describe.each(['webgpu', 'wasm'] as const)('%s', (backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ backend });
  });
  afterAll(() => engine.dispose());

  async function prepare(clips: readonly Clip[], length: number): Promise<{ shape: readonly number[]; rows: number[][] }> {
    const preprocessor = new AudioPreprocessor(engine, spec);
    const device = await preprocessor.prepare(clips, length);
    const { shape, data } = await device.read();
    device.dispose();
    preprocessor.dispose();
    return { shape, rows: clips.map((_, row) => [...(data as Float32Array).subarray(row * length, (row + 1) * length)]) };
  }

  test('a clip of the right rate lies in the middle of silence, or its middle is taken', async () => {
    const clip = { rate: 16000, samples: Float32Array.of(1, 2, 3) };
    expect((await prepare([clip, clip], 7)).rows[1]).toEqual([0, 0, 1, 2, 3, 0, 0]);
    expect((await prepare([clip], 1)).rows[0]).toEqual([2]);
  });

  test('clips of several rates in one batch become the same tone', async () => {
    const { shape, rows } = await prepare([tone(8000, 0.4), tone(16000, 0.4), tone(44100, 0.4)], 8000);
    expect(shape).toEqual([3, 8000]);
    const expected = tone(16000, 0.4).samples;
    for (const row of rows) {
      expect(row.slice(0, 700).every((value) => value === 0)).toBe(true);
      for (let at = 1000; at < 5400; at++) expect(Math.abs((row[800 + at] as number) - (expected[at] as number))).toBeLessThan(2e-3);
    }
  });

  test('the same numbers as on the host', async () => {
    const clip = tone(11025, 0.3);
    const { samples } = resampleClip(clip, 16000);
    const { rows } = await prepare([clip], samples.length);
    expect(rows[0]).toEqual([...samples].map((value) => expect.closeTo(value, 5)));
  });
});

import { loadTranscriber, openEngine, type Segment, wordErrorRate } from '@headstart/core';
import { expect, test } from 'vitest';
import { openSynthesiser } from '../../src/demo/voices.ts';

/** Whisper on a voice that a synthesiser speaks with; both come from the npm registry. */
test('a sentence, and sentences that go beyond one window', { timeout: 900_000 }, async () => {
  const synthesiser = await openSynthesiser({});
  const say = (text: string) => synthesiser.say(text, { accent: 'en-us', speaker: 'm1', speed: 150, pitch: 50 });
  using wasm = await openEngine({ backend: 'wasm' });
  using transcriber = await loadTranscriber({ engine: wasm });

  const sentence = 'Hello, my name is John and I live in London.';
  const clip = say(sentence);
  const short = await transcriber.transcribe(clip);
  expect(short.language).toBe('en');
  expect(wordErrorRate(sentence, short.text)).toBeLessThanOrEqual(0.1);

  // The sentence four times, ten seconds apart: 32 s, so that the last lies beyond the first window.
  const samples = new Float32Array(33 * clip.rate);
  for (const start of [0, 10, 20, 29.5]) samples.set(clip.samples, Math.round(start * clip.rate));
  const told: Segment[] = [];
  const long = await transcriber.transcribe({ rate: clip.rate, samples }, { language: 'en', onSegment: (segment) => told.push(segment) });
  expect(told).toEqual(long.segments);
  expect(wordErrorRate(`${sentence} `.repeat(4), long.text)).toBeLessThanOrEqual(0.25);
  expect(long.segments.at(-1)?.end).toBeGreaterThan(30);
  long.segments.forEach(({ start, end }, index) => {
    expect(end).toBeGreaterThan(start);
    expect(start).toBeGreaterThanOrEqual((long.segments[index - 1]?.end ?? 0) - 0.5);
  });

  // The other engine writes as well. A value that its quantisation rounds the other way can change a word, and does not change the times by much.
  using gpu = await openEngine({ backend: 'webgpu' });
  using ours = await loadTranscriber({ engine: gpu });
  expect(ours.reason).toContain('Encoder and decoder run on webgpu');
  expect(wordErrorRate(sentence, (await ours.transcribe(clip)).text)).toBeLessThanOrEqual(0.1);
  const again = await ours.transcribe({ rate: clip.rate, samples }, { language: 'en' });
  expect(wordErrorRate(`${sentence} `.repeat(4), again.text)).toBeLessThanOrEqual(0.25);
  expect(again.segments).toHaveLength(long.segments.length);
  again.segments.forEach(({ start, end }, index) => {
    expect(Math.abs(start - (long.segments[index]?.start ?? Number.NaN))).toBeLessThanOrEqual(1);
    expect(Math.abs(end - (long.segments[index]?.end ?? Number.NaN))).toBeLessThanOrEqual(1);
  });

  await expect(transcriber.transcribe(clip, { language: 'xx' })).rejects.toThrow('the model does not know this language');
});

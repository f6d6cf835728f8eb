import { expect, test } from 'vitest';
import { otherLabel, phraseSamples } from './phrases.ts';
import { signalOf } from './signal.ts';
import type { Synthesiser, Voice } from './voices.ts';

const asked: { voice: Voice }[] = [];
/** Says everything as half a second of a tone. */
const synthesiser: Synthesiser = {
  say(_, voice) {
    asked.push({ voice });
    return { rate: 8000, samples: Float32Array.from({ length: 4000 }, (_, at) => 0.5 * Math.sin(at)) };
  },
};
const options = { phrases: ['lights on', 'lights off'], seed: 3, hub: {}, onMade: () => undefined };

test('phrases and other speech in turns, speakers as groups, the same from the same seed', async () => {
  const samples = await phraseSamples(60, options, synthesiser);
  expect(samples.map(({ label }) => label).slice(0, 4)).toEqual(['lights on', 'lights off', otherLabel, 'lights on']);
  expect(new Set(samples.map(({ id }) => id)).size).toBe(60);
  expect(new Set(samples.map(({ group }) => group)).size).toBeGreaterThan(10);
  for (const { voice } of asked) {
    expect(voice.speed).toBeGreaterThanOrEqual(130);
    expect(voice.pitch).toBeLessThanOrEqual(75);
  }
  // Of what is something else: silence, the beginning of a phrase at the end of the stretch, the end of one at its beginning, other words.
  expect(
    samples
      .filter(({ label }) => label === otherLabel)
      .map(({ id }) => id.replace(/”?,.*| \d+$/, ''))
      .slice(0, 5),
  ).toEqual([
    'noise',
    expect.stringMatching(/^a part of “lights o/),
    expect.stringMatching(/^a part of “lights o/),
    expect.stringMatching(/^“/),
    expect.stringMatching(/^“/),
  ]);
  for (const { clip } of samples) {
    expect((clip?.samples.length ?? 0) / (clip?.rate ?? 1)).toBeCloseTo(2, 5);
    expect(Math.max(...(clip?.samples ?? []))).toBeGreaterThan(0);
  }
  const again = await phraseSamples(60, options, synthesiser);
  expect(again[7]).toEqual(samples[7]);
});

test('a signal of clips knows when commands are said, and only commands', async () => {
  const samples = await phraseSamples(6, options, synthesiser);
  const { clip, occurrences } = signalOf(samples, { rate: 16000, commands: options.phrases, seed: 0 });
  expect(clip.samples.length / clip.rate).toBeCloseTo(6 * 2.5, 2);
  expect(occurrences.map(({ label, start, end }) => [label, start, end])).toEqual([
    ['lights on', 0.5, 2.5],
    ['lights off', 3, 5],
    ['lights on', 8, 10],
    ['lights off', 10.5, 12.5],
  ]);
});

test.each([[['lights on']], [['on', 'on']], [['on', otherLabel]], [['on', '!']]])('%j cannot be told apart', async (phrases) => {
  await expect(phraseSamples(6, { ...options, phrases }, synthesiser)).rejects.toThrow('these phrases cannot be told apart');
});

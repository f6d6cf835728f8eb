import { expect, test } from 'vitest';
import type { Clip } from '../platform/platform.ts';
import type { Augmentation } from './augment.ts';
import { augmentClip, augmentSamples, noisy, pinkNoise } from './augment.ts';

const clip: Clip = { rate: 8000, samples: Float32Array.from({ length: 800 }, (_, at) => 0.3 * Math.sin(at / 5)) };
const nothing: Augmentation = { seed: 0, stream: 'a', shift: 0, speed: 1, snr: undefined, reverberation: 0 };
const energy = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0) / values.length;

test('each sample, then its copies, of the same label and group; the same from the same seed, in any order', () => {
  const samples = [
    { id: 'a', label: 'x', group: 'g' },
    { id: 'b', label: 'y' },
  ];
  const augmented = augmentSamples(samples, { copies: 2, seed: 7 });
  expect(augmented.map(({ id, label, group }) => [id, label, group])).toEqual([
    ['a', 'x', 'g'],
    ['a#1', 'x', 'g'],
    ['a#2', 'x', 'g'],
    ['b', 'y', undefined],
    ['b#1', 'y', undefined],
    ['b#2', 'y', undefined],
  ]);
  const again = augmentSamples(samples.toReversed(), { copies: 2, seed: 7 });
  expect(again.find(({ id }) => id === 'a#2')).toEqual(augmented[2]);
  expect(augmentSamples(samples, { copies: 2, seed: 8 })[2]?.augmentation).not.toEqual(augmented[2]?.augmentation);
  for (const { augmentation: { shift = 0, speed = 1, snr = 10, reverberation = 0 } = {} } of augmented) {
    expect(Math.abs(shift)).toBeLessThanOrEqual(0.15);
    expect([0.9, 0.95, 1, 1.05, 1.1]).toContainEqual(expect.closeTo(speed, 10));
    expect(snr).toBeGreaterThanOrEqual(5);
    expect(snr).toBeLessThanOrEqual(25);
    expect(reverberation).toBeLessThanOrEqual(0.25);
  }
});

test('a shift moves, silence enters', () => {
  const late = augmentClip(clip, { ...nothing, shift: 0.01 });
  expect([...late.samples]).toEqual([...new Array(80).fill(0), ...clip.samples.subarray(0, 720)]);
  const early = augmentClip(clip, { ...nothing, shift: -0.01 });
  expect([...early.samples]).toEqual([...clip.samples.subarray(80), ...new Array(80).fill(0)]);
});

test('speed is a matter of the rate', () => {
  expect(augmentClip(clip, { ...nothing, speed: 1.1 })).toEqual({ rate: 8800, samples: clip.samples });
});

test('noise comes at the ratio asked for', () => {
  const noise = pinkNoise(800, 1, 'noise');
  const mixed = noisy(clip.samples, noise, 6);
  const added = mixed.map((value, at) => value - (clip.samples[at] as number));
  expect(10 * Math.log10(energy(clip.samples) / energy(added))).toBeCloseTo(6, 3);
  // Recordings are repeated where they are shorter.
  const background = { key: 'hum', clip: { rate: 8000, samples: Float32Array.of(0.1, -0.1) } };
  const hum = augmentClip(clip, { ...nothing, snr: 0, noise: background }).samples.map((value, at) => value - (clip.samples[at] as number));
  expect(hum[2]).toBeCloseTo(hum[0] as number, 5);
  expect(hum[1]).toBeCloseTo(-(hum[0] as number), 5);
});

test('pink noise loses 3 dB an octave', () => {
  const noise = pinkNoise(16384, 3, 'pink');
  const level = (bin: number) => {
    let sum = 0;
    for (let each = bin; each < 2 * bin; each++) {
      let [real, imaginary] = [0, 0];
      for (let at = 0; at < 4096; at++) {
        real += (noise[at] as number) * Math.cos((2 * Math.PI * each * at) / 4096);
        imaginary += (noise[at] as number) * Math.sin((2 * Math.PI * each * at) / 4096);
      }
      sum += real ** 2 + imaginary ** 2;
    }
    return 10 * Math.log10(sum);
  };
  // An octave has twice the bins, so equal sums are equal energies.
  expect(Math.abs(level(64) - level(512))).toBeLessThan(3);
});

test('reverberation follows the sound and dies away', () => {
  const click: Clip = { rate: 8000, samples: new Float32Array(4000) };
  click.samples[0] = 1;
  const { samples } = augmentClip(click, { ...nothing, reverberation: 0.2 });
  expect(samples[0]).toBe(1);
  const [first, last] = [energy(samples.subarray(1, 400)), energy(samples.subarray(1200, 1600))];
  expect(first).toBeGreaterThan(100 * last);
  expect(energy(samples.subarray(1601))).toBe(0);
  expect(energy(samples.subarray(1)) * 3999).toBeCloseTo(0.58 ** 2, 3);
});

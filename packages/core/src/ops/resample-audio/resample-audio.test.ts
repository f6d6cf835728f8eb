import { describeOp, t } from '@headstart/testkit';
import { describe, expect, test } from 'vitest';
import { Tensor } from '../../tensor/tensor.ts';
import { kaiserBest, resampledLength, resampleFilters } from './filters.ts';
import { resampleAudioReference } from './resample-audio.ref.ts';

/** A clip of `count` samples in room for `capacity`, from one rate to another. */
function inputs(from: number, to: number, count: number, capacity: number, start: number) {
  const { table, taps } = resampleFilters(from, to);
  const samples = t('float32', [count]).tensor.toNumbers();
  return [
    t('float32', [capacity], { values: [...samples, ...new Array(capacity - count).fill(0)] }),
    t('int32', [2], { values: [count, start] }),
    t('float32', [to / gcd(from, to), taps], { values: [...table] }),
  ];
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

function attributes(from: number, to: number, length: number) {
  const { from: source, to: target, before } = resampleFilters(from, to);
  return { length, from: source, to: target, before };
}

describeOp('ResampleAudio', [
  {
    name: 'twice the rate, silence around it',
    domain: 'headstart',
    inputs: inputs(8000, 16000, 100, 128, -30),
    attributes: attributes(8000, 16000, 260),
  },
  {
    name: '44.1 to 16 kHz, the middle cut out',
    domain: 'headstart',
    inputs: inputs(44100, 16000, 500, 512, 40),
    attributes: attributes(44100, 16000, 90),
  },
  { name: 'the same rate', domain: 'headstart', inputs: inputs(3, 3, 40, 64, -5), attributes: attributes(3, 3, 50) },
]);

/** All of a clip at another rate. */
function resample(values: readonly number[], from: number, to: number): number[] {
  const { table, taps, ...rest } = resampleFilters(from, to);
  const length = resampledLength(values.length, from, to);
  return resampleAudioReference(
    [Tensor.from(Float32Array.from(values)), Tensor.from(Int32Array.of(values.length, 0)), Tensor.from(table, [rest.to, taps])],
    { length, from: rest.from, to: rest.to, before: rest.before },
  ).toNumbers() as number[];
}

const tone = (hz: number, rate: number, length: number) => Array.from({ length }, (_, at) => Math.sin((2 * Math.PI * hz * at) / rate));

describe('resampling', () => {
  test.each([
    [8000, 16000],
    [44100, 16000],
    [16000, 22050],
    [48000, 16000],
  ])('%i to %i Hz: a tone below both limits is the same tone', (from, to) => {
    const result = resample(tone(1000, from, from / 5), from, to);
    const expected = tone(1000, to, result.length);
    // Ends, where the clip is taken to be silent, are not compared.
    const edge = Math.ceil((kaiserBest.zeros * 2 * to) / Math.min(from, to));
    for (let at = edge; at < result.length - edge; at++)
      expect(Math.abs((result[at] as number) - (expected[at] as number))).toBeLessThan(1e-4);
  });

  test('a tone above the new limit is gone: −80 dB at the least', () => {
    const result = resample(tone(10000, 44100, 8820), 44100, 16000);
    for (const value of result.slice(300, -300)) expect(Math.abs(value)).toBeLessThan(1e-4);
  });

  test('as the formula says, evaluated for one output', () => {
    const values = t('float32', [200]).tensor.toNumbers() as number[];
    const { zeros, rolloff, beta } = kaiserBest;
    // 3 : 2, output 61 lies at input 91.5.
    let expected = 0;
    const bessel = (x: number) => {
      // By its integral, (1/π) ∫ exp(x cos θ) dθ over 0..π.
      let sum = 0;
      for (let step = 0; step < 4000; step++) sum += Math.exp(x * Math.cos((Math.PI * (step + 0.5)) / 4000));
      return sum / 4000;
    };
    values.forEach((value, k) => {
      const t = (91.5 - k) * (2 / 3) * rolloff;
      if (Math.abs(t) >= zeros) return;
      const sinc = Math.sin(Math.PI * t) / (Math.PI * t);
      expected += value * (2 / 3) * rolloff * sinc * (bessel(beta * Math.sqrt(1 - (t / zeros) ** 2)) / bessel(beta));
    });
    expect(resample(values, 3, 2)[61]).toBeCloseTo(expected, 6);
  });
});

import { describe, expect, test } from 'vitest';
import { normal, permutation, philox4x32, randomInteger, randomWords, uniform } from './random.ts';

describe('philox4x32', () => {
  // Known-answer vectors of Random123 (kat_vectors, "philox4x32 10").
  test.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ] as const)('counter %j, key %j', (counter, key, expected) => {
    expect(philox4x32(counter, key)).toEqual(expected);
  });
});

describe('random numbers', () => {
  test('are pure functions of seed, stream and counter', () => {
    expect(uniform(7, 'split', 3)).toBe(uniform(7, 'split', 3));
    const words = [
      randomWords(7, 'split', 3),
      randomWords(8, 'split', 3),
      randomWords(7, 'folds', 3),
      randomWords(7, 'split', 2 ** 32 + 3),
    ];
    expect(new Set(words.map(String)).size).toBe(4);
    expect(() => uniform(-1, 'split', 0)).toThrow('not a seed, expected an integer from 0 to 2^53 − 1, got -1.');
  });

  test('uniform has mean 1/2 and variance 1/12', () => {
    const values = Array.from({ length: 20_000 }, (_, index) => uniform(1, 'u', index));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  test('normal is Box–Muller with exact logarithm and cosine', () => {
    const values = Array.from({ length: 20_000 }, (_, index) => normal(2, 'n', index));
    for (const index of [0, 1, 2, 3, 500, 19_999]) {
      const [a, b, c, d] = randomWords(2, 'n', index);
      const u = 1 - ((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53;
      const v = ((c >>> 5) * 2 ** 26 + (d >>> 6)) / 2 ** 53;
      expect(values[index]).toBeCloseTo(Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v), 13);
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  test('permutation holds every index once and moves every position evenly', () => {
    expect([...permutation(3, 'p', 100)].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    const first = Array.from({ length: 4000 }, (_, seed) => permutation(seed, 'p', 4)[0] as number);
    for (let value = 0; value < 4; value++) expect(Math.abs(first.filter((each) => each === value).length - 1000)).toBeLessThan(120);
    expect([...permutation(3, 'p', 0)]).toEqual([]);
  });

  test('randomInteger stays below its bound', () => {
    const values = Array.from({ length: 500 }, (_, index) => randomInteger(5, 'i', index, 3));
    expect([...new Set(values)].sort()).toEqual([0, 1, 2]);
  });
});

import { describe, expect, it } from 'vitest';
import { checkSampling, sampleToken } from './sampling.ts';

const logits = [1, 3, 2, -1];
const draw = (count: number, options: Parameters<typeof sampleToken>[3]) => {
  const counts = new Map<number, number>();
  for (let step = 0; step < count; step++) {
    const token = sampleToken(logits, [], step, options);
    counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return counts;
};

describe('sampleToken', () => {
  it('takes the likeliest token at temperature 0, the first of equals', () => {
    expect(sampleToken(logits, [], 0)).toBe(1);
    expect(sampleToken([5, 5, 1], [], 0)).toBe(0);
  });

  it('draws by softmax(logits / temperature)', () => {
    const [count, temperature] = [20000, 1.5];
    const weights = logits.map((score) => Math.exp(score / temperature));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const counts = draw(count, { temperature });
    weights.forEach((weight, token) => {
      // Five standard deviations of a binomial count.
      const p = weight / total;
      expect(Math.abs((counts.get(token) ?? 0) - count * p)).toBeLessThan(5 * Math.sqrt(count * p * (1 - p)));
    });
  });

  it('keeps to the k likeliest, and to those that reach p together', () => {
    expect([...draw(500, { temperature: 2, topK: 2 }).keys()].sort()).toEqual([1, 2]);
    expect([...draw(500, { temperature: 1, topP: 0.6 }).keys()]).toEqual([1]);
    expect([...draw(500, { temperature: 1, topP: 0.8 }).keys()].sort()).toEqual([1, 2]);
  });

  it('makes tokens that are there already less likely, whatever their sign', () => {
    expect(sampleToken([2, 1.9], [0], 0, { repetitionPenalty: 1.2 })).toBe(1);
    expect(sampleToken([-1, -1.1], [0], 0, { repetitionPenalty: 1.2 })).toBe(1);
  });

  it('draws the same tokens from the same seed, and others from another', () => {
    const text = (seed: number) => Array.from({ length: 40 }, (_, step) => sampleToken(logits, [], step, { temperature: 3, seed })).join();
    expect(text(7)).toBe(text(7));
    expect(text(7)).not.toBe(text(8));
  });

  it('refuses options that cannot be meant', () => {
    for (const options of [
      { temperature: -1 },
      { topK: 0 },
      { topP: 0 },
      { topP: 1.5 },
      { repetitionPenalty: 0 },
      { temperature: Number.NaN },
    ]) {
      expect(() => checkSampling(options)).toThrow(/generate: \w+ cannot be meant, expected/);
    }
  });
});

import { expect, test } from 'vitest';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { shuffleWeights } from './shuffle.ts';

const graph = (() => {
  const g = newBuilder({ fold: false });
  g.constant(
    Tensor.from(
      Float32Array.from({ length: 600 }, (_, offset) => offset + 0.5),
      [20, 30],
    ),
    'weight',
  );
  g.constant(
    Tensor.from(
      Float16Array.from({ length: 64 }, (_, offset) => offset),
      [64],
    ),
    'half',
  );
  g.constant(
    Tensor.from(
      Uint8Array.from({ length: 64 }, (_, offset) => offset),
      [8, 8],
    ),
    'packed',
  );
  g.constant(
    Tensor.from(
      BigInt64Array.from({ length: 64 }, (_, offset) => BigInt(offset)),
      [64],
    ),
    'indices',
  );
  g.constant(Tensor.scalar(3), 'scale');
  return g.build([]);
})();
const sorted = (tensor: Tensor | undefined) => tensor?.toNumbers().sort((a, b) => a - b);

test.each(['weight', 'half', 'packed'])('%s: the same values in another order', (name) => {
  const before = graph.constants.get(name);
  const after = shuffleWeights(graph, 0).constants.get(name);
  expect(after?.dtype).toBe(before?.dtype);
  expect(after?.shape).toEqual(before?.shape);
  expect(sorted(after)).toEqual(sorted(before));
  const moved = (after?.toNumbers() ?? []).filter((value, offset) => value !== before?.at(offset)).length;
  expect(moved / (before?.size ?? 1)).toBeGreaterThan(0.9);
});

test('what addresses or counts stays, and the graph itself is untouched', () => {
  const shuffled = shuffleWeights(graph, 0);
  for (const name of ['indices', 'scale']) expect(shuffled.constants.get(name)).toBe(graph.constants.get(name));
  expect(graph.constants.get('weight')?.at(0)).toBe(0.5);
});

test('one seed, one order; another seed, another', () => {
  const weight = (seed: number) => shuffleWeights(graph, seed).constants.get('weight');
  expect(weight(1)).toEqual(weight(1));
  expect(weight(1)).not.toEqual(weight(2));
});

test('every element can go everywhere: positions are uniform over seeds', () => {
  const g = newBuilder({ fold: false });
  g.constant(Tensor.from(new Float32Array([0, 1, 2, 3, 4, 5, 6])), 'w');
  const small = g.build([]);
  const counts = Array.from({ length: 7 }, () => new Array<number>(7).fill(0));
  const rounds = 2100;
  for (let seed = 0; seed < rounds; seed++) {
    shuffleWeights(small, seed)
      .constants.get('w')
      ?.toNumbers()
      .forEach((value, position) => {
        (counts[value] as number[])[position] = ((counts[value] as number[])[position] as number) + 1;
      });
  }
  // χ² with 36 degrees of freedom: 67.98 is exceeded once in a thousand fair draws.
  const expected = rounds / 7;
  expect(counts.flat().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(67.98);
});

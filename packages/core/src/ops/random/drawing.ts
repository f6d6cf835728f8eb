import { normal, uniform } from '../../tensor/random.ts';

/** Draws of operators without a seed: each takes the next stream, so that runs differ, and a fresh process repeats them. */
let draws = 0;

/** A generator for one run of a node: the seed of its attribute, or one of its own. */
export function drawing(seed: number | undefined): { uniform(index: number): number; normal(index: number): number } {
  const own = seed === undefined ? draws++ : Math.abs(Math.trunc(seed * 2 ** 20));
  const stream = seed === undefined ? 'random operator' : 'seeded operator';
  return { uniform: (index) => uniform(own, stream, index), normal: (index) => normal(own, stream, index) };
}

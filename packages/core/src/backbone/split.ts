import { EngineError } from '../errors.ts';
import { permutation } from '../tensor/random.ts';
import type { Sample } from './sample.ts';

export interface SplitOptions {
  /** Part of each class that goes to the test split, above 0 and below 1. */
  readonly fraction?: number;
  readonly seed?: number;
}

/**
 * Splits samples so that every class has the same part in both. The split depends on ids, labels and seed alone: not on the order the
 * samples come in, nor on the platform. A class of two or more samples has at least one on each side; a single one trains.
 */
export function stratifiedSplit(
  samples: readonly Sample[],
  { fraction = 0.2, seed = 0 }: SplitOptions = {},
): { readonly train: readonly Sample[]; readonly test: readonly Sample[] } {
  if (!(fraction > 0 && fraction < 1)) {
    throw new EngineError('invalid-argument', 'the test fraction cannot be meant', {
      where: 'split',
      expected: 'above 0 and below 1',
      got: `${fraction}`,
    });
  }
  const classes = Map.groupBy(samples, ({ label }) => label ?? '');
  const test = new Set<Sample>();
  for (const [label, members] of classes) {
    const sorted = members.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const count = members.length < 2 ? 0 : Math.min(members.length - 1, Math.max(1, Math.round(members.length * fraction)));
    for (const index of permutation(seed, `split ${label}`, members.length).subarray(0, count)) test.add(sorted[index] as Sample);
  }
  return { train: samples.filter((sample) => !test.has(sample)), test: samples.filter((sample) => test.has(sample)) };
}

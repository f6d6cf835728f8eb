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
 *
 * Where samples have groups, whole groups are taken, in a random order, until the test split has its part: no group is on both sides, and
 * classes keep their parts only as far as groups allow.
 * @throws EngineError `invalid-data` when all samples are of one group
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
  if (samples.some(({ group }) => group !== undefined)) return groupSplit(samples, fraction, seed);
  const classes = Map.groupBy(samples, ({ label }) => label ?? '');
  const test = new Set<Sample>();
  for (const [label, members] of classes) {
    const sorted = members.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const count = members.length < 2 ? 0 : Math.min(members.length - 1, Math.max(1, Math.round(members.length * fraction)));
    for (const index of permutation(seed, `split ${label}`, members.length).subarray(0, count)) test.add(sorted[index] as Sample);
  }
  return { train: samples.filter((sample) => !test.has(sample)), test: samples.filter((sample) => test.has(sample)) };
}

/** A sample without a group is a group of its own. */
function groupSplit(samples: readonly Sample[], fraction: number, seed: number): ReturnType<typeof stratifiedSplit> {
  const groups = Map.groupBy(samples, ({ group, id }) => (group === undefined ? `sample ${id}` : `group ${group}`));
  if (groups.size < 2) {
    throw new EngineError('invalid-data', 'all samples are of one group, so none can be held out', {
      where: 'split',
      expected: 'at least two groups',
      got: [...groups.keys()].join(', '),
    });
  }
  const names = [...groups.keys()].sort((a, b) => (a < b ? -1 : 1));
  const order = [...permutation(seed, 'split groups', names.length)].map((index) => names[index] as string);
  const test = new Set<Sample>();
  let taken = 0;
  for (const name of order.slice(0, -1)) {
    const members = groups.get(name) ?? [];
    // The group that comes nearer to the part than its absence; the first always goes.
    if (taken > 0 && taken + members.length / 2 > fraction * samples.length) continue;
    for (const member of members) test.add(member);
    taken += members.length;
  }
  return { train: samples.filter((sample) => !test.has(sample)), test: samples.filter((sample) => test.has(sample)) };
}

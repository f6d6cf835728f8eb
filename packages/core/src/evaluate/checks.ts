import { argmaxRows } from './metrics.ts';

/** Samples of one split, as far as checks need them. */
export interface CheckedSplit {
  readonly name: string;
  /** File names or row numbers, [N]. */
  readonly ids: readonly string[];
  /** Class index of each sample, [N]. */
  readonly classes: ArrayLike<number>;
  /** Hash of each sample's bytes, [N]. */
  readonly hashes?: readonly string[];
}

export interface CheckedData {
  readonly labels: readonly string[];
  readonly splits: readonly CheckedSplit[];
  /**
   * Probabilities of the first split's samples by heads that did not see them (cross-validation), row-major [N, C];
   * without them label noise is not looked for.
   */
  readonly outOfFold?: ArrayLike<number>;
}

export interface Finding {
  readonly check: 'duplicates' | 'conflicting-labels' | 'leak' | 'imbalance' | 'tiny-class' | 'empty-class' | 'label-noise';
  /** `warning` may change what the numbers mean; `note` is good to know. */
  readonly level: 'warning' | 'note';
  /** One sentence for people. */
  readonly message: string;
  /** Samples concerned, the clearest first. */
  readonly ids: readonly string[];
}

/** Fewer samples of a class than this cannot be learnt or scored with any confidence. */
const fewSamples = 10;
/** The largest class may be this many times the smallest before it is worth a word. */
const imbalanceRatio = 5;

/** Looks for what makes a score untrustworthy: duplicates, leaks between splits, classes too small or uneven, doubtful labels. */
export function checkData(data: CheckedData): Finding[] {
  return [...findDuplicates(data), ...findLeaks(data), ...findClassSizes(data), ...findLabelNoise(data)];
}

function findDuplicates({ splits, labels }: CheckedData): Finding[] {
  return splits.flatMap((split) => {
    const groups = [...groupByHash(split).values()].filter((rows) => rows.length > 1);
    const conflicting = groups.filter((rows) => new Set(rows.map((row) => split.classes[row])).size > 1);
    const repeats = groups.reduce((sum, rows) => sum + rows.length - 1, 0);
    const findings: Finding[] = [];
    if (repeats > 0) {
      const message = `${count(repeats, 'sample')} of the ${split.name} split ${repeats === 1 ? 'repeats another one' : 'repeat other ones'} byte for byte.`;
      findings.push({
        check: 'duplicates',
        level: 'note',
        message,
        ids: groups.flatMap((rows) => rows.slice(1).map((row) => idOf(split, row))),
      });
    }
    if (conflicting.length > 0) {
      const [rows] = conflicting as [number[]];
      const names = [...new Set(rows.map((row) => labels[split.classes[row] as number]))].map((name) => `'${name}'`).join(' and ');
      const message = `${count(conflicting.length, 'sample')} of the ${split.name} split ${conflicting.length === 1 ? 'stands' : 'stand'} under more than one label, such as ${names}.`;
      findings.push({
        check: 'conflicting-labels',
        level: 'warning',
        message,
        ids: conflicting.flatMap((each) => each.map((row) => idOf(split, row))),
      });
    }
    return findings;
  });
}

function findLeaks({ splits: [train, ...others] }: CheckedData): Finding[] {
  if (!train?.hashes) return [];
  const seen = new Set(train.hashes);
  return others.flatMap((split): Finding[] => {
    const ids = split.ids.filter((_, row) => seen.has(split.hashes?.[row] ?? ''));
    if (ids.length === 0) return [];
    const message = `${count(ids.length, 'sample')} of the ${split.name} split ${ids.length === 1 ? 'is' : 'are'} in the ${train.name} split too: the score on them is memory, not skill.`;
    return [{ check: 'leak', level: 'warning', message, ids }];
  });
}

function findClassSizes({ splits: [train], labels }: CheckedData): Finding[] {
  if (!train) return [];
  const sizes = labels.map(() => 0);
  for (let row = 0; row < train.classes.length; row++) add(sizes, train.classes[row] as number, 1);
  const named = labels.map((label, index) => ({ label, size: sizes[index] as number }));
  const empty = named.filter(({ size }) => size === 0);
  const tiny = named.filter(({ size }) => size > 0 && size < fewSamples);
  const [smallest, largest] = [Math.min(...sizes.filter((size) => size > 0)), Math.max(...sizes)];
  const findings: Finding[] = [];
  if (empty.length > 0) {
    findings.push({
      check: 'empty-class',
      level: 'warning',
      message: `The ${train.name} split has no sample of ${list(empty.map(({ label }) => label))}.`,
      ids: [],
    });
  }
  if (tiny.length > 0) {
    const message = `Fewer than ${fewSamples} samples of ${list(tiny.map(({ label, size }) => `${label} (${size})`))}: scores of such classes are guesses.`;
    findings.push({ check: 'tiny-class', level: 'warning', message, ids: [] });
  }
  if (largest > imbalanceRatio * smallest) {
    const rare = named.find(({ size }) => size === smallest)?.label;
    const common = named.find(({ size }) => size === largest)?.label;
    const message = `Classes are uneven: ${largest} samples of ${common}, ${smallest} of ${rare}. Look at macro F1 and recall, and try balanced class weights.`;
    findings.push({ check: 'imbalance', level: 'note', message, ids: [] });
  }
  return findings;
}

/**
 * Confident learning (Northcutt, Jiang, Chuang 2021): a label is doubtful where another class reaches at least the mean
 * probability that its own members have, and the given class does not.
 */
function findLabelNoise({ splits: [train], labels, outOfFold }: CheckedData): Finding[] {
  if (!train || !outOfFold) return [];
  const classes = labels.length;
  const probability = (row: number, index: number) => outOfFold[row * classes + index] as number;
  const sums = new Float64Array(classes);
  const sizes = new Float64Array(classes);
  for (let row = 0; row < train.classes.length; row++) {
    const own = train.classes[row] as number;
    add(sums, own, probability(row, own));
    add(sizes, own, 1);
  }
  const suspects = [...argmaxRows(outOfFold, classes)].flatMap((guess, row) => {
    const own = train.classes[row] as number;
    const confident = probability(row, guess) >= (sums[guess] as number) / (sizes[guess] as number);
    const margin = probability(row, guess) - probability(row, own);
    return guess !== own && confident && margin > 0.5 ? [{ row, guess, margin }] : [];
  });
  if (suspects.length === 0) return [];
  suspects.sort((a, b) => b.margin - a.margin);
  const first = suspects[0] as (typeof suspects)[number];
  const given = labels[train.classes[first.row] as number];
  const message = `${count(suspects.length, 'label')} of the ${train.name} split ${suspects.length === 1 ? 'looks' : 'look'} doubtful, first of all ${idOf(train, first.row)}: labelled ${given}, looks like ${labels[first.guess]}.`;
  return [{ check: 'label-noise', level: 'note', message, ids: suspects.map(({ row }) => idOf(train, row)) }];
}

function groupByHash({ hashes }: CheckedSplit): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  hashes?.forEach((hash, row) => {
    const rows = groups.get(hash);
    if (rows) rows.push(row);
    else groups.set(hash, [row]);
  });
  return groups;
}

function add(sums: number[] | Float64Array, index: number, value: number): void {
  sums[index] = (sums[index] ?? 0) + value;
}

function idOf(split: CheckedSplit, row: number): string {
  return split.ids[row] ?? `#${row}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

import type { Binding } from './kernel.ts';

/**
 * How kernels tell of 64-bit integers that 32 bits do not hold. int64 and uint64 take one word each on the GPU, so a kernel that computes
 * them uses the functions below: each gives the exact result, or calls `report_overflow`. Only such kernels have the binding and the
 * parameter; a program reads the one word back with its outputs, and its results are refused where it is not zero.
 */
export const overflowBinding: Binding = { name: 'overflow', elem: 'u32', access: 'read_write', atomic: true };

/** Members of the uniform struct that go with the binding; the planner puts in the mark of the step. */
export const overflowParams = { overflow_mark: 'u32' } as const;

/** What a step writes: the earliest step has the largest mark, so that `atomicMax` keeps the cause and not what follows from it. */
export function markOf(step: number): number {
  return 2 ** 32 - 1 - step;
}

/** The step a mark stands for; undefined where nothing was reported. */
export function stepOf(mark: number): number | undefined {
  return mark === 0 ? undefined : 2 ** 32 - 1 - mark;
}

let loaded: Readonly<Record<HelperName, string>> | undefined;

/** Loads the functions' text, which a build for browsers keeps in a script of its own: most models compute no int64. */
export async function loadOverflowHelpers(): Promise<void> {
  loaded = (await import('./overflow-helpers.ts')).helpers;
}

/** Thrown where the text is needed and not loaded: who plans loads it and plans again. */
export class OverflowHelpersMissing extends Error {
  override readonly name = 'OverflowHelpersMissing';
}

export type HelperName = keyof typeof import('./overflow-helpers.ts').helpers;

/** WGSL of the helpers named, and of those they call. */
export function overflowHelpers(names: Iterable<HelperName>): string {
  const wanted = new Set(names);
  if (wanted.size === 0) return '';
  if (!loaded) throw new OverflowHelpersMissing('the WGSL for 64-bit integers is not loaded: call loadOverflowHelpers first');
  const helpers = loaded;
  const all = Object.keys(helpers) as HelperName[];
  // A set visits what is added to it on the way.
  for (const name of wanted) for (const other of all) if (new RegExp(`\\b${other}\\(`).test(helpers[name])) wanted.add(other);
  return all
    .filter((name) => wanted.has(name))
    .map((name) => helpers[name])
    .join('\n\n');
}

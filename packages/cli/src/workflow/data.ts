import { type Dataset, type DatasetOptions, EngineError, readDataset, type Sample, stratifiedSplit } from '@headstart/core';
import type { Context } from '../commands/command.ts';

export interface DataFlags {
  readonly text?: string | undefined;
  readonly label?: string | undefined;
  readonly group?: string | undefined;
}

/** Reads labelled data, and says what was found and what was left out. `path` is relative to the folder the command runs in. */
export async function readLabelled(context: Context, path: string, { text, label, group }: DataFlags): Promise<Dataset> {
  const data = await readDataset(path, {
    ...(text === undefined ? {} : { textColumn: text }),
    ...(label === undefined ? {} : { labelColumn: label }),
    ...groupOption(path, group),
  });
  const { report } = context;
  const count = data.samples.length + (data.test?.length ?? 0);
  const kind = { image: 'pictures', text: 'texts', audio: 'clips' }[data.modality];
  report.say(`${count} ${kind} in ${data.classes.length} classes: ${listed(data.classes, 8)}`);
  for (const warning of data.warnings) report.warn(warning);
  reportSkipped(context, data.skipped);
  return data;
}

/** `--group` as core takes it: a column of a table, a pattern for files. */
function groupOption(path: string, group: string | undefined): Pick<DatasetOptions, 'groupColumn' | 'groupPattern'> {
  if (group === undefined) return {};
  if (/\.(csv|tsv|jsonl|ndjson)$/i.test(path)) return { groupColumn: group };
  try {
    return { groupPattern: new RegExp(group) };
  } catch (cause) {
    throw new EngineError('invalid-argument', 'not a pattern', {
      where: '--group',
      expected: "a regular expression, as '_(.*)_'",
      got: `'${group}'`,
      cause,
    });
  }
}

/** Names the first few of what could not be used. */
export function reportSkipped({ report }: Context, skipped: readonly { readonly id: string; readonly reason: string }[]): void {
  for (const { id, reason } of skipped.slice(0, 5)) report.warn(`skipped ${id}: ${reason}`);
  if (skipped.length > 5) report.warn(`and ${skipped.length - 5} more skipped`);
}

/** Train and test samples: as the data comes, or by a seeded, stratified split. */
export function splitData(
  data: Dataset,
  share: number,
  seed: number,
): { readonly train: readonly Sample[]; readonly test: readonly Sample[] } {
  if (data.test) return { train: data.samples, test: data.test };
  return stratifiedSplit(data.samples, { fraction: share, seed });
}

/** At most `count` samples, the classes in turn, in an order that the seed fixes. */
export function limitSamples(samples: readonly Sample[], count: number | undefined, seed: number): readonly Sample[] {
  if (count === undefined || count >= samples.length) return samples;
  if (count < 2)
    throw new EngineError('invalid-argument', 'too few samples to learn from', {
      where: '--limit',
      expected: 'at least 2',
      got: `${count}`,
    });
  const { test } = stratifiedSplit(samples, { fraction: count / samples.length, seed });
  return test;
}

function listed(names: readonly string[], count: number): string {
  return names.length <= count ? names.join(', ') : `${names.slice(0, count).join(', ')} and ${names.length - count} more`;
}

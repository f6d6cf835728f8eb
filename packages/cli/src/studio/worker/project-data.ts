import { type Dataset, EngineError, type Project, readDataset, type Sample, stratifiedSplit } from '@headstart/core';
import { sourceAt } from './project-paths.ts';

export interface ProjectSplit {
  readonly modality: Dataset['modality'];
  readonly train: readonly Sample[];
  readonly test: readonly Sample[];
}

/** The samples of a project, without those it excludes, split as its seed says or as the data comes. */
export async function splitOf(folder: string, { data, excluded, head }: Project): Promise<ProjectSplit> {
  const [source] = data;
  if (!source) throw new EngineError('invalid-data', 'the project has no data yet', { hint: 'Choose some on the Home screen.' });
  const found = await readDataset(sourceAt(folder, source), {
    ...(source.text === undefined ? {} : { textColumn: source.text }),
    ...(source.label === undefined ? {} : { labelColumn: source.label }),
  });
  const out = new Set(excluded);
  const kept = (samples: readonly Sample[]) => samples.filter(({ id }) => !out.has(id));
  const { modality } = found;
  if (found.test) return { modality, train: kept(found.samples), test: kept(found.test) };
  return { modality, ...stratifiedSplit(kept(found.samples), { fraction: head.testShare, seed: head.seed }) };
}

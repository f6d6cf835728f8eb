import { basename } from 'node:path';
import type { Project, ProjectRun, ProjectSource } from '@headstart/core';
import { stemOf } from '../../workflow/names.ts';
import { type Effect, type State, type Step, step } from './state.ts';

/** The backbone that a project of a kind begins with. */
const firstBackbone: Readonly<Record<Project['modality'], string>> = {
  image: 'densenet121',
  text: 'minilm-l6',
  audio: 'speech-embedding',
};

/** A project changed, and written. */
export function changeProject(state: State, change: (project: Project) => Project, ...effects: readonly Effect[]): Step {
  if (!state.project) return step(state, ...effects);
  const project = change(state.project);
  return step({ ...state, project }, { type: 'files', request: { type: 'save', folder: state.folder, project } }, ...effects);
}

/** Begins a project on data, or gives the open one other data. Its earlier runs stay. */
export function projectOn(state: State, source: ProjectSource, modality: Project['modality']): Project {
  const { project, folder } = state;
  const name = source.path === '.' ? basename(folder) : stemOf(source.path);
  const begun: Project = {
    version: 1,
    name: name || 'project',
    modality,
    data: [source],
    classes: [],
    excluded: [],
    backbone: { name: firstBackbone[modality] },
    head: { l2: 'auto', folds: 5, seed: 0, testShare: 0.2, classWeights: 'none' },
    runs: [],
  };
  if (!project) return begun;
  const kept = { ...begun, head: project.head, runs: project.runs };
  return project.modality === modality ? { ...kept, backbone: project.backbone } : kept;
}

export function putRun(project: Project, run: ProjectRun): Project {
  const known = project.runs.some(({ id }) => id === run.id);
  return { ...project, runs: known ? project.runs.map((each) => (each.id === run.id ? run : each)) : [...project.runs, run] };
}

/** `run-4` after `run-3`. */
export function nextRunId({ runs }: Project): string {
  const numbers = runs.map(({ id }) => Number(/^run-(\d+)$/.exec(id)?.[1] ?? 0));
  return `run-${Math.max(0, ...numbers) + 1}`;
}

/** Asks for the project's data to be read. */
export function readEffect(folder: string, { data: [source], head }: Project): readonly Effect[] {
  if (!source) return [];
  return [{ type: 'files', request: { type: 'read', folder, source, share: head.testShare, seed: head.seed } }];
}

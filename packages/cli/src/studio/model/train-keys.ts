import type { Project } from '@headstart/core';
import { type Binding, moved, moveKeys, moveOf } from './binding.ts';
import { changeProject, nextRunId } from './project-step.ts';
import { idleTraining, isTraining, type State, type Step, step, type TrainState } from './state.ts';

/** A setting of the head, with the values that the arrow keys walk. */
export interface Setting {
  readonly name: string;
  readonly note: string;
  /** What stands there now. */
  value(project: Project): string;
  /** The project with the value `by` places on. */
  change(project: Project, by: number): Project;
}

function choices<T>(
  name: string,
  note: string,
  values: readonly T[],
  read: (project: Project) => T,
  write: (project: Project, value: T) => Project,
  show: (value: T) => string,
): Setting {
  return {
    name,
    note,
    value: (project) => show(read(project)),
    change(project, by) {
      const now = values.indexOf(read(project));
      return write(project, values[now < 0 ? 0 : moved(now, by, values.length)] as T);
    },
  };
}

const headOf = (project: Project, head: Partial<Project['head']>): Project => ({ ...project, head: { ...project.head, ...head } });

const strength = choices<'auto' | number>(
  'Strength λ',
  'auto chooses by cross-validation',
  ['auto', 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001],
  ({ head }) => head.l2,
  (project, l2) => headOf(project, { l2 }),
  String,
);
const folds = choices(
  'Folds',
  'of the cross-validation',
  [2, 3, 5, 10],
  ({ head }) => head.folds,
  (project, value) => headOf(project, { folds: value }),
  String,
);
const heldOut = choices(
  'Held out',
  'share of each class to measure with',
  [0.1, 0.2, 0.3, 0.4, 0.5],
  ({ head }) => head.testShare,
  (project, testShare) => headOf(project, { testShare }),
  (share) => `${Math.round(share * 100)} %`,
);
const weights = choices(
  'Class weights',
  'balanced gives rare classes the same say',
  ['none', 'balanced'] as const,
  ({ head }) => head.classWeights,
  (project, classWeights) => headOf(project, { classWeights }),
  String,
);
const seed: Setting = {
  name: 'Seed',
  note: 'of the split and of the folds',
  value: ({ head }) => String(head.seed),
  change: (project, by) => headOf(project, { seed: Math.max(0, project.head.seed + by) }),
};
const size = choices<number | undefined>(
  'Picture size',
  'smaller is faster, and sees less',
  [undefined, 224, 160, 128, 96, 64, 32],
  ({ backbone }) => backbone.size,
  (project, pixels) => {
    const { size: _, ...rest } = project.backbone;
    return { ...project, backbone: pixels === undefined ? rest : { ...rest, size: pixels } };
  },
  (pixels) => (pixels === undefined ? 'as pretrained' : `${pixels} × ${pixels}`),
);

/** The settings that a project of this kind has. */
export function settingsOf(project: Project): readonly Setting[] {
  return [strength, folds, heldOut, weights, seed, ...(project.modality === 'image' ? [size] : [])];
}

/** Begins a training on the project as it is. */
export function startTraining(state: State): Step {
  const { project, folder, train } = state;
  if (!project || isTraining(state)) return step(state);
  // A run that was interrupted is the one that goes on.
  const last = project.runs.at(-1);
  const runId = last && (last.status === 'running' || last.status === 'stopped') ? last.id : nextRunId(project);
  const begun: TrainState = { ...idleTraining, index: train.index, status: 'running', runId, text: 'Opening the engine' };
  return step(
    { ...state, train: begun, status: '' },
    { type: 'control', wish: 'run' },
    { type: 'engine', request: { type: 'train', folder, project, runId } },
  );
}

export function stopTraining(state: State): Step {
  return step({ ...state, train: { ...state.train, status: 'stopping' } }, { type: 'control', wish: 'stop' });
}

const settable = (state: State) => state.project !== undefined && !isTraining(state);

export const trainBindings: readonly Binding[] = [
  {
    keys: ['s', 'enter'],
    label: 'start',
    help: 'Start the training, or go on with the one that was stopped',
    when: settable,
    run: startTraining,
  },
  {
    keys: moveKeys,
    label: '',
    help: 'Move through the settings',
    bare: true,
    when: settable,
    run(state, key) {
      const count = state.project ? settingsOf(state.project).length : 1;
      return step({ ...state, train: { ...state.train, index: moved(state.train.index, moveOf(key), count) } });
    },
  },
  {
    keys: ['left', 'right'],
    shown: '←→',
    label: 'change',
    help: 'Change the setting under the cursor',
    bare: true,
    when: settable,
    run(state, key) {
      const by = key === 'right' ? 1 : -1;
      return changeProject(state, (project) => settingsOf(project)[state.train.index]?.change(project, by) ?? project);
    },
  },
  {
    keys: ['p', 'space'],
    label: 'pause',
    help: 'Pause the training after the step at hand',
    when: ({ train }) => train.status === 'running',
    run: (state) => step({ ...state, train: { ...state.train, status: 'pausing' } }, { type: 'control', wish: 'pause' }),
  },
  {
    keys: ['p', 'space'],
    label: 'go on',
    help: 'Go on with the training',
    when: ({ train }) => train.status === 'paused' || train.status === 'pausing',
    run: (state) => step({ ...state, train: { ...state.train, status: 'running' } }, { type: 'control', wish: 'run' }),
  },
  {
    keys: ['x'],
    label: 'stop',
    help: 'Stop the training; what is done is kept, and starting again goes on there',
    when: (state) => isTraining(state) && state.train.status !== 'stopping',
    run: stopTraining,
  },
];

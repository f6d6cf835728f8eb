import type { DataProblem, DataSummary, SampleRow } from '../worker/protocol.ts';
import { type Binding, moved, moveKeys, moveOf } from './binding.ts';
import { changeProject, readEffect } from './project-step.ts';
import { type DataState, type State, type Step, step } from './state.ts';

export interface ClassRow {
  readonly label: string;
  readonly count: number;
  readonly excluded: number;
}

/** The rows counted last for a summary, and what of the project they follow from: a frame asks for them several times. */
const counted = new WeakMap<DataSummary, { readonly excluded: Ids; readonly order: Ids; readonly rows: readonly ClassRow[] }>();
type Ids = readonly string[] | undefined;

/** Classes with counts, in the project's order. */
export function classRows({ data: { summary }, project }: State): readonly ClassRow[] {
  if (!summary) return [];
  const { excluded, classes: order } = project ?? {};
  const known = counted.get(summary);
  if (known && known.excluded === excluded && known.order === order) return known.rows;
  const rows = countRows(summary, new Set(excluded), order ?? []);
  counted.set(summary, { excluded, order, rows });
  return rows;
}

function countRows({ classes, samples }: DataSummary, out: ReadonlySet<string>, order: readonly string[]): readonly ClassRow[] {
  const counts = new Map(classes.map((label) => [label, { label, count: 0, excluded: 0 }]));
  for (const { id, label } of samples) {
    const row = counts.get(label);
    if (!row) continue;
    row.count++;
    if (out.has(id)) row.excluded++;
  }
  const places = new Map(order.map((label, index) => [label, index]));
  const place = ({ label }: ClassRow) => places.get(label) ?? Number.MAX_SAFE_INTEGER;
  return [...counts.values()].sort((a, b) => place(a) - place(b));
}

export function samplesOfClass(state: State): readonly SampleRow[] {
  const label = classRows(state)[state.data.classIndex]?.label;
  return state.data.summary?.samples.filter((sample) => sample.label === label) ?? [];
}

/** All that was found to be wrong, warnings first. */
export function dataProblems({ data: { summary, findings } }: State): readonly DataProblem[] {
  const every = [...(summary?.problems ?? []), ...(findings ?? [])];
  return [...every.filter(({ level }) => level === 'warning'), ...every.filter(({ level }) => level === 'note')];
}

/** The sample that is previewed. */
export function shownSample(state: State): SampleRow | undefined {
  return samplesOfClass(state)[state.data.sampleIndex];
}

function withData(state: State, data: Partial<DataState>): Step {
  const next = { ...state, data: { ...state.data, ...data } };
  const sample = shownSample(next);
  if (!sample || sample.id === state.preview?.id) return step(next);
  return step(next, { type: 'files', request: { type: 'preview', of: 'data', id: sample.id, folder: state.folder } });
}

/** Asks for the preview of the sample under the cursor. */
export function previewShown(state: State): Step {
  return withData(state, {});
}

/** Leaves samples out, or takes them in again where all of them are out. */
function toggle(state: State, ids: readonly string[], what: string): Step {
  if (ids.length === 0 || !state.project) return step({ ...state, status: 'There is no sample to leave out here.' });
  const excluded = new Set(state.project.excluded);
  const back = ids.every((id) => excluded.has(id));
  for (const id of ids) {
    if (back) excluded.delete(id);
    else excluded.add(id);
  }
  const status = `${what} ${back ? 'taken in again' : 'left out'}.`;
  return changeProject({ ...state, status }, (project) => ({ ...project, excluded: [...excluded].sort() }));
}

/** Moves the class under the cursor, and the cursor with it; the project keeps the order. */
function moveClass(state: State, by: number): Step {
  const labels = classRows(state).map(({ label }) => label);
  const from = state.data.classIndex;
  const to = moved(from, by, labels.length);
  const label = labels[from];
  if (label === undefined || to === from) return step(state);
  const classes = labels.toSpliced(from, 1).toSpliced(to, 0, label);
  return changeProject({ ...state, data: { ...state.data, classIndex: to } }, (project) => ({ ...project, classes }));
}

const ready = ({ data }: State) => data.status === 'ready';

export const dataBindings: readonly Binding[] = [
  {
    keys: moveKeys,
    label: '',
    help: 'Move through classes, samples or problems',
    bare: true,
    when: ready,
    run(state, key) {
      const by = moveOf(key);
      const { focus, classIndex, sampleIndex, problemIndex } = state.data;
      if (focus === 'classes') return withData(state, { classIndex: moved(classIndex, by, classRows(state).length), sampleIndex: 0 });
      if (focus === 'samples') return withData(state, { sampleIndex: moved(sampleIndex, by, samplesOfClass(state).length) });
      return withData(state, { problemIndex: moved(problemIndex, by, dataProblems(state).length) });
    },
  },
  {
    keys: ['right', 'enter'],
    label: 'samples',
    help: 'Walk through the samples of the class',
    bare: true,
    when: (state) => ready(state) && state.data.focus === 'classes',
    run: (state) => withData(state, { focus: 'samples' }),
  },
  {
    keys: ['J', 'K'],
    label: '',
    help: 'Move the class down or up in the list',
    bare: true,
    when: (state) => ready(state) && state.data.focus === 'classes',
    run: (state, key) => moveClass(state, key === 'J' ? 1 : -1),
  },
  {
    keys: ['left', 'escape'],
    label: 'classes',
    help: 'Back to the classes',
    bare: true,
    when: (state) => ready(state) && state.data.focus !== 'classes',
    run: (state) => withData(state, { focus: 'classes' }),
  },
  {
    keys: ['p'],
    label: 'problems',
    help: 'Walk through the problems that were found in the data',
    when: (state) => ready(state) && dataProblems(state).length > 0 && state.data.focus !== 'problems',
    run: (state) => withData(state, { focus: 'problems', problemIndex: 0 }),
  },
  {
    keys: ['x'],
    label: 'leave out',
    help: 'Leave out the sample, the class or the samples of the problem under the cursor; again takes them in',
    when: ready,
    run(state) {
      const { focus, problemIndex } = state.data;
      const sample = shownSample(state);
      const count = (ids: readonly string[]) => (ids.length === 1 ? '1 sample is' : `${ids.length} samples are`);
      if (focus === 'samples') return toggle(state, sample ? [sample.id] : [], sample ? `${sample.id} is` : '');
      const ids = focus === 'problems' ? (dataProblems(state)[problemIndex]?.ids ?? []) : samplesOfClass(state).map(({ id }) => id);
      return toggle(state, ids, count(ids));
    },
  },
  {
    keys: ['r'],
    label: 'read again',
    help: 'Read the data again',
    when: (state) => state.project !== undefined && state.data.status !== 'reading',
    run(state) {
      const { project, folder } = state;
      if (!project) return step(state);
      return step({ ...state, data: { ...state.data, status: 'reading', findings: undefined } }, ...readEffect(folder, project));
    },
  },
];

import type { Answer } from '../worker/protocol.ts';
import { type Binding, moved, moveKeys, moveOf } from './binding.ts';
import { fieldOf } from './field.ts';
import { currentRun, doneRuns, type ResultsState, type State, type Step, step } from './state.ts';

/** Held-out samples of the cell under the cursor, the surest first. */
export function answersOfCell({ results: { results, row, column } }: State): readonly Answer[] {
  const labels = results?.metrics.labels ?? [];
  const cell = results?.answers.filter(({ truth, predicted }) => truth === labels[row] && predicted === labels[column]) ?? [];
  return [...cell].sort((a, b) => b.confidence - a.confidence);
}

/** The cell with the most mistakes, where the eye should go first. */
export function worstCell(confusion: readonly (readonly number[])[]): { readonly row: number; readonly column: number } {
  let [best, row, column] = [0, 0, 0];
  confusion.forEach((counts, truth) => {
    counts.forEach((count, answer) => {
      if (truth !== answer && count > best) [best, row, column] = [count, truth, answer];
    });
  });
  return { row, column };
}

function withResults(state: State, results: Partial<ResultsState>): Step {
  const next = { ...state, results: { ...state.results, ...results } };
  const shown = answersOfCell(next)[next.results.index];
  if (!shown || shown.id === state.preview?.id) return step(next);
  return step(next, { type: 'files', request: { type: 'preview', of: 'data', id: shown.id, folder: state.folder } });
}

/** Asks for the preview of the sample under the cursor. */
export function previewAnswer(state: State): Step {
  return withResults(state, {});
}

const there = ({ results }: State) => results.results !== undefined;
const onMatrix = (state: State) => there(state) && state.results.view === 'matrix' && state.results.focus === 'matrix';
const onSamples = (state: State) => there(state) && state.results.view === 'matrix' && state.results.focus === 'samples';

/** The run before or after the one that is shown. */
function switchRun(state: State, by: number): Step {
  const runs = doneRuns(state.project);
  const now = runs.findIndex(({ id }) => id === state.runId);
  const run = runs[moved(now, by, runs.length)];
  if (!run || run.id === state.runId) return step(state);
  const results: ResultsState = { ...state.results, results: undefined, loading: true, focus: 'matrix', index: 0 };
  const tryIt = { ...state.tryIt, asked: undefined, predictions: [], field: fieldOf() };
  return step({ ...state, runId: run.id, results, tryIt }, { type: 'files', request: { type: 'results', folder: state.folder, run } });
}

export const runBindings: readonly Binding[] = [
  {
    keys: ['['],
    label: 'run before',
    help: 'Show the run before this one',
    when: (state) => doneRuns(state.project).findIndex(({ id }) => id === state.runId) > 0,
    run: (state) => switchRun(state, -1),
  },
  {
    keys: [']'],
    label: 'run after',
    help: 'Show the run after this one',
    when: (state) => currentRun(state) !== undefined && doneRuns(state.project).at(-1)?.id !== state.runId,
    run: (state) => switchRun(state, 1),
  },
];

export const resultsBindings: readonly Binding[] = [
  {
    keys: ['up', 'down', 'left', 'right', 'home', 'end'],
    shown: '←↑↓→',
    label: 'walk',
    help: 'Walk through the cells of the confusion matrix',
    bare: true,
    when: onMatrix,
    run(state, key) {
      const { row, column, results } = state.results;
      const count = results?.metrics.labels.length ?? 1;
      const by = { up: [-1, 0], down: [1, 0], left: [0, -1], right: [0, 1] }[key];
      const [rows = 0, columns = 0] = by ?? (key === 'home' ? [-count, -count] : [count, count]);
      return withResults(state, { row: moved(row, rows, count), column: moved(column, columns, count), index: 0 });
    },
  },
  {
    keys: ['m'],
    label: 'most mistakes',
    help: 'Go to the cell with the most mistakes',
    when: onMatrix,
    run: (state) => withResults(state, { ...worstCell(state.results.results?.metrics.confusion ?? []), index: 0 }),
  },
  {
    keys: ['enter'],
    label: 'its samples',
    help: 'Walk through the samples behind the cell under the cursor',
    bare: true,
    when: (state) => onMatrix(state) && answersOfCell(state).length > 0,
    run: (state) => withResults(state, { focus: 'samples', index: 0 }),
  },
  {
    keys: moveKeys,
    label: '',
    help: 'Move through the samples of the cell',
    bare: true,
    when: onSamples,
    run: (state, key) => withResults(state, { index: moved(state.results.index, moveOf(key), answersOfCell(state).length) }),
  },
  {
    keys: ['escape', 'left'],
    label: 'back to the matrix',
    help: 'Back to the confusion matrix',
    bare: true,
    when: onSamples,
    run: (state) => withResults(state, { focus: 'matrix' }),
  },
  {
    keys: moveKeys,
    label: '',
    help: 'Move through the classes',
    bare: true,
    when: (state) => there(state) && state.results.view === 'classes',
    run(state, key) {
      const count = state.results.results?.metrics.labels.length ?? 1;
      const row = moved(state.results.row, moveOf(key), count);
      return withResults(state, { row, column: row, index: 0 });
    },
  },
  {
    keys: ['t'],
    label: 'table / matrix',
    help: 'Switch between the confusion matrix and the table of classes',
    when: there,
    run: (state) => withResults(state, { view: state.results.view === 'matrix' ? 'classes' : 'matrix', focus: 'matrix' }),
  },
  ...runBindings,
];

import { type Binding, moved, moveKeys, moveOf } from './binding.ts';
import { runBindings } from './results-keys.ts';
import { currentRun, isTraining, type State, type Step, step, type TryState } from './state.ts';

function withTry(state: State, tryIt: Partial<TryState>): State {
  return { ...state, tryIt: { ...state.tryIt, ...tryIt } };
}

/** Asks the model about what was typed. */
export function ask(state: State): Step {
  const run = currentRun(state);
  const input = state.tryIt.field.text.trim();
  if (!run?.bundle || input === '' || state.tryIt.busy) return step(state);
  if (isTraining(state)) return step({ ...state, status: 'The engine trains: it answers once that has ended or is stopped.' });
  const next = withTry(state, { busy: true, asked: input, predictions: [], index: 0, matches: [] });
  return step(next, { type: 'engine', request: { type: 'predict', folder: state.folder, bundle: run.bundle, input } });
}

/** Asks for a picture that was classified. */
export function previewPredicted(state: State): Step {
  const id = state.tryIt.predictions[state.tryIt.index]?.id;
  if (id === undefined || state.project?.modality === 'text' || id === state.preview?.id) return step(state);
  return step(state, { type: 'files', request: { type: 'preview', of: 'path', id, folder: state.folder } });
}

export const tryBindings: readonly Binding[] = [
  {
    keys: ['enter', 'i'],
    label: 'type',
    help: 'Type what is to be classified',
    when: (state) => currentRun(state) !== undefined && !state.tryIt.editing,
    run: (state) => step(withTry({ ...state, screen: 'try' }, { editing: true })),
  },
  {
    keys: moveKeys,
    label: '',
    help: 'Move through the files that were classified',
    bare: true,
    when: ({ tryIt }) => !tryIt.editing && tryIt.predictions.length > 1,
    run(state, key) {
      const { index, predictions } = state.tryIt;
      return previewPredicted(withTry(state, { index: moved(index, moveOf(key), predictions.length) }));
    },
  },
  ...runBindings,
];

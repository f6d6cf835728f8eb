import type { ExportKind } from '../worker/protocol.ts';
import { type Binding, moved } from './binding.ts';
import { runBindings } from './results-keys.ts';
import { currentRun, type ExportState, isTraining, type State, type Step, step } from './state.ts';

export const exportKinds: readonly { readonly kind: ExportKind; readonly title: string; readonly note: string }[] = [
  {
    kind: 'onnx',
    title: 'Merged ONNX',
    note: 'backbone, head and softmax in one file, for any ONNX runtime; compared with onnxruntime first',
  },
  { kind: 'report', title: 'Report', note: 'one HTML page: metrics, confusion matrix, calibration, the most confident mistakes' },
];

function withExport(state: State, exporting: Partial<ExportState>): State {
  return { ...state, exporting: { ...state.exporting, ...exporting } };
}

/** Writes files of the run that is shown, one after the other. */
export function writeFiles(state: State, kinds: readonly ExportKind[]): Step {
  const run = currentRun(state);
  const [first, ...queue] = kinds;
  if (!run || !state.project || !first || state.exporting.busy) return step(state);
  if (isTraining(state)) return step({ ...state, status: 'The engine trains: export once that has ended or is stopped.' });
  return step(withExport({ ...state, status: '' }, { busy: first, queue }), {
    type: 'engine',
    request: { type: 'export', folder: state.folder, run, project: state.project, what: first },
  });
}

const can = (state: State) => currentRun(state) !== undefined && !state.exporting.busy;

export const exportBindings: readonly Binding[] = [
  {
    keys: ['up', 'down'],
    label: '',
    help: 'Move through what can be written',
    bare: true,
    run: (state, key) => {
      const index = moved(state.exporting.index, key === 'up' ? -1 : 1, exportKinds.length);
      return step(withExport(state, { index }));
    },
  },
  {
    keys: ['enter'],
    label: 'write it',
    help: 'Write the file under the cursor',
    bare: true,
    when: can,
    run: (state) => writeFiles(state, [exportKinds[state.exporting.index]?.kind ?? 'onnx']),
  },
  {
    keys: ['a'],
    label: 'write all',
    help: 'Write the merged ONNX file and the report',
    when: can,
    run: (state) =>
      writeFiles(
        state,
        exportKinds.map(({ kind }) => kind),
      ),
  },
  ...runBindings,
];

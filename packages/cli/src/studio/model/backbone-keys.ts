import { backboneTitle } from '../components/list.ts';
import type { CardSummary } from '../worker/protocol.ts';
import { type Binding, moved, moveKeys, moveOf } from './binding.ts';
import { fieldOf } from './field.ts';
import { changeProject } from './project-step.ts';
import { type BackboneState, type EngineInfo, isTraining, type OwnModel, type State, type Step, step } from './state.ts';

/** Cards that suit the project's data. */
export function suitingCards({ backbone: { cards }, project }: State): readonly CardSummary[] {
  return (cards ?? []).filter(({ card }) => !project || card.modality === project.modality);
}

/** Lines of the list: the cards, and one for a model of the reader's own. */
export function backboneCount(state: State): number {
  return suitingCards(state).length + 1;
}

/** The line of the project's backbone. */
export function currentBackbone(state: State): number {
  const place = suitingCards(state).findIndex(({ card }) => card.name === state.project?.backbone.name);
  return place < 0 ? (state.project ? suitingCards(state).length : 0) : place;
}

/** Samples a second that a backbone reached here, if that is known. */
export function speedOf({ backbone: { speeds }, engine }: State, name: string): number | undefined {
  return engine && speeds[speedName(name, engine)];
}

/** As the worker names measured speeds. */
function speedName(name: string, { backend, adapter }: EngineInfo): string {
  return [name, backend, adapter].filter(Boolean).join(' on ');
}

function withBackbone(state: State, backbone: Partial<BackboneState>): State {
  return { ...state, backbone: { ...state.backbone, ...backbone } };
}

const here = (state: State) => suitingCards(state)[state.backbone.index];
const listed = (state: State) => state.backbone.own === undefined;

function take(state: State, name: string, cut: string | undefined): Step {
  if (isTraining(state)) return step({ ...state, status: 'A training is under way: its backbone stays until it ends.' });
  const { size } = state.project?.backbone ?? {};
  return changeProject({ ...state, status: `${backboneTitle(name)} is the backbone now.` }, (project) => ({
    ...project,
    backbone: { name, ...(cut === undefined ? {} : { cut }), ...(size === undefined ? {} : { size }) },
  }));
}

function openOwn(state: State): Step {
  const own: OwnModel = { path: fieldOf(), matches: [], reading: false, model: undefined, cut: 0 };
  return step(withBackbone({ ...state, screen: 'backbone' }, { own }));
}

/** Reads the model at the path that was typed. */
export function inspectOwn(state: State): Step {
  const { own } = state.backbone;
  const path = own?.path.text.trim() ?? '';
  if (!own || path === '') return step(state);
  // Repositories are read when they are fetched.
  if (/^(hf|npm):/.test(path)) return take(withBackbone(state, { own: undefined }), path, undefined);
  const effect = { type: 'files', request: { type: 'inspect', folder: state.folder, path } } as const;
  return step(withBackbone(state, { own: { ...own, reading: true } }), effect);
}

export const backboneBindings: readonly Binding[] = [
  {
    keys: moveKeys,
    label: '',
    help: 'Move through the backbones, or the cuts of your own model',
    bare: true,
    run(state, key) {
      const { own, index } = state.backbone;
      if (own?.model) return step(withBackbone(state, { own: { ...own, cut: moved(own.cut, moveOf(key), own.model.cuts.length) } }));
      return step(withBackbone(state, { index: moved(index, moveOf(key), backboneCount(state)) }));
    },
  },
  {
    keys: ['enter'],
    label: 'use it',
    help: 'Use the backbone under the cursor',
    bare: true,
    when: listed,
    run(state) {
      const summary = here(state);
      return summary ? take(state, summary.card.name, undefined) : openOwn(state);
    },
  },
  {
    keys: ['enter'],
    label: 'use this cut',
    help: 'Use your own model with the cut under the cursor',
    bare: true,
    when: ({ backbone }) => (backbone.own?.model?.cuts.length ?? 0) > 0,
    run(state) {
      const { own } = state.backbone;
      const cut = own?.model?.cuts[own.cut];
      return own?.model ? take(withBackbone(state, { own: undefined }), own.model.path, cut?.name) : step(state);
    },
  },
  {
    keys: ['escape'],
    label: 'back to the list',
    help: 'Back to the list of backbones',
    bare: true,
    when: ({ backbone }) => backbone.own !== undefined,
    run: (state) => step(withBackbone(state, { own: undefined })),
  },
  {
    keys: ['d'],
    label: 'download',
    help: 'Download the backbone under the cursor, for use without a network too',
    when: (state) => listed(state) && here(state)?.downloaded === false && !state.backbone.download,
    run(state) {
      const { name, bytes = 0 } = here(state)?.card ?? { name: '' };
      return step(withBackbone(state, { download: { name, bytes: 0, total: bytes } }), { type: 'files', request: { type: 'fetch', name } });
    },
  },
  {
    keys: ['m'],
    label: 'measure speed',
    help: 'Measure how fast the backbone under the cursor is on this machine',
    when: (state) =>
      listed(state) && here(state) !== undefined && !state.backbone.measuring && !isTraining(state) && !!state.project?.data[0],
    run(state) {
      const name = here(state)?.card.name;
      const [source] = state.project?.data ?? [];
      if (name === undefined || !source) return step(state);
      const { size } = state.project?.backbone ?? {};
      return step(
        { ...withBackbone(state, { measuring: name }), status: `Measuring ${name}…` },
        { type: 'engine', request: { type: 'measure', folder: state.folder, name, source, ...(size === undefined ? {} : { size }) } },
      );
    },
  },
  { keys: ['o'], label: 'your own ONNX', help: 'Bring an ONNX model of your own', when: listed, run: openOwn },
];

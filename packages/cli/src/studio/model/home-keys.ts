import type { SampleKind } from '../worker/protocol.ts';
import { currentBackbone } from './backbone-keys.ts';
import { type Binding, moved, moveKeys, moveOf } from './binding.ts';
import { fieldOf } from './field.ts';
import { readEffect } from './project-step.ts';
import { previewAnswer } from './results-keys.ts';
import {
  currentRun,
  doneRuns,
  type Effect,
  inFolder,
  isTraining,
  type ScreenName,
  type State,
  type Step,
  step,
  unfinishedRun,
} from './state.ts';
import { startTraining } from './train-keys.ts';

/** A line of the Home screen that can be chosen. */
export interface HomeEntry {
  readonly group: 'next' | 'here' | 'recent';
  readonly title: string;
  readonly note: string;
  choose(state: State): Step;
}

const things = { text: 'texts', image: 'pictures', audio: 'clips' } as const;

/** What Home offers, the most useful first. */
export function homeEntries(state: State): readonly HomeEntry[] {
  const { project, home } = state;
  return [
    ...nextEntries(state),
    ...home.found
      .filter(({ path }) => path !== project?.data[0]?.path)
      .map(
        ({ path, modality, note }): HomeEntry => ({
          group: 'here',
          title: path === '.' ? 'this folder' : path,
          note: `${things[modality]} · ${note}`,
          choose: (now) => chooseData(now, path),
        }),
      ),
    ...sampleEntries(state),
    {
      group: 'here',
      title: 'Other data…',
      note: 'type a path: class folders, a table, a zip',
      choose: (now) => step({ ...now, home: { ...now.home, path: fieldOf(), matches: [] } }),
    },
    ...home.recents.map(
      ({ folder, name, modality, note }): HomeEntry => ({
        group: 'recent',
        title: name,
        note: `${modality} · ${note} · ${folder}`,
        choose: (now) => (isTraining(now) ? busy(now) : step(inFolder(now, folder), { type: 'files', request: { type: 'scan', folder } })),
      }),
    ),
  ];
}

/** Real data to begin with, where there is none. */
function sampleEntries({ home, project, backbone }: State): readonly HomeEntry[] {
  if (project || home.found.length > 0 || !home.scanned || backbone.download) return [];
  const entry = (kind: SampleKind, title: string, note: string): HomeEntry => ({
    group: 'here',
    title,
    note,
    choose: (now) =>
      step({ ...now, status: `Fetching ${kind}…` }, { type: 'files', request: { type: 'sample', folder: now.folder, kind } }),
  });
  return [
    entry('mails', 'Sample: mails', 'fetches real mail, spam or not, into mail.csv (7 MB)'),
    entry('pictures', 'Sample: pictures', 'fetches small pictures of ten kinds into pictures/ (23 MB)'),
  ];
}

function nextEntries(state: State): readonly HomeEntry[] {
  const { project } = state;
  if (!project) return [];
  const go = (screen: ScreenName, title: string, note: string): HomeEntry => ({
    group: 'next',
    title,
    note,
    choose: (now) => goTo(now, screen),
  });
  if (isTraining(state)) return [go('train', 'Watch the training', 'it goes on in the background')];
  const unfinished = unfinishedRun(state);
  const done = doneRuns(project).at(-1);
  return [
    ...(unfinished
      ? [
          {
            group: 'next',
            title: `Go on with ${unfinished.id}`,
            note: 'it was interrupted; features that are done are not computed again',
            choose: (now) => startTraining(goTo(now, 'train').state),
          } satisfies HomeEntry,
        ]
      : []),
    ...(done
      ? [
          go('results', `Results of ${done.id}`, `accuracy ${((done.accuracy ?? 0) * 100).toFixed(1)} %`),
          go('try', 'Try it', project.modality === 'text' ? 'type a text, see what the model says' : 'pick files, see what the model says'),
          go('export', 'Export', 'one ONNX file, a report, a server'),
        ]
      : []),
    ...(!done && !unfinished ? [go('train', 'Train', `on ${project.backbone.name}, with settings that suit most`)] : []),
    go('data', 'Look at the data', project.data[0]?.path ?? 'none yet'),
    ...(done ? [] : [go('backbone', 'Choose a backbone', `now ${project.backbone.name}`)]),
  ];
}

function busy(state: State): Step {
  return step({ ...state, status: 'A training is under way: stop it first (4 shows it).' });
}

/** Reads data to make a project of it. */
export function chooseData(state: State, path: string): Step {
  if (isTraining(state)) return busy(state);
  const source = { path };
  const next = { ...state, pending: source, status: `Reading ${path}…` };
  return step(next, { type: 'files', request: { type: 'read', folder: state.folder, source, share: 0.2, seed: 0 } });
}

/** Shows a screen, and asks for what it needs and does not have yet. */
export function goTo(state: State, screen: ScreenName): Step {
  const next = { ...state, screen, status: '' };
  const { project, folder } = state;
  const effects: Effect[] = [];
  if (screen === 'backbone') {
    if (!state.backbone.cards) effects.push({ type: 'files', request: { type: 'cards' } });
    return step({ ...next, backbone: { ...next.backbone, index: currentBackbone(next) } }, ...effects);
  }
  if (screen === 'data' && project && state.data.status === 'none') {
    effects.push(...readEffect(folder, project));
    return step({ ...next, data: { ...next.data, status: 'reading' } }, ...effects);
  }
  if (screen === 'results' || screen === 'try' || screen === 'export') {
    const runId = currentRun(state)?.id ?? doneRuns(project).at(-1)?.id;
    const run = project?.runs.find(({ id }) => id === runId);
    if (run && !state.results.results && !state.results.loading) {
      const shown = { ...next, runId, results: { ...next.results, loading: true } };
      return step(shown, ...effects, { type: 'files', request: { type: 'results', folder, run } });
    }
    const shown = previewAnswer({ ...next, runId });
    return step(shown.state, ...effects, ...(screen === 'results' ? shown.effects : []));
  }
  return step(next, ...effects);
}

export const homeBindings: readonly Binding[] = [
  {
    keys: ['enter', 'right'],
    label: 'choose',
    help: 'Choose the line under the cursor',
    bare: true,
    run(state) {
      const entries = homeEntries(state);
      return entries[moved(state.home.index, 0, entries.length)]?.choose(state) ?? step(state);
    },
  },
  {
    keys: ['o'],
    label: 'other data',
    help: 'Begin on data at a path that you type',
    run: (state) => step({ ...state, screen: 'home', home: { ...state.home, path: fieldOf(), matches: [] } }),
  },
  {
    keys: moveKeys,
    label: '',
    help: 'Move the cursor',
    bare: true,
    run: (state, key) =>
      step({ ...state, home: { ...state.home, index: moved(state.home.index, moveOf(key), homeEntries(state).length) } }),
  },
];

import type { Project } from '@headstart/core';
import type { Column, Results, WorkerEvent } from '../worker/protocol.ts';
import { currentBackbone } from './backbone-keys.ts';
import { previewShown } from './data-keys.ts';
import { writeFiles } from './export-keys.ts';
import { fieldOf } from './field.ts';
import { chooseData, goTo } from './home-keys.ts';
import { changeProject, projectOn, putRun, readEffect } from './project-step.ts';
import { previewAnswer, worstCell } from './results-keys.ts';
import { doneRuns, type Effect, type Message, type ResultsState, type State, type Step, step, type TrainState } from './state.ts';
import { previewPredicted } from './try-keys.ts';

type Told = Exclude<Message, { type: 'key' | 'paste' | 'resize' }>;
type Of<T extends Told['type']> = Extract<Told, { type: T }>;

/** Points kept of a curve; a screen shows fewer. */
const mostPoints = 4000;

/** What the workers tell, folded into the state. */
export function onEvent(state: State, event: Told): Step {
  return (handlers[event.type] as (state: State, event: Told) => Step)(state, event);
}

function training(state: State, train: Partial<TrainState>): State {
  return { ...state, train: { ...state.train, ...train } };
}

const handlers: { readonly [T in Told['type']]: (state: State, event: Of<T>) => Step } = {
  // Dawn writes warnings over the screen while it opens the adapter.
  engine: (state, { backend, reason, adapter }) => step({ ...state, engine: { backend, reason, adapter } }, { type: 'repaint' }),
  scanned(state, { folder, project, found, recents, speeds }) {
    if (folder !== state.folder) return step(state);
    const home = { ...state.home, scanned: true, found, recents };
    const next: State = { ...state, home, project, backbone: { ...state.backbone, speeds }, runId: doneRuns(project).at(-1)?.id };
    if (!project) return step(next);
    const reading = readEffect(folder, project);
    return step({ ...next, data: { ...next.data, status: reading.length > 0 ? 'reading' : 'none' } }, ...reading);
  },
  saved: (state) => step(state),
  sampled: (state, { path }) => chooseData({ ...state, backbone: { ...state.backbone, download: undefined } }, path),
  data: onData,
  columns(state, { source, columns }) {
    const overlay = { kind: 'columns', source, columns, text: undefined, index: longest(columns) } as const;
    return step({ ...state, status: '', overlay });
  },
  findings(state, { problems }) {
    return step({ ...state, data: { ...state.data, findings: problems } });
  },
  preview(state, { type: _, ...preview }) {
    return step({ ...state, preview });
  },
  completions: onCompletions,
  cards(state, { cards }) {
    const next: State = { ...state, backbone: { ...state.backbone, cards, download: undefined } };
    // The first list puts the cursor on the project's backbone; later ones leave it where it is.
    return step(state.backbone.cards ? next : { ...next, backbone: { ...next.backbone, index: currentBackbone(next) } });
  },
  download: (state, { name, bytes, total }) => step({ ...state, backbone: { ...state.backbone, download: { name, bytes, total } } }),
  inspected(state, { type: _, ...model }) {
    const { own } = state.backbone;
    return step(own ? { ...state, backbone: { ...state.backbone, own: { ...own, reading: false, model, cut: 0 } } } : state);
  },
  results(state, { runId, results }) {
    if (runId !== state.runId) return step(state);
    const next = { ...state, results: shownResults(state.results, results) };
    return state.screen === 'results' ? previewAnswer(next) : step(next);
  },
  measured(state, { key, name, rate }) {
    const { backbone } = state;
    const measuring = backbone.measuring === name ? undefined : backbone.measuring;
    const status = backbone.measuring === name ? `${name}: ${rate.toFixed(1)} samples a second here.` : state.status;
    const speeds = { ...backbone.speeds, [key]: rate };
    return step(
      { ...state, status, backbone: { ...backbone, measuring, speeds } },
      { type: 'files', request: { type: 'remember-speed', key, rate } },
    );
  },
  'train-started'(state, { run }) {
    return changeProject(training(state, { runId: run.id }), (project) => putRun(project, run));
  },
  'train-phase': (state, { phase, text }) => {
    const { backbone } = state;
    // The download is over once anything else goes on.
    const next = phase === 'load' ? state : { ...state, backbone: { ...backbone, download: undefined } };
    return step(training(next, { phase, text }));
  },
  extraction(state, { type: _, split, ...extraction }) {
    const rates = extraction.rate > 0 ? [...state.train.rates, extraction.rate].slice(-mostPoints) : state.train.rates;
    return step(training(state, { [split]: extraction, rates }));
  },
  iteration(state, { type: _, ...iteration }) {
    return step(training(state, { iteration, losses: [...state.train.losses, iteration.objective].slice(-mostPoints) }));
  },
  strength: (state, { type: _, ...point }) => step(training(state, { sweep: [...state.train.sweep, point] })),
  note: (state, { text }) => step(training(state, { notes: [...state.train.notes, text] })),
  paused: (state) => step(state.train.status === 'pausing' ? training(state, { status: 'paused' }) : state),
  trained(state, { run, results }) {
    const done = training(state, { status: 'done', text: '' });
    const next = { ...done, runId: run.id, results: shownResults(state.results, results), exporting: { ...state.exporting, written: {} } };
    const tryIt = { ...state.tryIt, asked: undefined, predictions: [], field: fieldOf(), editing: true };
    return changeProject({ ...next, tryIt }, (project) => putRun(project, run));
  },
  'train-ended'(state, { run }) {
    const status = run.status === 'stopped' ? 'stopped' : 'failed';
    const { backbone } = state;
    return changeProject(training({ ...state, backbone: { ...backbone, download: undefined } }, { status }), (project) =>
      putRun(project, run),
    );
  },
  predicted(state, { input, predictions }) {
    if (input !== state.tryIt.asked) return step(state);
    return previewPredicted({ ...state, tryIt: { ...state.tryIt, busy: false, predictions, index: 0 } });
  },
  exported(state, { runId, what, file, text }) {
    const { exporting, folder } = state;
    const written = { ...exporting.written, [`${runId} ${what}`]: text };
    const wrote = { ...state, exporting: { ...exporting, busy: undefined, queue: [], written }, status: `${file} is written.` };
    const saved = changeProject(wrote, (project) => ({
      ...project,
      runs: project.runs.map((run) => (run.id === runId ? { ...run, [what]: file } : run)),
    }));
    const next = writeFiles(saved.state, exporting.queue.length > 0 && folder === saved.state.folder ? exporting.queue : []);
    return step(next.state, ...saved.effects, ...next.effects);
  },
  failed: onFailure,
  interrupted: (state) => changeProject(training(state, { status: 'stopped' }), (project) => stopRun(project, state.train.runId)),
  'worker-died'(state, { problem }) {
    const lost = state.train.runId !== undefined && ['running', 'pausing', 'paused', 'stopping'].includes(state.train.status);
    const next: State = {
      ...training(state, lost ? { status: 'failed' } : {}),
      tryIt: { ...state.tryIt, busy: false },
      exporting: { ...state.exporting, busy: undefined, queue: [] },
      backbone: { ...state.backbone, measuring: undefined, download: undefined },
      problem: { ...problem, again: undefined },
    };
    if (!lost) return step(next);
    return changeProject(next, (project) => stopRun(project, state.train.runId));
  },
};

/** The column that looks most like texts. */
function longest(columns: readonly Column[]): number {
  const lengths = columns.map(({ first }) => first.length);
  return lengths.indexOf(Math.max(...lengths));
}

function stopRun(project: Project, id: string | undefined): Project {
  return { ...project, runs: project.runs.map((run) => (run.id === id ? { ...run, status: 'stopped' } : run)) };
}

function onData(state: State, { type: _, ...summary }: Of<'data'>): Step {
  const data = { ...state.data, status: 'ready', summary, findings: undefined } as const;
  const { pending } = state;
  if (!pending) {
    const shown = previewShown({ ...state, data, status: '' });
    return shown;
  }
  // Only data that could be read makes a project.
  const project = projectOn(state, pending, summary.modality);
  const home = { ...state.home, path: undefined, matches: [], index: 0 };
  const begun: State = {
    ...state,
    pending: undefined,
    home,
    project,
    data: { ...data, focus: 'classes', classIndex: 0, sampleIndex: 0, problemIndex: 0 },
    backbone: { ...state.backbone, index: 0, own: undefined },
  };
  const there = goTo(begun, 'data');
  const shown = previewShown(there.state);
  const save: Effect = { type: 'files', request: { type: 'save', folder: state.folder, project } };
  return step(
    { ...shown.state, status: `headstart.json is written: this folder is the project '${project.name}'.` },
    save,
    ...there.effects,
    ...shown.effects,
  );
}

function onCompletions(state: State, { text, completed, matches }: Of<'completions'>): Step {
  const shown = matches.length > 1 ? matches : [];
  if (state.screen === 'home' && state.home.path?.text === text) {
    return step({ ...state, home: { ...state.home, path: fieldOf(completed), matches: shown } });
  }
  const { own } = state.backbone;
  if (state.screen === 'backbone' && own?.path.text === text) {
    return step({ ...state, backbone: { ...state.backbone, own: { ...own, path: fieldOf(completed), matches: shown } } });
  }
  if (state.screen === 'try' && state.tryIt.field.text === text) {
    return step({ ...state, tryIt: { ...state.tryIt, field: fieldOf(completed), matches: shown } });
  }
  return step(state);
}

function shownResults(was: ResultsState, results: Results | undefined): ResultsState {
  const cell = worstCell(results?.metrics.confusion ?? []);
  return { ...was, results, loading: false, focus: 'matrix', view: 'matrix', ...cell, index: 0 };
}

function onFailure(state: State, { job, problem }: Extract<WorkerEvent, { type: 'failed' }>): Step {
  // Cancelled by the reader, who knows.
  if (problem.code === 'cancelled') return step({ ...state, status: 'Stopped.', backbone: { ...state.backbone, download: undefined } });
  const { folder, project } = state;
  const shown = (next: State, again?: Effect) => step({ ...next, status: '', problem: { ...problem, again } });
  switch (job) {
    case 'read': {
      const [again] = project && !state.pending ? readEffect(folder, project) : [];
      return shown({ ...state, pending: undefined, data: { ...state.data, status: state.data.summary ? 'ready' : 'none' } }, again);
    }
    case 'sample':
      return shown({ ...state, backbone: { ...state.backbone, download: undefined } });
    case 'fetch': {
      const name = state.backbone.download?.name;
      const next = { ...state, backbone: { ...state.backbone, download: undefined } };
      return shown(next, name === undefined ? undefined : { type: 'files', request: { type: 'fetch', name } });
    }
    case 'inspect':
      return shown({ ...state, backbone: { ...state.backbone, own: state.backbone.own && { ...state.backbone.own, reading: false } } });
    case 'measure':
      return shown({ ...state, backbone: { ...state.backbone, measuring: undefined } });
    case 'predict':
      return shown({ ...state, tryIt: { ...state.tryIt, busy: false } });
    case 'export':
      return shown({ ...state, exporting: { ...state.exporting, busy: undefined, queue: [] } });
    case 'results':
      return shown({ ...state, results: { ...state.results, loading: false } });
    case 'save':
      return shown(state, project ? { type: 'files', request: { type: 'save', folder, project } } : undefined);
    case 'scan':
      return shown({ ...state, home: { ...state.home, scanned: true } }, { type: 'files', request: { type: 'scan', folder } });
    case 'open':
      return shown(state, { type: 'engine', request: { type: 'open' } });
    default:
      return shown(state);
  }
}

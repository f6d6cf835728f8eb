import type { Project, ProjectRun, ProjectSource } from '@headstart/core';
import type {
  CardSummary,
  Classified,
  Column,
  DataProblem,
  DataSummary,
  EngineRequest,
  ExportKind,
  Extraction,
  FilesRequest,
  FoundData,
  InspectedModel,
  Iteration,
  Job,
  Preview,
  Problem,
  Recent,
  Results,
  SweepPoint,
  TrainPhase,
  WorkerEvent,
} from '../worker/protocol.ts';
import type { Field } from './field.ts';

export type ScreenName = 'home' | 'data' | 'backbone' | 'train' | 'results' | 'try' | 'export';

/** All that the studio shows: a fold over keys and what the workers tell. Frames follow from it alone. */
export interface State {
  readonly size: { readonly columns: number; readonly rows: number };
  readonly look: Look;
  readonly screen: ScreenName;
  readonly overlay: Overlay | undefined;
  readonly problem: ShownProblem | undefined;
  /** What was last done, one line. */
  readonly status: string;
  readonly engine: EngineInfo | undefined;
  readonly folder: string;
  readonly home: HomeState;
  readonly project: Project | undefined;
  /** Data that is being read to begin a project with. */
  readonly pending: ProjectSource | undefined;
  readonly data: DataState;
  readonly backbone: BackboneState;
  readonly train: TrainState;
  /** The run that Results, Try it and Export are about. */
  readonly runId: string | undefined;
  readonly results: ResultsState;
  readonly tryIt: TryState;
  readonly exporting: ExportState;
  readonly preview: Preview | undefined;
}

export interface Look {
  readonly colours: boolean;
  readonly background: 'dark' | 'light';
}

export type Overlay =
  | { readonly kind: 'help'; readonly scroll: number }
  | { readonly kind: 'palette'; readonly field: Field; readonly index: number }
  | { readonly kind: 'quit' }
  /** Which column holds the text, then which the label. */
  | {
      readonly kind: 'columns';
      readonly source: ProjectSource;
      readonly columns: readonly Column[];
      readonly text: number | undefined;
      readonly index: number;
    };

export interface ShownProblem extends Problem {
  /** What to ask again on `r`. */
  readonly again: Effect | undefined;
}

export interface EngineInfo {
  readonly backend: 'webgpu' | 'wasm';
  readonly reason: string;
  readonly adapter: string;
}

export interface HomeState {
  readonly scanned: boolean;
  readonly found: readonly FoundData[];
  readonly recents: readonly Recent[];
  readonly index: number;
  /** The path being typed. */
  readonly path: Field | undefined;
  readonly matches: readonly string[];
}

export interface DataState {
  readonly status: 'none' | 'reading' | 'ready';
  readonly summary: DataSummary | undefined;
  /** What the search for duplicates and leaks found; undefined while it goes on. */
  readonly findings: readonly DataProblem[] | undefined;
  readonly focus: 'classes' | 'samples' | 'problems';
  readonly classIndex: number;
  readonly sampleIndex: number;
  readonly problemIndex: number;
}

export interface BackboneState {
  readonly cards: readonly CardSummary[] | undefined;
  readonly index: number;
  readonly download: Download | undefined;
  readonly measuring: string | undefined;
  /** Samples a second, by backbone and engine. */
  readonly speeds: Readonly<Record<string, number>>;
  readonly own: OwnModel | undefined;
}

export interface Download {
  readonly name: string;
  readonly bytes: number;
  readonly total: number;
}

/** A model of the reader's own: the path being typed, then what is in it. */
export interface OwnModel {
  readonly path: Field;
  readonly matches: readonly string[];
  readonly reading: boolean;
  readonly model: InspectedModel | undefined;
  readonly cut: number;
}

export interface TrainState {
  readonly status: 'idle' | 'running' | 'pausing' | 'paused' | 'stopping' | 'done' | 'stopped' | 'failed';
  readonly index: number;
  readonly runId: string | undefined;
  readonly phase: TrainPhase | undefined;
  readonly text: string;
  readonly train: Extraction | undefined;
  readonly test: Extraction | undefined;
  /** Rates of the extraction as it went on, samples a second. */
  readonly rates: readonly number[];
  readonly iteration: Iteration | undefined;
  /** Objective by iteration, over all strengths. */
  readonly losses: readonly number[];
  readonly sweep: readonly SweepPoint[];
  readonly notes: readonly string[];
}

export interface ResultsState {
  readonly results: Results | undefined;
  readonly loading: boolean;
  readonly view: 'matrix' | 'classes';
  readonly focus: 'matrix' | 'samples';
  readonly row: number;
  readonly column: number;
  readonly index: number;
}

export interface TryState {
  readonly field: Field;
  readonly editing: boolean;
  readonly matches: readonly string[];
  readonly busy: boolean;
  readonly asked: string | undefined;
  readonly predictions: readonly Classified[];
  readonly index: number;
}

export interface ExportState {
  readonly index: number;
  readonly busy: ExportKind | undefined;
  readonly queue: readonly ExportKind[];
  readonly written: Readonly<Record<string, string>>;
}

/** What a change of state asks of the outside. */
export type Effect =
  | { readonly type: 'files'; readonly request: FilesRequest }
  | { readonly type: 'engine'; readonly request: EngineRequest }
  | { readonly type: 'control'; readonly wish: 'run' | 'pause' | 'stop' }
  | { readonly type: 'repaint' }
  | { readonly type: 'quit' };

export type Message =
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  /** A training that is cut short because the reader quits. */
  | { readonly type: 'interrupted' }
  | { readonly type: 'worker-died'; readonly job: Job | undefined; readonly problem: Problem }
  | WorkerEvent;

/** A new state, and what it asks of the outside. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export function step(state: State, ...effects: readonly Effect[]): Step {
  return { state, effects };
}

export const idleTraining: TrainState = {
  status: 'idle',
  index: 0,
  runId: undefined,
  phase: undefined,
  text: '',
  train: undefined,
  test: undefined,
  rates: [],
  iteration: undefined,
  losses: [],
  sweep: [],
  notes: [],
};

const noData: DataState = {
  status: 'none',
  summary: undefined,
  findings: undefined,
  focus: 'classes',
  classIndex: 0,
  sampleIndex: 0,
  problemIndex: 0,
};

const noResults: ResultsState = { results: undefined, loading: false, view: 'matrix', focus: 'matrix', row: 0, column: 0, index: 0 };

/** What is there before anything is known. */
export function initialState(folder: string, size: State['size'], look: Look): State {
  return {
    size,
    look,
    screen: 'home',
    overlay: undefined,
    problem: undefined,
    status: '',
    engine: undefined,
    folder,
    home: { scanned: false, found: [], recents: [], index: 0, path: undefined, matches: [] },
    project: undefined,
    pending: undefined,
    data: noData,
    backbone: { cards: undefined, index: 0, download: undefined, measuring: undefined, speeds: {}, own: undefined },
    train: idleTraining,
    runId: undefined,
    results: noResults,
    tryIt: { field: { text: '', cursor: 0 }, editing: true, matches: [], busy: false, asked: undefined, predictions: [], index: 0 },
    exporting: { index: 0, busy: undefined, queue: [], written: {} },
    preview: undefined,
  };
}

/** The same screen in another folder, with nothing known of it yet. */
export function inFolder(state: State, folder: string): State {
  const { engine, backbone, home } = state;
  const fresh = initialState(folder, state.size, state.look);
  return { ...fresh, engine, backbone: { ...backbone, own: undefined }, home: { ...fresh.home, recents: home.recents } };
}

/** Whether a training is under way, paused or not. */
export function isTraining({ train: { status } }: State): boolean {
  return status === 'running' || status === 'pausing' || status === 'paused' || status === 'stopping';
}

/** The run that is shown, if it has a result. */
export function currentRun({ project, runId }: State): ProjectRun | undefined {
  return project?.runs.find(({ id }) => id === runId);
}

export function doneRuns(project: Project | undefined): readonly ProjectRun[] {
  return project?.runs.filter(({ status, bundle }) => status === 'done' && bundle !== undefined) ?? [];
}

/** The last run, where it did not come to its end. */
export function unfinishedRun(state: State): ProjectRun | undefined {
  const last = state.project?.runs.at(-1);
  return last && (last.status === 'running' || last.status === 'stopped') && !isTraining(state) ? last : undefined;
}

import type {
  BackboneCard,
  Cut,
  Metrics,
  OperatorCount,
  Project,
  ProjectRun,
  ProjectSource,
  Training,
  ValueSummary,
} from '@headstart/core';
import type { Column } from './columns.ts';
import type { SampleKind } from './sample-data.ts';

export type { Column, SampleKind };

/** What the studio asks of the worker that reads and writes files; it never computes for long, so it answers while the other trains. */
export type FilesRequest =
  | { readonly type: 'scan'; readonly folder: string }
  | { readonly type: 'save'; readonly folder: string; readonly project: Project }
  | { readonly type: 'remember-speed'; readonly key: string; readonly rate: number }
  | { readonly type: 'read'; readonly folder: string; readonly source: ProjectSource; readonly share: number; readonly seed: number }
  | { readonly type: 'sample'; readonly folder: string; readonly kind: SampleKind }
  | { readonly type: 'preview'; readonly of: PreviewOf; readonly id: string; readonly folder: string }
  | { readonly type: 'complete'; readonly folder: string; readonly text: string }
  | { readonly type: 'cards' }
  | { readonly type: 'fetch'; readonly name: string }
  | { readonly type: 'cancel-fetch' }
  | { readonly type: 'inspect'; readonly folder: string; readonly path: string }
  | { readonly type: 'results'; readonly folder: string; readonly run: ProjectRun };

/** What it asks of the worker that owns the engine. One request at a time; `stop` and `pause` go through shared memory (`Control`). */
export type EngineRequest =
  | { readonly type: 'open' }
  | { readonly type: 'measure'; readonly folder: string; readonly name: string; readonly source: ProjectSource; readonly size?: number }
  | { readonly type: 'train'; readonly folder: string; readonly project: Project; readonly runId: string }
  | { readonly type: 'predict'; readonly folder: string; readonly bundle: string; readonly input: string }
  | { readonly type: 'export'; readonly folder: string; readonly run: ProjectRun; readonly project: Project; readonly what: ExportKind };

export type ExportKind = 'onnx' | 'report';

/** Where a previewed sample is from: the data that was read last, or a path. */
export type PreviewOf = 'data' | 'path';

/** What the workers tell. The studio's state is a fold over these and the keys. */
export type WorkerEvent =
  | {
      readonly type: 'engine';
      readonly backend: 'webgpu' | 'wasm';
      readonly reason: string;
      readonly adapter: string;
    }
  | {
      readonly type: 'scanned';
      readonly folder: string;
      readonly project: Project | undefined;
      readonly found: readonly FoundData[];
      readonly recents: readonly Recent[];
      readonly speeds: Readonly<Record<string, number>>;
    }
  | { readonly type: 'saved' }
  /** Sample data lies at a path from the folder. */
  | { readonly type: 'sampled'; readonly path: string }
  | ({ readonly type: 'data' } & DataSummary)
  /** The table is readable, but nothing says which of its columns are meant. */
  | { readonly type: 'columns'; readonly source: ProjectSource; readonly columns: readonly Column[] }
  | { readonly type: 'findings'; readonly problems: readonly DataProblem[] }
  | ({ readonly type: 'preview' } & Preview)
  | { readonly type: 'completions'; readonly text: string; readonly completed: string; readonly matches: readonly string[] }
  | { readonly type: 'cards'; readonly cards: readonly CardSummary[] }
  | { readonly type: 'download'; readonly name: string; readonly bytes: number; readonly total: number }
  | ({ readonly type: 'inspected' } & InspectedModel)
  | { readonly type: 'results'; readonly runId: string; readonly results: Results | undefined }
  | { readonly type: 'measured'; readonly key: string; readonly name: string; readonly rate: number }
  | { readonly type: 'train-started'; readonly run: ProjectRun }
  | { readonly type: 'train-phase'; readonly phase: TrainPhase; readonly text: string }
  | ({ readonly type: 'extraction'; readonly split: 'train' | 'test' } & Extraction)
  | ({ readonly type: 'iteration' } & Iteration)
  | ({ readonly type: 'strength' } & SweepPoint)
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'paused' }
  | { readonly type: 'trained'; readonly run: ProjectRun; readonly results: Results }
  | { readonly type: 'train-ended'; readonly run: ProjectRun }
  | { readonly type: 'predicted'; readonly input: string; readonly predictions: readonly Classified[] }
  | { readonly type: 'exported'; readonly runId: string; readonly what: ExportKind; readonly file: string; readonly text: string }
  | { readonly type: 'failed'; readonly job: Job; readonly problem: Problem };

export type Job = FilesRequest['type'] | EngineRequest['type'];

export type TrainPhase = 'load' | 'train' | 'test' | 'head' | 'write';

export interface FoundData {
  /** Relative to the folder. */
  readonly path: string;
  readonly modality: Project['modality'];
  /** `3 class folders`, `a table, 21 kB` */
  readonly note: string;
}

export interface Recent {
  readonly folder: string;
  readonly name: string;
  readonly modality: Project['modality'];
  readonly note: string;
}

export interface SampleRow {
  readonly id: string;
  readonly label: string;
}

export interface DataSummary {
  readonly modality: Project['modality'];
  readonly samples: readonly SampleRow[];
  readonly classes: readonly string[];
  /** True where the data comes with a test split of its own. */
  readonly split: boolean;
  /** What is odd but no error, and what could not be used. */
  readonly problems: readonly DataProblem[];
}

export interface DataProblem {
  readonly level: 'warning' | 'note';
  readonly message: string;
  /** Samples that would be left out to solve it; none where that would not help. */
  readonly ids: readonly string[];
}

export interface Preview {
  readonly id: string;
  readonly text?: string;
  readonly picture?: PreviewPicture;
  readonly wave?: PreviewWave;
  readonly failure?: string;
}

/** A clip as its outline: the least and the greatest sample of each of equal parts. */
export interface PreviewWave {
  /** −1..1 */
  readonly parts: readonly (readonly [low: number, high: number])[];
  readonly seconds: number;
  /** Samples a second, Hz. */
  readonly rate: number;
}

/** At most 160 pixels on its longer side. */
export interface PreviewPicture {
  readonly width: number;
  readonly height: number;
  /** uint8[height, width, 3], sRGB */
  readonly data: Uint8Array;
  /** `640 × 480` of the picture itself. */
  readonly size: string;
}

export interface CardSummary {
  readonly card: BackboneCard;
  readonly downloaded: boolean;
}

export interface InspectedModel {
  readonly path: string;
  readonly inputs: readonly ValueSummary[];
  readonly outputs: readonly ValueSummary[];
  readonly unsupported: readonly OperatorCount[];
  readonly operators: number;
  readonly bytes: number;
  readonly cuts: readonly Pick<Cut, 'name' | 'dimension' | 'pooling' | 'reason'>[];
}

export interface Extraction {
  readonly done: number;
  readonly total: number;
  readonly reused: number;
  /** Samples a second. */
  readonly rate: number;
  readonly secondsLeft: number | undefined;
}

export interface Iteration {
  readonly phase: 'cross-validation' | 'fit';
  readonly l2: number;
  readonly iteration: number;
  /** Mean cross-entropy + penalty, nats. */
  readonly objective: number;
}

/** What cross-validation saw at one strength. */
export interface SweepPoint {
  readonly l2: number;
  readonly logLoss: number;
  readonly accuracy: number;
}

export interface Answer {
  readonly id: string;
  readonly truth: string;
  readonly predicted: string;
  readonly confidence: number;
}

/** What a run found; kept beside its bundle as results.json. */
export interface Results {
  readonly metrics: Metrics;
  readonly training: Training;
  /** One a held-out sample. */
  readonly answers: readonly Answer[];
}

export interface Classified {
  readonly id: string;
  /** Most probable first. */
  readonly ranked: readonly { readonly label: string; readonly probability: number }[];
}

/** An error as a panel shows it. */
export interface Problem {
  readonly code: string;
  readonly where?: string;
  readonly what: string;
  readonly hint?: string;
}

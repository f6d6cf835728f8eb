import type {
  AudioPreprocessing,
  Backend,
  Clip,
  DownloadProgress,
  ExtractionProgress,
  Finding,
  ImagePreprocessing,
  Metrics,
  Project,
  Training,
  TrainProgress,
} from '@headstart/core';
import type { Operation } from './samples/state.ts';
import type { UndoLabel } from './samples/store.ts';

/*
 * What page and worker say to each other. The worker owns the device, the samples and the trained model; the page only shows them. Every
 * call has one entry in `Calls`; nothing but plain data and Blobs crosses.
 */

/** What samples are. */
export type Modality = Project['modality'];

export interface OpenRequest {
  readonly modality: Modality;
  /** Name of the project; each has its own samples. */
  readonly project: string;
  readonly backend: Backend;
  /** Folder that backbones are looked for in, absolute, with a slash at the end: `v1/backbones/` and `backbones/` below it. */
  readonly base: string;
  /** Address of a server that speaks the Hub's routes; the Hub itself when left out. */
  readonly hub?: string;
  /** Take the project over from another tab. */
  readonly steal: boolean;
  /** What a new project begins with; that of the terminal when left out. */
  readonly backbone?: string;
}

export interface EngineInfo {
  readonly backend: 'webgpu' | 'wasm';
  /** Name of the adapter; '' on wasm. */
  readonly adapter: string;
  readonly reason: string;
  /** Why there is no WebGPU, where there is none. */
  readonly missing?: 'no-webgpu' | 'no-adapter' | 'insecure';
}

export interface BackboneChoice {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  /** Bytes to download; undefined where nobody knows. */
  readonly bytes: number | undefined;
}

export interface Opened {
  readonly operations: readonly Operation[];
  readonly undo: UndoLabel | undefined;
  readonly project: Project;
  readonly backbones: readonly BackboneChoice[];
  readonly model: ModelInfo | undefined;
}

/** A prediction of one held-out sample. */
export interface HeldOut {
  readonly id: string;
  readonly truth: number;
  readonly predicted: number;
  readonly confidence: number;
}

/** The head that predictions come from. */
export interface ModelInfo {
  /** `live` follows the samples and was not measured; `opened` came from a file. */
  readonly kind: 'trained' | 'live' | 'opened';
  readonly name: string;
  readonly labels: readonly string[];
  readonly modality: Modality;
  readonly backbone: string;
  readonly training: Training;
  readonly metrics: Metrics | undefined;
  /** Predictions of the held-out samples; empty for live and opened ones. */
  readonly heldOut: readonly HeldOut[];
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  /** Whether `heatMap` can answer. */
  readonly heatMap: boolean;
  readonly image: ImagePreprocessing | undefined;
  /** Tokens kept of a text; undefined for what is none. */
  readonly maxTokens: number | undefined;
  readonly audio: Pick<AudioPreprocessing, 'rate' | 'seconds' | 'longest'> | undefined;
}

export type TrainEvent =
  | { readonly phase: 'backbone'; readonly progress: DownloadProgress }
  | { readonly phase: 'loading' }
  | { readonly phase: 'features'; readonly progress: ExtractionProgress }
  | { readonly phase: 'head'; readonly progress: TrainProgress }
  | { readonly phase: 'evaluate' };

export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

export interface ImportSummary {
  readonly added: number;
  readonly classes: number;
  /** Files that are in their class already, byte for byte. */
  readonly repeats: number;
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

export interface GivenFile {
  /** Slash-separated, from the folder that was given. */
  readonly path: string;
  readonly file: File | Blob;
}

/** What can be predicted from. */
export type PredictionInput = { readonly picture: Blob | ImageBitmap } | { readonly text: string } | { readonly sound: Blob };

export interface PredictionResult {
  readonly label: string;
  readonly confidence: number;
  /** In the order of the model's labels. */
  readonly probabilities: readonly number[];
  /** Milliseconds from the sample to the answer. */
  readonly milliseconds: number;
}

/** Where a class is seen in a picture: height × width weights, 0 to 1, over the part of the picture the network sees. */
export interface HeatMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
  /** The part of the picture it covers, as shares of the picture's width and height. */
  readonly window: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

export type ExportKind = 'bundle' | 'onnx' | 'site' | 'project' | 'settings';

export interface Exported {
  readonly name: string;
  readonly blob: Blob;
  /** Largest difference of a logit between us and onnxruntime, where it was compared. */
  readonly difference?: number;
}

export interface Calls {
  open: { in: OpenRequest; out: Opened };
  engine: { in: { readonly backend: Backend }; out: EngineInfo };
  addClass: { in: { readonly name: string }; out: string };
  renameClass: { in: { readonly id: string; readonly name: string }; out: undefined };
  removeClass: { in: { readonly id: string }; out: undefined };
  /** `to`: its place among all, from 0. */
  moveClass: { in: { readonly id: string; readonly to: number }; out: undefined };
  move: { in: { readonly ids: readonly string[]; readonly to: string }; out: undefined };
  remove: { in: { readonly ids: readonly string[] }; out: undefined };
  undo: { in: undefined; out: boolean };
  /** `classId` left out, folders and label columns say the class. */
  importFiles: {
    in: { readonly files: readonly GivenFile[]; readonly classId: string | undefined };
    out: ImportSummary;
    progress: ImportProgress;
  };
  addTexts: { in: { readonly classId: string; readonly texts: readonly string[] }; out: ImportSummary };
  editText: { in: { readonly id: string; readonly text: string }; out: undefined };
  /** Frames of one recording share one undo step: `first` begins it. */
  addFrame: { in: { readonly classId: string; readonly frame: ImageBitmap; readonly first: boolean }; out: undefined };
  /** Clips of one recording share one undo step: `first` begins it. */
  addClip: { in: { readonly classId: string; readonly clip: Clip; readonly first: boolean }; out: undefined };
  /** A sample's sound, or a file's, to be heard as the model hears it: mono, its part alone. */
  clip: { in: { readonly id: string } | { readonly file: Blob }; out: Clip };
  thumbnails: { in: { readonly ids: readonly string[] }; out: readonly (Blob | undefined)[] };
  contents: { in: { readonly ids: readonly string[] }; out: readonly (Blob | undefined)[] };
  settings: { in: Partial<Pick<Project, 'head' | 'backbone' | 'name'>>; out: Project };
  train: { in: undefined; out: ModelInfo; progress: TrainEvent };
  /** Trains on all samples without measuring, for the camera to follow. */
  trainLive: { in: undefined; out: ModelInfo; progress: TrainEvent };
  openFile: {
    in: { readonly name: string; readonly file: Blob };
    out: { readonly model?: ModelInfo; readonly project?: Project; readonly files?: readonly GivenFile[] };
  };
  /** Back from an opened or live model to the trained one. */
  closeModel: { in: undefined; out: ModelInfo | undefined };
  predict: {
    in: PredictionInput;
    out: PredictionResult;
    progress: TrainEvent;
  };
  /**
   * What a continuous sound is at its end: the mean over the windows that became complete, undefined where none did. `first` begins a new
   * sound, before which all was silent.
   */
  listen: { in: { readonly clip: Clip; readonly first: boolean }; out: PredictionResult | undefined; progress: TrainEvent };
  heatMap: { in: { readonly picture: Blob | ImageBitmap; readonly classIndex: number }; out: HeatMap };
  export: { in: { readonly kind: ExportKind }; out: Exported; progress: TrainEvent };
  /** Compares the engines on samples of the project, in idle time. */
  verify: { in: undefined; out: { readonly checked: boolean } };
  reset: { in: undefined; out: undefined };
}

export type CallName = keyof Calls;
export type Input<K extends CallName> = Calls[K]['in'];
export type Output<K extends CallName> = Calls[K]['out'];
export type Progress<K extends CallName> = Calls[K] extends { progress: infer P } ? P : never;

export interface Request {
  readonly id: number;
  readonly call: CallName;
  readonly input: unknown;
}

/** Takes back a request that is not answered yet. */
export interface Cancel {
  readonly cancel: number;
}

export interface Failure {
  readonly message: string;
  readonly code: string;
}

export type Reply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: Failure }
  | { readonly id: number; readonly progress: unknown };

/** Told without being asked. */
export type WorkerEvent =
  | { readonly event: 'operations'; readonly operations: readonly Operation[]; readonly undo: UndoLabel | undefined }
  | { readonly event: 'engine'; readonly engine: EngineInfo }
  /** Another tab has taken the project over; this worker has let it go. */
  | { readonly event: 'lost' };

import type { BackboneCard, BackboneReference, Clip, Features, Metrics, Modality, Training } from '@headstart/core';
import type { SoundFacts } from '../ingest/sound.ts';

/** A backbone whose files the engine thread can reach. */
export interface OpenSpec {
  /** Equal keys are one backbone in memory. */
  readonly key: string;
  readonly card: BackboneCard;
  readonly size?: number;
}

/** A text, an encoded picture, or a clip. */
export interface Item {
  readonly text?: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly clip?: Clip;
  /** The head that answers; the features themselves when left out. */
  readonly model?: { readonly id: string; readonly path: string };
}

export type Outcome =
  | { readonly probabilities: readonly number[] }
  | { readonly features: Float32Array; readonly tokens: number }
  | { readonly error: string };

/** A sample of a job, by its place on this machine. */
export interface JobSample {
  readonly id: string;
  readonly label?: string;
  readonly text?: string;
  readonly path?: string;
}

/** Rows [N, D] in transit. */
export interface Rows {
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  /** What rows have in common that must not be on both sides of a split. */
  readonly groups?: readonly string[];
  /** float32[N · D] */
  readonly values: Float32Array<ArrayBuffer>;
}

/** A part of a recording, in seconds; all of it when left out. */
export interface ClipWish {
  readonly start?: number;
  readonly end?: number;
  /** Where the part is written as a WAV file. */
  readonly out?: string;
  /** Whether its samples are wanted. */
  readonly keep?: boolean;
}

export type ClipPart =
  | { readonly rate: number; readonly seconds: number; readonly outline: string; readonly samples?: Float32Array<ArrayBuffer> }
  | { readonly error: string };

export interface HeardClip {
  readonly type: SoundFacts['type'];
  /** In the order of the wishes. */
  readonly parts: readonly ClipPart[];
}

/** A row of a table: a text, or a file that the table lists. */
export interface TableRow {
  /** The table and the line. */
  readonly id: string;
  readonly text?: string;
  readonly file?: string;
  readonly start?: number;
  readonly end?: number;
  readonly label?: string;
  readonly group?: string;
}

export interface Methods {
  /** One run of the backbone for items of any of its heads. */
  serve(input: { readonly spec: OpenSpec; readonly items: readonly Item[]; readonly batch: number }): Promise<readonly Outcome[]>;
  extract(input: { readonly spec: OpenSpec; readonly samples: readonly JobSample[]; readonly store: string }): Promise<{
    readonly rows: Rows;
    readonly skipped: Features['skipped'];
    readonly reused: number;
    readonly reference: BackboneReference;
    readonly engine: string;
  }>;
  train(input: {
    readonly train: Rows;
    readonly test: Rows;
    readonly reference: BackboneReference;
    readonly options: {
      readonly l2: 'auto' | number;
      readonly folds: number;
      readonly seed: number;
      readonly classWeights: 'none' | 'balanced';
    };
    readonly title: string;
    readonly samples: readonly JobSample[];
    readonly bundle: string;
    readonly report: string;
  }): Promise<{ readonly metrics: Metrics | undefined; readonly training: Training; readonly labels: readonly string[] }>;
  export(input: { readonly spec: OpenSpec; readonly bundle: string; readonly out: string }): Promise<{ readonly difference: number }>;
  /** Opens a backbone as far as that is needed to know it, and runs nothing. */
  inspect(input: { readonly spec: OpenSpec; readonly from: string | BackboneCard }): Promise<{
    readonly card: BackboneCard;
    readonly dimension: number;
    readonly notes: readonly string[];
  }>;
  /** Every sample of a table, and the lines that are none. */
  table(input: {
    readonly path: string;
    readonly textColumn?: string;
    readonly labelColumn?: string;
    readonly groupColumn?: string;
  }): Promise<{ readonly modality: Modality; readonly rows: readonly TableRow[]; readonly skipped: Features['skipped'] }>;
  /** Decodes a recording, once it is known not to be a bomb. */
  clip(input: {
    readonly path?: string;
    readonly bytes?: Uint8Array<ArrayBuffer>;
    /** As the client calls it. */
    readonly name: string;
    /** Most that it may unpack to. */
    readonly seconds: number;
    readonly wishes: readonly ClipWish[];
  }): Promise<HeardClip | { readonly refused: { readonly status: number; readonly detail: string; readonly hint: string | undefined } }>;
  /** What computes: opens the engine. */
  engine(input: Record<string, never>): Promise<{ readonly backend: string; readonly adapter: string; readonly reason: string }>;
}

export interface ThreadOptions {
  readonly engine: 'auto' | 'webgpu' | 'wasm';
  readonly cache: string | undefined;
  readonly offline: boolean;
  readonly backbones: number;
}

export interface ThreadProgress {
  readonly phase: 'download' | 'extract' | 'train' | 'export';
  readonly done: number;
  readonly total: number;
}

export type ToThread = { readonly call: number; readonly method: keyof Methods; readonly input: unknown } | { readonly cancel: number };

export type FromThread =
  | { readonly call: number; readonly value: unknown }
  | {
      readonly call: number;
      readonly error: { readonly message: string; readonly code?: string; readonly hint?: string; readonly stack?: string };
    }
  | { readonly call: number; readonly progress: ThreadProgress };

import type { DType, ImagePreprocessing, SkippedSample, TensorData } from '@headstart/core';

export interface PlainTensor {
  readonly data: TensorData;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

export type Backend = 'webgpu' | 'wasm';

export interface RunJob {
  readonly backend: Backend;
  /** An ONNX file. */
  readonly model: Uint8Array;
  readonly feeds: Readonly<Record<string, PlainTensor>>;
}

export interface RunResult {
  readonly backend: Backend;
  readonly adapter: string | undefined;
  readonly outputs: Readonly<Record<string, PlainTensor>>;
}

export interface PlainFeatures {
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  /** float32[N, D] */
  readonly values: PlainTensor;
}

export interface TrainJob {
  readonly backend: Backend;
  readonly train: PlainFeatures;
  readonly test: PlainFeatures;
  readonly l2: number | 'auto';
  readonly seed: number;
}

export interface TrainResult {
  readonly engine: Backend;
  readonly l2: number;
  readonly weights: PlainTensor;
  readonly bias: PlainTensor;
  readonly accuracy: number;
}

export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  /** uint8[height, width, 3] */
  readonly data: Uint8Array;
}

export interface ExtractJob {
  readonly backend: Backend;
  /** URL of the folder with the model. */
  readonly source: string;
  readonly model: string;
  readonly cut: string;
  readonly image: ImagePreprocessing;
  readonly pictures: readonly { readonly id: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

export interface ExtractResult {
  readonly ids: readonly string[];
  readonly values: PlainTensor;
  readonly reused: number;
  readonly skipped: readonly SkippedSample[];
}

/** A call of one of `jobs.ts`, from the page to its worker. */
export interface Call {
  readonly job: string;
  readonly argument: unknown;
}

/** What came of it. */
export type Answer = { readonly result: unknown } | { readonly error: string };

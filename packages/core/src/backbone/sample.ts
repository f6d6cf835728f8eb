import type { Picture } from '../platform/platform.ts';

/** One thing to learn from or to predict: a text, or a picture read when it is needed. */
export interface Sample {
  /** Unique in its dataset: a path, or a file and a line. */
  readonly id: string;
  readonly label?: string;
  readonly text?: string;
  /** The encoded picture's bytes. */
  read?(): Promise<Uint8Array<ArrayBuffer>>;
  /** A picture that is decoded already. */
  readonly picture?: Picture;
}

/** A sample that could not be used, and why: one sentence for people. */
export interface SkippedSample {
  readonly id: string;
  readonly reason: string;
}

/** What a reader of one kind finds. */
export interface FoundSamples {
  readonly modality: 'image' | 'text';
  readonly samples: readonly Sample[];
  readonly test?: readonly Sample[] | undefined;
  readonly skipped: readonly SkippedSample[];
  readonly warnings: readonly string[];
}

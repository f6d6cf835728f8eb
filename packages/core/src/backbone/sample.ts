import { readFile } from '#platform';
import type { Picture } from '../platform/platform.ts';

/** One thing to learn from or to predict: a text, or a picture read when it is needed. */
export interface Sample {
  /** Unique in its dataset: a path, or a file and a line. */
  readonly id: string;
  readonly label?: string;
  readonly text?: string;
  /** Path of a picture's file. */
  readonly path?: string;
  /** The encoded picture's bytes, where no path leads to them. */
  read?(): Promise<Uint8Array<ArrayBuffer>>;
  /** sha256 of the text or of the encoded picture, 64 hexadecimal digits, where it is known: then nothing is read to find it. */
  readonly hash?: string;
  /** A picture that is decoded already. */
  readonly picture?: Picture;
}

/** What backbones and bundles take: a sample, or a string, which is a text for text models and the path of a picture for image models. */
export type SampleLike = Sample | string;

/** The sample that a string stands for, and the reader that a path stands for. */
export function toSample(given: SampleLike, modality: 'image' | 'text'): Sample {
  const sample: Sample = typeof given !== 'string' ? given : modality === 'text' ? { id: given, text: given } : { id: given, path: given };
  const { path, read, picture } = sample;
  if (path === undefined || read || picture) return sample;
  return { ...sample, read: async () => new Uint8Array(await readFile(path)) };
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

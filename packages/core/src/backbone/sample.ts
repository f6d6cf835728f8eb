import { readFile } from '#platform';
import type { Clip, Picture } from '../platform/platform.ts';
import type { Augmentation } from './augment.ts';
import type { Modality } from './card.ts';

/** One thing to learn from or to predict: a text, or a picture or clip read when it is needed. */
export interface Sample {
  /** Unique in its dataset: a path, or a file and a line. */
  readonly id: string;
  readonly label?: string;
  readonly text?: string;
  /** Path of a picture's or clip's file. */
  readonly path?: string;
  /** The encoded picture's or clip's bytes, where no path leads to them. */
  read?(): Promise<Uint8Array<ArrayBuffer>>;
  /** sha256 of the text or of the encoded picture, 64 hexadecimal digits, where it is known: then nothing is read to find it. */
  readonly hash?: string;
  /** A picture that is decoded already. */
  readonly picture?: Picture;
  /** A clip that is decoded already. */
  readonly clip?: Clip;
  /** The part of the recording that is meant, seconds; all of it when left out. */
  readonly start?: number;
  readonly end?: number;
  /** What samples have in common that must not be on both sides of a split: a speaker, a scene. */
  readonly group?: string;
  /** How the clip is changed before its features are computed; see `augmentSamples`. */
  readonly augmentation?: Augmentation;
}

/** What backbones and bundles take: a sample, or a string, which is a text for text models and the path of a file for image and audio models. */
export type SampleLike = Sample | string;

/** The sample that a string stands for, and the reader that a path stands for. */
export function toSample(given: SampleLike, modality: Modality): Sample {
  const sample: Sample = typeof given !== 'string' ? given : modality === 'text' ? { id: given, text: given } : { id: given, path: given };
  const { path, read, picture, clip } = sample;
  if (path === undefined || read || picture || clip) return sample;
  return { ...sample, read: async () => new Uint8Array(await readFile(path)) };
}

/** A sample that could not be used, and why: one sentence for people. */
export interface SkippedSample {
  readonly id: string;
  readonly reason: string;
}

/** What a reader of one kind finds. */
export interface FoundSamples {
  readonly modality: Modality;
  readonly samples: readonly Sample[];
  readonly test?: readonly Sample[] | undefined;
  readonly skipped: readonly SkippedSample[];
  readonly warnings: readonly string[];
}

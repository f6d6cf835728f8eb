import type { Pooling } from '../session/cuts.ts';
import type { AudioPreprocessing } from './audio.ts';
import type { ImagePreprocessing } from './image.ts';
import type { TextPreprocessing } from './text.ts';

/** What a sample is. */
export type Modality = 'image' | 'text' | 'audio';

/** A backbone: a pretrained model, where its features leave it, and what turns a sample into its input. */
export interface BackboneCard {
  readonly name: string;
  /** One sentence for people. */
  readonly title: string;
  readonly modality: Modality;
  /** `hf:owner/name@revision`, `npm:package@version`, an https: or file: folder, or a path; files are relative to it. */
  readonly source: string;
  /** The ONNX file. */
  readonly model: string;
  /** Further files it needs: external data, tokenizer.json, configurations. */
  readonly files: readonly CardFile[];
  /** sha256 of the ONNX file, 64 hexadecimal digits; always there in built-in cards that need only npm. */
  readonly sha256?: string;
  /** The value that features leave by; the best suggestion of the model when left out. */
  readonly cut?: string;
  /** How the cut's value becomes a vector; suggested with the cut when left out. */
  readonly pooling?: Pooling;
  /** Whether features are scaled to length 1. */
  readonly normalise?: boolean;
  /** Length D of a feature vector, where the card knows it. */
  readonly dimension?: number;
  /** Bytes to download, where the card knows it. */
  readonly bytes?: number;
  /** SPDX identifier of the weights' licence. */
  readonly licence: string;
  readonly homepage: string;
  /** Overrides of what the repository's preprocessor_config.json says; the whole of it where there is none. */
  readonly image?: Partial<ImagePreprocessing>;
  /** Overrides of what tokenizer_config.json and config.json say. */
  readonly text?: Partial<TextPreprocessing>;
  /** Overrides of what preprocessor_config.json says; the whole of it where there is none. */
  readonly audio?: Partial<AudioPreprocessing>;
}

export interface CardFile {
  readonly path: string;
  readonly sha256?: string;
  readonly optional?: boolean;
}

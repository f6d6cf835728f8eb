import { EngineError } from '../../errors.ts';
import { attribute } from '../attribute.ts';
import type { BoundType, Op } from '../op.ts';
import { resizeImageReference } from './resize-image.ref.ts';
import { resizeImageCandidates } from './resize-image.wgsl.ts';

export interface ResizeImageAttributes {
  /** Size of the output, in pixels. */
  readonly height: number;
  readonly width: number;
  /** Source rows that there is room for between the two passes. */
  readonly sourceRows: number;
  /** 1 puts blue first. */
  readonly bgr: number;
  /** A byte becomes `(byte · scale − mean) / std`, by channel of the output. */
  readonly scale: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Bytes (red, green, blue) of the padding. */
  readonly fill: readonly number[];
}

/**
 * Core op: Pillow's antialiased resize of one 8-bit RGB picture, cropping, padding and normalising, in two passes of exact integer
 * arithmetic (so that it is the same bit for bit on every machine), rounding to 8 bits between them as Pillow does.
 * Sizes that differ from picture to picture are data, so that one plan serves all pictures that fit its capacities.
 *
 * Inputs: `pixels` uint32[P], a pixel a word, red in the low byte, row after row; `geometry` int32[3], source width in pixels, first
 * source row used, number of rows used; `columns` and `rows`, int32 tables of `axisTable` padded to any length, rows counted from the
 * first one used. Output: float32[1, 3, height, width].
 */
export const resizeImage: Op<ResizeImageAttributes> = {
  type: 'ResizeImage',
  domain: 'headstart',
  since: 1,
  attributes: {
    height: attribute.int(),
    width: attribute.int(),
    sourceRows: attribute.int(),
    bgr: attribute.int(0),
    scale: attribute.float(1),
    mean: attribute.floats([0, 0, 0]),
    std: attribute.floats([1, 1, 1]),
    fill: attribute.ints([0, 0, 0]),
  },
  infer(inputs, { height, width }) {
    const dtypes = ['uint32', 'int32', 'int32', 'int32'];
    inputs.forEach((type, index) => {
      if (type && type.dtype !== dtypes[index]) {
        throw new EngineError('invalid-model', `input ${index} has the wrong type`, { expected: `${dtypes[index]}`, got: type.dtype });
      }
    });
    return [{ dtype: 'float32', shape: [1, 3, height, width] }];
  },
  reference: (inputs, attributes) => [resizeImageReference(inputs, attributes)],
  kernels: (inputs, attributes, context) => resizeImageCandidates(inputs as readonly BoundType[], attributes, context),
};

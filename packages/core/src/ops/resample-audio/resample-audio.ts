import { EngineError } from '../../errors.ts';
import { attribute } from '../attribute.ts';
import type { BoundType, Op } from '../op.ts';
import { resampleAudioReference } from './resample-audio.ref.ts';
import { resampleAudioCandidates } from './resample-audio.wgsl.ts';

export interface ResampleAudioAttributes {
  /** Samples of the output. */
  readonly length: number;
  /** Rates without their common divisor. */
  readonly from: number;
  readonly to: number;
  /** Inputs before the first tap's; see `resampleFilters`. */
  readonly before: number;
}

/**
 * Core op: one clip at another rate, placed in a stretch of a fixed length: zeros before and after, or its middle cut out. Where the clip
 * ends, silence is taken to go on.
 *
 * Inputs: `samples` float32[S], zeros beyond those of the clip; `place` int32[2], number of samples of the clip and the place in the
 * resampled clip that the output starts at (negative: silence first); `filters` float32[to, taps] of `resampleFilters`.
 * Output: float32[1, length].
 */
export const resampleAudio: Op<ResampleAudioAttributes> = {
  type: 'ResampleAudio',
  domain: 'headstart',
  since: 1,
  attributes: { length: attribute.int(), from: attribute.int(), to: attribute.int(), before: attribute.int() },
  infer(inputs, { length }) {
    const dtypes = ['float32', 'int32', 'float32'];
    inputs.forEach((type, index) => {
      if (type && type.dtype !== dtypes[index]) {
        throw new EngineError('invalid-model', `input ${index} has the wrong type`, { expected: `${dtypes[index]}`, got: type.dtype });
      }
    });
    return [{ dtype: 'float32', shape: [1, length] }];
  },
  reference: (inputs, attributes) => [resampleAudioReference(inputs, attributes)],
  kernels: (inputs, attributes, context) => resampleAudioCandidates(inputs as readonly BoundType[], attributes, context),
};

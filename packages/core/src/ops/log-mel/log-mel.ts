import { EngineError } from '../../errors.ts';
import { addDims, divideDims } from '../../ir/dims.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import type { Op } from '../op.ts';
import { emitLogMel } from './emit.ts';
import { logMelReference } from './log-mel.ref.ts';
import type { LogMelSpec } from './mel.ts';

/** `LogMelSpec` as ONNX attributes: truths are 0 and 1. */
export type LogMelAttributes = Omit<LogMelSpec, 'unitArea' | 'centre' | 'power' | 'window'> & {
  readonly window: number | undefined;
  readonly unitArea: number;
  readonly centre: number;
  readonly power: number;
};

export function specOf({ unitArea, centre, power, window, ...same }: LogMelAttributes): LogMelSpec {
  return {
    ...same,
    ...(window === undefined ? {} : { window }),
    unitArea: unitArea !== 0,
    centre: centre !== 0,
    power: power === 1 ? 1 : 2,
  };
}

/**
 * Core op: the log-mel spectrogram of librosa.feature.melspectrogram, of clips at one rate.
 *
 * Input: float32[B, S]. Output: float32[B, mels, F]; F = 1 + ⌊S / hop⌋ centred, 1 + ⌊(S − fft) / hop⌋ otherwise.
 */
export const logMel: Op<LogMelAttributes> = {
  type: 'LogMel',
  domain: 'headstart',
  since: 1,
  attributes: {
    rate: attribute.float(16000),
    fft: attribute.int(400),
    window: attribute.optionalInt(),
    hop: attribute.int(160),
    mels: attribute.int(80),
    low: attribute.float(0),
    high: attribute.float(8000),
    scale: attribute.string('slaney') as never,
    unitArea: attribute.int(1),
    power: attribute.int(2),
    centre: attribute.int(1),
    log: attribute.string('log10') as never,
    floor: attribute.float(1e-10),
  },
  infer([input], { fft, hop, mels, centre }) {
    const x = required(input, 'input');
    const [batch, samples] = x.shape;
    if (x.dtype !== 'float32' || x.shape.length !== 2 || batch === undefined || samples === undefined) {
      throw new EngineError('invalid-model', 'not clips', {
        expected: 'float32[batch, samples]',
        got: `${x.dtype}[${x.shape.join(', ')}]`,
      });
    }
    const room = addDims(samples, centre ? 2 * Math.floor(fft / 2) - fft : -fft);
    return [{ dtype: 'float32', shape: [batch, mels, addDims(divideDims(room, hop), 1)] }];
  },
  reference: ([x], attributes) => [logMelReference(x as never, specOf(attributes))],
  lower: ({ g, inputs: [x = ''], attributes }) => [emitLogMel(g, x, specOf(attributes), 17)],
};

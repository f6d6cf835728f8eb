import { derived } from '../../tensor/derived.ts';
import { Tensor } from '../../tensor/tensor.ts';

/** How 8-bit weights lie in a tensor: element (row, channel, tap) at `row·rowStride + channel·channelStride + tap·tapStride`. */
export interface WeightForm {
  readonly rows: number;
  readonly channels: number;
  readonly taps: number;
  readonly rowStride: number;
  readonly channelStride: number;
  readonly tapStride: number;
}

export interface PackedWeights {
  /** uint32 [rows, taps · ⌈channels / 4⌉]: four channels a word, low byte first, as int8 (uint8 weights less 128), zero past the last channel. */
  readonly words: Tensor;
  /** int32 [rows]: sum of each row's packed weights. */
  readonly sums: Tensor;
}

/** Words a row takes. */
export function wordsOf({ channels, taps }: Pick<WeightForm, 'channels' | 'taps'>): number {
  return taps * Math.ceil(channels / 4);
}

/** What is subtracted from weights of a dtype when they are packed, and so from their zero points. */
export function packedShift(dtype: Tensor['dtype']): number {
  return dtype === 'uint8' ? 128 : 0;
}

/** Packs constant weights, once for all bindings of a model. */
export function packWeights(weights: Tensor, form: WeightForm): PackedWeights {
  return derived(weights, `packed-int8/${Object.values(form).join()}`, () => {
    const { rows, channels, taps, rowStride, channelStride, tapStride } = form;
    const quads = Math.ceil(channels / 4);
    const shift = packedShift(weights.dtype);
    const words = new Uint32Array(rows * wordsOf(form));
    const sums = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      for (let tap = 0; tap < taps; tap++) {
        for (let channel = 0; channel < channels; channel++) {
          const value = (weights.data[row * rowStride + channel * channelStride + tap * tapStride] as number) - shift;
          const word = (row * taps + tap) * quads + (channel >> 2);
          words[word] = (words[word] as number) | ((value & 0xff) << ((channel & 3) * 8));
          sums[row] = (sums[row] as number) + value;
        }
      }
    }
    return { words: Tensor.from(words, [rows, wordsOf(form)], 'uint32'), sums: Tensor.from(sums, [rows], 'int32') };
  });
}

/** A packed weight. */
export function unpackWeight(
  words: Tensor,
  { taps, channels }: Pick<WeightForm, 'channels' | 'taps'>,
  row: number,
  channel: number,
  tap: number,
): number {
  const quads = Math.ceil(channels / 4);
  const word = words.at((row * taps + tap) * quads + (channel >> 2));
  return (word << (24 - (channel & 3) * 8)) >> 24;
}

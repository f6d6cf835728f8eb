import { Tensor } from '../../tensor/tensor.ts';
import type { ResampleAudioAttributes } from './resample-audio.ts';

/** The definition of headstart.ResampleAudio. It also runs where the wasm engine computes, so its inner loop does nothing twice. */
export function resampleAudioReference(
  [samples, place, filters]: readonly (Tensor | undefined)[],
  { length, from, to, before }: ResampleAudioAttributes,
): Tensor {
  const source = samples?.data as Float32Array;
  const [count = 0, start = 0] = (place?.data ?? []) as Int32Array;
  const table = filters?.data as Float32Array;
  const taps = filters?.shape[1] ?? 0;
  const out = new Float32Array(length);
  const resampled = Math.ceil((count * to) / from);
  for (let index = Math.max(0, -start); index < length; index++) {
    const position = index + start;
    if (position >= resampled) break;
    const first = Math.floor((position * from) / to) - before;
    const row = (position % to) * taps;
    const end = Math.min(taps, count - first);
    let sum = 0;
    for (let tap = Math.max(0, -first); tap < end; tap++) sum += (source[first + tap] as number) * (table[row + tap] as number);
    out[index] = sum;
  }
  return Tensor.from(out, [1, length]);
}

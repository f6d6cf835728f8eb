import type { PreviewWave } from './protocol.ts';

/** Parts of an outline: more than any terminal has dots for. */
const most = 480;

export function isClip(name: string): boolean {
  return /\.(wav|wave|mp3|flac|ogg|oga|opus)$/i.test(name);
}

/** The outline of a clip. */
export function waveOf({ samples, rate }: { readonly samples: Float32Array; readonly rate: number }): PreviewWave {
  const count = Math.min(most, samples.length);
  const parts = Array.from({ length: count }, (_, part): readonly [number, number] => {
    const from = Math.floor((part * samples.length) / count);
    const to = Math.max(from + 1, Math.floor(((part + 1) * samples.length) / count));
    let [low, high] = [1, -1];
    for (let at = from; at < to; at++) {
      low = Math.min(low, samples[at] as number);
      high = Math.max(high, samples[at] as number);
    }
    return [low, high];
  });
  return { parts, seconds: samples.length / rate, rate };
}

import { decodeClip } from '#platform';
import { EngineError } from '../errors.ts';
import type { Clip } from '../platform/platform.ts';
import { augmentClip } from './augment.ts';
import type { Sample } from './sample.ts';

/** The clip of a sample: decoded, its part from `start` to `end`, changed as its augmentation says. */
export async function clipOf(sample: Sample): Promise<Clip> {
  const whole = sample.clip ?? (await decodeClip((await sample.read?.()) ?? new Uint8Array(0)));
  const clip = part(whole, sample);
  return sample.augmentation ? augmentClip(clip, sample.augmentation) : clip;
}

function part(clip: Clip, { start, end }: Sample): Clip {
  if (start === undefined && end === undefined) return clip;
  const [first, last] = [Math.round((start ?? 0) * clip.rate), Math.round((end ?? Number.POSITIVE_INFINITY) * clip.rate)];
  if (!(first >= 0 && last > first && first < clip.samples.length)) {
    throw new EngineError('invalid-data', 'there is no such part', {
      expected: `a start before an end, within ${(clip.samples.length / clip.rate).toFixed(2)} s`,
      got: `${start ?? 0} s to ${end === undefined ? 'the end' : `${end} s`}`,
    });
  }
  return { rate: clip.rate, samples: clip.samples.slice(first, last) };
}

/** The outline of a sound, for a picture of it: lowest and highest value of each of at most `most` equal parts. */
export function outlineOf(samples: Float32Array, most: number): readonly (readonly [low: number, high: number])[] {
  const count = Math.min(most, samples.length);
  return Array.from({ length: count }, (_, part): readonly [number, number] => {
    const from = Math.floor((part * samples.length) / count);
    const to = Math.max(from + 1, Math.floor(((part + 1) * samples.length) / count));
    let [low, high] = [1, -1];
    for (let at = from; at < to; at++) {
      low = Math.min(low, samples[at] as number);
      high = Math.max(high, samples[at] as number);
    }
    return [low, high];
  });
}

/** What tells a clip's features apart from those of the same file: its part and its changes; '' for a whole, unchanged one. */
export function clipKey({ start, end, augmentation }: Sample): string {
  if (start === undefined && end === undefined && !augmentation) return '';
  const { noise, ...recipe } = augmentation ?? {};
  return JSON.stringify({ start, end, ...recipe, ...(noise ? { noise: noise.key } : {}) });
}

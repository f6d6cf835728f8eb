import type { Clip } from '../platform/platform.ts';
import { randomInteger, randomWords, uniform } from '../tensor/random.ts';
import type { Sample } from './sample.ts';

/** What may happen to a clip before its features are computed. Ranges are drawn from evenly, each clip and copy by itself. */
export interface AugmentOptions {
  /** Changed copies of each sample, besides the sample itself. */
  readonly copies?: number;
  readonly seed?: number;
  /** Largest shift in time, seconds, either way; what leaves at one end is lost, silence enters at the other. */
  readonly shift?: number;
  /** Range of the speed: 1.1 is a tenth faster and, as on a record player, higher. Drawn in steps of 0.05. */
  readonly speed?: readonly [least: number, most: number];
  /** Range of the ratio of signal to background noise, decibels; undefined adds none. */
  readonly snr?: readonly [least: number, most: number] | undefined;
  /** What the background is: recordings, of which stretches are taken; pink noise when left out. */
  readonly noises?: readonly Clip[];
  /** Longest time of reverberation, seconds until it has died away by 60 dB; 0 for none. */
  readonly reverberation?: number;
}

/** The changes of one copy, as numbers: equal ones give equal samples on every machine. */
export interface Augmentation {
  readonly seed: number;
  /** Names the random numbers of this copy. */
  readonly stream: string;
  readonly shift: number; // seconds
  readonly speed: number;
  readonly snr: number | undefined; // decibels
  readonly reverberation: number; // seconds
  readonly noise?: { readonly key: string; readonly clip: Clip };
}

/** What voice commands meet: people are early or late, fast or slow, in rooms, with noise. */
export const usualAugmentation = {
  copies: 2,
  seed: 0,
  shift: 0.15,
  speed: [0.9, 1.1],
  snr: [5, 25],
  reverberation: 0.25,
} as const satisfies AugmentOptions;

/**
 * Samples with changed copies of each behind it. A copy has its sample's label and group, and the id `<id>#<copy>`. Only what is
 * learned from should be augmented, never what measures.
 */
export function augmentSamples(samples: readonly Sample[], options: AugmentOptions = {}): readonly Sample[] {
  const { copies, seed, shift, speed, snr, reverberation, noises } = { noises: [] as readonly Clip[], ...usualAugmentation, ...options };
  const recordings = noises.map((clip) => ({ key: fingerprint(clip), clip }));
  return samples.flatMap((sample) => [
    sample,
    ...Array.from({ length: copies }, (_, copy): Sample => {
      const stream = `augment ${sample.id}#${copy + 1}`;
      const between = (counter: number, [least, most]: readonly [number, number]) =>
        least + (most - least) * uniform(seed, stream, counter);
      const background = noises.length === 0 ? undefined : randomInteger(seed, stream, 4, noises.length);
      return {
        ...sample,
        id: `${sample.id}#${copy + 1}`,
        augmentation: {
          seed,
          stream,
          shift: between(0, [-shift, shift]),
          speed: Math.round(between(1, speed) * 20) / 20,
          snr: snr && between(2, snr),
          reverberation: between(3, [0, reverberation]),
          ...(background === undefined ? {} : { noise: recordings[background] as NonNullable<Augmentation['noise']> }),
        },
      };
    }),
  ]);
}

/** FNV-1a over the bits of a recording: features of clips with other noise must not be taken for these. */
function fingerprint({ rate, samples }: Clip): string {
  let hash = 0x811c9dc5;
  for (const word of new Uint32Array(samples.slice().buffer)) hash = Math.imul(hash ^ word, 0x01000193);
  return `${rate} ${samples.length} ${hash >>> 0}`;
}

/** A clip after its changes, in the order that a room has them: the speaker's speed and moment, the room, the noise in it. */
export function augmentClip(clip: Clip, { seed, stream, shift, speed, snr, reverberation, noise }: Augmentation): Clip {
  let { samples } = clip;
  if (shift !== 0) samples = shifted(samples, Math.round(shift * clip.rate));
  if (reverberation > 0.02) samples = reverberant(samples, reverberation * clip.rate, seed, stream);
  // Samples that are said to come faster are played faster: resampling does the rest.
  const rate = Math.round(clip.rate * speed);
  if (snr !== undefined) samples = noisy(samples, backgroundOf(noise?.clip, samples.length, seed, stream), snr);
  return { rate, samples };
}

function shifted(samples: Float32Array<ArrayBuffer>, by: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(samples.length);
  if (by >= 0) out.set(samples.subarray(0, Math.max(0, samples.length - by)), Math.min(by, samples.length));
  else out.set(samples.subarray(Math.min(-by, samples.length)));
  return out;
}

/** Reflections a room of this kind has: enough to be heard as a room, few enough to add up directly. */
const reflections = 48;

/**
 * Reflections at random moments that die away by 60 dB in `length` samples (a sparse model of a room's answer), a third as loud as the
 * direct sound together.
 */
function reverberant(samples: Float32Array<ArrayBuffer>, length: number, seed: number, stream: string): Float32Array<ArrayBuffer> {
  const out = samples.slice();
  const echoes = Array.from({ length: reflections }, (_, index) => {
    const delay = 1 + Math.floor(uniform(seed, `${stream} echo`, index) * length);
    const decay = 10 ** ((-3 * delay) / length);
    return { delay, gain: (randomInteger(seed, `${stream} sign`, index, 2) === 0 ? -1 : 1) * decay };
  });
  const total = Math.sqrt(echoes.reduce((sum, { gain }) => sum + gain * gain, 0));
  for (const { delay, gain } of echoes) {
    const level = (gain / total) * 0.58;
    for (let at = delay; at < samples.length; at++) out[at] = (out[at] as number) + level * (samples[at - delay] as number);
  }
  return out;
}

/** Noise of a length: a stretch of a recording, repeated where it is shorter, or pink noise. */
function backgroundOf(recording: Clip | undefined, length: number, seed: number, stream: string): Float32Array {
  if (!recording || recording.samples.length === 0) return pinkNoise(length, seed, `${stream} noise`);
  const { samples } = recording;
  const first = randomInteger(seed, `${stream} stretch`, 0, samples.length);
  return Float32Array.from({ length }, (_, at) => samples[(first + at) % samples.length] as number);
}

/** Noise of equal energy in each octave: white noise through the filter of three poles by Paul Kellet. */
export function pinkNoise(length: number, seed: number, stream: string): Float32Array<ArrayBuffer> {
  const out = new Float32Array(length);
  let [slow, middle, fast] = [0, 0, 0];
  let words = randomWords(seed, stream, 0);
  for (let at = 0; at < length; at++) {
    if ((at & 3) === 0) words = randomWords(seed, stream, at >>> 2);
    const white = (words[at & 3] as number) / 2 ** 31 - 1;
    slow = 0.99765 * slow + white * 0.099046;
    middle = 0.963 * middle + white * 0.2965164;
    fast = 0.57 * fast + white * 1.0526913;
    out[at] = slow + middle + fast + white * 0.1848;
  }
  return out;
}

/** A signal with noise at a ratio in decibels, of mean energies; the sum is scaled down where it would pass full scale. */
export function noisy(samples: Float32Array, noise: Float32Array, snr: number): Float32Array<ArrayBuffer> {
  const energy = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length);
  const [signal, background] = [energy(samples), energy(noise)];
  const gain = background === 0 ? 0 : Math.sqrt(signal / background / 10 ** (snr / 10));
  const out = Float32Array.from(samples, (value, at) => value + gain * (noise[at] as number));
  const peak = out.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return peak <= 1 ? out : out.map((value) => value / peak);
}

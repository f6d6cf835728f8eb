import { uniform } from '@headstart/core';
import { encodeWav } from '../src/support/wav.ts';

export interface MadeSound {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Kinds of sounds that tests tell apart, by their pitch in Hz. */
export const pitches = { low: 300, high: 1500 } as const;

export type Pitch = keyof typeof pitches;

interface SoundOptions {
  readonly seed?: number;
  readonly seconds?: number;
  /** Hz */
  readonly rate?: number;
}

/** A tone with an overtone and a little noise; pitch, loudness and beginning are of the seed. */
export function makeSamples(hertz: number, { seed = 1, seconds = 0.6, rate = 16_000 }: SoundOptions = {}): Float32Array<ArrayBuffer> {
  const draw = (index: number) => uniform(seed, 'sound', index);
  const own = hertz * (0.94 + 0.12 * draw(0));
  const loudness = 0.2 + 0.5 * draw(1);
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, at) => {
    const phase = (2 * Math.PI * own * at) / rate + 6 * draw(2);
    return loudness * (0.8 * Math.sin(phase) + 0.15 * Math.sin(2 * phase + 1) + 0.05 * (2 * draw(3 + at) - 1));
  });
}

/** WAV files of one kind; one seed gives the same ones. */
export function makeSounds(pitch: Pitch, count: number, { seed = 1, ...options }: SoundOptions = {}): MadeSound[] {
  return Array.from({ length: count }, (_, index) => {
    const samples = makeSamples(pitches[pitch], { ...options, seed: seed * 1000 + index });
    const bytes = encodeWav({ rate: options.rate ?? 16_000, samples });
    return { name: `${pitch}-${seed}-${String(index).padStart(3, '0')}.wav`, mimeType: 'audio/wav', buffer: Buffer.from(bytes) };
  });
}

/** Kinds of sounds with a shape of their own, for pictures of the studio. */
export const noises = ['Whistle', 'Knock', 'Hum', 'Rustle'] as const;

export type Noise = (typeof noises)[number];

/** Samples of one noise, one and a half seconds or so at 16 kHz; every seed has its own pitch, loudness and pace. */
export function makeNoise(kind: Noise, seed: number): Float32Array<ArrayBuffer> {
  const rate = 16_000;
  const draw = (index: number) => uniform(seed, `noise ${kind}`, index);
  const seconds = 1 + draw(0);
  const [pace, loudness] = [3 + 3 * draw(1), 0.3 + 0.5 * draw(2)];
  const hiss = (at: number) => 2 * draw(10 + at) - 1;
  let phase = 0;
  const shapes: Record<Noise, (at: number, share: number, time: number) => number> = {
    Whistle: (_, share) => {
      phase += (2 * Math.PI * (900 + 700 * draw(3) + 900 * share)) / rate;
      return Math.sin(phase) * Math.sin(Math.PI * share) ** 0.6;
    },
    Knock: (at, _, time) => Math.exp(-22 * ((time * pace) % 1)) * (0.6 * hiss(at) + 0.8 * Math.sin(2 * Math.PI * 170 * time)),
    Hum: (_, share, time) =>
      Math.sin(2 * Math.PI * (110 + 60 * draw(4)) * time) * (0.65 + 0.35 * Math.sin(2 * Math.PI * pace * time)) * Math.min(1, 8 * share),
    Rustle: (at, share) => 0.5 * hiss(at) * (0.35 + 0.65 * Math.abs(Math.sin(pace * 3 * share + 2 * draw(5 + Math.floor(share * 12))))),
  };
  const length = Math.round(seconds * rate);
  return Float32Array.from({ length }, (_, at) => loudness * shapes[kind](at, at / length, at / rate));
}

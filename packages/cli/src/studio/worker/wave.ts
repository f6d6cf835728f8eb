import { outlineOf } from '@headstart/core';
import type { PreviewWave } from './protocol.ts';

/** Parts of an outline: more than any terminal has dots for. */
const most = 480;

export function isClip(name: string): boolean {
  return /\.(wav|wave|mp3|flac|ogg|oga|opus)$/i.test(name);
}

/** The outline of a clip. */
export function waveOf({ samples, rate }: { readonly samples: Float32Array; readonly rate: number }): PreviewWave {
  return { parts: outlineOf(samples, most), seconds: samples.length / rate, rate };
}

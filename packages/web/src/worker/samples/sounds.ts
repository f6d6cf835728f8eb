import { type Clip, clipOf, decodeClip } from '@headstart/core';
import { sha256 } from './pictures.ts';
import type { SampleRecord } from './state.ts';
import type { NewSample } from './store.ts';

type Part = Pick<SampleRecord, 'start' | 'end' | 'group'>;

/** Bars of a thumbnail. */
const bars = 48;

let last: { readonly hash: string; readonly clip: Promise<Clip> } | undefined;

/** A recording, decoded; the parts of one come one after another, and it is decoded once. */
function decoded(hash: string, bytes: Uint8Array<ArrayBuffer>): Promise<Clip> {
  if (last?.hash !== hash) last = { hash, clip: decodeClip(bytes) };
  return last.clip;
}

/**
 * What is kept of a sound: the file as it came, and a drawing of its waveform.
 * @throws Error when it cannot be decoded, or has no such part
 */
export async function newSound(content: Uint8Array<ArrayBuffer>, part: Part = {}): Promise<Omit<NewSample, 'id' | 'classId'>> {
  const hash = await sha256(content);
  const clip = await clipOf({ id: hash, clip: await decoded(hash, content), ...part });
  const { start, end } = part;
  const whole = start === undefined && end === undefined;
  const own = whole ? hash : await sha256(new TextEncoder().encode(`${hash} ${start ?? 0} ${end ?? ''}`));
  const seconds = Math.round((clip.samples.length / clip.rate) * 100) / 100;
  const sound = { seconds, ...part };
  return { hash: own, content, thumbnail: waveform(clip), sound, ...(whole ? {} : { recording: hash }) };
}

/** A sound as the model hears it: mono, its part alone. */
export async function hearSound(content: Blob | undefined, { start, end }: Part = {}): Promise<Clip> {
  const bytes = new Uint8Array((await content?.arrayBuffer()) ?? new ArrayBuffer(0));
  const part = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
  return clipOf({ id: 'sound', clip: await decodeClip(bytes), ...part });
}

/** A waveform as an SVG, for the page to use as a mask. Quiet sounds are drawn larger, so that their shape is seen. */
function waveform({ samples }: Clip): Uint8Array<ArrayBuffer> {
  const peaks = Array.from({ length: bars }, (_, bar) => {
    const [from, to] = [Math.floor((bar * samples.length) / bars), Math.ceil(((bar + 1) * samples.length) / bars)];
    let most = 0;
    for (let at = from; at < to; at++) most = Math.max(most, Math.abs(samples[at] as number));
    return most;
  });
  const loudest = Math.max(...peaks);
  // Silence stays flat: from -50 dB on there is something to see.
  const scale = loudest > 0.003 ? 22 / loudest : 0;
  const path = peaks.map((peak, bar) => {
    const half = Math.max(0.8, peak * scale);
    return `M${bar * 4 + 2} ${(24 - half).toFixed(1)}v${(2 * half).toFixed(1)}`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${bars * 4} 48" width="${bars * 4}" height="48" preserveAspectRatio="none"><path d="${path.join('')}" fill="none" stroke="#000" stroke-width="2.4" stroke-linecap="round"/></svg>`;
  return new TextEncoder().encode(svg);
}

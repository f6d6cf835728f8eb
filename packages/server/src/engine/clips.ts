import { writeFile } from 'node:fs/promises';
import { decodeClip, outlineOf } from '@headstart/core';
import { Problem } from '../errors.ts';
import { inspectSound } from '../ingest/sound.ts';
import type { ClipPart, ClipWish, Methods } from './protocol.ts';

/** Parts of an outline: as many as a small picture has room for. */
const outlineParts = 160;

/** Decodes a recording and tells of its parts; runs where a hostile file harms nobody. */
export async function readClip(
  bytes: Uint8Array<ArrayBuffer>,
  { name, seconds, wishes }: Pick<Parameters<Methods['clip']>[0], 'name' | 'seconds' | 'wishes'>,
): ReturnType<Methods['clip']> {
  try {
    const { type } = inspectSound(bytes, name, { clipSeconds: seconds });
    return { type, parts: await partsOf(bytes, wishes) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { refused: { status: error.status, detail: error.message, hint: error.hint } };
  }
}

async function partsOf(bytes: Uint8Array<ArrayBuffer>, wishes: readonly ClipWish[]): Promise<ClipPart[]> {
  const { rate, samples } = await decodeClip(bytes);
  const parts: ClipPart[] = [];
  for (const { start, end, out, keep } of wishes) {
    const [first, last] = [Math.round((start ?? 0) * rate), Math.min(samples.length, Math.round((end ?? Number.POSITIVE_INFINITY) * rate))];
    if (!(first >= 0 && last > first)) {
      const length = (samples.length / rate).toFixed(2);
      parts.push({
        error: `There is no such part: ${start ?? 0} s to ${end === undefined ? 'the end' : `${end} s`} of ${length} s.`,
      });
      continue;
    }
    const part = samples.slice(first, last);
    if (out !== undefined) await writeFile(out, encodeWav(part, rate), { flush: true });
    parts.push({ rate, seconds: part.length / rate, outline: encodeOutline(part), ...(keep ? { samples: part } : {}) });
  }
  return parts;
}

/** The outline as signed bytes, base64: low and high of each part in turn. */
function encodeOutline(samples: Float32Array): string {
  const ends = outlineOf(samples, outlineParts).flat();
  return Buffer.from(Int8Array.from(ends, (value) => Math.round(127 * Math.max(-1, Math.min(1, value)))).buffer).toString('base64');
}

/** A WAV file of one channel, 32-bit floats: the samples as they are. */
function encodeWav(samples: Float32Array, rate: number): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(3, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(4 * rate, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(32, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

import { open } from 'node:fs/promises';
import sharp from 'sharp';
import type { Limits } from '../config.ts';
import { Problem } from '../errors.ts';

export interface PictureFacts {
  readonly type: string;
  readonly width: number;
  readonly height: number;
}

const types: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  heif: 'image/avif',
  tiff: 'image/tiff',
};

/**
 * What a picture says of itself, its pixels not decoded.
 * @throws Problem 422 for what is no picture of a known kind, or has too many pixels
 */
export async function inspectPicture(source: string | Uint8Array, name: string, limits: Pick<Limits, 'pixels'>): Promise<PictureFacts> {
  const facts = (await bmpFacts(source)) ?? (await otherFacts(source));
  if (!facts) {
    throw new Problem(422, 'invalid-data', `'${name}' is not a picture that can be read.`, {
      hint: 'JPEG, PNG, WebP, GIF, AVIF, TIFF and BMP are.',
    });
  }
  const { width, height } = facts;
  if (width * height > limits.pixels) {
    throw new Problem(413, 'too-large', `'${name}' has ${width} × ${height} pixels; at most ${limits.pixels} are taken.`, {
      hint: 'Send it smaller.',
    });
  }
  return facts;
}

async function otherFacts(source: string | Uint8Array): Promise<PictureFacts | undefined> {
  try {
    // The header alone is read; how large it says to be is checked by the caller before anything is decoded.
    const { format, width, height } = await sharp(source, { limitInputPixels: false, pages: 1 }).metadata();
    const type = types[format];
    return type && width > 0 && height > 0 ? { type, width, height } : undefined;
  } catch {
    return undefined;
  }
}

async function bmpFacts(source: string | Uint8Array): Promise<PictureFacts | undefined> {
  const head = typeof source === 'string' ? await readHead(source) : source;
  if (head.length < 26 || head[0] !== 0x42 || head[1] !== 0x4d) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const [width, height] = [view.getInt32(18, true), Math.abs(view.getInt32(22, true))];
  return width > 0 && height > 0 ? { type: 'image/bmp', width, height } : undefined;
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(26), 0, 26, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A small WebP of a picture. @param edge longest side in pixels */
export function thumbnailOf(path: string, edge: number, limits: Pick<Limits, 'pixels'>): Promise<Buffer> {
  return sharp(path, { limitInputPixels: limits.pixels, pages: 1, failOn: 'none' })
    .autoOrient()
    .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer();
}

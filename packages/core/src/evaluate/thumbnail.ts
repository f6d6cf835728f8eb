import { decodePicture } from '#platform';
import type { Sample } from '../backbone/sample.ts';
import type { Picture } from '../platform/platform.ts';

/**
 * A sample's picture as a `data:image/png` URI, for pages that stand alone.
 * @param edge longest side in pixels; smaller pictures stay as they are
 * @returns undefined for a sample without a picture, or one that cannot be decoded
 */
export async function thumbnail(sample: Sample, edge = 96): Promise<string | undefined> {
  const picture = sample.picture ?? (await decoded(sample));
  if (!picture) return undefined;
  const bytes = await encodePng(shrink(picture, edge));
  return `data:image/png;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}

async function decoded({ read }: Sample): Promise<Picture | undefined> {
  try {
    return read && (await decodePicture(await read()));
  } catch {
    return undefined;
  }
}

/** Averages whole boxes of pixels: enough for a thumbnail, and never what a model sees. */
function shrink(picture: Picture, edge: number): Picture {
  const factor = Math.max(1, Math.ceil(Math.max(picture.width, picture.height) / edge));
  if (factor === 1) return picture;
  const width = Math.max(1, Math.floor(picture.width / factor));
  const height = Math.max(1, Math.floor(picture.height / factor));
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        let count = 0;
        for (let row = y * factor; row < Math.min((y + 1) * factor, picture.height); row++) {
          for (let column = x * factor; column < Math.min((x + 1) * factor, picture.width); column++) {
            sum += picture.data[(row * picture.width + column) * 3 + channel] as number;
            count++;
          }
        }
        data[(y * width + x) * 3 + channel] = Math.round(sum / count);
      }
    }
  }
  return { width, height, data };
}

/** PNG (W3C, third edition): RGB, 8 bits, every row unfiltered. */
export async function encodePng({ width, height, data }: Picture): Promise<Uint8Array<ArrayBuffer>> {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8); // bits a channel
  header.setUint8(9, 2); // RGB
  const rows = new Uint8Array(height * (1 + width * 3));
  for (let row = 0; row < height; row++) rows.set(data.subarray(row * width * 3, (row + 1) * width * 3), row * (1 + width * 3) + 1);
  const zipped = await new Response(new Blob([rows]).stream().pipeThrough(new CompressionStream('deflate'))).bytes();
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('IDAT', zipped),
    chunk('IEND', new Uint8Array()),
  ];
  return new Blob(parts).bytes() as Promise<Uint8Array<ArrayBuffer>>;
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(data.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(new TextEncoder().encode(type), 4);
  out.set(data, 8);
  view.setUint32(data.length + 8, crc32(out.subarray(4, data.length + 8)));
  return out;
}

/** CRC-32 as PNG's annex D gives it, bit by bit. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

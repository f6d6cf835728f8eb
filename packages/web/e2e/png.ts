import { crc32, deflateSync } from 'node:zlib';

export interface PngOptions {
  readonly width: number;
  readonly height: number;
  /** Channels: grey, grey with alpha, colour, colour with alpha; or indexes into `palette`. */
  readonly kind: 'grey' | 'grey-alpha' | 'rgb' | 'rgb-alpha' | 'palette';
  readonly depth?: 8 | 16;
  /** Red, green, blue of each entry. */
  readonly palette?: Uint8Array;
  /** EXIF orientation, 1..8. */
  readonly orientation?: number;
  /** Samples row by row, big-endian where they have 16 bits. */
  readonly samples: Uint8Array;
}

/** IHDR's colour type and how many samples a pixel has (PNG specification, third edition, section 11.2.1). */
const kinds = { grey: [0, 1], rgb: [2, 3], palette: [3, 1], 'grey-alpha': [4, 2], 'rgb-alpha': [6, 4] } as const;

/** A PNG file, lines unfiltered. Written here so that no decoder under test takes part. */
export function encodePng({ width, height, kind, depth = 8, palette, orientation, samples }: PngOptions): Uint8Array<ArrayBuffer> {
  const [colour, channels] = kinds[kind];
  const stride = (width * channels * depth) / 8;
  const lines = Buffer.alloc(height * (stride + 1));
  for (let row = 0; row < height; row++) lines.set(samples.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour], 8);
  return new Uint8Array(
    Buffer.concat([
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
      chunk('IHDR', header),
      ...(palette ? [chunk('PLTE', palette)] : []),
      ...(orientation ? [chunk('eXIf', exif(orientation))] : []),
      chunk('IDAT', deflateSync(lines)),
      chunk('IEND', new Uint8Array(0)),
    ]),
  );
}

/** A TIFF header and one directory of one entry: tag 0x0112 (Orientation), type SHORT, count 1 (EXIF 2.32, section 4.5). */
function exif(orientation: number): Uint8Array {
  const header = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
  return Uint8Array.of(...header, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0);
}

function chunk(type: string, body: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  checksum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, checksum]);
}

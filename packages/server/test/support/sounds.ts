/** What a WAV header says; what is behind it is up to the test. */
export interface WavClaims {
  readonly codec?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly block?: number;
  readonly bits?: number;
  /** Bytes that the data chunk says to have. */
  readonly size?: number;
  /** Samples of an ADPCM block. */
  readonly perBlock?: number;
}

/** A WAV file that may lie. */
export function wav(
  data: Uint8Array,
  { codec = 1, channels = 1, rate = 8000, block = 2, bits = 16, size, perBlock }: WavClaims = {},
): Buffer {
  const extra = perBlock === undefined ? 0 : 4;
  const head = Buffer.alloc(44 + extra);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE((36 + extra + (size ?? data.length)) >>> 0, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16 + extra, 16);
  head.writeUInt16LE(codec, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE((rate * block) >>> 0, 28);
  head.writeUInt16LE(block, 32);
  head.writeUInt16LE(bits, 34);
  if (perBlock !== undefined) {
    head.writeUInt16LE(2, 36);
    head.writeUInt16LE(perBlock, 38);
  }
  head.write('data', 36 + extra, 'latin1');
  head.writeUInt32LE(size ?? data.length, 40 + extra);
  return Buffer.concat([head, data]);
}

/** FLAC frames of 65535 samples of silence each: eleven bytes that stand for 128 kilobytes (RFC 9639). */
export function flacBomb(frames: number): Buffer {
  const info = Buffer.alloc(42);
  info.write('fLaC', 0, 'latin1');
  info.writeUInt32BE(0x8000_0022, 4);
  info.writeUInt16BE(65_535, 8);
  info.writeUInt16BE(65_535, 10);
  // 8 kHz, one channel, 16 bits; how long it is, is not said.
  info.writeUInt32BE((8000 << 12) | (15 << 4), 18);
  const head = Buffer.from([0xff, 0xf8, 0x74, 0x08, 0x00, 0xff, 0xfe]);
  const frame = Buffer.concat([head, Buffer.from([crc(head, 8, 0x07)]), Buffer.from([0, 0, 0])]);
  const sum = crc(frame, 16, 0x8005);
  const whole = Buffer.concat([frame, Buffer.from([sum >> 8, sum & 255])]);
  return Buffer.concat([info, ...Array.from({ length: frames }, () => whole)]);
}

function crc(bytes: Uint8Array, width: 8 | 16, polynomial: number): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) sum = sum & (1 << (width - 1)) ? ((sum << 1) ^ polynomial) & (2 ** width - 1) : sum << 1;
  }
  return sum;
}

/** Headers of MP3 frames that have nothing behind them. */
export function mp3Bomb(frames: number): Buffer {
  return Buffer.concat(Array.from({ length: frames }, () => Buffer.from([0xff, 0xfb, 0x10, 0x00])));
}

/** Pages of an Ogg file, each with the same packets (RFC 3533); the check sums are those of nobody. */
export function oggPages(first: Uint8Array, pages: number): Buffer {
  const page = (number: number, packets: readonly Uint8Array[]) => {
    const head = Buffer.alloc(27 + packets.length);
    head.write('OggS', 0, 'latin1');
    head[5] = number === 0 ? 2 : 0;
    head.writeUInt32LE(1, 14);
    head.writeUInt32LE(number, 18);
    head[26] = packets.length;
    for (const [index, packet] of packets.entries()) head[27 + index] = packet.length;
    return Buffer.concat([head, ...packets]);
  };
  const tiny = Array.from({ length: 255 }, () => Uint8Array.of(0));
  return Buffer.concat([page(0, [first]), ...Array.from({ length: pages }, (_, index) => page(index + 1, tiny))]);
}

/** The first packet of Vorbis: two channels, 44.1 kHz, blocks as large as there are. */
export function vorbisHead(): Buffer {
  const head = Buffer.alloc(30);
  head.write('\u0001vorbis', 0, 'latin1');
  head[11] = 2;
  head.writeUInt32LE(44_100, 12);
  head[28] = 0xdd;
  head[29] = 1;
  return head;
}

/** The first packet of Opus: two channels. */
export function opusHead(): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead\x01\x02', 0, 'latin1');
  head.writeUInt32LE(48_000, 12);
  return head;
}

import { OpusDecoder } from 'opus-decoder';

/** Opus is decoded at this rate whatever was recorded. */
const rate = 48000;

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly sampleRate: number;
  readonly errors: readonly { readonly message: string }[];
}

/**
 * Decodes an Ogg file of Opus (RFC 3533, RFC 7845), each channel at 48 kHz, without what the encoder added before and after. Streams that follow each
 * other in one file are joined.
 * @throws Error where a page is missing, damaged or cut short
 */
export async function decodeOggOpus(bytes: Uint8Array): Promise<Decoded> {
  const parts: Decoded[] = [];
  for (const stream of streamsOf(bytes)) parts.push(await decodeStream(stream));
  const channels = Math.min(...parts.map(({ channelData }) => channelData.length));
  return {
    channelData: Array.from({ length: channels }, (_, channel) =>
      joined(parts.map(({ channelData }) => channelData[channel] as Float32Array)),
    ),
    sampleRate: rate,
    errors: parts.flatMap(({ errors }) => errors),
  };
}

interface Stream {
  readonly packets: readonly Uint8Array[];
  /** Samples at 48 kHz up to the end, the pre-skip included; undefined where no page tells. */
  readonly end: number | undefined;
}

async function decodeStream({ packets: [head, , ...packets], end }: Stream): Promise<Decoded> {
  const { skip, gain, ...options } = headOf(head as Uint8Array);
  const decoder = new OpusDecoder(options);
  await decoder.ready;
  try {
    const { channelData, errors } = decoder.decodeFrames(packets);
    const cut = channelData.map((channel) => {
      const kept = channel.slice(
        Math.min(skip, channel.length),
        end !== undefined && end >= skip ? Math.min(end, channel.length) : undefined,
      );
      return gain === 1 ? kept : kept.map((value) => value * gain);
    });
    return { channelData: cut, sampleRate: rate, errors };
  } finally {
    decoder.free();
  }
}

/** What the first packet says: channels and how they are coded, samples to skip, gain (RFC 7845, section 5.1). */
function headOf(head: Uint8Array) {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const [channels, family] = [head[9] ?? 0, head[18]];
  const mapped = family !== 0;
  if (head.length < (mapped ? 21 + channels : 19) || channels < 1 || (!mapped && channels > 2))
    throw new Error('its Opus header is damaged');
  return {
    channels,
    skip: view.getUint16(10, true),
    // Decibels in steps of 1/256.
    gain: 10 ** (view.getInt16(16, true) / (20 * 256)),
    streamCount: mapped ? (head[19] as number) : 1,
    coupledStreamCount: mapped ? (head[20] as number) : channels - 1,
    channelMappingTable: mapped ? [...head.subarray(21, 21 + channels)] : channels === 1 ? [0] : [0, 1],
  };
}

/** The Opus streams of an Ogg file with their packets. */
function streamsOf(bytes: Uint8Array): readonly Stream[] {
  const streams = new Map<number, { packets: Uint8Array[]; open: Uint8Array[]; next: number; end: number | undefined }>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; ) {
    const header = 27 + (bytes[at + 26] ?? 0);
    const lacing = bytes.subarray(at + 27, at + header);
    const size = header + lacing.reduce((sum, each) => sum + each, 0);
    if (at + 4 <= bytes.length && view.getUint32(at) !== 0x4f676753) throw new Error(`the recording is damaged: no Ogg page at byte ${at}`);
    if (at + size > bytes.length) throw new Error('the recording is cut short');
    if (checksum(bytes.subarray(at, at + size)) !== view.getUint32(at + 22, true))
      throw new Error(`the recording is damaged: the page at byte ${at} does not fit its checksum`);
    const serial = view.getUint32(at + 14, true);
    const sequence = view.getUint32(at + 18, true);
    const first = ((bytes[at + 5] as number) & 2) !== 0;
    const stream = first ? { packets: [], open: [], next: sequence, end: undefined } : streams.get(serial);
    if (!stream) throw new Error('the recording has no beginning');
    if (stream.next !== sequence) throw new Error(`the recording is damaged: a page is missing before byte ${at}`);
    if (first) streams.set(serial, stream);
    stream.next = sequence + 1;
    let from = at + header;
    for (const length of lacing) {
      stream.open.push(bytes.subarray(from, from + length));
      from += length;
      // A segment of 255 bytes goes on in the next.
      if (length < 255) stream.packets.push(joinedBytes(stream.open.splice(0)));
    }
    const granule = view.getBigInt64(at + 6, true);
    if (granule >= 0n) stream.end = Number(granule);
    at += size;
  }
  return [...streams.values()].filter(({ packets: [head] }) => head && String.fromCharCode(...head.subarray(0, 8)) === 'OpusHead');
}

/** CRC-32 of a page with its own field taken as zero; polynomial 0x04c11db7, not reflected. */
function checksum(page: Uint8Array): number {
  let sum = 0;
  page.forEach((byte, index) => {
    sum ^= (index >= 22 && index < 26 ? 0 : byte) << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  });
  return sum >>> 0;
}

function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => {
    all.set(part, at);
    return at + part.length;
  }, 0);
  return all;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => {
    all.set(part, at);
    return at + part.length;
  }, 0);
  return all;
}

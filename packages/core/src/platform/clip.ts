import type { Clip } from './platform.ts';

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly sampleRate: number;
  readonly errors?: readonly { readonly message: string }[];
}

/**
 * Decodes a recording to mono: WAV (PCM, float, A-law, µ-law, ADPCM), MP3, FLAC and Ogg (Vorbis, Opus, FLAC). The decoders are WebAssembly or
 * plain JavaScript, the same in Node and in browsers, so that a file gives the same numbers everywhere.
 */
export async function decodeClip(bytes: Uint8Array<ArrayBuffer>): Promise<Clip> {
  const { channelData, sampleRate, errors = [] } = await decode(bytes);
  const [first] = errors;
  if (first) throw new Error(`the recording is damaged: ${first.message}`);
  if (!(sampleRate > 0) || !channelData[0]?.length) throw new Error('there is no sound in it');
  return { rate: sampleRate, samples: mixDown(channelData) };
}

async function decode(bytes: Uint8Array<ArrayBuffer>): Promise<Decoded> {
  const name = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (/^(RIFF|RF64)$/.test(name(0, 4)) && name(8, 12) === 'WAVE') {
    requireWhole(bytes);
    const { default: decodeWav } = await import('@audio/decode-wav');
    return decodeWav(bytes);
  }
  if (name(0, 4) === 'fLaC' || (name(0, 4) === 'OggS' && name(29, 33) === 'FLAC')) {
    const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
    return decodeWith(new FLACDecoder(), (decoder) => decoder.decodeFile(bytes));
  }
  if (name(0, 4) === 'OggS') {
    if (name(28, 36) === 'OpusHead') {
      const { decodeOggOpus } = await import('./opus.ts');
      return decodeOggOpus(bytes);
    }
    const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
    return decodeWith(new OggVorbisDecoder(), (decoder) => decoder.decodeFile(bytes));
  }
  if (name(0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] as number) & 0xe0) === 0xe0)) {
    const { MPEGDecoder } = await import('mpg123-decoder');
    return decodeWith(new MPEGDecoder(), async (decoder) => decoder.decode(bytes));
  }
  throw new Error('it is no WAV, MP3, FLAC or Ogg file');
}

async function decodeWith<T extends { readonly ready: Promise<void>; free(): void }>(
  decoder: T,
  work: (decoder: T) => Promise<Decoded>,
): Promise<Decoded> {
  await decoder.ready;
  try {
    return await work(decoder);
  } finally {
    decoder.free();
  }
}

/** The decoder takes what is there of a WAV that was cut short; a clip without its end would be learned as if it were whole. */
function requireWhole(bytes: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    // Recorders that stream write 0 or the largest number, as the size is not known to them.
    const known = size !== 0 && size !== 0xffffffff;
    if (view.getUint32(at) === 0x64617461) {
      if (known && at + 8 + size > bytes.length)
        throw new Error(`the recording is cut short: ${at + 8 + size - bytes.length} bytes are missing`);
      return;
    }
    at += 8 + size + (size & 1);
  }
  throw new Error('the WAV file has no sound');
}

/** The mean of the channels. */
function mixDown(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const length = Math.min(...channels.map((channel) => channel.length));
  const mono = new Float32Array(length);
  for (const channel of channels) for (let at = 0; at < length; at++) mono[at] = (mono[at] as number) + (channel[at] as number);
  if (channels.length > 1) for (let at = 0; at < length; at++) mono[at] = (mono[at] as number) / channels.length;
  return mono;
}

import type { Limits } from '../config.ts';
import { Problem } from '../errors.ts';

/** What is known of a recording before anything is decoded. */
export interface SoundFacts {
  readonly type: 'audio/wav' | 'audio/mpeg' | 'audio/flac' | 'audio/ogg';
  /** Numbers that decoding can give at most, all channels together. */
  readonly most: number;
}

/** Numbers a second of two channels at the usual rate, and how often that a limit in seconds allows. */
const numbersASecond = 2 * 48_000;

/** Most channels that anybody means. */
const mostChannels = 64;

/**
 * Tells a recording by its headers, and bounds what it would unpack to: a few bytes of FLAC, Vorbis or MP3 can stand for a lot of silence.
 * @throws Problem 422 for what is no recording of a known kind, or is damaged in its headers; 413 when it could unpack to more than
 *   `clipSeconds` of it
 */
export function inspectSound(bytes: Uint8Array, name: string, { clipSeconds }: Pick<Limits, 'clipSeconds'>): SoundFacts {
  const facts = factsOf(bytes, name);
  if (facts.most > clipSeconds * numbersASecond) {
    throw new Problem(413, 'too-large', `'${name}' could unpack to more than ${clipSeconds} seconds of sound.`, {
      hint: 'Cut the recording into shorter ones.',
    });
  }
  return facts;
}

function factsOf(bytes: Uint8Array, name: string): SoundFacts {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (/^(RIFF|RF64)$/.test(text(0, 4)) && text(8, 12) === 'WAVE') return { type: 'audio/wav', most: mostOfWav(bytes, name) };
  if (text(0, 4) === 'fLaC') return { type: 'audio/flac', most: mostOfFlac(bytes) };
  if (text(0, 4) === 'OggS') {
    const { payload, packets } = unpage(bytes);
    if (text(28, 36) === 'OpusHead') return { type: 'audio/ogg', most: mostOfOpus(payload, packets) };
    if (text(29, 33) === 'FLAC') return { type: 'audio/ogg', most: mostOfFlac(payload) };
    if (text(28, 35) !== '\u0001vorbis')
      throw unusable(name, 'it is an Ogg file of another kind', 'Ogg files of Vorbis, Opus and FLAC are read.');
    const [channels = 0, sizes = 0] = [payload[11], payload[28]];
    // A packet gives half its block; the high half of the byte is the power of two of the longer one (Vorbis I, 4.2.2).
    return { type: 'audio/ogg', most: packets.length * 2 ** Math.max(0, Math.min(13, sizes >> 4) - 1) * channels };
  }
  if (text(0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] as number) & 0xe0) === 0xe0)) {
    const frames = mp3Frames(bytes);
    if (frames === 0) throw unusable(name, 'it has no frame of sound');
    return { type: 'audio/mpeg', most: frames * 1152 * 2 };
  }
  throw unusable(name, 'it is no WAV, MP3, FLAC or Ogg file');
}

function unusable(name: string, why: string, hint?: string): Problem {
  return new Problem(422, 'invalid-data', `'${name}' is not a recording that can be used: ${why}.`, { hint });
}

/** PCM gives a number for each sample's bytes, ADPCM two for each byte; headers that say otherwise would make the decoder invent the rest. */
function mostOfWav(bytes: Uint8Array, name: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let most: ((length: number) => number) | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const kind = view.getUint32(at);
    if (kind === 0x666d7420 && at + 24 <= bytes.length) {
      const extended = view.getUint16(at + 8, true) === 0xfffe && at + 34 <= bytes.length;
      const codec = view.getUint16(extended ? at + 32 : at + 8, true);
      const channels = view.getUint16(at + 10, true);
      const [rate, block, bits] = [view.getUint32(at + 12, true), view.getUint16(at + 20, true), view.getUint16(at + 22, true)];
      const adpcm = codec === 2 || codec === 0x11;
      if (channels < 1 || channels > mostChannels) throw unusable(name, `it says to have ${channels} channels`);
      if (rate < 100 || rate > 1e6) throw unusable(name, `it says to have ${rate} samples a second`);
      if (block < 1 || (!adpcm && block * 8 < channels * bits)) throw unusable(name, 'its header contradicts itself');
      const perBlock = adpcm && size >= 20 && at + 28 <= bytes.length ? view.getUint16(at + 26, true) : 0;
      if (perBlock * channels > 2 * block + 2 * channels) throw unusable(name, 'its header contradicts itself');
      most = (length) => (adpcm ? 2 * length : (length / block) * channels);
    }
    if (kind === 0x64617461) {
      if (!most) throw unusable(name, 'its sound comes before what says how it is written');
      return most(bytes.length - at - 8);
    }
    at += 8 + size + (size & 1);
  }
  throw unusable(name, 'there is no sound in it');
}

/** The samples of every frame header (RFC 9639, 9.1): whatever looks like one counts, its check sum included. */
function mostOfFlac(bytes: Uint8Array): number {
  let most = 0;
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 6 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    if (((bytes[at + 1] as number) & 0xfe) !== 0xf8) continue;
    const code = (bytes[at + 2] as number) >> 4;
    const channels = (bytes[at + 3] as number) >> 4;
    // Behind a number of one to seven bytes, in the way of UTF-8, there may be the length and the rate.
    const lead = bytes[at + 4] as number;
    let end = at + 4 + (lead < 0x80 ? 1 : Math.max(1, Math.clz32(~lead << 24)));
    let samples = code === 1 ? 192 : code >= 8 ? 256 << (code - 8) : 576 << (code - 2);
    if (code === 6) samples = (bytes[end++] ?? 0) + 1;
    if (code === 7) {
      samples = ((bytes[end] ?? 0) << 8) + (bytes[end + 1] ?? 0) + 1;
      end += 2;
    }
    const rate = (bytes[at + 2] as number) & 15;
    end += rate === 12 ? 1 : rate === 13 || rate === 14 ? 2 : 0;
    if (code !== 0 && crc8(bytes.subarray(at, end)) === bytes[end]) most += samples * Math.min(8, channels < 8 ? channels + 1 : 2);
  }
  return most;
}

function crc8(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80 ? ((sum << 1) ^ 0x07) & 0xff : sum << 1;
  }
  return sum;
}

/** Headers of MPEG audio: eleven ones, then a version, layer, bit rate and sample rate that there are (ISO/IEC 11172-3, 2.4.1.3). */
function mp3Frames(bytes: Uint8Array): number {
  let frames = 0;
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 3 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const [second, third] = [bytes[at + 1] as number, bytes[at + 2] as number];
    const is =
      (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) !== 0 && third >> 4 !== 15 && (third & 0x0c) !== 0x0c;
    if (is) frames++;
  }
  return frames;
}

/** Samples at 48 kHz of an Opus frame, by the configuration in a packet's first byte (RFC 6716, 3.1): SILK, hybrid, CELT. */
function opusFrame(configuration: number): number {
  if (configuration < 12) return [480, 960, 1920, 2880][configuration & 3] as number;
  return configuration < 16 ? 480 << (configuration & 1) : 120 << (configuration & 3);
}

/** What the packets behind the two of the header say to hold. */
function mostOfOpus(payload: Uint8Array, [, , ...packets]: readonly number[]): number {
  const channels = payload[9] ?? 0;
  return packets.reduce((sum, at) => {
    const [first = 0, second = 0] = payload.subarray(at, at + 2);
    const frames = [1, 2, 2, second & 63][first & 3] as number;
    return sum + frames * opusFrame(first >> 3) * channels;
  }, 0);
}

/** What is in the pages of an Ogg file (RFC 3533), one packet after the other, and where each begins. */
function unpage(bytes: Uint8Array): { readonly payload: Uint8Array; readonly packets: readonly number[] } {
  const payload = new Uint8Array(bytes.length);
  const packets: number[] = [];
  let length = 0;
  let begun = false;
  for (let at = 0; at + 27 <= bytes.length; ) {
    // A decoder looks for the next page where one is damaged.
    if (bytes[at] !== 0x4f || bytes[at + 1] !== 0x67 || bytes[at + 2] !== 0x67 || bytes[at + 3] !== 0x53) {
      at++;
      continue;
    }
    const segments = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] as number));
    const start = at + 27 + segments.length;
    const size = segments.reduce((sum, each) => sum + each, 0);
    segments.reduce((place, each) => {
      if (!begun) packets.push(place);
      // A segment of 255 bytes goes on in the next.
      begun = each === 255;
      return place + each;
    }, length);
    const content = bytes.subarray(start, start + size);
    payload.set(content, length);
    length += content.length;
    at = start + size;
  }
  return { payload: payload.subarray(0, length), packets };
}

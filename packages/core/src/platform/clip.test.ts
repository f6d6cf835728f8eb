import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createMp3Encoder, createOggEncoder } from 'wasm-media-encoders';
import { decodeClip } from './clip.ts';

const rate = 44100;
/** A tone of 440 Hz, half of full scale. */
const tone = (length: number) => Float32Array.from({ length }, (_, at) => 0.5 * Math.sin((2 * Math.PI * 440 * at) / rate));

/** A WAV file of interleaved samples. */
function wav(channels: readonly Float32Array[], bits: 8 | 16 | 24 | 32): Uint8Array<ArrayBuffer> {
  const [first] = channels as [Float32Array];
  const bytes = bits / 8;
  const size = first.length * channels.length * bytes;
  const view = new DataView(new ArrayBuffer(44 + size));
  const text = (at: number, name: string) => {
    for (const [index, each] of [...name].entries()) view.setUint8(at + index, each.charCodeAt(0));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + size, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, bits === 32 ? 3 : 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels.length * bytes, true);
  view.setUint16(32, channels.length * bytes, true);
  view.setUint16(34, bits, true);
  text(36, 'data');
  view.setUint32(40, size, true);
  let at = 44;
  for (let index = 0; index < first.length; index++) {
    for (const channel of channels) {
      const value = channel[index] as number;
      if (bits === 32) view.setFloat32(at, value, true);
      else if (bits === 24) {
        const whole = Math.round(value * 8388607);
        view.setUint16(at, whole & 0xffff, true);
        view.setInt8(at + 2, whole >> 16);
      } else if (bits === 16) view.setInt16(at, Math.round(value * 32767), true);
      else view.setUint8(at, Math.round(value * 127) + 128);
      at += bytes;
    }
  }
  return new Uint8Array(view.buffer);
}

describe('WAV', () => {
  test.each([8, 16, 24, 32] as const)('%i bits', async (bits) => {
    const { rate: decoded, samples } = await decodeClip(wav([tone(1000)], bits));
    expect(decoded).toBe(rate);
    expect(samples.length).toBe(1000);
    const tolerance = bits === 8 ? 0.01 : 1e-4;
    tone(1000).forEach((value, at) => {
      expect(Math.abs((samples[at] as number) - value)).toBeLessThan(tolerance);
    });
  });

  test('several channels become their mean', async () => {
    const { samples } = await decodeClip(wav([Float32Array.of(0.5, 0.25), Float32Array.of(-0.5, 0.75)], 32));
    expect([...samples]).toEqual([0, 0.5]);
  });

  test('a file that was cut short is refused, and says by how much', async () => {
    const whole = wav([tone(1000)], 16);
    await expect(decodeClip(whole.slice(0, 1000))).rejects.toThrow('cut short: 1044 bytes are missing');
    await expect(decodeClip(whole.slice(0, 30))).rejects.toThrow('no sound');
    await expect(decodeClip(wav([new Float32Array(0)], 16))).rejects.toThrow('no sound');
  });
});

/** Loudness and frequency, by its zero crossings, of what should be the tone. */
function describeTone(samples: Float32Array): { readonly hz: number; readonly peak: number } {
  const middle = samples.subarray(4000, samples.length - 4000);
  let crossings = 0;
  for (let at = 1; at < middle.length; at++) if ((middle[at] as number) >= 0 !== (middle[at - 1] as number) >= 0) crossings++;
  return { hz: (crossings * rate) / middle.length / 2, peak: Math.max(...middle) };
}

describe('lossy files', () => {
  test.each([
    ['MP3', createMp3Encoder],
    ['Ogg Vorbis', createOggEncoder],
  ] as const)('%s', async (_, create) => {
    const encoder = await create();
    encoder.configure({ sampleRate: rate, channels: 1 } as never);
    const parts = [encoder.encode([tone(rate)]).slice(), encoder.finalize().slice()];
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    const { rate: decoded, samples } = await decodeClip(bytes);
    expect(decoded).toBe(rate);
    expect(Math.abs(samples.length - rate)).toBeLessThan(3000);
    const { hz, peak } = describeTone(samples);
    expect(Math.abs(hz - 440)).toBeLessThan(3);
    expect(Math.abs(peak - 0.5)).toBeLessThan(0.05);
  });
});

describe('Opus', () => {
  const file = (name: string) => new Uint8Array(readFileSync(new URL(`../../test/data/${name}.opus`, import.meta.url)));

  test.each([
    ['tone-mono', 0.5, 0.5],
    // The mean of a channel and minus half of it.
    ['tone-stereo', 0.51, 0.125],
  ] as const)('%s has its length and its tone', async (name, seconds, loudness) => {
    const { rate: decoded, samples } = await decodeClip(file(name));
    expect(decoded).toBe(48000);
    expect(samples.length).toBe(seconds * 48000);
    const { hz, peak } = describeTone(samples);
    expect(Math.abs((hz * 48000) / rate - 440)).toBeLessThan(3);
    expect(Math.abs(peak - loudness)).toBeLessThan(0.03);
  });

  test('files that follow each other in one are joined', async () => {
    const one = file('tone-mono');
    // A stream of its own: another serial number, and the checksums of its pages with it.
    const { samples } = await decodeClip(new Uint8Array([...one, ...withSerial(one, 7)]));
    expect(samples.length).toBe(48000);
  });

  test('what is cut short or damaged is refused', async () => {
    const whole = file('tone-mono');
    await expect(decodeClip(whole.slice(0, -10))).rejects.toThrow('the recording is cut short');
    await expect(decodeClip(whole.with(1000, (whole[1000] as number) ^ 1))).rejects.toThrow('does not fit its checksum');
    const pages = pagesOf(whole);
    const without = new Uint8Array([...pages.slice(0, 1), ...pages.slice(2)].flatMap((page) => [...page]));
    await expect(decodeClip(without)).rejects.toThrow('a page is missing');
    await expect(decodeClip(new Uint8Array([...whole, 1, 2, 3, 4, 5]))).rejects.toThrow('no Ogg page at byte');
  });
});

/** The pages of an Ogg file. */
function pagesOf(bytes: Uint8Array): Uint8Array[] {
  const pages: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const segments = bytes[at + 26] as number;
    const size = 27 + segments + bytes.subarray(at + 27, at + 27 + segments).reduce((sum, each) => sum + each, 0);
    pages.push(bytes.slice(at, at + size));
    at += size;
  }
  return pages;
}

function withSerial(bytes: Uint8Array, serial: number): number[] {
  return pagesOf(bytes).flatMap((page) => {
    const view = new DataView(page.buffer);
    view.setUint32(14, serial, true);
    view.setUint32(22, 0, true);
    let sum = 0;
    for (const byte of page) {
      sum ^= byte << 24;
      for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
    }
    view.setUint32(22, sum >>> 0, true);
    return [...page];
  });
}

test('FLAC is exact', async () => {
  const values = Int16Array.from({ length: 576 }, (_, at) => Math.round(12000 * Math.sin(at / 9)));
  const { rate: decoded, samples } = await decodeClip(flac(values, 16000));
  expect(decoded).toBe(16000);
  expect([...samples].map((value) => Math.round(value * 32768))).toEqual([...values]);
});

/** A FLAC file of one frame, mono, 16 bits, stored as it is (RFC 9639, verbatim subframe). */
function flac(values: Int16Array, hertz: number): Uint8Array<ArrayBuffer> {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push(Math.floor(value / 2 ** bit) & 1);
  };
  const bytesOf = (from: number) =>
    Uint8Array.from({ length: (bits.length - from) / 8 }, (_, at) =>
      bits.slice(from + 8 * at, from + 8 * at + 8).reduce((sum, bit) => 2 * sum + bit, 0),
    );
  const crc = (bytes: Uint8Array, polynomial: number, width: number) => {
    let sum = 0;
    for (const byte of bytes) {
      sum ^= byte << (width - 8);
      for (let bit = 0; bit < 8; bit++) sum = sum & (1 << (width - 1)) ? ((sum << 1) ^ polynomial) & (2 ** width - 1) : sum << 1;
    }
    return sum;
  };
  put(0x664c6143, 32);
  put(0x80, 8); // the last metadata block: STREAMINFO, 34 bytes
  put(34, 24);
  put(values.length, 16);
  put(values.length, 16);
  put(0, 48);
  put(hertz, 20);
  put(0, 3); // one channel
  put(15, 5); // 16 bits
  put(values.length, 36);
  put(0, 32);
  put(0, 32);
  put(0, 32);
  put(0, 32);
  const frame = bits.length;
  put(0xfff8, 16);
  put(0b0111, 4); // the block's length follows, 16 bits
  put(0b0101, 4); // 16 kHz
  put(0, 4);
  put(0b100, 3);
  put(0, 1);
  put(0, 8); // frame number
  put(values.length - 1, 16);
  put(crc(bytesOf(frame), 0x07, 8), 8);
  put(0b00000010, 8); // verbatim
  for (const value of values) put(value & 0xffff, 16);
  put(crc(bytesOf(frame), 0x8005, 16), 16);
  return bytesOf(0);
}

test.each([
  ['a text', '<html>not found</html>', 'no WAV, MP3, FLAC or Ogg file'],
  ['nothing', '', 'no WAV, MP3, FLAC or Ogg file'],
  ['the beginning of an Opus file', `OggS${'\0'.repeat(22)}\u0001\u0013OpusHead`, 'the recording is cut short'],
])('%s is refused', async (_, content, message) => {
  await expect(decodeClip(new TextEncoder().encode(content) as Uint8Array<ArrayBuffer>)).rejects.toThrow(message);
});

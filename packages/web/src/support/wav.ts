import type { Clip } from '@headstart/core';

/** A mono WAV file of 16 bits. */
export function encodeWav({ rate, samples }: Clip): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const word = (at: number, text: string) => {
    for (let index = 0; index < 4; index++) view.setUint8(at + index, text.charCodeAt(index));
  };
  word(0, 'RIFF');
  view.setUint32(4, 36 + 2 * samples.length, true);
  word(8, 'WAVE');
  word(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((value, at) => {
    // Both ends of the range are full scale, as decoders take them.
    view.setInt16(44 + 2 * at, Math.round(value < 0 ? Math.max(-1, value) * 32768 : Math.min(1, value) * 32767), true);
  });
  return new Uint8Array(view.buffer);
}

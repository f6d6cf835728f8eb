import { decodeClip } from '@headstart/core';
import { expect, test } from 'vitest';
import { encodeWav } from './wav.ts';

test('what is encoded is decoded within half a step of 16 bits, and what is too loud is cut off', async () => {
  const samples = Float32Array.from({ length: 2001 }, (_, at) => 1.2 * Math.sin(at / 7));
  const { rate, samples: back } = await decodeClip(encodeWav({ rate: 44_100, samples }));
  expect([rate, back.length]).toEqual([44_100, 2001]);
  const worst = back.reduce((most, value, at) => Math.max(most, Math.abs(value - Math.max(-1, Math.min(1, samples[at] as number)))), 0);
  expect(worst).toBeLessThan(1 / 32_000);
});

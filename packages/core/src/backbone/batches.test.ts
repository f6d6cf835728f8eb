import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyAudioModel, tinyClip } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../session/open-engine.ts';
import { augmentSamples } from './augment.ts';
import { loadBackbone } from './backbone.ts';
import type { Sample } from './sample.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-clips-'));
  await writeFile(join(folder, 'audio.onnx'), tinyAudioModel());
});
afterAll(() => rm(folder, { recursive: true }));

const clip = (id: string, seconds: number): Sample => ({ id, label: 'tone', read: async () => tinyClip(440, seconds) });
const audio = { seconds: 0.5, longest: 2.5 };

describe.each(['webgpu', 'wasm'] as const)('clips on %s', (backend) => {
  test('of several lengths, each batch of one stretch; features do not depend on the company', async () => {
    using engine = await openEngine({ backend });
    using backbone = await loadBackbone(join(folder, 'audio.onnx'), { engine, audio });
    const samples = [clip('a', 0.2), clip('b', 1.2), clip('c', 0.3), clip('d', 0.4), clip('e', 9)];
    const all = await backbone.extract(samples, { store: false, batchSize: 2 });
    expect(all.ids).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(all.values.shape).toEqual([5, 8]);
    const alone = await backbone.extract([clip('d', 0.4)], { store: false });
    expect(alone.values.toNumbers()).toEqual(
      all.values
        .toNumbers()
        .slice(24, 32)
        .map((value) => expect.closeTo(value as number, 4)),
    );
  });
});

test('parts and changed copies of a file are stored apart, and found again', async () => {
  using engine = await openEngine({ backend: 'wasm' });
  using backbone = await loadBackbone(join(folder, 'audio.onnx'), { engine, audio });
  const whole = clip('a', 0.4);
  const samples = [whole, { ...whole, id: 'part', start: 0.1, end: 0.2 }, ...augmentSamples([whole], { copies: 2 }).slice(1)];
  const store = join(folder, 'store');
  const first = await backbone.extract(samples, { store });
  expect(first.reused).toBe(0);
  expect(first.groups).toEqual(['a', 'part', 'a', 'a']);
  const rows = Array.from({ length: 4 }, (_, row) =>
    first.values
      .toNumbers()
      .slice(row * 8, (row + 1) * 8)
      .join(),
  );
  expect(new Set(rows).size).toBe(4);
  const second = await backbone.extract(samples, { store });
  expect(second.reused).toBe(4);
  expect(second.values).toEqual(first.values);
});

test('what cannot be used is skipped and named', async () => {
  using engine = await openEngine({ backend: 'wasm' });
  using backbone = await loadBackbone(join(folder, 'audio.onnx'), { engine, audio });
  const broken = { id: 'broken', read: async () => tinyClip(440).slice(0, 100) };
  const beyond = { ...clip('beyond', 0.2), start: 3 };
  const { ids, skipped } = await backbone.extract([broken, clip('whole', 0.2), beyond, { id: 'text', text: 'no clip' }], { store: false });
  expect(ids).toEqual(['whole']);
  expect(Object.fromEntries(skipped.map(({ id, reason }) => [id, reason]))).toEqual({
    broken: expect.stringContaining('cut short'),
    beyond: expect.stringContaining('there is no such part, expected a start before an end, within 0.20 s, got 3 s to the end'),
    text: expect.stringContaining('this backbone takes clips, and the sample is none'),
  });
});

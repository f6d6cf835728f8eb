import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadBackbone, openEngine, readDataset, trainHead } from '@headstart/core';
import { tinyClip, writeTinyProject } from '@headstart/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-examples-'));
  await writeTinyProject(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs an example as its reader would, in the tiny project. */
async function example(name: string, ...argv: string[]): Promise<string> {
  const script = join(import.meta.dirname, name);
  const env = { ...process.env, HEADSTART_CACHE: join(folder, 'cache') };
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', script, ...argv], { cwd: folder, env });
  return stdout;
}

test('train-images, then predict', async () => {
  const out = await example('train-images.ts', 'photos', 'image.onnx');
  expect(out).toContain('20 pictures of blue, red; 4 held out');
  expect(out).toContain('accuracy 1.000');
  const predicted = await example('predict.ts', 'photos.headstart', 'photos/red/1.png', 'photos/blue/2.png');
  expect(predicted).toMatch(/photos\/red\/1\.png: red .*\nphotos\/blue\/2\.png: blue/);
});

test('train-text', async () => {
  expect(await example('train-text.ts', 'reviews.csv', 'a good film', 'text/model.onnx')).toContain("'a good film' is good");
});

test('run-any-model', async () => {
  const out = await example('run-any-model.ts', 'image.onnx');
  expect(out).toContain('Conv ×1');
  expect(out).toContain('features could leave at features: 12 numbers');
  expect(out).toContain('logits: float32[1, 4]');
});

test('listen', async () => {
  using engine = await openEngine({ backend: 'wasm' });
  using backbone = await loadBackbone(join(folder, 'audio.onnx'), { engine });
  const { samples } = await readDataset(join(folder, 'clips'));
  const result = await trainHead(await backbone.extract(samples, { store: false }), { engine, l2: 1e-3, seed: 0 });
  await result.save(join(folder, 'clips.headstart'));
  // Four seconds of silence with a low tone in the middle.
  const recording = tinyClip(0, 4);
  recording.set(tinyClip(310).subarray(44), 44 + 2 * 15200);
  await writeFile(join(folder, 'recording.wav'), recording);
  expect(await example('listen.ts', 'clips.headstart', 'recording.wav')).toMatch(/^[23]\.\d\d s {2}low {2}\d+ %$/m);
});

test('no example is longer than a screen', async () => {
  const scripts = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  expect(scripts.length).toBeGreaterThan(3);
  for (const name of scripts) {
    const text = await readFile(join(import.meta.dirname, name), 'utf8');
    expect(text.trimEnd().split('\n').length, name).toBeLessThanOrEqual(40);
  }
});

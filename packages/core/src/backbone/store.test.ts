import { appendFile, mkdir, mkdtemp, readdir, rm, stat, symlink, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canonical, FeatureStore, hashText } from './store.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'headstart-store-'));
});
afterEach(() => rm(root, { recursive: true }));

const description = { backbone: { 'model.onnx': 'ab' }, cut: 'features' };
const hashes = await Promise.all(['a', 'b', 'c'].map(hashText));
const [a = '', b = '', c = ''] = hashes;
const filesOf = async (store: FeatureStore) => (await readdir(store.folder)).filter((name) => name.endsWith('.features'));

test('gives back what was added, to any run with the same description', async () => {
  const store = await FeatureStore.open(description, 2, root);
  expect(await store.load(new Set(hashes))).toEqual(new Map());
  await store.append([a, b], Float32Array.of(1, 2, 3, -4.5));
  await store.append([c], Float32Array.of(5, 6));
  await store.close();
  const again = await FeatureStore.open({ cut: 'features', backbone: { 'model.onnx': 'ab' } }, 2, root);
  expect(again.folder).toBe(store.folder);
  expect(await again.load(new Set([b, c]))).toEqual(
    new Map([
      [b, Float32Array.of(3, -4.5)],
      [c, Float32Array.of(5, 6)],
    ]),
  );
  const other = await FeatureStore.open({ ...description, cut: 'other' }, 2, root);
  expect(other.folder).not.toBe(store.folder);
});

test('runs at the same time write to files of their own', async () => {
  const [one, two] = [await FeatureStore.open(description, 1, root), await FeatureStore.open(description, 1, root)];
  await Promise.all([one.append([a], Float32Array.of(1)), two.append([b], Float32Array.of(2))]);
  expect(await filesOf(one)).toHaveLength(2);
  expect([...(await one.load(new Set(hashes))).keys()].sort()).toEqual([a, b].sort());
  await Promise.all([one.close(), two.close()]);
});

test('a torn last record is left out, whatever of it was written', async () => {
  const store = await FeatureStore.open(description, 2, root);
  await store.append([a, b], Float32Array.of(1, 2, 3, 4));
  await store.close();
  const [name = ''] = await filesOf(store);
  const file = join(store.folder, name);
  const { size } = await stat(file);
  for (let cut = 1; cut <= store.recordBytes; cut += 7) {
    await truncate(file, size - cut);
    expect([...(await store.load(new Set(hashes))).keys()]).toEqual([a]);
    // Room that was taken but never written reads as zeros.
    await appendFile(file, new Uint8Array(cut));
    expect([...(await store.load(new Set(hashes))).keys()]).toEqual([a]);
  }
});

test('a full disk is one error, and what was there stays', async () => {
  const store = await FeatureStore.open(description, 2, root);
  await store.append([a], Float32Array.of(1, 2));
  await store.close();
  // The kernel's own full device stands in for the folder's next file.
  const full = await FeatureStore.open(description, 2, join(root, 'full'));
  await mkdir(full.folder, { recursive: true });
  const fixed = crypto.randomUUID;
  const now = Date.now;
  crypto.randomUUID = () => '00000000-0000-4000-8000-000000000000';
  Date.now = () => 0;
  try {
    await symlink('/dev/full', join(full.folder, '0-00000000.features'));
    await expect(full.append([b], Float32Array.of(3, 4))).rejects.toMatchObject({ code: 'disk' });
  } finally {
    crypto.randomUUID = fixed;
    Date.now = now;
  }
  expect((await store.load(new Set(hashes))).size).toBe(1);
});

test('canonical does not depend on the order of keys', () => {
  expect(canonical({ b: [{ d: 1, c: 2 }], a: undefined })).toBe('{"b":[{"c":2,"d":1}]}');
});

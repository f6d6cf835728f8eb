import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeHub, sha256, startFakeHub } from '../../test/support/fake-hub.ts';
import { listSource, provideFiles, splitAddress } from './hub.ts';
import type { DownloadProgress } from './progress.ts';

const repository = 'tiny/model';
const model = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 31 + (index >> 8)) & 255);
const config = new TextEncoder().encode('{"hidden_size": 8}');

let hub: FakeHub;
let cache: string;

beforeEach(async () => {
  hub = await startFakeHub();
  cache = await mkdtemp(join(tmpdir(), 'headstart-hub-'));
  hub.repositories.set(
    repository,
    new Map([
      ['onnx/model.onnx', { bytes: model, lfs: true }],
      ['config.json', { bytes: config }],
    ]),
  );
  process.env.HF_ENDPOINT = hub.url;
});

afterEach(async () => {
  delete process.env.HF_ENDPOINT;
  delete process.env.HF_TOKEN;
  delete process.env.HEADSTART_OFFLINE;
  await hub[Symbol.asyncDispose]();
  await rm(cache, { recursive: true });
});

const files = [{ path: 'onnx/model.onnx' }, { path: 'config.json' }];

describe('hf:', () => {
  test('fetches, keeps by commit, and works offline from then on', async () => {
    const events: DownloadProgress[] = [];
    const [first, second] = await provideFiles(`hf:${repository}@main`, files, { cache, onProgress: (event) => events.push(event) });
    expect(new Uint8Array(await readFile(first?.location ?? ''))).toEqual(model);
    expect(first).toMatchObject({ path: 'onnx/model.onnx', bytes: model.length, sha256: sha256(model) });
    expect(second?.location).toBe(join(cache, 'hf', 'tiny', 'model', hub.commit, 'config.json'));
    expect(events.findLast(({ file }) => file === 'onnx/model.onnx')).toEqual({ file: 'onnx/model.onnx', bytes: 200_000, total: 200_000 });
    const before = hub.requests.length;
    process.env.HEADSTART_OFFLINE = '1';
    process.env.HF_ENDPOINT = 'http://127.0.0.1:1';
    expect(await provideFiles(`hf:${repository}@main`, files, { cache })).toEqual([first, second]);
    expect(await listSource(`hf:${repository}@main`, { cache })).toEqual(['config.json', 'onnx/model.onnx']);
    expect(hub.requests.length).toBe(before);
  });

  test('continues where a broken connection left it', async () => {
    hub.breaks.push(70_000, 50_000);
    const [file] = await provideFiles(`hf:${repository}`, [{ path: 'onnx/model.onnx', sha256: sha256(model) }], { cache });
    expect(file?.sha256).toBe(sha256(model));
    const ranges = hub.requests.map((request) => request.split(' ')[1]);
    expect(ranges[0]).toBe('all');
    const [second, third] = ranges.slice(1).map((range) => Number(/\d+/.exec(range ?? '')?.[0]));
    expect(second).toBeGreaterThan(0);
    expect(third).toBeGreaterThan(second as number);
    expect(await readdir(join(cache, 'hf', 'tiny', 'model', hub.commit, 'onnx'))).toEqual(['model.onnx']);
  });

  test('continues in the next run after a cancellation', async () => {
    hub.delay = 2;
    const controller = new AbortController();
    const cancelled = provideFiles(`hf:${repository}`, [{ path: 'onnx/model.onnx' }], {
      cache,
      signal: controller.signal,
      onProgress: ({ bytes }) => bytes > 20_000 && controller.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    hub.delay = 0;
    const [file] = await provideFiles(`hf:${repository}`, [{ path: 'onnx/model.onnx' }], { cache });
    expect(file?.sha256).toBe(sha256(model));
    expect(Number(/bytes=(\d+)-/.exec(hub.requests.at(-1) ?? '')?.[1])).toBeGreaterThan(20_000);
  });

  test('starts anew when the file changed in between', async () => {
    hub.delay = 2;
    const controller = new AbortController();
    const options = { cache, signal: controller.signal, onProgress: ({ bytes }: DownloadProgress) => bytes > 20_000 && controller.abort() };
    await expect(
      provideFiles(`${hub.url}/tiny/model/resolve/main/`, [{ path: 'config.json' }, { path: 'onnx/model.onnx' }], options),
    ).rejects.toThrow('cancelled');
    hub.delay = 0;
    const changed = model.map((byte) => byte ^ 1);
    hub.repositories.get(repository)?.set('onnx/model.onnx', { bytes: changed, lfs: true });
    const [file] = await provideFiles(`${hub.url}/tiny/model/resolve/main/`, [{ path: 'onnx/model.onnx' }], { cache });
    expect(file?.sha256).toBe(sha256(changed));
  });

  test('waits while another process fetches the same file', async () => {
    const folder = join(cache, 'hf', 'tiny', 'model', hub.commit);
    await mkdir(folder, { recursive: true });
    const note = JSON.stringify({ url: '', writer: 'another', time: Date.now() });
    await writeFile(join(folder, 'config.json.partial.json'), note);
    const waiting = provideFiles(`hf:${repository}`, [{ path: 'config.json' }], { cache });
    await new Promise((done) => setTimeout(done, 700));
    expect(hub.requests).toEqual([]);
    // The other one finishes.
    await writeFile(join(folder, 'config.json'), config);
    await rm(join(folder, 'config.json.partial.json'));
    expect((await waiting)[0]?.sha256).toBe(sha256(config));
    expect(hub.requests).toEqual([]);
  });

  test('a file with the wrong hash is removed and named', async () => {
    const wanted = [{ path: 'config.json', sha256: '0'.repeat(64) }];
    await expect(provideFiles(`hf:${repository}`, wanted, { cache })).rejects.toMatchObject({ code: 'integrity' });
    await provideFiles(`hf:${repository}`, [{ path: 'config.json' }], { cache });
    const at = join(cache, 'hf', 'tiny', 'model', hub.commit, 'config.json');
    await writeFile(at, 'damaged later');
    const pinned = [{ path: 'config.json', sha256: sha256(config) }];
    await expect(provideFiles(`hf:${repository}`, pinned, { cache })).rejects.toThrow('It was removed; run again');
    const [file] = await provideFiles(`hf:${repository}`, pinned, { cache });
    expect(new Uint8Array(await readFile(file?.location ?? ''))).toEqual(config);
  });

  test('a private repository needs its token', async () => {
    hub.token = 'hf_secret';
    await expect(provideFiles(`hf:${repository}`, files, { cache })).rejects.toThrow('set HF_TOKEN');
    process.env.HF_TOKEN = 'hf_secret';
    expect(await provideFiles(`hf:${repository}`, files, { cache })).toHaveLength(2);
  });

  test('names a missing file, revision and repository; leaves out an optional file', async () => {
    await expect(provideFiles(`hf:${repository}`, [{ path: 'absent.json' }], { cache })).rejects.toThrow(
      'hf:tiny/model@main/absent.json: the repository has no such file',
    );
    await expect(provideFiles(`hf:${repository}@gone`, files, { cache })).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(provideFiles('hf:tiny/other', files, { cache })).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(await provideFiles(`hf:${repository}`, [{ path: 'absent.json', optional: true }], { cache })).toEqual([]);
  });

  test('lists a repository', async () => {
    expect(await listSource(`hf:${repository}@v1`, { cache })).toEqual(['config.json', 'onnx/model.onnx']);
  });
});

test('an empty cache: offline says how to fill it, no network says so', async () => {
  const offline = provideFiles(`hf:${repository}`, files, { cache, offline: true });
  await expect(offline).rejects.toMatchObject({ code: 'offline', hint: expect.stringContaining('Run once without --offline') });
  process.env.HF_ENDPOINT = 'http://127.0.0.1:1';
  await expect(provideFiles(`hf:${repository}`, files, { cache })).rejects.toMatchObject({ code: 'network' });
  const npm = provideFiles('npm:left-pad@1.3.0', [{ path: 'package/index.js' }], { cache, offline: true });
  await expect(npm).rejects.toThrow('npm:left-pad@1.3.0/package/index.js: is not in the cache, and this run is offline.');
  await expect(provideFiles('http://example.com/models/', files, { cache })).rejects.toThrow('models are fetched over https only');
});

test('a full disk is one error, and what came before stays', async () => {
  // The kernel's own full device: every write to it fails with ENOSPC.
  const folder = join(cache, 'hf', 'tiny', 'model', hub.commit);
  await mkdir(join(folder, 'onnx'), { recursive: true });
  await symlink('/dev/full', join(folder, 'onnx', 'model.onnx.partial'));
  const failed = provideFiles(`hf:${repository}`, [{ path: 'config.json' }, { path: 'onnx/model.onnx' }], { cache });
  await expect(failed).rejects.toMatchObject({ code: 'disk', hint: expect.stringContaining('HEADSTART_CACHE') });
  expect(new Uint8Array(await readFile(join(folder, 'config.json')))).toEqual(config);
});

test('files of this machine stay where they are', async () => {
  await writeFile(join(cache, 'model.onnx'), model);
  const [file] = await provideFiles(cache, [{ path: 'model.onnx' }]);
  expect(file).toEqual({ path: 'model.onnx', location: join(cache, 'model.onnx'), bytes: model.length, sha256: sha256(model) });
  const wrong = provideFiles(cache, [{ path: 'model.onnx', sha256: 'f'.repeat(64) }]);
  await expect(wrong).rejects.toMatchObject({ code: 'integrity' });
  expect(await readdir(cache)).toContain('model.onnx');
  await expect(provideFiles(`file://${cache}/`, [{ path: 'absent.onnx' }])).rejects.toThrow('there is no such file');
});

test.each([
  ['hf:owner/name@rev/onnx/model.onnx', 'hf:owner/name@rev', 'onnx/model.onnx'],
  ['hf:owner/name', 'hf:owner/name', ''],
  ['npm:@scope/name@1.0.0/package/a.onnx', 'npm:@scope/name@1.0.0', 'package/a.onnx'],
  ['npm:name@1.0.0', 'npm:name@1.0.0', ''],
  ['https://host/dir/a%20b.onnx', 'https://host/dir/', 'a b.onnx'],
  ['/models/a.onnx', '/models/', 'a.onnx'],
])('splitAddress %s', (address, source, path) => {
  expect(splitAddress(address)).toEqual({ source, path });
});

test('a mirror is asked instead of the source, and pins hold', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('weights');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/backbones/tiny/files/`;
  const cache = await mkdtemp(join(tmpdir(), 'headstart-mirror-'));
  try {
    const [file] = await provideFiles('hf:owner/name@main', [{ path: 'onnx/model.onnx' }], { cache, mirror });
    expect(file).toMatchObject({ path: 'onnx/model.onnx', bytes: 7 });
    expect(asked).toEqual(['/v1/backbones/tiny/files/onnx/model.onnx']);
    const pinned = [{ path: 'onnx/model.onnx', sha256: '0'.repeat(64) }];
    await expect(provideFiles('hf:owner/name@main', pinned, { cache, mirror })).rejects.toThrow('not the one this card was made with');
  } finally {
    server.close();
    await rm(cache, { recursive: true });
  }
});

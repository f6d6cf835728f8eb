import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../main.ts';
import { fakeIo } from '../testing.ts';

test('serve tells where it listens and the first key, answers, and ends with Ctrl-C', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headstart-serve-'));
  const io = fakeIo({ cwd: folder });
  const stop = new AbortController();
  const ended = main(['serve', '--port', '0', '--data', 'data', '--engine', 'wasm'], io, stop.signal);
  try {
    while (!io.err().includes('shown this once')) await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))]);
    const url = /listens on (\S+)/.exec(io.err())?.[1];
    const key = /(hs_[\w-]{43})/.exec(io.err())?.[1];
    const response = await fetch(`${url}/v1/datasets`, { headers: { Authorization: `Bearer ${key}` } });
    expect(await response.json()).toEqual({ datasets: [] });
  } finally {
    stop.abort();
    expect(await ended).toBe(0);
    await rm(folder, { recursive: true, force: true });
  }
});

test.each([
  [['serve', '--open', '--host', '0.0.0.0'], 'open mode lets everybody in who can reach the address'],
  [['worker'], 'a worker needs a database that it shares with the server'],
])('%j is one clear error', async (argv, message) => {
  const io = fakeIo();
  expect(await main(argv, io, new AbortController().signal)).toBe(1);
  expect(io.err()).toContain(message);
});

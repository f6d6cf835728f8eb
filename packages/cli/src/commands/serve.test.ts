import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newProject, saveProject } from '@headstart/core';
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

test('serve FOLDER takes the project in it: its data, and no more of it than is new at the next start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headstart-serve-'));
  await mkdir(join(folder, 'pets'));
  await writeFile(join(folder, 'pets/pets.csv'), 'text,label\na cat sleeps,cat\na dog barks,dog\nno pet,cat\n');
  await saveProject(join(folder, 'pets'), {
    ...newProject('Pets', 'text', 'minilm-l6'),
    data: [{ path: 'pets.csv' }],
    excluded: ['pets.csv:4'],
  });
  const start = async () => {
    const io = fakeIo({ cwd: folder });
    const stop = new AbortController();
    const ended = main(['serve', 'pets', '--open', '--port', '0', '--data', 'data', '--engine', 'wasm'], io, stop.signal);
    while (!io.err().includes('Open mode')) await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))]);
    expect(io.err()).toContain('Project Pets: 2 samples in dataset ds_');
    const url = /listens on (\S+)/.exec(io.err())?.[1];
    const { datasets } = (await (await fetch(`${url}/v1/datasets`)).json()) as { datasets: { name: string; samples: number }[] };
    stop.abort();
    expect(await ended).toBe(0);
    return datasets;
  };
  try {
    const [first] = await start();
    expect(first).toMatchObject({ name: 'Pets', samples: 2, settings: { backbone: { name: 'minilm-l6' } } });
    expect(await start()).toEqual([first]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.each([
  [['serve', '--open', '--host', '0.0.0.0'], 'open mode lets everybody in who can reach the address'],
  [['serve', 'nowhere', '--open', '--port', '0'], 'there is no project'],
  [['worker'], 'a worker needs a database that it shares with the server'],
])('%j is one clear error', async (argv, message) => {
  const folder = await mkdtemp(join(tmpdir(), 'headstart-serve-'));
  const io = fakeIo({ cwd: folder });
  expect(await main(argv, io, new AbortController().signal)).toBe(1);
  expect(io.err()).toContain(message);
  await rm(folder, { recursive: true, force: true });
});

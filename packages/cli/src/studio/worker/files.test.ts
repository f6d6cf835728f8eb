import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '@headstart/core';
import { writeTinyProject } from '@headstart/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeFiles } from '../../io.ts';
import { completePath } from './paths.ts';
import { problemOf } from './problem.ts';
import type { FilesRequest, WorkerEvent } from './protocol.ts';
import { findData } from './scan.ts';
import { serveFiles } from './serve-files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-desk-'));
  await writeTinyProject(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Asks, and waits for an event of a kind or a failure. */
function ask(request: FilesRequest, wanted: WorkerEvent['type']): Promise<WorkerEvent> {
  return new Promise((resolve) => {
    const settings = { engine: 'wasm', cache: join(folder, 'cache'), offline: true, control: new SharedArrayBuffer(4) } as const;
    const answer = serveFiles(settings, (event) => {
      if (event.type === wanted || event.type === 'failed') resolve(event);
    });
    answer(request);
  });
}

const read = (path: string): FilesRequest => ({ type: 'read', folder, source: { path }, share: 0.2, seed: 0 });

test('what looks like data in a folder is found, with what it holds', async () => {
  expect(await findData(folder, nodeFiles)).toEqual([
    { path: 'clips', modality: 'audio', note: 'clips named by their labels' },
    { path: 'photos', modality: 'image', note: '2 class folders' },
    { path: 'reviews.csv', modality: 'text', note: expect.stringMatching(/^a table, \d+ B$/) },
  ]);
  const [here] = await findData(join(folder, 'photos'), nodeFiles);
  expect(here).toMatchObject({ path: '.', note: 'this folder: 2 class folders' });
});

test('a path is completed as far as its candidates agree', async () => {
  expect(await completePath(folder, 'ph', nodeFiles)).toEqual({ completed: 'photos/', matches: ['photos/'] });
  expect(await completePath(folder, 'photos/', nodeFiles)).toEqual({ completed: 'photos/', matches: ['blue/', 'red/'] });
  expect(await completePath(folder, join(folder, 'photos', 'r'), nodeFiles)).toMatchObject({ completed: join(folder, 'photos', 'red/') });
  expect(await completePath(folder, 'nothing/here', nodeFiles)).toEqual({ completed: 'nothing/here', matches: [] });
});

test('a clip is previewed by its outline', async () => {
  const [clip] = await nodeFiles.list(join(folder, 'clips'));
  const preview = await ask({ type: 'preview', of: 'path', id: join('clips', clip ?? ''), folder }, 'preview');
  if (preview.type !== 'preview' || !preview.wave) throw new Error(`no outline: ${JSON.stringify(preview)}`);
  const { parts, seconds, rate } = preview.wave;
  expect(seconds * rate).toBeGreaterThan(1000);
  expect(parts.every(([low, high]) => low <= high && low >= -1 && high <= 1)).toBe(true);
  expect(parts.some(([low, high]) => high - low > 0.1)).toBe(true);
});

test('data is read, then looked through: a copy under another class, and a file that is no picture, are named', async () => {
  const copy = join(folder, 'doubled');
  for (const name of ['blue', 'red']) await mkdir(join(copy, name), { recursive: true });
  const bytes = await nodeFiles.read(join(folder, 'photos', 'blue', '0.png'));
  for (const name of ['blue/a.png', 'blue/b.png', 'red/c.png']) await writeFile(join(copy, name), bytes);
  await writeFile(join(copy, 'red', 'd.png'), await nodeFiles.read(join(folder, 'photos', 'red', '0.png')));
  await writeFile(join(copy, 'notes.txt'), 'x');
  expect(await ask(read('doubled'), 'data')).toMatchObject({
    type: 'data',
    classes: ['blue', 'red'],
    problems: [{ level: 'note', message: 'Skipped notes.txt: It is not a picture of a known kind.' }],
  });
  const found = await ask(read('doubled'), 'findings');
  const messages = found.type === 'findings' ? found.problems.map(({ message }) => message).join('\n') : '';
  expect(messages).toMatch(/more than one label|in the train split too|repeat/);
});

test('a table whose columns no name tells is asked about, and read once they are known', async () => {
  await writeFile(join(folder, 'tickets.csv'), 'id;what;team\n1;"my parcel; never arrived";delivery\n2;bill is wrong;money\n');
  const asked = await ask(read('tickets.csv'), 'columns');
  expect(asked).toMatchObject({
    columns: [
      { name: 'id', first: '1' },
      { name: 'what', first: 'my parcel; never arrived' },
      { name: 'team', first: 'delivery' },
    ],
  });
  const source = { path: 'tickets.csv', text: 'what', label: 'team' };
  expect(await ask({ type: 'read', folder, source, share: 0.2, seed: 0 }, 'data')).toMatchObject({ classes: ['delivery', 'money'] });
});

test('a model of the reader’s own is read: inputs, cuts, what the engine lacks', async () => {
  const model = await ask({ type: 'inspect', folder, path: 'image.onnx' }, 'inspected');
  expect(model).toMatchObject({ unsupported: [], inputs: [{ name: 'input', dtype: 'float32' }] });
  expect(model.type === 'inspected' && model.cuts[0]).toMatchObject({ name: 'features', dimension: 12 });
});

test('what cannot be done is a problem with its place and what to do', async () => {
  expect(await ask(read('nowhere'), 'data')).toEqual({
    type: 'failed',
    job: 'read',
    problem: {
      code: 'invalid-data',
      where: join(folder, 'nowhere'),
      what: 'There is no such file or folder.',
      hint: 'Check the path.',
    },
  });
  expect(await ask({ type: 'fetch', name: 'minilm-l6' }, 'cards')).toMatchObject({ type: 'failed', problem: { code: 'offline' } });
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', path: '/x' });
  expect(problemOf(full)).toEqual({ code: 'ENOSPC', where: '/x', what: 'The disk is full.', hint: expect.stringContaining('Make room') });
  expect(problemOf(new EngineError('parity', 'the engines differ', { where: 'x', expected: 'a', got: 'b' }))).toEqual({
    code: 'parity',
    where: 'x',
    what: 'The engines differ, expected a, got b.',
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { launchChromium, writeTinyProject } from '@headstart/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyCards } from './backbones.ts';
import { webFolder } from './site.ts';
import { makeSounds } from './sounds.ts';
import { StudioPage, strangers } from './studio.ts';
import { openTab } from './tab.ts';

/*
 * The built studio as `headstart serve` gives it, with a backbone that was uploaded to that server. Both are what the build has made.
 */

let folder: string;
let server: ChildProcess;
/** What the server says of itself, for the day it does not start. */
const said: string[] = [];
let origin: string;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-served-'));
  await writeTinyProject(folder);
  const command = join(webFolder, '../cli/dist/index.js');
  const places = ['--data', join(folder, 'data'), '--cache', join(folder, 'cache')];
  server = spawn(process.execPath, [command, 'serve', '--open', '--port', '0', '--no-jobs', '--json', ...places], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  server.stderr?.on('data', (chunk) => void said.push(String(chunk)));
  [browser, origin] = await Promise.all([launchChromium(), addressOf(server)]);
});

afterAll(async () => {
  await browser?.close();
  if (server && server.exitCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the server has no output');
  const lines = createInterface({ input: stdout });
  const ended = once(lines, 'close').then(() => undefined);
  const found = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const address = /listens on (http:[^"\s]+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
  const address = await Promise.race([found, ended]);
  if (address) return address;
  throw new Error(`the server ended before it listened: ${said.join('')}`);
}

test('trains on a backbone of the server, and the project goes there and back', async () => {
  const { model: _model, files: _files, source: _source, name, ...card } = tinyCards['tiny-audio'];
  const form = new FormData();
  form.set('name', name);
  form.set('card', JSON.stringify(card));
  form.append('files', new Blob([new Uint8Array(await readFile(join(folder, 'audio.onnx')))]), 'model.onnx');
  const uploaded = await fetch(`${origin}/v1/backbones`, { method: 'POST', body: form });
  expect([uploaded.status, await uploaded.json()]).toEqual([201, expect.objectContaining({ name, modality: 'audio' })]);

  const tab = await openTab(browser, `${origin}/?modality=audio&engine=wasm&backbone=${name}`);
  const studio = new StudioPage(tab.page);
  await studio.ready();
  await studio.nameClasses('low', 'high');
  for (const pitch of ['low', 'high'] as const) await studio.addPictures(pitch, makeSounds(pitch, 10));
  expect(await studio.train()).toMatch(/^(9\d|100)/);
  expect(tab.requests.filter((url) => url.includes('/v1/')).map((url) => url.slice(origin.length))).toEqual([
    '/v1/backbones/tiny-audio/files/card.json',
    '/v1/backbones/tiny-audio/files/model.onnx',
  ]);
  expect(strangers(tab.requests, origin)).toEqual([]);
  expect(tab.complaints).toEqual([]);

  // The project goes to the server as it was saved, and comes back from there.
  const { bytes } = await studio.download(await studio.menu(/^Save project/));
  const project = new FormData();
  project.append('files', new Blob([new Uint8Array(bytes)]), 'pitches.zip');
  const taken = await fetch(`${origin}/v1/projects`, { method: 'POST', body: project });
  const { dataset, report, models, notes } = (await taken.json()) as Taken;
  expect([taken.status, dataset, report, notes]).toEqual([
    201,
    expect.objectContaining({
      modality: 'audio',
      classes: [
        { label: 'low', samples: 10 },
        { label: 'high', samples: 10 },
      ],
    }),
    expect.objectContaining({ accepted: 20, skipped: [] }),
    [],
  ]);
  expect(models).toHaveLength(1);
  const back = await fetch(`${origin}/v1/datasets/${dataset.id}/project`);
  const other = await openTab(browser, `${origin}/?modality=audio&engine=wasm&backbone=${name}&project=back`);
  const opened = new StudioPage(other.page);
  await opened.ready();
  const saved = { name: 'back.zip', mimeType: 'application/zip', buffer: Buffer.from(await back.arrayBuffer()) };
  await opened.choose(await opened.menu(/^Open/), [saved]);
  await opened.waitForCount('low', 10);
  await opened.waitForCount('high', 10);
  expect(other.complaints).toEqual([]);
});

interface Taken {
  readonly dataset: { readonly id: string };
  readonly report: unknown;
  readonly models: readonly string[];
  readonly notes: readonly string[];
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePicture, readDataset } from '@headstart/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeFiles } from '../../io.ts';
import { writeMails, writePictures } from './sample-data.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-samples-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('mails come back out of their table as they went in', async () => {
  const mails = [
    { id: '1', text: 'She said "yes", twice;\nthen no.', label: 'not spam' },
    { id: '2', text: 'You, have, won', label: 'spam' },
  ];
  const data = await readDataset(join(folder, await writeMails(nodeFiles, folder, mails)));
  expect(data.samples.map(({ text, label }) => ({ text, label }))).toEqual(mails.map(({ text, label }) => ({ text, label })));
});

test('pictures come back out of their class folders, pixel by pixel', async () => {
  const picture = { width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, index) => index * 14) };
  const samples = ['cat', 'dog'].map((label, index) => ({ id: `cifar10 000${index}`, label, picture }));
  const data = await readDataset(join(folder, await writePictures(nodeFiles, folder, samples)));
  expect(data.classes).toEqual(['cat', 'dog']);
  expect(await decodePicture((await data.samples[0]?.read?.()) ?? new Uint8Array())).toEqual(picture);
});

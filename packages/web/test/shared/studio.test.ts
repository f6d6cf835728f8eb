import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '@headstart/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DrawnPicture } from '../../e2e/pictures.ts';
import { buildSite, type RunningSite, serveSite, webFolder } from '../../e2e/site.ts';
import { StudioPage } from '../../e2e/studio.ts';
import { openTab, patience, type Tab } from '../../e2e/tab.ts';

/*
 * A pretrained network and photographs: a class recorded from a camera that sees ships, a class of files with frogs, and pictures that it has
 * not seen told apart.
 */

const shared = join(webFolder, '../../../shared');
const model = join(shared, 'models/image/mobilenetv2-imagenet.onnx');
const photos = join(shared, 'datasets/cifar10-small');

const card = {
  name: 'mobilenetv2',
  title: 'Pictures, fast: MobileNetV2, trained on ImageNet',
  modality: 'image',
  source: 'https://models.example/mobilenetv2/',
  model: 'model.onnx',
  files: [],
  cut: 'features',
  pooling: 'none',
  licence: 'Apache-2.0',
  homepage: 'https://models.example/',
};

let folder: string;
let site: RunningSite;
let browser: Browser;
let tab: Tab;
let studio: StudioPage;

beforeAll(async () => {
  const [built, painter] = await Promise.all([buildSite(webFolder), launchChromium()]);
  const files = new Map(built.files);
  files.set('backbones/mobilenetv2/card.json', { type: 'application/json', bytes: Buffer.from(JSON.stringify(card)) });
  files.set('backbones/mobilenetv2/model.onnx', { type: 'application/octet-stream', bytes: await readFile(model) });
  site = await serveSite(files, true);
  folder = await mkdtemp(join(tmpdir(), 'headstart-camera-'));
  const video = join(folder, 'ships.mjpeg');
  const easel = await openTab(painter, site.origin);
  const frames = await enlarge(easel.page, await readPhotos('train/ship', 24));
  await writeFile(video, Buffer.concat(frames));
  await painter.close();
  browser = await launchChromium([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${video}`,
  ]);
  tab = await openTab(browser, `${site.origin}/?backbone=mobilenetv2&engine=webgpu`, { permissions: ['camera'] });
  studio = new StudioPage(tab.page);
  await studio.ready();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function readPhotos(path: string, count: number): Promise<DrawnPicture[]> {
  const names = (await readdir(join(photos, path))).sort().slice(0, count);
  return Promise.all(names.map(async (name) => ({ name, mimeType: 'image/jpeg', buffer: await readFile(join(photos, path, name)) })));
}

/** Each picture as a frame of 320 × 320 pixels. */
async function enlarge(page: Page, pictures: readonly DrawnPicture[]): Promise<Buffer[]> {
  const encoded = pictures.map(({ buffer }) => buffer.toString('base64'));
  const frames = await page.evaluate(async (sources) => {
    const canvas = new OffscreenCanvas(320, 320);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    const results: string[] = [];
    for (const source of sources) {
      const bytes = Uint8Array.from(atob(source), (character) => character.charCodeAt(0));
      context.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0, 320, 320);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
      results.push(new Uint8Array(await blob.arrayBuffer()).reduce((text, byte) => text + String.fromCharCode(byte), ''));
    }
    return results.map((text) => btoa(text));
  }, encoded);
  return frames.map((frame) => Buffer.from(frame, 'base64'));
}

test('ships off the camera and frogs out of files become a model that tells unseen ones apart', async () => {
  await studio.nameClasses('ship', 'frog');
  await tab.page.getByRole('button', { name: 'Record ship with the camera' }).click();
  const hold = studio.classCard('ship').getByRole('button', { name: 'Hold to record' });
  await expect.poll(() => hold.isEnabled(), { timeout: patience }).toBe(true);
  await hold.focus();
  await tab.page.keyboard.down('Space');
  const count = studio.classCard('ship').locator('.count');
  await expect.poll(async () => Number.parseInt((await count.textContent()) ?? '', 10), { timeout: patience }).toBeGreaterThanOrEqual(30);
  await tab.page.keyboard.up('Space');
  await studio.classCard('ship').getByRole('button', { name: 'Close the camera' }).click();
  await studio.addPictures('frog', await readPhotos('train/frog', 30));
  const accuracy = Number.parseFloat(await studio.train());
  expect(accuracy).toBeGreaterThan(80);

  const answers: string[] = [];
  for (const picture of await readPhotos('test/ship', 4)) answers.push(await studio.classify(picture));
  for (const picture of await readPhotos('test/frog', 4)) answers.push(await studio.classify(picture));
  const right = answers.filter((answer, index) => answer === (index < 4 ? 'ship' : 'frog')).length;
  console.info(`accuracy ${accuracy} %, ${right} of ${answers.length} unseen pictures right`);
  expect(right).toBeGreaterThanOrEqual(6);

  await tab.page.getByRole('button', { name: 'Where it looks' }).click();
  await tab.page.locator('.heat-map canvas').waitFor();
  await tab.page.screenshot({ path: join(webFolder, 'test-results', 'real-pictures.png') });
  const { bytes } = await studio.download(studio.exportButton('ONNX'));
  expect(bytes.length).toBeGreaterThan(8_000_000);
  expect(tab.complaints).toEqual([]);
});

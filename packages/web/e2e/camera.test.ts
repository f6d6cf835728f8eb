import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '@headstart/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withBackbones } from './backbones.ts';
import { drawFruit } from './pictures.ts';
import { buildSite, type RunningSite, serveSite, webFolder } from './site.ts';
import { StudioPage } from './studio.ts';
import { openTab, patience, type Tab } from './tab.ts';

/*
 * A camera that sees lemons, and a head that follows every sample: Chromium plays a file of JPEG frames as its camera.
 */

let folder: string;
let site: RunningSite;
let browser: Browser;
let tab: Tab;
let studio: StudioPage;

beforeAll(async () => {
  const [built, painter] = await Promise.all([buildSite(webFolder), launchChromium()]);
  site = await serveSite(await withBackbones(built.files), false);
  folder = await mkdtemp(join(tmpdir(), 'headstart-camera-'));
  const video = join(folder, 'lemons.mjpeg');
  const easel = await openTab(painter, site.origin);
  const frames = await drawFruit(easel.page, 'Lemons', 12, { seed: 5, edge: 320 });
  await writeFile(video, Buffer.concat(frames.map(({ buffer }) => buffer)));
  await painter.close();
  browser = await launchChromium([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${video}`,
  ]);
  tab = await openTab(browser, `${site.origin}/?backbone=tiny-image&engine=webgpu`, { permissions: ['camera'] });
  studio = new StudioPage(tab.page);
  await studio.ready();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('records while the button is held', async () => {
  await studio.nameClasses('Lemons', 'Blueberries');
  await tab.page.getByRole('button', { name: 'Record Lemons with the camera' }).click();
  const hold = studio.classCard('Lemons').getByRole('button', { name: 'Hold to record' });
  await expect.poll(() => hold.isEnabled(), { timeout: patience }).toBe(true);
  await hold.hover();
  await tab.page.mouse.down();
  const count = studio.classCard('Lemons').locator('.count');
  await expect.poll(async () => Number.parseInt((await count.textContent()) ?? '', 10), { timeout: patience }).toBeGreaterThanOrEqual(6);
  await tab.page.mouse.up();
  await studio.classCard('Lemons').getByRole('button', { name: 'Hold to record' }).waitFor();
  const recorded = await count.textContent();
  // A recording is one step to undo.
  await tab.page.getByRole('button', { name: 'Undo' }).first().click();
  await studio.waitForCount('Lemons', 0);
  await hold.focus();
  await tab.page.keyboard.down('Space');
  await expect.poll(async () => Number.parseInt((await count.textContent()) ?? '', 10), { timeout: patience }).toBeGreaterThanOrEqual(6);
  await tab.page.keyboard.up('Space');
  expect(recorded).toMatch(/^\d+ samples$/);
});

test('with a few samples a class, it answers on the camera before anything was trained by hand', async () => {
  await studio.addPictures('Blueberries', await drawFruit(tab.page, 'Blueberries', 3));
  await tab.page.getByRole('tab', { name: 'Camera' }).click();
  await tab.page.getByText('Live preview').waitFor();
  await expect.poll(() => studio.answer(), { timeout: patience }).toBe('Lemons');
});

test('and follows what is added after', async () => {
  // A class that the camera suits better takes over.
  await studio.nameClasses('Lemons', 'Blueberries', 'Yellow things');
  await studio.addPictures('Yellow things', await drawFruit(tab.page, 'Lemons', 2, { seed: 5, edge: 320 }));
  await tab.page.locator('.bars').getByText('Yellow things').first().waitFor();
  await tab.page.getByRole('button', { name: 'Stop the camera' }).click();
  expect(tab.complaints).toEqual([]);
});

test('among several cameras another one is chosen, and remembered', async () => {
  const several = await launchChromium(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=device-count=2']);
  try {
    const { page } = await openTab(several, `${site.origin}/?backbone=tiny-image&engine=wasm`, { permissions: ['camera'] });
    const own = new StudioPage(page);
    const record = page.getByRole('button', { name: /^Record .* with the camera/ }).first();
    const which = page.getByRole('combobox', { name: 'Which camera' });
    const seen = () =>
      page.locator('video').evaluate((video: HTMLVideoElement) => {
        const stream = video.srcObject as MediaStream | null;
        return stream?.getVideoTracks()[0]?.getSettings().deviceId;
      });
    await own.ready();
    await record.click();
    await which.waitFor();
    const [first = '', second = ''] = await which
      .getByRole('option')
      .evaluateAll((options) => options.map((each) => (each as HTMLOptionElement).value));
    await expect.poll(seen, { timeout: patience }).toBe(first);
    await which.selectOption(second);
    await expect.poll(seen, { timeout: patience }).toBe(second);
    await page.getByRole('button', { name: 'Close the camera' }).click();
    await page.locator('video').waitFor({ state: 'detached' });
    await record.click();
    await expect.poll(seen, { timeout: patience }).toBe(second);
  } finally {
    await several.close();
  }
});

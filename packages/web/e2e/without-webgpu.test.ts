import { launchChromium } from '@headstart/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withBackbones } from './backbones.ts';
import { drawFruit } from './pictures.ts';
import { buildSite, type RunningSite, serveSite, webFolder } from './site.ts';
import { StudioPage } from './studio.ts';
import { openTab, patience } from './tab.ts';

let site: RunningSite;
let browser: Browser;

beforeAll(async () => {
  const [built, launched] = await Promise.all([buildSite(webFolder), launchChromium()]);
  browser = launched;
  const files = await withBackbones(built.files, 'v1/backbones', 'files/');
  // As in a browser that has none: the worker finds no `navigator.gpu`.
  for (const [path, { type, bytes }] of files) {
    if (!/\/worker-/.test(path)) continue;
    files.set(path, { type, bytes: Buffer.concat([Buffer.from('delete WorkerNavigator.prototype.gpu;\n'), bytes]) });
  }
  site = await serveSite(files, false);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

test('without WebGPU it says why and what to do, and goes on; the backbone comes from the server’s route', async () => {
  const tab = await openTab(browser, `${site.origin}/?backbone=tiny-image`);
  const studio = new StudioPage(tab.page);
  await studio.ready();
  await tab.page.getByRole('note').getByText('This browser has no WebGPU').waitFor();
  await studio.nameClasses('Lemons', 'Tomatoes');
  for (const fruit of ['Lemons', 'Tomatoes'] as const) await studio.addPictures(fruit, await drawFruit(tab.page, fruit, 12));
  expect(await studio.train()).toMatch(/^(9\d|100)/);
  await tab.page.getByRole('button', { name: 'CPU' }).click();
  await tab.page.getByRole('dialog').getByText('no WebGPU adapter').waitFor();
  await tab.page.keyboard.press('Escape');
  expect(site.requests.filter((path) => path.startsWith('v1/'))).toEqual([
    'v1/backbones/tiny-image/files/card.json',
    'v1/backbones/tiny-image/files/image.onnx',
  ]);

  // The project goes to another profile by its zip, and on from there.
  const { name, bytes } = await studio.download(await studio.menu(/^Save project/));
  expect(name).toBe('default.zip');
  const other = new StudioPage((await openTab(browser, site.origin)).page);
  await other.ready();
  await other.choose(await other.menu(/^Open/), [{ name, mimeType: 'application/zip', buffer: bytes }]);
  await other.waitForCount('Lemons', 12);
  await other.waitForCount('Tomatoes', 12);
  await expect.poll(() => other.page.getByRole('combobox', { name: 'Backbone' }).inputValue(), { timeout: patience }).toBe('tiny-image');
  expect(await other.train()).toBe(await tab.page.locator('.score strong').textContent());
  expect(tab.complaints).toEqual([]);
});

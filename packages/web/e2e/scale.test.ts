import { launchChromium } from '@headstart/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withBackbones } from './backbones.ts';
import { heapOf } from './heap.ts';
import { drawFruit, type Fruit } from './pictures.ts';
import { buildSite, type RunningSite, serveSite, webFolder } from './site.ts';
import { StudioPage } from './studio.ts';
import { openTab, type Tab } from './tab.ts';

/*
 * Two thousand pictures. What other trainers keep of each in memory, 245 KiB, would be half a gigabyte here.
 */

const perClass = 500;
/** Bytes of heap, page and worker together, that two thousand samples may add: 12 KiB each, features of training included. */
const allowed = 24 * 2 ** 20;

const basket: readonly Fruit[] = ['Lemons', 'Limes', 'Tomatoes', 'Blueberries'];

let site: RunningSite;
let browser: Browser;
let tab: Tab;
let studio: StudioPage;

beforeAll(async () => {
  const [built, launched] = await Promise.all([buildSite(webFolder), launchChromium()]);
  browser = launched;
  site = await serveSite(await withBackbones(built.files), true);
  tab = await openTab(browser, `${site.origin}/?backbone=tiny-image&engine=webgpu`, { viewport: { width: 1400, height: 1000 } });
  studio = new StudioPage(tab.page);
  await studio.ready();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

test(`4 classes of ${perClass} pictures are added, shown and trained on within ${allowed / 2 ** 20} MiB of heap`, async () => {
  await studio.nameClasses(...basket);
  const before = await heapOf(tab.page);
  for (const fruit of basket) {
    await studio.addPictures(fruit, await drawFruit(tab.page, fruit, perClass, { edge: 64 }));
  }
  // Only what is on screen is drawn.
  expect(await tab.page.locator('.tile').count()).toBeLessThan(300);
  const grid = studio.classCard('Lemons').getByRole('listbox');
  await grid.focus();
  await tab.page.keyboard.press('End');
  await studio.classCard('Lemons').locator('.tile[aria-posinset="500"] img').waitFor();
  await tab.page.getByRole('button', { name: 'Train', exact: true }).click();
  await tab.page.getByText(/a second · .* left/).waitFor();
  await tab.page.getByRole('button', { name: 'Cancel' }).click();
  await tab.page.getByText('Training was cancelled').waitFor();
  expect(await studio.train()).toMatch(/^(9\d|100)/);
  const after = await heapOf(tab.page);
  const grown = after.page - before.page + after.workers - before.workers;
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  console.info(
    `${4 * perClass} samples: page ${mebibytes(before.page)} → ${mebibytes(after.page)}, worker ${mebibytes(before.workers)} → ${mebibytes(after.workers)}`,
  );
  expect(before.workers).toBeGreaterThan(0);
  expect(grown).toBeLessThan(allowed);
  expect(tab.complaints).toEqual([]);
});

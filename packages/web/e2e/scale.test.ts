import { launchChromium } from '@headstart/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withBackbones } from './backbones.ts';
import { drawFruit, type Fruit, fruits } from './pictures.ts';
import { buildSite, type RunningSite, serveSite, webFolder } from './site.ts';
import { StudioPage } from './studio.ts';
import { openTab, type Tab } from './tab.ts';

/*
 * Two thousand pictures. What other trainers keep of each in memory, 245 KiB, would be half a gigabyte here.
 */

const perClass = 500;
/** Bytes of heap, page and worker together, that two thousand samples may add: less than 25 KiB each. */
const allowed = 48 * 2 ** 20;

let site: RunningSite;
let browser: Browser;
let tab: Tab;
let studio: StudioPage;

beforeAll(async () => {
  const [built, launched] = await Promise.all([buildSite(webFolder), launchChromium(['--js-flags=--expose-gc'])]);
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

/** Bytes of JavaScript heap in use after collection, of the page and its workers. */
async function heap(page: Page): Promise<number> {
  const own = await page.evaluate(collected);
  const workers = await Promise.all(page.workers().map((worker) => worker.evaluate(collected)));
  return workers.reduce((sum, each) => sum + each, own);
}

function collected(): number {
  (globalThis as unknown as { gc(): void }).gc();
  return (performance as unknown as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0;
}

test(`4 classes of ${perClass} pictures are added, shown and trained on within ${allowed / 2 ** 20} MiB of heap`, async () => {
  await studio.nameClasses(...Object.keys(fruits));
  const before = await heap(tab.page);
  for (const fruit of Object.keys(fruits) as Fruit[]) {
    await studio.addPictures(fruit, await drawFruit(tab.page, fruit, perClass, { edge: 64 }));
  }
  // Only what is on screen is drawn.
  expect(await tab.page.locator('.tile').count()).toBeLessThan(300);
  const grid = studio.classCard('Lemons').getByRole('listbox');
  await grid.focus();
  await tab.page.keyboard.press('End');
  await studio.classCard('Lemons').locator('.tile[aria-posinset="500"] img').waitFor();
  expect(await studio.train()).toMatch(/^(9\d|100)/);
  const grown = (await heap(tab.page)) - before;
  console.info(`heap grew by ${(grown / 2 ** 20).toFixed(1)} MiB for ${4 * perClass} samples`);
  expect(before).toBeGreaterThan(0);
  expect(grown).toBeLessThan(allowed);
  expect(tab.complaints).toEqual([]);
});

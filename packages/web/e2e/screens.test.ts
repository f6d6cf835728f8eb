import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '@headstart/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeWav } from '../src/support/wav.ts';
import { axeViolations } from './axe.ts';
import { withBackbones } from './backbones.ts';
import { type DrawnPicture, drawFruit, type Fruit } from './pictures.ts';
import { type BuiltSite, buildSite, type RunningSite, serveSite, webFolder } from './site.ts';
import { makeNoise, noises } from './sounds.ts';
import { StudioPage } from './studio.ts';
import { openTab, patience, type Tab } from './tab.ts';

/*
 * How it looks and how much it weighs. The pictures go to docs/web when HEADSTART_SCREENSHOTS is set, else to test-results.
 */

const folder = process.env.HEADSTART_SCREENSHOTS ? join(webFolder, '../../docs/web') : join(webFolder, 'test-results');

const basket: readonly Fruit[] = ['Lemons', 'Oranges', 'Tomatoes', 'Blueberries'];

let built: BuiltSite;
let site: RunningSite;
let browser: Browser;
let heard: string;

beforeAll(async () => {
  heard = await mkdtemp(join(tmpdir(), 'headstart-screens-'));
  const microphone = join(heard, 'microphone.wav');
  const samples = Float32Array.from([1, 2, 3].flatMap((seed) => [...makeNoise('Whistle', 500 + seed)]));
  await writeFile(microphone, encodeWav({ rate: 16_000, samples }));
  [built, browser] = await Promise.all([
    buildSite(webFolder),
    launchChromium([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
    ]),
  ]);
  site = await serveSite(await withBackbones(built.files), false);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (heard) await rm(heard, { recursive: true, force: true });
});

async function openAt(width: number, colorScheme: 'light' | 'dark', query: string): Promise<{ tab: Tab; studio: StudioPage }> {
  const tab = await openTab(browser, `${site.origin}/?${query}`, {
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const studio = new StudioPage(tab.page);
  await studio.ready();
  return { tab, studio };
}

/** Nothing sticks out at the side, and axe is content. */
async function inspect({ page }: Tab, width: number): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  expect(await axeViolations(page)).toEqual([]);
}

describe('budgets', () => {
  const sizeOf = (pattern: RegExp) =>
    [...built.compressed].filter(([name]) => pattern.test(name)).reduce((sum, [, bytes]) => sum + bytes, 0);

  test('all that a first visit loads, engine included, is under 350 kB after gzip', async () => {
    // The service worker fetches what an offline page needs later, in idle time.
    const tab = await openTab(browser, `${site.origin}/?project=budget&backbone=tiny-image`, { serviceWorkers: 'block' });
    await tab.page.locator('.chip:not(.waiting)').waitFor();
    const paths = tab.requests.filter((url) => url.startsWith(site.origin)).map((url) => new URL(url).pathname.slice(1) || 'index.html');
    const loaded = paths.reduce((sum, path) => sum + (built.compressed.get(path) ?? 0), 0);
    console.info(`first visit ${(loaded / 1000).toFixed(0)} kB, engine ${(sizeOf(/\/engine-/) / 1000).toFixed(0)} kB, both after gzip`);
    expect(loaded).toBeGreaterThan(100_000);
    expect(loaded).toBeLessThan(350_000);
    expect(paths.filter((path) => /\.wasm$|runtime-browser|zip\.js/.test(path))).toEqual([]);
    await tab.context.close();
  });

  test('the engine is one script of at most 120 kB', () => {
    expect([...built.compressed.keys()].filter((name) => /\/engine-/.test(name))).toHaveLength(1);
    expect(sizeOf(/\/engine-/)).toBeLessThan(120_000);
  });
});

describe.each([390, 1024, 1680])('at %i pixels', (width) => {
  test('empty, it teaches, in light and dark', async () => {
    for (const colour of ['light', 'dark'] as const) {
      const { tab } = await openAt(width, colour, 'project=empty&backbone=tiny-image');
      await tab.page.locator('.chip:not(.waiting)').waitFor();
      await inspect(tab, width);
      if (colour === 'light') await tab.page.screenshot({ path: join(folder, `empty-${width}.png`) });
      expect(tab.complaints).toEqual([]);
      await tab.context.close();
    }
  });
});

test('trained, at every width', async () => {
  const { tab, studio } = await openAt(1680, 'light', 'project=fruit&backbone=tiny-image&engine=webgpu');
  const { page } = tab;
  await studio.nameClasses(...basket);
  for (const fruit of basket) await studio.addPictures(fruit, await drawFruit(page, fruit, 50, { spread: 34 }));
  await studio.train();
  const [unseen] = await drawFruit(page, 'Oranges', 1, { seed: 7, edge: 320 });
  await studio.classify(unseen as DrawnPicture);
  await page.getByRole('button', { name: 'Where it looks' }).click();
  await page.locator('.heat-map canvas').waitFor();
  await page.getByText('Compared with onnxruntime').waitFor();
  for (const button of await page.getByRole('button', { name: 'Dismiss' }).all()) await button.click();
  for (const width of [390, 1024, 1680]) {
    await page.setViewportSize({ width, height: 900 });
    await inspect(tab, width);
    await page.screenshot({ path: join(folder, `trained-${width}.png`), fullPage: width === 390 });
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await inspect(tab, 1680);
  await page.screenshot({ path: join(folder, 'trained-dark-1680.png') });
  await page.setViewportSize({ width: 1024, height: 900 });
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('region', { name: 'Per class' }).waitFor();
  await inspect(tab, 1024);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.screenshot({ path: join(folder, 'results-1024.png') });
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(tab.complaints).toEqual([]);
  await tab.context.close();
});

test('sounds, at every width', async () => {
  const { tab, studio } = await openAt(1680, 'light', 'modality=audio&project=sounds&backbone=tiny-audio&engine=webgpu');
  const { page } = tab;
  await page.screenshot({ path: join(webFolder, 'test-results', 'sound-empty-1680.png') });
  await studio.nameClasses(...noises);
  for (const noise of noises) {
    const clips = Array.from({ length: 24 }, (_, index) => ({
      name: `${noise.toLowerCase()}-${index + 1}.wav`,
      mimeType: 'audio/wav',
      buffer: Buffer.from(encodeWav({ rate: 16_000, samples: makeNoise(noise, index) })),
    }));
    await studio.addPictures(noise, clips);
  }
  await studio.train();
  await page.getByRole('button', { name: 'Record Whistle with the microphone' }).click();
  await page.getByRole('button', { name: 'Start the microphone' }).click();
  await page.locator('.bars .likely').waitFor();
  await page.getByText('Compared with onnxruntime').waitFor();
  // Until the waveforms fill what is there for them.
  await page.waitForTimeout(4000);
  for (const button of await page.getByRole('button', { name: 'Dismiss' }).all()) await button.click();
  for (const width of [390, 1024, 1680]) {
    await page.setViewportSize({ width, height: 900 });
    await inspect(tab, width);
    await expect.poll(() => studio.answer(), { timeout: patience }).toBe('Whistle');
    await page.screenshot({ path: join(folder, `sound-${width}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await inspect(tab, 1680);
  await page.screenshot({ path: join(webFolder, 'test-results', 'sound-dark-1680.png') });
  await page.getByRole('button', { name: 'Stop the microphone' }).click();
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('button', { name: /samples? of Hum answered as Hum/ }).click();
  await page
    .getByRole('button', { name: /^Play hum-/ })
    .first()
    .waitFor();
  await page.setViewportSize({ width: 1024, height: 900 });
  await page.screenshot({ path: join(webFolder, 'test-results', 'sound-mistakes-1024.png') });
  await page.keyboard.press('Escape');
  expect(tab.complaints).toEqual([]);
  await tab.context.close();
});

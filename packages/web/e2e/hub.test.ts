import { randomBytes } from 'node:crypto';
import { launchChromium, tinyImageModel } from '@headstart/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FakeHub, startFakeHub } from '../../core/test/support/fake-hub.ts';
import { type DrawnPicture, drawFruit } from './pictures.ts';
import { buildSite, type RunningSite, serveSite, webFolder } from './site.ts';
import { StudioPage } from './studio.ts';
import { openTab, type Tab } from './tab.ts';

/*
 * Backbones from the Hugging Face Hub in a tab: a server of its own origin that speaks the Hub's routes.
 */

const repository = 'tiny/pictures';
const preprocessor = {
  size: { height: 32, width: 32 },
  image_mean: [0, 0, 0],
  image_std: [1, 1, 1],
};

let hub: FakeHub;
let site: RunningSite;
let browser: Browser;
let tab: Tab;
let studio: StudioPage;

beforeAll(async () => {
  const [built, started, launched] = await Promise.all([buildSite(webFolder), startFakeHub(), launchChromium()]);
  [hub, browser] = [started, launched];
  site = await serveSite(built.files, false, [hub.url]);
  hub.repositories.set(
    repository,
    new Map([
      ['onnx/model.onnx', { bytes: padded(tinyImageModel()), lfs: true }],
      ['preprocessor_config.json', { bytes: new TextEncoder().encode(JSON.stringify(preprocessor)) }],
    ]),
  );
  tab = await openTab(browser, `${site.origin}/?engine=wasm`);
  studio = new StudioPage(tab.page);
  await studio.ready();
  await useHub(hub.url);
  await studio.nameClasses('Lemons', 'Tomatoes');
  for (const fruit of ['Lemons', 'Tomatoes'] as const) await studio.addPictures(fruit, await drawFruit(tab.page, fruit, 10));
});

beforeEach(() => {
  [hub.delay, hub.token, hub.cors] = [0, undefined, true];
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await hub?.[Symbol.asyncDispose]();
});

/** A model of half a megabyte: a metadata entry (field 14 of ModelProto) of random bytes, so that a download takes a while. */
function padded(model: Uint8Array): Uint8Array {
  const size = 500_000;
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
  const text = new TextEncoder().encode(randomBytes(size / 2).toString('hex'));
  const inner = Buffer.concat([Uint8Array.of(0x0a, 1, 0x78, 0x12, ...varint(text.length)), text]);
  return Buffer.concat([model, Uint8Array.of(0x72, ...varint(inner.length)), inner]);
}

async function useHub(url: string): Promise<void> {
  await tab.page.evaluate((address) => document.querySelector('headstart-studio')?.setAttribute('hub', address), url);
  await studio.ready();
}

async function choose(name: string): Promise<void> {
  await tab.page.getByRole('combobox', { name: 'Backbone' }).selectOption('');
  await tab.page.getByRole('textbox', { name: 'Name or address' }).fill(name);
  await tab.page.getByRole('button', { name: 'Use it' }).click();
  await tab.page
    .getByText(`hf:${name.replace(/^hf:/, '')}`)
    .first()
    .waitFor({ state: 'attached' });
}

/** Trains in vain, and gives what is said of it. */
async function complaint(): Promise<string> {
  await tab.page.getByRole('button', { name: /^Train/ }).click();
  const notice = tab.page.getByRole('alert');
  await notice.waitFor();
  const text = (await notice.textContent()) ?? '';
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  return text;
}

test('what the Hub does not give, or will not let a page read, is said with what to do', async () => {
  await choose('tiny/gone');
  expect(await complaint()).toMatch(/hf:tiny\/gone@main: the Hub does not give this repository or file, got status 404\. Check the name/);
  hub.token = 'hf_secret';
  await choose('hf:tiny/pictures');
  expect(await complaint()).toMatch(
    /got status 401\. .*Private and gated repositories cannot be read by a page: open it from `headstart serve`/,
  );
  hub.token = undefined;
  hub.cors = false;
  expect(await complaint()).toMatch(/could not be fetched from .*does not let pages read from it \(CORS\).*backbones\/ beside the page/);
  hub.cors = true;
  await tab.context.setOffline(true);
  expect(await complaint()).toMatch(/could not be fetched.*Connect to a network and try again/);
  await tab.context.setOffline(false);
});

test('a download shows how far it is, stops when it is told to, and goes on where it was', async () => {
  hub.delay = 60;
  await tab.page.getByRole('button', { name: /^Train/ }).click();
  await tab.page.getByText('Fetching the backbone: model.onnx').waitFor();
  await tab.page.getByText(/^[1-9][\d.]*\skB \/ \d/).waitFor();
  await tab.page.getByRole('button', { name: 'Cancel' }).click();
  await tab.page.getByText('Training was cancelled').waitFor();
  hub.delay = 0;
  const before = hub.requests.length;
  expect(await studio.train()).toMatch(/^(9\d|100)/);
  const ranges = hub.requests.slice(before).filter((request) => request.includes('/onnx/model.onnx'));
  expect(ranges).toEqual([expect.stringMatching(/bytes=[1-9]\d*-/)]);
});

test('once it is here, nothing is asked of the Hub any more', async () => {
  const before = [...hub.requests];
  await tab.page.reload();
  await studio.ready();
  const [unseen] = await drawFruit(tab.page, 'Tomatoes', 1, { seed: 99 });
  expect(await studio.classify(unseen as DrawnPicture)).toBe('Tomatoes');
  expect(hub.requests).toEqual(before);
});

test('a single prediction is stopped while its backbone comes, and asked again', async () => {
  const { bytes } = await studio.download(studio.exportButton('Bundle'));
  const other = await openTab(browser, `${site.origin}/?engine=wasm`);
  await other.page.evaluate((address) => document.querySelector('headstart-studio')?.setAttribute('hub', address), hub.url);
  const page = new StudioPage(other.page);
  await page.ready();
  const file = { name: 'fruit.headstart', mimeType: 'application/octet-stream', buffer: bytes };
  await page.choose(await page.menu(/^Open/), [file]);
  await other.page.getByText('Opened: fruit.headstart').waitFor();
  hub.delay = 60;
  const [lemon] = await drawFruit(other.page, 'Lemons', 1, { seed: 98 });
  await page.choose(other.page.getByRole('button', { name: 'Choose a picture' }), [lemon as DrawnPicture]);
  await other.page.getByText('Fetching the backbone: model.onnx').waitFor();
  await other.page.getByRole('button', { name: 'Cancel' }).click();
  await other.page.getByText('Stopped before there was an answer').waitFor();
  hub.delay = 0;
  await other.page.getByRole('button', { name: 'Try again' }).click();
  expect(await page.answer()).toBe('Lemons');
  await other.context.close();
});

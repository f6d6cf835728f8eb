import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BackboneCard,
  loadBackbone,
  openBundle,
  openEngine,
  parseProject,
  readDataset,
  stratifiedSplit,
  Tensor,
  trainHead,
} from '@headstart/core';
import { expectClose, launchChromium, runOracle, writeTinyProject } from '@headstart/testkit';
import { BlobReader, BlobWriter, TextWriter, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyCards, withBackbones } from './backbones.ts';
import { type DrawnPicture, drawFruit } from './pictures.ts';
import { type BuiltSite, buildSite, type RunningSite, serveSite, typeOf, webFolder } from './site.ts';
import { StudioPage, strangers } from './studio.ts';
import { openTab, patience, type Tab } from './tab.ts';
import { unzip } from './unzip.ts';

let built: BuiltSite;
let site: RunningSite;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  [built, browser, folder] = await Promise.all([buildSite(webFolder), launchChromium(), mkdtemp(join(tmpdir(), 'headstart-studio-'))]);
  process.env.HEADSTART_CACHE = join(folder, 'cache');
  await writeTinyProject(folder);
  site = await serveSite(await withBackbones(built.files), true);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function openStudio(query: string): Promise<{ studio: StudioPage; tab: Tab }> {
  const tab = await openTab(browser, `${site.origin}/?${query}`, { viewport: { width: 1400, height: 1000 } });
  const studio = new StudioPage(tab.page);
  await studio.ready();
  return { studio, tab };
}

/** The backbone of the tests as Node loads it: the same files, out of a folder. */
const localCard = (name: keyof typeof tinyCards) => ({ ...tinyCards[name], source: folder }) as unknown as BackboneCard;

test('the build takes nothing of Node along', () => {
  expect(built.warnings).toEqual([]);
});

describe('pictures', () => {
  let studio: StudioPage;
  let tab: Tab;
  let lemons: readonly DrawnPicture[];
  let bundle: Buffer;

  beforeAll(async () => {
    ({ studio, tab } = await openStudio('backbone=tiny-image&engine=webgpu'));
    lemons = await drawFruit(tab.page, 'Lemons', 24, { type: 'png' });
  });

  test('samples are added, moved, removed and brought back', async () => {
    await studio.nameClasses('Lemons', 'Tomatoes');
    await studio.addPictures('Lemons', lemons);
    const tomatoes = await drawFruit(tab.page, 'Tomatoes', 24, { type: 'png' });
    await studio.addPictures(
      'Tomatoes',
      [...tomatoes, { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') }],
      24,
    );
    await tab.page.getByText('1 file could not be used').first().waitFor();
    await studio.addPictures('Tomatoes', tomatoes.slice(0, 2), 24);
    await tab.page.getByText('2 exact copies left out').waitFor();

    const grid = studio.classCard('Lemons').getByRole('listbox');
    await grid.getByRole('option').nth(0).click();
    await grid
      .getByRole('option')
      .nth(2)
      .click({ modifiers: ['Shift'] });
    await studio.classCard('Lemons').getByRole('button', { name: 'Move to' }).click();
    await tab.page.getByRole('menuitem', { name: 'Tomatoes' }).click();
    await studio.waitForCount('Tomatoes', 27);
    await tab.page.getByRole('button', { name: 'Undo' }).first().click();
    await studio.waitForCount('Lemons', 24);

    await grid.focus();
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.keyboard.press('Space');
    await tab.page.keyboard.press('Delete');
    await studio.waitForCount('Lemons', 23);
    await tab.page.keyboard.press('Control+z');
    await studio.waitForCount('Lemons', 24);
  });

  test('a reloaded page has the samples where it left them', async () => {
    await tab.page.reload();
    await studio.ready();
    await studio.waitForCount('Lemons', 24);
    await studio.waitForCount('Tomatoes', 24);
    await studio.classCard('Lemons').locator('.tile img').first().waitFor();
  });

  test('a second tab asks before it takes the project over', async () => {
    const page = await tab.context.newPage();
    await page.goto(tab.page.url());
    await page.getByText('This project is open in another tab').waitFor();
    await page.getByRole('button', { name: 'Use it here' }).click();
    await new StudioPage(page).waitForCount('Lemons', 24);
    await tab.page.getByRole('button', { name: 'Use it here' }).click();
    await studio.waitForCount('Lemons', 24);
    await page.close();
  });

  test('trains, measures, and shows the samples behind a number', async () => {
    expect(await studio.train()).toMatch(/^(9\d|100)/);
    await tab.page.getByRole('button', { name: 'Details' }).click();
    const dialog = tab.page.getByRole('dialog', { name: 'How good is it?' });
    await dialog.getByRole('button', { name: '5 samples of Lemons answered as Lemons' }).click();
    await expect.poll(() => dialog.locator('figure img').count(), { timeout: patience }).toBe(5);
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  test('predicts a picture it has not seen, and shows where it sees it', async () => {
    const [unseen] = await drawFruit(tab.page, 'Tomatoes', 1, { seed: 99 });
    expect(await studio.classify(unseen as DrawnPicture)).toBe('Tomatoes');
    await tab.page.getByRole('button', { name: 'Where it looks' }).click();
    const canvas = tab.page.getByRole('img', { name: 'Where the network sees Tomatoes' });
    await canvas.waitFor();
    const opaque = await canvas.evaluate((element: HTMLCanvasElement) => {
      const { data } = element.getContext('2d')?.getImageData(0, 0, element.width, element.height) ?? { data: [] };
      return Array.from(data).filter((value, index) => index % 4 === 3 && value > 100).length / (element.width * element.height);
    });
    // The fruit is a part of the picture, not all of it.
    expect(opaque).toBeGreaterThan(0.02);
    expect(opaque).toBeLessThan(0.9);
  });

  test('the merged ONNX file gives in onnxruntime what the studio gives', async () => {
    const { name, bytes } = await studio.download(studio.exportButton('ONNX'));
    expect(name).toBe('default.onnx');
    const outputs = await runOracle(new Uint8Array(bytes), { input: Tensor.from(new Float32Array(3 * 32 * 32).fill(0.5), [1, 3, 32, 32]) });
    expect(outputs.probabilities?.shape).toEqual([1, 2]);
    expect((outputs.probabilities?.toNumbers() ?? []).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5);
  });

  test('the weights are those that Node trains on the same pictures', async () => {
    ({ bytes: bundle } = await studio.download(studio.exportButton('Bundle')));
    const entries = await unzip((await studio.download(await studio.menu(/^Save project/))).bytes);
    const photos = join(folder, 'project');
    for (const [path, entry] of entries) {
      await mkdir(join(photos, path, '..'), { recursive: true });
      await writeFile(join(photos, path), await entry.getData(new Uint8ArrayWriter()));
    }
    const project = parseProject((await entries.get('headstart.json')?.getData(new TextWriter())) ?? '');
    expect(project).toMatchObject({
      modality: 'image',
      classes: ['Lemons', 'Tomatoes'],
      data: [{ path: 'photos' }],
      runs: [{ status: 'done' }],
    });

    using engine = await openEngine({ backend: 'webgpu' });
    using backbone = await loadBackbone(localCard('tiny-image'), { engine });
    const { samples } = await readDataset(join(photos, 'photos'));
    const { train, test: held } = stratifiedSplit(samples, { fraction: project.head.testShare, seed: project.head.seed });
    const result = await trainHead(await backbone.extract(train), { engine, seed: project.head.seed });
    const metrics = result.evaluate(await backbone.extract(held));
    const opened = await openBundle(new Uint8Array(bundle));
    expect(opened.training).toMatchObject({ l2: result.training.l2, samples: train.length, engine: 'webgpu' });
    expectClose(opened.head.weights, result.head.weights, 'weights', 2e-3);
    expect(opened.metrics?.accuracy).toBe(metrics.accuracy);
  });

  test('a bundle is opened in another profile and predicts the same', async () => {
    const other = await openStudio('backbone=tiny-image&engine=wasm');
    const file = { name: 'fruit.headstart', mimeType: 'application/octet-stream', buffer: bundle };
    await other.studio.choose(await other.studio.menu(/^Open/), [file]);
    await other.tab.page.getByText('Opened: fruit.headstart').waitFor();
    expect(await other.studio.classify(lemons[0] as DrawnPicture)).toBe('Lemons');
    expect(other.tab.complaints).toEqual([]);
    await other.tab.context.close();
  });

  test('the web page of the zip runs the model', async () => {
    const entries = await unzip((await studio.download(studio.exportButton('Web page'))).bytes);
    const files = new Map<string, { type: string; bytes: Uint8Array }>();
    for (const [path, entry] of entries)
      files.set(path, { type: typeOf(path), bytes: (await entry.getData(new Uint8ArrayWriter())) as Uint8Array });
    const page = await serveSite(files, false);
    const own = await openTab(browser, page.origin);
    try {
      const predictor = new StudioPage(own.page);
      expect(await predictor.classify(lemons[1] as DrawnPicture)).toBe('Lemons');
      expect(strangers(own.requests, page.origin)).toEqual([]);
      expect(own.complaints).toEqual([]);
    } finally {
      await own.context.close();
      await page.close();
    }
  });

  test('without a network the page opens, trains and predicts', async () => {
    await tab.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await tab.context.setOffline(true);
    const before = site.requests.length;
    await tab.page.reload();
    await studio.ready();
    await studio.waitForCount('Lemons', 24);
    expect(await studio.train()).toMatch(/^(9\d|100)/);
    expect(await studio.classify(lemons[2] as DrawnPicture)).toBe('Lemons');
    // The browser looks for a newer service worker by itself.
    expect(site.requests.slice(before).filter((path) => path !== 'service-worker.js')).toEqual([]);
    await tab.context.setOffline(false);
  });

  test('no request has left the origin, and nothing was complained of', () => {
    expect(strangers(tab.requests, site.origin)).toEqual([]);
    expect(tab.complaints).toEqual([]);
  });
});

test('a folder of class folders makes the classes, a zip adds to them, and so does the clipboard', async () => {
  const { studio, tab } = await openStudio('backbone=tiny-image&engine=webgpu&project=folder');
  await tab.page.getByRole('button', { name: 'Add a folder or zip' }).click();
  await studio.choose(tab.page.getByRole('menuitem', { name: 'Choose a folder' }), join(folder, 'photos'));
  await studio.waitForCount('blue', 12);
  await studio.waitForCount('red', 12);
  // The empty classes that a project begins with have made room.
  expect(await tab.page.getByRole('textbox', { name: 'Class name' }).count()).toBe(2);
  expect(await studio.train()).toMatch(/^100/);

  const pictures = await drawFruit(tab.page, 'Limes', 3, { type: 'png' });
  const writer = new ZipWriter(new BlobWriter());
  for (const { name, buffer } of pictures.slice(0, 2))
    await writer.add(`more/green/${name}`, new BlobReader(new Blob([new Uint8Array(buffer)])));
  await writer.add('more/notes.txt', new BlobReader(new Blob(['not a picture'])));
  const zip = { name: 'more.zip', mimeType: 'application/zip', buffer: Buffer.from(await (await writer.close()).arrayBuffer()) };
  await tab.page.getByRole('button', { name: 'Add a folder or zip' }).click();
  await studio.choose(tab.page.getByRole('menuitem', { name: 'Choose a zip' }), [zip]);
  await studio.waitForCount('green', 2);

  const pasted = (pictures[2] as DrawnPicture).buffer.toString('base64');
  await studio.classCard('green').evaluate((card, base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
    card.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, pasted);
  await studio.waitForCount('green', 3);

  // Classes are moved by their menu and by key, and headstart.json keeps their order.
  const names = () =>
    tab.page.getByRole('textbox', { name: 'Class name' }).evaluateAll((fields) => fields.map((each) => (each as HTMLInputElement).value));
  expect(await names()).toEqual(['blue', 'red', 'green']);
  await studio.classCard('green').getByRole('button', { name: 'More for green' }).click();
  await tab.page.getByRole('menuitem', { name: 'Move earlier' }).click();
  await expect.poll(names).toEqual(['blue', 'green', 'red']);
  await studio.classCard('green').getByRole('textbox', { name: 'Class name' }).focus();
  await tab.page.keyboard.press('Alt+ArrowUp');
  await expect.poll(names).toEqual(['green', 'blue', 'red']);
  // The name has the keys still.
  await tab.page.keyboard.press('Alt+ArrowDown');
  await expect.poll(names).toEqual(['blue', 'green', 'red']);
  const { bytes } = await studio.download(await studio.menu(/^Save settings only/));
  expect(parseProject(bytes.toString()).classes).toEqual(['blue', 'green', 'red']);
  await tab.page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(names).toEqual(['green', 'blue', 'red']);
  const saved = {
    name: 'colours.zip',
    mimeType: 'application/zip',
    buffer: (await studio.download(await studio.menu(/^Save project/))).bytes,
  };
  const other = await openStudio('project=copy');
  await other.studio.choose(await other.studio.menu(/^Open/), [saved]);
  await other.studio.waitForCount('blue', 12);
  const copied = other.tab.page.getByRole('textbox', { name: 'Class name' });
  expect(await copied.evaluateAll((fields) => fields.map((each) => (each as HTMLInputElement).value))).toEqual(['green', 'blue', 'red']);
  await other.tab.context.close();
  expect(tab.complaints).toEqual([]);
  await tab.context.close();
});

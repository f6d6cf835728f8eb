import { launchChromium } from '@headstart/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations } from './axe.ts';
import { withBackbones } from './backbones.ts';
import { buildSite, type RunningSite, type SiteFile, serveSite, webFolder } from './site.ts';
import { StudioPage, strangers } from './studio.ts';
import { openTab, patience, type Tab } from './tab.ts';

/*
 * The elements in somebody else's page: their scripts lie in a folder of it, the page's policy allows nothing inline, and its styles are
 * made to get in the way.
 */

const foreignPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>A shop</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="./shop.css" />
    <script type="module" src="./vendor/headstart/headstart-studio.js"></script>
    <script type="module" src="./vendor/headstart/headstart-predictor.js"></script>
    <script type="module" src="./shop.js"></script>
  </head>
  <body>
    <main>
      <h1>Sort your mail</h1>
      <headstart-studio modality="text" backbone="tiny-text" engine="webgpu" project="shop"></headstart-studio>
      <div id="ready-made"></div>
    </main>
  </body>
</html>`;

const foreignStyle = `
button { display: none; }
* { font-size: 40px; }
headstart-studio { --headstart-accent: rgb(120, 10, 90); --headstart-radius: 0px; }
headstart-studio::part(primary-button) { text-transform: uppercase; }
`;

const foreignScript = `
window.heard = [];
for (const name of ['trained', 'predicted', 'exported'])
  document.addEventListener(name, ({ detail, target }) => window.heard.push({ name, target: target.localName, detail: { ...detail, blob: undefined } }));
`;

const reviews = [
  'text,label',
  ...['film', 'day', 'food'].flatMap((noun) => [
    `the ${noun} was good,yes`,
    `a fine ${noun},yes`,
    `the ${noun} was bad,no`,
    `an awful ${noun},no`,
  ]),
];

let browser: Browser;
let site: RunningSite;
let files: Map<string, SiteFile>;
let tab: Tab;
let studio: StudioPage;

const text = (type: string, content: string): SiteFile => ({ type, bytes: new TextEncoder().encode(content) });

beforeAll(async () => {
  const [built, launched] = await Promise.all([buildSite(webFolder), launchChromium()]);
  browser = launched;
  const vendor = await withBackbones(built.files);
  files = new Map([...vendor].map(([path, file]) => [`vendor/headstart/${path}`, file]));
  files.set('index.html', text('text/html', foreignPage));
  files.set('shop.css', text('text/css', foreignStyle));
  files.set('shop.js', text('text/javascript', foreignScript));
  site = await serveSite(files, false);
  tab = await openTab(browser, site.origin, { viewport: { width: 1100, height: 900 } });
  studio = new StudioPage(tab.page);
  await studio.ready();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const heard = (page: Tab['page']) =>
  page.evaluate(() => (window as unknown as { heard: { name: string; target: string; detail: object }[] }).heard);

describe('<headstart-studio>', () => {
  test('keeps its looks, and takes those that it offers', async () => {
    const train = tab.page.getByRole('button', { name: 'Train', exact: true });
    expect(await train.evaluate((element) => [getComputedStyle(element).display, getComputedStyle(element).textTransform])).toEqual([
      'flex',
      'uppercase',
    ]);
    const heading = tab.page.getByRole('heading', { name: 'Samples' });
    expect(await heading.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))).toBeLessThan(24);
  });

  test('texts come from a table and from the keyboard', async () => {
    const table = { name: 'reviews.csv', mimeType: 'text/csv', buffer: Buffer.from(`${reviews.join('\n')}\n`) };
    await studio.choose(tab.page.getByRole('button', { name: 'Choose a table' }), [table]);
    await studio.waitForCount('yes', 6);
    await studio.waitForCount('no', 6);
    await studio.classCard('yes').getByRole('button', { name: 'Write texts for yes' }).click();
    await studio.classCard('yes').getByRole('textbox', { name: 'Write texts for yes' }).fill('good good food\n\na fine fine day\n');
    await studio.classCard('yes').getByRole('button', { name: 'Add', exact: true }).click();
    await studio.waitForCount('yes', 8);
    await studio.classCard('yes').getByRole('option').getByText('a fine fine day').waitFor();
    await studio.classCard('yes').getByRole('button', { name: 'Close' }).click();
  });

  test('a text is edited in its place, by key and by hand', async () => {
    const list = studio.classCard('yes').getByRole('listbox');
    const field = studio.classCard('yes').getByRole('textbox', { name: 'Edit the text' });
    await list.focus();
    await tab.page.keyboard.press('Home');
    await tab.page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue(), { timeout: patience }).toBe('a fine fine day');
    await field.fill('a very good day');
    await tab.page.keyboard.press('Escape');
    await list.getByText('a fine fine day').waitFor();
    // The keys are on the list again.
    await tab.page.keyboard.press('F2');
    await field.fill('a very good day');
    await tab.page.keyboard.press('Enter');
    await list.getByText('a very good day').waitFor();
    expect(await list.getByRole('option').first().textContent()).toBe('a very good day');
    await tab.page.keyboard.press('Control+z');
    await list.getByText('a fine fine day').waitFor();
    await list.getByText('a fine fine day').click();
    await studio.classCard('yes').getByRole('button', { name: 'Edit', exact: true }).click();
    await field.waitFor();
    expect(await axeViolations(tab.page)).toEqual([]);
    await tab.page.keyboard.press('Escape');
    await studio.waitForCount('yes', 8);
  });

  test('trains, predicts and exports, and tells the page', async () => {
    await studio.train();
    await tab.page.getByRole('textbox', { name: 'Text to classify' }).fill('a good day');
    const answer = await studio.answer();
    expect(['yes', 'no']).toContain(answer);
    const { bytes } = await studio.download(studio.exportButton('Bundle'));
    files.set('model.headstart', { type: 'application/octet-stream', bytes: new Uint8Array(bytes) });
    const { name } = await studio.download(studio.exportButton('ONNX'));
    expect(name).toBe('shop.onnx');
    expect(await heard(tab.page)).toEqual([
      { name: 'trained', target: 'headstart-studio', detail: expect.objectContaining({ labels: ['no', 'yes'] }) },
      { name: 'predicted', target: 'headstart-studio', detail: expect.objectContaining({ label: answer }) },
      { name: 'exported', target: 'headstart-studio', detail: expect.objectContaining({ kind: 'bundle', name: 'shop.headstart' }) },
      { name: 'exported', target: 'headstart-studio', detail: expect.objectContaining({ kind: 'onnx', name: 'shop.onnx' }) },
    ]);
  });

  test('speaks another language, and goes on where it was, after its attributes change', async () => {
    await tab.page.evaluate(() => document.querySelector('headstart-studio')?.setAttribute('locale', 'de'));
    await tab.page.getByRole('heading', { name: 'Ausprobieren' }).waitFor();
    await studio.classCard('yes').getByText('8 Beispiele', { exact: true }).waitFor();
    await tab.page.evaluate(() => document.querySelector('headstart-studio')?.setAttribute('locale', 'en'));
    await studio.ready();
    await studio.waitForCount('yes', 8);
  });
});

describe('<headstart-predictor>', () => {
  test('runs a bundle', async () => {
    await tab.page.evaluate(() => {
      const element = document.createElement('headstart-predictor');
      element.setAttribute('src', './model.headstart');
      element.setAttribute('engine', 'wasm');
      document.querySelector('#ready-made')?.append(element);
    });
    const predictor = tab.page.locator('headstart-predictor');
    await predictor.getByRole('textbox', { name: 'Text to classify' }).fill('an awful film');
    await predictor.locator('.likely').waitFor();
    expect((await heard(tab.page)).at(-1)).toMatchObject({ name: 'predicted', target: 'headstart-predictor' });
  });
});

test('a model that is not there is said to be missing', async () => {
  await tab.page.evaluate(() => document.querySelector('headstart-predictor')?.setAttribute('src', './gone.headstart'));
  await tab.page.locator('headstart-predictor').getByText('gone.headstart answered 404').waitFor();
  await tab.page.evaluate(() => document.querySelector('headstart-predictor')?.setAttribute('src', './model.headstart'));
  await tab.page.locator('headstart-predictor').getByRole('textbox').waitFor();
  expect(tab.complaints.splice(0)).toEqual([expect.stringContaining('404')]);
});

test('axe finds nothing, nothing left the origin, and nothing was complained of', async () => {
  expect(await axeViolations(tab.page)).toEqual([]);
  expect(strangers(tab.requests, site.origin)).toEqual([]);
  expect(tab.complaints).toEqual([]);
});

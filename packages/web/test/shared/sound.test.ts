import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeClip, findCard, provideFiles } from '@headstart/core';
import { launchChromium } from '@headstart/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSite, type RunningSite, serveSite, typeOf, webFolder } from '../../e2e/site.ts';
import { StudioPage } from '../../e2e/studio.ts';
import { openTab, patience, type Tab } from '../../e2e/tab.ts';
import { encodeWav } from '../../src/support/wav.ts';

/*
 * The speech embedding and spoken digits: three words learned from two voices, and told apart in a third, out of files and off a microphone that
 * hears the word seven again and again.
 */

const digits = join(webFolder, '../../../shared/datasets/spoken-digits');
const card = findCard('speech-embedding');

let folder: string;
let site: RunningSite;
let browser: Browser;
let tab: Tab;
let studio: StudioPage;

beforeAll(async () => {
  const built = await buildSite(webFolder);
  const files = new Map(built.files);
  const root = `backbones/${card.name}/`;
  files.set(`${root}card.json`, { type: 'application/json', bytes: Buffer.from(JSON.stringify(card)) });
  const wanted = [{ path: card.model, sha256: card.sha256 as string }, ...card.files];
  for (const { path, location } of await provideFiles(card.source, wanted)) {
    files.set(root + path, { type: typeOf(path), bytes: await readFile(location) });
  }
  site = await serveSite(files, true);
  folder = await mkdtemp(join(tmpdir(), 'headstart-digits-'));
  const heard = join(folder, 'seven.wav');
  const parts: number[] = [];
  for (const name of await clips('7', 'theo', 6)) {
    const { samples } = await decodeClip(new Uint8Array(await readFile(join(digits, name))));
    parts.push(...samples, ...new Float32Array(8000));
  }
  await writeFile(heard, encodeWav({ rate: 8000, samples: Float32Array.from(parts) }));
  browser = await launchChromium([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${heard}`,
  ]);
  tab = await openTab(browser, `${site.origin}/?modality=audio&engine=webgpu`);
  studio = new StudioPage(tab.page);
  await studio.ready();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function clips(digit: string, speaker: string, count: number): Promise<readonly string[]> {
  return (await readdir(digits)).filter((name) => name.startsWith(`${digit}_${speaker}_`)).slice(0, count);
}

const given = async (name: string) => ({ name, mimeType: 'audio/wav', buffer: await readFile(join(digits, name)) });

test('digits of two voices become a model that hears a third', async () => {
  const words = { zero: '0', three: '3', seven: '7' };
  await studio.nameClasses(...Object.keys(words));
  for (const [word, digit] of Object.entries(words)) {
    const names = [...(await clips(digit, 'jackson', 15)), ...(await clips(digit, 'nicolas', 15))];
    await studio.addPictures(word, await Promise.all(names.map(given)));
  }
  const accuracy = Number.parseFloat(await studio.train());
  expect(accuracy).toBeGreaterThan(85);

  await tab.page.getByRole('tab', { name: 'File' }).click();
  let right = 0;
  let asked = 0;
  for (const [word, digit] of Object.entries(words)) {
    for (const name of await clips(digit, 'theo', 4)) {
      const unseen = await given(name);
      await studio.choose(tab.page.getByRole('button', { name: 'Choose a sound' }), [unseen]);
      await tab.page.locator('.sound-frame').getByText(name).waitFor();
      asked++;
      if ((await studio.answer()) === word) right++;
    }
  }
  await tab.page.getByRole('tab', { name: 'Microphone' }).click();
  await tab.page.getByRole('button', { name: 'Start the microphone' }).click();
  await expect.poll(() => studio.answer(), { timeout: patience }).toBe('seven');
  console.info(`accuracy ${accuracy} %, ${right} of ${asked} clips of a voice not heard right`);
  expect(right).toBeGreaterThanOrEqual(asked - 3);
  await tab.page.screenshot({ path: join(webFolder, 'test-results', 'real-sounds.png') });
  const { bytes } = await studio.download(studio.exportButton('ONNX'));
  expect(bytes.length).toBeGreaterThan(1_000_000);
  expect(tab.complaints).toEqual([]);
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodeClip,
  loadBackbone,
  openBundle,
  openEngine,
  parseProject,
  readDataset,
  resampleClip,
  stratifiedSplit,
  Tensor,
  trainHead,
} from '@headstart/core';
import { expectClose, launchChromium, runOracle, writeTinyProject } from '@headstart/testkit';
import { BlobReader, BlobWriter, TextReader, TextWriter, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMp3Encoder, createOggEncoder } from 'wasm-media-encoders';
import { encodeWav } from '../src/support/wav.ts';
import { axeViolations } from './axe.ts';
import { tinyCards, withBackbones } from './backbones.ts';
import { buildSite, type RunningSite, serveSite, typeOf, webFolder } from './site.ts';
import { type MadeSound, makeSamples, makeSounds, pitches } from './sounds.ts';
import { StudioPage, strangers } from './studio.ts';
import { openTab, patience, type Tab } from './tab.ts';
import { unzip } from './unzip.ts';

/*
 * Sounds: a microphone that hears a low tone (Chromium plays a file as its microphone), files, archives and manifests.
 */

let folder: string;
let site: RunningSite;
let browser: Browser;

beforeAll(async () => {
  const built = await buildSite(webFolder);
  site = await serveSite(await withBackbones(built.files), true);
  folder = await mkdtemp(join(tmpdir(), 'headstart-sound-'));
  process.env.HEADSTART_CACHE = join(folder, 'cache');
  await writeTinyProject(folder);
  const heard = join(folder, 'microphone.wav');
  await writeFile(heard, encodeWav({ rate: 48_000, samples: makeSamples(pitches.low, { seconds: 4, rate: 48_000 }) }));
  browser = await launchChromium([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${heard}`,
  ]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function openStudio(query: string, where = browser): Promise<{ studio: StudioPage; tab: Tab }> {
  const url = `${site.origin}/?modality=audio&backbone=tiny-audio&${query}`;
  const tab = await openTab(where, url, { viewport: { width: 1400, height: 1000 } });
  const studio = new StudioPage(tab.page);
  await studio.ready();
  return { studio, tab };
}

describe('a microphone and files', () => {
  let studio: StudioPage;
  let tab: Tab;
  let bundle: Buffer;
  let merged: Uint8Array;
  const unseen = makeSounds('high', 1, { seed: 9, seconds: 2.5 })[0] as MadeSound;
  const count = async () => Number.parseInt((await studio.classCard('low').locator('.count').textContent()) ?? '', 10);

  beforeAll(async () => {
    ({ studio, tab } = await openStudio('engine=webgpu'));
  });

  test('records while the button is held, and a series of clips', async () => {
    await studio.nameClasses('low', 'high');
    await tab.page.getByRole('button', { name: 'Record low with the microphone' }).click();
    const card = studio.classCard('low');
    const hold = card.getByRole('button', { name: 'Hold to record' });
    await expect.poll(() => hold.isEnabled(), { timeout: patience }).toBe(true);
    const level = card.getByRole('meter', { name: 'Input level' });
    await expect.poll(async () => Number(await level.getAttribute('aria-valuenow')), { timeout: patience }).toBeGreaterThan(50);
    // Another microphone can be chosen, and the level goes on.
    const which = card.getByRole('combobox', { name: 'Microphone' });
    await which.selectOption({ index: 1 });
    await expect.poll(() => which.inputValue(), { timeout: patience }).not.toBe('default');
    await expect.poll(() => hold.isEnabled(), { timeout: patience }).toBe(true);
    await which.selectOption({ index: 0 });
    await expect.poll(async () => Number(await level.getAttribute('aria-valuenow')), { timeout: patience }).toBeGreaterThan(50);
    await expect.poll(() => hold.isEnabled(), { timeout: patience }).toBe(true);
    await hold.focus();
    await tab.page.keyboard.down('Space');
    await card.getByText('Recording: clip 1').waitFor();
    await tab.page.waitForTimeout(700);
    await tab.page.keyboard.up('Space');
    await studio.waitForCount('low', 1);
    await card.getByRole('spinbutton', { name: 'Number of clips' }).fill('2');
    await card.getByRole('combobox', { name: 'Seconds a clip' }).selectOption('1');
    await card.getByRole('button', { name: 'Start' }).click();
    await card.getByText(/^(Get ready for|Now:) \d of 2/).waitFor();
    await studio.waitForCount('low', 3);
    expect(await axeViolations(tab.page)).toEqual([]);
    // A series is one step to undo.
    await tab.page.getByRole('button', { name: 'Undo' }).first().click();
    await studio.waitForCount('low', 1);
    await tab.page.getByRole('button', { name: 'Undo' }).first().click();
    await studio.waitForCount('low', 0);
    await card.getByRole('spinbutton', { name: 'Number of clips' }).fill('4');
    await card.getByRole('button', { name: 'Start' }).click();
    await studio.waitForCount('low', 4);
    await card.getByRole('button', { name: 'Close the microphone' }).click();
    expect(await count()).toBe(4);
  });

  test('takes files, and says which it cannot use', async () => {
    const high = makeSounds('high', 20, { seconds: 1.5 });
    const cut = { ...(high[0] as MadeSound), name: 'cut.wav', buffer: (high[0] as MadeSound).buffer.subarray(0, 900) };
    await studio.choose(studio.classCard('high').getByRole('button', { name: 'Add files' }), [
      ...high,
      cut,
      { name: 'notes.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('no sound') },
      { ...(high[1] as MadeSound), name: 'again.wav' },
    ]);
    await studio.waitForCount('high', 20);
    await tab.page.getByText('1 exact copy left out, 2 files could not be used').waitFor();
    await tab.page.getByRole('button', { name: 'Which?' }).click();
    await tab.page.getByRole('dialog').getByText('the recording is cut short').waitFor();
    await tab.page.getByRole('dialog').getByText('it is no WAV, MP3, FLAC or Ogg file').waitFor();
    await tab.page.getByRole('button', { name: 'Close' }).click();
    await studio.choose(studio.classCard('low').getByRole('button', { name: 'Add files' }), makeSounds('low', 16));
    await studio.waitForCount('low', 20);
  });

  test('plays a sample by key and by hand, moves it and brings it back', async () => {
    const grid = studio.classCard('high').getByRole('listbox');
    const shape = grid.locator('.waveform[data-drawn="true"]').first();
    await shape.waitFor();
    const edges = await shape.evaluate(async (element) => {
      const picture = new Image();
      picture.src = getComputedStyle(element).maskImage.replace(/^url\("?|"?\)$/g, '');
      await picture.decode();
      return [picture.naturalWidth, picture.naturalHeight];
    });
    expect(edges).toEqual([192, 48]);
    await grid.focus();
    await tab.page.keyboard.press('Home');
    await tab.page.keyboard.press('ArrowRight');
    // Who looks before it begins does not miss it.
    await Promise.all([grid.locator('.playing[aria-posinset="2"]').waitFor(), tab.page.keyboard.press('Enter')]);
    await grid.locator('.playing').waitFor({ state: 'detached' });
    const glyph = grid.getByRole('option').nth(4).locator('.sound-play');
    await Promise.all([grid.locator('.playing[aria-posinset="5"]').waitFor(), glyph.click()]);
    expect(await grid.getByRole('option', { selected: true }).count()).toBe(0);
    await grid.focus();
    await tab.page.keyboard.press('Space');
    await studio.classCard('high').getByRole('button', { name: 'Move to' }).click();
    await tab.page.getByRole('menuitem', { name: 'low' }).click();
    await studio.waitForCount('low', 21);
    await tab.page.keyboard.press('Control+z');
    await studio.waitForCount('high', 20);
  });

  test('trains, measures, and lets the samples behind a number be heard', async () => {
    expect(await studio.train()).toMatch(/^(9\d|100)/);
    await tab.page.getByRole('button', { name: 'Details' }).click();
    const dialog = tab.page.getByRole('dialog', { name: 'How good is it?' });
    await dialog.getByRole('button', { name: '4 samples of high answered as high' }).click();
    const clip = dialog.getByRole('button', { name: /^Play high-/ }).first();
    await Promise.all([dialog.locator('.sound-mistake[aria-pressed="true"]').waitFor(), clip.click()]);
    expect(await axeViolations(tab.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  test('the microphone is answered as it hears, and a file as well', async () => {
    await tab.page.getByRole('button', { name: 'Start the microphone' }).click();
    await expect.poll(() => studio.answer(), { timeout: patience }).toBe('low');
    await tab.page.getByRole('button', { name: 'Stop the microphone' }).click();
    await tab.page.getByRole('tab', { name: 'File' }).click();
    await studio.choose(tab.page.getByRole('button', { name: 'Choose a sound' }), [unseen]);
    await expect.poll(() => studio.answer(), { timeout: patience }).toBe('high');
    await Promise.all([
      tab.page.getByRole('button', { name: 'Stop', exact: true }).waitFor(),
      tab.page.getByRole('button', { name: 'Play', exact: true }).click(),
    ]);
    await tab.page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  });

  test('the merged ONNX file takes the waveform, and gives what the studio gives', async () => {
    const { name, bytes } = await studio.download(studio.exportButton('ONNX'));
    expect(name).toBe('default.onnx');
    const { samples } = resampleClip(await decodeClip(new Uint8Array(unseen.buffer)), 8000);
    // A stretch of three seconds, the clip in its middle.
    const waveform = new Float32Array(24_000);
    waveform.set(samples, Math.floor((24_000 - samples.length) / 2));
    merged = new Uint8Array(bytes);
    const { probabilities } = await runOracle(merged, { waveform: Tensor.from(waveform, [1, 24_000]) });
    const shown = await tab.page.locator('.bars .likely .bar-share').textContent();
    expect(Math.round(100 * Math.max(...(probabilities?.toNumbers() ?? [])))).toBeCloseTo(Number.parseInt(shown ?? '', 10), -0.5);
  });

  test('the weights are those that Node trains on the same clips', async () => {
    ({ bytes: bundle } = await studio.download(studio.exportButton('Bundle')));
    const entries = await unzip((await studio.download(await studio.menu(/^Save project/))).bytes);
    const copy = join(folder, 'project');
    for (const [path, entry] of entries) {
      await mkdir(join(copy, path, '..'), { recursive: true });
      await writeFile(join(copy, path), await entry.getData(new Uint8ArrayWriter()));
    }
    const project = parseProject((await entries.get('headstart.json')?.getData(new TextWriter())) ?? '');
    expect(project).toMatchObject({ modality: 'audio', classes: ['low', 'high'], data: [{ path: 'clips' }], runs: [{ status: 'done' }] });

    using engine = await openEngine({ backend: 'webgpu' });
    using backbone = await loadBackbone({ ...tinyCards['tiny-audio'], source: folder }, { engine });
    const { samples } = await readDataset(join(copy, 'clips'));
    const { train, test: held } = stratifiedSplit(samples, { fraction: project.head.testShare, seed: project.head.seed });
    const result = await trainHead(await backbone.extract(train), { engine, seed: project.head.seed });
    const metrics = result.evaluate(await backbone.extract(held));
    const opened = await openBundle(new Uint8Array(bundle));
    expect(opened.training).toMatchObject({ l2: result.training.l2, samples: train.length, engine: 'webgpu' });
    expectClose(opened.head.weights, result.head.weights, 'weights', 2e-3);
    expect(opened.metrics?.accuracy).toBe(metrics.accuracy);
  });

  test('the web page of the zip hears files and the microphone', async () => {
    const entries = await unzip((await studio.download(studio.exportButton('Web page'))).bytes);
    const files = new Map<string, { type: string; bytes: Uint8Array }>();
    for (const [path, entry] of entries)
      files.set(path, { type: typeOf(path), bytes: (await entry.getData(new Uint8ArrayWriter())) as Uint8Array });
    const page = await serveSite(files, false);
    const own = await openTab(browser, page.origin);
    try {
      const predictor = new StudioPage(own.page);
      await own.page.getByRole('button', { name: 'Start the microphone' }).click();
      await expect.poll(() => predictor.answer(), { timeout: patience }).toBe('low');
      await own.page.getByRole('tab', { name: 'File' }).click();
      await predictor.choose(own.page.getByRole('button', { name: 'Choose a sound' }), [unseen]);
      await expect.poll(() => predictor.answer(), { timeout: patience }).toBe('high');
      expect(strangers(own.requests, page.origin)).toEqual([]);
      expect(own.complaints).toEqual([]);
    } finally {
      await own.context.close();
      await page.close();
    }
  });

  test('code to run it elsewhere resamples and feeds the waveform', async () => {
    await tab.page.locator('.export', { hasText: 'Code' }).click();
    const dialog = tab.page.getByRole('dialog', { name: 'Run it elsewhere' });
    await dialog.getByText('new OfflineAudioContext(1, 1, 8000)').waitFor();
    // The page's code as it is, with a session that keeps what it is fed.
    const code = /async function classify[\s\S]*?\n {2}\}\n/.exec((await dialog.locator('code').first().textContent()) ?? '')?.[0];
    const fed = (await tab.page.evaluate(`(async () => {
      const ort = { Tensor: class { constructor(type, data, shape) { Object.assign(this, { type, data, shape }); } } };
      let fed;
      const session = { run: async ({ waveform }) => { fed = waveform; return { probabilities: { data: [] } }; } };
      ${code}
      const bytes = Uint8Array.from(atob('${unseen.buffer.toString('base64')}'), (character) => character.charCodeAt(0));
      await classify(new Blob([bytes]));
      return { type: fed.type, data: Array.from(fed.data), shape: fed.shape };
    })()`)) as { type: string; data: number[]; shape: number[] };
    expect([fed.type, fed.shape]).toEqual(['float32', [1, 24_000]]);
    const { probabilities } = await runOracle(merged, { waveform: Tensor.from(Float32Array.from(fed.data), [1, 24_000]) });
    const shown = await tab.page.locator('.bars .likely .bar-share').textContent();
    expect(Math.abs(100 * Math.max(...(probabilities?.toNumbers() ?? [])) - Number.parseInt(shown ?? '', 10))).toBeLessThan(3);
    await dialog.getByRole('tab', { name: 'Python' }).click();
    await dialog.getByText('soxr.resample(sound.mean(axis=1), rate, 8000)').waitFor();
    await tab.page.keyboard.press('Escape');
  });

  test('without a network the page opens, plays, trains and listens', async () => {
    await tab.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await tab.context.setOffline(true);
    const before = site.requests.length;
    await tab.page.reload();
    await studio.ready();
    await studio.waitForCount('low', 20);
    expect(await studio.train()).toMatch(/^(9\d|100)/);
    await tab.page.getByRole('button', { name: 'Start the microphone' }).click();
    await expect.poll(() => studio.answer(), { timeout: patience }).toBe('low');
    await tab.page.getByRole('button', { name: 'Stop the microphone' }).click();
    expect(site.requests.slice(before).filter((path) => path !== 'service-worker.js')).toEqual([]);
    await tab.context.setOffline(false);
  });

  test('no request has left the origin, and nothing was complained of', () => {
    expect(strangers(tab.requests, site.origin)).toEqual([]);
    expect(tab.complaints).toEqual([]);
  });
});

test('a zip with a table of parts and speakers: what is stored, heard, split and taken away', async () => {
  const { studio, tab } = await openStudio('engine=webgpu&project=parts');
  // Two speakers, each a recording of four sounds of a second.
  const writer = new ZipWriter(new BlobWriter());
  const rows = ['path,label,start,end,speaker'];
  for (const [index, speaker] of ['ann', 'bob', 'eve'].entries()) {
    const parts = [300, 1500, 310, 1480].map((hertz, part) => makeSamples(hertz, { seed: 10 * index + part, seconds: 1 }));
    const samples = Float32Array.from(parts.flatMap((part) => [...part]));
    await writer.add(`set/audio/${speaker}.wav`, new BlobReader(new Blob([encodeWav({ rate: 16_000, samples })])));
    for (let part = 0; part < 4; part++) rows.push(`audio/${speaker}.wav,${part % 2 ? 'high' : 'low'},${part},${part + 1},${speaker}`);
  }
  rows.push('audio/ann.wav,low,8,9,ann');
  await writer.add('set/list.csv', new TextReader(`${rows.join('\n')}\n`));
  const zip = { name: 'set.zip', mimeType: 'application/zip', buffer: Buffer.from(await (await writer.close()).arrayBuffer()) };
  await tab.page.getByRole('button', { name: 'Add a folder or zip' }).click();
  await studio.choose(tab.page.getByRole('menuitem', { name: 'Choose a zip' }), [zip]);
  await studio.waitForCount('low', 6);
  await studio.waitForCount('high', 6);
  await tab.page.getByText('1 file could not be used').first().waitFor();

  await tab.page.reload();
  await studio.ready();
  await studio.waitForCount('high', 6);
  const grid = studio.classCard('high').getByRole('listbox');
  expect(await grid.getByRole('option').first().textContent()).toContain('1.0 s');
  await grid.focus();
  await Promise.all([grid.locator('.playing').waitFor(), tab.page.keyboard.press('Enter')]);

  await studio.train();
  const opened = await openBundle(new Uint8Array((await studio.download(studio.exportButton('Bundle'))).bytes));
  // One speaker is held out whole.
  expect(opened.training.samples).toBe(8);
  const entries = await unzip((await studio.download(await studio.menu(/^Save project/))).bytes);
  // Parts of one recording share its bytes, on disk and in the zip.
  expect([...entries.keys()].filter((path) => path.startsWith('clips/'))).toEqual(['clips/ann.wav', 'clips/bob.wav', 'clips/eve.wav']);
  const copy = join(folder, 'parts');
  for (const [path, entry] of entries) {
    await mkdir(join(copy, path, '..'), { recursive: true });
    await writeFile(join(copy, path), await entry.getData(new Uint8ArrayWriter()));
  }
  using engine = await openEngine({ backend: 'webgpu' });
  using backbone = await loadBackbone({ ...tinyCards['tiny-audio'], source: folder }, { engine });
  const { samples } = await readDataset(join(copy, 'samples.csv'));
  const { train } = stratifiedSplit(samples, { fraction: 0.2, seed: 0 });
  const result = await trainHead(await backbone.extract(train), { engine, seed: 0 });
  expectClose(opened.head.weights, result.head.weights, 'weights', 2e-3);

  // And back from the zip, in another profile.
  const other = await openStudio('engine=webgpu&project=back');
  const saved = { name: 'parts.zip', mimeType: 'application/zip', buffer: Buffer.from(await rezip(entries)) };
  await other.studio.choose(await other.studio.menu(/^Open/), [saved]);
  await other.studio.waitForCount('low', 6);
  await other.studio.waitForCount('high', 6);
  expect(tab.complaints).toEqual([]);
  await other.tab.context.close();
  await tab.context.close();
});

test('MP3, Ogg Vorbis and what only the browser reads: named by label, they make the classes', async () => {
  const { studio, tab } = await openStudio('engine=wasm&project=kinds');
  const rate = 16_000;
  const encoded = async (create: typeof createMp3Encoder | typeof createOggEncoder, hertz: number) => {
    const encoder = await create();
    encoder.configure({ sampleRate: rate, channels: 1 } as never);
    return Buffer.concat([encoder.encode([makeSamples(hertz, { seconds: 1, rate })]).slice(), encoder.finalize().slice()]);
  };
  // A recording as browsers make them: Opus in WebM.
  const webm = await tab.page.evaluate(async () => {
    const context = new AudioContext();
    const [tone, target] = [context.createOscillator(), context.createMediaStreamDestination()];
    tone.connect(target);
    const recorder = new MediaRecorder(target.stream);
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    tone.start();
    recorder.start();
    await new Promise((resolve) => setTimeout(resolve, 800));
    recorder.stop();
    await new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
  });
  const drop = [
    { name: 'low_1.mp3', mimeType: 'audio/mpeg', buffer: await encoded(createMp3Encoder, 300) },
    { name: 'low_2.ogg', mimeType: 'audio/ogg', buffer: await encoded(createOggEncoder, 310) },
    { name: 'high_1.mp3', mimeType: 'audio/mpeg', buffer: await encoded(createMp3Encoder, 1500) },
    { name: 'high_2.webm', mimeType: 'audio/webm', buffer: Buffer.from(webm, 'base64') },
  ];
  await tab.page.locator('.samples-panel').evaluate(
    (panel, files) => {
      const dataTransfer = new DataTransfer();
      for (const { name, type, base64 } of files)
        dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name, { type }));
      panel.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    },
    drop.map(({ name, mimeType: type, buffer }) => ({ name, type, base64: buffer.toString('base64') })),
  );
  await studio.waitForCount('low', 2);
  await studio.waitForCount('high', 2);
  const lengths = await studio.classCard('low').locator('.sound-length').allTextContents();
  expect(lengths.map((text) => Math.round(Number.parseFloat(text)))).toEqual([1, 1]);
  // Two of each are enough for a head that follows them, and answers the microphone.
  await tab.page.getByRole('button', { name: 'Start the microphone' }).click();
  await tab.page.getByText('Live preview').waitFor();
  expect(['low', 'high']).toContain(await studio.answer());
  await tab.page.getByRole('button', { name: 'Stop the microphone' }).click();
  await studio.train();
  // Of what is long only the middle is heard, which is said.
  const [long] = makeSounds('low', 1, { seed: 3, seconds: 12 });
  await studio.choose(studio.classCard('low').getByRole('button', { name: 'Add files' }), [long as MadeSound]);
  await tab.page.getByText('longer than 10 seconds, of which only the middle is learned').waitFor();
  expect(tab.complaints).toEqual([]);
  await tab.context.close();
});

async function rezip(entries: Awaited<ReturnType<typeof unzip>>): Promise<ArrayBuffer> {
  const writer = new ZipWriter(new BlobWriter());
  for (const [path, entry] of entries) await writer.add(path, new BlobReader(await entry.getData(new BlobWriter())));
  return (await writer.close()).arrayBuffer();
}

test('without permission it says what to do', async () => {
  const strict = await launchChromium(['--use-fake-device-for-media-stream']);
  try {
    const { tab } = await openStudio('engine=wasm&project=denied', strict);
    await tab.page
      .getByRole('button', { name: /^Record .* with the microphone/ })
      .first()
      .click();
    await tab.page.getByRole('alert').getByText('Allow it in the address bar, then try again').waitFor();
    await tab.page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await axeViolations(tab.page)).toEqual([]);
  } finally {
    await strict.close();
  }
});

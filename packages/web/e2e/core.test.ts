import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { normal, Tensor } from '@headstart/core';
import { expectClose, launchChromium, runOracle, tinyImageModel, tinyPixelModel, tinyTextModel } from '@headstart/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as jobs from './page/jobs.ts';
import type { Backend, Call, ExtractJob, PlainFeatures, PlainTensor, TrainJob } from './page/protocol.ts';
import { encodePng, type PngOptions } from './png.ts';
import { type BuiltSite, buildSite, type RunningSite, serveSite, webFolder } from './site.ts';
import { openTab, type Tab } from './tab.ts';

/*
 * @headstart/core in a worker of Chromium, its GPU SwiftShader, against Node: the same functions (page/jobs.ts) run in both.
 */

let built: BuiltSite;
let site: RunningSite;
let browser: Browser;
let tab: Tab;
let cache: string;

beforeAll(async () => {
  [built, browser, cache] = await Promise.all([
    buildSite(join(webFolder, 'e2e/page')),
    launchChromium(),
    mkdtemp(join(tmpdir(), 'headstart-web-')),
  ]);
  process.env.HEADSTART_CACHE = cache;
  const model = { type: 'application/octet-stream', bytes: tinyPixelModel() };
  site = await serveSite(new Map([...built.files, ['models/pixels.onnx', model]]), true);
  tab = await openTab(browser, site.origin);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (cache) await rm(cache, { recursive: true, force: true });
});

/** Float32 standard normal numbers. */
const noise = (seed: number, count: number) => Float32Array.from({ length: count }, (_, index) => normal(seed, 'e2e', index));

type Jobs = typeof jobs;

/** Runs a job in the browser. */
function inBrowser<K extends keyof Jobs>(
  job: K,
  argument: Parameters<Jobs[K]>[0],
  { page }: Tab = tab,
): Promise<Awaited<ReturnType<Jobs[K]>>> {
  return page.evaluate((message) => window.call(message), { job, argument } as Call) as Promise<Awaited<ReturnType<Jobs[K]>>>;
}

const plain = ({ data, shape, dtype }: Tensor): PlainTensor => ({ data, shape, dtype });
const tensor = ({ data, shape, dtype }: PlainTensor): Tensor => Tensor.from(data, shape, dtype);

describe('the build', () => {
  test('takes nothing of Node along', () => {
    expect(built.warnings).toEqual([]);
  });

  test('loads onnxruntime only when it is used, from files of its own', () => {
    const names = [...built.files.keys()];
    expect(names.filter((name) => name.endsWith('.wasm'))).toHaveLength(1);
    const holders = names.filter(
      (name) => name.endsWith('.js') && /ort-wasm-simd/.test(Buffer.from(built.files.get(name)?.bytes ?? []).toString()),
    );
    expect(holders).toEqual([expect.stringMatching(/runtime-browser/)]);
  });
});

describe('models', () => {
  const image = { input: Tensor.from(noise(1, 2 * 3 * 32 * 32), [2, 3, 32, 32]) };
  const text = {
    input_ids: Tensor.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 0], [2, 5], 'int64'),
    attention_mask: Tensor.from([1, 1, 1, 1, 1, 1, 1, 1, 1, 0], [2, 5], 'int64'),
  };
  const cases: [string, () => Uint8Array, Record<string, Tensor>][] = [
    ['convolutional classifier', tinyImageModel, image],
    ['transformer', tinyTextModel, text],
  ];

  test.each(cases)('a %s gives what onnxruntime gives, on both engines', async (_, make, feeds) => {
    const model = make();
    const oracle = await runOracle(model, feeds);
    const plainFeeds = Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, plain(feed)]));
    for (const backend of ['webgpu', 'wasm'] as Backend[]) {
      const result = await inBrowser('run', { backend, model, feeds: plainFeeds });
      expect(result).toMatchObject({ backend, adapter: backend === 'webgpu' ? 'swiftshader' : undefined });
      for (const [name, expected] of Object.entries(oracle)) {
        expectClose(tensor(result.outputs[name] as PlainTensor), expected, `${name} on ${backend}`, 1e-4);
      }
    }
  });

  test('threads of onnxruntime load onnxruntime and nothing else', async () => {
    const isolated = await tab.page.evaluate(() => crossOriginIsolated);
    expect(isolated).toBe(true);
    const loads = (name: string) => tab.requests.filter((url) => url.includes(`/assets/${name}-`)).length;
    const threads = Math.min(8, await tab.page.evaluate(() => navigator.hardwareConcurrency));
    expect([loads('runtime-browser'), loads('engine'), loads('worker')]).toEqual([threads, 1, 1]);
  });

  test('a page that is not isolated computes on one thread, without a word', async () => {
    const open = await serveSite(built.files, false);
    const other = await openTab(browser, open.origin);
    try {
      const model = tinyImageModel();
      const { outputs } = await inBrowser('run', { backend: 'wasm', model, feeds: { input: plain(image.input) } }, other);
      expectClose(tensor(outputs.logits as PlainTensor), (await runOracle(model, image)).logits, 'logits', 1e-4);
      expect(other.complaints).toEqual([]);
    } finally {
      await other.context.close();
      await open.close();
    }
  });
});

describe('training', () => {
  /** Three clouds around corners of a cube, wide enough to overlap. */
  function clouds(seed: number, count: number): PlainFeatures {
    const dimension = 12;
    const values = noise(seed, count * dimension);
    const labels = Array.from({ length: count }, (_, row) => ['cat', 'dog', 'fox'][row % 3] as string);
    for (let row = 0; row < count; row++) {
      for (let axis = row % 3; axis < dimension; axis += 3)
        values[row * dimension + axis] = (values[row * dimension + axis] as number) + 0.8;
    }
    return { ids: labels.map((_, row) => `sample ${row}`), labels, values: plain(Tensor.from(values, [count, dimension])) };
  }
  const job: TrainJob = { backend: 'webgpu', train: clouds(1, 90), test: clouds(2, 60), l2: 0.1, seed: 7 };

  test('a head has the weights and the accuracy it has in Node', async () => {
    const [here, there] = [await jobs.train(job), await inBrowser('train', job)];
    expect(there).toMatchObject({ engine: 'webgpu', l2: 0.1, accuracy: here.accuracy });
    expectClose(tensor(there.weights), tensor(here.weights), 'weights', 1e-4);
    expectClose(tensor(there.bias), tensor(here.bias), 'bias', 1e-4);
    expect(there.accuracy).toBeGreaterThan(0.6);
    expect(there.accuracy).toBeLessThan(1);
  });
});

describe('pictures', () => {
  const [width, height] = [37, 23];
  /** Samples of a gradient with noise: no two neighbours alike. */
  const samples = (channels: number, bytes = 1) =>
    Uint8Array.from({ length: width * height * channels * bytes }, (_, offset) => (offset * 7 + ((offset * offset) >> 5) * 13) & 255);
  const png = (options: Omit<PngOptions, 'width' | 'height'>) => encodePng({ width, height, ...options });
  const pictures: [string, Uint8Array<ArrayBuffer>, number][] = [
    ['colour', png({ kind: 'rgb', samples: samples(3) }), 0],
    ['grey', png({ kind: 'grey', samples: samples(1) }), 0],
    ['a palette', png({ kind: 'palette', palette: samples(3).slice(0, 768), samples: samples(1) }), 0],
    ['16 bits', png({ kind: 'rgb', depth: 16, samples: samples(3, 2) }), 0],
    ['a camera held sideways', png({ kind: 'rgb', orientation: 6, samples: samples(3) }), 0],
    // libvips rounds blended pixels down, the browser to the nearest.
    ['what shines through', png({ kind: 'rgb-alpha', samples: samples(4) }), 1],
    ['grey that shines through', png({ kind: 'grey-alpha', samples: samples(2) }), 1],
  ];

  test.each(pictures)('%s decodes to the pixels it has in Node', async (_, bytes, tolerance) => {
    const [here, there] = [await jobs.decode(bytes), await inBrowser('decode', bytes)];
    expect([there.width, there.height, there.data.length]).toEqual([here.width, here.height, width * height * 3]);
    const differences = here.data.map((value, offset) => Math.abs(value - (there.data[offset] as number)));
    expect(Math.max(...differences)).toBeLessThanOrEqual(tolerance);
  });

  test('what is no picture is refused', async () => {
    await expect(inBrowser('decode', new TextEncoder().encode('<html>not found</html>'))).rejects.toThrow('could not be decoded');
  });

  test('an Opus file has the sound it has in Node', async () => {
    const bytes = new Uint8Array(await readFile(new URL('../../core/test/data/tone-stereo.opus', import.meta.url)));
    const [here, there] = [await jobs.hear(bytes), await inBrowser('hear', bytes)];
    expect(there.rate).toBe(48000);
    expect(here.samples.length).toBeGreaterThan(20_000);
    expect(there.samples).toEqual(here.samples);
  });

  test('resized and kept: a reloaded page finds model and features where it left them', async () => {
    const job: ExtractJob = {
      backend: 'webgpu',
      source: `${site.origin}/models/`,
      model: 'pixels.onnx',
      cut: 'pixels',
      image: {
        height: 8,
        width: 12,
        fit: 'crop',
        shortest: 10,
        filter: 'bicubic',
        channels: 'rgb',
        scale: 1 / 255,
        mean: [0.5, 0.4, 0.3],
        std: [0.2, 0.3, 0.4],
      },
      pictures: [
        ...pictures.slice(0, 4).map(([id, bytes]) => ({ id, bytes })),
        { id: 'broken', bytes: new TextEncoder().encode('nothing') },
      ],
    };
    const here = await jobs.extract(job);
    const fetched = () => site.requests.filter((path) => path === 'models/pixels.onnx').length;
    const before = fetched();
    const first = await inBrowser('extract', job);
    expect(first.values.shape).toEqual([4, 3 * 8 * 12]);
    expectClose(tensor(first.values), tensor(here.values), 'features', 1e-6);
    expect(first).toMatchObject({ ids: here.ids, reused: 0, skipped: [{ id: 'broken' }] });
    expect(fetched()).toBe(before + 1);

    await tab.page.reload();
    const second = await inBrowser('extract', job);
    expect(second.reused).toBe(4);
    expect(second.values).toEqual(first.values);
    expect(fetched()).toBe(before + 1);
  });
});

test('nothing left the origin, and nothing was complained of', () => {
  expect(tab.requests.length).toBeGreaterThan(3);
  expect(tab.requests.filter((url) => !url.startsWith(`${site.origin}/`) && !url.startsWith('data:'))).toEqual([]);
  expect(tab.complaints).toEqual([]);
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFakeHub } from '../../test/support/fake-hub.ts';
import { json, tinyImageModel, tinyTextModel, tinyTokenizer, tinyTokenizerConfig } from '../../test/support/tiny-models.ts';
import type { Engine, LoadOptions } from '../session/engine.ts';
import { openEngine } from '../session/open-engine.ts';
import { type Backbone, type BackboneOptions, loadBackbone } from './backbone.ts';
import type { ExtractionProgress } from './progress.ts';
import type { Sample } from './sample.ts';

let folder: string;
let engines: Record<'webgpu' | 'wasm', Engine>;
beforeAll(async () => {
  engines = { webgpu: await openEngine({ backend: 'webgpu' }), wasm: await openEngine({ backend: 'wasm' }) };
});
afterAll(() => {
  for (const engine of Object.values(engines)) engine.dispose();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-backbone-'));
  process.env.HEADSTART_CACHE = join(folder, 'cache');
});
afterEach(async () => {
  delete process.env.HEADSTART_CACHE;
  await rm(folder, { recursive: true, maxRetries: 5 });
});

const plain = { fit: 'stretch', scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1], height: 8, width: 8 } as const;

async function picture(id: string, color: string, label: string, width = 5, height = 7): Promise<Sample> {
  const bytes = new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background: color } })
      .png()
      .toBuffer(),
  );
  return { id, label, read: async () => bytes };
}

async function imageBackbone(engine: Engine, options: BackboneOptions = {}): Promise<Backbone> {
  const path = join(folder, 'model.onnx');
  await writeFile(path, tinyImageModel());
  return loadBackbone(path, { engine, image: plain, ...options });
}

describe.each(['webgpu', 'wasm'] as const)('%s', (backend) => {
  test('pictures to features: the mean colour, and the sum of it', async () => {
    using backbone = await imageBackbone(engines[backend]);
    expect(backbone.dimension).toBe(4);
    expect(backbone.reference).toMatchObject({ modality: 'image', pooling: 'none', cut: 'flat' });
    const samples = [
      await picture('red', '#ff0000', 'warm'),
      { id: 'broken', label: 'warm', read: async () => new TextEncoder().encode('no picture') },
      await picture('grey', '#333333', 'cold', 20, 3),
      { id: 'gone', label: 'cold', read: () => Promise.reject(new Error('ENOENT')) },
      await picture('red again', '#ff0000', 'warm'),
    ];
    const progress: ExtractionProgress[] = [];
    const features = await backbone.extract(samples, { batchSize: 2, onProgress: (each) => progress.push(each) });
    expect(features.ids).toEqual(['red', 'grey', 'red again']);
    expect(features.labels).toEqual(['warm', 'cold', 'warm']);
    expect(features.values.toNumbers()).toEqual([1, 0, 0, 1, 0.2, 0.2, 0.2, 0.6, 1, 0, 0, 1].map((value) => expect.closeTo(value, 5)));
    expect(features.skipped.map(({ id }) => id).sort()).toEqual(['broken', 'gone']);
    expect(features.skipped.find(({ id }) => id === 'broken')?.reason).toContain('no picture that can be decoded');
    expect(progress.at(-1)).toMatchObject({ done: 4, total: 4, reused: 0 });
  });

  test('a second run extracts nothing; a new picture is all that is computed', async () => {
    const samples = [await picture('a', '#ff0000', 'x'), await picture('b', '#00ff00', 'y')];
    const first = await (await imageBackbone(engines[backend])).extract(samples);
    const again = await imageBackbone(engines[backend]);
    const second = await again.extract(samples);
    expect([first.reused, second.reused]).toEqual([0, 2]);
    expect(second.values).toEqual(first.values);
    expect((await again.extract([...samples, await picture('c', '#0000ff', 'y')])).reused).toBe(2);
    // Other preprocessing, other features.
    const larger = await imageBackbone(engines[backend], { image: { ...plain, height: 16 } });
    expect((await larger.extract(samples)).reused).toBe(0);
  });

  test('a text model of the Hub, with its tokenizer', async () => {
    await using hub = await startFakeHub();
    process.env.HF_ENDPOINT = hub.url;
    try {
      const files = {
        'onnx/model.onnx': { bytes: tinyTextModel(), lfs: true },
        'config.json': { bytes: json({ max_position_embeddings: 32 }) },
        'tokenizer.json': { bytes: json(tinyTokenizer) },
        'tokenizer_config.json': { bytes: json(tinyTokenizerConfig) },
      };
      hub.repositories.set('tiny/text', new Map(Object.entries(files)));
      using backbone = await loadBackbone('hf:tiny/text', { engine: engines[backend] });
      expect(backbone.reference).toMatchObject({
        modality: 'text',
        cut: 'last_hidden_state',
        pooling: 'mean-mask',
        text: { maxTokens: 32 },
      });
      const texts = ['good film', 'bad', 'good day good day good day good day good day good day good day good day good day'];
      const features = await backbone.extract(texts.map((text, index) => ({ id: `t${index}`, text })));
      const embedding = (id: number) => [0, 1, 2, 3].map((index) => 3 * ((((4 * id + index) * 7) % 13) - 6));
      const mean = (ids: number[]) =>
        [0, 1, 2, 3].map((index) => ids.reduce((sum, id) => sum + (embedding(id)[index] as number), 0) / ids.length);
      const long = [2, ...Array.from({ length: 9 }, () => [4, 7]).flat(), 3];
      const expected = [mean([2, 4, 6, 3]), mean([2, 5, 3]), mean(long)].flat();
      expect(features.values.toNumbers()).toEqual(expected.map((value) => expect.closeTo(value, 4)));
      hub.repositories.clear();
      using offline = await loadBackbone('hf:tiny/text', { engine: engines[backend], offline: true });
      expect(offline.reference).toEqual(backbone.reference);
    } finally {
      delete process.env.HF_ENDPOINT;
    }
  });
});

test('an image model of the Hub is fed as its preprocessor_config.json says', async () => {
  await using hub = await startFakeHub();
  process.env.HF_ENDPOINT = hub.url;
  try {
    const preprocessor = {
      do_center_crop: true,
      crop_size: 4,
      size: { shortest_edge: 6 },
      image_mean: [0, 0, 0],
      image_std: [0.5, 0.5, 0.5],
      resample: 3,
    };
    hub.repositories.set(
      'tiny/image',
      new Map([
        ['onnx/model.onnx', { bytes: tinyImageModel(), lfs: true }],
        ['preprocessor_config.json', { bytes: json(preprocessor) }],
      ]),
    );
    using backbone = await loadBackbone('hf:tiny/image@v1', { engine: engines.wasm });
    expect(backbone.reference.image).toMatchObject({
      height: 4,
      width: 4,
      fit: 'crop',
      shortest: 6,
      filter: 'bicubic',
      std: [0.5, 0.5, 0.5],
    });
    expect(backbone.notes).toEqual([]);
    const { values } = await backbone.extract([await picture('a', '#ff0000', 'x')]);
    expect(values.toNumbers()).toEqual([2, 0, 0, 2].map((value) => expect.closeTo(value, 5)));
  } finally {
    delete process.env.HF_ENDPOINT;
  }
});

test('what is not said is assumed and told; a card beside the model says it', async () => {
  const path = join(folder, 'mine.onnx');
  await writeFile(path, tinyImageModel());
  using guessed = await loadBackbone(path, { engine: engines.wasm });
  expect(guessed.reference.image).toMatchObject({ height: 224, width: 224, fit: 'crop', shortest: 256 });
  expect(guessed.notes).toHaveLength(1);
  await writeFile(
    join(folder, 'mine.json'),
    JSON.stringify({ image: plain, cut: 'rectified', pooling: 'mean', normalise: true, licence: 'MIT' }),
  );
  using told = await loadBackbone(path, { engine: engines.wasm });
  expect(told.reference).toMatchObject({ cut: 'rectified', pooling: 'mean', normalise: true, licence: 'MIT', image: plain });
  expect(told.notes).toEqual([]);
  const { values } = await told.extract([await picture('a', '#ff0000', 'x')]);
  expect(values.toNumbers()).toEqual([Math.SQRT1_2, 0, 0, Math.SQRT1_2].map((value) => expect.closeTo(value, 5)));
});

test('cancelling keeps what was done', async () => {
  using backbone = await imageBackbone(engines.wasm);
  const samples = await Promise.all(Array.from({ length: 6 }, (_, index) => picture(`p${index}`, `#0000${10 + index}`, 'x')));
  const controller = new AbortController();
  const cancelled = backbone.extract(samples, {
    batchSize: 2,
    signal: controller.signal,
    onProgress: ({ done }) => done >= 2 && controller.abort(),
  });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect((await backbone.extract(samples)).reused).toBe(2);
});

test('shuffled weights are another backbone', async () => {
  using backbone = await imageBackbone(engines.wasm, { shuffleSeed: 1 });
  using pretrained = await imageBackbone(engines.wasm);
  const samples = [await picture('a', '#ff8000', 'x')];
  await pretrained.extract(samples);
  const shuffled = await backbone.extract(samples);
  expect(shuffled.reused).toBe(0);
});

test('a string is a text for a text model and a path for an image model', async () => {
  using backbone = await imageBackbone(engines.wasm);
  const sample = await picture('named', '#ff0000', 'x');
  const path = join(folder, 'named.png');
  await writeFile(path, (await sample.read?.()) as Uint8Array);
  const [byPath, byReader] = [await backbone.extract([path, { id: 'p', path }]), await backbone.extract([sample])];
  expect(byPath.ids).toEqual([path, 'p']);
  expect(byPath.values.data.slice(0, backbone.dimension)).toEqual(byReader.values.data);
  expect((await backbone.extract(['nowhere.png'])).skipped[0]?.id).toBe('nowhere.png');
});

test('errors say what to do', async () => {
  await expect(loadBackbone('minilm')).rejects.toThrow("no backbone is named 'minilm', expected minilm-l6, densenet121");
  await writeFile(join(folder, 'cut.onnx'), tinyImageModel().subarray(0, 100));
  await expect(loadBackbone(join(folder, 'cut.onnx'))).rejects.toMatchObject({ code: 'invalid-model' });
  await mkdir(join(folder, 'text'));
  await writeFile(join(folder, 'text', 'model.onnx'), tinyTextModel());
  await expect(loadBackbone(join(folder, 'text', 'model.onnx'))).rejects.toThrow('a text model without its tokenizer');
  await expect(loadBackbone('minilm-l6', { offline: true })).rejects.toMatchObject({ code: 'offline' });
  using backbone = await imageBackbone(engines.wasm);
  const { skipped } = await backbone.extract([{ id: 't', text: 'a text' }]);
  expect(skipped[0]?.reason).toContain('this backbone takes pictures, and the sample is none');
});

describe('parity', () => {
  /** A real engine with one operator broken, as a faulty driver would: what it calls Relu is the identity. */
  function faulty(engine: Engine): Engine {
    return {
      ...engine,
      backend: 'webgpu',
      adapter: { vendor: 'faulty', architecture: '', description: 'a faulty adapter', kind: 'software', features: [] },
      load(model, options?: LoadOptions) {
        const graph = 'graph' in model ? model.graph : model;
        const nodes = graph.nodes.map((node) => (node.type === 'Relu' ? { ...node, type: 'Identity' } : node));
        return engine.load({ ...graph, nodes }, options);
      },
      upload: (tensor) => engine.upload(tensor),
      dispose: () => undefined,
      [Symbol.dispose]: () => undefined,
    };
  }

  test('a wrong operator is found and named, and nothing is kept', async () => {
    const spec = { ...plain, mean: [0.5, 0.5, 0.5] };
    using backbone = await imageBackbone(faulty(engines.webgpu), { image: spec });
    const samples = [await picture('a', '#ff2010', 'x'), await picture('b', '#10ff20', 'y')];
    for (let run = 0; run < 2; run++) {
      await expect(backbone.extract(samples)).rejects.toThrow(
        /a faulty adapter: the webgpu engine gives other features than onnxruntime, expected cosine ≥ 0\.9999, got .*; the first value that differs is 'rectified' of Relu 'relu'/,
      );
    }
    using right = await imageBackbone(engines.wasm, { image: spec });
    expect((await right.extract(samples)).reused).toBe(0);
  });

  test('passing is remembered', async () => {
    const samples = [await picture('a', '#ff0000', 'x')];
    await (await imageBackbone(engines.webgpu)).extract(samples, { store: false });
    const opened: string[] = [];
    const watched: Engine = {
      ...engines.webgpu,
      backend: 'webgpu',
      adapter: engines.webgpu.adapter,
      load(model, options) {
        opened.push(options?.outputs?.join() ?? 'all');
        return engines.webgpu.load(model, options);
      },
      upload: (tensor) => engines.webgpu.upload(tensor),
      dispose: () => undefined,
      [Symbol.dispose]: () => undefined,
    };
    await (await imageBackbone(watched)).extract(samples, { store: false });
    // The comparison would have asked for the features by name.
    expect(opened).not.toContain('flat');
    expect(opened.length).toBeGreaterThan(0);
  });
});

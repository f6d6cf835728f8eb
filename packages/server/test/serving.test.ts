import { readFile } from 'node:fs/promises';
import { type Engine, openEngine } from '@headstart/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultLimits, defaultServing } from '../src/config.ts';
import { Batcher } from '../src/engine/batcher.ts';
import type { Item, OpenSpec } from '../src/engine/protocol.ts';
import { Workbench } from '../src/engine/workbench.ts';
import { Problem } from '../src/errors.ts';
import { RateLimiter } from '../src/security/rate.ts';
import { serve } from '../src/server.ts';
import { type Client, Harness, uploadTinyBackbones } from './support/harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.open();
});
afterAll(() => harness[Symbol.asyncDispose]());

const spec = { key: 'k' } as OpenSpec;
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

/** An engine that answers when it is told to. */
function manual() {
  const runs: { readonly items: readonly Item[]; readonly batch: number; readonly answer: () => void }[] = [];
  const run = (_: OpenSpec, items: readonly Item[], batch: number) =>
    new Promise<{ error: string }[]>((resolve) => {
      runs.push({ items, batch, answer: () => resolve(items.map(({ text }) => ({ error: `${text}` }))) });
    });
  return { runs, run };
}

describe('the batcher', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('what comes within the latency budget, and while a run is under way, shares the next run', async () => {
    const { runs, run } = manual();
    const batcher = new Batcher({ ...defaultServing, latencyMs: 10, maxBatch: 4, queue: 100 }, run);
    const asked = ['a', 'b', 'c'].map((text) => batcher.submit(spec, [{ text }]));
    await vi.advanceTimersByTimeAsync(50);
    expect(runs.map(({ items, batch }) => [items.length, batch])).toEqual([[3, 4]]);
    const more = batcher.submit(
      spec,
      ['d', 'e', 'f', 'g', 'h'].map((text) => ({ text })),
    );
    const other = batcher.submit({ ...spec, key: 'other' }, [{ text: 'x' }]);
    await vi.advanceTimersByTimeAsync(50);
    expect(runs.map(({ items }) => items.length)).toEqual([3, 1]);
    runs[0]?.answer();
    await vi.advanceTimersByTimeAsync(50);
    runs[2]?.answer();
    await vi.advanceTimersByTimeAsync(50);
    for (const each of runs) each.answer();
    expect(runs.map(({ items }) => items.length)).toEqual([3, 1, 4, 1]);
    expect(await Promise.all([...asked, more, other])).toEqual([
      [{ error: 'a' }],
      [{ error: 'b' }],
      [{ error: 'c' }],
      ['d', 'e', 'f', 'g', 'h'].map((error) => ({ error })),
      [{ error: 'x' }],
    ]);
    expect(batcher.queued).toBe(0);
  });

  test('a full queue refuses with the time to wait, and takes nothing of what it refused', async () => {
    const { runs, run } = manual();
    const batcher = new Batcher({ ...defaultServing, latencyMs: 0, maxBatch: 2, queue: 3 }, run);
    const taken = batcher.submit(spec, [{ text: 'a' }, { text: 'b' }]);
    await vi.advanceTimersByTimeAsync(50);
    const waiting = batcher.submit(spec, [{ text: 'c' }]);
    const refused = batcher.submit(spec, [{ text: 'd' }, { text: 'e' }, { text: 'f' }]);
    await expect(refused).rejects.toMatchObject({ status: 429, retryAfter: 1 });
    await expect(refused).rejects.toBeInstanceOf(Problem);
    runs[0]?.answer();
    await vi.advanceTimersByTimeAsync(50);
    runs[1]?.answer();
    expect((await Promise.all([taken, waiting])).flat()).toHaveLength(3);
  });

  test('a client that went away costs no run', async () => {
    const { runs, run } = manual();
    const batcher = new Batcher({ ...defaultServing, latencyMs: 10 }, run);
    const gone = new AbortController();
    const asked = batcher.submit(spec, [{ text: 'a' }], gone.signal);
    gone.abort();
    const refused = expect(asked).rejects.toMatchObject({ status: 408 });
    await vi.advanceTimersByTimeAsync(50);
    await refused;
    expect(runs).toEqual([]);
  });
});

test('a lost device is opened again, and the batch is answered all the same', async () => {
  const opened: Engine[] = [];
  const bench = new Workbench({ engine: 'webgpu', cache: harness.project('cache'), offline: true, backbones: 2 }, async () => {
    const engine = await openEngine({ backend: 'webgpu' });
    opened.push(engine);
    return engine;
  });
  const card = {
    name: 'tiny',
    title: '',
    modality: 'image',
    source: harness.project(),
    model: 'image.onnx',
    files: [],
    licence: '',
    homepage: '',
  } as const;
  const items = [{ bytes: new Uint8Array(await readFile(harness.project('photos/red/1.png'))) }];
  const ask = () =>
    bench.methods.serve(
      { spec: { key: 'tiny', card }, items, batch: 1 },
      { signal: new AbortController().signal, progress: () => undefined },
    );
  const before = await ask();
  expect(before).toMatchObject([{ features: expect.any(Float32Array) }]);
  // What the driver does to us when it resets.
  opened[0]?.dispose();
  expect(await ask()).toEqual(before);
  expect(opened).toHaveLength(2);
  expect(bench.loaded).toEqual(['tiny']);
  bench.dispose();
});

async function trained(client: Client): Promise<{ one: string; two: string }> {
  await uploadTinyBackbones(client, harness);
  const { id } = await (await client.api.v1.datasets.$post({ json: { name: 'Reviews' } })).json();
  await client.upload(id, [{ name: 'reviews.csv', content: await readFile(harness.project('reviews.csv'), 'utf8') }]);
  const train = async (l2: number) => {
    const job = await (
      await client.api.v1.jobs.$post({ json: { kind: 'train', dataset: id, backbone: 'tiny-text', l2, exportOnnx: false } })
    ).json();
    return String((await client.finished(job.id)).model);
  };
  return { one: await train(0.001), two: await train(1) };
}

/** Runs of backbones and samples in them, as the metrics say. */
async function runsOf({ ask }: Awaited<ReturnType<Harness['port']>>): Promise<{ runs: number; samples: number }> {
  const text = await (await ask('/v1/metrics')).text();
  const figure = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return { runs: figure('headstart_engine_run_seconds_count'), samples: figure('headstart_engine_samples_total') };
}

test('32 predictors at once on two heads of one backbone: every answer right, several to a run', async () => {
  const server = await harness.port({ serving: { ...defaultServing, latencyMs: 300, maxBatch: 16 } });
  const { one, two } = await trained(server.client);
  const texts = ['a good film', 'the day was awful', 'a bad day', 'the food was fine'];
  const answer = async (model: string, input: string) => {
    const response = await server.client.api.v1.models[':model'].predict.$post({ param: { model }, json: { input } });
    const [prediction] = (await response.json()).predictions;
    return prediction as { label: string; confidence: number };
  };
  const expected = new Map<string, { label: string; confidence: number }>();
  for (const model of [one, two]) for (const text of texts) expected.set(`${model} ${text}`, await answer(model, text));
  expect(expected.get(`${one} a good film`)?.confidence).toBeGreaterThan(expected.get(`${two} a good film`)?.confidence ?? 1);
  const before = await runsOf(server);
  const requests = 32 * 4;
  await Promise.all(
    Array.from({ length: 32 }, async (_, predictor) => {
      for (let round = 0; round < 4; round++) {
        const [model, text] = [predictor % 2 ? one : two, texts[(predictor + round) % texts.length] as string];
        const got = await answer(model, text);
        const wanted = expected.get(`${model} ${text}`);
        expect(got.label).toBe(wanted?.label);
        expect(got.confidence).toBeCloseTo(wanted?.confidence ?? 0, 5);
      }
    }),
  );
  const after = await runsOf(server);
  expect(after.samples - before.samples).toBe(requests);
  expect(after.runs - before.runs).toBeLessThanOrEqual(requests / 4);
});

test('stopping answers what came, gives the job back, and the next start goes on with it', async () => {
  const folder = `${harness.config.data}-stopped`;
  const config = { data: folder, shardSamples: 20, serving: { ...defaultServing, latencyMs: 3000 } };
  const server = await harness.serve(config);
  const { firstKey: key = '' } = server;
  const asking = harness.asking(server);
  await uploadTinyBackbones(asking.client, harness);
  const { id } = await (await asking.client.api.v1.datasets.$post({ json: { name: 'Many' } })).json();
  const samples = Array.from({ length: 600 }, (_, index) => ({ text: `${index} the film was good`, label: index % 2 ? 'a' : 'b' }));
  await asking.post(`/v1/datasets/${id}/samples`, { samples });
  const job = await (await asking.client.api.v1.jobs.$post({ json: { kind: 'extract', dataset: id, backbone: 'tiny-text' } })).json();
  for await (const { event } of asking.client.events(job.id)) if (event === 'progress') break;
  const waiting = asking.post('/v1/embeddings', { model: 'tiny-text', input: 'a good film' });
  let answered = false;
  void waiting.then(() => {
    answered = true;
  });
  // It has come in once it waits for its run.
  const queued = async () => !(await (await asking.ask('/v1/metrics')).text()).includes('headstart_prediction_queue_samples 0');
  while (!answered && !(await queued())) await settle();
  await harness.stop(server);
  expect((await waiting).status).toBe(200);

  const again = harness.asking(await harness.serve(config), key);
  expect(await again.client.finished(job.id)).toMatchObject({ samples: 600 });
  await expect(serve({ ...harness.config, data: folder }, { port: 0, log: harness.log })).rejects.toThrow(
    'another process has this database',
  );
});

test('open mode is for this machine: no key, no other address, no pages of strangers', async () => {
  await expect(serve({ ...harness.config, open: true }, { host: '0.0.0.0', port: 0, log: harness.log })).rejects.toThrow(
    'open mode lets everybody in',
  );
  const limits = { ...defaultLimits, rate: 0.01, burst: 3 };
  const { ask } = await harness.app({ data: `${harness.config.data}-open`, open: true, cors: ['https://studio.example'], limits });
  const get = async (headers: Record<string, string>) => {
    const response = await ask('/v1/datasets', { headers: { Host: 'localhost:4300', ...headers } });
    return [response.status, response.headers.get('access-control-allow-origin')];
  };
  expect(await get({})).toEqual([200, null]);
  expect(await get({ Origin: 'http://localhost:4300' })).toEqual([200, null]);
  expect(await get({ Origin: 'https://studio.example' })).toEqual([200, 'https://studio.example']);
  expect(await get({ Origin: 'https://evil.example' })).toEqual([403, null]);
  // A name that leads here by DNS is a page of a stranger too.
  expect((await get({ Host: 'evil.example' }))[0]).toBe(403);
  const often = await ask('/v1/datasets', { headers: { Host: 'localhost' } });
  expect([often.status, (await often.json()).code]).toEqual([429, 'rate']);
  expect(Number(often.headers.get('retry-after'))).toBeGreaterThan(50);
});

test('who asks too often waits as long as it takes', () => {
  let now = 0;
  const limiter = new RateLimiter(2, 3, () => now);
  expect([1, 2, 3].map(() => limiter.take('a'))).toEqual([0, 0, 0]);
  expect(limiter.take('a')).toBe(0.5);
  expect(limiter.take('b')).toBe(0);
  now = 0.5;
  expect(limiter.take('a')).toBe(0);
  expect(limiter.take('a')).toBe(0.5);
});

import { readFile } from 'node:fs/promises';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiError, createClient } from '../src/client.ts';
import type { Listening } from '../src/server.ts';
import { type Client, Harness, kinds, uploadTinyBackbones } from './support/harness.ts';

describe.each(kinds)('from upload to prediction on %s', (kind) => {
  let harness: Harness;
  let server: Listening;
  let client: Client;
  beforeAll(async () => {
    harness = await Harness.open(kind);
    server = await harness.serve();
    client = createClient(server.url, { key: server.firstKey as string });
  });
  afterAll(() => harness[Symbol.asyncDispose]());

  test('the first start makes one key, and no later one does', async () => {
    expect(server.firstKey).toMatch(/^hs_[\w-]{43}$/);
    const me = await (await client.api.v1.me.$get()).json();
    expect(me).toEqual({ open: false, scopes: ['admin'] });
    expect(server.backend.database.kind).toBe(kind);
  });

  test('backbones of one’s own are opened before they are taken', async () => {
    await uploadTinyBackbones(client, harness);
    const { backbones } = await (await client.api.v1.backbones.$get()).json();
    expect(backbones.filter(({ own }) => own)).toMatchObject([
      { name: 'tiny-image', modality: 'image', dimension: 12 },
      { name: 'tiny-text', modality: 'text', dimension: 16 },
    ]);
  });

  let photos = '';
  test('pictures come as a stream, their folders are their classes', async () => {
    const dataset = await (await client.api.v1.datasets.$post({ json: { name: 'Photos' } })).json();
    photos = dataset.id;
    const report = await client.upload(photos, await harness.photos());
    expect(report).toEqual({ accepted: 24, skipped: [], skippedCount: 0 });
    const shown = await (await client.api.v1.datasets[':id'].$get({ param: { id: photos } })).json();
    expect(shown).toMatchObject({
      modality: 'image',
      samples: 24,
      classes: [
        { label: 'blue', samples: 12 },
        { label: 'red', samples: 12 },
      ],
    });
  });

  let model = '';
  test('a training is followed by its events, and gives a model with metrics, report, bundle and ONNX', async () => {
    const response = await client.api.v1.jobs.$post({ json: { kind: 'train', dataset: photos, backbone: 'tiny-image', alias: 'prod' } });
    expect(response.status).toBe(202);
    const job = await response.json();
    const events = [];
    for await (const event of client.events(job.id)) events.push(event);
    expect(events.filter(({ event }) => event === 'status').map(({ data }) => data.status)).toEqual(['queued', 'running', 'succeeded']);
    expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).toSorted((a, b) => a - b));
    const result = await client.finished(job.id);
    expect(result).toMatchObject({ samples: 24, dimension: 12, accuracy: 1, engine: 'wasm' });
    model = String(result.model);
    const shown = await (await client.api.v1.models[':model'].$get({ param: { model: 'prod' } })).json();
    expect(shown).toMatchObject({
      id: model,
      name: 'Photos',
      labels: ['blue', 'red'],
      aliases: ['prod'],
      onnx: true,
      report: true,
      samples: 20,
    });
    const report = await client.api.v1.models[':model'].report.$get({ param: { model } });
    expect(await report.text()).toContain('Class by class');
  });

  test('predictions: multipart, base64, batches, top-k', async () => {
    const [blue, red] = [await readFile(harness.project('photos/blue/3.png')), await readFile(harness.project('photos/red/3.png'))];
    const input = [{ image: blue.toString('base64') }, { image: `data:image/png;base64,${red.toString('base64')}` }, { image: 'AAAA' }];
    const { predictions } = await (
      await client.api.v1.models[':model'].predict.$post({ param: { model: 'prod' }, json: { input, topK: 2 } })
    ).json();
    expect(predictions).toMatchObject([
      { index: 0, label: 'blue' },
      { index: 1, label: 'red' },
      { index: 2, error: "'input[2]' is not a picture that can be read." },
    ]);
    const [first] = predictions;
    expect(first?.top?.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
    const form = new FormData();
    form.append('topK', '1');
    form.append('files', new Blob([new Uint8Array(red)]), 'red.png');
    const response = await fetch(`${server.url}/v1/models/prod/predict`, {
      method: 'POST',
      body: form,
      headers: { Authorization: `Bearer ${server.firstKey}` },
    });
    expect(await response.json()).toMatchObject({ model, predictions: [{ label: 'red', top: [{ label: 'red' }] }] });
  });

  test('texts: a table in, a model, predictions, and embeddings for OpenAI’s client in both encodings', async () => {
    const { id } = await (await client.api.v1.datasets.$post({ json: { name: 'Reviews' } })).json();
    const report = await client.upload(id, [{ name: 'reviews.csv', content: await readFile(harness.project('reviews.csv'), 'utf8') }]);
    expect(report.accepted).toBe(24);
    const job = await (
      await client.api.v1.jobs.$post({ json: { kind: 'train', dataset: id, backbone: 'tiny-text', l2: 0.001, exportOnnx: false } })
    ).json();
    const result = await client.finished(job.id);
    const predicted = await client.api.v1.models[':model'].predict.$post({
      param: { model: String(result.model) },
      json: { input: 'a good film' },
    });
    expect((await predicted.json()).predictions[0]).toMatchObject({ label: 'good' });

    const onnx = () => client.api.v1.models[':model'].onnx.$get({ param: { model: String(result.model) } });
    await expect(onnx()).rejects.toThrow('{"kind":"export"');
    const exported = await (await client.api.v1.jobs.$post({ json: { kind: 'export', model: String(result.model) } })).json();
    await client.finished(exported.id);
    expect((await (await onnx()).arrayBuffer()).byteLength).toBeGreaterThan(1000);

    const openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: server.firstKey as string });
    const input = ['a good film', 'the day was awful'];
    const floats = await openai.embeddings.create({ model: 'tiny-text', input, encoding_format: 'float' });
    // The client asks for base64 by itself and decodes it.
    const packed = await openai.embeddings.create({ model: 'tiny-text', input });
    expect(floats.data.map(({ embedding }) => embedding.length)).toEqual([16, 16]);
    expect(floats.usage).toEqual({ prompt_tokens: 11, total_tokens: 11 });
    packed.data.forEach(({ embedding }, row) => {
      for (const [column, value] of embedding.entries()) expect(value).toBeCloseTo(floats.data[row]?.embedding[column] as number, 6);
    });
    await expect(openai.embeddings.create({ model: 'nothing', input })).rejects.toThrow("There is no backbone 'nothing'");
  });

  test('errors are problem details, and the client throws them', async () => {
    const failing = client.api.v1.datasets[':id'].$get({ param: { id: 'ds_none' } });
    await expect(failing).rejects.toMatchObject({ status: 404, code: 'not-found' });
    await expect(failing).rejects.toBeInstanceOf(ApiError);
  });
});

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Harness } from '../support/harness.ts';
import { zip } from '../support/zip.ts';

const shared = join(import.meta.dirname, '../../../../../shared');

let harness: Harness;
let server: Awaited<ReturnType<Harness['port']>>;
beforeAll(async () => {
  harness = await Harness.open();
  // The built-in backbone comes from the cache that all front ends share.
  server = await harness.port({ cache: undefined as never });
});
afterAll(() => harness[Symbol.asyncDispose]());

const newDataset = async (name: string) => (await (await server.client.api.v1.datasets.$post({ json: { name } })).json()).id;

test('pictures: a zip with train and test, an uploaded SqueezeNet, a model better than chance by far, predictions', async () => {
  await server.client.uploadBackbone(
    'squeezenet',
    [{ name: 'squeezenet.onnx', content: new Uint8Array(await readFile(join(shared, 'models/image/squeezenet1.1-imagenet.onnx'))) }],
    {
      cut: 'features',
      licence: 'Apache-2.0',
      image: { height: 96, width: 96, fit: 'stretch' },
    },
  );
  const root = join(shared, 'datasets/cifar10-small');
  const names = (await readdir(root, { recursive: true })).filter((name) => /\.jpe?g$/.test(name)).sort();
  // A third of each class and split is enough to tell.
  const some = names.filter((_, index) => index % 3 === 0);
  const archive = zip(await Promise.all(some.map(async (name) => ({ name, content: await readFile(join(root, name)) }))));
  const dataset = await newDataset('CIFAR-10');
  expect(await server.client.upload(dataset, [{ name: 'cifar.zip', content: archive }])).toMatchObject({
    accepted: some.length,
    skippedCount: 0,
  });
  const job = await (
    await server.client.api.v1.jobs.$post({ json: { kind: 'train', dataset, backbone: 'squeezenet', alias: 'pictures' } })
  ).json();
  const result = await server.client.finished(job.id);
  expect(result.accuracy).toBeGreaterThan(0.3);
  const { labels, onnx } = await (await server.client.api.v1.models[':model'].$get({ param: { model: 'pictures' } })).json();
  expect([labels.length, onnx]).toEqual([10, true]);
  const held = names.filter((name, index) => name.startsWith('test/') && index % 3 === 1).slice(0, 60);
  const input = await Promise.all(held.map(async (name) => ({ image: (await readFile(join(root, name))).toString('base64') })));
  const { predictions } = await (
    await server.client.api.v1.models[':model'].predict.$post({ param: { model: 'pictures' }, json: { input, topK: 3 } })
  ).json();
  const right = predictions.filter(({ label }, index) => held[index]?.includes(`/${label}/`)).length;
  expect(right / held.length).toBeGreaterThan(0.3);
});

test('a built-in backbone is fetched by a job that tells its progress', async () => {
  const job = await (await server.client.api.v1.backbones[':name'].download.$post({ param: { name: 'minilm-l6' } })).json();
  await server.client.finished(job.id);
  const shown = await (await server.client.api.v1.backbones[':name'].$get({ param: { name: 'minilm-l6' } })).json();
  expect(shown).toMatchObject({ downloaded: true, own: false, dimension: 384 });
});

test('texts: TREC’s questions by minilm-l6, from CSV to prediction', async () => {
  const dataset = await newDataset('TREC');
  const lines = (await readFile(join(shared, 'datasets/trec/train.csv'), 'utf8')).split('\n');
  const table = [lines[0], ...lines.slice(1, 401)].join('\n');
  const report = await server.client.upload(dataset, [{ name: 'train.csv', content: table }]);
  expect(report.accepted).toBeGreaterThan(380);
  const job = await (
    await server.client.api.v1.jobs.$post({ json: { kind: 'train', dataset, alias: 'questions', exportOnnx: false } })
  ).json();
  const result = await server.client.finished(job.id);
  expect(result.accuracy).toBeGreaterThan(0.6);
  const ask = async (input: string) =>
    (await (await server.client.api.v1.models[':model'].predict.$post({ param: { model: 'questions' }, json: { input } })).json())
      .predictions[0]?.label;
  const { labels } = await (await server.client.api.v1.models[':model'].$get({ param: { model: 'questions' } })).json();
  expect(labels).toContain(await ask('Who wrote the book about the white whale?'));
  const files = await server.ask('/v1/backbones/minilm-l6/files', {}, '');
  expect(((await files.json()) as { files: unknown[] }).files.length).toBeGreaterThan(3);
});

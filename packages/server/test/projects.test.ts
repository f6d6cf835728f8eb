import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Engine,
  loadBackbone,
  newProject,
  openBundle,
  openEngine,
  openProject,
  type Project,
  readDataset,
  saveProject,
  stratifiedSplit,
  trainHead,
} from '@headstart/core';
import { tinyClip } from '@headstart/testkit';
import { BlobReader, type FileEntry, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Projects } from '../src/projects/import.ts';
import { datasets, uploads } from '../src/store/schema.ts';
import { Harness, kinds } from './support/harness.ts';
import { zip } from './support/zip.ts';

type Json = { readonly [name: string]: unknown };
const jsonOf = async (response: Response | Promise<Response>) => (await (await response).json()) as Json;

/** Everything under a folder, as a zip. */
async function zipFolder(folder: string, root = ''): Promise<Uint8Array<ArrayBuffer>> {
  const found = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
  const entries = found.map(async (each) => {
    const path = join(each.parentPath, each.name);
    return { name: `${root}${path.slice(folder.length + 1)}`, content: await readFile(path) };
  });
  return zip(await Promise.all(entries));
}

async function unzip(bytes: Uint8Array<ArrayBuffer>, folder: string): Promise<void> {
  const reader = new ZipReader(new BlobReader(new Blob([bytes])));
  for (const entry of await reader.getEntries()) {
    const path = join(folder, entry.filename);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await (entry as FileEntry).getData(new Uint8ArrayWriter()));
  }
  await reader.close();
}

describe.each(kinds)('projects on %s', (kind) => {
  let harness: Harness;
  let server: Awaited<ReturnType<Harness['app']>>;
  let engine: Engine;
  let folder = '';
  beforeAll(async () => {
    harness = await Harness.open(kind);
    server = await harness.app();
    engine = await openEngine({ backend: 'wasm' });
    folder = harness.project();
    await writeProject();
  });
  afterAll(async () => {
    engine.dispose();
    await harness[Symbol.asyncDispose]();
  });

  let project: Project;
  /** What the terminal studio leaves: a run that is done, one that failed, a sample that is left out, classes in an order of their own. */
  async function writeProject(): Promise<void> {
    using backbone = await loadBackbone(join(folder, 'text/model.onnx'), { engine });
    const { train, test: held } = stratifiedSplit((await readDataset(join(folder, 'reviews.csv'))).samples);
    const result = await trainHead(await backbone.extract(train, { store: false }), { engine, l2: 0.001 });
    result.evaluate(await backbone.extract(held, { store: false }));
    await mkdir(join(folder, 'runs/run-1'), { recursive: true });
    await result.save(join(folder, 'runs/run-1/reviews.headstart'));
    project = {
      ...newProject('Tiny Reviews', 'text', 'text/model.onnx'),
      data: [{ path: 'reviews.csv', text: 'text', label: 'label' }],
      classes: ['good', 'bad'],
      excluded: ['reviews.csv:3'],
      head: { l2: 0.01, folds: 3, seed: 7, testShare: 0.25, classWeights: 'balanced' },
      runs: [
        {
          id: 'run-1',
          status: 'done',
          startedAt: '2026-01-02T03:04:05Z',
          backbone: 'text/model.onnx',
          bundle: 'runs/run-1/reviews.headstart',
        },
        { id: 'run-2', status: 'failed', startedAt: '2026-01-03T03:04:05Z', backbone: 'text/model.onnx', error: 'It was told to.' },
      ],
    };
    await saveProject(folder, project);
  }

  const samplesOf = async (id: string) => (await jsonOf(server.ask(`/v1/datasets/${id}/samples?limit=1000`))).samples as Json[];
  const download = async (id: string) => {
    const response = await server.ask(`/v1/datasets/${id}/project`);
    expect(response.headers.get('content-type')).toBe('application/zip');
    return new Uint8Array(await response.arrayBuffer());
  };

  let dataset = '';
  test('a project of the terminal, zipped: its data, its settings, its model', async () => {
    const imported = await server.client.importProject('tiny.zip', await zipFolder(folder, 'tiny/'));
    expect(imported).toMatchObject({ report: { accepted: 23, skipped: [] }, alias: 'tiny-reviews', notes: [] });
    dataset = imported.dataset.id;
    expect(await jsonOf(server.ask(`/v1/datasets/${dataset}`))).toMatchObject({
      name: 'Tiny Reviews',
      modality: 'text',
      classes: [{ label: 'good' }, { label: 'bad' }],
      settings: { backbone: { name: 'model' }, head: project.head },
    });
    expect((await samplesOf(dataset)).map(({ name }) => name)).not.toContain('reviews.csv:3');

    const input = ['a good film', 'the day was awful'];
    const { predictions } = (await jsonOf(server.post('/v1/models/tiny-reviews/predict', { input }))) as { predictions: Json[] };
    using bundle = await openBundle(join(folder, 'runs/run-1/reviews.headstart'), { engine });
    const expected = await bundle.predict(input);
    for (const [index, { label, confidence }] of expected.entries()) {
      expect(predictions[index]?.label).toBe(label);
      expect(predictions[index]?.confidence).toBeCloseTo(confidence, 5);
    }
    expect(await jsonOf(server.ask('/v1/models/tiny-reviews'))).toMatchObject({ name: 'Tiny Reviews', backbone: 'model', dataset });
    const exported = await jsonOf(server.post('/v1/jobs', { kind: 'export', model: 'tiny-reviews' }));
    await server.client.finished(String(exported.id));
    expect((await server.ask('/v1/models/tiny-reviews/onnx')).status).toBe(200);
  });

  test('a training on it takes its settings, unless it is told others', async () => {
    const job = await jsonOf(server.post('/v1/jobs', { kind: 'train', dataset, folds: 4, exportOnnx: true }));
    expect(job.params).toMatchObject({ backbone: 'model', l2: 0.01, folds: 4, seed: 7, testShare: 0.25, classWeights: 'balanced' });
    expect(await server.client.finished(String(job.id))).toMatchObject({ samples: 23 });
  });

  test('a dataset as a project: core opens it, its data, its backbone and its models; the server takes it back', async () => {
    const bytes = await download(dataset);
    const out = await mkdtemp(join(harness.folder, 'out-'));
    await unzip(bytes, out);
    const opened = (await openProject(out)) as Project;
    expect(opened).toMatchObject({
      name: 'Tiny Reviews',
      modality: 'text',
      classes: ['good', 'bad'],
      backbone: { name: 'backbones/model/model.onnx' },
      head: project.head,
    });
    expect(await jsonOf(server.ask(`/v1/datasets/${dataset}/project?format=json`))).toEqual(JSON.parse(JSON.stringify(opened)));
    const [source] = opened.data;
    const read = await readDataset(join(out, source?.path ?? ''));
    expect([read.samples.length, read.classes]).toEqual([23, ['bad', 'good']]);
    expect(opened.runs).toHaveLength(2);
    for (const { bundle } of opened.runs) expect((await openBundle(join(out, bundle ?? ''))).labels).toEqual(['bad', 'good']);
    expect(opened.runs[1]).toMatchObject({
      status: 'done',
      engine: 'wasm',
      onnx: expect.stringMatching(/\.onnx$/),
      accuracy: expect.any(Number),
    });
    using backbone = await loadBackbone(join(out, opened.backbone.name), { engine });
    expect((await backbone.extract(['a good film'], { store: false })).dimension).toBe(16);

    const again = await server.client.importProject('again.zip', bytes);
    expect(again).toMatchObject({ report: { accepted: 23, skipped: [] }, alias: null });
    expect(again.models).toHaveLength(2);
    expect(again.notes).toEqual([expect.stringContaining("The alias 'tiny-reviews' leads to a model of other data")]);
    // The same backbone is not kept twice.
    const { backbones } = await (await server.client.api.v1.backbones.$get()).json();
    expect(backbones.filter(({ own }) => own).map(({ name }) => name)).toEqual(['model']);
    await server.ask(`/v1/datasets/${again.dataset.id}`, { method: 'DELETE' });
  });

  test('pictures with a split, clips with speakers, texts with groups: there and back', async () => {
    const make = async (name: string) => String((await jsonOf(server.post('/v1/datasets', { name }))).id);
    const facts = async (id: string) =>
      (await samplesOf(id))
        .map(({ label, split, group, bytes }) => ({ label, split, group, bytes }))
        .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const pictures = await make('Pictures');
    const photos = (await harness.photos()).map(({ name, content }, index) => ({
      name: `${index % 3 ? 'train' : 'test'}/${name}`,
      content,
    }));
    await server.client.upload(pictures, [
      { name: 'photos.zip', content: zip(photos) },
      { name: 'loose.png', content: photos[0]?.content as Uint8Array<ArrayBuffer> },
    ]);
    const clips = await make('Clips');
    const names = ['low_ann_1.wav', 'low_bob_2.wav', 'high_ann_3.wav', 'high_bob_4.wav'];
    await server.client.upload(
      clips,
      names.map((name, index) => ({ name, content: tinyClip(300 + 400 * index) })),
      { groupPart: 2 },
    );
    const texts = await make('Texts');
    const lines = [1, 2, 3, 4].map((number) => ({
      text: `line, "${number}"`,
      label: number % 2 ? 'odd' : 'even',
      group: `page ${number}`,
    }));
    await server.post(`/v1/datasets/${texts}/samples`, { samples: lines });
    for (const [id, labelled] of [
      [pictures, 24],
      [clips, 4],
      [texts, 4],
    ] as const) {
      const back = await server.client.importProject('back.zip', await download(id));
      expect(back.report).toMatchObject({ accepted: labelled, skippedCount: 0 });
      expect(await facts(back.dataset.id)).toEqual((await facts(id)).filter(({ label }) => label !== null));
    }
    const out = await mkdtemp(join(harness.folder, 'out-'));
    await unzip(await download(clips), out);
    const read = await readDataset(join(out, (await openProject(out))?.data[0]?.path ?? ''));
    expect(read.samples.map(({ group }) => group).sort()).toEqual(['ann', 'ann', 'bob', 'bob']);
  });

  test('a project of the web studio: class folders, a bundle beside them; bundles lead to npm, and to no address of their own', async () => {
    using backbone = await loadBackbone(join(folder, 'image.onnx'), { engine });
    const { samples } = await readDataset(join(folder, 'photos'));
    const features = await backbone.extract(samples, { store: false });
    const bundleOn = async (source: string, name: string) => {
      const result = await trainHead({ ...features, backbone: { ...features.backbone, source, name } }, { engine, l2: 0.01 });
      await result.save(join(harness.folder, 'web.headstart'));
      return readFile(join(harness.folder, 'web.headstart'));
    };
    const run = { status: 'done', startedAt: '2026-01-02T03:04:05Z', backbone: 'densenet121' } as const;
    const settings: Project = {
      ...newProject('Web colours', 'image', 'densenet121'),
      data: [{ path: 'photos' }],
      runs: [
        { ...run, id: '1', bundle: 'npm.headstart' },
        { ...run, id: '2', bundle: 'elsewhere.headstart' },
      ],
    };
    const photos = await harness.photos();
    const archive = zip([
      { name: 'headstart.json', content: JSON.stringify(settings) },
      { name: 'npm.headstart', content: await bundleOn('npm:faceplugin-face-recognition-js@0.0.1', 'densenet121') },
      { name: 'elsewhere.headstart', content: await bundleOn('https://models.example/', 'mine') },
      ...photos.map(({ name, content }) => ({ name: `photos/${name}`, content })),
    ]);
    const imported = await server.client.importProject('web.zip', archive);
    expect(imported).toMatchObject({ report: { accepted: 24, skippedCount: 0 }, alias: 'web-colours' });
    expect(imported.models).toHaveLength(1);
    expect(imported.notes).toEqual([
      "Run 2 became no model: The bundle 'elsewhere.headstart' cannot be used: the files of its backbone 'mine' are not here.",
    ]);
    expect(await jsonOf(server.ask('/v1/models/web-colours'))).toMatchObject({ backbone: 'densenet121', labels: ['blue', 'red'] });
    const shown = await jsonOf(server.ask(`/v1/datasets/${imported.dataset.id}`));
    expect(shown.settings).toMatchObject({ backbone: { name: 'densenet121' } });
    expect((await server.ask('/v1/models/web-colours', { method: 'DELETE' })).status).toBe(204);
  });

  test('settings alone; and what is no project', async () => {
    const alone = await server.client.importProject('headstart.json', JSON.stringify(project));
    expect(alone).toMatchObject({ dataset: { samples: 0 }, models: [], notes: ['The samples did not come: reviews.csv.'] });
    const refused = async (name: string, content: string | Uint8Array<ArrayBuffer>) => {
      const form = new FormData();
      form.append('files', new Blob([content]), name);
      return jsonOf(server.ask('/v1/projects', { method: 'POST', body: form }));
    };
    const with_ = (change: object) => JSON.stringify({ ...project, ...change });
    const before = ((await jsonOf(server.ask('/v1/datasets'))).datasets as Json[]).length;
    expect(await refused('x.zip', zip([{ name: 'a/b.txt', content: 'x' }]))).toMatchObject({
      status: 422,
      detail: "There is no headstart.json in 'x.zip'.",
    });
    expect(await refused('headstart.json', '{')).toMatchObject({ status: 422, code: 'invalid-data' });
    expect(await refused('headstart.json', with_({ version: 9 }))).toMatchObject({ status: 422, code: 'unsupported' });
    expect(await refused('x.exe', 'x')).toMatchObject({ status: 422 });
    for (const path of ['../../etc', '/etc', 'nothing.csv']) {
      const archive = zip([{ name: 'headstart.json', content: with_({ data: [{ path }] }) }]);
      expect(await refused('x.zip', archive)).toMatchObject({ status: 422, detail: `The project's data '${path}' is not there.` });
    }
    expect(((await jsonOf(server.ask('/v1/datasets'))).datasets as Json[]).length).toBe(before);
    // A bundle that is none costs its run, and nothing else.
    const bad = zip([
      { name: 'headstart.json', content: with_({ backbone: { name: 'minilm-l6' } }) },
      { name: 'reviews.csv', content: await readFile(join(folder, 'reviews.csv')) },
      { name: 'runs/run-1/reviews.headstart', content: 'no bundle' },
    ]);
    const taken = await server.client.importProject('bad.zip', bad);
    expect([taken.report.accepted, taken.models, taken.notes.length]).toEqual([23, [], 1]);
    expect(taken.notes[0]).toContain("The bundle 'runs/run-1/reviews.headstart' cannot be used");
    const empty = String((await jsonOf(server.post('/v1/datasets', { name: 'Empty' }))).id);
    expect(await jsonOf(server.ask(`/v1/datasets/${empty}/project`))).toMatchObject({ status: 409, code: 'empty' });
  });

  test('a project that a crash left half taken is gone on with', async () => {
    const { db, blobs, intake } = server.backend.deps;
    const id = `ds_left_${kind}`;
    const { sha256: blob } = await blobs.put(await zipFolder(folder));
    await db.insert(datasets).values({ id, name: 'Left', modality: 'text' });
    await db.insert(uploads).values({ id: `up_${kind}`, datasetId: id, name: 'left.zip', blob, options: { project: true } });
    await intake.resume(true);
    expect(await samplesOf(id)).toHaveLength(23);
    const { models } = (await jsonOf(server.ask('/v1/models'))) as { models: Json[] };
    expect(models.filter((model) => model.dataset === id)).toHaveLength(1);
    expect(await db.$count(uploads)).toBe(0);
  });

  test('the folder of a project, opened twice: what is new is taken, what people changed stays', async () => {
    const { projects } = server.backend.deps;
    const first = await projects.open(folder);
    expect([first.report.accepted, first.models.length]).toEqual([23, 1]);
    const [sample] = await samplesOf(first.dataset);
    await server.post(`/v1/datasets/${first.dataset}/samples/${sample?.id}`, { label: 'fair' }, server.key, 'PATCH');
    await writeFile(join(folder, 'reviews.csv'), `${await readFile(join(folder, 'reviews.csv'), 'utf8')}one more film,good\n`);
    await saveProject(folder, { ...project, excluded: ['reviews.csv:3', 'reviews.csv:4'] });
    const second = await projects.open(folder);
    expect([second.dataset, second.models]).toEqual([first.dataset, []]);
    const samples = await samplesOf(first.dataset);
    expect(samples).toHaveLength(23);
    expect(samples.find(({ id }) => id === sample?.id)?.label).toBe('fair');
    // The data may be the folder itself, with the server's own folder and the runs in it.
    const pets = join(harness.folder, 'pets');
    for (const { name, content } of await harness.photos()) {
      await mkdir(dirname(join(pets, name)), { recursive: true });
      await writeFile(join(pets, name), content);
    }
    await mkdir(join(pets, 'runs/run-1'), { recursive: true });
    await writeFile(join(pets, 'runs/run-1/results.json'), '{}');
    await saveProject(pets, { ...newProject('Pets', 'image', 'densenet121'), data: [{ path: '.' }], excluded: ['red/3.png'] });
    const own = new Projects({ ...server.backend.deps, config: { ...server.backend.deps.config, data: join(pets, 'blue') } });
    const taken = await own.open(pets);
    expect(taken.report).toEqual({ accepted: 11, skipped: [] });
    expect((await samplesOf(taken.dataset)).map(({ label }) => label)).toEqual(Array(11).fill('red'));
    await expect(projects.open(harness.folder)).rejects.toThrow('there is no project');
  });
});

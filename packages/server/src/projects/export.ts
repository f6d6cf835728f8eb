import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { encodeProject, newProject, type Project, type ProjectRun, projectFile } from '@headstart/core';
import { configure, ZipWriter } from '@zip.js/zip.js';
import { asc, eq } from 'drizzle-orm';
import type { Catalogue } from '../backbones/catalogue.ts';
import type { BackboneSpec } from '../backbones/spec.ts';
import { Problem } from '../errors.ts';
import type { Blobs } from '../store/blobs.ts';
import type { Db } from '../store/database.ts';
import { type datasets, type Modality, models, samples } from '../store/schema.ts';
import { headOf } from './settings.ts';

type Dataset = typeof datasets.$inferSelect;
type Sample = typeof samples.$inferSelect;
type Model = typeof models.$inferSelect;

/** A file of a project to be: text, or a file that the server keeps. */
interface Entry {
  readonly path: string;
  readonly content?: string;
  readonly blob?: string;
}

interface Parts {
  readonly db: Db;
  readonly catalogue: Catalogue;
}

const usualBackbone: Readonly<Record<Modality, string>> = { image: 'densenet121', text: 'minilm-l6', audio: 'speech-embedding' };
const folders: Readonly<Record<Modality, string>> = { image: 'photos', text: 'texts', audio: 'clips' };
const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'image/gif': '.gif',
  'image/avif': '.avif',
  'image/tiff': '.tiff',
  'image/bmp': '.bmp',
  'audio/wav': '.wav',
  'audio/mpeg': '.mp3',
  'audio/flac': '.flac',
  'audio/ogg': '.ogg',
};

/**
 * A dataset as a project that the terminal and the web studio open: headstart.json, the samples, the models trained on them, and a backbone
 * of one's own.
 * @param classes labels in the order they are shown
 * @throws Problem 409 for a dataset without samples
 */
export async function describeProject(
  dataset: Dataset,
  classes: readonly string[],
  parts: Parts,
): Promise<{ readonly project: Project; readonly entries: readonly Entry[] }> {
  const { db } = parts;
  if (dataset.modality === null) {
    throw new Problem(409, 'empty', `Dataset '${dataset.name}' has no samples yet, so it is no project.`, { hint: 'Upload some first.' });
  }
  const rows = await db.select().from(samples).where(eq(samples.datasetId, dataset.id)).orderBy(asc(samples.position));
  const data = dataOf(dataset.modality, rows);
  const trained = await db.select().from(models).where(eq(models.datasetId, dataset.id)).orderBy(asc(models.id));
  const backbone = await backboneOf(dataset, trained, parts);
  const { head } = dataset.settings;
  const project: Project = {
    ...newProject(dataset.name, dataset.modality, backbone.settings.name),
    data: [data.source],
    classes: [...classes],
    backbone: backbone.settings,
    head: headOf(head ?? {}),
    runs: trained.map((model, index) => runOf(model, `run-${index + 1}`)),
  };
  const files = trained.flatMap((model, index): Entry[] => {
    const path = (extension: string) => runFile(model, `run-${index + 1}`, extension);
    return [
      { path: path('headstart'), blob: model.bundle },
      ...(model.report === null ? [] : [{ path: path('html'), blob: model.report }]),
      ...(model.onnx === null ? [] : [{ path: path('onnx'), blob: model.onnx }]),
      ...(model.metrics === null ? [] : [resultsOf(model, `runs/run-${index + 1}`)]),
    ];
  });
  return { project, entries: [{ path: projectFile, content: encodeProject(project) }, ...data.entries, ...backbone.entries, ...files] };
}

/** A zip of files, made as it is read. */
export function zipOf(entries: readonly Entry[], blobs: Blobs): ReadableStream<Uint8Array> {
  configure({ useWebWorkers: false });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const write = async () => {
    const zip = new ZipWriter(writable, { extendedTimestamp: false });
    for (const { path, content, blob } of entries) {
      const stream =
        blob === undefined
          ? new Blob([content ?? '']).stream()
          : (Readable.toWeb(createReadStream(await blobs.path(blob))) as ReadableStream);
      // Pictures, clips and weights are packed already.
      await zip.add(path, stream, { level: blob === undefined ? 6 : 0 });
    }
    await zip.close();
  };
  // A client that goes away ends the stream; what else goes wrong does too.
  write().catch((error) => writable.abort(error).catch(() => undefined));
  return readable;
}

/** How samples lie in a project: class folders; a table of texts; a list of files where they have groups. */
function dataOf(
  modality: Modality,
  rows: readonly Sample[],
): { readonly source: Project['data'][number]; readonly entries: readonly Entry[] } {
  const labelled = rows.filter(({ label }) => label !== null);
  const split = labelled.some((each) => each.split === 'test');
  const groups = labelled.some(({ group }) => group !== null);
  const root = folders[modality];
  if (modality === 'text') {
    const table = (some: readonly Sample[]) =>
      csv([
        ['text', 'label', ...(groups ? ['group'] : [])],
        ...some.map(({ text, label, group }) => [text ?? '', label ?? '', ...(groups ? [group ?? ''] : [])]),
      ]);
    const columns = { text: 'text', label: 'label' };
    const left = rows.filter(({ label }) => label === null);
    const loose = left.length > 0 ? [{ path: 'unlabelled.csv', content: csv([['text'], ...left.map(({ text }) => [text ?? ''])]) }] : [];
    if (!split)
      return { source: { path: 'samples.csv', ...columns }, entries: [{ path: 'samples.csv', content: table(labelled) }, ...loose] };
    const [train, test] = [labelled.filter((each) => each.split !== 'test'), labelled.filter((each) => each.split === 'test')];
    const entries = [
      { path: `${root}/train.csv`, content: table(train) },
      { path: `${root}/test.csv`, content: table(test) },
    ];
    return { source: { path: root, ...columns }, entries: [...entries, ...loose] };
  }
  const taken = new Set<string>();
  const entries: Entry[] = [];
  const listed: string[][] = [];
  // Names stay in their order, for the split goes by it: other front ends hold out the same samples.
  for (const [key, members] of Map.groupBy(rows, ({ label, split: which }) => JSON.stringify([label, split ? (which ?? 'train') : null]))) {
    const [label, which] = JSON.parse(key) as [string | null, string | null];
    const shared = commonFolder(members.map(({ name }) => name));
    const folder = label === null ? 'unlabelled' : [root, ...(which === null ? [] : [which]), safe(label)].join('/');
    for (const { name, type, blob, group } of members) {
      if (blob === null) continue;
      const path = free(`${folder}/${fileName(name.slice(shared.length), type)}`, taken);
      entries.push({ path, blob });
      if (label !== null) listed.push([path, label, group ?? '']);
    }
  }
  if (!groups || split) return { source: { path: root }, entries };
  return {
    source: { path: 'samples.csv', label: 'label' },
    entries: [
      { path: 'samples.csv', content: csv([['path', 'label', modality === 'audio' ? 'speaker' : 'group'], ...listed]) },
      ...entries,
    ],
  };
}

/** The backbone that trainings take, with its files where it was uploaded here. */
async function backboneOf(
  { settings, modality }: Dataset,
  trained: readonly Model[],
  { catalogue }: Parts,
): Promise<{ readonly settings: Project['backbone']; readonly entries: readonly Entry[] }> {
  const last = trained.at(-1)?.spec;
  const asked = settings.backbone ?? (last && { name: last.card.name, ...(last.size === undefined ? {} : { size: last.size }) });
  const chosen = asked ?? { name: usualBackbone[modality ?? 'image'] };
  const found: BackboneSpec | undefined = (await catalogue.find(chosen.name).catch(() => undefined))?.spec ?? last;
  const { name, cut, size } = chosen;
  const rest = { ...(cut === undefined ? {} : { cut }), ...(size === undefined ? {} : { size }) };
  if (!found?.files) return { settings: { name, ...rest }, entries: [] };
  const folder = `backbones/${safe(found.card.name)}`;
  const own = found.files.map(({ path, blob }) => ({ path: `${folder}/${path}`, blob }));
  // What the card says beyond the model lies beside it, where the command line looks for it.
  const { source: _, model, files: _files, ...card } = found.card;
  const beside = { path: `${folder}/${model.replace(/\.onnx$/i, '')}.json`, content: JSON.stringify(card, null, 2) };
  return { settings: { name: `${folder}/${model}`, ...rest }, entries: [...own, beside] };
}

/** What the terminal shows of a run: its figures. Which answers were given to which samples is in the report alone. */
function resultsOf({ metrics, training }: Model, folder: string): Entry {
  return { path: `${folder}/results.json`, content: JSON.stringify({ metrics, training, answers: [] }) };
}

function runOf(model: Model, id: string): ProjectRun {
  const { createdAt, metrics, training, report, onnx, spec } = model;
  const figure = (name: string) => (typeof metrics?.[name] === 'number' ? { [name]: metrics[name] } : {});
  return {
    id,
    status: 'done',
    startedAt: createdAt.toISOString(),
    finishedAt: createdAt.toISOString(),
    backbone: spec.card.name,
    ...(training.engine === 'webgpu' || training.engine === 'wasm' ? { engine: training.engine } : {}),
    samples: Number(training.samples) + (typeof metrics?.samples === 'number' ? metrics.samples : 0),
    ...figure('accuracy'),
    ...figure('macroF1'),
    ...figure('logLoss'),
    bundle: runFile(model, id, 'headstart'),
    ...(report === null ? {} : { report: runFile(model, id, 'html') }),
    ...(onnx === null ? {} : { onnx: runFile(model, id, 'onnx') }),
  };
}

function runFile({ name }: Model, id: string, extension: string): string {
  return `runs/${id}/${safe(name)}.${extension}`;
}

function csv(rows: readonly (readonly string[])[]): string {
  const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${rows.map((row) => row.map(quote).join(',')).join('\n')}\n`;
}

/** A name that every file system takes, with the extension by which readers know what it is. */
function fileName(name: string, type: string | null): string {
  const plain = safe(name.replaceAll('/', '_'));
  const extension = extensions[type ?? ''] ?? '';
  return plain.toLowerCase().endsWith(extension) || (type === 'image/jpeg' && /\.jpeg$/i.test(plain)) ? plain : `${plain}${extension}`;
}

function safe(name: string): string {
  return (
    name
      .replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
      .replace(/^\.+/, '_')
      .slice(0, 150) || '_'
  );
}

function free(path: string, taken: Set<string>): string {
  let each = path;
  for (let number = 2; taken.has(each.toLowerCase()); number++) each = path.replace(/(\.[^./]+)?$/, ` (${number})$1`);
  taken.add(each.toLowerCase());
  return each;
}

/** The folders that all names begin with, with a slash at the end; '' where there are none. */
function commonFolder(names: readonly string[]): string {
  const [first = ''] = names;
  let end = first.lastIndexOf('/') + 1;
  while (end > 0 && !names.every((name) => name.startsWith(first.slice(0, end)))) end = first.lastIndexOf('/', end - 2) + 1;
  return first.slice(0, end);
}

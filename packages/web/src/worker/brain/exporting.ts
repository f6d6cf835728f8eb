import {
  type Backbone,
  type Bundle,
  EngineError,
  encodeProject,
  exportOnnx,
  type Project,
  projectFile,
  provideFiles,
} from '@headstart/core';
import type { Exported, ExportKind } from '../protocol.ts';
import { openFolder, readBlob } from '../samples/files.ts';
import type { SampleRecord } from '../samples/state.ts';
import type { SampleStore } from '../samples/store.ts';
import { sitePage, siteReadme } from './site.ts';

export interface ExportedModel {
  readonly bundle: Bundle;
  /** The bundle's file. */
  readonly file: Blob;
  readonly backbone: Backbone;
  /** Web folder that the backbone's files came from, where it was not their source. */
  readonly mirror: string | undefined;
}

export interface ExportParts {
  readonly project: Project;
  readonly store: SampleStore | undefined;
  /** Of the project's folder. */
  readonly path: string;
  readonly model?: ExportedModel;
  readonly signal?: AbortSignal;
  /** Of the site, absolute. */
  readonly base?: string;
}

/** A file to take away. */
export async function exportAs(kind: ExportKind, parts: ExportParts): Promise<Exported> {
  const name = fileName(parts.project.name);
  switch (kind) {
    case 'settings':
      return { name: projectFile, blob: new Blob([encodeProject(parts.project)], { type: 'application/json' }) };
    case 'project':
      return { name: `${name}.zip`, blob: await projectZip(parts) };
    case 'bundle':
      return { name: `${name}.headstart`, blob: needed(parts.model).file };
    case 'onnx':
      return onnxFile(name, parts);
    case 'site':
      return { name: `${name}-page.zip`, blob: await siteZip(parts) };
  }
}

async function onnxFile(name: string, { model, path, signal }: ExportParts): Promise<Exported> {
  const { bundle, backbone } = needed(model);
  const target = `${path}/export.onnx`;
  const { difference } = await exportOnnx(bundle, target, { loaded: backbone, engine: backbone.engine, ...(signal ? { signal } : {}) });
  const blob = (await readPath(target)) as Blob;
  return { name: `${name}.onnx`, blob: blob.slice(0, blob.size, 'application/octet-stream'), difference };
}

function needed(model: ExportedModel | undefined): ExportedModel {
  if (model) return model;
  throw new EngineError('invalid-argument', 'there is no trained model to take away', { hint: 'Train first.' });
}

/** A folder that the terminal and the server open: headstart.json, the samples, and the bundle where there is one. */
async function projectZip({ project, store, path }: ExportParts): Promise<Blob> {
  const zip = await newZip();
  const { data, add } = await dataOf(project.modality, store);
  const model = await readPath(`${path}/model.headstart`);
  await zip.add(projectFile, encodeProject({ ...project, data: [data] }));
  if (model) await zip.add('model.headstart', model);
  await add(zip.add);
  return zip.close();
}

type Add = (path: string, content: Blob | string) => Promise<void>;

interface ProjectData {
  readonly data: Project['data'][number];
  /** Puts the samples into a zip. */
  add(to: Add): Promise<void>;
}

/** How a project's samples lie in its zip: class folders, or a table. Texts are its rows; of sounds with parts or speakers it is a manifest. */
async function dataOf(modality: Project['modality'], store: SampleStore | undefined): Promise<ProjectData> {
  const names = new Map(store?.state.classes.map(({ id, name }) => [id, name]));
  const records = [...(store?.state.samples.values() ?? [])];
  const label = ({ classId }: SampleRecord) => names.get(classId) ?? '';
  const table = (rows: readonly (readonly (string | number)[])[]) => `${rows.map((row) => row.map(quote).join(',')).join('\n')}\n`;
  if (modality === 'text') {
    return {
      data: { path: 'samples.csv', text: 'text', label: 'label' },
      async add(to) {
        const rows = [['text', 'label']];
        for (const record of records) rows.push([(await (await store?.content(record.id))?.text()) ?? '', label(record)]);
        await to('samples.csv', table(rows));
      },
    };
  }
  const taken = new Set<string>();
  const lastName = ({ id }: SampleRecord) => safe(id.replace(/ [\d.]+–([\d.]+|end) s( \(.*\))?$/, '').replace(/^.*\//, ''));
  if (records.some(({ start, end, group }) => start !== undefined || end !== undefined || group !== undefined)) {
    return {
      data: { path: 'samples.csv', label: 'label' },
      async add(to) {
        const rows: (string | number)[][] = [['path', 'label', 'start', 'end', 'speaker']];
        const written = new Map<string, string>();
        for (const record of records) {
          const { content, pack, start = '', end = '', group = '' } = record;
          const key = `${content.pack ?? pack} ${content.offset}`;
          const path = written.get(key) ?? freePath(`clips/${lastName(record)}`, taken);
          const blob = written.has(key) ? undefined : await store?.content(record.id);
          if (blob) await to(path, blob);
          written.set(key, path);
          rows.push([path, label(record), start, end, group]);
        }
        await to('samples.csv', table(rows));
      },
    };
  }
  const root = modality === 'audio' ? 'clips' : 'photos';
  return {
    data: { path: root },
    async add(to) {
      for (const [name, members] of Map.groupBy(records, label)) {
        const shared = commonFolder(members.map(({ id }) => id));
        for (const { id } of members) {
          const blob = await store?.content(id);
          // In the order of the ids, for the split goes by it: other front ends hold out the same samples.
          const file = safe(id.slice(shared.length).replaceAll('/', '_'));
          if (blob) await to(freePath(`${root}/${safe(name)}/${file}`, taken), blob);
        }
      }
    },
  };
}

/** A page that runs the model from any static server: our predictor, the bundle, and the backbone's files. */
async function siteZip(parts: ExportParts): Promise<Blob> {
  const { project, base = '' } = parts;
  const { bundle, file, backbone, mirror } = needed(parts.model);
  const zip = await newZip();
  const title = project.name;
  await zip.add('index.html', sitePage(title, bundle.labels));
  await zip.add('README.txt', siteReadme(title));
  await zip.add('model.headstart', file);
  for (const path of await scriptsOf(base)) {
    const response = await fetch(new URL(path, base));
    if (!response.ok)
      throw new EngineError('network', 'a script of the studio cannot be fetched', { where: path, got: `status ${response.status}` });
    await zip.add(path, await response.blob());
  }
  const { card, reference } = backbone;
  const files = await provideFiles(
    card.source,
    Object.entries(reference.files).map(([path, sha256]) => ({ path, sha256 })),
    { mirror, offline: true },
  );
  const folder = `backbones/${reference.name}/`;
  const { sha256: _pin, ...plain } = card;
  const described = { ...plain, files: files.filter(({ path }) => path !== card.model).map(({ path, sha256 }) => ({ path, sha256 })) };
  await zip.add(`${folder}card.json`, JSON.stringify(described, undefined, 2));
  for (const { path, location } of files) await zip.add(folder + path, (await readPath(location)) as Blob);
  return zip.close();
}

/** Files of the build that the predictor needs, as the build lists them. */
async function scriptsOf(base: string): Promise<readonly string[]> {
  const response = await fetch(new URL('predictor-files.json', base)).catch(() => undefined);
  if (!response?.ok || !/json/.test(response.headers.get('content-type') ?? '')) {
    throw new EngineError('network', 'the studio’s own files cannot be fetched to put them into the zip', {
      where: 'predictor-files.json',
      hint: 'Be online, or serve the whole build.',
    });
  }
  return (await response.json()) as readonly string[];
}

async function newZip() {
  const { BlobReader, BlobWriter, configure, TextReader, ZipWriter } = await import('@zip.js/zip.js');
  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new BlobWriter('application/zip'), { level: 0, extendedTimestamp: false });
  return {
    add: async (path: string, content: Blob | string) => {
      await writer.add(path, typeof content === 'string' ? new TextReader(content) : new BlobReader(content));
    },
    close: () => writer.close() as Promise<Blob>,
  };
}

async function readPath(path: string): Promise<Blob | undefined> {
  const at = path.lastIndexOf('/');
  return readBlob(await openFolder(path.slice(0, at)), path.slice(at + 1));
}

/** The folders that all paths begin with, with a slash at the end; '' where there are none. */
function commonFolder(paths: readonly string[]): string {
  const [first = ''] = paths;
  let end = first.lastIndexOf('/') + 1;
  while (end > 0 && !paths.every((path) => path.startsWith(first.slice(0, end)))) end = first.lastIndexOf('/', end - 2) + 1;
  return first.slice(0, end);
}

function freePath(path: string, taken: Set<string>): string {
  let free = path;
  for (let number = 2; taken.has(free); number++) free = path.replace(/(\.[^./]+)?$/, ` (${number})$1`);
  taken.add(free);
  return free;
}

/** A name that every file system takes. */
function safe(name: string): string {
  return name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '_') || '_';
}

function fileName(name: string): string {
  return safe(name).toLowerCase().replace(/\s+/g, '-');
}

function quote(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import { link, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BackboneCard, builtInCards } from '@headstart/core';
import type { Deps } from '../app.ts';
import { EngineThread } from '../engine/host.ts';
import { Problem, toProblem } from '../errors.ts';
import type { ArchiveFile } from '../ingest/archive.ts';
import { readMultipart } from '../ingest/multipart.ts';
import { safeName } from '../ingest/names.ts';
import type { Blob } from '../store/blobs.ts';
import { backbones } from '../store/schema.ts';
import type { Entry } from './catalogue.ts';
import { type BackboneSpec, specKey } from './spec.ts';

export type BackboneDeps = Pick<Deps, 'blobs' | 'config' | 'db' | 'threadOptions'>;

const namePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** What a card may say of a model that is uploaded; where files lie is ours to say. */
const cardFields = ['title', 'modality', 'cut', 'pooling', 'normalise', 'licence', 'homepage', 'image', 'text', 'audio'] as const;

/** Bytes of JavaScript heap and milliseconds within which a model must open. */
const inspection = { heapMiB: 4096, milliseconds: 120_000 };

/**
 * Takes a backbone that is uploaded: receives its files, opens the model in a thread of its own, and keeps it when it can be used.
 * @throws Problem 400, 409, 413, 422
 */
export async function takeBackbone(request: Request, deps: BackboneDeps): Promise<Entry> {
  const { blobs, config } = deps;
  const { limits } = config;
  const received: Received = new Map();
  let name: string | undefined;
  let card: Partial<BackboneCard> = {};
  let left = limits.backboneBytes;
  try {
    await readMultipart(
      request,
      { bytes: limits.backboneBytes + 2 ** 20, files: 50 },
      {
        field: (field, value) => {
          if (field === 'name') name = value;
          if (field === 'card') card = parseCard(value);
        },
        file: async ({ name: given, stream }) => {
          const path = safeName(given);
          const file = await blobs.receive(stream, left, `'${path}'`);
          left -= file.bytes;
          received.set(path, file);
        },
      },
    );
    const model = modelOf([...received.keys()], card.model);
    return await keepBackbone(received, { name: requireName(name ?? stemOf(model)), model, card }, deps);
  } finally {
    for (const { path } of received.values()) await rm(path, { force: true });
  }
}

/**
 * Takes a backbone that lies in a project, under the name of its file, or one beside it where that is another one's.
 * @returns the name it has here
 * @throws Problem 413, 422
 */
export async function takeBackboneFiles(model: string, files: readonly ArchiveFile[], deps: BackboneDeps): Promise<string> {
  const { blobs, config, db } = deps;
  const received: Received = new Map();
  let left = config.limits.backboneBytes;
  try {
    for (const { name, stream } of files) {
      const file = await blobs.receive(stream(), left, `'${name}'`);
      left -= file.bytes;
      received.set(name, file);
    }
    const own = await db.select().from(backbones);
    const same = own.find(({ spec }) => spec.files?.some(({ path, blob }) => path === model && blob === received.get(model)?.sha256));
    if (same) return same.name;
    const stem =
      stemOf(model)
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/^[^a-z0-9]+/, '')
        .slice(0, 60) || 'backbone';
    const taken = new Set([...own, ...builtInCards].map(({ name }) => name));
    let name = stem;
    for (let number = 2; taken.has(name); number++) name = `${stem}-${number}`;
    return (await keepBackbone(received, { name, model, card: {} }, deps)).spec.card.name;
  } finally {
    for (const { path } of received.values()) await rm(path, { force: true });
  }
}

type Received = Map<string, Blob & { readonly path: string }>;

/** Opens a model that was received, and keeps it when it can be used. */
async function keepBackbone(
  received: Received,
  { name: known, model, card }: { readonly name: string; readonly model: string; readonly card: Partial<BackboneCard> },
  { blobs, db, threadOptions }: BackboneDeps,
): Promise<Entry> {
  const folder = blobs.temporary();
  try {
    for (const [path, file] of received) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await link(file.path, join(folder, path));
    }
    const given = Object.fromEntries(cardFields.flatMap((field) => (card[field] === undefined ? [] : [[field, card[field]]])));
    const seen = await inspect(threadOptions, join(folder, model), known, model, given, folder);
    const files: { path: string; blob: string; bytes: number }[] = [];
    for (const [path, file] of received) {
      await blobs.keep(file);
      files.push({ path, blob: file.sha256, bytes: file.bytes });
    }
    const spec: BackboneSpec = { card: { ...seen.card, ...given, name: known, source: '', homepage: card.homepage ?? '' }, files };
    const row = { name: known, spec, dimension: seen.dimension, notes: [...seen.notes] };
    const [added] = await db.insert(backbones).values(row).onConflictDoNothing().returning();
    if (!added)
      throw new Problem(409, 'name-taken', `There is a backbone '${known}' already.`, { hint: 'Delete it first, or take another name.' });
    return { spec, own: true, downloaded: true, dimension: seen.dimension, notes: seen.notes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function stemOf(model: string): string {
  return model
    .replace(/^.*\//, '')
    .replace(/\.onnx$/i, '')
    .toLowerCase();
}

async function inspect(
  options: Deps['threadOptions'],
  model: string,
  name: string,
  file: string,
  given: Partial<BackboneCard>,
  folder: string,
) {
  const thread = new EngineThread({ ...options, engine: 'wasm', offline: true }, { heapMiB: inspection.heapMiB });
  const signal = AbortSignal.timeout(inspection.milliseconds);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Problem(422, 'invalid-model', 'The model took too long to open.')), { once: true });
  });
  try {
    // The files beside the model tell what it takes; the fields of the card go before them.
    const plain = await Promise.race([thread.call('inspect', { spec: { key: name, card: {} as BackboneCard }, from: model }), late]);
    if (Object.keys(given).length === 0) return plain;
    const card = { ...plain.card, ...given, name, source: folder, model: file };
    return await Promise.race([thread.call('inspect', { spec: { key: specKey({ card }), card }, from: card }), late]);
  } catch (error) {
    throw aboutModel(error, folder, file);
  } finally {
    await thread.close();
  }
}

/** The error as the client can understand it: its own file names, no folder of this machine. */
function aboutModel(error: unknown, folder: string, file: string): Problem {
  const problem = toProblem(error);
  const detail = problem.status >= 500 && !(error instanceof Problem) ? `'${file}' cannot be opened as an ONNX model.` : problem.message;
  const plain = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(folder, file);
  const hint = problem.hint === undefined ? undefined : plain(problem.hint);
  return new Problem(problem.status >= 500 ? 422 : problem.status, problem.status >= 500 ? 'invalid-model' : problem.code, plain(detail), {
    hint,
    cause: error,
  });
}

function parseCard(text: string): Partial<BackboneCard> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Partial<BackboneCard>;
  } catch {
    // Told below, as for any JSON that is no object.
  }
  throw new Problem(400, 'invalid-request', "The field 'card' is not a JSON object.");
}

function requireName(name: string): string {
  if (!namePattern.test(name)) {
    throw new Problem(
      400,
      'invalid-request',
      "The field 'name' cannot be meant: expected 1 to 64 of a-z, 0-9, dot, dash and underscore, a letter or digit first.",
      {
        hint: "With curl: -F name=my-backbone -F 'files=@model.onnx'.",
      },
    );
  }
  if (builtInCards.some((card) => card.name === name))
    throw new Problem(409, 'name-taken', `'${name}' is the name of a built-in backbone.`, { hint: 'Take another name.' });
  return name;
}

function modelOf(paths: readonly string[], named: string | undefined): string {
  const models = paths.filter((path) => /\.onnx$/i.test(path));
  const model = named !== undefined && paths.includes(named) ? named : models[0];
  if (model !== undefined && (named !== undefined || models.length === 1)) return model;
  throw new Problem(
    422,
    'invalid-data',
    models.length === 0 ? 'There is no .onnx file in the upload.' : 'There are several .onnx files in the upload.',
    {
      hint: 'Send one; a file of another name is chosen by `model` in the card.',
    },
  );
}

import type { FoundSamples } from '@headstart/core';
import type { GivenFile, ImportProgress, ImportSummary, Modality } from '../protocol.ts';
import { encodeFrame, makeThumbnail, sha256 } from './pictures.ts';
import type { Operation, SampleRecord } from './state.ts';
import type { NewSample, SampleStore } from './store.ts';

/** Samples that become one pack: few enough that the page sees them come in. */
const packSize = 32;

interface Context {
  readonly signal: AbortSignal;
  progress(value: ImportProgress): void;
}

/** Reads files as core reads datasets. */
type ReadFiles = (files: readonly { readonly path: string; readonly blob: Blob }[], labelled: boolean) => Promise<FoundSamples>;

interface Candidate {
  readonly id: string;
  readonly classId: string;
  read(): Promise<Uint8Array<ArrayBuffer>>;
  readonly part?: Pick<SampleRecord, 'start' | 'end' | 'group'>;
}

/**
 * Takes files into a project: pictures into the class that was pointed at, or by their folders; tables by their label column. A file that
 * cannot be used is named with its reason and stops nothing.
 * @param tools.order names of classes in the order in which new ones are added; those it leaves out follow by name
 */
export async function importFiles(
  store: SampleStore,
  modality: Modality,
  { files, classId }: { readonly files: readonly GivenFile[]; readonly classId: string | undefined },
  { readFiles, order }: { readonly readFiles: ReadFiles; readonly order: readonly string[] },
  context: Context,
): Promise<ImportSummary> {
  const given = files.map(({ path, file }) => ({ path, blob: file }));
  const whole = modality === 'text' ? given.every(({ path }) => /\.txt$/i.test(path)) : !given.some(({ path }) => isCollection.test(path));
  const plain = classId !== undefined && whole;
  if (plain) {
    const candidates = given.map(({ path, blob }) => ({
      id: path,
      classId,
      read: async () => new Uint8Array(await blob.arrayBuffer()),
    }));
    return take(store, modality, candidates, { skipped: [], notes: [], classes: 0 }, context);
  }
  const inFolders = given.some(({ path }) => path.includes('/') || isCollection.test(path)) || (modality === 'audio' && namesSay(given));
  const found = await readFiles(given, classId === undefined && inFolders);
  const notes = [...found.warnings];
  if (found.modality !== modality) {
    const message = `These files hold ${things[found.modality]}; this project is of ${things[modality]}. Switch above, then add them again.`;
    throw Object.assign(new Error(message), { code: 'invalid-data' });
  }
  const every = [...found.samples, ...(found.test ?? [])];
  const names = classId === undefined ? inOrder([...new Set(every.map(({ label }) => label ?? fallbackName))], order) : [];
  const classes = ensureClasses(store, names);
  const candidates = every.map(({ id, label, text, read, start, end, group }) => ({
    id,
    classId: classId ?? (classes.ids.get(label ?? fallbackName) as string),
    part: { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }), ...(group === undefined ? {} : { group }) },
    read: async () => (text === undefined ? ((await read?.()) ?? new Uint8Array()) : new TextEncoder().encode(text)),
  }));
  return take(store, modality, candidates, { skipped: found.skipped, notes, classes: classes.added }, context);
}

function inOrder(names: readonly string[], order: readonly string[]): readonly string[] {
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return names.toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** What files of each kind hold, in sentences. */
export const things: Readonly<Record<Modality, string>> = { image: 'pictures', text: 'texts', audio: 'sounds' };

/** Archives, and tables that say which class each of their rows or files is of. */
const isCollection = /\.(zip|csv|tsv|jsonl|ndjson)$/i;

/** Whether clips are named `<label>_<anything>`, with more than one label. */
function namesSay(files: readonly { readonly path: string }[]): boolean {
  const labels = files.map(({ path }) => /^([^_]+)_/.exec(path)?.[1]);
  return !labels.includes(undefined) && new Set(labels).size > 1;
}

/** Where files go that no folder sorts. */
const fallbackName = 'Class 1';

function ensureClasses(
  store: SampleStore,
  names: readonly string[],
): { readonly ids: ReadonlyMap<string, string>; readonly added: number } {
  const ids = new Map(store.state.classes.map(({ id, name }) => [name, id]));
  const missing = names.filter((name) => !ids.has(name));
  const operations = missing.map((name): Operation => {
    const id = crypto.randomUUID();
    ids.set(name, id);
    return { kind: 'add-class', id, name };
  });
  // The empty classes that a project begins with are there to be replaced.
  const used = new Set([...store.state.samples.values()].map(({ classId }) => classId));
  const spare = store.state.classes.filter(({ id, name }) => !used.has(id) && /^\S+ \d+$/.test(name) && !names.includes(name));
  const removals = missing.length > 0 ? spare.map(({ id }): Operation => ({ kind: 'remove-class', id })) : [];
  if (operations.length > 0) store.commit([...removals, ...operations], { kind: 'add-class', count: operations.length });
  return { ids, added: operations.length };
}

async function take(
  store: SampleStore,
  modality: Modality,
  candidates: readonly Candidate[],
  found: { readonly skipped: ImportSummary['skipped']; readonly notes: readonly string[]; readonly classes: number },
  { signal, progress }: Context,
): Promise<ImportSummary> {
  const skipped = [...found.skipped];
  const known = new Set([...store.state.samples.values()].map(({ classId, hash }) => `${classId} ${hash}`));
  const taken = new Set<string>();
  let [added, repeats, long] = [0, 0, 0];
  for (let start = 0; start < candidates.length && !signal.aborted; start += packSize) {
    const part = candidates.slice(start, start + packSize);
    const made =
      modality === 'audio' ? await newSounds(part, skipped) : await Promise.all(part.map((each) => newSample(each, modality, skipped)));
    const fresh: NewSample[] = [];
    for (const sample of made) {
      if (!sample) continue;
      const key = `${sample.classId} ${sample.hash}`;
      if (known.has(key)) {
        repeats++;
        continue;
      }
      known.add(key);
      const id = store.freeId(sample.id, taken);
      taken.add(id);
      fresh.push({ ...sample, id });
      if ((sample.sound?.seconds ?? 0) > longest) long++;
    }
    await store.add(fresh, added > 0);
    added += fresh.length;
    progress({ done: Math.min(candidates.length, start + packSize), total: candidates.length });
  }
  const notes = [...found.notes, ...(long > 0 ? [longNote(long)] : [])];
  return { added, repeats, skipped, notes, classes: found.classes };
}

async function newSample(
  candidate: Candidate,
  modality: Modality,
  skipped: { id: string; reason: string }[],
): Promise<NewSample | undefined> {
  const { id, classId, read } = candidate;
  try {
    const content = await read();
    const hash = await sha256(content);
    if (modality === 'text') return { id, classId, hash, content };
    return { id, classId, hash, content, thumbnail: await makeThumbnail(new Blob([content])) };
  } catch (error) {
    const cannotDecode = error instanceof DOMException && error.name === 'InvalidStateError';
    skipped.push({ id, reason: cannotDecode ? 'It is no picture that this browser can decode.' : String(error) });
    return undefined;
  }
}

/** Seconds that backbones take of a sound at most. */
const longest = 10;

function longNote(count: number): string {
  return `${count === 1 ? 'One sound is' : `${count} sounds are`} longer than ${longest} seconds, of which only the middle is learned: cut it, or list its parts in a table with start and end`;
}

/** One after another: what one recording takes in memory when it is decoded is much more than its file. */
async function newSounds(candidates: readonly Candidate[], skipped: { id: string; reason: string }[]): Promise<(NewSample | undefined)[]> {
  const { newSound } = await import('./sounds.ts');
  const made: (NewSample | undefined)[] = [];
  for (const { id, classId, read, part } of candidates) {
    try {
      made.push({ id, classId, ...(await newSound(await read(), part)) });
    } catch (error) {
      skipped.push({ id, reason: error instanceof Error ? `It cannot be used: ${error.message}.`.replace(/\.\.$/, '.') : String(error) });
    }
  }
  return made;
}

/** A clip off the microphone. */
export async function addClip(
  store: SampleStore,
  classId: string,
  clip: { readonly rate: number; readonly samples: Float32Array<ArrayBuffer> },
  first: boolean,
): Promise<void> {
  const [{ encodeWav }, { newSound }] = await Promise.all([import('../../support/wav.ts'), import('./sounds.ts')]);
  const sound = await newSound(encodeWav(clip));
  const name = `microphone/${new Date().toISOString().replace(/[:.]/g, '-')}.wav`;
  await store.add([{ id: store.freeId(name, new Set()), classId, ...sound }], !first);
}

/** Another wording of a text. */
export async function editText(store: SampleStore, id: string, text: string): Promise<void> {
  const content = new TextEncoder().encode(text.trim());
  if (content.length > 0) await store.edit(id, content, await sha256(content));
}

/** Texts that were typed or pasted. */
export async function addTexts(store: SampleStore, classId: string, texts: readonly string[]): Promise<ImportSummary> {
  const candidates = texts
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => ({ id: `typed ${text.slice(0, 40)}`, classId, read: async () => new TextEncoder().encode(text) }));
  const context = { signal: new AbortController().signal, progress: () => undefined };
  return take(store, 'text', candidates, { skipped: [], notes: [], classes: 0 }, context);
}

/** One frame of a recording. */
export async function addFrame(store: SampleStore, classId: string, frame: ImageBitmap, first: boolean): Promise<void> {
  try {
    const [content, thumbnail] = [await encodeFrame(frame), await makeThumbnail(frame)];
    const name = `camera/${new Date().toISOString().replace(/[:.]/g, '-')}.jpg`;
    await store.add([{ id: store.freeId(name, new Set()), classId, hash: await sha256(content), content, thumbnail }], !first);
  } finally {
    frame.close();
  }
}

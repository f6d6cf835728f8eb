import { join } from 'node:path';
import type { Files } from '../../io.ts';
import { formatBytes } from '../../plain.ts';
import type { FoundData } from './protocol.ts';

const pictures = /\.(jpe?g|png|webp|gif|bmp|tiff?|avif)$/i;
const clips = /\.(wav|wave|mp3|flac|ogg|oga|opus)$/i;
const tables = /\.(csv|tsv|jsonl|ndjson)$/i;
/** Entries of a folder looked at; a home folder of thousands should not be walked. */
const mostEntries = 200;

/** What in a folder looks like labelled data: folders of class folders, folders of clips named by their labels, tables, zips. */
export async function findData(folder: string, files: Files): Promise<readonly FoundData[]> {
  const names = (await files.list(folder))
    .filter((name) => !name.startsWith('.') && !/^(node_modules|runs)$/.test(name))
    .slice(0, mostEntries);
  const found = await Promise.all(names.map((name) => look(folder, name, files).catch(() => undefined)));
  const inside = found.flatMap((each) => each ?? []);
  const here = await labelled(folder, files);
  return here ? [{ path: '.', modality: here.modality, note: `this folder: ${here.note}` }, ...inside] : inside;
}

async function look(folder: string, name: string, files: Files): Promise<FoundData | undefined> {
  const path = join(folder, name);
  if ((await files.kind(path)) === 'file') {
    const size = formatBytes(await files.size(path));
    if (tables.test(name)) return { path: name, modality: 'text', note: `a table, ${size}` };
    return /\.zip$/i.test(name) ? { path: name, modality: 'image', note: `an archive, ${size}` } : undefined;
  }
  const whole = await labelled(path, files);
  if (whole) return { path: name, ...whole };
  const train = (await files.list(path)).find((each) => /^train/i.test(each));
  if (!train) return undefined;
  if (tables.test(train)) return { path: name, modality: 'text', note: 'train and test tables' };
  const split = await labelled(join(path, train), files);
  return split === undefined ? undefined : { path: name, modality: split.modality, note: `${split.note}, with a test split` };
}

type Labelled = Pick<FoundData, 'modality' | 'note'>;

/** `3 class folders` where at least two folders begin with pictures or clips; `12 labels` where clips are named by them. */
async function labelled(path: string, files: Files): Promise<Labelled | undefined> {
  const names = (await files.list(path)).filter((name) => !name.startsWith('.')).slice(0, mostEntries);
  const kinds = await Promise.all(
    names.map(async (name) => {
      const inner = join(path, name);
      if ((await files.kind(inner)) !== 'folder') return undefined;
      const some = (await files.list(inner)).slice(0, 20);
      return some.some((each) => pictures.test(each)) ? 'image' : some.some((each) => clips.test(each)) ? 'audio' : undefined;
    }),
  );
  for (const modality of ['image', 'audio'] as const) {
    const count = kinds.filter((kind) => kind === modality).length;
    if (count >= 2) return { modality, note: `${count} class folders` };
  }
  const labels = new Set(names.flatMap((name) => (clips.test(name) ? (/^([^_]+)_/.exec(name)?.[1] ?? []) : [])));
  return labels.size >= 2 ? { modality: 'audio', note: 'clips named by their labels' } : undefined;
}

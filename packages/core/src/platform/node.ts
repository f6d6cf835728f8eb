import type { Platform } from './platform.ts';

export { gpuLoadFailure, loadGpu, restWhile } from './adapter-node.ts';
export { decodeClip } from './clip.ts';
export {
  cacheFolder,
  environment,
  isDiskFull,
  joinPath,
  listFolder,
  move,
  openAppend,
  openBlob,
  readFile,
  remove,
  resolvePath,
  sha256,
  stat,
  writeFile,
} from './files-node.ts';
export { readPackage } from './package-node.ts';
export { decodePicture } from './picture-node.ts';

export const runtime: Platform['runtime'] = 'node';

/** Node does not know; a request tells. */
export function isOnline(): boolean {
  return true;
}

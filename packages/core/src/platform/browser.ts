import type { Platform } from './platform.ts';

export { gpuLoadFailure, loadGpu, restWhile } from './adapter-browser.ts';
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
} from './files-browser.ts';
export { isOnline } from './online-browser.ts';
export { readPackage } from './package-browser.ts';
export { decodePicture } from './picture-browser.ts';

export const runtime: Platform['runtime'] = 'browser';

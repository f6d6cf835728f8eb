/**
 * What core needs of the machine under it. `node.ts` and `browser.ts` export these names, and `#platform` picks one of them.
 * Paths are the platform's own in Node, and slash-separated names under the origin's private file system (OPFS) in the browser.
 */
export interface Platform {
  readonly runtime: 'node' | 'browser';
  /** The WebGPU entry; undefined where there is none. */
  loadGpu(): Promise<GPU | undefined>;
  /** Why `loadGpu` gave nothing. */
  gpuLoadFailure(): unknown;
  /** Awaits work of a software adapter without keeping a core from it. */
  restWhile<T>(work: Promise<T>): Promise<T>;

  /** Whether there is a network, as far as the platform knows. */
  isOnline(): boolean;

  /** An environment variable; undefined in the browser. */
  environment(name: string): string | undefined;
  /** The folder that all front ends keep models and features in. `HEADSTART_CACHE` overrides it. */
  cacheFolder(): string;
  /** One path from parts, by the platform's separator. */
  joinPath(...parts: readonly string[]): string;
  /** The local path of a `file:` URL, a relative or an absolute path. */
  resolvePath(path: string): string;

  /** Size in bytes, kind and time of last change; undefined when nothing is there. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Entries of a folder by name, ascending by code point. */
  listFolder(path: string): Promise<readonly FolderEntry[]>;
  readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** A file as a Blob whose parts are read when asked for. */
  openBlob(path: string): Promise<Blob>;
  /** Writes under a temporary name, flushes, then renames: readers see the old bytes or the new ones, never a part. Makes folders. */
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  /** Opens a file to append to, making it and its folders. */
  openAppend(path: string): Promise<AppendFile>;
  move(from: string, to: string): Promise<void>;
  /** Removes a file or a folder with all in it; nothing there is not an error. */
  remove(path: string): Promise<void>;
  /** True for the errors a full disk or an exhausted quota gives. */
  isDiskFull(error: unknown): boolean;

  sha256(): Hash;

  /** The whole compressed tarball of a registry package, as a stream of its bytes, handed to `read`. */
  readPackage<T>(spec: string, options: PackageOptions, read: (tarball: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<T>): Promise<T>;
  /** Decodes a picture to RGB rows; see `Picture`. Throws when it is not one. */
  decodePicture(bytes: Uint8Array<ArrayBuffer>): Promise<Picture>;
  /** Decodes a recording to mono; see `Clip`. Throws when it is not one. */
  decodeClip(bytes: Uint8Array<ArrayBuffer>): Promise<Clip>;
}

export interface FileStat {
  readonly kind: 'file' | 'folder';
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** A file open at its end. */
export interface AppendFile {
  /** Bytes written and found. */
  readonly bytes: number;
  append(bytes: Uint8Array): Promise<void>;
  /** Forgets everything after the first `bytes` bytes. */
  truncate(bytes: number): Promise<void>;
  /** Returns when what was appended survives a crash. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** SHA-256 over bytes that come in pieces. */
export interface Hash {
  update(bytes: Uint8Array): void;
  /** 64 lower-case hexadecimal digits. */
  hex(): Promise<string>;
}

export interface PackageOptions {
  readonly signal?: AbortSignal;
}

/**
 * A decoded picture: sRGB, 8 bits, `data` = uint8[height, width, 3]. EXIF orientation is applied, alpha is composited on white,
 * greyscale is expanded, and of an animation it is the first frame.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A decoded recording, one channel (the mean of those it had). */
export interface Clip {
  /** Samples a second, Hz. */
  readonly rate: number;
  /** float32[S], full scale at ±1. */
  readonly samples: Float32Array<ArrayBuffer>;
}

import { createHash, randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { type FileHandle, mkdir, open, readFile as readBuffer, readdir, rename, rm, stat as statFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import type { AppendFile, FileStat, FolderEntry, Hash } from './platform.ts';

export function environment(name: string): string | undefined {
  return process.env[name] || undefined;
}

export function cacheFolder(): string {
  return resolve(environment('HEADSTART_CACHE') ?? envPaths('headstart', { suffix: '' }).cache);
}

export function joinPath(...parts: readonly string[]): string {
  return join(...parts);
}

export function resolvePath(path: string): string {
  return path.startsWith('file:') ? fileURLToPath(path) : resolve(path);
}

export async function stat(path: string): Promise<FileStat | undefined> {
  try {
    const found = await statFile(path);
    return { kind: found.isDirectory() ? 'folder' : 'file', bytes: found.size, modified: found.mtimeMs };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export async function listFolder(path: string): Promise<readonly FolderEntry[]> {
  const entries = await Promise.all(
    (await readdir(path, { withFileTypes: true })).map(async (entry): Promise<FolderEntry[]> => {
      if (entry.isDirectory()) return [{ name: entry.name, kind: 'folder' }];
      if (entry.isFile()) return [{ name: entry.name, kind: 'file' }];
      // Links count as what they point at; a dangling one as nothing.
      const target = entry.isSymbolicLink() ? await stat(join(path, entry.name)) : undefined;
      return target ? [{ name: entry.name, kind: target.kind }] : [];
    }),
  );
  return entries.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

export async function readFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { buffer, byteOffset, length } = await readBuffer(path);
  return new Uint8Array(buffer, byteOffset, length);
}

export function openBlob(path: string): Promise<Blob> {
  return openAsBlob(path);
}

export async function writeFile(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(bytes);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

export async function openAppend(path: string): Promise<AppendFile> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  return new NodeAppendFile(file, (await file.stat()).size);
}

class NodeAppendFile implements AppendFile {
  readonly #file: FileHandle;
  bytes: number;

  constructor(file: FileHandle, bytes: number) {
    this.#file = file;
    this.bytes = bytes;
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.#file.appendFile(bytes);
    this.bytes += bytes.length;
  }

  async truncate(bytes: number): Promise<void> {
    await this.#file.truncate(bytes);
    this.bytes = bytes;
  }

  flush(): Promise<void> {
    return this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

export async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
}

export function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
}

export function isDiskFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
}

export function sha256(): Hash {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), hex: async () => hash.digest('hex') };
}

function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

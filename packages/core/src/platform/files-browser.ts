import type { AppendFile, FileStat, FolderEntry, Hash } from './platform.ts';

/** A page has no environment. */
export function environment(_name: string): string | undefined {
  return undefined;
}

export function cacheFolder(): string {
  return 'headstart';
}

export function joinPath(...parts: readonly string[]): string {
  return parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/');
}

export function resolvePath(path: string): string {
  return joinPath(path.replace(/^file:\/*/, ''));
}

export async function stat(path: string): Promise<FileStat | undefined> {
  const handle = await find(path);
  if (!handle) return undefined;
  if (handle.kind === 'directory') return { kind: 'folder', bytes: 0, modified: 0 };
  const file = await handle.getFile();
  return { kind: 'file', bytes: file.size, modified: file.lastModified };
}

export async function listFolder(path: string): Promise<readonly FolderEntry[]> {
  const folder = await openFolder(split(path), false);
  const entries: FolderEntry[] = [];
  for await (const [name, handle] of folder.entries()) entries.push({ name, kind: handle.kind === 'directory' ? 'folder' : 'file' });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export async function readFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await openBlob(path)).arrayBuffer());
}

export async function openBlob(path: string): Promise<Blob> {
  return (await openFile(path, false)).getFile();
}

export async function writeFile(path: string, bytes: Uint8Array): Promise<void> {
  // createWritable writes to a swap file that replaces the old one on close.
  const writable = await (await openFile(path, true)).createWritable();
  try {
    await writable.write(bytes as Uint8Array<ArrayBuffer>);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
}

/** Appends through a sync access handle, the one way in OPFS whose writes stay after a crash; browsers give it to workers only. */
export async function openAppend(path: string): Promise<AppendFile> {
  const handle = await openFile(path, true);
  if (!handle.createSyncAccessHandle) throw new Error('files can be appended to in a dedicated worker only');
  const access = await handle.createSyncAccessHandle();
  let bytes = access.getSize();
  return {
    get bytes() {
      return bytes;
    },
    async append(more) {
      let written = 0;
      while (written < more.length) {
        const count = access.write(more.subarray(written) as Uint8Array<ArrayBuffer>, { at: bytes });
        if (count === 0) throw new DOMException('the origin has no storage left', 'QuotaExceededError');
        written += count;
        bytes += count;
      }
    },
    async truncate(length) {
      access.truncate(length);
      bytes = length;
    },
    async flush() {
      access.flush();
    },
    async close() {
      access.close();
    },
  };
}

export async function move(from: string, to: string): Promise<void> {
  const source = await openFile(from, false);
  const parts = split(to);
  const name = parts.pop() as string;
  const folder = await openFolder(parts, true);
  if (source.move) return source.move(folder, name);
  const writable = await (await openFile(to, true)).createWritable();
  await (await openBlob(from)).stream().pipeTo(writable);
  await remove(from);
}

export async function remove(path: string): Promise<void> {
  const parts = split(path);
  const name = parts.pop() as string;
  try {
    await (await openFolder(parts, false)).removeEntry(name, { recursive: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

export function isDiskFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

/** Web Crypto hashes whole messages only, so the pieces are kept until the end. */
export function sha256(): Hash {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  return {
    update: (bytes) => void pieces.push(bytes.slice()),
    async hex() {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(pieces).arrayBuffer()));
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}

function split(path: string): string[] {
  return path.split('/').filter(Boolean);
}

async function openFolder(parts: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle> {
  let folder = await navigator.storage.getDirectory();
  for (const part of parts) folder = await folder.getDirectoryHandle(part, { create });
  return folder;
}

async function openFile(path: string, create: boolean): Promise<FileSystemFileHandle> {
  const parts = split(path);
  const name = parts.pop() as string;
  return (await openFolder(parts, create)).getFileHandle(name, { create });
}

async function find(path: string): Promise<FileSystemFileHandle | FileSystemDirectoryHandle | undefined> {
  const parts = split(path);
  const name = parts.pop();
  try {
    const folder = await openFolder(parts, false);
    if (name === undefined) return folder;
    return await folder.getFileHandle(name).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'TypeMismatchError') return folder.getDirectoryHandle(name);
      throw error;
    });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError');
}

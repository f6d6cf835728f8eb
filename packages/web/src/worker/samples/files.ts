/*
 * The origin's private file system, as far as samples need it. Sync access handles are the one way in it whose appended bytes stay after a
 * crash; browsers give them to workers.
 */

/** A folder by its slash-separated path, made where it is missing. */
export async function openFolder(path: string): Promise<FileSystemDirectoryHandle> {
  let folder = await navigator.storage.getDirectory();
  for (const name of path.split('/').filter(Boolean)) folder = await folder.getDirectoryHandle(name, { create: true });
  return folder;
}

/** A file's content as a Blob that stays on disk; undefined where there is none. */
export async function readBlob(folder: FileSystemDirectoryHandle, name: string): Promise<File | undefined> {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
    throw error;
  }
}

/** Writes a whole file; readers see the old bytes or the new ones. */
export async function writeWhole(folder: FileSystemDirectoryHandle, name: string, bytes: Uint8Array<ArrayBuffer> | string): Promise<void> {
  const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await writable.write(bytes);
  await writable.close();
}

/** Writes a new file of several pieces, and returns when it survives a crash. */
export async function writePieces(
  folder: FileSystemDirectoryHandle,
  name: string,
  pieces: readonly Uint8Array<ArrayBuffer>[],
): Promise<void> {
  const access = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
  try {
    access.truncate(0);
    let at = 0;
    for (const piece of pieces) at += writeAt(access, piece, at);
    access.flush();
  } finally {
    access.close();
  }
}

export function writeAt(access: FileSystemSyncAccessHandle, bytes: Uint8Array<ArrayBuffer>, at: number): number {
  for (let written = 0; written < bytes.length; ) {
    const count = access.write(bytes.subarray(written), { at: at + written });
    if (count === 0) throw new DOMException('the origin has no storage left', 'QuotaExceededError');
    written += count;
  }
  return bytes.length;
}

import { BlobReader, type FileEntry, ZipReader } from '@zip.js/zip.js';

/** Entries of a zip, by path. */
export async function unzip(bytes: Buffer): Promise<Map<string, FileEntry>> {
  const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(bytes)])));
  return new Map((await reader.getEntries()).flatMap((entry) => (entry.directory ? [] : [[entry.filename, entry] as const])));
}

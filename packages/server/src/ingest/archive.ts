import { openAsBlob } from 'node:fs';
import { BlobReader, configure, type FileEntry, ZipReader } from '@zip.js/zip.js';
import type { Limits } from '../config.ts';
import { Problem } from '../errors.ts';
import { isClutter, safeName } from './names.ts';

export interface ArchiveFile {
  readonly name: string;
  readonly bytes: number;
  /** @throws Problem 422 when more comes than the archive said, or what comes is damaged */
  stream(): ReadableStream<Uint8Array>;
}

export interface Archive {
  readonly files: readonly ArchiveFile[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  close(): Promise<void>;
}

/**
 * Lists a zip; files are unpacked as they are read.
 * @throws Problem 422 when it is none, is encrypted, or would unpack to far more than it is
 */
export async function openArchive(
  path: string,
  where: string,
  limits: Pick<Limits, 'unpackedBytes' | 'unpackRatio' | 'samples'>,
): Promise<Archive> {
  configure({ useWebWorkers: false });
  const blob = await openAsBlob(path);
  const reader = new ZipReader(new BlobReader(blob));
  try {
    const files: ArchiveFile[] = [];
    const skipped: { name: string; reason: string }[] = [];
    let total = 0;
    let count = 0;
    for await (const entry of reader.getEntriesGenerator()) {
      if (++count > limits.samples) throw refuse(where, `it has more than ${limits.samples} entries`);
      if (entry.directory || isClutter(entry.filename)) continue;
      if (entry.encrypted)
        throw new Problem(422, 'invalid-data', `The archive '${where}' is encrypted.`, { hint: 'Send it without a password.' });
      total += entry.uncompressedSize;
      if (total > limits.unpackedBytes) throw refuse(where, `it would unpack to more than ${limits.unpackedBytes} bytes`);
      if (total > 2 ** 20 && total > blob.size * limits.unpackRatio)
        throw refuse(where, `it would unpack to more than ${limits.unpackRatio} times its size`);
      try {
        files.push({ name: safeName(entry.filename), bytes: entry.uncompressedSize, stream: () => unpack(entry, where) });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        skipped.push({ name: entry.filename.slice(0, 100), reason: error.message });
      }
    }
    files.sort((a, b) => (a.name < b.name ? -1 : 1));
    return { files, skipped, close: () => reader.close() };
  } catch (error) {
    await reader.close().catch(() => undefined);
    if (error instanceof Problem) throw error;
    throw new Problem(422, 'invalid-data', `'${where}' is not a whole zip archive.`, { hint: 'Make or send it again.', cause: error });
  }
}

function unpack(entry: FileEntry, where: string): ReadableStream<Uint8Array> {
  let bytes = 0;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > entry.uncompressedSize) controller.error(refuse(where, `'${entry.filename}' unpacks to more than it says`));
      else controller.enqueue(chunk);
    },
  });
  entry.getData(writable, { checkSignature: true }).catch(async (cause) => {
    const problem =
      cause instanceof Problem ? cause : new Problem(422, 'invalid-data', `'${entry.filename}' in '${where}' is damaged.`, { cause });
    await writable.abort(problem).catch(() => undefined);
  });
  return readable;
}

function refuse(where: string, why: string): Problem {
  return new Problem(413, 'archive-bomb', `The archive '${where}' is refused: ${why}.`, {
    hint: 'Send the files in several archives, or not compressed.',
  });
}

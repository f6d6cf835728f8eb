import { openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { BlobReader, configure, ERR_UNSAFE_FILENAME, type FileEntry, ZipReader } from '@zip.js/zip.js';
import type { Limits } from '../config.ts';
import { Problem } from '../errors.ts';
import { isClutter, safeName } from './names.ts';

export interface ArchiveFile {
  readonly name: string;
  readonly bytes: number;
  /** @throws Problem 422 when more comes than the archive said, or what comes is damaged */
  stream(): Readable;
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
    if (error instanceof Error && error.message === ERR_UNSAFE_FILENAME) {
      const name = 'filename' in error ? `${error.filename}`.slice(0, 80) : '';
      throw new Problem(
        422,
        'invalid-name',
        `The archive '${where}' is refused: the file name '${name}' leads out of its folder, or cannot be one.`,
        {
          hint: 'Use relative paths such as cat/1.jpg in it.',
          cause: error,
        },
      );
    }
    throw new Problem(422, 'invalid-data', `'${where}' is not a whole zip archive.`, { hint: 'Make or send it again.', cause: error });
  }
}

function unpack(entry: FileEntry, where: string): Readable {
  let bytes = 0;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > entry.uncompressedSize) throw refuse(where, `'${entry.filename}' unpacks to more than it says`);
      controller.enqueue(chunk);
    },
  });
  // What goes wrong here ends the stream, and is told by it.
  entry
    .getData(writable, { checkSignature: true, checkOverlappingEntry: true })
    .catch((error) => writable.abort(error).catch(() => undefined));
  return Readable.from(pieces(readable, entry.filename, where), { objectMode: false });
}

async function* pieces(readable: ReadableStream<Uint8Array>, name: string, where: string): AsyncGenerator<Uint8Array> {
  try {
    yield* readable;
  } catch (cause) {
    throw cause instanceof Problem ? cause : new Problem(422, 'invalid-data', `'${name}' in '${where}' is damaged.`, { cause });
  }
}

function refuse(where: string, why: string): Problem {
  return new Problem(413, 'archive-bomb', `The archive '${where}' is refused: ${why}.`, {
    hint: 'Send the files in several archives, or not compressed.',
  });
}

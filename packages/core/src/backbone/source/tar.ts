import { EngineError } from '../../errors.ts';

/** A file of a tarball. Its body must be read, or left alone, before the next entry is asked for. */
export interface TarFile {
  readonly path: string;
  readonly bytes: number;
  readonly body: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/**
 * The regular files of a tar stream (POSIX.1-2001 pax interchange format: ustar headers, `path` and `size` of extended headers; GNU long
 * names), one after the other, in constant memory. Written here because no maintained reader streams in Node and in browsers alike.
 * @throws EngineError `invalid-data` when the stream is no tar file or ends early
 */
export async function* readTar(stream: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<TarFile> {
  const reader = new BlockReader(stream);
  let extended: { path?: string; size?: number } = {};
  for (;;) {
    const header = await reader.take(512, true);
    if (!header || header.every((byte) => byte === 0)) return reader.drain();
    checkHeader(header);
    const kind = String.fromCharCode(header[156] as number);
    const size = extended.size ?? octal(header, 124, 12);
    const padding = (512 - (size % 512)) % 512;
    if (kind === 'x') {
      extended = { ...extended, ...parsePax((await reader.take(size)) as Uint8Array) };
      await reader.skip(padding);
      continue;
    }
    if (kind === 'L') {
      extended = { ...extended, path: text((await reader.take(size)) as Uint8Array) };
      await reader.skip(padding);
      continue;
    }
    if (kind === '0' || kind === '\0' || kind === '7') {
      const prefix = text(header.subarray(345, 500));
      const name = text(header.subarray(0, 100));
      let left = size;
      const body = (async function* () {
        while (left > 0) {
          const chunk = await reader.some(left);
          left -= chunk.length;
          yield chunk;
        }
      })();
      yield { path: extended.path ?? (prefix ? `${prefix}/${name}` : name), bytes: size, body };
      await reader.skip(left + padding);
    } else await reader.skip(size + padding);
    // A global header ('g') says nothing that is used here; it leaves the next entry's own extensions alone.
    if (kind !== 'g') extended = {};
  }
}

/** Takes exact numbers of bytes off a stream of chunks. */
class BlockReader {
  readonly #chunks: AsyncIterator<Uint8Array<ArrayBuffer>>;
  #rest: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  constructor(stream: AsyncIterable<Uint8Array<ArrayBuffer>>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** At least one byte and at most `limit`. */
  async some(limit: number, endAllowed = false): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done) {
        if (endAllowed) return this.#rest;
        throw new EngineError('invalid-data', 'the tarball ends in the middle of a file', { hint: 'Fetch it again.' });
      }
      this.#rest = next.value;
    }
    const part = this.#rest.subarray(0, limit);
    this.#rest = this.#rest.subarray(part.length);
    return part;
  }

  /** Exactly `count` bytes; undefined at the end of the stream when `endAllowed`. */
  async take(count: number, endAllowed = false): Promise<Uint8Array | undefined> {
    const bytes = new Uint8Array(count);
    for (let filled = 0; filled < count; ) {
      const part = await this.some(count - filled, endAllowed && filled === 0);
      if (part.length === 0) return undefined;
      bytes.set(part, filled);
      filled += part.length;
    }
    return bytes;
  }

  /** Reads the stream to its end, where its source may check what it sent. */
  async drain(): Promise<void> {
    while (!(await this.#chunks.next()).done);
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) left -= (await this.some(left)).length;
  }
}

/** The header's checksum: the sum of its bytes, its own field counted as spaces. */
function checkHeader(header: Uint8Array): void {
  let sum = 0;
  for (let index = 0; index < 512; index++) sum += index >= 148 && index < 156 ? 32 : (header[index] as number);
  const stated = octal(header, 148, 8);
  if (sum !== stated)
    throw new EngineError('invalid-data', 'not a tar file', { expected: `a header with checksum ${stated}`, got: `${sum}` });
}

/** An octal number, or a base-256 one when the first byte's top bit is set (GNU, sizes over 8 GiB). */
function octal(header: Uint8Array, offset: number, length: number): number {
  const field = header.subarray(offset, offset + length);
  if ((field[0] as number) & 0x80) return field.subarray(1).reduce((value, byte) => value * 256 + byte, 0);
  return Number.parseInt(text(field).trim() || '0', 8);
}

/** Records `length key=value\n`. */
function parsePax(bytes: Uint8Array): { path?: string; size?: number } {
  const found: { path?: string; size?: number } = {};
  for (let offset = 0; offset < bytes.length; ) {
    const space = bytes.indexOf(32, offset);
    const length = Number(text(bytes.subarray(offset, space)));
    if (space < 0 || !(length > 0)) break;
    const record = text(bytes.subarray(space + 1, offset + length - 1));
    const [key, value] = [record.slice(0, record.indexOf('=')), record.slice(record.indexOf('=') + 1)];
    if (key === 'path') found.path = value;
    if (key === 'size') found.size = Number(value);
    offset += length;
  }
  return found;
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

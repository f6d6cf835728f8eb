import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { type Config, foldersOf } from '../config.ts';
import { Problem } from '../errors.ts';

/** A file that is kept: named by what is in it, so that equal files are kept once and none is ever changed. */
export interface Blob {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Files by their SHA-256, on a disk of this machine or in an S3 bucket. */
export class Blobs {
  readonly #disk: Disk;
  /** Folder of the files themselves, where they lie on this machine. */
  readonly #root: string | undefined;
  readonly #temporary: string;
  readonly #copies: string;
  readonly #copying = new Map<string, Promise<string>>();

  private constructor(disk: Disk, root: string | undefined, temporary: string, copies: string) {
    this.#disk = disk;
    this.#root = root;
    this.#temporary = temporary;
    this.#copies = copies;
  }

  static async open(config: Pick<Config, 'data' | 's3'>): Promise<Blobs> {
    const { files, temporary, local } = foldersOf(config);
    await mkdir(temporary, { recursive: true });
    const copies = join(local, 'blobs');
    if (!config.s3) {
      await mkdir(files, { recursive: true });
      return new Blobs(new Disk(new FSDriver({ location: files, visibility: 'private' })), files, temporary, copies);
    }
    const { S3Driver } = await import('flydrive/drivers/s3');
    const { bucket, region, endpoint } = config.s3;
    // Credentials come from where the S3 client looks for them: environment, shared files, or the machine's role.
    const place = { bucket, region, ...(endpoint ? { endpoint, forcePathStyle: true } : {}) };
    return new Blobs(new Disk(new S3Driver({ ...place, visibility: 'private', supportsACL: false })), undefined, temporary, copies);
  }

  /**
   * Removes what uploads that were cut off by a crash left.
   * @param all also what may still be in the making: for a process that is alone with the folder
   */
  async clean(all: boolean): Promise<void> {
    const old = Date.now() - 86_400_000;
    for (const name of await readdir(this.#temporary)) {
      const path = join(this.#temporary, name);
      const found = await stat(path).catch(() => undefined);
      if (all || (found && found.mtimeMs < old)) await rm(path, { recursive: true, force: true });
    }
  }

  /** A name for a file that is being made; `keep` or `rm` ends it. */
  temporary(extension = ''): string {
    return join(this.#temporary, `${randomUUID()}${extension}`);
  }

  /**
   * Receives a stream to a temporary file.
   * @param limit bytes
   * @throws Problem 413 once more comes; nothing is left then
   */
  async receive(source: Readable, limit: number, what: string): Promise<Blob & { readonly path: string }> {
    const path = this.temporary();
    const hash = createHash('sha256');
    let bytes = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.length;
        if (bytes > limit) return done(tooLarge(what, limit));
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(source, meter, createWriteStream(path, { flush: true }));
      return { path, bytes, sha256: hash.digest('hex') };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Keeps a file that was received or made: it survives a crash once this returns. */
  async keep({ path, sha256, bytes }: Blob & { readonly path: string }): Promise<Blob> {
    const key = keyOf(sha256);
    if (!this.#root) {
      if (!(await this.#disk.exists(key))) await this.#disk.copyFromFs(path, key);
      await rm(path, { force: true });
      return { sha256, bytes };
    }
    // Renamed, since a copy could be cut off in its middle.
    const target = join(this.#root, key);
    await mkdir(dirname(target), { recursive: true });
    await rename(path, target);
    return { sha256, bytes };
  }

  async put(content: Uint8Array | string): Promise<Blob> {
    const path = this.temporary();
    await writeFile(path, content, { flush: true });
    return this.keepFile(path);
  }

  /** Hashes and keeps a file; it is gone from where it was. */
  async keepFile(path: string): Promise<Blob> {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return this.keep({ path, sha256: hash.digest('hex'), bytes: (await stat(path)).size });
  }

  get(sha256: string): Promise<Uint8Array> {
    return this.#disk.getBytes(keyOf(sha256));
  }

  async text(sha256: string): Promise<string> {
    return new TextDecoder().decode(await this.get(sha256));
  }

  /** Where the file lies on this machine, copied there first when it does not. */
  async path(sha256: string): Promise<string> {
    if (this.#root) return join(this.#root, keyOf(sha256));
    const target = join(this.#copies, keyOf(sha256));
    if (await stat(target).catch(() => undefined)) return target;
    let copying = this.#copying.get(sha256);
    if (!copying) {
      copying = this.#copy(sha256, target).finally(() => this.#copying.delete(sha256));
      this.#copying.set(sha256, copying);
    }
    return copying;
  }

  async stat(sha256: string): Promise<Blob> {
    return { sha256, bytes: (await this.#disk.getMetaData(keyOf(sha256))).contentLength };
  }

  async remove(sha256: string): Promise<void> {
    await this.#disk.delete(keyOf(sha256));
    await rm(join(this.#copies, keyOf(sha256)), { force: true });
  }

  /** Writes, reads and removes a file, to tell whether the storage works. */
  async probe(): Promise<void> {
    const key = `probe/${randomUUID()}`;
    await this.#disk.put(key, 'ok');
    await this.#disk.delete(key);
  }

  async #copy(sha256: string, target: string): Promise<string> {
    await mkdir(dirname(target), { recursive: true });
    const path = this.temporary();
    await pipeline(await this.#disk.getStream(keyOf(sha256)), createWriteStream(path));
    await rename(path, target);
    return target;
  }
}

export function tooLarge(what: string, limit: number): Problem {
  return new Problem(413, 'too-large', `${what} is too large: at most ${formatBytes(limit)} are taken.`, {
    hint: 'Send less at once, or ask who runs this server for a higher limit.',
  });
}

function keyOf(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256');
  return `${sha256.slice(0, 2)}/${sha256}`;
}

function formatBytes(bytes: number): string {
  if (bytes >= 2 ** 30) return `${Number((bytes / 2 ** 30).toPrecision(3))} GiB`;
  if (bytes >= 2 ** 20) return `${Number((bytes / 2 ** 20).toPrecision(3))} MiB`;
  return bytes >= 2 ** 10 ? `${Number((bytes / 2 ** 10).toPrecision(3))} KiB` : `${bytes} bytes`;
}

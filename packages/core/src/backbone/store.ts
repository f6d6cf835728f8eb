import { cacheFolder, isDiskFull, joinPath, listFolder, openAppend, openBlob, sha256, stat, writeFile } from '#platform';
import { EngineError } from '../errors.ts';
import type { AppendFile } from '../platform/platform.ts';
import { diskFull } from './source/download.ts';

/*
 * Features on disk, by what made them and by what they are of: a folder for each backbone, cut, preprocessing and precision, named by
 * the hash of their description; in it one file for each run that computed something. A file is a sequence of records of one size:
 * sha256 of the sample's bytes (32 bytes), the vector (float32[D], little-endian), CRC-32 of both. Records are only ever appended, a
 * batch at a time, and flushed. A run that is killed leaves at most one torn record at the end of its own file; the checksum tells,
 * and the next run computes that batch again. Runs at the same time write to files of their own, so they cannot harm each other.
 */

const hashBytes = 32;
const checksumBytes = 4;

/** The store of one backbone's features. */
export class FeatureStore {
  readonly folder: string;
  readonly dimension: number;
  readonly #description: Readonly<Record<string, unknown>>;
  #out: AppendFile | undefined;

  private constructor(folder: string, dimension: number, description: Readonly<Record<string, unknown>>) {
    this.folder = folder;
    this.dimension = dimension;
    this.#description = description;
  }

  /**
   * @param description all that the features depend on, the samples aside; equal descriptions share a store
   * @param dimension length of a vector, D
   * @param root folder of all stores; in the shared cache when left out
   */
  static async open(description: Readonly<Record<string, unknown>>, dimension: number, root?: string): Promise<FeatureStore> {
    const key = await hashText(canonical(description));
    return new FeatureStore(joinPath(root ?? joinPath(cacheFolder(), 'features'), key.slice(0, 32)), dimension, description);
  }

  get recordBytes(): number {
    return hashBytes + 4 * this.dimension + checksumBytes;
  }

  /** The vectors, float32[D] each, of those samples that are in the store, by the hash of their bytes. */
  async load(wanted: ReadonlySet<string>): Promise<Map<string, Float32Array>> {
    const found = new Map<string, Float32Array>();
    if (!(await stat(this.folder))) return found;
    for (const { name } of await listFolder(this.folder)) {
      if (name.endsWith('.features')) await this.#loadFile(joinPath(this.folder, name), wanted, found);
    }
    return found;
  }

  /**
   * Adds vectors; when this returns they survive a crash.
   * @param hashes of the samples, [N]
   * @param values float32[N, D]
   * @throws EngineError `disk` when there is no room; what was appended before stays
   */
  async append(hashes: readonly string[], values: Float32Array): Promise<void> {
    const bytes = new Uint8Array(hashes.length * this.recordBytes);
    hashes.forEach((hash, row) => {
      const record = bytes.subarray(row * this.recordBytes, (row + 1) * this.recordBytes);
      record.set(fromHex(hash));
      const view = new DataView(record.buffer, record.byteOffset);
      for (let index = 0; index < this.dimension; index++) {
        view.setFloat32(hashBytes + 4 * index, values[row * this.dimension + index] as number, true);
      }
      view.setUint32(record.length - checksumBytes, crc32(record.subarray(0, -checksumBytes)), true);
    });
    try {
      this.#out ??= await this.#create();
      const before = this.#out.bytes;
      try {
        await this.#out.append(bytes);
        await this.#out.flush();
      } catch (error) {
        // A record written in part would shift those after it.
        await this.#out.truncate(before).catch(() => undefined);
        throw error;
      }
    } catch (error) {
      if (isDiskFull(error)) throw diskFull(this.folder, error);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#out?.close();
    this.#out = undefined;
  }

  async #create(): Promise<AppendFile> {
    const about = joinPath(this.folder, 'about.json');
    if (!(await stat(about))) await writeFile(about, new TextEncoder().encode(`${JSON.stringify(this.#description, undefined, 2)}\n`));
    const name = `${Date.now().toString(36)}-${crypto.randomUUID().slice(0, 8)}.features`;
    return openAppend(joinPath(this.folder, name));
  }

  async #loadFile(path: string, wanted: ReadonlySet<string>, found: Map<string, Float32Array>): Promise<void> {
    const blob = await openBlob(path);
    const step = this.recordBytes * Math.max(1, Math.floor(2 ** 22 / this.recordBytes));
    const whole = Math.floor(blob.size / this.recordBytes) * this.recordBytes;
    for (let offset = 0; offset < whole; offset += step) {
      const bytes = new Uint8Array(await blob.slice(offset, Math.min(whole, offset + step)).arrayBuffer());
      for (let at = 0; at < bytes.length; at += this.recordBytes) {
        const record = bytes.subarray(at, at + this.recordBytes);
        const hash = toHex(record.subarray(0, hashBytes));
        if (!wanted.has(hash) || found.has(hash)) continue;
        const view = new DataView(record.buffer, record.byteOffset, record.length);
        if (view.getUint32(record.length - checksumBytes, true) !== crc32(record.subarray(0, -checksumBytes))) continue;
        found.set(
          hash,
          Float32Array.from({ length: this.dimension }, (_, index) => view.getFloat32(hashBytes + 4 * index, true)),
        );
      }
    }
  }
}

/** sha256 of a text's UTF-8 bytes. */
export async function hashText(text: string): Promise<string> {
  return hashBytesOf(new TextEncoder().encode(text));
}

export async function hashBytesOf(...pieces: readonly Uint8Array[]): Promise<string> {
  const hash = sha256();
  for (const piece of pieces) hash.update(piece);
  return hash.hex();
}

/** JSON with the keys of every object in order, so that equal descriptions are equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Refuses vectors that no head could be trained on. */
export function requireFinite(values: Float32Array, dimension: number, ids: readonly string[], where: string): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new EngineError('parity', 'a feature is not a finite number', {
    where: `${where}, sample '${ids[Math.floor(bad / dimension)]}'`,
    got: `${values[bad]}`,
    hint: "Use precision 'f32' or the wasm engine; if it stays, the model cannot take this sample.",
  });
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** CRC-32 of ISO 3309 (polynomial 0xEDB88320, reflected), uint32. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 255] as number);
  return (crc ^ 0xffffffff) >>> 0;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

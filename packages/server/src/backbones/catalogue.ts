import { link, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BackboneCard, builtInCards, type DownloadProgress, type HubOptions, listSource, provideFiles } from '@headstart/core';
import { eq } from 'drizzle-orm';
import { type Config, foldersOf } from '../config.ts';
import type { OpenSpec } from '../engine/protocol.ts';
import { notFound, Problem } from '../errors.ts';
import type { Blobs } from '../store/blobs.ts';
import type { Db } from '../store/database.ts';
import { backbones } from '../store/schema.ts';
import { type BackboneSpec, specKey } from './spec.ts';

/** A backbone that jobs and predictions may name. */
export interface Entry {
  readonly spec: BackboneSpec;
  /** Uploaded here, and not one of the built-in ones. */
  readonly own: boolean;
  readonly downloaded: boolean;
  readonly dimension: number | undefined;
  readonly notes: readonly string[];
}

/** A file of a backbone, on this machine. */
export interface BackboneFile {
  readonly path: string;
  readonly location: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The backbones there are: built-in cards, and those uploaded. */
export class Catalogue {
  readonly #db: Db;
  readonly #blobs: Blobs;
  readonly #config: Config;
  /** Files of a card are hashed once, for they are some hundred megabytes. */
  readonly #provided = new Map<string, Promise<readonly BackboneFile[]>>();

  constructor(db: Db, blobs: Blobs, config: Config) {
    this.#db = db;
    this.#blobs = blobs;
    this.#config = config;
  }

  async list(): Promise<readonly Entry[]> {
    const own = await this.#db.select().from(backbones).orderBy(backbones.name);
    const cards = await Promise.all(builtInCards.map((card) => this.#builtIn(card)));
    return [...cards, ...own.map(ownEntry)];
  }

  /** @throws Problem 404 that names those there are */
  async find(name: string): Promise<Entry> {
    const card = builtInCards.find((each) => each.name === name);
    if (card) return this.#builtIn(card);
    const [row] = await this.#db.select().from(backbones).where(eq(backbones.name, name));
    if (row) return ownEntry(row);
    throw new Problem(404, 'not-found', `There is no backbone '${name}'.`, {
      hint: `Take one of ${builtInCards.map((each) => each.name).join(', ')}, or upload an ONNX file to /v1/backbones.`,
    });
  }

  /** The backbone as the engine opens it on this machine. */
  async open(spec: BackboneSpec): Promise<OpenSpec> {
    const key = specKey(spec);
    const size = spec.size === undefined ? {} : { size: spec.size };
    if (!spec.files) return { key, card: spec.card, ...size };
    const folder = join(foldersOf(this.#config).local, 'backbones', key);
    for (const { path, blob } of spec.files) await place(await this.#blobs.path(blob), join(folder, path));
    return { key, card: { ...spec.card, source: folder }, ...size };
  }

  /**
   * Every file of a backbone, the model first.
   * @throws Problem 404 when it is not downloaded and `fetch` is not asked for
   */
  async files(name: string, fetch: boolean): Promise<readonly BackboneFile[]> {
    const { spec, own, downloaded } = await this.find(name);
    if (own) {
      const list = spec.files ?? [];
      return Promise.all(
        list.map(async ({ path, blob, bytes }) => ({ path, bytes, sha256: blob, location: await this.#blobs.path(blob) })),
      );
    }
    if (!downloaded && !fetch) {
      throw new Problem(404, 'not-downloaded', `The files of '${name}' are not here yet.`, {
        hint: `POST /v1/jobs {"kind":"download","backbone":"${name}"} with a key fetches them.`,
      });
    }
    return this.download(name, {});
  }

  /** Fetches a built-in backbone; what is here already is only checked. */
  download(name: string, options: Pick<HubOptions, 'signal' | 'onProgress'>): Promise<readonly BackboneFile[]> {
    const card = builtInCards.find((each) => each.name === name);
    if (!card) throw notFound('built-in backbone', name);
    let provided = this.#provided.get(name);
    if (!provided) {
      const wanted = [{ path: card.model, ...(card.sha256 ? { sha256: card.sha256 } : {}) }, ...card.files];
      provided = provideFiles(card.source, wanted, { ...this.#hub(), ...options });
      this.#provided.set(name, provided);
      provided.catch(() => this.#provided.delete(name));
    }
    return provided;
  }

  async #builtIn(card: BackboneCard): Promise<Entry> {
    const known = this.#provided.has(card.name);
    const files = known ? [] : await listSource(card.source, { ...this.#hub(), offline: true }).catch((): readonly string[] => []);
    const downloaded = known || files.includes(card.model);
    return { spec: { card }, own: false, downloaded, dimension: card.dimension, notes: [] };
  }

  #hub(): HubOptions {
    const { cache, offline } = this.#config;
    return { ...(cache === undefined ? {} : { cache: join(cache, 'hub') }), ...(offline ? { offline } : {}) };
  }
}

/** Bytes of a download as one figure, whatever number of files it has. */
export function downloadSum(tell: (done: number, total: number) => void): (event: DownloadProgress) => void {
  const files = new Map<string, { readonly bytes: number; readonly total: number }>();
  return ({ file, bytes, total }) => {
    files.set(file, { bytes, total: total ?? bytes });
    let [done, all] = [0, 0];
    for (const each of files.values()) {
      done += each.bytes;
      all += each.total;
    }
    tell(done, all);
  };
}

function ownEntry({ spec, dimension, notes }: typeof backbones.$inferSelect): Entry {
  return { spec, own: true, downloaded: true, dimension, notes };
}

/** The same file under another name, without a copy where the system allows it. */
async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return;
    await rm(to, { force: true });
    await symlink(from, to);
  }
}

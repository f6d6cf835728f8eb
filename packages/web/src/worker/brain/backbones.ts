import {
  type Backbone,
  type BackboneCard,
  type BackboneReference,
  builtInCards,
  type DownloadProgress,
  type Engine,
  EngineError,
  findCard,
  type ImagePreprocessing,
  loadBackbone,
  reloadBackbone,
} from '@headstart/core';
import { openFolder, readBlob, writeWhole } from '../samples/files.ts';

/** Where a backbone was found: its card, and the folder of this site that has its files, if one has. */
interface Found {
  readonly card: BackboneCard;
  readonly mirror: string | undefined;
}

export interface LoadContext {
  readonly engine: Engine;
  /** What the project asks of the backbone. */
  readonly cut?: string;
  readonly image?: Partial<ImagePreprocessing>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

const cardsFolder = 'headstart-studio/cards';

/**
 * Finds backbones: in the cache, on the Headstart server that gives this page, in the folder `backbones/` beside a static build, then where their
 * card says. Once a backbone is in the cache, nothing is asked of anybody.
 */
export class Backbones {
  readonly #base: string;
  readonly #hub: string | undefined;

  /**
   * @param base folder of the site, an absolute URL with a slash at the end
   * @param hub address of a server that speaks the Hub's routes; the Hub itself when left out
   */
  constructor(base: string, hub: string | undefined) {
    this.#base = base;
    this.#hub = hub;
  }

  /** @param name a name of a card here or built in, or an `hf:` or `npm:` address */
  async load(name: string, given: LoadContext): Promise<Backbone> {
    const context = { ...given, hub: this.#hub };
    if (isAddress(name)) {
      return (await whenCached(() => loadBackbone(name, { ...context, offline: true }))) ?? loadBackbone(name, { ...context });
    }
    const kept = await this.#recall(name);
    if (kept) {
      const backbone = await whenCached(() => this.#open(kept, context, true));
      if (backbone) return backbone;
    }
    const found = await this.#find(name, context.signal);
    const backbone = await this.#open(found, context, false);
    await this.#remember(name, found);
    return backbone;
  }

  /** The backbone of a bundle: the same files by their hashes. */
  async reload(reference: BackboneReference | undefined, given: LoadContext): Promise<Backbone> {
    const context = { ...given, hub: this.#hub };
    if (!reference) return reloadBackbone(undefined, context);
    const kept = await this.#recall(reference.name);
    for (const mirror of new Set([kept?.mirror, undefined])) {
      const backbone = await whenCached(() => reloadBackbone(reference, { ...context, mirror, offline: true }));
      if (backbone) return backbone;
    }
    const near = await this.#findNear(reference.name, context.signal);
    const backbone = await reloadBackbone(reference, { ...context, ...(near ? { mirror: near.mirror } : {}) });
    if (near) await this.#remember(reference.name, near);
    return backbone;
  }

  /** Where the files of a loaded backbone come from: to find them in the cache. */
  async mirrorOf(name: string): Promise<string | undefined> {
    return (await this.#recall(name))?.mirror;
  }

  #open({ card, mirror }: Found, context: LoadContext, offline: boolean): Promise<Backbone> {
    return loadBackbone(card, { ...context, mirror, offline });
  }

  async #find(name: string, signal: AbortSignal | undefined): Promise<Found> {
    return (await this.#findNear(name, signal)) ?? { card: findCard(name), mirror: undefined };
  }

  async #findNear(name: string, signal: AbortSignal | undefined): Promise<Found | undefined> {
    for (const folder of [`v1/backbones/${name}/files/`, `backbones/${name}/`]) {
      const mirror = new URL(folder, this.#base).href;
      const card = await fetchCard(`${mirror}card.json`, signal);
      if (card) return { card: { ...card, name: card.name ?? name, source: card.source || mirror }, mirror };
    }
    return undefined;
  }

  async #recall(name: string): Promise<Found | undefined> {
    const file = await readBlob(await openFolder(cardsFolder), fileOf(name));
    if (file) return JSON.parse(await file.text()) as Found;
    const builtIn = builtInCards.find((card) => card.name === name);
    return builtIn && { card: builtIn, mirror: undefined };
  }

  async #remember(name: string, found: Found): Promise<void> {
    await writeWhole(await openFolder(cardsFolder), fileOf(name), JSON.stringify(found));
  }
}

/** What `load` gives when everything it needs is in the cache; undefined when something is not. */
async function whenCached(load: () => Promise<Backbone>): Promise<Backbone | undefined> {
  try {
    return await load();
  } catch (error) {
    // Files of another state than the card's are fetched anew, too; and where only some are here, a repository looks as if it had no others.
    if (error instanceof EngineError && ['offline', 'integrity', 'invalid-argument'].includes(error.code)) return undefined;
    throw error;
  }
}

/** A card at an address of this site; undefined where the site has none, or answers every address with its page. */
async function fetchCard(url: string, signal: AbortSignal | undefined): Promise<BackboneCard | undefined> {
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok || !/json/.test(response.headers.get('content-type') ?? '')) return undefined;
    return (await response.json()) as BackboneCard;
  } catch (error) {
    if (signal?.aborted) throw new EngineError('cancelled', 'Loading the backbone was cancelled', { cause: error });
    return undefined;
  }
}

function isAddress(name: string): boolean {
  return /^(hf|npm|https?):/.test(name);
}

function fileOf(name: string): string {
  return `${encodeURIComponent(name)}.json`;
}

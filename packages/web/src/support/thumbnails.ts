import { useSyncExternalStore } from 'react';
import type { StudioWorker } from '../worker/client.ts';

const mostKept = 400;

/** Object URLs of the thumbnails on screen. The pictures stay on disk; an address that was not shown for long is let go. */
export class Thumbnails {
  readonly #worker: StudioWorker;
  readonly #urls = new Map<string, string>();
  readonly #asked = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #batch: string[] = [];

  constructor(worker: StudioWorker) {
    this.#worker = worker;
  }

  /** The address of a sample's thumbnail; undefined until it is there, which `subscribe` tells. */
  get(id: string): string | undefined {
    const url = this.#urls.get(id);
    if (url !== undefined) {
      this.#urls.delete(id);
      this.#urls.set(id, url);
      return url;
    }
    if (!this.#asked.has(id)) {
      this.#asked.add(id);
      if (this.#batch.push(id) === 1) queueMicrotask(() => void this.#fetch());
    }
    return undefined;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  dispose(): void {
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
  }

  async #fetch(): Promise<void> {
    const ids = this.#batch;
    this.#batch = [];
    let came = false;
    try {
      const blobs = await this.#worker.call('thumbnails', { ids });
      blobs.forEach((blob, index) => {
        if (!blob) return;
        came = true;
        this.#urls.set(ids[index] as string, URL.createObjectURL(blob));
      });
    } catch {
      // The tile stays grey; it is asked for again when it is next on screen.
    }
    for (const id of ids) this.#asked.delete(id);
    for (const [id, url] of this.#urls) {
      if (this.#urls.size <= mostKept) break;
      URL.revokeObjectURL(url);
      this.#urls.delete(id);
    }
    if (came) for (const listener of this.#listeners) listener();
  }
}

/**
 * The address of a sample's thumbnail once it is there. A thumbnail may come before the tile that asked for it has subscribed: React looks again
 * when it has.
 */
export function useThumbnail(thumbnails: Thumbnails, id: string): string | undefined {
  return useSyncExternalStore(thumbnails.subscribe, () => thumbnails.get(id));
}

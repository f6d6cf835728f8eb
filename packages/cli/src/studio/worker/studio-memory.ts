import type { Project } from '@headstart/core';
import type { Files } from '../../io.ts';
import type { Recent } from './protocol.ts';

interface Remembered {
  readonly recents: readonly Recent[];
  /** Samples a second, by backbone and engine. */
  readonly speeds: Readonly<Record<string, number>>;
}

const mostRecents = 8;

/** What the studio remembers on this machine, beside the projects: which were open, and how fast backbones were. */
export class StudioMemory {
  readonly #path: string;
  readonly #files: Files;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(path: string, files: Files) {
    this.#path = path;
    this.#files = files;
  }

  async read(): Promise<Remembered> {
    try {
      const value = JSON.parse(new TextDecoder().decode(await this.#files.read(this.#path))) as Partial<Remembered>;
      return { recents: value.recents ?? [], speeds: value.speeds ?? {} };
    } catch {
      // A memory that is not there or was cut short is an empty one: nothing that matters is kept here.
      return { recents: [], speeds: {} };
    }
  }

  opened(folder: string, { name, modality, runs }: Project): Promise<void> {
    const best = Math.max(...runs.map(({ accuracy = 0 }) => accuracy));
    const note = runs.length === 0 ? 'not trained yet' : best > 0 ? `best ${(best * 100).toFixed(1)} %` : 'not finished';
    return this.#update(({ recents, speeds }) => ({
      recents: [{ folder, name, modality, note }, ...recents.filter((each) => each.folder !== folder)].slice(0, mostRecents),
      speeds,
    }));
  }

  measured(key: string, rate: number): Promise<void> {
    return this.#update(({ recents, speeds }) => ({ recents, speeds: { ...speeds, [key]: rate } }));
  }

  #update(change: (was: Remembered) => Remembered): Promise<void> {
    const next = this.#turn.then(async () => this.#files.write(this.#path, `${JSON.stringify(change(await this.read()), null, 2)}\n`));
    this.#turn = next.catch(() => undefined);
    // A cache that cannot be written costs a convenience only.
    return next.catch(() => undefined);
  }
}

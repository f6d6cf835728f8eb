/** A word of memory that both threads see, for a worker whose event loop is busy computing: it looks here between two steps. */
export class Control {
  readonly #word: Int32Array<SharedArrayBuffer>;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(4)) {
    this.#word = new Int32Array(memory);
  }

  get memory(): SharedArrayBuffer {
    return this.#word.buffer;
  }

  get wish(): Wish {
    return wishes[Atomics.load(this.#word, 0)] ?? 'run';
  }

  set(wish: Wish): void {
    Atomics.store(this.#word, 0, wishes.indexOf(wish));
    Atomics.notify(this.#word, 0);
  }

  /** Blocks this thread while the wish is `pause`. */
  waitWhilePaused(): void {
    while (this.wish === 'pause') Atomics.wait(this.#word, 0, wishes.indexOf('pause'));
  }
}

const wishes = ['run', 'pause', 'stop'] as const;
export type Wish = (typeof wishes)[number];

/** Told while files come in; `total` is undefined where nobody knows it. */
export interface DownloadProgress {
  readonly file: string;
  /** Bytes there already, those of earlier attempts included. */
  readonly bytes: number;
  readonly total: number | undefined;
}

/** Told while samples are worked on. */
export interface ExtractionProgress {
  readonly done: number;
  readonly total: number;
  /** Samples whose features were in the store. */
  readonly reused: number;
  /** Samples a second, of those computed in this run; 0 until the first batch is done. */
  readonly rate: number;
  /** Seconds left at that rate; undefined until it is known. */
  readonly secondsLeft: number | undefined;
}

/** Progress with the rate of what was computed, not of what was found. */
export class Meter {
  readonly #samples: readonly { readonly hash: string }[];
  readonly #reused: number;
  readonly #tell: ((progress: ExtractionProgress) => void) | undefined;
  readonly #start = performance.now();
  #computed = 0;

  constructor(samples: readonly { readonly hash: string }[], reused: number, tell: ((progress: ExtractionProgress) => void) | undefined) {
    this.#samples = samples;
    this.#reused = reused;
    this.#tell = tell;
  }

  computed(count: number): void {
    this.#computed += count;
  }

  report(rows: ReadonlyMap<string, unknown>, failed: ReadonlyMap<string, unknown>): void {
    if (!this.#tell) return;
    const total = this.#samples.length;
    const done = this.#samples.filter(({ hash }) => rows.has(hash) || failed.has(hash)).length;
    const seconds = (performance.now() - this.#start) / 1000;
    const rate = this.#computed > 0 ? this.#computed / seconds : 0;
    this.#tell({ done, total, reused: this.#reused, rate, secondsLeft: rate > 0 ? (total - done) / rate : done === total ? 0 : undefined });
  }
}

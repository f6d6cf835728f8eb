import type { ServingOptions } from '../config.ts';
import { Problem } from '../errors.ts';
import type { Item, OpenSpec, Outcome } from './protocol.ts';

interface Waiting {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
  readonly signal: AbortSignal | undefined;
}

interface Lane {
  readonly spec: OpenSpec;
  readonly waiting: Waiting[];
  running: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Latency budgets that are waited while samples keep coming. */
const patience = 4;

export interface BatcherHooks {
  /** Told of every run: samples in it, seconds it took. */
  onRun?(samples: number, seconds: number): void;
}

/**
 * Joins what comes at the same time into runs of one backbone. A sample that is alone waits for the latency budget; while others keep
 * coming, up to four times as long, since whoever misses a run waits for all of it. While a run is under way, the next one fills up.
 * Samples of different heads on one backbone share a run.
 */
export class Batcher {
  readonly #options: ServingOptions;
  readonly #run: (spec: OpenSpec, items: readonly Item[], batch: number) => Promise<readonly Outcome[]>;
  readonly #hooks: BatcherHooks;
  readonly #lanes = new Map<string, Lane>();
  /** Sizes that runs are filled up to: few, since each is a plan of its own. */
  readonly #sizes: readonly number[];
  #queued = 0;

  constructor(
    options: ServingOptions,
    run: (spec: OpenSpec, items: readonly Item[], batch: number) => Promise<readonly Outcome[]>,
    hooks: BatcherHooks = {},
  ) {
    this.#options = options;
    this.#run = run;
    this.#hooks = hooks;
    this.#sizes = [1, 4, 8, 16, 64].filter((size) => size < options.maxBatch).concat(options.maxBatch);
  }

  /** Samples that wait. */
  get queued(): number {
    return this.#queued;
  }

  /**
   * Outcomes of items, in their order.
   * @throws Problem 429 when the queue has no room for all of them; none is taken then
   */
  async submit(spec: OpenSpec, items: readonly Item[], signal?: AbortSignal): Promise<readonly Outcome[]> {
    if (this.#queued + items.length > this.#options.queue) {
      throw new Problem(429, 'busy', `The queue is full: ${this.#queued} samples wait, and at most ${this.#options.queue} may.`, {
        hint: 'Try again after the time that Retry-After tells, or send less at once.',
        retryAfter: 1,
      });
    }
    let lane = this.#lanes.get(spec.key);
    if (!lane) {
      lane = { spec, waiting: [], running: false, timer: undefined };
      this.#lanes.set(spec.key, lane);
    }
    const { waiting } = lane;
    this.#queued += items.length;
    const outcomes = items.map((item) => new Promise<Outcome>((resolve, reject) => waiting.push({ item, resolve, reject, signal })));
    this.#schedule(lane);
    return Promise.all(outcomes);
  }

  #schedule(lane: Lane): void {
    if (lane.running || lane.waiting.length === 0) return;
    if (lane.waiting.length >= this.#options.maxBatch || this.#options.latencyMs <= 0) {
      clearTimeout(lane.timer);
      lane.timer = undefined;
      void this.#flush(lane);
    } else lane.timer ??= this.#wait(lane, performance.now());
  }

  /** Looks twice within the budget: once nobody came between two looks, nobody is likely to. */
  #wait(lane: Lane, since: number): NodeJS.Timeout {
    const { latencyMs } = this.#options;
    const seen = lane.waiting.length;
    return setTimeout(() => {
      const coming = lane.waiting.length > seen || performance.now() - since < latencyMs;
      if (coming && performance.now() - since < patience * latencyMs) {
        lane.timer = this.#wait(lane, since);
        return;
      }
      lane.timer = undefined;
      void this.#flush(lane);
    }, latencyMs / 2);
  }

  async #flush(lane: Lane): Promise<void> {
    if (lane.running) return;
    lane.running = true;
    while (lane.waiting.length > 0) {
      const taken = lane.waiting.splice(0, this.#options.maxBatch);
      this.#queued -= taken.length;
      const batch = taken.filter(({ signal, reject }) => {
        if (signal?.aborted) reject(new Problem(408, 'cancelled', 'The client went away.'));
        return !signal?.aborted;
      });
      if (batch.length === 0) continue;
      const started = performance.now();
      try {
        const size = this.#sizes.find((each) => each >= batch.length) ?? batch.length;
        const items = batch.map(({ item }) => item);
        const outcomes = await this.#run(lane.spec, items, size);
        for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index] ?? { error: 'It was not answered.' });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      this.#hooks.onRun?.(batch.length, (performance.now() - started) / 1000);
    }
    lane.running = false;
    this.#lanes.delete(lane.spec.key);
  }
}

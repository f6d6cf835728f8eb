import { hostname } from 'node:os';
import { EngineError } from '@headstart/core';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import { Problem, toProblem } from '../errors.ts';
import { errorFields, type Log } from '../log.ts';
import { type Board, queues, type Step } from './board.ts';
import type { Steps } from './steps.ts';

/** What a step may report to and be stopped by. */
export interface StepContext {
  readonly signal: AbortSignal;
  /** Told as often as there is something; written down twice a second. */
  progress(progress: Parameters<Board['progress']>[1]): void;
  log(level: 'info' | 'warn', message: string): Promise<void>;
}

export const workerName = `${hostname()}:${process.pid}`;

/** Times that a step is tried when what failed may pass: the network, a device, a database that restarted. */
const tries = 3;
const passing: readonly string[] = ['network', 'device-lost', 'internal', 'out-of-memory', 'disk'];

/** Takes steps from the queue, one at a time for each kind, until it is closed. */
export class JobWorker {
  readonly #boss: PgBoss;
  readonly #board: Board;
  readonly #steps: Steps;
  readonly #log: Log;
  readonly #closing = new AbortController();
  readonly #active = new Set<Promise<unknown>>();

  constructor(boss: PgBoss, board: Board, steps: Steps, log: Log) {
    this.#boss = boss;
    this.#board = board;
    this.#steps = steps;
    this.#log = log;
  }

  async start(): Promise<void> {
    const options = { includeMetadata: true, pollingIntervalSeconds: 0.5, heartbeatRefreshSeconds: 3 } as const;
    for (const name of [queues.compute, queues.network]) {
      const id = await this.#boss.work(name, options, async ([job]: JobWithMetadata<Step>[]) => {
        if (!job) return;
        const work = this.#take(job);
        this.#active.add(work);
        await work.finally(() => this.#active.delete(work));
        // The next step is taken at once; only an empty queue is waited for.
        this.#boss.notifyWorker(id);
      });
      this.#board.onSend(() => this.#boss.notifyWorker(id));
    }
    await this.#boss.work<Step>(queues.dead, async ([job]) => {
      if (!job) return;
      const hint = 'Look at the logs of the workers: out of memory is likely. Then retry the job.';
      const problem = new Problem(500, 'worker-died', 'Every worker that took this job died over it.', { hint });
      await this.#board.end(job.data, { error: problem.body() });
    });
  }

  /** Stops taking steps, gives back those at hand, and returns when they are. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(Object.values(queues).map((name) => this.#boss.offWork(name, { wait: false }).catch(() => undefined)));
    await Promise.allSettled(this.#active);
  }

  async #take(message: JobWithMetadata<Step>): Promise<void> {
    const step = message.data;
    this.#closing.signal.throwIfAborted();
    const job = await this.#board.begin(step);
    if (!job) return;
    const cancel = new AbortController();
    const watch = this.#watch(step, cancel);
    const meter = this.#meter(step);
    try {
      const signal = AbortSignal.any([cancel.signal, this.#closing.signal, message.signal]);
      await this.#steps.run(step, job, {
        signal,
        progress: meter.tell,
        log: async (level, text) => void (await this.#board.log(step, level, text)),
      });
    } catch (error) {
      if (cancel.signal.aborted) return;
      // Back to the queue: another worker goes on with it, or this one after its restart.
      if (this.#closing.signal.aborted || message.signal.aborted) throw error;
      await this.#failed(step, message.retryCount, error);
    } finally {
      watch.stop();
      await meter.stop();
    }
  }

  async #failed(step: Step, retries: number, error: unknown): Promise<void> {
    const code = error instanceof EngineError ? error.code : error instanceof Problem ? error.code : 'internal';
    const problem = toProblem(error);
    const broken = problem.status >= 500;
    const why = broken ? errorFields(error) : { error: problem.message };
    this.#log(broken ? 'error' : 'warn', 'job.step.failed', { job: step.job, step: step.step, code, ...why });
    if (passing.includes(code) && retries + 1 < tries) {
      await this.#board.log(step, 'warn', `${problem.message} It is tried again.`);
      throw error;
    }
    await this.#board.end(step, { error: problem.body() });
  }

  /** Tells soon when the job is cancelled, wherever that was asked for. */
  #watch({ job, attempt }: Step, cancel: AbortController) {
    const look = async () => {
      const row = await this.#board.find(job).catch(() => undefined);
      if (row && (row.attempt !== attempt || row.status !== 'running')) cancel.abort();
    };
    const changed = () => void look();
    this.#board.changes.on(job, changed);
    const timer = setInterval(changed, 1000);
    return {
      stop: () => {
        this.#board.changes.off(job, changed);
        clearInterval(timer);
      },
    };
  }

  #meter(step: Step) {
    let latest: Parameters<Board['progress']>[1] | undefined;
    let writing: Promise<unknown> = Promise.resolve();
    const write = () => {
      const progress = latest;
      latest = undefined;
      if (!progress) return;
      writing = writing
        .then(() => this.#board.progress(step, progress))
        .catch((error) => this.#log('warn', 'job.progress', errorFields(error)));
    };
    const timer = setInterval(write, 500);
    return {
      tell: (progress: Parameters<Board['progress']>[1]) => {
        latest = progress;
      },
      stop: async () => {
        clearInterval(timer);
        await writing;
      },
    };
  }
}

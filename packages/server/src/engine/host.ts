import { Worker } from 'node:worker_threads';
import { EngineError, type ErrorCode } from '@headstart/core';
import type { FromThread, Methods, ThreadOptions, ThreadProgress, ToThread } from './protocol.ts';

interface Pending {
  resolve(value: never): void;
  reject(error: Error): void;
  readonly onProgress: ((progress: ThreadProgress) => void) | undefined;
}

/** For threads that are there for input that nobody vouches for. */
export interface ThreadBounds {
  /** MiB of its JavaScript heap. */
  readonly heapMiB?: number;
  /** Whether what libraries print there is nobody's business. */
  readonly quiet?: boolean;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: ThreadProgress) => void;
  readonly transfer?: readonly ArrayBuffer[];
}

/** The engine in a thread of its own, started when it is first needed and again after it broke. */
export class EngineThread {
  readonly #options: ThreadOptions;
  readonly #bounds: ThreadBounds;
  #worker: Worker | undefined;
  #next = 1;
  readonly #pending = new Map<number, Pending>();

  constructor(options: ThreadOptions, bounds: ThreadBounds = {}) {
    this.#options = options;
    this.#bounds = bounds;
  }

  get busy(): number {
    return this.#pending.size;
  }

  /** @throws EngineError of the engine; `internal` when the thread ended */
  call<M extends keyof Methods>(
    method: M,
    input: Parameters<Methods[M]>[0],
    { signal, onProgress, transfer = [] }: CallOptions = {},
  ): ReturnType<Methods[M]> {
    const call = this.#next++;
    const worker = this.#start();
    const answer = new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled());
      const abort = () => worker.postMessage({ cancel: call } satisfies ToThread);
      signal?.addEventListener('abort', abort, { once: true });
      const end = () => {
        this.#pending.delete(call);
        signal?.removeEventListener('abort', abort);
        if (this.#pending.size === 0) worker.unref();
      };
      this.#pending.set(call, {
        resolve: (value) => {
          end();
          resolve(value);
        },
        reject: (error) => {
          end();
          reject(error);
        },
        onProgress,
      });
      worker.ref();
      worker.postMessage({ call, method, input } satisfies ToThread, transfer);
    });
    return answer as ReturnType<Methods[M]>;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#fail(new EngineError('cancelled', 'the engine was stopped'));
    await worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const source = import.meta.url.endsWith('.ts');
    const worker = new Worker(new URL(source ? './thread.ts' : './thread.js', import.meta.url), {
      workerData: this.#options,
      execArgv: source ? ['--conditions=source', '--no-warnings'] : [],
      ...(this.#bounds.heapMiB === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: this.#bounds.heapMiB } }),
      stderr: this.#bounds.quiet ?? false,
    });
    if (this.#bounds.quiet) worker.stderr.resume();
    worker.on('message', (message: FromThread) => this.#receive(message));
    worker.on('error', (error) => this.#ended(worker, error));
    worker.on('exit', () => this.#ended(worker, undefined));
    this.#worker = worker;
    return worker;
  }

  #receive(message: FromThread): void {
    const pending = this.#pending.get(message.call);
    if (!pending) return;
    if ('progress' in message) pending.onProgress?.(message.progress);
    else if ('error' in message) pending.reject(revive(message.error));
    else pending.resolve(message.value as never);
  }

  #ended(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const memory = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
    this.#fail(
      memory
        ? new EngineError('out-of-memory', 'the engine thread ran out of memory', { hint: 'Use smaller input.', cause })
        : new EngineError('internal', 'the engine thread ended', { hint: 'Try again; it is started anew.', cause }),
    );
  }

  #fail(error: EngineError): void {
    for (const pending of [...this.#pending.values()]) pending.reject(error);
  }
}

function revive({ message, code, hint, stack }: Extract<FromThread, { error: unknown }>['error']): Error {
  if (code === undefined) {
    const error = new Error(message);
    if (stack) error.stack = stack;
    return error;
  }
  // The sentence is whole already: the hint stands at its end.
  const what = (hint && message.endsWith(hint) ? message.slice(0, -hint.length) : message).trim().replace(/\.$/, '');
  return new EngineError(code as ErrorCode, what, hint === undefined ? {} : { hint });
}

function cancelled(): EngineError {
  return new EngineError('cancelled', 'the work was cancelled');
}

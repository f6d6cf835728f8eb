import type { CallName, Cancel, Input, Output, Progress, Reply, Request, WorkerEvent } from './protocol.ts';

/** An error of the worker, as core words it. */
export class StudioError extends Error {
  /** Core's error code; 'internal' for what is none of core's. */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.name = 'StudioError';
    this.code = code;
  }
}

export interface CallOptions<K extends CallName> {
  readonly onProgress?: (progress: Progress<K>) => void;
  readonly signal?: AbortSignal;
  readonly transfer?: Transferable[];
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
  progress(value: unknown): void;
}

/** The page's end of the protocol. */
export class StudioWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;

  constructor(onEvent: (event: WorkerEvent) => void) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'headstart' });
    this.#worker.onmessage = ({ data }: MessageEvent<Reply | WorkerEvent>) => {
      if ('event' in data) onEvent(data);
      else this.#answer(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#failAll(new StudioError(event.message || 'The worker could not be started.', 'internal'));
    };
  }

  /**
   * Has the worker do something.
   * @throws StudioError with core's message and code; `cancelled` after `signal`
   */
  call<K extends CallName>(name: K, input: Input<K>, { onProgress, signal, transfer = [] }: CallOptions<K> = {}): Promise<Output<K>> {
    const id = this.#next++;
    return new Promise<Output<K>>((resolve, reject) => {
      const cancel = () => this.#worker.postMessage({ cancel: id } satisfies Cancel);
      const settled = <T extends unknown[]>(then: (...values: T) => void) => {
        return (...values: T) => {
          signal?.removeEventListener('abort', cancel);
          this.#waiting.delete(id);
          then(...values);
        };
      };
      this.#waiting.set(id, {
        resolve: settled(resolve as (result: unknown) => void),
        reject: settled(reject),
        progress: (value) => onProgress?.(value as Progress<K>),
      });
      this.#worker.postMessage({ id, call: name, input } satisfies Request, transfer);
      signal?.addEventListener('abort', cancel);
      if (signal?.aborted) cancel();
    });
  }

  dispose(): void {
    this.#worker.terminate();
    this.#failAll(new StudioError('The studio was closed.', 'cancelled'));
  }

  #answer(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    if ('progress' in reply) waiting.progress(reply.progress);
    else if ('error' in reply) waiting.reject(new StudioError(reply.error.message, reply.error.code));
    else waiting.resolve(reply.result);
  }

  #failAll(error: Error): void {
    for (const waiting of [...this.#waiting.values()]) waiting.reject(error);
  }
}

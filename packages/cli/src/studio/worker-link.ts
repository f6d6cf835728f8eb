import { Worker } from 'node:worker_threads';
import type { WorkerEvent } from './worker/protocol.ts';
import type { WorkerSettings } from './worker/settings.ts';

/** A worker thread that is started when it is first asked for something, and again after it died. */
export class WorkerLink<Request> {
  readonly #name: 'files' | 'engine';
  readonly #settings: WorkerSettings;
  readonly #hear: (event: WorkerEvent) => void;
  readonly #died: (error: Error) => void;
  #worker: Worker | undefined;

  constructor(
    name: 'files' | 'engine',
    settings: WorkerSettings,
    told: { readonly hear: (event: WorkerEvent) => void; readonly died: (error: Error) => void },
  ) {
    this.#name = name;
    this.#settings = settings;
    this.#hear = told.hear;
    this.#died = told.died;
  }

  ask(request: Request): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(request);
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(workerUrl(this.#name), { workerData: this.#settings, stdout: true, stderr: true });
    // What libraries print would be written over the screen.
    worker.stdout.resume();
    worker.stderr.resume();
    const over = (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#died(error);
    };
    worker.on('message', this.#hear);
    worker.on('error', over);
    worker.on('exit', (code) => over(new Error(`its thread ended with code ${code}`)));
    return worker;
  }
}

/** The worker's module beside this one: .ts from sources, .js as built. */
export function workerUrl(name: string): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./worker/${name}.${extension}`, import.meta.url);
}

import type { Effect, Message } from './model/state.ts';
import { Control } from './worker/control.ts';
import type { EngineRequest, FilesRequest, WorkerEvent } from './worker/protocol.ts';
import type { WorkerSettings } from './worker/settings.ts';
import { WorkerLink } from './worker-link.ts';

/** Longest that a training is waited for when the reader quits, in milliseconds; then its thread is ended, and the store has what was done. */
const stopPatience = 1500;
/** Longest that a write is waited for. */
const savePatience = 5000;

/** The two worker threads, and what is under way in them. */
export class Crew {
  readonly #control = new Control();
  readonly #files: WorkerLink<FilesRequest>;
  readonly #engine: WorkerLink<EngineRequest>;
  readonly #send: (message: Message) => void;
  #saving = 0;
  #training = false;
  #waiting: (() => void)[] = [];

  constructor(settings: Omit<WorkerSettings, 'control'>, send: (message: Message) => void) {
    const whole = { ...settings, control: this.#control.memory };
    this.#send = send;
    const hear = (event: WorkerEvent) => this.#hear(event);
    const died = (what: string) => (error: Error) => {
      this.#training &&= what === 'files';
      const hint = 'What was done is kept. Try again; with --engine wasm if it was the GPU.';
      this.#send({
        type: 'worker-died',
        job: undefined,
        problem: { code: 'internal', what: `The thread of the ${what} ended: ${error.message}.`, hint },
      });
    };
    this.#files = new WorkerLink('files', whole, { hear, died: died('files') });
    this.#engine = new WorkerLink('engine', whole, { hear, died: died('engine') });
  }

  /** Does what a change of state asks for; `repaint` and `quit` are not the crew's. */
  perform(effect: Effect): void {
    if (effect.type === 'files') {
      if (effect.request.type === 'save') this.#saving++;
      this.#files.ask(effect.request);
    } else if (effect.type === 'engine') {
      if (effect.request.type === 'train') this.#training = true;
      this.#engine.ask(effect.request);
    } else if (effect.type === 'control') this.#control.set(effect.wish);
  }

  /** Ends both threads; what they were writing is written first. A training that does not stop at once is reported as stopped. */
  async end(interrupted: () => void): Promise<void> {
    if (this.#training) {
      this.#control.set('stop');
      await this.#until(() => !this.#training, stopPatience);
      if (this.#training) interrupted();
    }
    await this.#until(() => this.#saving === 0, savePatience);
    await Promise.all([this.#engine.end(), this.#files.end()]);
  }

  #hear(event: WorkerEvent): void {
    if (event.type === 'saved') this.#saving--;
    if (event.type === 'trained' || event.type === 'train-ended') this.#training = false;
    // First the state, which may ask for one more write.
    this.#send(event);
    for (const check of this.#waiting) check();
  }

  #until(over: () => boolean, patience: number): Promise<void> {
    if (over()) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#waiting = this.#waiting.filter((each) => each !== check);
        resolve();
      };
      const check = () => {
        if (over()) finish();
      };
      const timer = setTimeout(finish, patience);
      this.#waiting.push(check);
    });
  }
}

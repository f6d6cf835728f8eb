import type { StudioState } from './state.ts';
import { canFollow } from './state.ts';

interface LiveHeadHost {
  readonly state: StudioState;
  /** Trains on the samples as they are; false when it was stopped. */
  train(): Promise<boolean>;
  report(error: unknown): void;
}

/** Keeps a head that follows the samples while somebody watches its answers: trained a moment after each change, one at a time. */
export class LiveHead {
  readonly #host: LiveHeadHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = false;
  #running = false;

  constructor(host: LiveHeadHost) {
    this.#host = host;
  }

  /** @param wanted whether somebody watches */
  follow(wanted: boolean): void {
    this.#wanted = wanted;
    // A model that is there goes on; samples that come in start a head that follows them.
    if (wanted && !this.#host.state.model) this.schedule(0);
  }

  /** Trains after `delay` milliseconds, where it is wanted. */
  schedule(delay: number): void {
    clearTimeout(this.#timer);
    const { training, model, samples } = this.#host.state;
    if (!this.#wanted || training || model?.kind === 'opened' || !canFollow(samples)) return;
    this.#timer = setTimeout(() => void this.#train(), delay);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  async #train(): Promise<void> {
    if (this.#running) return this.schedule(200);
    this.#running = true;
    const before = this.#host.state.samples;
    try {
      if (!(await this.#host.train())) this.#wanted = false;
    } catch (error) {
      this.#wanted = false;
      this.#host.report(error);
    } finally {
      this.#running = false;
      if (this.#host.state.samples !== before) this.schedule(0);
    }
  }
}

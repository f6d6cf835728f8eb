import type { Clip } from '@headstart/core';

/** Plays one sound at a time. */
export class Player {
  readonly #onEnd: () => void;
  #context: AudioContext | undefined;
  #source: AudioBufferSourceNode | undefined;

  /** @param onEnd told when a sound is over, also when it was stopped */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Browsers let a page be heard only from within what somebody does on it, before anything is waited for. */
  prepare(): void {
    this.#context ??= new AudioContext();
    void this.#context.resume();
  }

  play({ rate, samples }: Clip): void {
    this.stop();
    const context = this.#context;
    if (!context) return;
    const buffer = context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.onended = () => {
      if (this.#source !== source) return;
      this.#source = undefined;
      this.#onEnd();
    };
    this.#source = source;
    source.start();
  }

  stop(): void {
    const source = this.#source;
    this.#source = undefined;
    source?.stop();
    if (source) this.#onEnd();
  }

  dispose(): void {
    this.#source = undefined;
    void this.#context?.close();
  }
}

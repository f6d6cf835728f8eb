/** How clips are cut out of what a microphone hears. */
export interface CutPlan {
  /** Clips wanted; a plan without an end is stopped by hand. */
  readonly count: number;
  /** Of a clip. */
  readonly seconds: number;
  /** Seconds before each clip that belong to none: to get ready. */
  readonly pause: number;
}

export interface CutProgress {
  /** Clips that are whole. */
  readonly done: number;
  /** Whether a clip is being recorded, and how much of it, or of the pause before it, is over: 0 to 1. */
  readonly recording: boolean;
  readonly share: number;
}

/** Shorter sounds are slips of the finger, seconds. */
const shortest = 0.3;

/** Cuts clips of one length out of a continuous sound, with pauses between them. */
export class ClipCutter {
  readonly #plan: CutPlan;
  readonly #clip: Float32Array<ArrayBuffer>;
  readonly #pause: number;
  readonly #shortest: number;
  readonly #onClip: (samples: Float32Array<ArrayBuffer>) => void;
  #filled = 0;
  #waited = 0;
  #done = 0;

  /**
   * @param rate samples a second
   * @param onClip given each clip when it is whole
   */
  constructor(rate: number, plan: CutPlan, onClip: (samples: Float32Array<ArrayBuffer>) => void) {
    this.#plan = plan;
    this.#clip = new Float32Array(Math.round(plan.seconds * rate));
    this.#pause = Math.round(plan.pause * rate);
    this.#shortest = Math.round(shortest * rate);
    this.#onClip = onClip;
  }

  get finished(): boolean {
    return this.#done >= this.#plan.count;
  }

  get progress(): CutProgress {
    const recording = this.#waited >= this.#pause;
    return { done: this.#done, recording, share: recording ? this.#filled / this.#clip.length : this.#waited / this.#pause };
  }

  /** Takes the next samples, any number of them. */
  push(samples: Float32Array<ArrayBuffer>): void {
    for (let at = 0; at < samples.length && !this.finished; ) {
      const waiting = Math.min(this.#pause - this.#waited, samples.length - at);
      this.#waited += waiting;
      at += waiting;
      const taken = samples.subarray(at, at + this.#clip.length - this.#filled);
      this.#clip.set(taken, this.#filled);
      this.#filled += taken.length;
      at += taken.length;
      if (this.#filled === this.#clip.length) this.#give();
    }
  }

  /** Ends early, with what there is of the last clip. @returns whether it was long enough to be kept, where there was one */
  stop(): boolean {
    const enough = this.#filled === 0 || this.#filled >= this.#shortest;
    if (this.#filled >= this.#shortest && !this.finished) this.#give();
    this.#filled = 0;
    return enough;
  }

  #give(): void {
    this.#onClip(this.#clip.slice(0, this.#filled));
    this.#filled = 0;
    this.#waited = 0;
    this.#done++;
  }
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets: `rate` a second in the long run, `burst` at once. */
export class RateLimiter {
  readonly #rate: number;
  readonly #burst: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: number, burst: number, now = () => performance.now() / 1000) {
    this.#rate = rate;
    this.#burst = burst;
    this.#now = now;
  }

  /** Takes one token. @returns 0, or the seconds until there is one */
  take(who: string): number {
    const now = this.#now();
    const bucket = this.#buckets.get(who) ?? { tokens: this.#burst, at: now };
    bucket.tokens = Math.min(this.#burst, bucket.tokens + (now - bucket.at) * this.#rate);
    bucket.at = now;
    this.#buckets.set(who, bucket);
    if (this.#buckets.size > 10_000) this.#forgetFull(now);
    if (bucket.tokens < 1) return (1 - bucket.tokens) / this.#rate;
    bucket.tokens -= 1;
    return 0;
  }

  /** A bucket that is full again says no more than none. */
  #forgetFull(now: number): void {
    for (const [who, { tokens, at }] of this.#buckets) {
      if (tokens + (now - at) * this.#rate >= this.#burst) this.#buckets.delete(who);
    }
  }
}

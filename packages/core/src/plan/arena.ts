/**
 * Slots that values share one after the other. A value takes the smallest free slot that holds it, or grows the largest free
 * one: slots become buffers only when the plan is complete, so growing costs nothing.
 */
export class Arena {
  readonly #bytes: number[] = [];
  readonly #free = new Set<number>();

  take(bytes: number): number {
    let best: number | undefined;
    for (const slot of this.#free) {
      const size = this.#bytes[slot] as number;
      const bestSize = best === undefined ? undefined : (this.#bytes[best] as number);
      const better = bestSize === undefined || (size >= bytes ? bestSize < bytes || size < bestSize : bestSize < bytes && size > bestSize);
      if (better) best = slot;
    }
    if (best === undefined) {
      this.#bytes.push(bytes);
      return this.#bytes.length - 1;
    }
    this.#free.delete(best);
    this.#bytes[best] = Math.max(this.#bytes[best] as number, bytes);
    return best;
  }

  release(slot: number): void {
    this.#free.add(slot);
  }

  bytesOf(slot: number): number {
    return this.#bytes[slot] as number;
  }
}

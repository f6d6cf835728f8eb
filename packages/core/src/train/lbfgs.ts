/**
 * The host's part of vector-free L-BFGS (Chen, Wang, Zhou, "Large-scale L-BFGS using MapReduce", NIPS 2014). The vectors stay
 * on the device as rows of a basis [s₁ … s_m, y₁ … y_m, g]; a new pair takes the slot of the oldest one. The host knows the dot
 * products of the rows only and gives the search direction as coefficients of the basis, in float64.
 */
export class LbfgsMemory {
  /** m, the number of slots. */
  readonly pairs: number;
  /** Gram matrix of the basis, [2m+1, 2m+1] row-major. */
  readonly #gram: Float64Array;
  /** Slots of the pairs that can be used, newest first: their curvature s·y is positive beyond rounding. */
  #slots: number[] = [];

  constructor(pairs: number) {
    this.pairs = pairs;
    this.#gram = new Float64Array((2 * pairs + 1) ** 2);
  }

  /** Rows of the basis. */
  get width(): number {
    return 2 * this.pairs + 1;
  }

  /** ‖g‖² */
  get gradientNormSquared(): number {
    return this.#dot(2 * this.pairs, 2 * this.pairs);
  }

  /** Forgets the pairs: the next direction is −g. */
  restart(gradientNormSquared: number): void {
    this.#slots = [];
    this.#gram.fill(0);
    this.#gram[this.#gram.length - 1] = gradientNormSquared;
  }

  /**
   * Takes in one iteration, which has replaced the pair in `slot` and the gradient.
   * @param dots products of the basis as it is now (rows) with the new s, y and g (columns), [2m+1, 3] row-major
   */
  update(dots: ArrayLike<number>, slot: number): void {
    const { pairs, width } = this;
    [slot, pairs + slot, 2 * pairs].forEach((column, position) => {
      for (let row = 0; row < width; row++) {
        const product = dots[row * 3 + position] as number;
        this.#gram[row * width + column] = product;
        this.#gram[column * width + row] = product;
      }
    });
    this.#slots = this.#slots.filter((other) => other !== slot);
    const lengths = Math.sqrt(this.#dot(slot, slot) * this.#dot(pairs + slot, pairs + slot));
    if (this.#dot(slot, pairs + slot) > 1e-9 * lengths) this.#slots.unshift(slot);
  }

  /** Coefficients of the search direction −H·g in the basis, [2m+1] (Nocedal & Wright, algorithm 7.4, on dot products). */
  direction(): Float64Array {
    const { pairs, width } = this;
    const last = 2 * pairs;
    const delta = new Float64Array(width);
    delta[last] = -1;
    const along = (row: number) => delta.reduce((sum, coefficient, column) => sum + coefficient * this.#dot(column, row), 0);
    const [newest] = this.#slots;
    if (newest === undefined) return delta;
    const alphas = new Float64Array(pairs);
    for (const slot of this.#slots) {
      const alpha = along(slot) / this.#dot(slot, pairs + slot);
      alphas[slot] = alpha;
      delta[pairs + slot] = (delta[pairs + slot] as number) - alpha;
    }
    const scale = this.#dot(newest, pairs + newest) / this.#dot(pairs + newest, pairs + newest);
    for (let index = 0; index < width; index++) delta[index] = (delta[index] as number) * scale;
    for (const slot of this.#slots.toReversed()) {
      const beta = along(pairs + slot) / this.#dot(slot, pairs + slot);
      delta[slot] = (delta[slot] as number) + (alphas[slot] as number) - beta;
    }
    if (along(last) < 0) return delta;
    // Rounding has turned the direction uphill: fall back to steepest descent.
    this.#slots = [];
    delta.fill(0);
    delta[last] = -1;
    return delta;
  }

  #dot(i: number, j: number): number {
    return this.#gram[i * this.width + j] as number;
  }
}

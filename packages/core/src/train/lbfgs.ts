/**
 * The host's part of vector-free L-BFGS (Chen, Wang, Zhou, "Large-scale L-BFGS using MapReduce", NIPS 2014). The vectors stay
 * on the device as rows of a basis [s₁ … s_m, y₁ … y_m, g], newest pair first; the host knows their dot products only and gives
 * the search direction as coefficients of the basis, in float64.
 */
export class LbfgsMemory {
  readonly pairs: number;
  /** Gram matrix of the basis, [2m+1, 2m+1] row-major. */
  readonly #gram: Float64Array;
  /** Whether the pair at each age can be used: it is there, and its curvature s·y is positive beyond rounding. */
  readonly #usable: boolean[];

  /** @param pairs m, the number of correction pairs kept */
  constructor(pairs: number) {
    this.pairs = pairs;
    this.#gram = new Float64Array((2 * pairs + 1) ** 2);
    this.#usable = new Array<boolean>(pairs).fill(false);
  }

  get width(): number {
    return 2 * this.pairs + 1;
  }

  /** ‖g‖² */
  get gradientNormSquared(): number {
    return this.#dot(2 * this.pairs, 2 * this.pairs);
  }

  /** Forgets the pairs: the next direction is −g. */
  restart(gradientNormSquared: number): void {
    this.#usable.fill(false);
    this.#gram.fill(0);
    this.#gram[this.#gram.length - 1] = gradientNormSquared;
  }

  /**
   * Takes in one iteration: pairs grow one older, and the newest one and the gradient are replaced.
   * @param dots products of the new s, y and g (rows) with the new basis (columns), [3, 2m+1] row-major
   */
  update(dots: ArrayLike<number>): void {
    const { pairs, width } = this;
    const last = 2 * pairs;
    const old = this.#gram.slice();
    // Position that a basis row had before; undefined for the three new ones.
    const before = (row: number) => (row === 0 || row === pairs || row === last ? undefined : row - 1);
    const fresh = (row: number) => (row === 0 ? 0 : row === pairs ? 1 : 2);
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        const [a, b] = [before(i), before(j)];
        this.#gram[i * width + j] = (
          a !== undefined && b !== undefined
            ? old[a * width + b]
            : a === undefined
              ? dots[fresh(i) * width + j]
              : dots[fresh(j) * width + i]
        ) as number;
      }
    }
    this.#usable.pop();
    const [ss, yy] = [this.#dot(0, 0), this.#dot(pairs, pairs)];
    this.#usable.unshift(this.#dot(0, pairs) > 1e-9 * Math.sqrt(ss * yy));
  }

  /** Coefficients of the search direction −H·g in the basis, [2m+1] (Nocedal & Wright, algorithm 7.4, on dot products). */
  direction(): Float64Array {
    const { pairs, width } = this;
    const last = 2 * pairs;
    const delta = new Float64Array(width);
    delta[last] = -1;
    const along = (row: number) => delta.reduce((sum, coefficient, column) => sum + coefficient * this.#dot(column, row), 0);
    const ages = this.#usable.flatMap((usable, age) => (usable ? [age] : []));
    const [newest] = ages;
    if (newest === undefined) return delta;
    const alphas = new Float64Array(pairs);
    for (const age of ages) {
      const alpha = along(age) / this.#dot(age, pairs + age);
      alphas[age] = alpha;
      delta[pairs + age] = (delta[pairs + age] as number) - alpha;
    }
    const scale = this.#dot(newest, pairs + newest) / this.#dot(pairs + newest, pairs + newest);
    for (let index = 0; index < width; index++) delta[index] = (delta[index] as number) * scale;
    for (const age of ages.toReversed()) {
      const beta = along(pairs + age) / this.#dot(age, pairs + age);
      delta[age] = (delta[age] as number) + (alphas[age] as number) - beta;
    }
    if (along(last) < 0) return delta;
    // Rounding has turned the direction uphill: fall back to steepest descent.
    this.#usable.fill(false);
    delta.fill(0);
    delta[last] = -1;
    return delta;
  }

  #dot(i: number, j: number): number {
    return this.#gram[i * this.width + j] as number;
  }
}

import { throwIfCancelled } from '../errors.ts';
import type { DeviceTensor, Engine, Session } from '../session/engine.ts';
import { Tensor } from '../tensor/tensor.ts';
import { LbfgsMemory } from './lbfgs.ts';
import { type LogisticSizes, startGraph, stepGraph, vectorShape } from './logistic-graphs.ts';

/** Correction pairs of L-BFGS. */
const pairs = 8;
/** Step lengths tried at once, as multiples of the Newton step along the direction. */
const stepRatios = [1 / 32, 1 / 4, 1 / 2, 3 / 4, 1, 3 / 2, 3, 8];
const maxIterations = 300;
/** Iterations without progress after which a problem is taken as solved as well as float32 can. */
const patience = 5;

export interface LogisticFit {
  /** [R, D, C] float32 */
  readonly weights: Tensor;
  /** [R, N, C] float32 */
  readonly logits: Tensor;
  /** Objective of each problem, [R]. */
  readonly objectives: readonly number[];
  readonly iterations: number;
  /** False where the iteration limit ended a problem. */
  readonly converged: readonly boolean[];
}

export interface LogisticRequest {
  /** λ of each problem, [R]. */
  readonly l2: readonly number[];
  /** Start, [R, D, C]; zeros when left out. */
  readonly weights?: Tensor;
  /** Bound on the relative distance of the objective from its minimum (f − f* ≤ ‖∇f‖²/(2μ) where μ is the least curvature). */
  readonly tolerance: number;
  readonly signal?: AbortSignal | undefined;
  onIteration?(iteration: number, objectives: readonly number[]): void;
}

/** A batch of logistic regressions on one device-resident feature matrix; solved for one λ after another with the same plans. */
export class LogisticProblems {
  readonly #engine: Engine;
  readonly #sizes: LogisticSizes;
  readonly #x: DeviceTensor;
  readonly #target: DeviceTensor;
  readonly #start: Session;
  readonly #step: Session;

  private constructor(
    engine: Engine,
    sizes: LogisticSizes,
    x: DeviceTensor,
    target: DeviceTensor,
    sessions: { readonly start: Session; readonly step: Session },
  ) {
    this.#engine = engine;
    this.#sizes = sizes;
    this.#x = x;
    this.#target = target;
    this.#start = sessions.start;
    this.#step = sessions.step;
  }

  /**
   * @param x features on the device, [N, D] with the constant column `bias`; stays the caller's
   * @param target [R, N, C] float32: weight of each sample at its class in each problem, sums to 1 over a problem
   */
  static async open(engine: Engine, x: DeviceTensor, bias: number, target: Tensor): Promise<LogisticProblems> {
    const [problems = 0, samples = 0, classes = 0] = target.shape;
    // The K trial logits [K, R, N, C] should stay small beside the features.
    const steps = Math.max(2, Math.min(stepRatios.length, Math.floor(2 ** 24 / (samples * problems * classes))));
    const sizes = { samples, columns: x.shape[1] as number, bias, classes, problems, pairs, steps };
    const start = await engine.load(startGraph(sizes));
    const step = await engine.load(stepGraph(sizes));
    return new LogisticProblems(engine, sizes, x, await engine.upload(target), { start, step });
  }

  /** Minimises all problems together; one that is done keeps its weights while others go on. */
  async solve({ l2, weights, tolerance, signal, onIteration }: LogisticRequest): Promise<LogisticFit> {
    const { problems, columns, classes } = this.#sizes;
    const shared = { x: this.#x, target: this.#target, l2: Tensor.from(Float32Array.from(l2), [problems, 1, 1]) };
    const begin = weights ?? Tensor.zeros([problems, columns, classes]);
    const first = await this.#start.runOnDevice({ ...shared, weights: begin });
    const { report: opening, ...state } = first as Record<string, DeviceTensor> & { report: DeviceTensor };
    let held: Record<string, DeviceTensor> = {
      ...state,
      weights: await this.#engine.upload(begin),
      history: await this.#engine.upload(Tensor.zeros(vectorShape(this.#sizes, 2 * pairs))),
    };
    try {
      const values = (await take(opening)).toNumbers();
      const runs = l2.map(
        (lambda, index) => new Run(leastCurvature(lambda, classes), tolerance, values[index] as number, values[problems + index] as number),
      );
      const ratios = Tensor.from(Float32Array.from(this.#ratios()));
      let iteration = 0;
      while (runs.some((run) => !run.done) && iteration < maxIterations) {
        throwIfCancelled(signal, 'training');
        const direction = Tensor.from(Float32Array.from(runs.flatMap((run) => [...run.direction()])), [problems, 1, 1, 2 * pairs + 1]);
        const slot = iteration % pairs;
        const places = { 'slot.s': oneHot(slot), 'slot.y': oneHot(pairs + slot) };
        const next = await this.#step.runOnDevice({ ...shared, ...held, ...places, direction, ratios });
        const report = (await take(next.report as DeviceTensor)).toNumbers();
        release(held);
        held = Object.fromEntries(['weights', 'logits', 'gradient', 'history'].map((name) => [name, next[`next.${name}`] as DeviceTensor]));
        const width = report.length / problems;
        runs.forEach((run, index) => {
          run.advance(report.slice(index * width, (index + 1) * width), slot);
        });
        iteration++;
        onIteration?.(
          iteration,
          runs.map((run) => run.objective),
        );
      }
      return {
        weights: await (held.weights as DeviceTensor).read(),
        logits: await (held.logits as DeviceTensor).read(),
        objectives: runs.map((run) => run.objective),
        iterations: iteration,
        converged: runs.map((run) => run.done),
      };
    } finally {
      release(held);
    }
  }

  dispose(): void {
    this.#target.dispose();
    this.#start.dispose();
    this.#step.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #ratios(): readonly number[] {
    const { steps } = this.#sizes;
    return steps === stepRatios.length
      ? stepRatios
      : [...stepRatios.slice(0, 1), ...stepRatios.slice(stepRatios.indexOf(1) - steps + 2, stepRatios.indexOf(1) + 1)];
  }
}

/** What the host keeps of one problem while it is solved. */
class Run {
  readonly #curvature: number;
  readonly #tolerance: number;
  readonly #memory = new LbfgsMemory(pairs);
  objective: number;
  done = false;
  #best: number;
  #stalled = 0;

  constructor(curvature: number, tolerance: number, objective: number, gradientNormSquared: number) {
    this.#curvature = curvature;
    this.#tolerance = tolerance;
    this.objective = objective;
    this.#best = objective;
    this.#memory.restart(gradientNormSquared);
    this.#judge();
  }

  /** Coefficients of the next direction; zeros once done, which makes the iteration leave this problem as it is. */
  direction(): Float64Array {
    return this.done ? new Float64Array(this.#memory.width) : this.#memory.direction();
  }

  /** Takes in a report: dot products [2m+1, 3], objective, step length. */
  advance(report: readonly number[], slot: number): void {
    if (this.done) return;
    const dots = report.slice(0, 3 * this.#memory.width);
    this.#memory.update(dots, slot);
    this.objective = report[dots.length] as number;
    const progress = this.#best - this.objective > 1e-7 * Math.abs(this.#best);
    this.#stalled = progress ? 0 : this.#stalled + 1;
    this.#best = Math.min(this.#best, this.objective);
    this.#judge();
  }

  #judge(): void {
    const gap = this.#memory.gradientNormSquared / (2 * this.#curvature);
    this.done = gap <= this.#tolerance * Math.abs(this.objective) || this.#stalled >= patience;
  }
}

/** The penalty bends the objective by λ, but not along the bias: there it is the probabilities that do, by about p(1 − p). */
function leastCurvature(l2: number, classes: number): number {
  return Math.min(l2, 1 / (4 * classes));
}

/** 1 at one row of the history, [1, 1, 2m, 1]. */
function oneHot(row: number): Tensor {
  const data = new Float32Array(2 * pairs);
  data[row] = 1;
  return Tensor.from(data, [1, 1, 2 * pairs, 1]);
}

async function take(value: DeviceTensor): Promise<Tensor> {
  try {
    return await value.read();
  } finally {
    value.dispose();
  }
}

function release(values: Readonly<Record<string, DeviceTensor>>): void {
  for (const value of Object.values(values)) value.dispose();
}

import { argmaxRows } from '../evaluate/metrics.ts';
import type { DeviceTensor, Engine } from '../session/engine.ts';
import { permutation } from '../tensor/random.ts';
import { Tensor } from '../tensor/tensor.ts';
import { softmaxRows } from './linear-head.ts';
import { LogisticProblems } from './logistic.ts';

/** Strengths tried, strong to weak: half decades, in units where features have variance 1. */
const strengths: readonly number[] = Array.from({ length: 12 }, (_, step) => Number((10 ** (1.5 - step / 2)).toPrecision(4)));

export interface CrossValidation {
  /** Mean held-out log loss (nats) of each strength tried, in the order they were tried. */
  readonly points: readonly { readonly l2: number; readonly logLoss: number; readonly accuracy: number }[];
  /** The strength with the least log loss. */
  readonly chosen: number;
  readonly folds: number;
  /** Samples that were held out once, ascending; a class of a single sample is never held out. */
  readonly rows: Int32Array;
  /** Probabilities of `rows` by the heads that did not see them, at the chosen strength, row-major [rows, C]. */
  readonly outOfFold: Float64Array;
}

export interface CrossValidationRequest {
  readonly engine: Engine;
  /** Standardised features on the device, [N, D]. */
  readonly x: DeviceTensor;
  /** Column of the constant 1. */
  readonly bias: number;
  /** Class index of each sample, [N]. */
  readonly classes: Int32Array;
  readonly classCount: number;
  /** Weight of each sample, [N]. */
  readonly sampleWeights: Float64Array;
  /** What samples have in common, [N]; equal ones are held out together. */
  readonly groups?: readonly string[] | undefined;
  readonly folds: number;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
  /** Told what each strength is worth, once its folds are solved. */
  onStrength?: ((point: CrossValidation['points'][number]) => void) | undefined;
  onIteration(event: { readonly folds: number; readonly l2: number; readonly iteration: number; readonly objective: number }): void;
}

/**
 * Chooses λ by k-fold cross-validation. The folds are problems side by side over the same device-resident features (a held-out
 * sample has weight 0), each strength starts from the solution of the stronger one before it, and the path ends once two
 * strengths in a row are no better. Features keep the statistics of the whole train split, which tell nothing of its labels.
 * @returns undefined when no class has two samples, so that nothing can be held out
 */
export async function crossValidate(request: CrossValidationRequest): Promise<CrossValidation | undefined> {
  const { classes, classCount, sampleWeights } = request;
  const fold =
    groupedFolds(request.groups ?? [], request.folds, request.seed) ?? stratifiedFolds(classes, classCount, request.folds, request.seed);
  const folds = fold.reduce((most, each) => Math.max(most, each + 1), 0);
  if (folds < 2) return undefined;
  const rows = Int32Array.from(fold.keys()).filter((row) => (fold[row] as number) >= 0);
  const truth = rows.map((row) => classes[row] as number);
  const weights = Float64Array.from(rows, (row) => sampleWeights[row] as number);
  const groups = await openGroups(request, fold, folds);
  try {
    const points: CrossValidation['points'][number][] = [];
    let best: { readonly l2: number; readonly logLoss: number; readonly outOfFold: Float64Array } | undefined;
    let worse = 0;
    for (const l2 of strengths) {
      const outOfFold = softmaxRows(await heldOutLogits(request, groups, { fold, folds, rows, l2 }), classCount);
      const logLoss = weightedLogLoss(truth, outOfFold, weights, classCount);
      const hits = argmaxRows(outOfFold, classCount).reduce((sum, each, index) => sum + (each === truth[index] ? 1 : 0), 0);
      const point = { l2, logLoss, accuracy: hits / rows.length };
      points.push(point);
      request.onStrength?.(point);
      if (!best || logLoss < best.logLoss) [best, worse] = [{ l2, logLoss, outOfFold }, 0];
      else if (++worse === 2) break;
    }
    return best && { points, chosen: best.l2, folds, rows, outOfFold: best.outOfFold };
  } finally {
    for (const { problems } of groups) problems.dispose();
  }
}

/**
 * Fold in which each sample is held out, [N]; −1 for one that never is. Every class is spread evenly, so a class of two samples is
 * in two folds, and one of a single sample always stays in training.
 */
export function stratifiedFolds(classes: Int32Array, classCount: number, folds: number, seed: number): Int32Array {
  const members = Array.from({ length: classCount }, (_, index) => Int32Array.from(classes.keys()).filter((row) => classes[row] === index));
  const count = Math.min(folds, Math.max(...members.map(({ length }) => length)));
  const fold = new Int32Array(classes.length).fill(-1);
  let next = 0;
  members.forEach((rows, index) => {
    if (rows.length < 2) return;
    for (const position of permutation(seed, `folds ${index}`, rows.length)) fold[rows[position] as number] = next++ % count;
  });
  return fold;
}

/**
 * Fold in which each sample is held out, [N], whole groups together: large groups first, each to the fold that has least.
 * @returns undefined for fewer than two groups
 */
export function groupedFolds(groups: readonly string[], folds: number, seed: number): Int32Array | undefined {
  const members = [...Map.groupBy(groups.keys(), (row) => groups[row] as string)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (members.length < 2) return undefined;
  const order = [...permutation(seed, 'fold groups', members.length)].map((index) => members[index] as (typeof members)[number]);
  const sizes = new Array<number>(Math.min(folds, members.length)).fill(0);
  const fold = new Int32Array(groups.length);
  for (const [, rows] of order.sort(([, a], [, b]) => b.length - a.length)) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    sizes[smallest] = (sizes[smallest] as number) + rows.length;
    for (const row of rows) fold[row] = smallest;
  }
  return fold;
}

/**
 * Sample weights at their classes, scaled to sum to 1 in each problem: float32 [R, N, C].
 * @param weights for each problem the weight of each sample, [R][N]
 */
export function targetOf(classes: Int32Array, classCount: number, weights: readonly Float64Array[]): Tensor {
  const data = new Float32Array(classes.length * weights.length * classCount);
  weights.forEach((each, problem) => {
    const sum = each.reduce((total, weight) => total + weight, 0);
    classes.forEach((index, row) => {
      data[(problem * classes.length + row) * classCount + index] = (each[row] as number) / sum;
    });
  });
  return Tensor.from(data, [weights.length, classes.length, classCount]);
}

/** Folds that are solved side by side. */
interface FoldGroup {
  readonly members: readonly number[];
  readonly problems: LogisticProblems;
  /** Solution at the strength before. */
  weights: Tensor | undefined;
}

/** All folds together, unless their logits would be large. */
async function openGroups(request: CrossValidationRequest, fold: Int32Array, folds: number): Promise<FoldGroup[]> {
  const { engine, x, bias, classes, classCount, sampleWeights } = request;
  const size = Math.max(1, Math.floor(2 ** 23 / (classes.length * classCount)));
  const groups: FoldGroup[] = [];
  for (let first = 0; first < folds; first += size) {
    const members = Array.from({ length: Math.min(size, folds - first) }, (_, index) => first + index);
    const weights = members.map((held) => sampleWeights.map((weight, row) => (fold[row] === held ? 0 : weight)));
    const problems = await LogisticProblems.open(engine, x, bias, targetOf(classes, classCount, weights));
    groups.push({ members, problems, weights: undefined });
  }
  return groups;
}

/** Logits of `rows` by the heads that did not see them, row-major [rows, C]. */
async function heldOutLogits(
  { classCount, signal, onIteration }: CrossValidationRequest,
  groups: readonly FoldGroup[],
  { fold, folds, rows, l2 }: { readonly fold: Int32Array; readonly folds: number; readonly rows: Int32Array; readonly l2: number },
): Promise<Float64Array> {
  const logits = new Float64Array(rows.length * classCount);
  for (const group of groups) {
    const fit = await group.problems.solve({
      l2: group.members.map(() => l2),
      ...(group.weights ? { weights: group.weights } : {}),
      tolerance: 1e-3,
      signal,
      onIteration: (iteration, objectives) =>
        onIteration({ folds, l2, iteration, objective: objectives.reduce((sum, each) => sum + each, 0) / objectives.length }),
    });
    group.weights = fit.weights;
    rows.forEach((row, index) => {
      const problem = group.members.indexOf(fold[row] as number);
      const from = (problem * fold.length + row) * classCount;
      for (let column = 0; problem >= 0 && column < classCount; column++)
        logits[index * classCount + column] = fit.logits.at(from + column);
    });
  }
  return logits;
}

function weightedLogLoss(truth: Int32Array, probabilities: Float64Array, weights: Float64Array, classCount: number): number {
  let [sum, total] = [0, 0];
  truth.forEach((index, row) => {
    sum -= (weights[row] as number) * Math.log(Math.max(probabilities[row * classCount + index] as number, 1e-15));
    total += weights[row] as number;
  });
  return sum / total;
}

import type { GraphBuilder } from '../ir/builder.ts';
import type { AttributeMap, Graph } from '../ir/graph.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { backward } from './backward.ts';

/**
 * Sizes of a batch of logistic regressions on the same features. R problems (folds) are solved side by side: their weights are
 * columns of one matrix, so every product reads the features once.
 */
export interface LogisticSizes {
  /** N, samples. */
  readonly samples: number;
  /** D, columns of the feature matrix: features, the constant 1 for the bias, and zeros up to a multiple of `chunks`. */
  readonly columns: number;
  /** Column of the constant 1. */
  readonly bias: number;
  /** C */
  readonly classes: number;
  /** R */
  readonly problems: number;
  /** m, L-BFGS pairs. */
  readonly pairs: number;
  /** K, step lengths tried at once. */
  readonly steps: number;
}

/** Pieces a weight vector is cut into, so that the few but long dot products of L-BFGS fill a GPU. */
export const chunks = 32;

/*
 * Shapes, all float32:
 *   x       [N, D]                features, standardised
 *   target  [R, N, C]             weight of sample n in problem r at its class, else 0; sums to 1 over each problem
 *   l2      [R, 1, 1]             λ of each problem
 *   weights [R, D, C]             row `bias` is the bias
 *   logits  [R, N, C]             problem-major, so that sums over samples run over neighbours
 *   vectors [R, chunks, rows, L]  rows of R × D × C = chunks × L numbers each: the basis of L-BFGS
 */

/** Weights → logits, gradient [R, chunks, 1, L] and report [2, R] = objective, ‖gradient‖². */
export function startGraph(sizes: LogisticSizes): Graph {
  const g = newBuilder();
  const { samples, columns, classes, problems } = sizes;
  const { x, target, l2 } = sharedInputs(g, sizes);
  const weights = g.input('weights', 'float32', [problems, columns, classes]);
  const logits = product(g, x, weights, sizes);
  const objective = add(g, dataLoss(g, logits, target), penalty(g, weights, l2, sizes));
  const total = sum(g, objective, [0]);
  const [slope = ''] = backward(g, total, [weights]);
  const gradient = vector(g, slope, sizes);
  const norm = sum(g, mul(g, slope, slope), [1, 2]);
  const rename = (value: string, name: string, shape: readonly number[]) => reshape(g, value, shape, name);
  return g.build(
    [
      rename(logits, 'logits', [problems, samples, classes]),
      rename(gradient, 'gradient', vectorShape(sizes, 1)),
      g.add('Concat', [reshape(g, objective, [1, problems]), reshape(g, norm, [1, problems])], { axis: 0 }, { outputs: ['report'] }),
    ],
    'logistic-start',
  );
}

/**
 * One iteration of L-BFGS: direction from basis coefficients, line search, gradient at the new point, new basis, dot products.
 *
 * The line search needs no further product: logits(W + αD) = Z + αZ_D. The objective is convex along D, so its slope grows with
 * α, and any α > 0 whose slope is still ≤ 0 lowers the objective and satisfies the curvature condition |φ′(α)| ≤ |φ′(0)|. Of the
 * K step lengths (`ratios` of the Newton step −φ′(0)/φ″(0)) the longest such one is taken.
 *
 * Inputs besides the shared ones: weights, logits, gradient, history [R, chunks, 2m, L], direction [R, 1, 1, 2m+1] (coefficients of
 * history and gradient), ratios [K] ascending, `slot.s` and `slot.y` [1, 1, 2m, 1] (1 at the rows of the history that the new pair
 * takes, else 0). Outputs `next.weights`, `next.logits`, `next.gradient`, `next.history`, and report [R, (2m+1)·3 + 2] = products of
 * the new basis with s, y and g, objective, step length.
 */
export function stepGraph(sizes: LogisticSizes): Graph {
  const g = newBuilder();
  const { samples, columns, classes, problems, pairs, steps } = sizes;
  const { x, target, l2 } = sharedInputs(g, sizes);
  const weights = g.input('weights', 'float32', [problems, columns, classes]);
  const logits = g.input('logits', 'float32', [problems, samples, classes]);
  const gradient = g.input('gradient', 'float32', vectorShape(sizes, 1));
  const history = g.input('history', 'float32', vectorShape(sizes, 2 * pairs));
  const coefficients = g.input('direction', 'float32', [problems, 1, 1, 2 * pairs + 1]);
  const ratios = g.input('ratios', 'float32', [steps]);
  const newS = g.input('slot.s', 'float32', [1, 1, 2 * pairs, 1]);
  const newY = g.input('slot.y', 'float32', [1, 1, 2 * pairs, 1]);

  const directionVector = add(
    g,
    g.add('MatMul', [slice(g, coefficients, 3, 0, 2 * pairs), history]),
    mul(g, slice(g, coefficients, 3, 2 * pairs, 2 * pairs + 1), gradient),
  );
  const direction = reshape(g, directionVector, [problems, columns, classes]);
  const drift = product(g, x, direction, sizes);

  const step = lineSearch(g, { target, l2, weights, logits, direction, drift, ratios, sizes });
  const nextWeights = add(g, weights, mul(g, reshape(g, step, [problems, 1, 1]), direction), 'next.weights');
  const nextLogits = add(g, logits, mul(g, reshape(g, step, [problems, 1, 1]), drift), 'next.logits');

  // ∇ = Xᵀ·∂loss/∂logits + ∂penalty/∂weights: the product with X is written here, so that the forward one is not repeated.
  const objective = add(g, dataLoss(g, nextLogits, target), penalty(g, nextWeights, l2, sizes));
  const [logitSlope = '', penaltySlope = ''] = backward(g, sum(g, objective, [0]), [nextLogits, nextWeights]);
  const side = reshape(g, transpose(g, logitSlope, [1, 0, 2]), [samples, problems * classes]);
  const dataSlope = g.add('Gemm', [x, side], { transA: 1 });
  const byProblem = transpose(g, reshape(g, dataSlope, [columns, problems, classes]), [1, 0, 2]);
  const nextGradient = reshape(g, add(g, byProblem, penaltySlope), vectorShape(sizes, 1), 'next.gradient');

  const s = mul(g, reshape(g, step, [problems, 1, 1, 1]), directionVector);
  const y = g.add('Sub', [nextGradient, gradient]);
  // The new pair takes the place of the oldest one: nothing else moves.
  const placed = add(g, mul(g, newS, s), mul(g, newY, y));
  const kept = mul(g, g.add('Sub', [g.constant(1), add(g, newS, newY)]), history);
  const nextHistory = add(g, kept, placed, 'next.history');
  const newest = transpose(g, g.add('Concat', [s, y, nextGradient], { axis: 2 }), [0, 1, 3, 2]);
  const along = (basis: string) => sum(g, g.add('MatMul', [basis, newest]), [1]);
  const dots = g.add('Concat', [along(nextHistory), along(nextGradient)], { axis: 1 });
  const report = g.add(
    'Concat',
    [reshape(g, dots, [problems, 3 * (2 * pairs + 1)]), reshape(g, objective, [problems, 1]), reshape(g, step, [problems, 1])],
    { axis: 1 },
    { outputs: ['report'] },
  );
  return g.build([nextWeights, nextLogits, nextGradient, nextHistory, report], 'logistic-step');
}

export function vectorShape({ problems, columns, classes }: LogisticSizes, rows: number): number[] {
  return [problems, chunks, rows, (columns / chunks) * classes];
}

interface Line {
  readonly target: string;
  readonly l2: string;
  readonly weights: string;
  readonly logits: string;
  readonly direction: string;
  /** How the logits change a unit of step, [R, N, C]. */
  readonly drift: string;
  readonly ratios: string;
  readonly sizes: LogisticSizes;
}

/** Step length of each problem, [R]; 0 where the direction is 0. */
function lineSearch(g: GraphBuilder, { target, l2, weights, logits, direction, drift, ratios, sizes }: Line): string {
  const { samples, problems, classes, steps } = sizes;
  const scaled = mul(g, mul(g, l2, penalised(g, sizes)), direction);
  const crossed = sum(g, mul(g, scaled, weights), [1, 2]);
  const squared = sum(g, mul(g, scaled, direction), [1, 2]);
  const mass = sum(g, target, [2]); // [R, N]: the weight of a sample
  const wanted = sum(g, mul(g, target, drift), [2]); // [R, N]
  // Subtracted sample by sample: the two sums by themselves are large and nearly equal close to the minimum.
  const slopeOf = (expected: string) => add(g, sum(g, g.add('Sub', [mul(g, expected, mass), wanted]), [-1]), crossed);

  // φ′(0) = Σ (mass·E[drift] − wanted) + λ⟨W, D⟩, φ″(0) = Σ mass·Var[drift] + λ‖D‖², both under p = softmax(logits)
  const here = g.add('Softmax', [logits], { axis: -1 });
  const expected = sum(g, mul(g, here, drift), [2]);
  const second = sum(g, mul(g, here, mul(g, drift, drift)), [2]);
  const variance = g.add('Sub', [second, mul(g, expected, expected)]);
  const curvature = add(g, sum(g, mul(g, mass, variance), [1]), squared);
  const newton = g.add('Neg', [g.add('Div', [slopeOf(expected), g.add('Max', [curvature, g.constant(1e-30)])])]);

  const trial = mul(g, reshape(g, ratios, [steps, 1]), reshape(g, newton, [1, problems])); // [K, R]
  const moved = mul(g, reshape(g, trial, [steps, problems, 1, 1]), reshape(g, drift, [1, problems, samples, classes]));
  const there = g.add('Softmax', [add(g, reshape(g, logits, [1, problems, samples, classes]), moved)], { axis: -1 });
  const slopes = add(g, slopeOf(sum(g, mul(g, there, drift), [3])), mul(g, trial, squared)); // [K, R]
  const shortest = slice(g, trial, 0, 0, 1);
  const descending = g.add('Where', [g.add('LessOrEqual', [slopes, g.constant(0)]), trial, shortest]);
  return g.add('ReduceMax', [descending, axesOf(g, [0])], { keepdims: 0 });
}

function sharedInputs(g: GraphBuilder, { samples, columns, classes, problems }: LogisticSizes) {
  return {
    x: g.input('x', 'float32', [samples, columns]),
    target: g.input('target', 'float32', [problems, samples, classes]),
    l2: g.input('l2', 'float32', [problems, 1, 1]),
  };
}

/** X·W of all problems in one product, [R, N, C]. */
function product(g: GraphBuilder, x: string, weights: string, { samples, columns, problems, classes }: LogisticSizes): string {
  const side = reshape(g, transpose(g, weights, [1, 0, 2]), [columns, problems * classes]);
  return transpose(g, reshape(g, g.add('MatMul', [x, side]), [samples, problems, classes]), [1, 0, 2]);
}

/** −Σ target ⊙ log softmax(logits): the weighted mean cross-entropy of each problem, [R]. */
function dataLoss(g: GraphBuilder, logits: string, target: string): string {
  return g.add('Neg', [sum(g, mul(g, target, g.add('LogSoftmax', [logits], { axis: -1 })), [1, 2])]);
}

/** λ/2·‖W‖² without the bias, [R]. */
function penalty(g: GraphBuilder, weights: string, l2: string, sizes: LogisticSizes): string {
  const half = mul(g, l2, penalised(g, sizes));
  return mul(g, sum(g, mul(g, half, mul(g, weights, weights)), [1, 2]), g.constant(0.5));
}

/** 1 where a row of the weights is penalised, 0 at the bias, [1, D, 1]. */
function penalised(g: GraphBuilder, { columns, bias }: LogisticSizes): string {
  const mask = Float32Array.from({ length: columns }, (_, row) => (row === bias ? 0 : 1));
  return g.constant(Tensor.from(mask, [1, columns, 1]));
}

function vector(g: GraphBuilder, value: string, sizes: LogisticSizes): string {
  return reshape(g, value, vectorShape(sizes, 1));
}

function add(g: GraphBuilder, a: string, b: string, name?: string): string {
  return g.add('Add', [a, b], {}, named(name));
}

function mul(g: GraphBuilder, a: string, b: string): string {
  return g.add('Mul', [a, b]);
}

function sum(g: GraphBuilder, value: string, axes: readonly number[]): string {
  return g.add('ReduceSum', [value, axesOf(g, axes)], { keepdims: 0 });
}

function reshape(g: GraphBuilder, value: string, shape: readonly number[], name?: string): string {
  return g.add('Reshape', [value, axesOf(g, shape)], {}, named(name));
}

function transpose(g: GraphBuilder, value: string, perm: readonly number[]): string {
  return g.add('Transpose', [value], { perm } satisfies AttributeMap);
}

function slice(g: GraphBuilder, value: string, axis: number, start: number, end: number): string {
  return g.add('Slice', [value, axesOf(g, [start]), axesOf(g, [end]), axesOf(g, [axis])]);
}

function axesOf(g: GraphBuilder, values: readonly number[]): string {
  return g.constant(Tensor.from(values, [values.length], 'int64'));
}

function named(name: string | undefined) {
  return name === undefined ? {} : { outputs: [name] };
}

import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { elu, hardSigmoid, sigmoid, softplus } from '../elementwise/host.ts';

/** An activation of a recurrent operator with its parameters. */
export interface Activation {
  readonly name: string;
  readonly alpha: number;
  readonly beta: number;
}

/** Defaults of alpha and beta (ONNX spec of RNN, "Activation functions"). */
const defaults: Readonly<Record<string, readonly [alpha: number, beta: number]>> = {
  relu: [0, 0],
  tanh: [0, 0],
  sigmoid: [0, 0],
  affine: [1, 0],
  leakyrelu: [0.01, 0],
  thresholdedrelu: [1, 0],
  scaledtanh: [1, 1],
  hardsigmoid: [0.2, 0.5],
  elu: [1, 0],
  softsign: [0, 0],
  softplus: [0, 0],
};

const takesAlpha = new Set(['affine', 'leakyrelu', 'thresholdedrelu', 'scaledtanh', 'hardsigmoid', 'elu']);
const takesBeta = new Set(['affine', 'scaledtanh', 'hardsigmoid']);

/** The activations of each direction; parameters are handed to those that take some, in order. */
export function activationsOf(
  names: readonly string[],
  alphas: readonly number[],
  betas: readonly number[],
  fallback: readonly string[],
  directions: number,
): readonly (readonly Activation[])[] {
  const all = names.length > 0 ? names : Array.from({ length: directions }, () => fallback).flat();
  let [alpha, beta] = [0, 0];
  const list = all.map((given): Activation => {
    const name = given.toLowerCase();
    const own = defaults[name];
    if (!own) throw new EngineError('unsupported', `activation ${given} is not known`, { expected: Object.keys(defaults).join(', ') });
    return {
      name,
      alpha: takesAlpha.has(name) ? (alphas[alpha++] ?? own[0]) : own[0],
      beta: takesBeta.has(name) ? (betas[beta++] ?? own[1]) : own[1],
    };
  });
  const each = fallback.length;
  return Array.from({ length: directions }, (_, direction) => list.slice(direction * each, (direction + 1) * each));
}

export function activateOnHost({ name, alpha, beta }: Activation, x: number): number {
  switch (name) {
    case 'relu':
      return Math.max(x, 0);
    case 'sigmoid':
      return sigmoid(x);
    case 'affine':
      return alpha * x + beta;
    case 'leakyrelu':
      return x < 0 ? alpha * x : x;
    case 'thresholdedrelu':
      return x > alpha ? x : 0;
    case 'scaledtanh':
      return alpha * Math.tanh(beta * x);
    case 'hardsigmoid':
      return hardSigmoid(x, alpha, beta);
    case 'elu':
      return elu(x, alpha);
    case 'softsign':
      return x / (1 + Math.abs(x));
    case 'softplus':
      return softplus(x);
    default:
      return Math.tanh(x);
  }
}

export function emitActivation(g: GraphBuilder, { name, alpha, beta }: Activation, x: string): string {
  const number = (value: number) => g.constant(value, g.fresh('parameter'), g.typeOf(x).dtype);
  switch (name) {
    case 'relu':
      return g.add('Relu', [x]);
    case 'sigmoid':
      return g.add('Sigmoid', [x]);
    case 'affine':
      return g.add('Add', [g.add('Mul', [x, number(alpha)]), number(beta)]);
    case 'leakyrelu':
      return g.add('LeakyRelu', [x], { alpha });
    case 'thresholdedrelu':
      return g.add('ThresholdedRelu', [x], { alpha });
    case 'scaledtanh':
      return g.add('Mul', [g.add('Tanh', [g.add('Mul', [x, number(beta)])]), number(alpha)]);
    case 'hardsigmoid':
      return g.add('HardSigmoid', [x], { alpha, beta });
    case 'elu':
      return g.add('Elu', [x], { alpha });
    case 'softsign':
      return g.add('Softsign', [x]);
    case 'softplus':
      return g.add('Softplus', [x]);
    default:
      return g.add('Tanh', [x]);
  }
}

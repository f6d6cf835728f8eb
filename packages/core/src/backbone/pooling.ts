import { EngineError } from '../errors.ts';
import type { GraphBuilder } from '../ir/builder.ts';
import { type AttributeMap, formatType, type Graph } from '../ir/graph.ts';
import { newBuilder } from '../ops/registry.ts';
import { cut } from '../passes/cut.ts';
import type { Pooling } from '../session/cuts.ts';
import { Tensor } from '../tensor/tensor.ts';
import { textRole } from './text.ts';

export interface PoolingOptions {
  readonly pooling: Pooling;
  /** Divide each vector by its length. */
  readonly normalise?: boolean;
}

/**
 * The part of a model up to its features: everything before `value`, then pooling, as standard ONNX nodes of the model's own
 * operator-set version, so that features leave the device as [N, D] and an exported model has the same nodes.
 * @param value the cut
 * @returns a graph with one output, float32[N, D]
 * @throws EngineError `invalid-argument` when there is no such value, or pooling cannot mean its shape
 */
export function attachPooling(graph: Graph, value: string, { pooling, normalise = false }: PoolingOptions): Graph {
  const type = graph.types.get(value);
  if (!type) {
    const known = graph.outputs.slice(0, 5).join(', ');
    throw new EngineError('invalid-argument', `the model has no value '${value}'`, {
      where: 'cut',
      hint: `Its outputs are ${known}; \`headstart inspect\` lists cuts that suit.`,
    });
  }
  // Only what hangs behind the cut is built: the model itself stays as it was read.
  const g = newBuilder({ fold: false, reserved: graph.types });
  const given = (name: string) => g.input(name, graph.types.get(name)?.dtype ?? 'float32', graph.types.get(name)?.shape ?? []);
  const mask = pooling === 'mean-mask' || pooling === 'last' ? graph.inputs.find((input) => textRole(input) === 'mask') : undefined;
  const tail = new Tail(g, opsetOf(graph));
  const wide = tail.toFloat(given(value));
  const vectors = poolings[pooling](tail, wide, mask === undefined ? undefined : tail.toFloat(given(mask)));
  const features = normalise ? tail.normalise(vectors) : vectors;
  if (features === value) return cut(graph, [value]);
  const added = g.build([features]);
  return cut(
    {
      ...graph,
      nodes: [...graph.nodes, ...added.nodes],
      constants: new Map([...graph.constants, ...added.constants]),
      types: new Map([...added.types, ...graph.types]),
    },
    [features],
  );
}

const poolings: Readonly<Record<Pooling, (tail: Tail, value: string, mask: string | undefined) => string>> = {
  none: (tail, value) => (tail.rank(value) === 2 ? value : tail.add('Flatten', [value], { axis: 1 })),
  mean(tail, value) {
    tail.requireRank(value, 'mean', 3);
    if (tail.rank(value) === 4) return tail.add('Flatten', [tail.add('GlobalAveragePool', [value])], { axis: 1 });
    const axes = Array.from({ length: tail.rank(value) - 2 }, (_, axis) => axis + 2);
    return tail.reduce('ReduceMean', value, axes, false);
  },
  'mean-max'(tail, value) {
    tail.requireRank(value, 'mean-max', 3);
    const axes = Array.from({ length: tail.rank(value) - 2 }, (_, axis) => axis + 2);
    return tail.add('Concat', [tail.reduce('ReduceMean', value, axes, false), tail.reduce('ReduceMax', value, axes, false)], { axis: 1 });
  },
  cls(tail, value) {
    tail.requireRank(value, 'cls', 3, 3);
    return tail.add('Gather', [value, tail.int64([], [0])], { axis: 1 });
  },
  'mean-mask'(tail, value, mask) {
    tail.requireRank(value, 'mean-mask', 3, 3);
    if (mask === undefined) return tail.reduce('ReduceMean', value, [1], false);
    return tail.add('Div', [tail.weightedSum(value, mask), tail.reduce('ReduceSum', mask, [1], true)]);
  },
  last(tail, value, mask) {
    tail.requireRank(value, 'last', 3, 3);
    if (mask === undefined) return tail.add('Gather', [value, tail.int64([], [-1])], { axis: 1 });
    // 1 where a token is kept and the next is not: mask − mask moved one place to the left, a zero moved in.
    const first = tail.slice(mask, 0, 1);
    const moved = tail.add('Concat', [tail.slice(mask, 1, 2 ** 31 - 1), tail.add('Sub', [first, first])], { axis: 1 });
    return tail.weightedSum(value, tail.add('Sub', [mask, moved]));
  },
};

/** Nodes behind the cut, in the forms that the model's operator-set version has. */
class Tail {
  readonly #g: GraphBuilder;
  readonly #opset: number;

  constructor(g: GraphBuilder, opset: number) {
    this.#g = g;
    this.#opset = opset;
  }

  add(type: string, inputs: readonly string[], attributes: AttributeMap = {}): string {
    const output = this.#g.fresh(`headstart.${type.toLowerCase()}`);
    return this.#g.add(type, inputs, attributes, { name: output, opset: this.#opset, outputs: [output] });
  }

  int64(shape: readonly number[], values: readonly number[]): string {
    return this.#g.constant(Tensor.from(BigInt64Array.from(values, BigInt), shape), this.#g.fresh('headstart.index'));
  }

  rank(value: string): number {
    return this.#g.typeOf(value).shape.length;
  }

  requireRank(value: string, pooling: Pooling, least: number, most: number = Number.POSITIVE_INFINITY): void {
    if (this.rank(value) >= least && this.rank(value) <= most) return;
    throw new EngineError('invalid-argument', `pooling '${pooling}' cannot be meant for this cut`, {
      where: `cut '${value}'`,
      expected: most === least ? `${least} axes` : `at least ${least} axes`,
      got: formatType(this.#g.typeOf(value)),
      hint: "Leave pooling out to take the one that suits, or choose among 'none', 'mean', 'mean-max', 'cls', 'last' and 'mean-mask'.",
    });
  }

  /** Sums over tokens and lengths of vectors want float32, whatever the model computes in. */
  toFloat(value: string): string {
    return this.#g.typeOf(value).dtype === 'float32' ? value : this.add('Cast', [value], { to: 1 });
  }

  /** Axes became an input of ReduceSum in version 13 and of the other reductions in 18. */
  reduce(type: string, value: string, axes: readonly number[], keep: boolean): string {
    const asInput = this.#opset >= (type === 'ReduceSum' ? 13 : 18);
    const attributes = { keepdims: keep ? 1 : 0 };
    return asInput
      ? this.add(type, [value, this.int64([axes.length], axes)], attributes)
      : this.add(type, [value], { ...attributes, axes });
  }

  /** Σ over tokens of [N, T, D] weighted by [N, T]: the product of [N, 1, T] and [N, T, D], without its axis of 1. */
  weightedSum(value: string, weights: string): string {
    return this.#squeeze(this.add('MatMul', [this.#unsqueeze(weights, 1), value]), 1);
  }

  /** Positions `start` to before `end` of axis 1. */
  slice(value: string, start: number, end: number): string {
    if (this.#opset < 10) return this.add('Slice', [value], { axes: [1], starts: [start], ends: [end] });
    return this.add('Slice', [value, this.int64([1], [start]), this.int64([1], [end]), this.int64([1], [1])]);
  }

  /** Each vector over its Euclidean length; a vector of zeros stays one. */
  normalise(value: string): string {
    const length = this.reduce('ReduceL2', value, [1], true);
    const least = this.#g.constant(Tensor.from(Float32Array.of(1e-12), [1]), this.#g.fresh('headstart.least'));
    return this.add('Div', [value, this.add('Add', [length, least])]);
  }

  #unsqueeze(value: string, axis: number): string {
    return this.#opset >= 13 ? this.add('Unsqueeze', [value, this.int64([1], [axis])]) : this.add('Unsqueeze', [value], { axes: [axis] });
  }

  #squeeze(value: string, axis: number): string {
    return this.#opset >= 13 ? this.add('Squeeze', [value, this.int64([1], [axis])]) : this.add('Squeeze', [value], { axes: [axis] });
  }
}

/** The operator-set version that a graph's standard nodes are written against. */
export function opsetOf(graph: Graph): number {
  return graph.nodes.reduce((newest, { domain, opset }) => (domain === '' ? Math.max(newest, opset) : newest), 0) || 17;
}

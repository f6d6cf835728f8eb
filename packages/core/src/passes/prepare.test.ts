import { describe, expect, test } from 'vitest';
import type { GraphBuilder } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { verify } from '../ir/verify.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { normal } from '../tensor/random.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { prepare } from './prepare.ts';
import { specialise } from './specialise.ts';

const random = (name: string, shape: readonly number[]) =>
  Tensor.from(
    Float32Array.from({ length: sizeOf(shape) }, (_, index) => normal(1, name, index)),
    shape,
  );
const int64 = (values: readonly number[]) => Tensor.from(values, [values.length], 'int64');

/** Prepares what `write` builds over x: float32[n, 4, 6, 6] and checks that it computes what it did. */
function prepared(write: (g: GraphBuilder, x: string) => string, shape: readonly (number | string)[] = ['n', 4, 6, 6]): Graph {
  const g = newBuilder();
  const x = g.input('x', 'float32', shape);
  const graph = g.build([write(g, x)]);
  const result = prepare(graph);
  verify(result);
  const feeds = { x: random('x', [2, ...(shape.slice(1) as number[])]) };
  const [wanted] = Object.values(evaluate(graph, feeds));
  const [got] = Object.values(evaluate(result, feeds));
  expect(got?.shape).toEqual(wanted?.shape);
  got?.toNumbers().forEach((value, offset) => {
    expect(value).toBeCloseTo(wanted?.at(offset) as number, 4);
  });
  return result;
}

const types = (graph: Graph) => graph.nodes.map((node) => node.type);
const weight = (g: GraphBuilder, name: string, shape: readonly number[]) => g.constant(random(name, shape), name);

function batchNorm(g: GraphBuilder, x: string, channels: number): string {
  const statistics = ['scale', 'bias', 'mean'].map((name) => weight(g, g.fresh(name), [channels]));
  const variance = g.constant(
    Tensor.from(
      random('variance', [channels])
        .toNumbers()
        .map((value) => value * value + 0.1),
    ),
    g.fresh('variance'),
  );
  return g.add('BatchNormalization', [x, ...statistics, variance], { epsilon: 1e-3 });
}

describe('foldBatchNorm', () => {
  test('after a convolution: into its weights', () => {
    const graph = prepared((g, x) => batchNorm(g, g.add('Conv', [x, weight(g, 'w', [3, 4, 3, 3]), weight(g, 'b', [3])]), 3));
    expect(types(graph)).toEqual(['Conv']);
  });

  test('with the product and sum that follow it, for grouped weights without bias', () => {
    const graph = prepared((g, x) => {
      const norm = batchNorm(g, g.add('Conv', [x, weight(g, 'w', [8, 1, 3, 3])], { group: 4 }), 8);
      return g.add('Add', [g.add('Mul', [norm, weight(g, 'm', [8, 1, 1])]), weight(g, 'a', [1, 8, 1, 1])]);
    });
    expect(types(graph)).toEqual(['Conv']);
  });

  test('before a convolution it takes in the product and sum, and stays', () => {
    const graph = prepared((g, x) => {
      const norm = g.add('Add', [g.add('Mul', [batchNorm(g, x, 4), weight(g, 'm', [4, 1, 1])]), weight(g, 'a', [4, 1, 1])]);
      return g.add('Conv', [g.add('Relu', [norm]), weight(g, 'w', [3, 4, 1, 1])]);
    });
    expect(types(graph)).toEqual(['BatchNormalization', 'Relu', 'Conv']);
  });

  test('a product that varies along the width, or of something read twice, stays', () => {
    const along = prepared((g, x) => g.add('Mul', [g.add('Conv', [x, weight(g, 'w', [3, 4, 1, 1])]), weight(g, 'm', [6])]));
    expect(types(along)).toEqual(['Conv', 'Mul']);
    const twice = prepared((g, x) => {
      const conv = g.add('Conv', [x, weight(g, 'w', [3, 4, 1, 1])]);
      return g.add('Add', [conv, batchNorm(g, conv, 3)]);
    });
    expect(types(twice)).toEqual(['Conv', 'BatchNormalization', 'Add']);
  });
});

describe('foldConstants', () => {
  test('weights of any size fold, and equal ones become one', () => {
    const graph = prepared((g, x) => {
      const shape = g.constant(int64([3, 4, 24, 24]), 'shape');
      const value = Tensor.from([0.01], [1]);
      const [first, second] = ['first', 'second'].map((name) => g.add('ConstantOfShape', [shape], { value }, { outputs: [name] }));
      const sum = g.add('Conv', [x, first as string], { pads: [12, 12, 12, 12] });
      return g.add('Add', [
        sum,
        g.add('Conv', [x, g.add('Transpose', [second as string], { perm: [0, 1, 3, 2] })], { pads: [12, 12, 12, 12] }),
      ]);
    });
    expect(graph.nodes.filter(({ type }) => type !== 'Conv' && type !== 'Add')).toEqual([]);
    expect([...graph.constants.values()].filter(({ size }) => size > 100)).toHaveLength(1);
  });

  test('every binding has the same weights, as the same objects', () => {
    const graph = prepared((g, x) => batchNorm(g, g.add('Conv', [x, weight(g, 'w', [3, 4, 3, 3])]), 3));
    const weights = (batch: number) => [...specialise(graph, { batch }).constants.values()];
    expect(weights(1)).toHaveLength(2);
    weights(5).forEach((tensor, index) => {
      expect(tensor).toBe(weights(1)[index]);
    });
  });
});

describe('foldPad', () => {
  const pad = (g: GraphBuilder, x: string) => g.add('Pad', [x, g.constant(int64([0, 0, 1, 2, 0, 0, 0, 1]))]);
  test('into a convolution', () => {
    const graph = prepared((g, x) => g.add('Conv', [pad(g, x), weight(g, 'w', [3, 4, 3, 3])], { pads: [1, 0, 1, 0] }));
    expect(types(graph)).toEqual(['Conv']);
    expect(graph.nodes[0]?.attributes.pads).toEqual([2, 2, 1, 1]);
  });

  test('into a mean over windows, which then counts the zeros', () => {
    const graph = prepared((g, x) => g.add('AveragePool', [pad(g, x)], { kernel_shape: [3, 3], strides: [2, 2] }));
    expect(types(graph)).toEqual(['AveragePool']);
  });

  test('not where the pool leaves its own padding out of the mean, nor into a maximum', () => {
    const uncounted = prepared((g, x) => g.add('AveragePool', [pad(g, x)], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }));
    expect(types(uncounted)).toEqual(['Pad', 'AveragePool']);
    expect(types(prepared((g, x) => g.add('MaxPool', [pad(g, x)], { kernel_shape: [3, 3] })))).toEqual(['Pad', 'MaxPool']);
  });
});

describe('fuseNormalization', () => {
  const width = 6;
  const normalised = (g: GraphBuilder, x: string, centred: boolean, reciprocal: boolean) => {
    const mean = (value: string) => g.add('ReduceMean', [value, g.constant(int64([-1]), g.fresh('axes'))]);
    const d = centred ? g.add('Sub', [x, mean(x)]) : x;
    const variance = mean(g.add('Pow', [d, g.constant(2, g.fresh('two'))]));
    const root = g.add('Sqrt', [g.add('Add', [variance, g.constant(1e-5, g.fresh('epsilon'))])]);
    return reciprocal ? g.add('Mul', [g.add('Reciprocal', [root]), d]) : g.add('Div', [d, root]);
  };
  test.each([
    { centred: true, reciprocal: false, type: 'LayerNormalization' },
    { centred: true, reciprocal: true, type: 'LayerNormalization' },
    { centred: false, reciprocal: false, type: 'RMSNormalization' },
    { centred: false, reciprocal: true, type: 'RMSNormalization' },
  ])('$type with and without scale (1/√: $reciprocal)', ({ centred, reciprocal, type }) => {
    expect(types(prepared((g, x) => normalised(g, x, centred, reciprocal)))).toEqual([type]);
    const scaled = (g: GraphBuilder, x: string) => g.add('Mul', [normalised(g, x, centred, reciprocal), weight(g, 'scale', [width])]);
    expect(types(prepared(scaled))).toEqual([type]);
    const shifted = types(prepared((g, x) => g.add('Add', [scaled(g, x), weight(g, 'bias', [width])])));
    expect(shifted).toEqual(centred ? [type] : [type, 'Add']);
  });

  test('not when the centred values are read elsewhere', () => {
    const graph = prepared((g, x) => {
      const y = normalised(g, x, true, false);
      return g.add('Add', [y, g.add('Sub', [x, g.add('ReduceMean', [x, g.constant(int64([-1]), 'more')])])]);
    });
    expect(types(graph)).not.toContain('LayerNormalization');
  });
});

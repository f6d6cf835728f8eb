import { describe, expect, test } from 'vitest';
import { softwareCapabilities } from '../../test/support/capabilities.ts';
import { EngineError } from '../errors.ts';
import { verify } from '../ir/verify.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { optimise } from './optimise.ts';
import { shareConstants } from './share-constants.ts';
import { shareNodes } from './share-nodes.ts';
import { sharePrefixes } from './share-prefixes.ts';

test('shareConstants joins what is equal bit for bit, and keeps the names of outputs', () => {
  const g = newBuilder();
  const x = g.input('x', 'float32', [2]);
  const values = {
    a: [1, 2],
    b: [1, 2],
    c: [1, 3],
    zero: [0, 0],
    minus: [-0, -0],
    nan: [Number.NaN, 0],
    nan2: [Number.NaN, 0],
    out: [1, 2],
  };
  for (const [name, data] of Object.entries(values)) g.constant(Tensor.from(data), name);
  const sums = ['a', 'b', 'c', 'zero', 'minus', 'nan', 'nan2'].map((name) => g.add('Add', [x, name]));
  const shared = shareConstants(g.build([...sums, 'out']));
  verify(shared);
  expect([...shared.constants.keys()]).toEqual(['a', 'c', 'zero', 'minus', 'nan', 'out']);
});

test('shareNodes computes equal nodes once, whatever follows from them', () => {
  const g = newBuilder();
  const x = g.input('x', 'float32', [2]);
  const chains = [0, 1].map(() => g.add('Exp', [g.add('Neg', [x])]));
  const other = g.add('Exp', [g.add('Abs', [x])]);
  const graph = g.build([g.add('Add', [g.add('Mul', chains), other])]);
  const shared = shareNodes(graph);
  verify(shared);
  expect(shared.nodes.map(({ type }) => type)).toEqual(['Neg', 'Exp', 'Abs', 'Exp', 'Mul', 'Add']);
  const feeds = { x: Tensor.from([1, -2]) };
  expect(Object.values(evaluate(shared, feeds))).toEqual(Object.values(evaluate(graph, feeds)));
});

test('sharePrefixes: a Concat reads the longest earlier one that it begins with', () => {
  const g = newBuilder();
  const inputs = ['a', 'b', 'c', 'd'].map((name) => g.input(name, 'float32', [1, 2]));
  const concat = (...parts: readonly (string | undefined)[]) => g.add('Concat', parts as string[], { axis: 1 });
  const [a, b, c, d] = inputs;
  const graph = g.build([
    concat(a, b),
    concat(a, b, c),
    concat(a, b, c, d),
    concat(b, a, c),
    g.add('Concat', [a, b, c] as string[], { axis: 0 }),
  ]);
  const shared = sharePrefixes(graph);
  verify(shared);
  const [ab, abc] = graph.outputs;
  expect(shared.nodes.map((node) => node.inputs)).toEqual([
    [a, b],
    [ab, c],
    [abc, d],
    [b, a, c],
    [a, b, c],
  ]);
  const feeds = Object.fromEntries(inputs.map((name, index) => [name, Tensor.from([index, -index], [1, 2])]));
  expect(evaluate(shared, feeds)).toEqual(evaluate(graph, feeds));
});

describe('optimise', () => {
  test('says which dimension is not bound', () => {
    const g = newBuilder();
    const graph = g.build([g.add('Relu', [g.input('x', 'float32', ['n', 2])], {}, { name: 'act' })]);
    expect(() => optimise(graph, softwareCapabilities)).toThrow(
      /^Relu 'act' \(node 0\): the shape of '.*' is not known before it is computed, expected a number on every axis, got float32\[n, 2\]\. Give sizes for 'n'/,
    );
    expect(() => optimise(graph, softwareCapabilities)).toThrow(EngineError);
  });
});

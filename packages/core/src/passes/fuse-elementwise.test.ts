import { describe, expect, test } from 'vitest';
import { softwareCapabilities } from '../../test/support/capabilities.ts';
import type { GraphBuilder } from '../ir/builder.ts';
import { verify } from '../ir/verify.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { normal } from '../tensor/random.ts';
import { Tensor } from '../tensor/tensor.ts';
import { optimise } from './optimise.ts';

const random = (name: string, shape: readonly number[]) =>
  Tensor.from(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => normal(1, name, index)),
    shape,
  );

/** Optimises what `write` builds over inputs of the given shapes and checks that every output stays as it was. */
function fused(
  shapes: Readonly<Record<string, readonly number[]>>,
  write: (g: GraphBuilder, ...inputs: string[]) => readonly string[],
  maxStorageBuffers = 8,
) {
  const g = newBuilder();
  const inputs = Object.entries(shapes).map(([name, shape]) => g.input(name, 'float32', shape));
  const graph = g.build(write(g, ...inputs));
  const optimised = optimise(graph, { ...softwareCapabilities, maxStorageBuffers });
  verify(optimised);
  expect(optimised.outputs).toEqual(graph.outputs);
  const feeds = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, random(name, shape)]));
  const before = evaluate(graph, feeds);
  const after = evaluate(optimised, feeds);
  for (const output of graph.outputs) {
    expect(after[output]?.dtype).toBe(before[output]?.dtype);
    expect(after[output]?.shape).toEqual(before[output]?.shape);
    const wanted = before[output]?.toNumbers() ?? [];
    after[output]?.toNumbers().forEach((value, index) => {
      expect(value).toBeCloseTo(wanted[index] as number, 5);
    });
  }
  return optimised.nodes;
}

describe('fuseElementwise', () => {
  test('a chain becomes one node', () => {
    const nodes = fused({ x: [2, 3] }, (g, x = '') => [g.add('Relu', [g.add('Neg', [g.add('Exp', [x])])])]);
    expect(nodes).toHaveLength(1);
  });

  test('GELU written with Erf becomes one node that reads its input once', () => {
    const nodes = fused({ x: [2, 3] }, (g, x = '') => {
      const erf = g.add('Erf', [g.add('Div', [x, g.constant(Math.SQRT2)])]);
      return [g.add('Mul', [g.add('Mul', [x, g.add('Add', [erf, g.constant(1, 'one')])]), g.constant(0.5, 'half')])];
    });
    expect(nodes.map(({ inputs }) => inputs)).toEqual([['x']]);
  });

  test('a diamond whose middle values have one reader each becomes one node', () => {
    const nodes = fused({ a: [2, 3], b: [3] }, (g, a = '', b = '') => {
      const sum = g.add('Add', [a, b]);
      return [g.add('Mul', [g.add('Exp', [a]), g.add('Tanh', [sum])])];
    });
    expect(nodes.map(({ inputs }) => [...inputs].sort())).toEqual([['a', 'b']]);
  });

  test('a value that is read twice, or asked for, is computed once', () => {
    const nodes = fused({ a: [4], b: [4] }, (g, a = '', b = '') => {
      const shared = g.add('Exp', [a]);
      const wanted = g.add('Add', [shared, b]);
      return [wanted, g.add('Mul', [g.add('Neg', [wanted]), shared])];
    });
    expect(nodes).toHaveLength(3);
  });

  test('no node reads more buffers than the adapter binds', () => {
    const shapes = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, [4]]));
    const sum = (g: GraphBuilder, ...inputs: string[]) => [inputs.reduce((left, right) => g.add('Add', [left, right]))];
    expect(fused(shapes, sum, 8)).toHaveLength(1);
    const narrow = fused(shapes, sum, 5);
    expect(narrow.length).toBeGreaterThan(1);
    for (const { inputs } of narrow) expect(inputs.length).toBeLessThanOrEqual(3);
  });

  test('a long expression is not computed again for every element it is broadcast to', () => {
    const long = (g: GraphBuilder, a: string) => ['Exp', 'Neg', 'Tanh', 'Abs', 'Sqrt', 'Sin'].reduce((x, type) => g.add(type, [x]), a);
    expect(fused({ a: [3, 1], b: [3, 64] }, (g, a = '', b = '') => [g.add('Add', [long(g, a), b])])).toHaveLength(2);
    expect(fused({ a: [3, 64], b: [3, 64] }, (g, a = '', b = '') => [g.add('Add', [long(g, a), b])])).toHaveLength(1);
  });

  test('a reshape moves behind the pair, and operands follow it', () => {
    const nodes = fused({ x: [2, 3, 4], row: [4], column: [6, 1] }, (g, x = '', row = '', column = '') => {
      const flat = g.add('Reshape', [g.add('Exp', [x]), g.constant(Tensor.from([6, 4], [2], 'int64'))]);
      const sum = g.add('Add', [g.add('Add', [flat, row]), column]);
      return [g.add('Mul', [sum, g.constant(random('c', [6, 4]), 'c')])];
    });
    expect(nodes.map(({ type }) => type)).toEqual(['Reshape', 'Elementwise', 'Reshape']);
    const apart = fused({ x: [6, 4], part: [3, 1] }, (g, x = '', part = '') => {
      const split = g.add('Reshape', [g.add('Exp', [x]), g.constant(Tensor.from([2, 3, 4], [3], 'int64'))]);
      return [g.add('Add', [split, part])];
    });
    expect(apart.map(({ type }) => type)).toEqual(['Elementwise', 'Reshape', 'Elementwise']);
  });

  test('a reduction takes in what follows it', () => {
    const nodes = fused({ x: [2, 3, 4] }, (g, x = '') => {
      const mean = g.add('ReduceMean', [x, g.constant(Tensor.from([1, 2], [2], 'int64'))], { keepdims: 0 });
      return [g.add('Relu', [g.add('Add', [mean, g.constant([0.1, -0.2], 'bias')])])];
    });
    expect(nodes.map(({ type }) => type)).toEqual(['Reduce']);
  });
});

import { describe, expect, it } from 'vitest';
import type { Node } from '../ir/graph.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { assertSupported, assertTyped, unsupportedOperators } from './supported.ts';

const node = (type: string, inputs: readonly string[], output: string, domain = ''): Node => ({
  name: `${type}_${output}`,
  type,
  domain,
  opset: 17,
  inputs,
  outputs: [output],
  attributes: {},
});

describe('operators nobody knows', () => {
  it('are reported together, with counts', () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [2]);
    g.keep(node('Strange', [x], 'a', 'com.example'), []);
    g.keep(node('Strange', ['a'], 'b', 'com.example'), []);
    g.keep(node('Odd', ['b'], 'c'), []);
    const graph = g.build(['c'], 'puzzle');
    expect([...unsupportedOperators(graph)]).toEqual([
      ['com.example.Strange', 2],
      ['Odd', 1],
    ]);
    expect(() => assertSupported(graph)).toThrow(/puzzle: .*2 operators.*com\.example\.Strange ×2, Odd ×1.*wasm/);
  });
});

describe('nodes that cannot be inferred', () => {
  const squeeze = (axes: 'constant' | 'input') => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [1, 2]);
    const which = axes === 'input' ? g.input('axes', 'int64', [1]) : g.constant(Tensor.from([0n]), 'axes');
    g.addOrKeep(node('Squeeze', [x, which], 'y'), []);
    g.addOrKeep(node('Relu', ['y'], 'z'), []);
    return g.build(['z']);
  };

  it('are kept while a graph is built, and named with the reason once it must run', () => {
    const graph = squeeze('input');
    expect(graph.nodes.map(({ type }) => type)).toEqual(['Squeeze', 'Relu']);
    expect(graph.types.has('z')).toBe(false);
    expect(() => assertTyped(graph)).toThrow(/Squeeze 'Squeeze_y'.*axes are computed by the graph/);
  });

  it('are none where everything is known', () => {
    const graph = squeeze('constant');
    expect(assertTyped(graph)).toBe(graph);
    expect(graph.types.get('z')).toEqual({ dtype: 'float32', shape: [2] });
  });
});

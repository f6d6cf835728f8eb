import { describe, expect, it } from 'vitest';
import type { Node } from '../ir/graph.ts';
import { newBuilder } from '../ops/registry.ts';
import { assertSupported, unsupportedOperators } from './supported.ts';

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

import { describe, expect, test } from 'vitest';
import type { GraphBuilder } from '../ir/builder.ts';
import { verify } from '../ir/verify.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { removeNoOps } from './no-ops.ts';

const int64 = (values: readonly number[]) => Tensor.from(values, [values.length], 'int64');

/** Types of the nodes left of `write`'s graph over x: float32[2, 1, 3], checked to give what it gave. */
function left(write: (g: GraphBuilder, x: string) => string): readonly string[] {
  const g = newBuilder();
  const x = g.input('x', 'float32', [2, 1, 3]);
  const graph = g.build([write(g, g.add('Neg', [x]))]);
  const result = removeNoOps(graph);
  verify(result);
  expect(result.outputs).toEqual(graph.outputs);
  const feeds = { x: Tensor.from([1, 2, 3, 4, 5, 6], [2, 1, 3]) };
  expect(evaluate(result, feeds)).toEqual(evaluate(graph, feeds));
  return result.nodes.map((node) => node.type);
}

describe('removeNoOps', () => {
  const constant = (g: GraphBuilder, ...values: number[]) => g.constant(int64(values));
  test.each<[string, (g: GraphBuilder, x: string) => string]>([
    ['Identity', (g, x) => g.add('Identity', [x])],
    ['Dropout', (g, x) => g.add('Dropout', [x], {}, { outputs: ['kept', ''] })],
    ['Cast to its own dtype', (g, x) => g.add('Cast', [x], { to: 1 })],
    ['Reshape to its own shape', (g, x) => g.add('Reshape', [x, constant(g, 2, 1, -1)])],
    ['Slice of everything', (g, x) => g.add('Slice', [x, constant(g, 0), constant(g, 99), constant(g, 2)])],
    ['Pad by nothing', (g, x) => g.add('Pad', [x, constant(g, 0, 0, 0, 0, 0, 0)])],
    ['Expand to its own shape', (g, x) => g.add('Expand', [x, constant(g, 2, 1, 1)])],
    ['Concat of one', (g, x) => g.add('Concat', [x], { axis: 0 })],
    ['Mul by one', (g, x) => g.add('Mul', [x, g.constant(1)])],
    ['Sub of zero', (g, x) => g.add('Sub', [x, g.constant(0)])],
  ])('%s goes', (_, write) => {
    expect(left(write)).toEqual(['Neg']);
  });

  test.each<[string, (g: GraphBuilder, x: string) => string, string]>([
    ['a reversed slice', (g, x) => g.add('Slice', [x, ...[[-1], [-9], [2], [-1]].map((each) => constant(g, ...each))]), 'Slice'],
    ['a roll by padding', (g, x) => g.add('Pad', [x, constant(g, 0, 0, 1, 0, 0, -1)]), 'Pad'],
    ['a product that broadcasts', (g, x) => g.add('Mul', [x, g.constant(Tensor.from([1], [1, 1, 1, 1]))]), 'Mul'],
    ['a division of one', (g, x) => g.add('Div', [g.constant(1), x]), 'Div'],
    ['a transposition that moves', (g, x) => g.add('Transpose', [x], { perm: [2, 1, 0] }), 'Transpose'],
  ])('%s stays', (_, write, type) => {
    expect(left(write)).toEqual(['Neg', type]);
  });

  test('a transposition that moves an axis of size 1 is a Reshape', () => {
    expect(left((g, x) => g.add('Transpose', [x], { perm: [1, 0, 2] }))).toEqual(['Neg', 'Reshape']);
  });

  test('an input passed straight to two outputs keeps both names', () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [2]);
    const outputs = ['a', 'b'].map((name) => g.add('Identity', [x], {}, { outputs: [name] }));
    const result = removeNoOps(g.build(outputs));
    verify(result);
    expect(evaluate(result, { x: Tensor.from([1, 2]) })).toEqual({ a: Tensor.from([1, 2]), b: Tensor.from([1, 2]) });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { softwareCapabilities } from '../../test/support/capabilities.ts';
import type { GraphBuilder } from '../ir/builder.ts';
import { verify } from '../ir/verify.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { optimise } from './optimise.ts';

const int64 = (values: readonly number[]) => Tensor.from(values, [values.length], 'int64');
const constants = (g: GraphBuilder, ...values: (readonly number[])[]) => values.map((each) => g.constant(int64(each)));

const moves: Readonly<Record<string, (g: GraphBuilder, x: string) => string>> = {
  'every second row': (g, x) => g.add('Slice', [x, ...constants(g, [0], [9], [2], [2])]),
  'columns backwards': (g, x) => g.add('Slice', [x, ...constants(g, [9], [-9], [3], [-1])]),
  'inner part': (g, x) => g.add('Slice', [x, ...constants(g, [1, 1], [9, 3], [1, 2])]),
  transpose: (g, x) => g.add('Transpose', [x], { perm: [0, 2, 3, 1] }),
  shuffle: (g, x) => g.add('Transpose', [x], { perm: [0, 2, 1, 3] }),
  pad: (g, x) => g.add('Pad', [x, ...constants(g, [0, 1, 0, 2, 0, 1, 1, 0])]),
  flatten: (g, x) => g.add('Reshape', [x, ...constants(g, [1, 2, -1, 1])]),
  tile: (g, x) => g.add('Tile', [x, ...constants(g, [1, 1, 1, 2])]),
};

function optimised(chosen: readonly string[]) {
  const g = newBuilder();
  const x = g.input('x', 'float32', [1, 4, 6, 4]);
  const graph = g.build([chosen.reduce((value, move) => moves[move]?.(g, value) as string, x)]);
  const result = optimise(graph, softwareCapabilities);
  verify(result);
  const feeds = {
    x: Tensor.from(
      Float32Array.from({ length: 96 }, (_, index) => index + 1),
      [1, 4, 6, 4],
    ),
  };
  expect(evaluate(result, feeds)).toEqual(evaluate(graph, feeds));
  return result.nodes.filter((node) => node.type === 'Copy');
}

describe('mergeCopies', () => {
  test('any sequence of movements gives what it gave', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(moves)), { minLength: 2, maxLength: 4 }), (chosen) => {
        optimised(chosen);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test.each([
    { chosen: ['every second row', 'inner part', 'pad'], copies: 1 },
    { chosen: ['columns backwards', 'transpose'], copies: 1 },
    { chosen: ['transpose', 'shuffle'], copies: 1 },
    { chosen: ['pad', 'transpose'], copies: 2 },
  ])('$chosen: $copies', ({ chosen, copies }) => {
    expect(optimised(chosen)).toHaveLength(copies);
  });
});

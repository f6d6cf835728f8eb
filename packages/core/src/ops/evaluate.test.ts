import { expect, test } from 'vitest';
import { Tensor } from '../tensor/tensor.ts';
import { evaluate } from './evaluate.ts';
import { newBuilder } from './registry.ts';

function graph() {
  const g = newBuilder();
  const x = g.input('x', 'float32', ['n', 2]);
  const unused = g.input('unused', 'float32', [3]);
  const doubled = g.add('Add', [x, x], {}, { outputs: ['doubled'] });
  const y = g.add('Neg', [doubled], {}, { outputs: ['y'] });
  return g.build([y, g.add('Relu', [unused], {}, { outputs: ['z'] })]);
}

test('computes any value of a graph, and asks only for the feeds that it needs', () => {
  const feeds = { x: Tensor.from([1, 2], [1, 2]) };
  expect(evaluate(graph(), feeds, ['y', 'doubled'])).toEqual({ y: Tensor.from([-2, -4], [1, 2]), doubled: Tensor.from([2, 4], [1, 2]) });
  expect(evaluate(graph(), feeds, ['x'])).toEqual(feeds);
});

test('says which feed is missing or does not fit, and which value there is not', () => {
  const x = Tensor.from([1, 2], [1, 2]);
  expect(() => evaluate(graph(), { x })).toThrow("graph: input 'unused' is not fed, expected float32[3].");
  expect(() => evaluate(graph(), { x: Tensor.from([1, 2, 3], [1, 3]) }, ['y'])).toThrow(
    "graph: input 'x' has the wrong type, expected float32[n, 2], got float32[1, 3].",
  );
  expect(() => evaluate(graph(), { x }, ['nothing'])).toThrow("no value 'nothing' in the graph");
});

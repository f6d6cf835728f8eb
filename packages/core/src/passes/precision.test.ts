import { expect, test } from 'vitest';
import { verify } from '../ir/verify.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { toPrecision } from './precision.ts';

test('weights and activations become float16, inputs and outputs keep their dtype', () => {
  const g = newBuilder();
  const x = g.input('x', 'float32', ['n', 3]);
  const index = g.input('index', 'int64', ['n', 1]);
  const scaled = g.add('Mul', [x, g.constant([0.1, 0.2, 0.3], 'weights')], {}, { outputs: ['scaled'] });
  const shifted = g.add('Add', [scaled, g.add('Cast', [index], { to: 1 })], {}, { outputs: ['shifted'] });
  const graph = g.build([shifted, scaled]);
  const half = toPrecision(graph, 'float16');
  verify(half);
  expect(half.outputs.map((name) => half.types.get(name)?.dtype)).toEqual(['float32', 'float32']);
  expect([...half.constants.values()].map(({ dtype }) => dtype)).toEqual(['float16']);
  expect(half.nodes.filter(({ type }) => type !== 'Cast').map(({ outputs }) => half.types.get(outputs[0] as string)?.dtype)).toEqual([
    'float16',
    'float16',
  ]);
  const feeds = { x: Tensor.from([1, 2, 3, 4, 5, 6], [2, 3]), index: Tensor.from([1n, 2n], [2, 1]) };
  const wanted = evaluate(graph, feeds);
  const got = evaluate(half, feeds);
  for (const name of graph.outputs) {
    got[name]?.toNumbers().forEach((value, offset) => {
      expect(Math.abs(value - (wanted[name]?.at(offset) as number))).toBeLessThan(4e-3);
    });
  }
});

test('masks saturate, epsilons stay positive, and the same weight is narrowed once', () => {
  const mask = Tensor.from([-3.4e38, 0]);
  const epsilon = Tensor.scalar(1e-12);
  const graph = () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [2]);
    const sum = g.add('Add', [g.add('Add', [x, g.constant(mask, 'mask')]), g.constant(epsilon, 'epsilon')]);
    return toPrecision(g.build([sum]), 'float16').constants;
  };
  const constants = [...graph().values()];
  expect(constants.map((tensor) => tensor.toNumbers())).toEqual([[-65504, 0], [2 ** -24]]);
  expect([...graph().values()]).toEqual(constants);
  expect([...graph().values()][0]).toBe(constants[0]);
});

test('what a resize is scaled by stays float32', () => {
  const g = newBuilder();
  const x = g.input('x', 'float32', [1, 1, 2, 2]);
  const scales = g.constant([1, 1, 2, 2], 'scales');
  const graph = g.build([g.add('Resize', [x, '', scales], { mode: 'nearest' })]);
  const node = toPrecision(graph, 'float16').nodes.find(({ type }) => type === 'Resize');
  expect(node?.inputs[2]).toBe('scales');
});

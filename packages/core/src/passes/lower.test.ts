import { expect, test } from 'vitest';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { lower } from './lower.ts';

test('outputs that nothing reads need not be computed: BatchNormalization of opset 7 names five', () => {
  const g = newBuilder();
  const x = g.input('x', 'float32', [2, 3, 4]);
  const parameters = ['scale', 'bias', 'mean', 'var'].map((name) => g.constant(Tensor.from([1, 2, 3]), name));
  const outputs = ['y', 'running_mean', 'running_var', 'saved_mean', 'saved_var'];
  const [y = ''] = g.addAll('BatchNormalization', [x, ...parameters], {}, { opset: 7, outputs });
  const graph = lower(g.build([g.add('Relu', [y])]));
  expect(graph.nodes.map(({ type }) => type)).toEqual(['Elementwise', 'Elementwise', 'Elementwise']);
});

test('outputs of training that are read are refused', () => {
  const g = newBuilder();
  const x = g.input('x', 'float32', [2, 3, 4]);
  const parameters = ['scale', 'bias', 'mean', 'var'].map((name) => g.constant(Tensor.from([1, 2, 3]), name));
  const [y = '', mean = ''] = g.addAll('BatchNormalization', [x, ...parameters], {}, { opset: 7, outputs: ['y', 'running_mean'] });
  expect(() => lower(g.build([y, mean]))).toThrow(/statistics of training are read.*Export the model for inference/);
});

import { describeOp, type OpCase, t } from '@headstart/testkit';
import { expect, test } from 'vitest';
import { lower } from '../../passes/lower.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { evaluate } from '../evaluate.ts';
import { newBuilder } from '../registry.ts';

const x = t('float32', [2, 3, 9, 8]);
const kernel_shape = [3, 3];

const common: readonly OpCase[] = [
  { name: 'plain', inputs: [x], attributes: { kernel_shape } },
  { name: 'stride 2 with padding', inputs: [x], attributes: { kernel_shape, strides: [2, 2], pads: [1, 1, 1, 1] } },
  { name: 'ceil_mode', inputs: [x], attributes: { kernel_shape, strides: [2, 2], ceil_mode: 1 } },
  { name: 'ceil_mode with padding', inputs: [x], attributes: { kernel_shape, strides: [3, 3], pads: [1, 1, 1, 1], ceil_mode: 1 } },
  { name: 'SAME_UPPER', inputs: [x], attributes: { kernel_shape, strides: [2, 2], auto_pad: 'SAME_UPPER' } },
  { name: 'SAME_LOWER', inputs: [x], attributes: { kernel_shape: [2, 2], auto_pad: 'SAME_LOWER' } },
  { name: 'dilated', inputs: [x], attributes: { kernel_shape: [2, 2], dilations: [2, 3] } },
  { name: 'one dimension', inputs: [t('float32', [2, 3, 11])], attributes: { kernel_shape: [3], strides: [2], pads: [1, 0] } },
  { name: 'float16', inputs: [t('float16', [1, 2, 6, 6])], attributes: { kernel_shape, pads: [1, 1, 1, 1] } },
];

describeOp('MaxPool', [...common, { name: 'opset 8', inputs: [x], attributes: { kernel_shape, strides: [2, 2] }, opset: 8 }]);

describeOp('AveragePool', [
  ...common,
  { name: 'padding counts', inputs: [x], attributes: { kernel_shape, pads: [1, 1, 1, 1], count_include_pad: 1 } },
  {
    name: 'padding counts, ceil_mode',
    inputs: [x],
    attributes: { kernel_shape, strides: [2, 2], pads: [1, 1, 0, 0], count_include_pad: 1, ceil_mode: 1 },
  },
  { name: 'opset 7', inputs: [x], attributes: { kernel_shape, pads: [1, 1, 1, 1] }, opset: 7 },
]);

describeOp('GlobalAveragePool', [
  { name: 'pictures', inputs: [t('float32', [2, 5, 7, 7])], gradient: true },
  { name: 'one dimension', inputs: [t('float32', [2, 5, 30])] },
]);

describeOp('GlobalMaxPool', [{ name: 'pictures', inputs: [t('float32', [2, 5, 7, 7])] }]);

test('an average of integers is refused, and becomes no kernel', () => {
  const g = newBuilder({ fold: false });
  const graph = g.build([g.add('AveragePool', [g.input('x', 'int16', [1, 1, 4])], { kernel_shape: [2] })]);
  expect(() => lower(graph)).toThrow('AveragePool of integers has no WGSL kernel');
  expect(() => evaluate(graph, { x: Tensor.from([1, 2, 3, 4], [1, 1, 4], 'int16') })).toThrow('an average of integers');
});

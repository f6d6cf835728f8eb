import { describeOp, t } from '@headstart/testkit';

const f = (shape: readonly number[], seed = 1) => t('float32', shape, { seed });

describeOp(
  'MaxPool',
  [
    {
      name: 'three axes',
      inputs: [f([1, 2, 5, 4, 6])],
      attributes: { kernel_shape: [2, 3, 2], strides: [2, 1, 2], pads: [1, 0, 0, 0, 1, 1] },
    },
    { name: 'indices', inputs: [f([2, 2, 5, 6])], attributes: { kernel_shape: [3, 2], strides: [2, 2], pads: [1, 0, 1, 1] }, outputs: 2 },
    { name: 'indices, columns first', inputs: [f([1, 2, 4, 3])], attributes: { kernel_shape: [2, 2], storage_order: 1 }, outputs: 2 },
  ],
  { golden: false },
);

describeOp(
  'AveragePool',
  [
    {
      name: 'three axes, padding left out',
      inputs: [f([1, 2, 5, 4, 6])],
      attributes: { kernel_shape: [2, 3, 2], strides: [2, 1, 2], pads: [1, 0, 0, 0, 1, 1] },
    },
    {
      name: 'three axes, padding counted',
      inputs: [f([1, 2, 4, 4, 4])],
      attributes: { kernel_shape: [3, 3, 3], pads: [1, 1, 1, 1, 1, 1], count_include_pad: 1 },
    },
  ],
  { golden: false },
);

describeOp(
  'MaxUnpool',
  [
    {
      name: 'own size',
      inputs: [f([1, 1, 2, 2]), t('int64', [1, 1, 2, 2], { values: [1, 3, 8, 15] })],
      attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    },
  ],
  { golden: false },
);

describeOp(
  'LpPool',
  [{ name: 'p = 3', inputs: [f([1, 2, 5, 5])], attributes: { kernel_shape: [2, 2], strides: [2, 2], p: 3 }, tolerance: 1e-4 }],
  { golden: false },
);
describeOp('GlobalLpPool', [{ name: 'p = 2', inputs: [f([2, 3, 4, 4])], opset: 17, tolerance: 1e-4 }], { golden: false });

import { describeOp, t } from '@headstart/testkit';

const f = (shape: readonly number[], seed = 1) => t('float32', shape, { seed });
const w = (shape: readonly number[]) => t('float32', shape, { seed: 2, constant: true });

describeOp(
  'ConvTranspose',
  [
    {
      name: 'strides, pads, output padding',
      inputs: [f([2, 3, 4, 5]), w([3, 4, 3, 3]), f([4], 3)],
      attributes: { strides: [2, 3], pads: [1, 0, 2, 1], output_padding: [1, 0] },
    },
    { name: 'groups, dilations, weights as input', inputs: [f([1, 4, 5]), f([4, 2, 3], 2)], attributes: { group: 2, dilations: [2] } },
    { name: 'auto_pad', inputs: [f([1, 2, 3, 3]), w([2, 2, 3, 3])], attributes: { strides: [2, 2], auto_pad: 'SAME_UPPER' } },
    {
      name: 'output_shape',
      inputs: [f([1, 1, 3, 3]), w([1, 2, 3, 3])],
      attributes: { strides: [3, 2], output_shape: [10, 8], output_padding: [1, 1] },
    },
    { name: 'three axes', inputs: [f([1, 2, 2, 3, 2]), w([2, 2, 2, 2, 2])], attributes: { strides: [2, 1, 2] } },
  ],
  { golden: false },
);

describeOp(
  'Conv',
  [
    {
      name: 'three axes',
      inputs: [f([2, 4, 4, 5, 3]), w([6, 2, 3, 2, 2]), f([6], 3)],
      attributes: { group: 2, strides: [2, 1, 1], pads: [1, 0, 1, 0, 1, 0], dilations: [1, 2, 1] },
    },
  ],
  { golden: false },
);

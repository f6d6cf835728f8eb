import { describeOp, t } from '@headstart/testkit';

const x = t('float32', [2, 4, 9, 8]);

describeOp('Conv', [
  { name: '1×1', inputs: [x, t('float32', [5, 4, 1, 1]), t('float32', [5])] },
  { name: '3×3 with padding', inputs: [x, t('float32', [18, 4, 3, 3]), t('float32', [18])], attributes: { pads: [1, 1, 1, 1] } },
  { name: 'no bias, uneven padding', inputs: [x, t('float32', [3, 4, 3, 2])], attributes: { pads: [0, 1, 2, 0] } },
  { name: 'stride 2', inputs: [x, t('float32', [6, 4, 3, 3])], attributes: { pads: [1, 1, 1, 1], strides: [2, 2] } },
  {
    name: 'strides and dilations that differ',
    inputs: [x, t('float32', [6, 4, 3, 2])],
    attributes: { strides: [1, 2], dilations: [2, 3] },
  },
  { name: 'groups', inputs: [x, t('float32', [6, 2, 3, 3]), t('float32', [6])], attributes: { group: 2, pads: [1, 1, 1, 1] } },
  { name: 'depthwise', inputs: [x, t('float32', [4, 1, 3, 3]), t('float32', [4])], attributes: { group: 4, pads: [1, 1, 1, 1] } },
  {
    name: 'depthwise, two outputs a channel, stride 2',
    inputs: [x, t('float32', [8, 1, 3, 3])],
    attributes: { group: 4, strides: [2, 2] },
  },
  { name: 'depthwise, dilated', inputs: [x, t('float32', [4, 1, 3, 3])], attributes: { group: 4, dilations: [2, 2], pads: [2, 2, 2, 2] } },
  { name: 'SAME_UPPER', inputs: [x, t('float32', [2, 4, 3, 3])], attributes: { auto_pad: 'SAME_UPPER', strides: [2, 2] } },
  { name: 'SAME_LOWER', inputs: [x, t('float32', [2, 4, 4, 4])], attributes: { auto_pad: 'SAME_LOWER' } },
  { name: 'VALID', inputs: [x, t('float32', [2, 4, 3, 3])], attributes: { auto_pad: 'VALID', kernel_shape: [3, 3] } },
  {
    name: 'one dimension',
    inputs: [t('float32', [2, 4, 20]), t('float32', [6, 4, 5]), t('float32', [6])],
    attributes: { pads: [2, 2], strides: [2] },
  },
  {
    name: 'constant weights, many channels',
    inputs: [t('float32', [1, 24, 7, 7]), t('float32', [40, 24, 3, 3], { constant: true }), t('float32', [40], { constant: true })],
    attributes: { pads: [1, 1, 1, 1] },
  },
  { name: 'float16', inputs: [t('float16', [1, 4, 6, 6]), t('float16', [5, 4, 3, 3]), t('float16', [5])], tolerance: 1e-2 },
]);

describeOp('FusedConv', [
  {
    name: 'relu after bias and sum',
    domain: 'com.microsoft',
    inputs: [x, t('float32', [4, 4, 3, 3]), t('float32', [4]), t('float32', [2, 4, 9, 8])],
    attributes: { activation: 'Relu', pads: [1, 1, 1, 1] },
  },
  {
    name: 'leaky relu',
    domain: 'com.microsoft',
    inputs: [x, t('float32', [4, 4, 1, 1])],
    attributes: { activation: 'LeakyRelu', activation_params: [0.2] },
  },
]);

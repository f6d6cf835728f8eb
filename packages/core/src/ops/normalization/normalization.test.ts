import { describeOp, t } from '@headstart/testkit';

const scale = (...shape: number[]) => t('float32', shape, { min: 0.5, max: 1.5, seed: 2 });
const bias = (...shape: number[]) => t('float32', shape, { seed: 3 });

const affine = [
  { fn: 'Mul', args: [0, 1], type: 'f32' },
  { fn: 'Add', args: [3, 2], type: 'f32' },
];

describeOp('LayerNormalization', [
  {
    name: 'core: rows of 33, a lane a row',
    domain: 'headstart',
    inputs: [t('float32', [2, 20, 33]), scale(33), bias(33)],
    attributes: { expression: affine },
  },
  {
    name: 'core: few long rows',
    domain: 'headstart',
    inputs: [t('float32', [3, 700]), scale(700), bias(700)],
    attributes: { expression: affine },
  },
  {
    name: 'core: operands that vary along other axes than the row',
    domain: 'headstart',
    inputs: [t('float32', [2, 3, 5, 7]), scale(3, 1, 1), bias(1, 5, 1)],
    attributes: { axis: 2, expression: affine },
  },
  { name: 'core: RMS in float16', domain: 'headstart', inputs: [t('float16', [40, 33])], attributes: { centred: 0 } },
  { name: 'last axis', inputs: [t('float32', [2, 3, 16]), scale(16), bias(16)], opset: 17, gradient: true },
  { name: 'no bias, epsilon', inputs: [t('float32', [4, 8]), scale(8)], attributes: { epsilon: 0.1 }, opset: 17, gradient: true },
  {
    name: 'two axes, with mean and inverse deviation',
    inputs: [t('float32', [2, 3, 4, 5]), scale(4, 5), bias(4, 5)],
    attributes: { axis: 2 },
    opset: 17,
    outputs: 3,
  },
  { name: 'float16', inputs: [t('float16', [3, 16]), t('float16', [16], { min: 0.5, max: 1.5 }), t('float16', [16])], opset: 17 },
]);

describeOp(
  'RMSNormalization',
  [
    { name: 'last axis', inputs: [t('float32', [2, 3, 16]), scale(16)], gradient: true, tolerance: 2e-5 },
    { name: 'two axes', inputs: [t('float32', [2, 4, 5]), scale(4, 5)], attributes: { axis: -2, epsilon: 1e-3 } },
  ],
  { golden: false },
);

describeOp(
  'SimplifiedLayerNormalization',
  [
    { name: 'last axis', inputs: [t('float32', [2, 3, 16]), scale(16)], opset: 17, gradient: true },
    {
      name: 'with the inverse root',
      inputs: [t('float32', [6, 16]), scale(16)],
      opset: 17,
      outputs: 2,
      oracle: 'onnxruntime gives none on the CPU',
    },
  ],
  { golden: false },
);

describeOp(
  'SkipLayerNormalization',
  [
    {
      name: 'beta and bias',
      domain: 'com.microsoft',
      inputs: [t('float32', [2, 3, 16]), t('float32', [2, 3, 16], { seed: 5 }), scale(16), bias(16), bias(16)],
    },
    {
      name: 'the sum as fourth output',
      domain: 'com.microsoft',
      inputs: [t('float32', [2, 3, 16]), t('float32', [2, 3, 16], { seed: 5 }), scale(16), bias(16)],
      outputs: 4,
      oracle: 'onnxruntime leaves mean and deviation uncomputed on the CPU',
    },
    {
      name: 'no beta',
      domain: 'com.microsoft',
      inputs: [t('float32', [2, 3, 16]), t('float32', [2, 3, 16], { seed: 5 }), scale(16)],
      attributes: { epsilon: 0.01 },
    },
  ],
  { golden: false },
);

describeOp(
  'SkipSimplifiedLayerNormalization',
  [
    {
      name: 'bias',
      domain: 'com.microsoft',
      inputs: [t('float32', [2, 3, 16]), t('float32', [2, 3, 16], { seed: 5 }), scale(16), bias(16)],
    },
  ],
  { golden: false },
);

describeOp(
  'BatchNormalization',
  [
    {
      name: 'images',
      inputs: [t('float32', [2, 3, 4, 5]), scale(3), bias(3), bias(3), scale(3)],
      gradient: [0, 1, 2],
    },
    {
      name: 'constant parameters',
      inputs: [
        t('float32', [2, 3, 4, 5]),
        t('float32', [3], { min: 0.5, max: 2, constant: true }),
        t('float32', [3], { constant: true }),
        t('float32', [3], { constant: true }),
        t('float32', [3], { min: 0.5, max: 2, constant: true }),
      ],
      attributes: { epsilon: 1e-3 },
      opset: 9,
    },
    { name: 'rank 2', inputs: [t('float32', [6, 3]), scale(3), bias(3), bias(3), scale(3)], opset: 7, gradient: [0, 1, 2] },
    {
      name: 'training: by the statistics of the batch',
      inputs: [t('float32', [2, 3, 4, 5]), scale(3), bias(3), bias(3), scale(3)],
      attributes: { training_mode: 1 },
      opset: 15,
      oracle: 'onnxruntime takes training mode in its training builds alone; the ONNX project has cases of the values',
      gradient: [0, 1, 2],
    },
  ],
  { golden: false },
);

describeOp(
  'InstanceNormalization',
  [
    { name: 'images', inputs: [t('float32', [2, 3, 4, 5]), scale(3), bias(3)], gradient: true },
    { name: 'sequences', inputs: [t('float32', [2, 3, 20]), scale(3), bias(3)], attributes: { epsilon: 0.01 }, opset: 6 },
  ],
  { golden: false },
);

describeOp(
  'GroupNormalization',
  [
    {
      name: 'scale a channel',
      inputs: [t('float32', [2, 6, 3, 4]), scale(6), bias(6)],
      attributes: { num_groups: 3 },
      opset: 21,
      gradient: true,
    },
    {
      name: 'scale a group',
      inputs: [t('float32', [2, 6, 3, 4]), scale(3), bias(3)],
      attributes: { num_groups: 3 },
      opset: 18,
      gradient: true,
    },
  ],
  { golden: false },
);

describeOp('LRN', [
  { name: 'AlexNet', inputs: [t('float32', [2, 7, 3, 4], { min: -5, max: 5 })], attributes: { size: 5, alpha: 0.5 } },
  {
    name: 'even window',
    inputs: [t('float32', [1, 7, 6], { min: -5, max: 5 })],
    attributes: { size: 4, alpha: 0.1, beta: 0.5, bias: 2 },
    oracle: 'onnxruntime takes odd sizes only',
  },
]);

describeOp(
  'LpNormalization',
  [
    { name: 'L2, last axis', inputs: [t('float32', [3, 4, 5])], gradient: true },
    { name: 'L1, middle axis', inputs: [t('float32', [3, 4, 5])], attributes: { axis: 1, p: 1 }, gradient: true },
    { name: 'a zero vector', inputs: [t('float32', [2, 3], { values: [0, 0, 0, 1, 2, 2] })] },
  ],
  { golden: false },
);

describeOp(
  'MeanVarianceNormalization',
  [
    { name: 'channels kept', inputs: [t('float32', [2, 3, 4, 5])], opset: 13 },
    { name: 'last axis', inputs: [t('float32', [2, 3, 6])], attributes: { axes: [-1] }, opset: 13 },
  ],
  { golden: false },
);

const ids = (max: number, seed: number) => t('int32', [2, 5], { min: 0, max, seed });
const tables = [
  t('float32', [11, 8], { seed: 4 }),
  t('float32', [7, 8], { seed: 5 }),
  t('float32', [2, 8], { seed: 6 }),
  scale(8),
  bias(8),
];

describeOp(
  'EmbedLayerNormalization',
  [
    { name: 'segments and a mask', domain: 'com.microsoft', inputs: [ids(10, 1), ids(1, 2), ...tables, ids(1, 3)], outputs: 2 },
    {
      name: 'positions, no segments, the sum',
      domain: 'com.microsoft',
      inputs: [ids(10, 1), undefined, ...tables.slice(0, 2), undefined, ...tables.slice(3), undefined, ids(6, 3)],
      outputs: 3,
    },
  ],
  { golden: false },
);

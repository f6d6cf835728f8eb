import { describeOp, t } from '@headstart/testkit';

const f = (shape: readonly number[], seed = 1) => t('float32', shape, { seed });
const k = (value: number) => t('int64', [1], { values: [value], constant: true });

describeOp('TopK', [
  { name: 'largest, inner axis', inputs: [f([3, 7, 2]), k(3)], attributes: { axis: 1 }, outputs: 2, gradient: [0] },
  { name: 'smallest of equals', inputs: [t('int32', [2, 9], { min: 0, max: 3 }), k(4)], attributes: { largest: 0 }, outputs: 2 },
  { name: 'none', inputs: [f([2, 3]), k(0)], outputs: 2 },
]);

describeOp(
  'Hardmax',
  [
    { name: 'inner axis', inputs: [f([2, 5, 3])], attributes: { axis: 1 } },
    { name: 'coerced', inputs: [f([2, 5, 3])], attributes: { axis: 1 }, opset: 11 },
  ],
  { golden: false },
);

describeOp(
  'Einsum',
  [
    { name: 'product', inputs: [f([2, 3, 4]), f([2, 4, 5], 2)], attributes: { equation: 'bij,bjk->bik' } },
    { name: 'ellipsis', inputs: [f([2, 3, 4]), f([4, 5], 2)], attributes: { equation: '...ij,jk->...ik' } },
    { name: 'diagonal', inputs: [f([3, 3, 2])], attributes: { equation: 'iij->ji' } },
    { name: 'three operands, implicit output', inputs: [f([2, 3]), f([3, 4], 2), f([4], 3)], attributes: { equation: 'ij,jk,k' } },
    { name: 'outer', inputs: [f([3]), f([4], 2)], attributes: { equation: 'i,j->ji' } },
    { name: 'a trace', inputs: [f([4, 4])], attributes: { equation: 'ii' } },
  ],
  { golden: false },
);

describeOp(
  'ReverseSequence',
  [
    {
      name: 'batch first',
      inputs: [f([3, 5, 2]), t('int64', [3], { values: [5, 1, 3] })],
      attributes: { batch_axis: 0, time_axis: 1 },
      gradient: [0],
    },
  ],
  { golden: false },
);

describeOp(
  'NegativeLogLikelihoodLoss',
  ['none', 'sum', 'mean'].map((reduction) => ({
    name: reduction,
    inputs: [f([3, 4, 2]), t('int64', [3, 2], { values: [0, 3, 2, 1, 1, 0] }), f([4], 3)],
    attributes: { reduction, ignore_index: 1 },
    gradient: [0],
  })),
  { golden: false },
);

describeOp(
  'SoftmaxCrossEntropyLoss',
  [
    { name: 'mean', inputs: [f([3, 5]), t('int64', [3], { values: [0, 4, 2] })], outputs: 2, gradient: [0] },
    {
      name: 'weights',
      inputs: [f([2, 5, 2]), t('int64', [2, 2], { values: [0, 4, 2, 1] }), f([5], 4)],
      attributes: { reduction: 'sum' },
      gradient: [0],
    },
  ],
  { golden: false },
);

describeOp(
  'GridSample',
  (['linear', 'nearest', 'cubic'] as const).flatMap((mode) =>
    (['zeros', 'border', 'reflection'] as const).map((padding_mode, index) => ({
      name: `${mode}, ${padding_mode}`,
      inputs: [f([2, 2, 4, 5]), t('float32', [2, 3, 3, 2], { seed: 2, min: -1.4, max: 1.4 })],
      attributes: { mode, padding_mode, align_corners: index % 2 },
      opset: 20,
      tolerance: 1e-4,
    })),
  ),
  { golden: false },
);

describeOp(
  'GridSample',
  [
    {
      name: 'three axes',
      inputs: [f([1, 2, 3, 4, 5]), t('float32', [1, 2, 2, 2, 3], { seed: 2, min: -1.2, max: 1.2 })],
      opset: 20,
      attributes: { mode: 'linear' },
      tolerance: 1e-4,
    },
  ],
  { golden: false },
);

describeOp(
  'RoiAlign',
  ['avg', 'max'].map((mode) => ({
    name: mode,
    inputs: [f([2, 2, 8, 8]), t('float32', [2, 4], { values: [0, 0, 7, 5, 1, 2, 6, 7] }), t('int64', [2], { values: [1, 0] })],
    attributes: { mode, output_height: 2, output_width: 3, sampling_ratio: 2, spatial_scale: 0.9 },
    opset: 16,
    tolerance: 1e-4,
  })),
  { golden: false },
);

describeOp(
  'CenterCropPad',
  [
    {
      name: 'crop one axis, pad another',
      inputs: [f([5, 4, 3]), t('int64', [2], { values: [2, 7], constant: true })],
      attributes: { axes: [0, 1] },
    },
  ],
  { golden: false },
);

describeOp(
  'Col2Im',
  [
    {
      name: 'pads and strides',
      inputs: [f([2, 8, 9]), t('int64', [2], { values: [5, 5], constant: true }), t('int64', [2], { values: [2, 2], constant: true })],
      attributes: { strides: [2, 2], pads: [1, 1, 0, 0] },
    },
  ],
  { golden: false },
);

describeOp(
  'AffineGrid',
  [
    { name: 'plane', inputs: [f([2, 2, 3]), t('int64', [4], { values: [2, 1, 3, 4], constant: true })] },
    {
      name: 'volume, corners',
      inputs: [f([1, 3, 4]), t('int64', [5], { values: [1, 1, 2, 3, 2], constant: true })],
      attributes: { align_corners: 1 },
    },
  ],
  { golden: false },
);

import { describeOp, t } from '@headstart/testkit';

const scalar = (value: number) => t('float32', [], { values: [value], constant: true });
const zero = (value: number) => t('uint8', [], { values: [value], constant: true });
const bytes = (shape: readonly number[], seed = 1) => t('uint8', shape, { seed, min: 0, max: 255 });

describeOp(
  'GatherBlockQuantized',
  [
    {
      name: 'uint8, two numbers a byte',
      domain: 'com.microsoft',
      inputs: [bytes([5, 16]), t('int64', [3], { values: [4, 0, 2] }), t('float32', [5, 2], { seed: 2 })],
      attributes: { block_size: 16, bits: 4 },
    },
    {
      name: 'uint4 with zero points',
      domain: 'com.microsoft',
      inputs: [
        t('uint4', [5, 32], { min: 0, max: 15, constant: true }),
        t('int64', [2, 1], { values: [1, 3] }),
        t('float32', [5, 2], { seed: 2 }),
        t('uint4', [5, 2], { min: 0, max: 15, seed: 3, constant: true }),
      ],
      attributes: { block_size: 16 },
    },
  ],
  { golden: false },
);

describeOp(
  'QLinearSoftmax',
  [
    {
      name: 'last axis',
      domain: 'com.microsoft',
      inputs: [bytes([2, 9]), scalar(0.1), zero(3), scalar(1 / 256), zero(0)],
      attributes: { axis: -1, opset: 13 },
      tolerance: 1,
    },
  ],
  { golden: false },
);

describeOp(
  'QLinearReduceMean',
  [
    {
      name: 'one axis',
      domain: 'com.microsoft',
      inputs: [bytes([3, 8]), scalar(0.1), zero(3), scalar(0.08), zero(1)],
      attributes: { axes: [1], keepdims: 0 },
      oracle: 'onnxruntime-node is built without it',
      tolerance: 1,
    },
  ],
  { golden: false },
);

describeOp(
  'QLinearWhere',
  [
    {
      name: 'broadcast',
      domain: 'com.microsoft',
      inputs: [t('bool', [3, 1]), bytes([3, 4]), scalar(0.1), zero(3), bytes([4], 2), scalar(0.2), zero(7), scalar(0.15), zero(5)],
    },
  ],
  { golden: false },
);

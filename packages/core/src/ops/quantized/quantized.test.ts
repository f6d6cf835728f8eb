import { describeOp, type OpCase, t } from '@headstart/testkit';

const f = (value: number) => t('float32', [], { values: [value], constant: true });
const u8 = (value: number) => t('uint8', [], { values: [value], constant: true });
const i8 = (value: number) => t('int8', [], { values: [value] });
const bytes = (shape: readonly number[], seed = 1) => t('uint8', shape, { min: 0, max: 255, seed });
const signed = (shape: readonly number[], seed = 2, constant = true) => t('int8', shape, { min: -127, max: 127, seed, constant });
const scales = (count: number) => t('float32', [count], { min: 0.001, max: 0.003, seed: 4, constant: true });
const ms = { domain: 'com.microsoft' };

describeOp(
  'QuantizeLinear',
  [
    { name: 'a scale a tensor', inputs: [t('float32', [3, 50], { min: -20, max: 20 }), f(0.0713), u8(128)] },
    { name: 'ties to even, saturation', inputs: [t('float32', [8], { values: [0.5, 1.5, 2.5, -0.5, -1.5, 1000, -1000, 3] }), f(1), i8(1)] },
    {
      name: 'a scale a channel',
      inputs: [t('float32', [2, 3, 4], { min: -20, max: 20 }), t('float32', [3], { min: 0.05, max: 0.2 }), t('int8', [3])],
      opset: 13,
    },
    {
      name: 'blocks',
      inputs: [t('float32', [2, 8], { min: -20, max: 20 }), t('float32', [2, 2], { min: 0.05, max: 0.2 }), t('int8', [2, 2])],
      attributes: { axis: 1, block_size: 4 },
      opset: 21,
    },
  ],
  { golden: false },
);

describeOp(
  'DequantizeLinear',
  [
    { name: 'a scale a tensor', inputs: [bytes([3, 50]), f(0.0713), u8(128)] },
    {
      name: 'a scale a channel',
      inputs: [signed([2, 3, 4], 2, false), t('float32', [3], { min: 0.05, max: 0.2 }), t('int8', [3])],
      opset: 13,
    },
    { name: 'int32 without zero point', inputs: [t('int32', [40], { min: -100000, max: 100000 }), f(0.01)], opset: 10 },
    {
      name: 'blocks',
      inputs: [signed([2, 8], 2, false), t('float32', [2, 2], { min: 0.05, max: 0.2 })],
      attributes: { axis: 1, block_size: 4 },
      opset: 21,
    },
  ],
  { golden: false },
);

describeOp(
  'DynamicQuantizeLinear',
  [
    { name: 'both signs', inputs: [t('float32', [3, 40], { min: -1.3, max: 2.1 })], outputs: 3 },
    { name: 'positive only', inputs: [t('float32', [50], { min: 1, max: 3 })], outputs: 3 },
  ],
  { golden: false },
);

const conv = (
  name: string,
  x: readonly number[],
  w: readonly number[],
  rest: Partial<OpCase> & { weights?: 'uint8'; computed?: boolean } = {},
): OpCase => {
  const rows = w[0] as number;
  const { weights, computed, ...own } = rest;
  const w8 = weights ? t('uint8', w, { min: 0, max: 255, seed: 2, constant: !computed }) : signed(w, 2, !computed);
  return {
    name,
    inputs: [
      bytes(x),
      f(0.021),
      u8(114),
      w8,
      weights ? f(0.002) : scales(rows),
      weights ? u8(131) : t('int8', [rows], { min: 0, max: 0 }),
      f(0.11),
      u8(120),
      t('int32', [rows], { min: -3000, max: 3000 }),
    ],
    ...own,
  };
};

describeOp('QLinearConv', [
  conv('3 × 3 with padding', [2, 5, 9, 11], [19, 5, 3, 3], { attributes: { pads: [1, 1, 1, 1] } }),
  conv('1 × 1', [2, 16, 7, 7], [24, 16, 1, 1]),
  conv('stride, groups', [1, 8, 9, 9], [12, 4, 3, 3], { attributes: { strides: [2, 2], group: 2, pads: [1, 1, 1, 1] } }),
  conv('depthwise', [2, 6, 9, 9], [6, 1, 3, 3], { attributes: { group: 6, pads: [1, 1, 1, 1] } }),
  conv('uint8 weights with a zero point', [1, 5, 6, 6], [9, 5, 3, 3], { weights: 'uint8', attributes: { pads: [1, 1, 1, 1] } }),
  conv('computed weights', [1, 5, 6, 6], [9, 5, 3, 3], { computed: true, attributes: { pads: [1, 1, 1, 1], dilations: [2, 2] } }),
  { ...conv('a sequence', [2, 4, 15], [8, 4, 3]), oracle: 'onnxruntime’s kernel for one axis differs by the rounding of ties' },
]);

describeOp(
  'ConvInteger',
  [
    {
      name: 'zero points',
      inputs: [bytes([2, 5, 6, 6]), t('uint8', [7, 5, 3, 3], { min: 0, max: 255, seed: 2, constant: true }), u8(12), u8(7)],
      attributes: { pads: [1, 1, 1, 1] },
    },
    { name: 'none', inputs: [bytes([1, 3, 6, 6]), t('uint8', [7, 3, 3, 3], { min: 0, max: 255, seed: 2 })] },
  ],
  { golden: false },
);

describeOp(
  'MatMulInteger',
  [
    {
      name: 'constant B',
      inputs: [bytes([3, 17, 10]), t('int8', [10, 21], { min: -127, max: 127, seed: 2, constant: true }), u8(99), t('int8', [21])],
    },
    { name: 'computed B, batches', inputs: [bytes([3, 7, 10]), signed([3, 10, 5], 2, false), u8(99), i8(3)] },
    { name: 'batches of one side', inputs: [bytes([7, 10]), signed([3, 10, 5], 2, false)] },
  ],
  { golden: false },
);

describeOp(
  'QLinearMatMul',
  [
    {
      name: 'scales a column',
      inputs: [bytes([5, 40]), f(0.021), u8(100), signed([40, 33]), scales(33), t('int8', [33], { min: 0, max: 0 }), f(0.09), u8(128)],
      opset: 10,
    },
    {
      name: 'int8 result, batches',
      inputs: [t('int8', [2, 5, 12], { min: -100, max: 100 }), f(0.021), i8(3), signed([12, 9]), f(0.01), i8(2), f(0.09), i8(-4)],
      opset: 21,
    },
  ],
  { golden: false },
);

describeOp(
  'MatMulIntegerToFloat',
  [
    {
      name: 'bias and zero points',
      ...ms,
      inputs: [bytes([4, 12]), signed([12, 9]), f(0.02), scales(9), u8(100), t('int8', [9], { min: 0, max: 0 }), t('float32', [9])],
    },
    {
      name: 'plain',
      ...ms,
      inputs: [bytes([4, 12]), t('uint8', [12, 9], { min: 0, max: 255, seed: 2, constant: true }), f(0.02), f(0.01)],
    },
  ],
  { golden: false },
);

describeOp(
  'DynamicQuantizeMatMul',
  [
    { name: 'bias', ...ms, inputs: [t('float32', [2, 4, 12]), signed([12, 9]), f(0.01), i8(0), t('float32', [9])], tolerance: 1e-4 },
    {
      name: 'uint8 weights',
      ...ms,
      inputs: [t('float32', [4, 12], { min: -3 }), t('uint8', [12, 9], { min: 0, max: 255, seed: 2, constant: true }), f(0.01), u8(128)],
      tolerance: 1e-4,
    },
  ],
  { golden: false },
);

describeOp(
  'QGemm',
  [
    {
      name: 'quantised, B transposed',
      ...ms,
      inputs: [
        bytes([5, 40]),
        f(0.021),
        u8(100),
        signed([33, 40]),
        f(0.002),
        i8(0),
        t('int32', [33], { min: -900, max: 900 }),
        f(0.09),
        u8(128),
      ],
      attributes: { transB: 1 },
    },
    {
      name: 'float result',
      ...ms,
      inputs: [bytes([5, 40]), f(0.021), u8(100), signed([40, 33]), f(0.002), i8(0)],
      attributes: { alpha: 0.5 },
    },
  ],
  { golden: false },
);

const pair = [bytes([2, 3, 5]), f(0.023), u8(120), bytes([2, 3, 5], 3), f(0.031), u8(90), f(0.041), u8(128)];
describeOp(
  'QLinearAdd',
  [
    { name: 'uint8', ...ms, inputs: pair },
    { name: 'broadcast', ...ms, inputs: pair.with(3, bytes([5], 3)) },
  ],
  { golden: false },
);
describeOp('QLinearMul', [{ name: 'uint8', ...ms, inputs: pair }], { golden: false });

const single = [bytes([2, 300]), f(0.023), u8(120), f(0.0041), u8(3)];
describeOp('QLinearSigmoid', [{ name: 'uint8', ...ms, inputs: single }], { golden: false });
describeOp('QLinearLeakyRelu', [{ name: 'uint8', ...ms, inputs: single.with(3, f(0.031)).with(4, u8(20)), attributes: { alpha: 0.1 } }], {
  golden: false,
});

const picture = [bytes([2, 5, 7, 6]), f(0.023), u8(120), f(0.0137), u8(130)];
describeOp('QLinearGlobalAveragePool', [{ name: 'uint8', ...ms, inputs: picture }], { golden: false });
describeOp('QLinearAveragePool', [{ name: '3 × 2', ...ms, inputs: picture, attributes: { kernel_shape: [3, 2], strides: [2, 1] } }], {
  golden: false,
});
describeOp(
  'QLinearConcat',
  [
    {
      name: 'three',
      ...ms,
      inputs: [f(0.03), u8(100), bytes([2, 3, 4]), f(0.02), u8(90), bytes([2, 1, 4]), f(0.05), u8(128), bytes([2, 2, 4]), f(0.03), u8(100)],
      attributes: { axis: 1 },
    },
  ],
  { golden: false },
);

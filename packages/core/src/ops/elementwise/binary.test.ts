import { describeOp, type OpCase, t } from '@headstart/testkit';

/** Rows of a table: their kernels differ from each other in one line. */
const describeRows = (type: string, cases: readonly OpCase[]) => describeOp(type, cases, { golden: false });

const away = { min: 0.5, max: 2 };

for (const type of ['Add', 'Sub', 'Mul', 'Div']) {
  describeRows(type, [
    { name: 'same shape', inputs: [t('float32', [3, 5]), t('float32', [3, 5], { ...away, seed: 2 })], gradient: true },
    { name: 'scalar', inputs: [t('float32', [3, 4]), t('float32', [], { ...away, seed: 2 })], gradient: true },
    { name: 'literal', inputs: [t('float32', [3, 4]), t('float32', [1], { values: [2.5], constant: true })] },
    { name: 'constant of higher rank', inputs: [t('float32', [4]), t('float32', [1, 1, 1], { values: [2.5], constant: true })] },
    { name: 'per channel', inputs: [t('float32', [2, 3, 4, 4]), t('float32', [3, 1, 1], { ...away, seed: 2 })], gradient: true },
    { name: 'row', inputs: [t('float32', [5, 8]), t('float32', [8], { ...away, seed: 2 })] },
    { name: 'outer product', inputs: [t('float32', [4, 1]), t('float32', [5], { ...away, seed: 2 })], gradient: true },
    { name: 'axes that alternate', inputs: [t('float32', [2, 1, 3, 1]), t('float32', [1, 4, 1, 5], { ...away, seed: 2 })] },
    { name: 'int32', inputs: [t('int32', [3, 4]), t('int32', [3, 4], { min: 1, max: 5, seed: 2 })] },
    { name: 'int64', inputs: [t('int64', [3, 4]), t('int64', [4], { min: 1, max: 5, seed: 2 })] },
    { name: 'float16', inputs: [t('float16', [3, 5]), t('float16', [5], { ...away, seed: 2 })] },
    { name: 'empty', inputs: [t('float32', [0, 4]), t('float32', [4], { ...away, seed: 2 })] },
  ]);
}

const narrow = 'onnxruntime has no kernel for this integer type';
describeRows('Add', [
  { name: 'uint8 wraps', inputs: [t('uint8', [3], { values: [200, 100, 255] }), t('uint8', [3], { values: [100, 1, 1] })], oracle: narrow },
]);
describeRows('Mul', [
  { name: 'int8 wraps', inputs: [t('int8', [2], { values: [100, -128] }), t('int8', [2], { values: [3, -1] })], oracle: narrow },
]);
describeRows('Div', [
  { name: 'integers truncate', inputs: [t('int32', [4], { values: [7, -7, 7, -7] }), t('int32', [4], { values: [2, 2, -2, -2] })] },
]);

describeRows('Mod', [
  { name: 'sign of the divisor', inputs: [t('int32', [4], { values: [7, -7, 7, -7] }), t('int32', [4], { values: [3, 3, -3, -3] })] },
  {
    name: 'sign of the dividend',
    inputs: [t('float32', [4], { values: [7.5, -7.5, 7.5, -7.5] }), t('float32', [4], { values: [2, 2, -2, -2] })],
    attributes: { fmod: 1 },
  },
]);

const exponent = (value: number) => t('float32', [1], { values: [value], constant: true });
describeRows('Pow', [
  { name: 'positive base', inputs: [t('float32', [3, 4], away), t('float32', [3, 4], { min: -2, max: 2, seed: 2 })], gradient: true },
  {
    name: 'negative base, whole exponent',
    inputs: [t('float32', [5], { values: [-2, -2, -3, 0, 0] }), t('float32', [5], { values: [3, 2, -1, 0, 2] })],
  },
  { name: 'negative base, fraction', inputs: [t('float32', [1], { values: [-2] }), t('float32', [1], { values: [0.5] })] },
  { name: 'square', inputs: [t('float32', [3, 4]), exponent(2)], gradient: [0] },
  { name: 'cube', inputs: [t('float32', [3, 4]), exponent(3)], gradient: [0] },
  { name: 'root', inputs: [t('float32', [3, 4], away), exponent(0.5)], gradient: [0] },
  { name: 'integers', inputs: [t('int32', [4], { values: [2, -3, 5, 7] }), t('int32', [4], { values: [10, 3, 0, 1] })] },
  { name: 'float to an integer power', inputs: [t('float32', [3], { values: [2, -2, 0.5] }), t('int64', [3], { values: [3, 3, 2] })] },
]);

for (const type of ['Equal', 'Less', 'LessOrEqual', 'Greater', 'GreaterOrEqual']) {
  describeRows(type, [
    { name: 'float32', inputs: [t('float32', [4], { values: [1, 2, 3, Number.NaN] }), t('float32', [4], { values: [1, 3, 2, 1] })] },
    { name: 'int64, broadcast', inputs: [t('int64', [3, 4]), t('int64', [4], { seed: 2 })] },
  ]);
}
describeRows('Equal', [{ name: 'bool', inputs: [t('bool', [8]), t('bool', [8], { seed: 2 })] }]);
for (const type of ['And', 'Or', 'Xor'])
  describeRows(type, [{ name: 'broadcast', inputs: [t('bool', [3, 4]), t('bool', [4], { seed: 2 })] }]);
for (const type of ['BitwiseAnd', 'BitwiseOr', 'BitwiseXor']) {
  describeRows(type, [{ name: 'int32', inputs: [t('int32', [9]), t('int32', [9], { seed: 2 })] }]);
}
for (const direction of ['LEFT', 'RIGHT']) {
  describeRows('BitShift', [
    {
      name: direction,
      inputs: [t('uint32', [4], { values: [1, 2, 300, 4e9] }), t('uint32', [4], { values: [1, 2, 3, 31] })],
      attributes: { direction },
    },
    {
      name: `${direction} of uint8`,
      inputs: [t('uint8', [3], { values: [1, 200, 255] }), t('uint8', [3], { values: [1, 2, 7] })],
      attributes: { direction },
    },
  ]);
}

describeOp('Where', [
  { name: 'broadcast', inputs: [t('bool', [3, 1]), t('float32', [4]), t('float32', [3, 4], { seed: 2 })], gradient: true },
  { name: 'int64', inputs: [t('bool', [4]), t('int64', [4]), t('int64', [], { values: [7] })] },
]);
describeRows('PRelu', [
  { name: 'per channel', inputs: [t('float32', [2, 3, 4, 4]), t('float32', [3, 1, 1], { seed: 2 })], gradient: true },
]);

for (const type of ['Max', 'Min', 'Sum', 'Mean']) {
  describeRows(type, [
    { name: 'one', inputs: [t('float32', [5])] },
    {
      name: 'three, broadcast',
      inputs: [t('float32', [3, 4]), t('float32', [4], { seed: 2 }), t('float32', [], { seed: 3 })],
      gradient: true,
    },
  ]);
}
for (const type of ['Max', 'Min']) {
  describeRows(type, [
    {
      name: 'NaN is passed on',
      inputs: [t('float32', [3], { values: [Number.NaN, 1, 2] }), t('float32', [3], { values: [1, Number.NaN, 3] })],
    },
    { name: 'int64', inputs: [t('int64', [9]), t('int64', [9], { seed: 2 })] },
  ]);
}

const bound = (value: number) => t('float32', [], { values: [value], constant: true });
describeOp('Clip', [
  { name: 'both, constant', inputs: [t('float32', [3, 5], { min: -4, max: 9 }), bound(0), bound(6)], gradient: [0] },
  { name: 'low only', inputs: [t('float32', [5], { min: -4, max: 4 }), bound(-1)], gradient: [0] },
  { name: 'low of zero', inputs: [t('float32', [5], { min: -4, max: 4 }), bound(0)] },
  { name: 'high only', inputs: [t('float32', [5], { min: -4, max: 4 }), undefined, bound(1)], gradient: [0] },
  {
    name: 'computed bounds',
    inputs: [t('float32', [5], { min: -4, max: 4 }), t('float32', [], { values: [-1] }), t('float32', [], { values: [1] })],
  },
  { name: 'attributes', inputs: [t('float32', [5], { min: -4, max: 4 })], attributes: { min: -1, max: 2 }, opset: 6, gradient: true },
  {
    name: 'integers',
    inputs: [t('int32', [9]), t('int32', [], { values: [-2], constant: true }), t('int32', [], { values: [3], constant: true })],
  },
]);

describeRows('Dropout', [
  { name: 'inference', inputs: [t('float32', [3, 4])], gradient: true },
  { name: 'mask', inputs: [t('float32', [3, 4])], outputs: 2 },
]);

const elementType = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9, float16: 10, double: 11 };
describeOp('Cast', [
  {
    name: 'float to int32 truncates',
    inputs: [t('float32', [6], { values: [1.9, -1.9, 0.5, -0.5, 100, -100] })],
    attributes: { to: elementType.int32 },
  },
  { name: 'float to int64', inputs: [t('float32', [4], { values: [1.9, -1.9, 3, 1e6] })], attributes: { to: elementType.int64 } },
  { name: 'float to bool', inputs: [t('float32', [4], { values: [0, -0, 0.5, -3] })], attributes: { to: elementType.bool } },
  { name: 'bool to float', inputs: [t('bool', [5])], attributes: { to: elementType.float } },
  { name: 'int64 to float', inputs: [t('int64', [5])], attributes: { to: elementType.float } },
  { name: 'int32 to uint8 wraps', inputs: [t('int32', [4], { values: [300, -1, 255, 7] })], attributes: { to: elementType.uint8 } },
  { name: 'uint8 to int8 wraps', inputs: [t('uint8', [3], { values: [200, 127, 128] })], attributes: { to: elementType.int8 } },
  { name: 'float to float16', inputs: [t('float32', [5])], attributes: { to: elementType.float16 } },
  { name: 'float16 to float', inputs: [t('float16', [5])], attributes: { to: elementType.float } },
  { name: 'to double', inputs: [t('float32', [5])], attributes: { to: elementType.double }, gradient: true },
]);
describeRows('CastLike', [{ name: 'to int32', inputs: [t('float32', [4], { min: -5, max: 5 }), t('int32', [1])] }]);

import { describeOp, type OpCase, t } from '@headstart/testkit';

/** Rows of a table: their kernels differ from each other in one line. */
const describeRows = (type: string, cases: readonly OpCase[]) => describeOp(type, cases, { golden: false });

/** Range of inputs each function is tested on, away from kinks and poles so that differences converge. */
const functions: Readonly<Record<string, { min: number; max: number; opset?: number; oracle?: string; gradient?: false }>> = {
  Abs: { min: 0.1, max: 3 },
  Acos: { min: -0.9, max: 0.9 },
  Acosh: { min: 1.1, max: 4 },
  Asin: { min: -0.9, max: 0.9 },
  Asinh: { min: -3, max: 3 },
  Atan: { min: -3, max: 3 },
  Atanh: { min: -0.9, max: 0.9 },
  Ceil: { min: -3, max: 3, gradient: false },
  Celu: { min: -3, max: 3 },
  Cos: { min: -3, max: 3 },
  Cosh: { min: -3, max: 3 },
  Elu: { min: -3, max: 3 },
  Erf: { min: -3, max: 3 },
  Exp: { min: -3, max: 3 },
  Floor: { min: -3, max: 3, gradient: false },
  Gelu: { min: -3, max: 3 },
  HardSigmoid: { min: -4, max: 4 },
  HardSwish: { min: -4, max: 4 },
  LeakyRelu: { min: -3, max: 3 },
  Log: { min: 0.1, max: 5 },
  Mish: { min: -3, max: 3 },
  Neg: { min: -3, max: 3 },
  Reciprocal: { min: 0.3, max: 3 },
  Relu: { min: -3, max: 3 },
  Round: { min: -3, max: 3, gradient: false },
  Selu: { min: -3, max: 3 },
  Sigmoid: { min: -6, max: 6 },
  Sign: { min: -3, max: 3, gradient: false },
  Sin: { min: -3, max: 3 },
  Sinh: { min: -3, max: 3 },
  Softplus: { min: -6, max: 6 },
  Softsign: { min: -3, max: 3 },
  Sqrt: { min: 0.1, max: 4 },
  Tan: { min: -1.2, max: 1.2 },
  Tanh: { min: -3, max: 3 },
  ThresholdedRelu: { min: -3, max: 3 },
};

for (const [type, { min, max, gradient }] of Object.entries(functions)) {
  describeRows(type, [
    { name: 'float32', inputs: [t('float32', [3, 7], { min, max })], ...(gradient === false ? {} : { gradient: true as const }) },
  ]);
}

const extremes = [0, -0, 1e-30, -1e-30, 50, -50, 100, -100, 1e30, -1e30, Infinity, -Infinity];

// Where a naive formula overflows to NaN.
for (const type of ['Tanh', 'Sigmoid', 'Erf', 'Softplus', 'Elu', 'Relu']) {
  describeRows(type, [{ name: 'extreme values', inputs: [t('float32', [12], { values: extremes })] }]);
}

describeOp('Gelu', [
  { name: 'tanh form', inputs: [t('float32', [3, 7], { min: -4, max: 4 })], attributes: { approximate: 'tanh' }, gradient: true },
]);
for (const type of ['Sin', 'Cos']) {
  describeRows(type, [{ name: 'many turns', inputs: [t('float32', [64], { min: -3000, max: 3000 })] }]);
}

describeRows('Round', [
  { name: 'halves go to even', inputs: [t('float32', [8], { values: [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 3.5, 4.4] })] },
]);
describeRows('LeakyRelu', [
  { name: 'slope', inputs: [t('float32', [9])], attributes: { alpha: 0.3 } },
  { name: 'float16', inputs: [t('float16', [4, 5])] },
]);
describeRows('Abs', [{ name: 'integers', inputs: [t('int32', [9])] }]);
describeRows('Neg', [
  { name: 'int8 wraps', inputs: [t('int8', [3], { values: [-128, 127, 5] })] },
  { name: 'int64', inputs: [t('int64', [9])] },
]);
describeRows('Swish', [
  {
    name: 'slope',
    inputs: [t('float32', [9])],
    attributes: { alpha: 1.5 },
    opset: 24,
    gradient: true,
    oracle: 'opset 24 is newer than the onnxruntime of the tests',
  },
]);

describeRows('IsNaN', [{ name: 'by its bits', inputs: [t('float32', [5], { values: [Number.NaN, Infinity, -Infinity, 0, 3] })] }]);
describeRows('IsInf', [
  { name: 'both', inputs: [t('float32', [5], { values: [Number.NaN, Infinity, -Infinity, 0, 3] })] },
  { name: 'negative only', inputs: [t('float32', [3], { values: [Infinity, -Infinity, 1] })], attributes: { detect_positive: 0 } },
]);
describeRows('Not', [{ name: 'bool', inputs: [t('bool', [9])] }]);
describeRows('BitwiseNot', [{ name: 'uint8', inputs: [t('uint8', [9], { max: 255 })] }]);

for (const [type, inputs] of [
  ['Gelu', 1],
  ['BiasGelu', 2],
  ['FastGelu', 2],
  ['QuickGelu', 1],
] as const) {
  const operands = [t('float32', [3, 8], { min: -3, max: 3 }), t('float32', [8])];
  describeRows(type, [{ name: 'com.microsoft', domain: 'com.microsoft', inputs: operands.slice(0, inputs), gradient: true }]);
}

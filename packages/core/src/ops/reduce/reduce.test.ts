import { describeOp, type OpCase, t } from '@headstart/testkit';

/** Rows of a table: their kernels differ from each other in one line. */
const describeRows = (type: string, cases: readonly OpCase[]) => describeOp(type, cases, { golden: false });

const axes = (...values: number[]) => t('int64', [values.length], { values, constant: true });
const positive = { min: 0.2, max: 2 };

const types = [
  'ReduceL1',
  'ReduceL2',
  'ReduceLogSum',
  'ReduceLogSumExp',
  'ReduceMax',
  'ReduceMean',
  'ReduceMin',
  'ReduceProd',
  'ReduceSum',
  'ReduceSumSquare',
];

for (const type of types) {
  describeOp(
    type,
    [
      { name: 'last axis', inputs: [t('float32', [3, 4, 5], positive), axes(-1)], gradient: [0] },
      {
        name: 'outer and inner axes stay',
        inputs: [t('float32', [3, 4, 5], positive), axes(1)],
        attributes: { keepdims: 0 },
        gradient: [0],
      },
      { name: 'axes that are no neighbours', inputs: [t('float32', [3, 2, 5, 2], positive), axes(0, 2)], attributes: { keepdims: 0 } },
      { name: 'all axes', inputs: [t('float32', [6, 7], positive)], attributes: { keepdims: 0 } },
      { name: 'axes as an attribute', inputs: [t('float32', [3, 4], positive)], attributes: { axes: [0] }, opset: 11 },
      { name: 'float16', inputs: [t('float16', [4, 6], positive), axes(1)], tolerance: 1e-2 },
    ],
    { golden: type === 'ReduceMean' || type === 'ReduceLogSumExp' },
  );
}

describeRows('ReduceSum', [
  { name: 'no axes, nothing to do', inputs: [t('float32', [2, 3])], attributes: { noop_with_empty_axes: 1 } },
  { name: 'integers', inputs: [t('int32', [3, 4]), axes(1)] },
  { name: 'long rows in few workgroups', inputs: [t('float32', [2, 5000]), axes(1)], tolerance: 1e-4 },
]);

describeRows('ReduceMax', [
  { name: 'int64', inputs: [t('int64', [3, 4]), axes(0)] },
  { name: 'long rows', inputs: [t('float32', [3, 1500]), axes(1)] },
]);

describeRows('ReduceLogSumExp', [
  { name: 'large values do not overflow', inputs: [t('float32', [2, 3], { values: [100, 101, 99, -200, -201, -199] }), axes(1)] },
  { name: 'long rows', inputs: [t('float32', [2, 1500], { min: -5, max: 5 }), axes(1)] },
]);

for (const type of ['ArgMax', 'ArgMin']) {
  describeRows(type, [
    { name: 'first axis', inputs: [t('float32', [4, 5])] },
    { name: 'middle axis, dropped', inputs: [t('float32', [2, 5, 3])], attributes: { axis: 1, keepdims: 0 } },
    { name: 'first of equals', inputs: [t('int32', [3, 4], { min: 0, max: 1 })], attributes: { axis: -1 } },
    { name: 'last of equals', inputs: [t('int32', [3, 4], { min: 0, max: 1 })], attributes: { axis: -1, select_last_index: 1 } },
  ]);
}

/** Two rows whose sum fits 32 bits and whose partial sums do not. */
const there = Array.from({ length: 4000 }, (_, place) => (place % 2000 < 1000 ? 2_000_000_000 : -2_000_000_001));
const ones = (last: number) => Array.from({ length: 3000 }, (_, place) => (place % 1500 === 700 ? last : place % 3 === 0 ? -1 : 1));
describeRows('ReduceSum', [
  { name: 'int64 on long rows, there and back', inputs: [t('int64', [2, 2000], { values: there }), axes(1)] },
  { name: 'int64 on short rows', inputs: [t('int64', [5, 7], { min: -(2 ** 28), max: 2 ** 28 }), axes(0)] },
  { name: 'uint64', inputs: [t('uint64', [5, 70], { max: 2 ** 25 }), axes(1)], oracle: 'onnxruntime has no kernel for uint64' },
]);
describeRows('ReduceProd', [
  { name: 'int64 on long rows', inputs: [t('int64', [2, 1500], { values: ones(-(2 ** 31)) }), axes(1)] },
  {
    name: 'int64 with a zero behind what does not fit',
    inputs: [t('int64', [1, 1500], { values: Array.from({ length: 1500 }, (_, place) => (place === 1400 ? 0 : 3)) }), axes(1)],
    oracle: 'onnxruntime multiplies float64, infinity times zero',
  },
]);

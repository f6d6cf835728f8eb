import { describeOp, type OpCase, t } from '@headstart/testkit';

/** Rows of a table: their kernels differ from each other in one line. */
const describeRows = (type: string, cases: readonly OpCase[]) => describeOp(type, cases, { golden: false });

const ints = (...values: number[]) => t('int64', [values.length], { values, constant: true });
const x = t('float32', [2, 3, 4]);

describeRows('Reshape', [
  { name: 'numbers', inputs: [x, ints(4, 6)], gradient: [0] },
  { name: 'keep and fill', inputs: [x, ints(0, -1)], gradient: [0] },
  { name: 'allowzero', inputs: [t('float32', [0, 3]), ints(3, 0)], attributes: { allowzero: 1 } },
]);
describeRows('Flatten', [
  { name: 'default axis', inputs: [x], gradient: true },
  { name: 'axis 0', inputs: [x], attributes: { axis: 0 } },
  { name: 'past the last axis', inputs: [x], attributes: { axis: 3 } },
  { name: 'negative axis', inputs: [x], attributes: { axis: -1 } },
]);
describeRows('Squeeze', [
  { name: 'all', inputs: [t('float32', [1, 3, 1, 2])], gradient: true },
  { name: 'named', inputs: [t('float32', [1, 3, 1, 2]), ints(-2)] },
  { name: 'attribute', inputs: [t('float32', [1, 3, 1, 2])], attributes: { axes: [0] }, opset: 11 },
]);
describeRows('Unsqueeze', [
  { name: 'input', inputs: [t('float32', [3, 2]), ints(0, -1)], gradient: [0] },
  { name: 'attribute', inputs: [t('float32', [3, 2])], attributes: { axes: [1] }, opset: 11 },
]);
describeRows('Identity', [{ name: 'int64', inputs: [t('int64', [5])] }]);

describeOp('Transpose', [
  { name: 'reversed', inputs: [x], gradient: true },
  { name: 'named', inputs: [x], attributes: { perm: [1, 2, 0] }, gradient: true },
  { name: 'heads', inputs: [t('float32', [2, 3, 4, 5])], attributes: { perm: [0, 2, 1, 3] } },
  { name: 'only axes of one', inputs: [t('float32', [1, 3, 1, 4])], attributes: { perm: [1, 0, 3, 2] } },
  { name: 'bool', inputs: [t('bool', [3, 4])] },
  { name: 'float16', inputs: [t('float16', [3, 5])] },
]);

describeRows('Slice', [
  { name: 'bounds', inputs: [x, ints(1, 1), ints(3, 3), ints(1, 2)], gradient: [0] },
  { name: 'from the end', inputs: [x, ints(-3), ints(-1), ints(2)], gradient: [0] },
  { name: 'past the end', inputs: [x, ints(1), ints(1000), ints(1)] },
  { name: 'steps', inputs: [t('float32', [9, 8]), ints(1, 0), ints(9, 8), ints(0, 1), ints(3, 2)] },
  { name: 'backwards', inputs: [x, ints(-1), ints(-1000), ints(1), ints(-1)], gradient: [0] },
  { name: 'backwards by two', inputs: [t('float32', [9]), ints(7), ints(0), ints(0), ints(-2)] },
  { name: 'everything', inputs: [x, ints(0), ints(2 ** 31 - 1), ints(1)] },
  { name: 'nothing', inputs: [x, ints(2), ints(1), ints(1)] },
  { name: 'attributes', inputs: [x], attributes: { starts: [1, -2], ends: [3, 100], axes: [1, 2] }, opset: 9, gradient: true },
]);

describeOp('Concat', [
  { name: 'channels', inputs: [t('float32', [2, 3, 4]), t('float32', [2, 1, 4], { seed: 2 })], attributes: { axis: 1 }, gradient: true },
  { name: 'aligned', inputs: [t('float32', [2, 4, 4]), t('float32', [2, 2, 4], { seed: 2 })], attributes: { axis: 1 } },
  {
    name: 'last axis of three',
    inputs: [t('float32', [3, 2]), t('float32', [3, 1]), t('float32', [3, 5])],
    attributes: { axis: -1 },
    gradient: true,
  },
  {
    name: 'more than the bindings',
    inputs: Array.from({ length: 19 }, (_, seed) => t('float32', [2, 3], { seed })),
    attributes: { axis: 1 },
  },
  { name: 'an empty part', inputs: [t('float32', [2, 3]), t('float32', [0, 3])], attributes: { axis: 0 } },
  { name: 'int64', inputs: [t('int64', [3]), t('int64', [2])], attributes: { axis: 0 } },
]);

describeRows('Split', [
  { name: 'sizes', inputs: [t('float32', [2, 6]), ints(1, 2, 3)], attributes: { axis: 1 }, outputs: 3, gradient: [0] },
  { name: 'equal', inputs: [t('float32', [6, 2])], attributes: { num_outputs: 3 }, outputs: 3 },
  { name: 'not even', inputs: [t('float32', [7, 2])], attributes: { num_outputs: 3 }, outputs: 3 },
  { name: 'opset 13', inputs: [t('float32', [6, 2])], outputs: 2, opset: 13 },
  { name: 'attribute', inputs: [t('float32', [6, 2])], attributes: { split: [4, 2] }, outputs: 2, opset: 11 },
]);

describeRows('Expand', [
  { name: 'new axes', inputs: [t('float32', [3, 1]), ints(2, 1, 4)], gradient: [0] },
  { name: 'a one keeps', inputs: [t('float32', [3, 4]), ints(3, 1)] },
]);
describeRows('Tile', [
  { name: 'both axes', inputs: [t('float32', [2, 3]), ints(2, 3)], gradient: [0] },
  { name: 'one axis', inputs: [t('int32', [2, 3]), ints(1, 2)] },
]);

describeOp('Pad', [
  { name: 'zeros', inputs: [x, ints(0, 1, 2, 1, 0, 3)], gradient: [0] },
  { name: 'a value', inputs: [x, ints(0, 1, 2, 1, 0, 3), t('float32', [], { values: [2.5], constant: true })] },
  { name: 'negative', inputs: [x, ints(0, -1, 1, 0, 0, -2)] },
  { name: 'axes', inputs: [x, ints(1, 2), undefined, ints(-1)] },
  { name: 'edge', inputs: [x, ints(0, 1, 2, 1, 0, 3)], attributes: { mode: 'edge' } },
  { name: 'reflect', inputs: [x, ints(0, 1, 2, 1, 2, 3)], attributes: { mode: 'reflect' } },
  { name: 'wrap', inputs: [x, ints(0, 1, 2, 1, 0, 3)], attributes: { mode: 'wrap' } },
  { name: 'attributes', inputs: [x], attributes: { pads: [0, 0, 1, 0, 1, 0], value: -1 }, opset: 2, gradient: true },
  { name: 'int64', inputs: [t('int64', [3]), ints(1, 2), t('int64', [], { values: [7], constant: true })] },
]);

describeOp('Gather', [
  { name: 'rows', inputs: [t('float32', [5, 4]), t('int64', [2, 3], { min: 0, max: 4 })], gradient: [0] },
  { name: 'negative indices', inputs: [t('float32', [5, 4]), t('int64', [3], { values: [-1, -5, 2] })] },
  { name: 'last axis', inputs: [t('float32', [3, 5]), t('int32', [4], { min: 0, max: 4 })], attributes: { axis: -1 }, gradient: [0] },
  { name: 'scalar index', inputs: [t('float32', [3, 5]), t('int64', [], { values: [1] })], attributes: { axis: 1 } },
  { name: 'int64 data', inputs: [t('int64', [6]), t('int64', [4], { min: 0, max: 5 })] },
]);

describeRows('Shape', [
  { name: 'whole', inputs: [x] },
  { name: 'part', inputs: [x], attributes: { start: -2, end: 3 } },
]);
describeRows('Size', [{ name: 'count', inputs: [x] }]);
describeRows('ConstantOfShape', [{ name: 'zeros', inputs: [ints(2, 3)] }]);
describeRows('Range', [
  {
    name: 'up',
    inputs: [
      t('int64', [], { values: [2], constant: true }),
      t('int64', [], { values: [11], constant: true }),
      t('int64', [], { values: [3], constant: true }),
    ],
  },
  {
    name: 'down',
    inputs: [
      t('float32', [], { values: [1], constant: true }),
      t('float32', [], { values: [-1], constant: true }),
      t('float32', [], { values: [-0.5], constant: true }),
    ],
  },
]);

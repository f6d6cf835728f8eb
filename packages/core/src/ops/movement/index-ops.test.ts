import { describeOp, type OpCase, t } from '@headstart/testkit';

/** Ops that lower to others: their kernels are those of Copy, Gather and Elementwise. */
const describeRows = (type: string, cases: readonly OpCase[]) => describeOp(type, cases, { golden: false });

describeRows('DepthToSpace', [
  { name: 'DCR', inputs: [t('float32', [2, 8, 2, 3])], attributes: { blocksize: 2 }, gradient: true },
  { name: 'CRD', inputs: [t('float32', [2, 8, 2, 3])], attributes: { blocksize: 2, mode: 'CRD' }, gradient: true },
]);
describeRows('SpaceToDepth', [{ name: 'blocks of 2', inputs: [t('float32', [2, 3, 4, 6])], attributes: { blocksize: 2 }, gradient: true }]);

const depth = t('int64', [], { values: [5], constant: true });
const values = t('float32', [2], { values: [-1, 3] });
describeRows('OneHot', [
  { name: 'last axis', inputs: [t('int64', [2, 3], { min: -5, max: 4 }), depth, values] },
  { name: 'first axis', inputs: [t('int64', [4], { min: 0, max: 4 }), depth, values], attributes: { axis: 0 } },
]);

const shift = (value: number) => t('int64', [], { values: [value], constant: true });
describeRows('Trilu', [
  { name: 'upper', inputs: [t('float32', [2, 3, 4])], gradient: true },
  { name: 'lower, shifted', inputs: [t('float32', [4, 4]), shift(1)], attributes: { upper: 0 }, gradient: [0] },
  { name: 'upper, shifted back', inputs: [t('int64', [3, 5]), shift(-1)] },
]);

describeRows('GatherElements', [
  { name: 'axis 1', inputs: [t('float32', [3, 4]), t('int64', [3, 2], { min: -4, max: 3 })], attributes: { axis: 1 }, gradient: [0] },
  { name: 'axis 0', inputs: [t('float32', [3, 2, 2]), t('int64', [5, 2, 2], { min: 0, max: 2 })], gradient: [0] },
]);
describeRows('GatherND', [
  { name: 'elements', inputs: [t('float32', [3, 4]), t('int64', [5, 2], { min: 0, max: 2 })], gradient: [0] },
  { name: 'slices', inputs: [t('float32', [3, 4, 2]), t('int64', [2, 2, 1], { min: -3, max: 2 })], gradient: [0] },
  {
    name: 'batches',
    inputs: [t('float32', [2, 3, 4]), t('int64', [2, 2, 1], { min: 0, max: 2 })],
    attributes: { batch_dims: 1 },
    gradient: [0],
  },
]);

const rows = t('int64', [2, 3], { values: [1, 0, 2, 0, 2, 1] });
describeOp('ScatterElements', [
  { name: 'replace', inputs: [t('float32', [3, 3]), rows, t('float32', [2, 3], { seed: 2 })] },
  {
    name: 'add, twice to one',
    inputs: [t('float32', [4]), t('int64', [4], { values: [1, 1, -1, 0] }), t('float32', [4], { seed: 2 })],
    attributes: { reduction: 'add' },
  },
  {
    name: 'largest',
    inputs: [t('float32', [3, 4]), t('int64', [3, 2], { values: [0, 1, 2, 3, 0, 0] }), t('float32', [3, 2], { seed: 2 })],
    attributes: { axis: 1, reduction: 'max' },
  },
]);
describeRows('ScatterND', [
  { name: 'slices', inputs: [t('float32', [4, 3]), t('int64', [2, 1], { values: [2, 0] }), t('float32', [2, 3], { seed: 2 })] },
  {
    name: 'elements, added',
    inputs: [t('float32', [4, 3]), t('int64', [3, 2], { values: [0, 1, 2, 2, 0, 1] }), t('float32', [3], { seed: 2 })],
    attributes: { reduction: 'add' },
  },
]);

const axis = (value: number) => t('int64', [], { values: [value], constant: true });
describeOp('CumSum', [
  { name: 'last axis', inputs: [t('float32', [3, 5]), axis(-1)], gradient: [0] },
  { name: 'first axis, reversed', inputs: [t('float32', [3, 5]), axis(0)], attributes: { reverse: 1 }, gradient: [0] },
  { name: 'exclusive', inputs: [t('int32', [2, 4, 3]), axis(1)], attributes: { exclusive: 1 } },
  { name: 'int64', inputs: [t('int64', [6]), axis(0)] },
]);

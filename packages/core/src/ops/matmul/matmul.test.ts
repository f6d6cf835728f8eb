import { describeOp, t } from '@headstart/testkit';

const add = { fn: 'Add', args: [0, 1], type: 'f32' } as const;
const oracle = 'an internal operator';

describeOp('MatMul', [
  { name: 'matrices', inputs: [t('float32', [5, 7]), t('float32', [7, 6])], gradient: true },
  { name: 'more rows and columns than one tile', inputs: [t('float32', [37, 150]), t('float32', [150, 41])] },
  { name: 'enough for small tiles', inputs: [t('float32', [24, 33, 70]), t('float32', [24, 70, 30])] },
  { name: 'enough for larger tiles', inputs: [t('float32', [640, 50]), t('float32', [50, 640])] },
  { name: 'enough for the largest tiles', inputs: [t('float32', [1280, 5]), t('float32', [5, 640])] },
  { name: 'one row', inputs: [t('float32', [1, 64]), t('float32', [64, 50])] },
  { name: 'narrow result', inputs: [t('float32', [40, 33]), t('float32', [33, 3])], gradient: true },
  { name: 'one B for a batch of A', inputs: [t('float32', [2, 3, 5]), t('float32', [5, 4])], gradient: true },
  { name: 'batches', inputs: [t('float32', [2, 3, 5, 4]), t('float32', [2, 3, 4, 6])], gradient: true },
  { name: 'batches that broadcast', inputs: [t('float32', [2, 1, 5, 4]), t('float32', [3, 4, 6])] },
  { name: 'batches that broadcast both ways', inputs: [t('float32', [2, 1, 3, 2, 4]), t('float32', [2, 1, 4, 2])] },
  { name: 'one A for a batch of B', inputs: [t('float32', [5, 4]), t('float32', [3, 4, 2])], gradient: true },
  { name: 'row vector', inputs: [t('float32', [4]), t('float32', [4, 3])], gradient: true },
  { name: 'column vector', inputs: [t('float32', [3, 4]), t('float32', [4])], gradient: true },
  { name: 'dot product', inputs: [t('float32', [9]), t('float32', [9])] },
  { name: 'vector and batch', inputs: [t('float32', [4]), t('float32', [2, 4, 3])] },
  { name: 'long sums', inputs: [t('float32', [3, 3000]), t('float32', [3000, 9])], tolerance: 1e-4 },
  {
    name: 'float16',
    inputs: [t('float16', [20, 33]), t('float16', [33, 17])],
    tolerance: 1e-2,
  },
  {
    name: 'core, bias of a row',
    domain: 'headstart',
    inputs: [t('float32', [2, 9, 8]), t('float32', [8, 19]), t('float32', [19])],
    attributes: { expression: [add] as never },
    oracle,
  },
  {
    name: 'core, bias of a column, then relu',
    domain: 'headstart',
    inputs: [t('float32', [9, 8]), t('float32', [8, 19]), t('float32', [9, 1])],
    attributes: { expression: [add, { fn: 'Relu', args: [2], type: 'f32' }] as never },
    oracle,
  },
  {
    name: 'core, operands of a narrow result',
    domain: 'headstart',
    inputs: [t('float32', [40, 8]), t('float32', [8, 3]), t('float32', [3]), t('float32', [40, 3])],
    attributes: { expression: [add, { fn: 'Mul', args: [3, 2], type: 'f32' }] as never },
    oracle,
  },
]);

describeOp('FusedMatMul', [
  {
    name: 'transposed A and a factor',
    domain: 'com.microsoft',
    inputs: [t('float32', [7, 20]), t('float32', [7, 6])],
    attributes: { transA: 1, alpha: 0.5 },
    gradient: true,
  },
  {
    name: 'transposed B in a batch',
    domain: 'com.microsoft',
    inputs: [t('float32', [2, 5, 7]), t('float32', [2, 6, 7])],
    attributes: { transB: 1 },
    gradient: true,
  },
  {
    name: 'both transposed',
    domain: 'com.microsoft',
    inputs: [t('float32', [7, 5]), t('float32', [18, 7])],
    attributes: { transA: 1, transB: 1 },
    gradient: true,
  },
  {
    name: 'transposed A, narrow result',
    domain: 'com.microsoft',
    inputs: [t('float32', [12, 40]), t('float32', [12, 2])],
    attributes: { transA: 1 },
  },
]);

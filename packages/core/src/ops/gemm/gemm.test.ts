import { describeOp, t } from '@headstart/testkit';

describeOp('Gemm', [
  { name: 'plain', inputs: [t('float32', [5, 7]), t('float32', [7, 6]), t('float32', [6])], gradient: true },
  { name: 'without C', inputs: [t('float32', [5, 7]), t('float32', [7, 6])], gradient: true },
  {
    name: 'factors, both transposed, C of a column',
    inputs: [t('float32', [7, 5]), t('float32', [6, 7]), t('float32', [5, 1])],
    attributes: { alpha: 0.5, beta: -2, transA: 1, transB: 1 },
    gradient: true,
  },
  {
    name: 'transposed A',
    inputs: [t('float32', [7, 5]), t('float32', [7, 6]), t('float32', [5, 6])],
    attributes: { transA: 1 },
    gradient: true,
  },
  {
    name: 'transposed B, opset 9',
    inputs: [t('float32', [5, 7]), t('float32', [6, 7]), t('float32', [1])],
    attributes: { transB: 1 },
    opset: 9,
    gradient: true,
  },
  {
    name: 'a classifier: one row',
    inputs: [t('float32', [1, 100]), t('float32', [30, 100]), t('float32', [30])],
    attributes: { transB: 1 },
  },
  { name: 'beta 0 ignores C', inputs: [t('float32', [3, 4]), t('float32', [4, 2]), t('float32', [2])], attributes: { beta: 0 } },
  { name: 'float16', inputs: [t('float16', [9, 16]), t('float16', [16, 10]), t('float16', [10])], tolerance: 1e-2 },
]);

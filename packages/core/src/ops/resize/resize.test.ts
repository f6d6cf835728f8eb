import { describeOp, t } from '@headstart/testkit';

const scales = (...values: number[]) => t('float32', [values.length], { values, constant: true });
const sizes = (...values: number[]) => t('int64', [values.length], { values, constant: true });
const x = t('float32', [1, 2, 4, 5]);

describeOp('Resize', [
  { name: 'nearest, twice', inputs: [x, undefined, scales(1, 1, 2, 2)] },
  {
    name: 'nearest, asymmetric floor',
    inputs: [x, undefined, scales(1, 1, 1.7, 0.6)],
    attributes: { coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
  },
  { name: 'linear, larger', inputs: [x, undefined, scales(1, 1, 2.5, 2)], attributes: { mode: 'linear' } },
  { name: 'linear, smaller', inputs: [x, undefined, scales(1, 1, 0.6, 0.5)], attributes: { mode: 'linear' } },
  {
    name: 'linear to sizes, corners aligned',
    inputs: [x, undefined, undefined, sizes(1, 2, 7, 3)],
    attributes: { mode: 'linear', coordinate_transformation_mode: 'align_corners' },
  },
  {
    name: 'linear as PyTorch',
    inputs: [x, undefined, undefined, sizes(1, 2, 1, 9)],
    attributes: { mode: 'linear', coordinate_transformation_mode: 'pytorch_half_pixel' },
  },
  { name: 'cubic', inputs: [x, undefined, scales(1, 1, 2, 1.5)], attributes: { mode: 'cubic' } },
  {
    name: 'cubic, outside excluded',
    inputs: [x, undefined, scales(1, 1, 2, 2)],
    attributes: { mode: 'cubic', exclude_outside: 1, cubic_coeff_a: -0.5 },
  },
  {
    name: 'linear, antialiased',
    inputs: [t('float32', [1, 1, 9, 8]), undefined, scales(1, 1, 0.4, 0.5)],
    attributes: { mode: 'linear', antialias: 1 },
    opset: 18,
  },
  {
    name: 'cubic, antialiased, outside excluded',
    inputs: [t('float32', [1, 1, 9, 8]), undefined, scales(1, 1, 0.4, 0.5)],
    attributes: { mode: 'cubic', antialias: 1, exclude_outside: 1 },
    opset: 18,
  },
  { name: 'two axes', inputs: [x, undefined, undefined, sizes(8, 3)], attributes: { mode: 'linear', axes: [2, 3] }, opset: 18 },
  { name: 'opset 10', inputs: [x, scales(1, 1, 2, 2)], attributes: { mode: 'linear' }, opset: 10 },
]);

describeOp(
  'Upsample',
  [
    { name: 'scales as an input', inputs: [x, scales(1, 1, 2, 3)], opset: 9 },
    { name: 'scales as an attribute', inputs: [x], attributes: { mode: 'linear', scales: [1, 1, 2, 2] }, opset: 7 },
  ],
  { golden: false },
);

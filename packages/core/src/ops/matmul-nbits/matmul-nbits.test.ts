import { describeOp, t } from '@headstart/testkit';

const domain = 'com.microsoft';
const packed = (n: number, blocks: number, bytes: number) => t('uint8', [n, blocks, bytes], { min: 0, max: 255, constant: true });
const scales = (size: number) => t('float32', [size], { min: 0.01, max: 0.1, constant: true });
const zeros = (size: number) => t('uint8', [size], { min: 0, max: 255, constant: true });

describeOp('MatMulNBits', [
  {
    name: '4 bits',
    domain,
    inputs: [t('float32', [2, 5, 64]), packed(19, 2, 16), scales(38)],
    attributes: { K: 64, N: 19, bits: 4, block_size: 32 },
  },
  {
    name: '4 bits with zero points',
    domain,
    inputs: [t('float32', [17, 96]), packed(40, 3, 16), scales(120), zeros(80)],
    attributes: { K: 96, N: 40, bits: 4, block_size: 32 },
  },
  {
    name: 'last block not full',
    domain,
    inputs: [t('float32', [1, 72]), packed(24, 3, 16), scales(72)],
    attributes: { K: 72, N: 24, bits: 4, block_size: 32 },
  },
  {
    name: 'last word not full, whole fours of terms',
    domain,
    inputs: [t('float32', [9, 36]), packed(24, 2, 16), scales(48)],
    attributes: { K: 36, N: 24, bits: 4, block_size: 32 },
  },
  {
    name: 'last word not full, no whole fours of terms',
    domain,
    inputs: [t('float32', [9, 37]), packed(24, 2, 16), scales(48)],
    attributes: { K: 37, N: 24, bits: 4, block_size: 32 },
  },
  {
    name: 'bias',
    domain,
    inputs: [t('float32', [3, 32]), packed(10, 1, 16), scales(10), undefined, undefined, t('float32', [10])],
    attributes: { K: 32, N: 10, bits: 4, block_size: 32 },
  },
  {
    name: '8 bits with zero points',
    domain,
    inputs: [t('float32', [6, 64]), packed(12, 2, 32), scales(24), zeros(24)],
    attributes: { K: 64, N: 12, bits: 8, block_size: 32 },
  },
  {
    name: 'float16',
    domain,
    inputs: [t('float16', [6, 32]), packed(12, 2, 8), t('float16', [24], { min: 0.01, max: 0.1, constant: true })],
    attributes: { K: 32, N: 12, bits: 4, block_size: 16 },
    tolerance: 2e-2,
    oracle: 'onnxruntime computes float16 on the CPU with 8-bit activations',
  },
]);

import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import type { Expression } from '../elementwise/expression.ts';
import { productOnHost, roundTo } from '../matmul/matmul.ref.ts';
import { applyOnHost } from '../matmul/matmul-core.ts';
import type { BoundType, Op } from '../op.ts';
import { nbitsCandidates } from './matmul-nbits.wgsl.ts';
import { dequantise } from './pack.ts';

export interface CoreNBitsAttributes {
  /** Rows of the weight matrix. */
  readonly k: number;
  readonly bits: number;
  readonly blockSize: number;
  readonly expression: Expression;
}

/**
 * Core op: C[…, M, N] = expression(A[…, M, K] × W[K, N], operands…) with W in `bits` bits an element, unpacked in the kernel.
 * Inputs: A, words uint32[K·bits/32, N], scales[blocks, N], zero points float32[blocks, N] (absent: 2^(bits−1)), operands.
 */
export const coreMatMulNBits: Op<CoreNBitsAttributes> = {
  type: 'MatMulNBits',
  domain: 'headstart',
  since: 1,
  attributes: {
    k: attribute.int(),
    bits: attribute.int(4),
    blockSize: attribute.int(),
    expression: attribute.any<Expression>([]),
  },
  operandsFrom: 4,
  infer([a, words]) {
    const x = required(a, 'A');
    return [{ dtype: x.dtype, shape: [...x.shape.slice(0, -1), required(words, 'B').shape[1] as number] }];
  },
  reference([a, words, scales, zeros, ...operands], { k, bits, blockSize, expression }) {
    const [x, packed] = [a as Tensor, words as Tensor];
    const n = packed.shape[1] as number;
    const weights = dequantise(packed, scales as Tensor, zeros, { k, n, bits, blockSize });
    const { values } = productOnHost(x.reshape([x.size / k, k]), weights, false, false);
    const shape = [...x.shape.slice(0, -1), n];
    return [roundTo(applyOnHost(expression, values, shape, operands as readonly Tensor[]), shape, x.dtype)];
  },
  kernels: (inputs, attributes, context) => nbitsCandidates(inputs as readonly (BoundType | undefined)[], attributes, context),
};

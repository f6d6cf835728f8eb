import type { AnyOp } from '../op.ts';
import { gatherBlockQuantized } from './gather-block-quantized.ts';
import { integerProduct } from './integer-product.ts';
import { quantizedComposites } from './qlinear-composites.ts';
import { convInteger, qLinearConv } from './qlinear-conv.ts';
import { qLinearAdd, qLinearLeakyRelu, qLinearMul, qLinearSigmoid } from './qlinear-elementwise.ts';
import { dynamicQuantizeMatMul, matMulInteger, matMulIntegerToFloat, qGemm, qLinearMatMul } from './qlinear-matmul.ts';
import { qLinearAveragePool, qLinearConcat, qLinearGlobalAveragePool } from './qlinear-pool.ts';
import { dequantizeLinear, dynamicQuantizeLinear, quantizeLinear } from './quantize-linear.ts';

/** Every operator on 8-bit integers, alphabetical by type. */
export const quantizedOps: readonly AnyOp[] = [
  convInteger,
  dequantizeLinear,
  dynamicQuantizeLinear,
  dynamicQuantizeMatMul,
  gatherBlockQuantized,
  integerProduct,
  matMulInteger,
  matMulIntegerToFloat,
  qGemm,
  qLinearAdd,
  qLinearAveragePool,
  qLinearConcat,
  qLinearConv,
  qLinearGlobalAveragePool,
  qLinearLeakyRelu,
  qLinearMatMul,
  qLinearMul,
  qLinearSigmoid,
  quantizeLinear,
  ...quantizedComposites,
];

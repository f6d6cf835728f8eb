import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { broadcastReader, evaluateExpression } from '../elementwise/evaluate.ts';
import type { Expression } from '../elementwise/expression.ts';
import type { Op } from '../op.ts';
import { productOnHost, roundTo } from './matmul.ref.ts';
import { matmulCandidates } from './matmul.wgsl.ts';
import { type ProductAttributes, productOf } from './product.ts';
import { floatPair, productShape } from './shape.ts';

/**
 * Core op: C[…, M, N] = expression(A[…, M, K] × B[…, K, N], operands…), sums in f32. `transA` and `transB` say that an operand is stored
 * with its last two axes exchanged; outer axes broadcast.
 */
export const coreMatMul: Op<ProductAttributes> = {
  type: 'MatMul',
  domain: 'headstart',
  since: 1,
  attributes: { transA: attribute.int(0), transB: attribute.int(0), expression: attribute.any<Expression>([]) },
  operandsFrom: 2,
  infer([first, second], { transA, transB }) {
    const [a, b] = floatPair(first, second);
    const { batch, m, n } = productShape(a.shape, b.shape, transA === 1, transB === 1);
    return [{ dtype: a.dtype, shape: [...batch, m, n] }];
  },
  reference([a, b, ...operands], { transA, transB, expression }) {
    const x = a as Tensor;
    const { values, shape } = productOnHost(x, b as Tensor, transA === 1, transB === 1);
    return [roundTo(applyOnHost(expression, values, shape, operands as readonly Tensor[]), shape, x.dtype)];
  },
  kernels: (inputs, attributes, context) => matmulCandidates(productOf(inputs, attributes, context)),
};

/** An epilogue over float64 sums; operands broadcast to `shape`. Changes and returns `values`. */
export function applyOnHost(
  expression: Expression,
  values: Float64Array,
  shape: readonly number[],
  operands: readonly Tensor[],
): Float64Array {
  if (expression.length === 0) return values;
  const readers = operands.map((operand) => broadcastReader(operand, shape));
  for (let offset = 0; offset < values.length; offset++) {
    values[offset] = Number(evaluateExpression(expression, [values[offset] as number, ...readers.map((read) => read(offset))]));
  }
  return values;
}

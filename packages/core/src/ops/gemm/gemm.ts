import { EngineError } from '../../errors.ts';
import { formatType, type ValueType } from '../../ir/graph.ts';
import { isInteger } from '../../tensor/dtype.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { ExpressionBuilder } from '../elementwise/build.ts';
import { broadcastReader, tensorOf } from '../elementwise/evaluate.ts';
import { integerProductOnHost, productOnHost, roundTo } from '../matmul/matmul.ref.ts';
import { floatPair, productShape, requireFloat } from '../matmul/shape.ts';
import type { Op } from '../op.ts';

export interface GemmAttributes {
  readonly alpha: number;
  readonly beta: number;
  readonly transA: number;
  readonly transB: number;
}

/** ONNX Gemm: Y[M, N] = α op(A)[M, K] op(B)[K, N] + β C, where C broadcasts to [M, N] and may be absent (opset 11). */
export const gemm: Op<GemmAttributes> = {
  type: 'Gemm',
  since: 7,
  attributes: { alpha: attribute.float(1), beta: attribute.float(1), transA: attribute.int(0), transB: attribute.int(0) },
  infer([first, second], { transA, transB }) {
    const [a, b] = floatPair(first, second);
    if (a.shape.length !== 2 || b.shape.length !== 2) {
      throw new EngineError('invalid-model', 'operands are no matrices', {
        expected: 'two axes each',
        got: `${formatType(a)} and ${formatType(b)}`,
      });
    }
    const { m, n } = productShape(a.shape, b.shape, transA === 1, transB === 1);
    return [{ dtype: a.dtype, shape: [m, n] }];
  },
  reference([a, b, c], { alpha, beta, transA, transB }) {
    const x = a as Tensor;
    if (isInteger(x.dtype) && Number.isInteger(alpha) && Number.isInteger(beta)) {
      const y = b as Tensor;
      const { m, n } = productShape(x.shape, y.shape, transA === 1, transB === 1) as { m: number; n: number };
      const added = c ? broadcastReader(c, [m, n]) : () => 0n;
      const sums = integerProductOnHost(x, y, transA === 1, transB === 1);
      const results = sums.map((sum, offset) => BigInt(alpha) * sum + BigInt(beta) * (added(offset) as bigint));
      return [tensorOf(results, [m, n], x.dtype)];
    }
    const { values, shape } = productOnHost(x, b as Tensor, transA === 1, transB === 1);
    const read = c ? broadcastReader(c, shape) : () => 0;
    return [
      roundTo(
        values.map((value, offset) => alpha * value + beta * Number(read(offset))),
        shape,
        x.dtype,
      ),
    ];
  },
  lower({ g, inputs: [a = '', b = '', c = ''], types, attributes: { alpha, beta, transA, transB } }) {
    const { dtype } = types[0] as ValueType;
    requireFloat({ dtype, shape: [] }, 'Gemm');
    const added = c !== '' && beta !== 0;
    const e = new ExpressionBuilder(added ? [dtype, dtype] : [dtype]);
    const scaled = (slot: number, factor: number) => (factor === 1 ? slot : e.apply('Mul', [slot, e.constant(factor, 'f32')]));
    const product = scaled(0, alpha);
    const result = added ? e.apply('Add', [product, scaled(1, beta)]) : product;
    const expression = e.build(result);
    return [g.add('MatMul', [a, b, ...(added ? [c] : [])], { transA, transB, expression }, { domain: 'headstart' })];
  },
  // d op(A) = α dY op(B)ᵀ, d op(B) = α op(A)ᵀ dY (transposed back where the operand was), dC = β dY
  vjp({ g, inputs: [a = '', b = '', c = ''], dy: [dy = ''], attributes: { alpha, beta, transA, transB } }) {
    if (dy === '') return ['', '', ''];
    const product = (x: string, y: string, tx: number, ty: number) => g.add('Gemm', [x, y], { alpha, transA: tx, transB: ty });
    const da = transA ? product(b, dy, transB, 1) : product(dy, b, 0, 1 - transB);
    const db = transB ? product(dy, a, 1, transA) : product(a, dy, 1 - transA, 0);
    if (c === '') return [da, db];
    const { dtype } = g.typeOf(dy);
    const dc = beta === 1 ? dy : g.add('Mul', [dy, g.constant(beta, g.fresh('beta'), dtype)]);
    return [da, db, dc];
  },
};

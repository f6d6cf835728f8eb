import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { type DType, dtypes, isFloat } from '../../tensor/dtype.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import type { Op } from '../op.ts';
import { arithmetic, dtypeOfElementType, elementTypes } from './arithmetic.ts';
import type { ExpressionBuilder } from './build.ts';
import { pointwise } from './pointwise.ts';

function targetOf(to: number): DType {
  const dtype = dtypeOfElementType(to);
  if (!dtype || dtype === 'string') {
    throw new EngineError('unsupported', 'Cast to this element type is not known', {
      expected: 'a number or bool',
      got: `TensorProto.DataType ${to}`,
    });
  }
  return dtype;
}

function convert(e: ExpressionBuilder, x: number, from: DType, to: DType): number {
  const converted = e.cast(x, to);
  const widens = dtypes[from].bytes < dtypes[to].bytes || dtypes[from].kind === 'bool' || from === to;
  // Floats saturate in the cast; integers wrap to the narrower width.
  return isFloat(from) || (widens && dtypes[from].kind !== 'signed') ? converted : e.narrow(converted, to);
}

/** Cast. Floats truncate towards zero and saturate at the limits of an integer type (the standard leaves it open); integers wrap. */
export const cast = pointwise<{ to: number }>({
  type: 'Cast',
  since: 6,
  attributes: { to: attribute.int() },
  inputs: 1,
  output: (_, { to }) => targetOf(to),
  expression: (e, [x = 0], { to }, [from = 'float32']) => convert(e, x, from, targetOf(to)),
  // dx = dy in x's dtype
  vjp: (m, { dy, types: [x] }) => [isFloat((x as ValueType).dtype) ? m.cast(dy, (x as ValueType).dtype) : ''],
});

/** Cast to the dtype of the second input. */
export const castLike: Op = {
  type: 'CastLike',
  since: 15,
  attributes: {},
  infer([x, like]) {
    if (!x || !like) throw new EngineError('invalid-model', 'wrong number of inputs', { expected: '2' });
    return [{ dtype: like.dtype, shape: x.shape }];
  },
  reference: ([x, like]) => cast.reference([x], { to: elementTypes[(like as Tensor).dtype] }, 1),
  lower: ({ g, inputs: [x = ''], types: [, like] }) => [g.add('Cast', [x], { to: elementTypes[(like as ValueType).dtype] })],
  vjp({ g, dy: [dy = ''], types: [x] }) {
    const { dtype } = x as ValueType;
    return [dy !== '' && isFloat(dtype) ? arithmetic(g, dtype).cast(dy, dtype) : '', ''];
  },
};

import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { type DType, dtypes, isFloat } from '../../tensor/dtype.ts';
import { dtypeOfElementType, elementTypes } from '../../tensor/element-type.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import type { Op } from '../op.ts';
import { arithmetic } from './arithmetic.ts';
import type { ExpressionBuilder } from './build.ts';
import { pointwise } from './pointwise.ts';

function targetOf(to: number): DType {
  const dtype = dtypeOfElementType(to);
  if (!dtype) {
    throw new EngineError('unsupported', 'Cast to this element type is not known', {
      expected: 'a number, bool or string',
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

/** A number as text: the shortest that reads back as the same number of its dtype. */
function textOf(tensor: Tensor, offset: number): string {
  const value = tensor.data[offset];
  if (typeof value !== 'number') return String(value);
  if (tensor.dtype === 'bool') return value === 0 ? '0' : '1';
  const number = tensor.at(offset);
  if (!Number.isFinite(number)) return Number.isNaN(number) ? 'NaN' : number > 0 ? 'INF' : '-INF';
  if (!isFloat(tensor.dtype) || tensor.dtype === 'float64') return String(number);
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(number.toPrecision(digits));
    if (Tensor.from([text], [1], tensor.dtype).at(0) === number) return String(text);
  }
  return String(Number(number.toPrecision(9)));
}

function numberOf(text: string, to: DType): number | bigint {
  const word = text.trim().toLowerCase();
  if (dtypes[to].bytes === 8 && !isFloat(to) && /^[+-]?\d+$/.test(word)) return BigInt(word.replace('+', ''));
  const number = /^[+-]?inf(inity)?$/.test(word)
    ? word.startsWith('-')
      ? -Infinity
      : Infinity
    : word === 'nan'
      ? Number.NaN
      : Number(word);
  if (Number.isNaN(number) && word !== 'nan') throw new EngineError('invalid-data', 'a string is no number', { got: `'${text}'` });
  return number;
}

function castStrings(x: Tensor, to: DType): Tensor {
  if (x.dtype === to) return x;
  if (to === 'string')
    return Tensor.from(
      Array.from({ length: x.size }, (_, offset) => textOf(x, offset)),
      x.shape,
      'string',
    );
  const numbers = (x.data as string[]).map((text) => numberOf(text, to));
  return Tensor.from(numbers, x.shape, to);
}

/** Cast. Floats truncate towards zero and saturate at the limits of an integer type (the standard leaves it open); integers wrap. */
const castNumbers = pointwise<{ to: number }>({
  type: 'Cast',
  since: 6,
  attributes: { to: attribute.int() },
  inputs: 1,
  output: (_, { to }) => targetOf(to),
  expression: (e, [x = 0], { to }, [from = 'float32']) => convert(e, x, from, targetOf(to)),
  // dx = dy in x's dtype
  vjp: (m, { dy, types: [x] }) => [isFloat((x as ValueType).dtype) ? m.cast(dy, (x as ValueType).dtype) : ''],
});

/** Cast of numbers in kernels, and of strings on the host. */
export const cast: Op<{ to: number }> = {
  ...castNumbers,
  reference([input], given) {
    const x = input as Tensor;
    const to = targetOf(given.to);
    return x.dtype === 'string' || to === 'string' ? [castStrings(x, to)] : castNumbers.reference([x], given, 1);
  },
};

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

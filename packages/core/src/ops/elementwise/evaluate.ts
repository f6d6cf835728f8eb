import { EngineError } from '../../errors.ts';
import { type DType, dtypes } from '../../tensor/dtype.ts';
import { broadcastShapes, broadcastStrides, sizeOf, stridesOf } from '../../tensor/shape.ts';
import { bfloat16ToNumber, Tensor } from '../../tensor/tensor.ts';
import type { Expression, ScalarType } from './expression.ts';
import { functionOf, type HostScalar } from './functions.ts';

/** Value of an expression for one element; slots and result are host scalars of their types. */
export function evaluateExpression(expression: Expression, slots: readonly HostScalar[]): HostScalar {
  const values = [...slots];
  for (const { fn, args, literals = [], type } of expression) {
    const given = args.map((slot) => values[slot] as HostScalar);
    const last = given.at(-1);
    const define = definitionOf(fn, last === undefined ? type : typeof last);
    const own = last === undefined ? type : typeof last;
    values.push(define(...given, ...literals.map((value) => literalOf(value, own))));
  }
  const result = expression.length === 0 ? values[0] : values.at(-1);
  if (result === undefined) throw new EngineError('internal', 'an expression without slots or instructions has no value');
  return result;
}

type Kind = ScalarType | 'number' | 'bigint' | 'boolean' | (string & {});

function definitionOf(fn: string, kind: Kind): (...args: HostScalar[]) => HostScalar {
  const row = functionOf(fn);
  const define = isFloatKind(kind) ? row?.float : isLogicalKind(kind) ? row?.logical : row?.integer;
  if (!define) throw new EngineError('unsupported', `pointwise function ${fn} is not defined for a ${kind}`);
  return define as (...args: HostScalar[]) => HostScalar;
}

function literalOf(value: number, kind: Kind): HostScalar {
  return isFloatKind(kind) ? value : isLogicalKind(kind) ? value !== 0 : BigInt(value);
}

const isFloatKind = (kind: Kind) => kind === 'f32' || kind === 'number';
const isLogicalKind = (kind: Kind) => kind === 'bool' || kind === 'boolean';

/** Element of a tensor as a host scalar. */
export function scalarAt(tensor: Tensor, offset: number): HostScalar {
  const value = tensor.data[offset];
  const { kind } = dtypes[tensor.dtype];
  if (typeof value === 'bigint') return value;
  if (typeof value !== 'number') throw new EngineError('unsupported', 'strings do not compute', { expected: 'a numeric tensor' });
  if (kind === 'float') return tensor.dtype === 'bfloat16' ? bfloat16ToNumber(value) : value;
  return kind === 'bool' ? value !== 0 : BigInt(value);
}

/** A tensor of host scalars; integers wrap to the width of the dtype. */
export function tensorOf(values: readonly HostScalar[], shape: readonly number[], dtype: DType): Tensor {
  const { kind, bytes } = dtypes[dtype];
  const bits = bytes * 8;
  if (kind === 'signed' || kind === 'unsigned') {
    const wrap = kind === 'signed' ? BigInt.asIntN : BigInt.asUintN;
    return Tensor.from(
      values.map((value) => wrap(bits, value as bigint)),
      shape,
      dtype,
    );
  }
  return Tensor.from(values.map(Number), shape, dtype);
}

/** The expression over tensors that broadcast to each other. */
export function evaluatePointwise(expression: Expression, inputs: readonly Tensor[], dtype: DType, target?: readonly number[]): Tensor {
  const shape = target ?? broadcastShapes(...inputs.map((input) => input.shape));
  const readers = inputs.map((input) => broadcastReader(input, shape));
  const size = sizeOf(shape);
  const values = new Array<HostScalar>(size);
  for (let offset = 0; offset < size; offset++) {
    values[offset] = evaluateExpression(
      expression,
      readers.map((read) => read(offset)),
    );
  }
  return tensorOf(values, shape, dtype);
}

/** Reads a tensor broadcast to `target` by flat offset of the target. */
export function broadcastReader(tensor: Tensor, target: readonly number[]): (offset: number) => HostScalar {
  if (tensor.size === sizeOf(target)) return (offset) => scalarAt(tensor, offset);
  const own = broadcastStrides(tensor.shape, target);
  const strides = stridesOf(target);
  return (offset) => {
    let rest = offset;
    let position = 0;
    for (let axis = 0; axis < target.length; axis++) {
      const index = Math.floor(rest / (strides[axis] as number));
      rest -= index * (strides[axis] as number);
      position += index * (own[axis] as number);
    }
    return scalarAt(tensor, position);
  };
}

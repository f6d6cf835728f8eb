import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { isFloat, isInt64 } from '../../tensor/dtype.ts';
import { broadcastShapes, sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import type { Op } from '../op.ts';
import type { Arithmetic } from './arithmetic.ts';
import { broadcastReader, tensorOf } from './evaluate.ts';
import type { FunctionName } from './functions.ts';
import { integerPower } from './host.ts';
import { type PointwiseGradient, pointwise } from './pointwise.ts';

type Gradient = (m: Arithmetic, context: PointwiseGradient<Record<string, never>>) => readonly string[];

/** A function of two tensors of one dtype. Broadcasting is multidirectional from opset 7; older forms have a `broadcast` attribute and are not known. */
function binary(type: string, since: number, vjp: Gradient | undefined, fn: FunctionName = type as FunctionName): Op {
  return pointwise({
    type,
    since,
    inputs: 2,
    expression: (e, [a = 0, b = 1], _, [dtype = 'float32']) => e.narrow(e.apply(fn, [a, b]), dtype),
    ...(vjp ? { vjp } : {}),
  });
}

/** A comparison: bool output, no gradient. */
function comparison(type: FunctionName, since: number): Op {
  return pointwise({
    type,
    since,
    inputs: 2,
    output: () => 'bool',
    expression: (e, [a = 0, b = 1]) => e.apply(type, [a, b]),
    vjp: () => ['', ''],
  });
}

/** A function of two bool tensors. */
function logical(type: FunctionName): Op {
  return pointwise({ type, since: 7, inputs: 2, expression: (e, [a = 0, b = 1]) => e.apply(type, [a, b]), vjp: () => ['', ''] });
}

export const binaryOps: readonly Op[] = [
  binary('Add', 7, (_, { dy }) => [dy, dy]),
  logical('And'),
  binary('BitwiseAnd', 18, undefined),
  binary('BitwiseOr', 18, undefined),
  binary('BitwiseXor', 18, undefined),
  // da = dy/b, db = −dy·y/b
  binary('Div', 7, (m, { x: [, b = ''], y, dy }) => [m.div(dy, b), m.neg(m.div(m.mul(dy, y), b))]),
  comparison('Equal', 7),
  comparison('Greater', 7),
  comparison('GreaterOrEqual', 12),
  comparison('Less', 7),
  comparison('LessOrEqual', 12),
  binary('Mul', 7, (m, { x: [a = '', b = ''], dy }) => [m.mul(dy, b), m.mul(dy, a)]),
  logical('Or'),
  binary('Sub', 7, (m, { dy }) => [dy, m.neg(dy)]),
  logical('Xor'),
];

export const bitwiseNot = pointwise({
  type: 'BitwiseNot',
  since: 18,
  inputs: 1,
  expression: (e, [x = 0], _, [dtype = 'int32']) => e.narrow(e.apply('BitwiseNot', [x]), dtype),
});

export const bitShift = pointwise<{ direction: string }>({
  type: 'BitShift',
  since: 11,
  attributes: { direction: attribute.string() },
  inputs: 2,
  expression: (e, [a = 0, b = 1], { direction }, [dtype = 'uint32']) =>
    e.narrow(e.apply(direction === 'LEFT' ? 'ShiftLeft' : 'ShiftRight', [a, b]), dtype),
});

/** `fmod = 0`: the remainder has the divisor's sign (Python); 1: the dividend's (C), the only form for floats. */
export const mod = pointwise<{ fmod: number }>({
  type: 'Mod',
  since: 10,
  attributes: { fmod: attribute.int(0) },
  inputs: 2,
  expression: (e, [a = 0, b = 1], { fmod }) => e.apply(fmod === 1 ? 'Fmod' : 'Mod', [a, b]),
});

const powOfNumbers = pointwise({
  type: 'Pow',
  since: 7,
  inputs: 2,
  alike: [],
  expression(e, [base = 0, exponent = 1], _, [dtype = 'float32', exponentType = 'float32'], known) {
    const float = e.typeOf(base) === 'f32';
    const wide = isInt64(dtype);
    const power = known(1);
    if (power === 1) return base;
    if (power === 2) return e.narrow(e.apply('Square', [base]), dtype);
    if (float && power === 3) return e.apply('Mul', [e.apply('Square', [base]), base]);
    if (float && power === 0.5) return e.apply('Sqrt', [base]);
    if (float && power === -1) return e.apply('Reciprocal', [base]);
    if (float) return e.apply('Pow', [base, e.cast(exponent, 'float32')]);
    const own = e.typeOf(base) === 'i32' ? 'int32' : 'uint32';
    if (scalarKinds[e.typeOf(exponent)] === 'integer') {
      return e.narrow(e.apply('Pow', [base, e.cast(exponent, wide ? dtype : own)], [], wide), dtype);
    }
    // Floats of 32 bits do not hold all that an int64 of 32 bits does.
    if (wide) return e.apply('Pow', [base, e.cast(e.apply('WholeExponent', [exponent], [], true), own)], [], true);
    return e.narrow(e.cast(e.apply('Pow', [e.cast(base, exponentType), exponent]), dtype), dtype);
  },
  // da = dy·b·a^(b−1), db = dy·y·ln a (where a > 0)
  vjp(m, { x: [a = '', b = ''], y, dy, types }) {
    const power = types[0]?.dtype === types[1]?.dtype ? b : m.cast(b, types[0]?.dtype ?? 'float32');
    const base = m.mul(m.mul(dy, power), m.apply('Pow', [a, m.sub(power, 1)]));
    if (types[0]?.dtype !== types[1]?.dtype) return [base, ''];
    const log = m.where(m.greater(a, 0), m.apply('Log', [m.where(m.greater(a, 0), a, 1)]), 0);
    return [base, m.mul(m.mul(dy, y), log)];
  },
});

/**
 * The result has the base's dtype. An integer base with a float exponent computes in floats and truncates; int64 exactly where the exponent
 * is whole, else in float64 on the host.
 */
export const pow: Op = {
  ...powOfNumbers,
  reference([base, exponent], given) {
    const [a, b] = [base as Tensor, exponent as Tensor];
    if (!isInt64(a.dtype) || !isFloat(b.dtype)) return powOfNumbers.reference([a, b], given, 1);
    const shape = broadcastShapes(a.shape, b.shape);
    const [readBase, readExponent] = [broadcastReader(a, shape), broadcastReader(b, shape)];
    const values = Array.from({ length: sizeOf(shape) }, (_, offset) => {
      const [own, power] = [readBase(offset) as bigint, readExponent(offset) as number];
      if (Number.isInteger(power)) return integerPower(own, BigInt(power));
      const root = Math.trunc(Number(own) ** power);
      return Number.isFinite(root) ? BigInt(root) : 0n;
    });
    return [tensorOf(values, shape, a.dtype)];
  },
  lower(context) {
    const [base, exponent] = context.types as readonly ValueType[];
    const known = context.constant(1);
    const whole = base?.dtype === 'int64' && (known?.toNumbers().every(Number.isInteger) ?? true);
    if (base && exponent && isInt64(base.dtype) && isFloat(exponent.dtype) && !whole) {
      throw new EngineError('unsupported', 'a power of 64-bit integers is a fraction', {
        expected: 'whole exponents',
        got: exponent.dtype,
      });
    }
    return powOfNumbers.lower?.(context) ?? [];
  },
};

const scalarKinds = { f32: 'float', i32: 'integer', u32: 'integer', bool: 'logical' } as const;

/** `select`: condition, then value where it holds, then the other. */
export const where = pointwise({
  type: 'Where',
  since: 9,
  inputs: 3,
  alike: [1, 2],
  output: (dtypes) => dtypes[1] ?? 'float32',
  expression: (e, [condition = 0, a = 1, b = 2]) => e.apply('Where', [condition, a, b]),
  vjp: (m, { x: [condition = ''], dy }) => ['', m.where(condition, dy, 0), m.where(condition, 0, dy)],
});

/** x where x ≥ 0, slope·x below. The slope broadcasts to x. */
export const pRelu = pointwise({
  type: 'PRelu',
  since: 7,
  inputs: 2,
  expression: (e, [x = 0, slope = 1], _, [dtype = 'float32']) => e.narrow(e.apply('PRelu', [x, slope]), dtype),
  // dx = x < 0 ? slope·dy : dy, dslope = x < 0 ? x·dy : 0
  vjp(m, { x: [x = '', slope = ''], dy }) {
    const below = m.apply('Less', [x, 0]);
    return [m.where(below, m.mul(dy, slope), dy), m.where(below, m.mul(dy, x), 0)];
  },
});

import { attribute } from '../attribute.ts';
import type { Op } from '../op.ts';
import type { Arithmetic } from './arithmetic.ts';
import type { FunctionName } from './functions.ts';
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

/** The result has the base's dtype. An integer base with a float exponent computes in floats and truncates. */
export const pow = pointwise({
  type: 'Pow',
  since: 7,
  inputs: 2,
  alike: [],
  expression(e, [base = 0, exponent = 1], _, [dtype = 'float32', exponentType = 'float32'], known) {
    const float = e.typeOf(base) === 'f32';
    const power = known(1);
    if (power === 1) return base;
    if (power === 2) return e.narrow(e.apply('Square', [base]), dtype);
    if (float && power === 3) return e.apply('Mul', [e.apply('Square', [base]), base]);
    if (float && power === 0.5) return e.apply('Sqrt', [base]);
    if (float && power === -1) return e.apply('Reciprocal', [base]);
    if (float) return e.apply('Pow', [base, e.cast(exponent, 'float32')]);
    const exact = scalarKinds[e.typeOf(exponent)] === 'integer';
    if (exact) return e.narrow(e.apply('Pow', [base, e.cast(exponent, e.typeOf(base) === 'i32' ? 'int32' : 'uint32')]), dtype);
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

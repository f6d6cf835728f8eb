import { EngineError } from '../../errors.ts';
import { attribute } from '../attribute.ts';
import type { Arithmetic, Term } from './arithmetic.ts';
import { pointwise } from './pointwise.ts';
import { swishDerivative } from './unary.ts';

/** Φ(x) + x·φ(x), with the normal distribution function and density. */
function geluDerivative(m: Arithmetic, x: Term): string {
  const distribution = m.mul(0.5, m.add(1, m.apply('Erf', [m.mul(x, Math.SQRT1_2)])));
  const density = m.mul(1 / Math.sqrt(2 * Math.PI), m.exp(m.mul(m.mul(x, x), -0.5)));
  return m.add(distribution, m.mul(x, density));
}

/** t = tanh(c(x + 0.044715x³)), c = √(2/π): ½(1+t) + ½x(1−t²)·c(1 + 0.134145x²). */
function geluTanhDerivative(m: Arithmetic, x: Term): string {
  const c = Math.sqrt(2 / Math.PI);
  const square = m.mul(x, x);
  const t = m.tanh(m.mul(m.mul(c, x), m.add(1, m.mul(0.044715, square))));
  const slope = m.mul(m.sub(1, m.mul(t, t)), m.mul(c, m.add(1, m.mul(3 * 0.044715, square))));
  return m.add(m.mul(0.5, m.add(1, t)), m.mul(m.mul(0.5, x), slope));
}

/** ONNX Gelu: exact (erf) or `approximate = tanh`. */
export const gelu = pointwise<{ approximate: string }>({
  type: 'Gelu',
  since: 20,
  attributes: { approximate: attribute.string('none') },
  inputs: 1,
  expression(e, [x = 0], { approximate }) {
    if (approximate !== 'none' && approximate !== 'tanh') {
      throw new EngineError('invalid-model', "unknown attribute 'approximate'", { expected: 'none or tanh', got: approximate });
    }
    return e.apply(approximate === 'tanh' ? 'GeluTanh' : 'Gelu', [x]);
  },
  vjp: (m, { x: [x = ''], dy, attributes: { approximate } }) => [
    m.mul(dy, approximate === 'tanh' ? geluTanhDerivative(m, x) : geluDerivative(m, x)),
  ],
});

/** com.microsoft Gelu, exact. */
export const contribGelu = pointwise({
  type: 'Gelu',
  domain: 'com.microsoft',
  inputs: 1,
  expression: (e, [x = 0]) => e.apply('Gelu', [x]),
  vjp: (m, { x: [x = ''], dy }) => [m.mul(dy, geluDerivative(m, x))],
});

/** com.microsoft BiasGelu: gelu(x + bias), bias [D] over x [..., D]. */
export const biasGelu = pointwise({
  type: 'BiasGelu',
  domain: 'com.microsoft',
  inputs: 2,
  expression: (e, [x = 0, bias = 1]) => e.apply('Gelu', [e.apply('Add', [x, bias])]),
  vjp(m, { x: [x = '', bias = ''], dy }) {
    const dx = m.mul(dy, geluDerivative(m, m.add(x, bias)));
    return [dx, dx];
  },
});

/** com.microsoft FastGelu: the tanh form of gelu(x + bias), bias optional. */
export const fastGelu = pointwise({
  type: 'FastGelu',
  domain: 'com.microsoft',
  inputs: [1, 2],
  expression: (e, [x = 0, bias]) => e.apply('GeluTanh', [bias === undefined ? x : e.apply('Add', [x, bias])]),
  vjp(m, { x: [x = '', bias], dy }) {
    const dx = m.mul(dy, geluTanhDerivative(m, bias === undefined ? x : m.add(x, bias)));
    return bias === undefined ? [dx] : [dx, dx];
  },
});

/** com.microsoft QuickGelu: x·σ(αx). */
export const quickGelu = pointwise<{ alpha: number }>({
  type: 'QuickGelu',
  domain: 'com.microsoft',
  attributes: { alpha: attribute.float(1.702) },
  inputs: 1,
  expression: (e, [x = 0], { alpha }) => e.apply('Swish', [x], [alpha]),
  vjp: (m, { x: [x = ''], y, dy, attributes: { alpha } }) => [m.mul(dy, swishDerivative(m, x, y, [alpha]))],
});

import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import type { ValueType } from '../../ir/graph.ts';
import { normalizeAxis, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required, requiredConstant, unknownDim } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import type { Op } from '../op.ts';
import { differentiable } from './copy.ts';
import { asInt32, int64s, pickElements } from './host.ts';

/** indices, depth, values [off, on] → `on` where the new axis equals the index (from the end when negative), `off` elsewhere. */
export const oneHot: Op<{ axis: number }> = {
  type: 'OneHot',
  since: 9,
  attributes: { axis: attribute.int(-1) },
  infer([indices, , values], { axis }, { constant }) {
    const { shape } = required(indices, 'indices');
    const depth = constant(1)?.at(0) ?? unknownDim();
    return [{ dtype: required(values, 'values').dtype, shape: shape.toSpliced(normalizeAxis(axis, shape.length + 1), 0, depth) }];
  },
  reference([indices, depth, values], { axis }) {
    const [picked, choices] = [indices as Tensor, values as Tensor];
    const count = (depth as Tensor).at(0);
    const at = normalizeAxis(axis, picked.shape.length + 1);
    const strides = stridesOf(picked.shape);
    const shape = picked.shape.toSpliced(at, 0, count);
    const pick = (position: readonly number[]) => {
      const entry = position.toSpliced(at, 1).reduce((offset, index, place) => offset + index * (strides[place] as number), 0);
      const index = Math.trunc(picked.at(entry));
      return (index < 0 ? index + count : index) === position[at] ? 1 : 0;
    };
    return [pickElements(choices, shape, pick)];
  },
  lower({ g, inputs: [indices = '', , values = ''], types, attributes: { axis }, constant }) {
    const depth = requiredConstant(constant(1), 'depth').at(0);
    const shape = boundShape(types[0]);
    const at = normalizeAxis(axis, shape.length + 1);
    const m = arithmetic(g, 'int32');
    const own = asInt32(g, indices);
    const wrapped = m.where(m.apply('Less', [own, 0]), m.add(own, depth), own);
    const column = g.add('Unsqueeze', [wrapped, g.constant(int64s([at]), g.fresh('axes'))]);
    const line = shape.toSpliced(at, 0, depth).map((_, place) => (place === at ? depth : 1));
    const steps = g.constant(
      Tensor.from(
        Int32Array.from({ length: depth }, (_, index) => index),
        line,
      ),
      g.fresh('steps'),
    );
    const choice = (index: number) => g.add('Gather', [values, g.constant(int64s([index]), g.fresh('index'))]);
    return [m.where(m.apply('Equal', [column, steps]), choice(1), choice(0))];
  },
  vjp: ({ inputs }) => inputs.map(() => ''),
};

/** The upper (or lower) triangle of the last two axes [..., R, C], zeros elsewhere; the diagonal is shifted by `k` columns. */
export const trilu: Op<{ upper: number }> = {
  type: 'Trilu',
  since: 14,
  attributes: { upper: attribute.int(1) },
  infer([input]) {
    const x = required(input, 'input');
    if (x.shape.length < 2) throw new EngineError('invalid-model', 'wrong rank', { expected: 'at least 2 axes', got: `${x.shape.length}` });
    return [x];
  },
  reference([input, shift], { upper }) {
    const x = input as Tensor;
    const k = shift?.at(0) ?? 0;
    const strides = stridesOf(x.shape);
    return [
      pickElements(x, x.shape, (indices) => {
        const [row = 0, column = 0] = indices.slice(-2);
        const kept = upper ? column >= row + k : column <= row + k;
        return kept ? indices.reduce((offset, index, axis) => offset + index * (strides[axis] as number), 0) : undefined;
      }),
    ];
  },
  lower({ g, inputs: [x = '', k = ''], types, attributes: { upper } }) {
    const { dtype } = types[0] as ValueType;
    return [arithmetic(g, dtype).where(triangle(g, types[0], k, upper), x, 0)];
  },
  // dx = the same triangle of dy
  vjp({ g, inputs, dy: [dy = ''], attributes: { upper } }) {
    const [x = '', k] = inputs;
    if (dy === '' || !differentiable(g, x)) return inputs.map(() => '');
    return [g.add('Trilu', k === undefined ? [dy] : [dy, k], { upper }), ''].slice(0, inputs.length);
  },
};

/** Whether a position [R, C] is in the triangle: two ranges compared, so that no mask is stored. */
function triangle(g: GraphBuilder, type: ValueType | undefined, k: string, upper: number): string {
  const [rows = 0, columns = 0] = boundShape(type).slice(-2);
  const range = (count: number, shape: readonly number[]) =>
    g.constant(
      Tensor.from(
        Int32Array.from({ length: count }, (_, index) => index),
        shape,
      ),
      g.fresh('range'),
    );
  const m = arithmetic(g, 'int32');
  const line = range(rows, [rows, 1]);
  const diagonal = k === '' ? line : m.add(line, asInt32(g, k));
  return m.apply(upper ? 'GreaterOrEqual' : 'LessOrEqual', [range(columns, [1, columns]), diagonal]);
}

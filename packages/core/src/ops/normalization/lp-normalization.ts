import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import { int64s } from '../movement/host.ts';
import type { Op } from '../op.ts';
import { floating } from './layer-normalization.ts';

interface LpAttributes {
  readonly axis: number;
  /** 1 or 2. */
  readonly p: number;
}

/** x / ‖x‖_p along one axis; a vector of zeros stays zero. */
export const lpNormalization: Op<LpAttributes> = {
  type: 'LpNormalization',
  since: 1,
  attributes: { axis: attribute.int(-1), p: attribute.int(2) },
  infer(inputs, { axis, p }) {
    const x = floating(inputs[0], 'input');
    normalizeAxis(axis, x.shape.length);
    if (p !== 1 && p !== 2) throw new EngineError('invalid-model', 'no such norm', { expected: 'p = 1 or 2', got: `${p}` });
    return [x];
  },
  reference([input], { axis, p }) {
    const x = input as Tensor;
    const own = normalizeAxis(axis, x.shape.length);
    const dim = x.shape[own] as number;
    const inner = sizeOf(x.shape.slice(own + 1));
    const values = x.toNumbers();
    const y = values.map((value, offset) => {
      const base = offset - (Math.floor(offset / inner) % dim) * inner;
      const along = Array.from({ length: dim }, (_, index) => values[base + index * inner] as number);
      const norm = p === 1 ? along.reduce((sum, each) => sum + Math.abs(each), 0) : Math.hypot(...along);
      return norm === 0 ? 0 : value / norm;
    });
    return [tensorOf(y, x.shape, x.dtype)];
  },
  lower({ g, inputs: [x = ''], types, attributes: { axis, p } }) {
    const m = arithmetic(g, (types[0] as ValueType).dtype);
    const axes = g.constant(int64s([axis]), g.fresh('axes'));
    const norm = g.add(p === 1 ? 'ReduceL1' : 'ReduceL2', [x, axes], { keepdims: 1 });
    return [m.div(x, m.where(m.greater(norm, 0), norm, 1))];
  },
  // dx = (dy − d‖x‖ · Σ(dy ⊙ y)) / ‖x‖ with d‖x‖ = y for p = 2 and sign(x) for p = 1
  vjp({ g, inputs: [x = ''], outputs: [y = ''], dy: [dy = ''], types, attributes: { axis, p } }) {
    if (dy === '') return [''];
    const m = arithmetic(g, (types[0] as ValueType).dtype);
    const axes = g.constant(int64s([axis]), g.fresh('axes'));
    const norm = g.add(p === 1 ? 'ReduceL1' : 'ReduceL2', [x, axes], { keepdims: 1 });
    const along = g.add('ReduceSum', [m.mul(dy, y), axes], { keepdims: 1 });
    const slope = p === 1 ? m.apply('Sign', [x]) : y;
    return [m.div(m.sub(dy, m.mul(slope, along)), m.where(m.greater(norm, 0), norm, 1))];
  },
};

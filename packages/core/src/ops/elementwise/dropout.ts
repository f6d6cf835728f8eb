import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { type DType, isFloat } from '../../tensor/dtype.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import type { Op } from '../op.ts';

/**
 * Dropout in inference: y is x, the mask (all true, x's shape) only where it is asked for.
 * @param maskType bool, and before opset 10 the dtype of x
 */
function dropout(since: number, maskType: (x: DType) => DType): Op {
  return {
    type: 'Dropout',
    since,
    attributes: {},
    infer([x], _, { outputs }) {
      if (!x) throw new EngineError('invalid-model', 'wrong number of inputs', { expected: 'at least 1' });
      return outputs > 1 ? [x, { dtype: maskType(x.dtype), shape: x.shape }] : [x];
    },
    reference([x], _, outputs) {
      const { dtype, shape } = x as Tensor;
      return outputs > 1 ? [x as Tensor, Tensor.from(new Array<number>(sizeOf(shape)).fill(1), shape, maskType(dtype))] : [x as Tensor];
    },
    lower({ g, inputs: [x = ''], types, used }) {
      const y = g.add('Identity', [x]);
      if (!used[1]) return [y, ''].slice(0, used.length);
      const { dtype, shape } = types[0] as ValueType;
      const one = g.constant(Tensor.scalar(1, maskType(dtype)), g.fresh('kept'));
      return [y, g.add('Expand', [one, g.constant(Tensor.from(shape as readonly number[], [shape.length], 'int64'), g.fresh('shape'))])];
    },
    // dx = dy: nothing is dropped
    vjp: ({ inputs, dy: [dy = ''], types }) => inputs.map((_, index) => (index === 0 && isFloat((types[0] as ValueType).dtype) ? dy : '')),
  };
}

export const dropoutOps: readonly Op[] = [dropout(7, (x) => x), dropout(10, () => 'bool')];

import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { type DType, isFloat } from '../../tensor/dtype.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { requiredConstant } from '../dims.ts';
import type { AnyOp, Op } from '../op.ts';
import { drawing } from '../random/drawing.ts';

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

const inference = dropout(10, () => 'bool');

/** Whether a node drops anything: its training_mode is on, and its ratio is not 0. Both must be constants. */
function drops(inputs: readonly string[], constant: (index: number) => Tensor | undefined): boolean {
  const training = inputs[2] ? requiredConstant(constant(2), 'training_mode').at(0) !== 0 : false;
  return training && (inputs[1] ? requiredConstant(constant(1), 'ratio').at(0) : 0.5) !== 0;
}

/**
 * Dropout whose third input may turn training on: elements are dropped with the probability of the second and the rest divided by
 * what is left of 1. The mask is drawn on the host.
 */
const dropout12: Op<{ seed: number | undefined }> = {
  type: 'Dropout',
  since: 12,
  random: true,
  attributes: { seed: attribute.optionalFloat() },
  infer: (inputs, _, context) => inference.infer(inputs, {}, context),
  reference([data, ratio, training], { seed }, outputs) {
    const x = data as Tensor;
    const probability = ratio?.at(0) ?? 0.5;
    if (!training || training.at(0) === 0 || probability === 0) return inference.reference([x], {}, outputs);
    const next = drawing(seed);
    const kept = Array.from({ length: x.size }, (_, index) => next.uniform(index) >= probability);
    const values = x.toNumbers().map((value, index) => (kept[index] ? value / (1 - probability) : 0));
    return [Tensor.from(values, x.shape, x.dtype), Tensor.from(kept, x.shape, 'bool')].slice(0, Math.max(outputs, 1));
  },
  lower(context) {
    if (drops(context.inputs, context.constant)) throw new EngineError('unsupported', 'the mask of training is drawn on the host');
    return inference.lower?.({ ...context, attributes: {} }) as readonly string[];
  },
  vjp(context) {
    if (drops(context.inputs, context.constant)) {
      throw new EngineError('unsupported', 'Dropout in training has no gradient: its mask is not kept', {
        hint: 'Set training_mode to false.',
      });
    }
    return inference.vjp?.({ ...context, attributes: {} }) as readonly string[];
  },
};

export const dropoutOps: readonly AnyOp[] = [dropout(1, (x) => x), inference, dropout12];

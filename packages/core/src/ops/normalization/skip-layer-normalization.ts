import type { ValueType } from '../../ir/graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import { broadcastReader, tensorOf } from '../elementwise/evaluate.ts';
import type { Op } from '../op.ts';
import { addNormalization } from './affine.ts';
import { addStatistics, floating, reducedType, scaled } from './layer-normalization.ts';
import { normalizeRows, statisticsOf } from './normalize.ts';

/**
 * y = normalise(input + skip + bias) · gamma + beta over the last axis of [B, S, D]; skip broadcasts to input.
 * Outputs: y, mean, 1 / standard deviation, and the sum (the residual stream). The sum is an Add of its own, so that it becomes the
 * epilogue of the product that computes `input`, and the normalisation stays one dispatch.
 * @param slots where beta and bias stand among the inputs
 */
function skipOp(type: string, centred: boolean, slots: { readonly beta?: number; readonly bias: number }): Op<{ epsilon: number }> {
  return {
    type,
    domain: 'com.microsoft',
    since: 1,
    attributes: { epsilon: attribute.float(1e-12) },
    infer(inputs) {
      const x = floating(inputs[0], 'input');
      floating(inputs[1], 'skip');
      required(inputs[2], 'gamma');
      const statistic = (): ValueType => reducedType(x, -1);
      return [x, statistic(), statistic(), x];
    },
    reference(inputs, { epsilon }) {
      const [x, skip, gamma] = inputs as readonly Tensor[] as readonly [Tensor, Tensor, Tensor];
      const readers = [x, skip, inputs[slots.bias]].flatMap((each) => (each ? [broadcastReader(each, x.shape)] : []));
      const sum = tensorOf(
        Array.from({ length: x.size }, (_, offset) => readers.reduce((total, read) => total + (read(offset) as number), 0)),
        x.shape,
        x.dtype,
      );
      const { values, means, inverses } = normalizeRows(sum, -1, centred, epsilon);
      const beta = slots.beta === undefined ? undefined : inputs[slots.beta];
      const { dtype } = reducedType(x, -1);
      return [scaled(values, x, gamma, beta), statisticsOf(means, x, -1, dtype), statisticsOf(inverses, x, -1, dtype), sum];
    },
    lower({ g, inputs, attributes: { epsilon }, used }) {
      const [x = '', skip = '', gamma = ''] = inputs;
      const bias = inputs[slots.bias] ?? '';
      const joined = g.add('Add', [x, skip]);
      const sum = bias === '' ? joined : g.add('Add', [joined, bias]);
      const beta = slots.beta === undefined ? '' : (inputs[slots.beta] ?? '');
      const y = addNormalization(g, sum, gamma, beta, { axis: -1, centred, epsilon });
      const statistics = used[1] || used[2] ? addStatistics(g, sum, -1, centred, epsilon) : undefined;
      return [y, statistics?.mean ?? '', statistics?.inverse ?? '', sum];
    },
  };
}

/** Inputs: input, skip, gamma, beta, bias. */
export const skipLayerNormalization = skipOp('SkipLayerNormalization', true, { beta: 3, bias: 4 });

/** RMS normalisation. Inputs: input, skip, gamma, bias. */
export const skipSimplifiedLayerNormalization = skipOp('SkipSimplifiedLayerNormalization', false, { bias: 3 });

import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { derived } from '../../tensor/derived.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import { int64s } from '../movement/host.ts';
import type { Op } from '../op.ts';
import { floating } from './layer-normalization.ts';

interface BatchAttributes {
  readonly epsilon: number;
  readonly training_mode: number;
  readonly spatial: number;
}

/** Shape in which one value a channel broadcasts to x [N, C, …]. */
export function channelShape(channels: number, rank: number): number[] {
  return [channels, ...new Array<number>(Math.max(rank - 2, 0)).fill(1)];
}

/**
 * BatchNormalization at inference: y = (x − mean) / √(var + ε) · scale + B for each channel of x [N, C, …].
 * Files of opsets below 14 may declare the outputs of training; they must be unused.
 */
export const batchNormalization: Op<BatchAttributes> = {
  type: 'BatchNormalization',
  since: 7,
  attributes: { epsilon: attribute.float(1e-5), training_mode: attribute.int(0), spatial: attribute.int(1) },
  infer(inputs, { training_mode, spatial }, { outputs }) {
    const x = floating(inputs[0], 'X');
    for (const [index, name] of ['scale', 'B', 'mean', 'var'].entries()) required(inputs[index + 1], name);
    if (training_mode === 1 || spatial === 0) {
      throw new EngineError('unsupported', training_mode === 1 ? 'training mode' : 'statistics a position (spatial = 0)', {
        hint: 'Export the model for inference.',
      });
    }
    const statistic = inputs[3] as ValueType;
    return [x, ...Array.from({ length: Math.max(outputs - 1, 0) }, () => statistic)];
  },
  reference(inputs, { epsilon }, outputs) {
    const [x, scale, bias, mean, variance] = inputs as readonly [Tensor, Tensor, Tensor, Tensor, Tensor];
    const inner = sizeOf(x.shape.slice(2));
    const values = x.toNumbers().map((value, offset) => {
      const c = Math.floor(offset / inner) % scale.size;
      return ((value - mean.at(c)) / Math.sqrt(variance.at(c) + epsilon)) * scale.at(c) + bias.at(c);
    });
    return [tensorOf(values, x.shape, x.dtype), ...[mean, variance, mean, variance].slice(0, Math.max(outputs - 1, 0))];
  },
  lower({ g, inputs: [x = '', ...parameters], attributes: { epsilon }, used, constant, types }) {
    if (used.slice(1).some(Boolean)) {
      throw new EngineError('unsupported', 'the statistics of training are read', { hint: 'Export the model for inference.' });
    }
    const { dtype, shape } = types[0] as ValueType;
    const channels = (types[1] as ValueType).shape[0] as number;
    const target = channelShape(channels, shape.length);
    const m = arithmetic(g, dtype);
    const [scale, bias, mean, variance] = [1, 2, 3, 4].map(constant);
    if (scale && bias && mean && variance) {
      const { factor, shift } = derived([scale, bias, mean, variance], `batch-normalization/${epsilon}/${target.length}`, () =>
        affineOf([scale, bias, mean, variance], epsilon, target),
      );
      return [m.add(m.mul(x, g.constant(factor, g.fresh('scale'))), g.constant(shift, g.fresh('shift')))];
    }
    const form = g.constant(int64s(target), g.fresh('shape'));
    const [s = '', b = '', center = '', spread = ''] = parameters.map((name) => g.add('Reshape', [name, form]));
    const factor = m.div(s, m.sqrt(m.add(spread, epsilon)));
    return [m.add(m.mul(m.sub(x, center), factor), b)];
  },
  // dx = dy · scale / σ; dscale = Σ dy ⊙ (x − mean) / σ, dB = Σ dy over all axes but that of the channels. The statistics are frozen.
  vjp({ g, inputs, dy: [dy = ''], types, attributes: { epsilon } }) {
    const [x = '', scale = '', , mean = '', variance = ''] = inputs;
    if (dy === '') return inputs.map(() => '');
    const { dtype, shape } = types[0] as ValueType;
    const m = arithmetic(g, dtype);
    const form = g.constant(int64s([-1, ...channelShape(1, shape.length).slice(1)]), g.fresh('shape'));
    const perChannel = (name: string) => g.add('Reshape', [name, form]);
    const inverse = m.apply('Reciprocal', [m.sqrt(m.add(perChannel(variance), epsilon))]);
    const axes = g.constant(int64s(shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]))), g.fresh('axes'));
    const sum = (name: string) => g.add('ReduceSum', [name, axes], { keepdims: 0 });
    const n = m.mul(m.sub(x, perChannel(mean)), inverse);
    return [m.mul(dy, m.mul(perChannel(scale), inverse)), sum(m.mul(dy, n)), sum(dy), '', ''];
  },
};

/** y = x · factor + shift, computed in float64. */
function affineOf(
  [scale, bias, mean, variance]: readonly [Tensor, Tensor, Tensor, Tensor],
  epsilon: number,
  shape: readonly number[],
): { readonly factor: Tensor; readonly shift: Tensor } {
  const factors = scale.toNumbers().map((value, c) => value / Math.sqrt(variance.at(c) + epsilon));
  const shifts = factors.map((factor, c) => bias.at(c) - mean.at(c) * factor);
  return { factor: Tensor.from(factors, shape, scale.dtype), shift: Tensor.from(shifts, shape, scale.dtype) };
}

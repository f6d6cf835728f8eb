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

interface TrainingAttributes {
  readonly epsilon: number;
  readonly momentum: number;
  readonly training_mode: number;
}

/** Since opset 14: in training mode the batch's own mean and (biased) variance, and the running ones moved towards them. */
export const batchNormalization14: Op<TrainingAttributes> = {
  type: 'BatchNormalization',
  since: 14,
  attributes: { epsilon: attribute.float(1e-5), momentum: attribute.float(0.9), training_mode: attribute.int(0) },
  infer(inputs, _, { outputs }) {
    const x = floating(inputs[0], 'X');
    for (const [index, name] of ['scale', 'B', 'mean', 'var'].entries()) required(inputs[index + 1], name);
    const statistic = inputs[3] as ValueType;
    return [x, ...Array.from({ length: Math.max(outputs - 1, 0) }, () => statistic)];
  },
  reference(inputs, { epsilon, momentum, training_mode }, outputs) {
    const inference = { epsilon, training_mode: 0, spatial: 1 };
    if (training_mode === 0) return batchNormalization.reference(inputs, inference, outputs);
    const [x, scale, bias, mean, variance] = inputs as readonly [Tensor, Tensor, Tensor, Tensor, Tensor];
    const inner = sizeOf(x.shape.slice(2));
    const [sums, squares] = [new Float64Array(mean.size), new Float64Array(mean.size)];
    const count = x.size / mean.size;
    const channel = (offset: number) => Math.floor(offset / inner) % mean.size;
    x.toNumbers().forEach((value, offset) => {
      sums[channel(offset)] = (sums[channel(offset)] as number) + value / count;
    });
    x.toNumbers().forEach((value, offset) => {
      squares[channel(offset)] = (squares[channel(offset)] as number) + (value - (sums[channel(offset)] as number)) ** 2 / count;
    });
    const own = [sums, squares].map((values) => Tensor.from(values, mean.shape, 'float64'));
    const [y] = batchNormalization.reference([x, scale, bias, ...own], inference, 1);
    const moved = (running: Tensor, batch: Float64Array) =>
      tensorOf(
        running.toNumbers().map((value, index) => value * momentum + (batch[index] as number) * (1 - momentum)),
        running.shape,
        running.dtype,
      );
    return [y as Tensor, moved(mean, sums), moved(variance, squares)].slice(0, Math.max(outputs, 1));
  },
  lower(context) {
    const { g, inputs, attributes: given, used, types } = context;
    const { epsilon, momentum, training_mode } = given;
    if (training_mode === 0) {
      const lowered = batchNormalization.lower?.({ ...context, attributes: { epsilon, training_mode: 0, spatial: 1 } });
      return lowered as readonly string[];
    }
    const [x = '', scale = '', bias = '', mean = '', variance = ''] = inputs;
    const { dtype, shape } = types[0] as ValueType;
    const m = arithmetic(g, dtype);
    const axes = g.constant(int64s(shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]))), g.fresh('axes'));
    const average = (value: string, keepdims: number) => g.add('ReduceMean', [value, axes], { keepdims });
    const center = average(x, 1);
    const distance = m.sub(x, center);
    const spread = average(m.mul(distance, distance), 1);
    const form = g.constant(int64s(channelShape((types[1] as ValueType).shape[0] as number, shape.length)), g.fresh('shape'));
    const [s, b] = [scale, bias].map((name) => g.add('Reshape', [name, form])) as [string, string];
    const y = m.add(m.mul(distance, m.div(s, m.sqrt(m.add(spread, epsilon)))), b);
    const flat = g.constant(int64s([-1]), g.fresh('shape'));
    const moved = (running: string, batch: string) => {
      const own = arithmetic(g, g.typeOf(running).dtype);
      return own.add(own.mul(running, momentum), own.mul(own.cast(g.add('Reshape', [batch, flat]), g.typeOf(running).dtype), 1 - momentum));
    };
    return [y, used[1] ? moved(mean, center) : '', used[2] ? moved(variance, spread) : ''].slice(0, used.length);
  },
  // In training, with n = (x − μ) / σ of the batch: dx = scale / σ · (dy − mean(dy) − n · mean(dy ⊙ n)), dscale = Σ dy ⊙ n, dB = Σ dy.
  vjp(context) {
    const { g, inputs, dy, types, attributes: given } = context;
    const { epsilon, training_mode } = given;
    if (training_mode === 0) {
      return batchNormalization.vjp?.({ ...context, attributes: { epsilon, training_mode: 0, spatial: 1 } }) as readonly string[];
    }
    const [gradient = '', ...statistics] = dy;
    if (statistics.some((name) => name !== '')) {
      throw new EngineError('unsupported', 'a gradient flows into running statistics', { hint: 'Do not compute the loss from them.' });
    }
    if (gradient === '') return inputs.map(() => '');
    const [x = '', scale = ''] = inputs;
    const { dtype, shape } = types[0] as ValueType;
    const m = arithmetic(g, dtype);
    const axes = g.constant(int64s(shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]))), g.fresh('axes'));
    const average = (value: string) => g.add('ReduceMean', [value, axes], { keepdims: 1 });
    const sum = (value: string) => g.add('ReduceSum', [value, axes], { keepdims: 0 });
    const form = g.constant(int64s([-1, ...channelShape(1, shape.length).slice(1)]), g.fresh('shape'));
    const distance = m.sub(x, average(x));
    const inverse = m.apply('Reciprocal', [m.sqrt(m.add(average(m.mul(distance, distance)), epsilon))]);
    const n = m.mul(distance, inverse);
    const weighted = m.mul(gradient, n);
    const centred = m.sub(m.sub(gradient, average(gradient)), m.mul(n, average(weighted)));
    return [m.mul(m.mul(g.add('Reshape', [scale, form]), inverse), centred), sum(weighted), sum(gradient), '', ''];
  },
};

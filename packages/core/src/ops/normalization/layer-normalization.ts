import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import type { ValueType } from '../../ir/graph.ts';
import { type DType, isFloat } from '../../tensor/dtype.ts';
import { broadcastShapes, normalizeAxis } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { broadcastReader, tensorOf } from '../elementwise/evaluate.ts';
import { int64s } from '../movement/host.ts';
import type { GradientContext, Op } from '../op.ts';
import { addNormalization } from './affine.ts';
import { normalizeRows, statisticsOf } from './normalize.ts';

export interface LayerAttributes {
  readonly axis: number;
  readonly epsilon: number;
}

/** Which statistics a type returns after y, in order. */
type Statistic = 'mean' | 'inverse';

interface LayerSpec {
  readonly type: string;
  readonly since: number;
  /** Whether the mean is subtracted (layer) or not (RMS). */
  readonly centred: boolean;
  readonly statistics: readonly Statistic[];
}

/** x of shape [..., D], scale and bias that broadcast to it; statistics over axes `axis`.. . */
function layerOp({ type, since, centred, statistics }: LayerSpec): Op<LayerAttributes> {
  return {
    type,
    since,
    attributes: { axis: attribute.int(-1), epsilon: attribute.float(1e-5) },
    infer(inputs, { axis }) {
      const x = floating(inputs[0], 'X');
      required(inputs[1], 'Scale');
      return [x, ...statistics.map((): ValueType => reducedType(x, axis))];
    },
    reference([input, scale, bias], { axis, epsilon }) {
      const x = input as Tensor;
      const { values, means, inverses } = normalizeRows(x, axis, centred, epsilon);
      const y = scaled(values, x, scale, bias);
      const of = { mean: means, inverse: inverses };
      return [y, ...statistics.map((name) => statisticsOf(of[name], x, axis, statisticDtype(x.dtype)))];
    },
    lower({ g, inputs: [x = '', scale = '', bias = ''], attributes: { axis, epsilon }, used }) {
      const y = addNormalization(g, x, scale, bias, { axis, centred, epsilon });
      if (!used.slice(1).some(Boolean)) return [y];
      const { mean, inverse } = addStatistics(g, x, axis, centred, epsilon);
      const stored = { mean: mean ?? '', inverse };
      return [y, ...statistics.map((name, index) => (used[index + 1] ? asStatistic(g, stored[name]) : ''))];
    },
    vjp: (context) => layerGradient(context, centred),
  };
}

export function floating(type: ValueType | undefined, name: string): ValueType {
  const x = required(type, name);
  if (isFloat(x.dtype)) return x;
  throw new EngineError('invalid-model', `input '${name}' has the wrong dtype`, { expected: 'floats', got: x.dtype });
}

/** ONNX keeps statistics in float32 whatever x is; float64 checks of gradients keep theirs. */
function statisticDtype(dtype: DType): DType {
  return dtype === 'float64' ? 'float64' : 'float32';
}

export function reducedType(x: ValueType, axis: number): ValueType {
  const first = normalizeAxis(axis, x.shape.length);
  return { dtype: statisticDtype(x.dtype), shape: x.shape.map((dim, own) => (own < first ? dim : 1)) };
}

function asStatistic(g: GraphBuilder, name: string): string {
  const { dtype } = g.typeOf(name);
  return dtype === 'float32' ? name : arithmetic(g, dtype).cast(name, 'float32');
}

/** values · scale + bias, broadcast to x. */
export function scaled(values: readonly number[], x: Tensor, scale: Tensor | undefined, bias: Tensor | undefined): Tensor {
  const factor = scale ? broadcastReader(scale, broadcastShapes(x.shape, scale.shape)) : () => 1;
  const shift = bias ? broadcastReader(bias, broadcastShapes(x.shape, bias.shape)) : () => 0;
  return tensorOf(
    values.map((value, offset) => value * (factor(offset) as number) + (shift(offset) as number)),
    x.shape,
    x.dtype,
  );
}

/** Mean (when centred) and 1 / √(variance + ε) over axes `axis`.., kept with size 1, and (x − mean) with them. */
export function addStatistics(
  g: GraphBuilder,
  x: string,
  axis: number,
  centred: boolean,
  epsilon: number,
): { readonly mean: string | undefined; readonly inverse: string; readonly difference: string } {
  const { dtype, shape } = g.typeOf(x);
  const m = arithmetic(g, dtype);
  const average = rowMean(g, shape.length, axis);
  const mean = centred ? average(x) : undefined;
  const difference = mean === undefined ? x : m.sub(x, mean);
  const variance = average(m.mul(difference, difference));
  return { mean, difference, inverse: m.apply('Reciprocal', [m.sqrt(m.add(variance, epsilon))]) };
}

/** Emits the mean over axes `axis`.., kept with size 1. */
function rowMean(g: GraphBuilder, rank: number, axis: number): (name: string) => string {
  const first = normalizeAxis(axis, rank);
  const axes = g.constant(int64s(Array.from({ length: rank - first }, (_, own) => first + own)), g.fresh('axes'));
  return (name) => g.add('ReduceMean', [name, axes], { keepdims: 1 });
}

/**
 * With n = (x − mean) / σ and s = dy ⊙ scale: dx = (s − mean(s) − n · mean(s ⊙ n)) / σ, where mean(s) is left out when x was not centred;
 * dscale = dy ⊙ n, dbias = dy.
 */
function layerGradient({ g, inputs, dy: [dy = ''], types, attributes }: GradientContext<LayerAttributes>, centred: boolean): string[] {
  if (dy === '') return inputs.map(() => '');
  const { axis, epsilon } = attributes;
  const [x = '', scale = ''] = inputs;
  const { dtype, shape } = types[0] as ValueType;
  const m = arithmetic(g, dtype);
  const average = rowMean(g, shape.length, axis);
  const { difference, inverse } = addStatistics(g, x, axis, centred, epsilon);
  const n = m.mul(difference, inverse);
  const s = m.mul(dy, scale);
  const along = m.mul(n, average(m.mul(s, n)));
  const rest = centred ? m.sub(m.sub(s, average(s)), along) : m.sub(s, along);
  return [m.mul(rest, inverse), m.mul(dy, n), dy].slice(0, inputs.length);
}

/** ONNX LayerNormalization, and the form onnxruntime had before opset 17. Optional outputs: mean and 1 / standard deviation. */
export const layerNormalization = layerOp({ type: 'LayerNormalization', since: 1, centred: true, statistics: ['mean', 'inverse'] });

/** onnxruntime's RMS normalisation in the standard domain; the optional second output is 1 / √(mean square + ε). */
export const simplifiedLayerNormalization = layerOp({
  type: 'SimplifiedLayerNormalization',
  since: 1,
  centred: false,
  statistics: ['inverse'],
});

/** Zhang & Sennrich 2019. */
export const rmsNormalization = layerOp({ type: 'RMSNormalization', since: 23, centred: false, statistics: [] });

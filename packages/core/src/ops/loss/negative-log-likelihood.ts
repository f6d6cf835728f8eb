import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import type { ValueType } from '../../ir/graph.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { int64s } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Op } from '../op.ts';

interface LossAttributes {
  readonly reduction: string;
  readonly ignore_index: number | undefined;
}

const attributes = { reduction: attribute.string('mean'), ignore_index: attribute.optionalInt() };

function lossType(x: ValueType, target: ValueType, reduction: string): ValueType {
  if (!['none', 'mean', 'sum'].includes(reduction)) {
    throw new EngineError('invalid-model', "unknown attribute 'reduction'", { expected: 'none, mean or sum', got: reduction });
  }
  return { dtype: x.dtype, shape: reduction === 'none' ? target.shape : [] };
}

/** Loss of log-probabilities [N, C, …] for class numbers [N, …]: −w[target] · x[target], summed or averaged by the weights. */
function lossOnHost(x: Tensor, target: Tensor, weight: Tensor | undefined, { reduction, ignore_index }: LossAttributes): Tensor {
  const [, classes = 1, ...spatial] = x.shape;
  const inner = sizeOf(spatial);
  let [total, weights] = [0, 0];
  const losses = target.toNumbers().map((label, offset) => {
    if (label === ignore_index) return 0;
    const own = weight?.at(label) ?? 1;
    const loss = -own * x.at((Math.floor(offset / inner) * classes + label) * inner + (offset % inner));
    total += loss;
    weights += own;
    return loss;
  });
  if (reduction === 'none') return Tensor.from(losses, target.shape, x.dtype);
  return Tensor.from([reduction === 'sum' ? total : total / weights], [], x.dtype);
}

/** The same as graph nodes. */
function emitLoss(g: GraphBuilder, x: string, target: string, weight: string, { reduction, ignore_index }: LossAttributes): string {
  const type = g.typeOf(x);
  const [batch = 1, classes = 1, ...spatial] = boundShape(type);
  const inner = sizeOf(spatial);
  const flat = g.add('Transpose', [reshapeTo(g, x, [batch, classes, inner])], { perm: [0, 2, 1] });
  const labels = reshapeTo(g, g.add('Cast', [target], { to: 6 }), [batch * inner, 1]);
  const integers = arithmetic(g, 'int32');
  const m = arithmetic(g, type.dtype);
  const ignored = ignore_index === undefined ? undefined : integers.apply('Equal', [labels, ignore_index]);
  // What is ignored may be no class at all.
  const picked = ignored === undefined ? labels : integers.where(ignored, 0, labels);
  const chosen = g.add('GatherElements', [reshapeTo(g, flat, [batch * inner, classes]), picked], { axis: 1 });
  const own = weight === '' ? undefined : g.add('Gather', [weight, picked]);
  const kept = (value: string) => (ignored === undefined ? value : m.where(ignored, 0, value));
  const loss = kept(m.neg(own === undefined ? chosen : m.mul(own, chosen)));
  if (reduction === 'none') return reshapeTo(g, loss, [batch, ...spatial]);
  const sum = (value: string) => g.add('ReduceSum', [value, g.constant(int64s([0, 1]), g.fresh('axes'))], { keepdims: 0 });
  if (reduction === 'sum') return sum(loss);
  if (own === undefined && ignored === undefined) return m.div(sum(loss), batch * inner);
  const ones = own ?? g.add('Expand', [m.number(1), g.constant(int64s([batch * inner, 1]), g.fresh('shape'))]);
  return m.div(sum(loss), sum(kept(ones)));
}

/** dx[n, c] = −w[c] · [c = target] · dy, divided by the sum of weights for a mean. */
function lossGradient(g: GraphBuilder, x: string, target: string, weight: string, dy: string, given: LossAttributes): string {
  const { dtype } = g.typeOf(x);
  const m = arithmetic(g, dtype);
  const [, classes = 1, ...spatial] = boundShape(g.typeOf(x));
  const labels = g.add('Cast', [target], { to: 6 });
  const values = g.constant(Tensor.from([0, 1], [2], dtype), g.fresh('values'));
  const hot = g.add('OneHot', [labels, g.constant(Tensor.scalar(BigInt(classes), 'int64'), g.fresh('depth')), values], { axis: 1 });
  const form = [1, classes, ...spatial.map(() => 1)];
  const weighted = weight === '' ? hot : m.mul(hot, reshapeTo(g, weight, form));
  const ignored = given.ignore_index === undefined ? undefined : arithmetic(g, 'int32').apply('Equal', [labels, given.ignore_index]);
  const axis = g.constant(int64s([1]), g.fresh('axes'));
  const own = ignored === undefined ? weighted : m.where(g.add('Unsqueeze', [ignored, axis]), 0, weighted);
  const flow = given.reduction === 'none' ? g.add('Unsqueeze', [dy, axis]) : dy;
  const gradient = m.neg(m.mul(own, flow));
  return given.reduction === 'mean' ? m.div(gradient, g.add('ReduceSum', [own], { keepdims: 0 })) : gradient;
}

export const negativeLogLikelihoodLoss: Op<LossAttributes> = {
  type: 'NegativeLogLikelihoodLoss',
  since: 12,
  attributes,
  infer: ([x, target], { reduction }) => [lossType(required(x, 'input'), required(target, 'target'), reduction)],
  reference: ([x, target, weight], given) => [lossOnHost(x as Tensor, target as Tensor, weight, given)],
  lower: ({ g, inputs: [x = '', target = '', weight = ''], attributes: given }) => [emitLoss(g, x, target, weight, given)],
  vjp({ g, inputs: [x = '', target = '', weight = ''], dy: [dy = ''], attributes: given }) {
    return [dy === '' ? '' : lossGradient(g, x, target, weight, dy, given), '', ''];
  },
};

/** The loss of scores, through LogSoftmax over the classes, which is the second output. */
export const softmaxCrossEntropyLoss: Op<LossAttributes> = {
  type: 'SoftmaxCrossEntropyLoss',
  since: 12,
  attributes,
  infer([x, target], { reduction }, { outputs }) {
    const scores = required(x, 'scores');
    return [lossType(scores, required(target, 'labels'), reduction), ...(outputs > 1 ? [scores] : [])];
  },
  reference([scores, target, weight], given, outputs) {
    const x = scores as Tensor;
    const log = logSoftmaxOnHost(x);
    const loss = lossOnHost(log, target as Tensor, weight, given);
    return [Tensor.from(loss.toNumbers(), loss.shape, x.dtype), ...(outputs > 1 ? [Tensor.from(log.toNumbers(), x.shape, x.dtype)] : [])];
  },
  lower({ g, inputs: [x = '', target = '', weight = ''], attributes: given, used }) {
    const log = g.add('LogSoftmax', [x], { axis: 1 });
    const loss = used[0] === false ? '' : emitLoss(g, log, target, weight, given);
    return [loss, log].slice(0, used.length);
  },
  // dx = dlog − softmax(x) · Σ_classes dlog, where dlog is the gradient of the log-probabilities
  vjp({ g, inputs: [x = '', target = '', weight = ''], dy: [dy = '', dlog = ''], attributes: given }) {
    if (dy === '' && dlog === '') return ['', '', ''];
    const m = arithmetic(g, g.typeOf(x).dtype);
    const parts = [...(dy === '' ? [] : [lossGradient(g, x, target, weight, dy, given)]), ...(dlog === '' ? [] : [dlog])];
    const flow = parts.reduce((sum, part) => m.add(sum, part));
    const total = g.add('ReduceSum', [flow, g.constant(int64s([1]), g.fresh('axes'))]);
    return [m.sub(flow, m.mul(g.add('Softmax', [x], { axis: 1 }), total)), '', ''];
  },
};

/** Over axis 1, in float64. */
function logSoftmaxOnHost(x: Tensor): Tensor {
  const [, classes = 1, ...spatial] = x.shape;
  const inner = sizeOf(spatial);
  const values = x.toNumbers();
  const result = new Float64Array(values.length);
  for (let column = 0; column < values.length / classes; column++) {
    const base = Math.floor(column / inner) * classes * inner + (column % inner);
    const offsets = Array.from({ length: classes }, (_, index) => base + index * inner);
    const largest = Math.max(...offsets.map((offset) => values[offset] as number));
    const sum = offsets.reduce((total, offset) => total + Math.exp((values[offset] as number) - largest), 0);
    for (const offset of offsets) result[offset] = (values[offset] as number) - largest - Math.log(sum);
  }
  return Tensor.from(result, x.shape);
}

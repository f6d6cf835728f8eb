import type { GraphBuilder } from '../../ir/builder.ts';
import type { ValueType } from '../../ir/graph.ts';
import { type AttributeSpec, attribute } from '../attribute.ts';
import { broadcastDims } from '../broadcast.ts';
import { composite } from '../composite.ts';
import { required } from '../dims.ts';
import { int64s } from '../movement/host.ts';
import type { AnyOp } from '../op.ts';
import { reducedShape } from '../reduce/reduce.ts';

const real = (g: GraphBuilder, x: string, scale: string, zero: string) =>
  g.add('DequantizeLinear', [x, scale, ...(zero === '' ? [] : [zero])]);
const quantized = (g: GraphBuilder, y: string, scale: string, zero: string) =>
  g.add('QuantizeLinear', [y, scale, ...(zero === '' ? [] : [zero])]);

/** An operator on 8-bit numbers that is the real one between DequantizeLinear and QuantizeLinear. Inputs: X, x_scale, x_zero_point, y_scale, y_zero_point. */
function between<A>(
  type: string,
  attributes: AttributeSpec<A>,
  typeOf: (x: ValueType, given: A) => ValueType,
  emit: (g: GraphBuilder, x: string, given: A) => string,
): AnyOp {
  return composite<A>({
    type,
    domain: 'com.microsoft',
    since: 1,
    attributes,
    infer: ([x], given) => [typeOf(required(x, 'X'), given)],
    lower: ({ g, inputs: [x = '', scale = '', zero = '', outScale = '', outZero = ''], attributes: given }) => [
      quantized(g, emit(g, real(g, x, scale, zero), given), outScale, outZero),
    ],
  });
}

interface MeanAttributes {
  readonly axes: readonly number[];
  readonly keepdims: number;
}

export const quantizedComposites: readonly AnyOp[] = [
  between<{ axis: number; opset: number }>(
    'QLinearSoftmax',
    { axis: attribute.int(-1), opset: attribute.int(13) },
    (x) => x,
    (g, x, { axis, opset }) => g.add('Softmax', [x], { axis }, { opset }),
  ),
  between<MeanAttributes>(
    'QLinearReduceMean',
    { axes: attribute.ints([]), keepdims: attribute.int(1) },
    (x, { axes, keepdims }) => {
      const rank = x.shape.length;
      const own = axes.length === 0 ? x.shape.map((_, axis) => axis) : axes.map((axis) => (axis < 0 ? axis + rank : axis));
      return { dtype: x.dtype, shape: reducedShape(x.shape, own, keepdims) };
    },
    (g, x, { axes, keepdims }) =>
      g.add('ReduceMean', [x, ...(axes.length === 0 ? [] : [g.constant(int64s(axes), g.fresh('axes'))])], { keepdims }),
  ),
  composite({
    type: 'QLinearWhere',
    domain: 'com.microsoft',
    since: 1,
    attributes: {},
    infer([condition, x, , , y]) {
      const own = required(x, 'X');
      return [{ dtype: own.dtype, shape: broadcastDims(required(condition, 'condition').shape, own.shape, required(y, 'Y').shape) }];
    },
    lower: ({ g, inputs: [condition = '', x = '', xScale = '', xZero = '', y = '', yScale = '', yZero = '', scale = '', zero = ''] }) => [
      quantized(g, g.add('Where', [condition, real(g, x, xScale, xZero), real(g, y, yScale, yZero)]), scale, zero),
    ],
  }),
];

import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { addDims } from '../../ir/dims.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import type { Op } from '../op.ts';
import { averagePool } from '../pool/pool.ts';
import { addExpression, applyCentre, applyQuantize, parameterAt, quantizeOnHost } from './requantize.ts';

type PoolAttributes = Parameters<typeof averagePool.infer>[1];

/** Emits float32 x − zero. */
function addCentred(g: GraphBuilder, x: string, zero: string): string {
  return addExpression(g, [x, zero], 'float32', (e, [value = 0, centre]) => applyCentre(e, value, centre));
}

/** Emits saturate(round(x · scale / outScale) + outZero). */
function addRequantized(
  g: GraphBuilder,
  x: string,
  [scale, outScale, outZero]: readonly [string, string, string],
  dtype: Tensor['dtype'],
): string {
  const ratio = g.add('Div', [scale, outScale]);
  return addExpression(g, [x, ratio, outZero], dtype, (e, [value = 0, factor = 0, zero]) =>
    applyQuantize(e, e.apply('Mul', [value, factor]), zero, dtype),
  );
}

function centredOnHost(x: Tensor, zero: Tensor | undefined): Tensor {
  const centre = parameterAt(zero, 0, 0);
  return Tensor.from(
    Float64Array.from(x.toNumbers(), (value) => value - centre),
    x.shape,
  );
}

function requantizedOnHost(
  x: Tensor,
  scales: readonly [Tensor | undefined, Tensor | undefined, Tensor | undefined],
  dtype: Tensor['dtype'],
): Tensor {
  const [scale, outScale, outZero] = scales;
  const ratio = parameterAt(scale, 0, 1) / parameterAt(outScale, 0, 1);
  const values = x.toNumbers().map((value) => quantizeOnHost(Math.fround(value * ratio), parameterAt(outZero, 0, 0), dtype));
  return Tensor.from(values, x.shape, dtype);
}

function channelsFirst(channelsLast: number): void {
  if (channelsLast === 0) return;
  throw new EngineError('unsupported', 'channels_last = 1', { hint: "Use the 'wasm' engine for this model." });
}

/** Mean over the spatial axes of x [N, C, …]. Inputs: X, x_scale, x_zero_point, y_scale, y_zero_point. */
export const qLinearGlobalAveragePool: Op<{ channels_last: number }> = {
  type: 'QLinearGlobalAveragePool',
  domain: 'com.microsoft',
  since: 1,
  attributes: { channels_last: attribute.int(0) },
  infer([input], { channels_last }) {
    channelsFirst(channels_last);
    const x = required(input, 'X');
    return [{ dtype: x.dtype, shape: x.shape.map((dim, axis) => (axis < 2 ? dim : 1)) }];
  },
  reference([input, xScale, xZero, yScale, yZero]) {
    const x = centredOnHost(input as Tensor, xZero);
    const inner = sizeOf(x.shape.slice(2));
    const [n = 1, c = 1] = x.shape;
    const means = Array.from({ length: n * c }, (_, plane) => {
      let sum = 0;
      for (let i = 0; i < inner; i++) sum += x.at(plane * inner + i);
      return sum / inner;
    });
    const shape = x.shape.map((dim, axis) => (axis < 2 ? dim : 1));
    return [requantizedOnHost(Tensor.from(means, shape, 'float64'), [xScale, yScale, yZero], (input as Tensor).dtype)];
  },
  lower({ g, inputs: [x = '', xScale = '', xZero = '', yScale = '', yZero = ''], types }) {
    const mean = g.add('GlobalAveragePool', [addCentred(g, x, xZero)]);
    return [addRequantized(g, mean, [xScale, yScale, yZero], (types[0] as ValueType).dtype)];
  },
};

/** AveragePool of quantised pictures. Inputs: X, x_scale, x_zero_point, y_scale, y_zero_point. */
export const qLinearAveragePool: Op<PoolAttributes & { readonly channels_last: number }> = {
  type: 'QLinearAveragePool',
  domain: 'com.microsoft',
  since: 1,
  attributes: { ...averagePool.attributes, channels_last: attribute.int(0) },
  infer(inputs, given, context) {
    channelsFirst(given.channels_last);
    return averagePool.infer(inputs, given, context);
  },
  reference([input, xScale, xZero, yScale, yZero], given) {
    const x = input as Tensor;
    const [mean] = averagePool.reference([centredOnHost(x, xZero)], given, 1);
    return [requantizedOnHost(mean as Tensor, [xScale, yScale, yZero], x.dtype)];
  },
  lower({ g, inputs: [x = '', xScale = '', xZero = '', yScale = '', yZero = ''], types, attributes: { channels_last, ...given } }) {
    const attributes = Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    );
    const mean = g.add('AveragePool', [addCentred(g, x, xZero)], attributes);
    return [addRequantized(g, mean, [xScale, yScale, yZero], (types[0] as ValueType).dtype)];
  },
};

/** Concatenation of tensors quantised differently. Inputs: y_scale, y_zero_point, then X, x_scale, x_zero_point of each. */
export const qLinearConcat: Op<{ axis: number }> = {
  type: 'QLinearConcat',
  domain: 'com.microsoft',
  since: 1,
  attributes: { axis: attribute.int() },
  infer(inputs, { axis }) {
    const parts = inputs.filter((_, index) => index % 3 === 2).map((part) => required(part, 'X'));
    const [first] = parts as [ValueType];
    const own = normalizeAxis(axis, first.shape.length);
    const total = parts.map((part) => part.shape[own] as Dim).reduce(addDims);
    return [{ dtype: required(inputs[1], 'y_zero_point').dtype, shape: first.shape.with(own, total) }];
  },
  reference(inputs, attributes) {
    const [yScale, yZero] = inputs;
    const [type] = this.infer(inputs, attributes, { constant: () => undefined, outputs: 1 }) as [ValueType];
    const shape = type.shape as readonly number[];
    const own = normalizeAxis(attributes.axis, shape.length);
    const inner = sizeOf(shape.slice(own + 1));
    const parts = inputs.flatMap((part, index) => {
      if (index % 3 !== 2) return [];
      const x = part as Tensor;
      return [requantizedOnHost(centredOnHost(x, inputs[index + 2]), [inputs[index + 1], yScale, yZero], type.dtype)];
    });
    const values: number[] = [];
    for (let outer = 0; outer < sizeOf(shape.slice(0, own)); outer++) {
      for (const part of parts) {
        const width = (part.shape[own] as number) * inner;
        for (let i = 0; i < width; i++) values.push(part.at(outer * width + i));
      }
    }
    return [Tensor.from(values, shape, type.dtype)];
  },
  lower({ g, inputs, types, attributes: { axis } }) {
    const [yScale = '', yZero = ''] = inputs;
    const { dtype } = types[1] as ValueType;
    const parts = inputs.flatMap((part, index) => {
      if (index % 3 !== 2) return [];
      return [addRequantized(g, addCentred(g, part, inputs[index + 2] ?? ''), [inputs[index + 1] as string, yScale, yZero], dtype)];
    });
    return [g.add('Concat', parts, { axis })];
  },
};

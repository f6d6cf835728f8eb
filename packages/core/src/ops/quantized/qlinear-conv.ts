import type { GraphBuilder } from '../../ir/builder.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import type { DType } from '../../tensor/dtype.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { convOnHost } from '../conv/conv.ref.ts';
import type { ConvAttributes } from '../conv/conv.ts';
import { outputDims, padsOf, planar, windowAttributes, windowOf } from '../conv/window.ts';
import { boundShape, required } from '../dims.ts';
import { ExpressionBuilder } from '../elementwise/build.ts';
import type { Expression } from '../elementwise/expression.ts';
import type { Op } from '../op.ts';
import { addIntegerProduct } from './add-product.ts';
import type { IntegerProductAttributes } from './integer-product.ts';
import { applyQuantize, parameterAt, quantizeOnHost } from './requantize.ts';

const attributes = { ...windowAttributes, group: attribute.int(1) };

/** Shape of a convolution of x [N, C, k…] with w [M, C/group, k…]. */
function shapeFor(x: ValueType, w: ValueType, given: ConvAttributes): readonly Dim[] {
  const window = windowOf(given, w.shape.slice(2) as readonly number[], x.shape.length - 2);
  return [x.shape[0] as Dim, w.shape[0] as Dim, ...outputDims(given, window, x.shape.slice(2))];
}

/** Sums Σ (x − xZero)(w − wZero) on the host. */
function sumsOnHost(
  x: Tensor,
  w: Tensor,
  xZero: number,
  wZero: (row: number) => number,
  given: ConvAttributes,
): { sums: Float64Array; shape: readonly number[] } {
  const shape = shapeFor(x, w, given) as readonly number[];
  const own = windowOf(given, w.shape.slice(2), x.shape.length - 2);
  const { window, pads } = planar(own, padsOf(given, own, x.shape.slice(2)));
  const picture = (full: readonly number[]) => (full.length === 4 ? full : [full[0] as number, full[1] as number, 1, full[2] as number]);
  const perRow = w.size / (w.shape[0] as number);
  const centred = Tensor.from(
    Float64Array.from(x.toNumbers(), (value) => value - xZero),
    picture(x.shape),
  );
  const weights = Tensor.from(
    Float64Array.from(w.toNumbers(), (value, offset) => value - wZero(Math.floor(offset / perRow))),
    picture(w.shape),
  );
  return { sums: convOnHost(centred, weights, picture(shape), { ...window, pads, group: given.group }), shape };
}

interface Operands {
  readonly x: string;
  readonly w: string;
  readonly xZero: string;
  readonly wZero: string;
}

/** Emits the integer convolution with an expression over int32 sums and operands that broadcast to [N, M, …]. */
function lowerConv(
  g: GraphBuilder,
  { x, w, xZero, wZero }: Operands,
  given: ConvAttributes,
  dtype: DType,
  expression: Expression,
  operands: readonly string[],
): string {
  const [xType, wType] = [g.typeOf(x), g.typeOf(w)];
  const xShape = boundShape(xType);
  const wShape = boundShape(wType);
  const shape = shapeFor(xType, wType, given) as readonly number[];
  const own = windowOf(given, wShape.slice(2), xShape.length - 2);
  const { window, pads } = planar(own, padsOf(given, own, xShape.slice(2)));
  const [height, width] = xShape.length === 4 ? xShape.slice(2) : [1, xShape[2]];
  const [outHeight, outWidth] = shape.length === 4 ? shape.slice(2) : [1, shape[2]];
  const plane = (height as number) * (width as number);
  const positions = (outHeight as number) * (outWidth as number);
  const [channels, taps] = [wShape[1] as number, sizeOf(wShape.slice(2))];
  const rows = (wShape[0] as number) / given.group;
  const form: Omit<IntegerProductAttributes, 'packed' | 'xZero' | 'dtype' | 'expression'> = {
    batch: xShape[0] as number,
    group: given.group,
    rows,
    channels,
    kernel: window.kernel as readonly [number, number],
    strides: window.strides,
    dilations: window.dilations,
    pads: pads.slice(0, 2),
    input: [height as number, width as number],
    output: [outHeight as number, outWidth as number],
    xSteps: [(xShape[1] as number) * plane, channels * plane, plane, width as number],
    outSteps: [(wShape[0] as number) * positions, rows * positions, positions, 1],
    wSteps: [rows * channels * taps, channels * taps, taps, 1],
    shape,
  };
  return addIntegerProduct(g, { x, w, xZero, wZero }, form, dtype, expression, operands);
}

/** int32 sums of a convolution of 8-bit integers. Inputs: x, w, x_zero_point, w_zero_point (a scalar or one an output channel). */
export const convInteger: Op<ConvAttributes> = {
  type: 'ConvInteger',
  since: 10,
  attributes,
  infer: ([x, w], given) => [{ dtype: 'int32', shape: shapeFor(required(x, 'x'), required(w, 'w'), given) }],
  reference([x, w, xZero, wZero], given) {
    const { sums, shape } = sumsOnHost(x as Tensor, w as Tensor, parameterAt(xZero, 0, 0), (row) => parameterAt(wZero, row, 0), given);
    return [Tensor.from(Int32Array.from(sums), shape)];
  },
  lower: ({ g, inputs: [x = '', w = '', xZero = '', wZero = ''], attributes: given }) => [
    lowerConv(g, { x, w, xZero, wZero }, given, 'int32', [], []),
  ],
};

/**
 * Convolution of 8-bit integers to 8-bit integers: y = saturate(round((Σ (x − xz)(w − wz) + B) · xs · ws / ys) + yz).
 * Inputs: x, x_scale, x_zero_point, w, w_scale, w_zero_point (a scalar or one an output channel), y_scale, y_zero_point, B int32 [M].
 */
export const qLinearConv: Op<ConvAttributes> = {
  type: 'QLinearConv',
  since: 10,
  attributes,
  infer: ([x, , , w, , , , yZero], given) => [
    { dtype: required(yZero, 'y_zero_point').dtype, shape: shapeFor(required(x, 'x'), required(w, 'w'), given) },
  ],
  reference([x, xScale, xZero, w, wScale, wZero, yScale, yZero, bias], given) {
    const weights = w as Tensor;
    const { sums, shape } = sumsOnHost(x as Tensor, weights, parameterAt(xZero, 0, 0), (row) => parameterAt(wZero, row, 0), given);
    const inner = sizeOf(shape.slice(2));
    const { dtype } = yZero as Tensor;
    const values = Array.from(sums, (sum, offset) => {
      const row = Math.floor(offset / inner) % (weights.shape[0] as number);
      const product = Math.fround(parameterAt(xScale, 0, 1) * parameterAt(wScale, row, 1));
      const scale = Math.fround(product / parameterAt(yScale, 0, 1));
      return quantizeOnHost(Math.fround(Math.fround(sum + parameterAt(bias, row, 0)) * scale), parameterAt(yZero, 0, 0), dtype);
    });
    return [Tensor.from(values, shape, dtype)];
  },
  lower({ g, inputs, types, attributes: given }) {
    const [x = '', xScale = '', xZero = '', w = '', wScale = '', wZero = '', yScale = '', yZero = '', bias = ''] = inputs;
    const after = boundShape(types[0]).length - 2;
    const scale = g.add('Div', [g.add('Mul', [xScale, wScale]), yScale]);
    const operands = [perChannel(g, scale, after), perChannel(g, yZero, after), ...(bias === '' ? [] : [perChannel(g, bias, after)])];
    const { dtype } = types[7] as ValueType;
    const e = new ExpressionBuilder(['int32', ...operands.map((name) => g.typeOf(name).dtype)]);
    const sum = bias === '' ? 0 : e.apply('Add', [0, 3]);
    const value = e.apply('Mul', [e.cast(sum, 'float32'), 1]);
    const expression = e.build(applyQuantize(e, value, 2, dtype));
    return [lowerConv(g, { x, w, xZero, wZero }, given, dtype, expression, operands)];
  },
};

/** One value a channel as [M, 1, …]; a single value as a scalar. */
function perChannel(g: GraphBuilder, name: string, after: number): string {
  const [length = 1] = boundShape(g.typeOf(name));
  const target = length === 1 ? [] : [length, ...new Array<number>(after).fill(1)];
  return g.add('Reshape', [name, g.constant(Tensor.from(target, [target.length], 'int64'), g.fresh('shape'))]);
}

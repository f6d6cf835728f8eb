import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { formatType, type ValueType } from '../../ir/graph.ts';
import type { DType } from '../../tensor/dtype.ts';
import { broadcastShapes, broadcastStrides, sameShape, sizeOf, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { ExpressionBuilder } from '../elementwise/build.ts';
import type { Expression } from '../elementwise/expression.ts';
import { productShape } from '../matmul/shape.ts';
import { int64s } from '../movement/host.ts';
import type { Op } from '../op.ts';
import { addIntegerProduct, type ProductInputs } from './add-product.ts';
import { addDynamicQuantize, dynamicParameters, floatInput } from './quantize-linear.ts';
import { applyQuantize, parameterAt, quantizeOnHost } from './requantize.ts';

interface Transposes {
  readonly transA: boolean;
  readonly transB: boolean;
}

const plain: Transposes = { transA: false, transB: false };

function productType(a: ValueType | undefined, b: ValueType | undefined, dtype: DType, { transA, transB }: Transposes = plain): ValueType {
  const [left, right] = [required(a, 'A'), required(b, 'B')];
  if (left.shape.length < 2 || right.shape.length < 2) {
    throw new EngineError('unsupported', 'a product with a vector of integers', { got: `${formatType(left)} and ${formatType(right)}` });
  }
  const { batch, m, n } = productShape(left.shape, right.shape, transA, transB);
  return { dtype, shape: [...batch, m, n] };
}

/** Sums Σ (a − aZero)(b − bZero) on the host, in the order of the output. */
function sumsOnHost(
  a: Tensor,
  b: Tensor,
  aZero: number,
  bZero: (column: number) => number,
  transposes: Transposes = plain,
): { sums: number[]; shape: readonly number[] } {
  const shape = productType(a, b, 'int32', transposes).shape as readonly number[];
  const { transA, transB } = transposes;
  const [m = 1, k = 1] = transA ? a.shape.slice(-2).reverse() : a.shape.slice(-2);
  const n = shape.at(-1) as number;
  const batch = shape.slice(0, -2);
  const [aSteps, bSteps] = [a, b].map((tensor) => broadcastStrides(tensor.shape.slice(0, -2), batch)) as [number[], number[]];
  const batchStrides = stridesOf(batch);
  const matrix = (index: number, steps: readonly number[], size: number) =>
    batchStrides.reduce(
      (offset, stride, axis) => offset + (Math.floor(index / stride) % (batch[axis] as number)) * (steps[axis] as number),
      0,
    ) * size;
  const sums = Array.from({ length: sizeOf(shape) }, (_, offset) => {
    const [index, row, column] = [Math.floor(offset / (m * n)), Math.floor(offset / n) % m, offset % n];
    const [aAt, bAt] = [matrix(index, aSteps, m * k), matrix(index, bSteps, k * n)];
    const zero = bZero(column);
    let sum = 0;
    for (let i = 0; i < k; i++) {
      sum += (a.at(aAt + (transA ? i * m + row : row * k + i)) - aZero) * (b.at(bAt + (transB ? column * k + i : i * n + column)) - zero);
    }
    return sum;
  });
  return { sums, shape };
}

/** Emits the integer product A × B with an expression over the sums and operands that broadcast to the output. */
function lowerProduct(
  g: GraphBuilder,
  { x: a, w: b, xZero, wZero }: ProductInputs,
  dtype: DType,
  expression: Expression,
  operands: readonly string[],
  transposes: Transposes = plain,
): string {
  const { transA, transB } = transposes;
  if (xZero !== '' && sizeOf(boundShape(g.typeOf(xZero))) !== 1) {
    throw new EngineError('unsupported', 'a zero point for each row of A', { hint: "Use the 'wasm' engine for this model." });
  }
  const shape = productType(g.typeOf(a), g.typeOf(b), dtype, transposes).shape as readonly number[];
  const [m = 1, n = 1] = shape.slice(-2);
  const batch = shape.slice(0, -2);
  const bShape = boundShape(g.typeOf(b));
  const k = bShape.at(transB ? -1 : -2) as number;
  const shared = sizeOf(bShape.slice(0, -2)) === 1 && !transA;
  const positions = shared ? sizeOf(batch) * m : m;
  const form = {
    batch: 1,
    group: shared ? 1 : sizeOf(batch),
    rows: n,
    channels: k,
    kernel: [1, 1] as const,
    strides: [1, 1],
    dilations: [1, 1],
    pads: [0, 0],
    input: [positions, 1] as const,
    output: [positions, 1] as const,
    xSteps: transA ? ([0, m * k, m, 1] as const) : ([0, shared ? 0 : m * k, 1, k] as const),
    outSteps: [0, m * n, 1, n] as const,
    wSteps: transB ? [k * n, k, 1, 0] : [k * n, 1, n, 0],
    shape,
  };
  const [x, w] = shared ? [a, b] : [a, b].map((name) => expandBatch(g, name, batch));
  return addIntegerProduct(g, { x: x as string, w: w as string, xZero, wZero }, form, dtype, expression, operands);
}

function expandBatch(g: GraphBuilder, name: string, batch: readonly number[]): string {
  const shape = boundShape(g.typeOf(name));
  if (sameShape(shape.slice(0, -2), batch)) return name;
  return g.add('Expand', [name, g.constant(int64s([...batch, ...shape.slice(-2)]), g.fresh('shape'))]);
}

/** int32 product of 8-bit integers. Inputs: A, B, a_zero_point, b_zero_point (a scalar or one a column). */
export const matMulInteger: Op = {
  type: 'MatMulInteger',
  since: 10,
  attributes: {},
  infer: ([a, b]) => [productType(a, b, 'int32')],
  reference([a, b, aZero, bZero]) {
    const { sums, shape } = sumsOnHost(a as Tensor, b as Tensor, parameterAt(aZero, 0, 0), (column) => parameterAt(bZero, column, 0));
    return [Tensor.from(Int32Array.from(sums), shape)];
  },
  lower: ({ g, inputs: [x = '', w = '', xZero = '', wZero = ''] }) => [lowerProduct(g, { x, w, xZero, wZero }, 'int32', [], [])],
};

/**
 * Product of 8-bit integers to 8-bit integers. Inputs: a, a_scale, a_zero_point, b, b_scale, b_zero_point (scalars or one a column),
 * y_scale, y_zero_point.
 */
export const qLinearMatMul: Op = {
  type: 'QLinearMatMul',
  since: 10,
  attributes: {},
  infer: ([a, , , b, , , , yZero]) => [productType(a, b, required(yZero, 'y_zero_point').dtype)],
  reference([a, aScale, aZero, b, bScale, bZero, yScale, yZero]) {
    const { sums, shape } = sumsOnHost(a as Tensor, b as Tensor, parameterAt(aZero, 0, 0), (column) => parameterAt(bZero, column, 0));
    return [
      requantizedOnHost(sums, shape, yZero as Tensor, (column) =>
        Math.fround(Math.fround(parameterAt(aScale, 0, 1) * parameterAt(bScale, column, 1)) / parameterAt(yScale, 0, 1)),
      ),
    ];
  },
  lower({ g, inputs, types }) {
    const [x = '', aScale = '', xZero = '', w = '', bScale = '', wZero = '', yScale = '', yZero = ''] = inputs;
    const scale = g.add('Div', [g.add('Mul', [aScale, bScale]), yScale]);
    const { dtype } = types[7] as ValueType;
    const e = new ExpressionBuilder(['int32', 'float32', dtype]);
    const expression = e.build(applyQuantize(e, e.apply('Mul', [e.cast(0, 'float32'), 1]), 2, dtype));
    return [lowerProduct(g, { x, w, xZero, wZero }, dtype, expression, [scale, yZero])];
  },
};

function requantizedOnHost(sums: readonly number[], shape: readonly number[], zero: Tensor, scale: (column: number) => number): Tensor {
  const n = shape.at(-1) as number;
  const values = sums.map((sum, offset) => quantizeOnHost(Math.fround(Math.fround(sum) * scale(offset % n)), zero.at(0), zero.dtype));
  return Tensor.from(values, shape, zero.dtype);
}

/** sums · scale + bias as float32, on the host. */
function dequantizedOnHost(
  sums: readonly number[],
  shape: readonly number[],
  scale: (column: number) => number,
  bias: Tensor | undefined,
): Tensor {
  const n = shape.at(-1) as number;
  const values = sums.map((sum, offset) => sum * scale(offset % n) + parameterAt(bias, offset % n, 0));
  return Tensor.from(values, shape, 'float32');
}

/** The expression float(sum) · scale (+ bias), operands in that order. */
function dequantizing(biased: boolean): Expression {
  const e = new ExpressionBuilder(['int32', 'float32', ...(biased ? (['float32'] as const) : [])]);
  const value = e.apply('Mul', [e.cast(0, 'float32'), 1]);
  return e.build(biased ? e.apply('Add', [value, 2]) : value);
}

/** com.microsoft MatMulIntegerToFloat. Inputs: A, B, a_scale, b_scale, a_zero_point, b_zero_point, bias [N]. Output float32. */
export const matMulIntegerToFloat: Op = {
  type: 'MatMulIntegerToFloat',
  domain: 'com.microsoft',
  since: 1,
  attributes: {},
  infer: ([a, b]) => [productType(a, b, 'float32')],
  reference([a, b, aScale, bScale, aZero, bZero, bias]) {
    const { sums, shape } = sumsOnHost(a as Tensor, b as Tensor, parameterAt(aZero, 0, 0), (column) => parameterAt(bZero, column, 0));
    return [dequantizedOnHost(sums, shape, (column) => parameterAt(aScale, 0, 1) * parameterAt(bScale, column, 1), bias)];
  },
  lower({ g, inputs: [x = '', w = '', aScale = '', bScale = '', xZero = '', wZero = '', bias = ''] }) {
    const operands = [g.add('Mul', [aScale, bScale]), ...(bias === '' ? [] : [bias])];
    return [lowerProduct(g, { x, w, xZero, wZero }, 'float32', dequantizing(bias !== ''), operands)];
  },
};

/** com.microsoft DynamicQuantizeMatMul: A float32 is quantised to uint8 by its range. Inputs: A, B, b_scale, b_zero_point, bias [N]. */
export const dynamicQuantizeMatMul: Op = {
  type: 'DynamicQuantizeMatMul',
  domain: 'com.microsoft',
  since: 1,
  attributes: {},
  infer: ([a, b]) => [productType(floatInput(a, 'A'), b, 'float32')],
  reference([input, b, bScale, bZero, bias]) {
    const a = input as Tensor;
    const values = a.toNumbers();
    const { scale, zero } = dynamicParameters(values);
    const quantized = Tensor.from(
      values.map((value) => quantizeOnHost(Math.fround(value / scale), zero, 'uint8')),
      a.shape,
      'uint8',
    );
    const { sums, shape } = sumsOnHost(quantized, b as Tensor, zero, (column) => parameterAt(bZero, column, 0));
    return [dequantizedOnHost(sums, shape, (column) => scale * parameterAt(bScale, column, 1), bias)];
  },
  lower({ g, inputs: [a = '', w = '', bScale = '', wZero = '', bias = ''] }) {
    const [x, scale, xZero] = addDynamicQuantize(g, a);
    const operands = [g.add('Mul', [scale, bScale]), ...(bias === '' ? [] : [bias])];
    return [lowerProduct(g, { x, w, xZero, wZero }, 'float32', dequantizing(bias !== ''), operands)];
  },
};

interface GemmAttributes {
  readonly transA: number;
  readonly transB: number;
  readonly alpha: number;
}

const transposesOf = ({ transA, transB }: GemmAttributes): Transposes => ({ transA: transA === 1, transB: transB === 1 });

/**
 * com.microsoft QGemm: alpha · (A × B + C) of 8-bit integers. Inputs: A, a_scale, a_zero_point, B, b_scale, b_zero_point, C int32,
 * y_scale, y_zero_point. Without y_scale the output is float32.
 */
export const qGemm: Op<GemmAttributes> = {
  type: 'QGemm',
  domain: 'com.microsoft',
  since: 1,
  attributes: { transA: attribute.int(0), transB: attribute.int(0), alpha: attribute.float(1) },
  infer: ([a, , , b, , , , yScale, yZero], given) => [
    productType(a, b, yScale ? required(yZero, 'y_zero_point').dtype : 'float32', transposesOf(given)),
  ],
  reference([a, aScale, aZero, b, bScale, bZero, c, yScale, yZero], given) {
    const { sums, shape } = sumsOnHost(
      a as Tensor,
      b as Tensor,
      parameterAt(aZero, 0, 0),
      (column) => parameterAt(bZero, column, 0),
      transposesOf(given),
    );
    const read = c ? readerOf(c, shape) : () => 0;
    const full = sums.map((sum, offset) => sum + read(offset));
    const scale = (column: number) => given.alpha * parameterAt(aScale, 0, 1) * parameterAt(bScale, column, 1);
    if (!yScale) return [dequantizedOnHost(full, shape, scale, undefined)];
    return [requantizedOnHost(full, shape, yZero as Tensor, (column) => Math.fround(scale(column) / yScale.at(0)))];
  },
  lower({ g, inputs, types, attributes }) {
    const [x = '', aScale = '', xZero = '', w = '', bScale = '', wZero = '', c = '', yScale = '', yZero = ''] = inputs;
    const alpha = g.constant(Tensor.scalar(attributes.alpha), g.fresh('alpha'));
    const product = g.add('Mul', [g.add('Mul', [aScale, bScale]), alpha]);
    const scale = yScale === '' ? product : g.add('Div', [product, yScale]);
    const quantized = yScale !== '';
    const dtype: DType = quantized ? (types[8] as ValueType).dtype : 'float32';
    const operands = [scale, ...(quantized ? [yZero] : []), ...(c === '' ? [] : [c])];
    const e = new ExpressionBuilder(['int32', ...operands.map((name) => g.typeOf(name).dtype)]);
    const sum = c === '' ? 0 : e.apply('Add', [0, operands.length]);
    const value = e.apply('Mul', [e.cast(sum, 'float32'), 1]);
    const expression = e.build(quantized ? applyQuantize(e, value, 2, dtype) : value);
    return [lowerProduct(g, { x, w, xZero, wZero }, dtype, expression, operands, transposesOf(attributes))];
  },
};

function readerOf(tensor: Tensor, target: readonly number[]): (offset: number) => number {
  const strides = broadcastStrides(tensor.shape, broadcastShapes(tensor.shape, target));
  const own = stridesOf(target);
  return (offset) =>
    tensor.at(
      own.reduce((at, stride, axis) => at + (Math.floor(offset / stride) % (target[axis] as number)) * (strides[axis] as number), 0),
    );
}

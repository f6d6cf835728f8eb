import type { GraphBuilder } from '../../ir/builder.ts';
import type { ValueType } from '../../ir/graph.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { type AttributeSpec, attribute } from '../attribute.ts';
import { broadcastDims } from '../broadcast.ts';
import { required } from '../dims.ts';
import type { ExpressionBuilder } from '../elementwise/build.ts';
import { broadcastReader } from '../elementwise/evaluate.ts';
import { sigmoid } from '../elementwise/host.ts';
import type { Op } from '../op.ts';
import { addExpression, applyCentre, applyQuantize, parameterAt, quantizeOnHost } from './requantize.ts';

/** A function of two quantised tensors. Inputs: A, a_scale, a_zero_point, B, b_scale, b_zero_point, c_scale, c_zero_point; A and B broadcast. */
function binaryOp(
  type: string,
  host: (a: number, b: number) => number,
  /** The factors that the expression's slots from `factors` on hold, as nodes. */
  factors: (g: GraphBuilder, scales: readonly [string, string, string]) => readonly string[],
  device: (e: ExpressionBuilder, a: number, b: number, factors: readonly number[]) => number,
): Op {
  return {
    type,
    domain: 'com.microsoft',
    since: 1,
    attributes: {},
    infer([a, , , b]) {
      const [left, right] = [required(a, 'A'), required(b, 'B')];
      return [{ dtype: left.dtype, shape: broadcastDims(left.shape, right.shape) }];
    },
    reference([a, aScale, aZero, b, bScale, bZero, cScale, cZero]) {
      const [left, right] = [a as Tensor, b as Tensor];
      const shape = broadcastDims(left.shape, right.shape) as number[];
      const read = (tensor: Tensor, scale: Tensor | undefined, zero: Tensor | undefined) => {
        const at = broadcastReader(tensor, shape);
        return (offset: number) => (Number(at(offset)) - parameterAt(zero, 0, 0)) * parameterAt(scale, 0, 1);
      };
      const [x, y] = [read(left, aScale, aZero), read(right, bScale, bZero)];
      const size = shape.reduce((product, dim) => product * dim, 1);
      const values = Array.from({ length: size }, (_, offset) =>
        quantizeOnHost(host(x(offset), y(offset)) / parameterAt(cScale, 0, 1), parameterAt(cZero, 0, 0), left.dtype),
      );
      return [Tensor.from(values, shape, left.dtype)];
    },
    lower({ g, inputs, types }) {
      const [a = '', aScale = '', aZero = '', b = '', bScale = '', bZero = '', cScale = '', cZero = ''] = inputs;
      const { dtype } = types[0] as ValueType;
      const ratios = factors(g, [aScale, bScale, cScale]);
      const y = addExpression(g, [a, aZero, b, bZero, cZero, ...ratios], dtype, (e, [x = 0, xZero, z = 0, zZero, zero, ...slots]) => {
        const value = device(e, applyCentre(e, x, xZero), applyCentre(e, z, zZero), slots as number[]);
        return applyQuantize(e, value, zero, dtype);
      });
      return [y];
    },
  };
}

/** (a − az) · as/cs + (b − bz) · bs/cs */
export const qLinearAdd = binaryOp(
  'QLinearAdd',
  (a, b) => a + b,
  (g, [a, b, c]) => [g.add('Div', [a, c]), g.add('Div', [b, c])],
  (e, a, b, [left = 0, right = 0]) => e.apply('Add', [e.apply('Mul', [a, left]), e.apply('Mul', [b, right])]),
);

/** (a − az)(b − bz) · as·bs/cs */
export const qLinearMul = binaryOp(
  'QLinearMul',
  (a, b) => a * b,
  (g, [a, b, c]) => [g.add('Div', [g.add('Mul', [a, b]), c])],
  (e, a, b, [ratio = 0]) => e.apply('Mul', [e.apply('Mul', [a, b]), ratio]),
);

/** A function of one quantised tensor. Inputs: X, x_scale, x_zero_point, y_scale, y_zero_point. */
function unaryOp<A>(
  type: string,
  attributes: AttributeSpec<A>,
  host: (x: number, attributes: A) => number,
  device: (e: ExpressionBuilder, x: number, attributes: A) => number,
): Op<A> {
  return {
    type,
    domain: 'com.microsoft',
    since: 1,
    attributes,
    infer: ([x]) => [required(x, 'X')],
    reference([input, xScale, xZero, yScale, yZero], given) {
      const x = input as Tensor;
      const values = x
        .toNumbers()
        .map((value) =>
          quantizeOnHost(
            host((value - parameterAt(xZero, 0, 0)) * parameterAt(xScale, 0, 1), given) / parameterAt(yScale, 0, 1),
            parameterAt(yZero, 0, 0),
            x.dtype,
          ),
        );
      return [Tensor.from(values, x.shape, x.dtype)];
    },
    lower({ g, inputs: [x = '', xScale = '', xZero = '', yScale = '', yZero = ''], types, attributes: given }) {
      const { dtype } = types[0] as ValueType;
      const y = addExpression(g, [x, xScale, xZero, yScale, yZero], dtype, (e, [value = 0, step = 0, zero, out = 0, outZero]) => {
        const real = e.apply('Mul', [applyCentre(e, value, zero), step]);
        return applyQuantize(e, e.apply('Div', [device(e, real, given), out]), outZero, dtype);
      });
      return [y];
    },
  };
}

export const qLinearSigmoid = unaryOp('QLinearSigmoid', {}, sigmoid, (e, x) => e.apply('Sigmoid', [x]));

export const qLinearLeakyRelu = unaryOp<{ alpha: number }>(
  'QLinearLeakyRelu',
  { alpha: attribute.float(0.01) },
  (x, { alpha }) => (x < 0 ? alpha * x : x),
  (e, x, { alpha }) => e.apply('LeakyRelu', [x], [alpha]),
);

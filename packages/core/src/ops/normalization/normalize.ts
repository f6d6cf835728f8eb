import type { DType } from '../../tensor/dtype.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { broadcastDims } from '../broadcast.ts';
import { required } from '../dims.ts';
import { broadcastReader, evaluateExpression, tensorOf } from '../elementwise/evaluate.ts';
import type { Expression } from '../elementwise/expression.ts';
import type { BoundType, Op } from '../op.ts';
import { normalizeCandidates } from './normalize.wgsl.ts';

export interface NormalizeAttributes {
  /** First axis of a row: axes `axis`.. are normalised together. */
  readonly axis: number;
  /** 1 subtracts the mean and divides by the standard deviation; 0 divides by the root of the mean square. */
  readonly centred: number;
  /** Added to the variance (or mean square) before its root. */
  readonly epsilon: number;
  /** 1: input 1, of x's shape, is added to x first (a residual sum that nothing else reads). */
  readonly addend: number;
  /** Slot 0 is the normalised element (f32), slots 1.. are inputs 1.., which broadcast to x: scale, bias, activation. */
  readonly expression: Expression;
}

/**
 * Core op: `y = expression((x − mean) / √(variance + ε), operands…)` over rows of x (or of x + addend), statistics in f32 and in two passes.
 * Layer, RMS, instance and group normalisation lower to it: they differ in how x is shaped into rows and what the scale broadcasts over.
 */
export const normalize: Op<NormalizeAttributes> = {
  type: 'LayerNormalization',
  domain: 'headstart',
  since: 1,
  attributes: {
    axis: attribute.int(-1),
    centred: attribute.int(1),
    epsilon: attribute.float(1e-5),
    addend: attribute.int(0),
    expression: attribute.any<Expression>([]),
  },
  operandsFrom: 1,
  infer(inputs, { axis }) {
    const x = required(inputs[0], 'x');
    normalizeAxis(axis, x.shape.length);
    broadcastDims(...inputs.map((input) => required(input, 'operand').shape));
    return [x];
  },
  reference(inputs, { axis, centred, epsilon, addend, expression }) {
    const [x, ...operands] = inputs as readonly [Tensor, ...Tensor[]];
    const sum =
      addend === 1
        ? tensorOf(
            x.toNumbers().map((value, offset) => value + (operands[0] as Tensor).at(offset)),
            x.shape,
            'float64',
          )
        : x;
    const normalised = normalizeRows(sum, axis, centred === 1, epsilon).values;
    const readers = operands.map((operand) => broadcastReader(operand, x.shape));
    const values = normalised.map((value, offset) => evaluateExpression(expression, [value, ...readers.map((read) => read(offset))]));
    return [tensorOf(values, x.shape, x.dtype)];
  },
  kernels: (inputs, attributes, context) => normalizeCandidates(inputs as readonly BoundType[], attributes, context),
};

export interface NormalizedRows {
  readonly values: number[];
  /** One a row: the mean (0 when not centred) and 1 / √(variance + ε). */
  readonly means: number[];
  readonly inverses: number[];
}

/** The definition, in float64. Rows are the elements of axes `axis`.. of x. */
export function normalizeRows(x: Tensor, axis: number, centred: boolean, epsilon: number): NormalizedRows {
  const width = sizeOf(x.shape.slice(normalizeAxis(axis, x.shape.length)));
  const values = x.toNumbers();
  const means: number[] = [];
  const inverses: number[] = [];
  for (let start = 0; start < values.length; start += width) {
    const row = values.slice(start, start + width);
    const mean = centred ? row.reduce((sum, value) => sum + value, 0) / width : 0;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
    const inverse = 1 / Math.sqrt(variance + epsilon);
    for (let column = 0; column < width; column++) values[start + column] = ((row[column] as number) - mean) * inverse;
    means.push(mean);
    inverses.push(inverse);
  }
  return { values, means, inverses };
}

/** One number a row as a tensor: the shape of x with the axes of a row reduced to 1. */
export function statisticsOf(values: readonly number[], x: Tensor, axis: number, dtype: DType): Tensor {
  const first = normalizeAxis(axis, x.shape.length);
  return Tensor.from(
    values,
    x.shape.map((dim, own) => (own < first ? dim : 1)),
    dtype,
  );
}

import type { DType } from '../../tensor/dtype.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import { broadcastReader, evaluateExpression, tensorOf } from '../elementwise/evaluate.ts';
import type { Expression } from '../elementwise/expression.ts';
import type { BoundType, Op } from '../op.ts';
import { integerCandidates } from './integer-product.wgsl.ts';
import { unpackWeight } from './pack.ts';

/** How an operand of `IntegerProduct` is walked: element strides, and what the spatial loops run over. */
export interface IntegerProductAttributes {
  readonly batch: number;
  /** Groups have rows and input channels of their own. */
  readonly group: number;
  /** Output channels (columns of a matrix product) of one group. */
  readonly rows: number;
  /** Input channels (inner dimension) of one group. */
  readonly channels: number;
  readonly kernel: readonly [number, number];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** [top, left] */
  readonly pads: readonly number[];
  /** Input height and width. */
  readonly input: readonly [number, number];
  readonly output: readonly [number, number];
  /** Elements of x to step a picture, a group, a channel, a row of the picture; columns step 1. */
  readonly xSteps: readonly [number, number, number, number];
  /** Elements of the output to step a picture, a group, a row (channel), a position. */
  readonly outSteps: readonly [number, number, number, number];
  /** 1: constant weights packed by `packWeights`; 0: one element a word, at group, row, channel and tap steps `wSteps`. */
  readonly packed: number;
  readonly wSteps: readonly number[];
  /** Zero point of x where input 2 is absent. */
  readonly xZero: number;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Slot 0 is the int32 sum, slots 1.. are inputs 5.., which broadcast to the output. */
  readonly expression: Expression;
}

/** Inputs that are not operands of the expression: x, w, zero point of x, zero points of w [rows of all groups], row sums of packed w. */
const ownInputs = 5;

/**
 * Core op: exact int32 sums `Σ (x − xZero) · (w − wZero)` of a convolution or a matrix product over 8-bit integers, then an expression
 * (usually requantisation). A matrix product is a convolution of one tap whose positions are the rows of A.
 */
export const integerProduct: Op<IntegerProductAttributes> = {
  type: 'IntegerProduct',
  domain: 'headstart',
  since: 1,
  attributes: {
    batch: attribute.int(),
    group: attribute.int(1),
    rows: attribute.int(),
    channels: attribute.int(),
    kernel: attribute.any<readonly [number, number]>(),
    strides: attribute.ints(),
    dilations: attribute.ints(),
    pads: attribute.ints(),
    input: attribute.any<readonly [number, number]>(),
    output: attribute.any<readonly [number, number]>(),
    xSteps: attribute.any<readonly [number, number, number, number]>(),
    outSteps: attribute.any<readonly [number, number, number, number]>(),
    packed: attribute.int(),
    wSteps: attribute.ints([0, 0, 0, 0]),
    xZero: attribute.int(0),
    shape: attribute.ints(),
    dtype: attribute.any<DType>(),
    expression: attribute.any<Expression>([]),
  },
  operandsFrom: ownInputs,
  infer(inputs, { shape, dtype }) {
    required(inputs[0], 'x');
    required(inputs[1], 'w');
    return [{ dtype, shape }];
  },
  reference(inputs, attributes) {
    const { shape, dtype, expression } = attributes;
    const sums = integerSums(inputs, attributes);
    const readers = inputs.slice(ownInputs).map((operand) => broadcastReader(operand as Tensor, shape));
    const values = Array.from(sums, (sum, offset) => evaluateExpression(expression, [BigInt(sum), ...readers.map((read) => read(offset))]));
    return [tensorOf(values, shape, dtype)];
  },
  kernels: (inputs, attributes, context) => integerCandidates(inputs as readonly (BoundType | undefined)[], attributes, context),
};

/** The sums in the order of the output. */
function integerSums([x, w, xZeros, wZeros]: readonly (Tensor | undefined)[], attributes: IntegerProductAttributes): Int32Array {
  const { batch, group, rows, channels, kernel, strides, dilations, pads, input, output, xSteps, outSteps, packed, wSteps } = attributes;
  const [x0, w0] = [x as Tensor, w as Tensor];
  const xZero = xZeros ? xZeros.at(0) : attributes.xZero;
  const taps = sizeOf(kernel);
  const weight = (g: number, row: number, c: number, tap: number) => {
    if (packed === 1) return unpackWeight(w0, { taps, channels }, g * rows + row, c, tap);
    return w0.at(g * (wSteps[0] as number) + row * (wSteps[1] as number) + c * (wSteps[2] as number) + tap * (wSteps[3] as number));
  };
  const out = new Int32Array(sizeOf(attributes.shape));
  for (let n = 0; n < batch; n++) {
    for (let g = 0; g < group; g++) {
      for (let row = 0; row < rows; row++) {
        const wZero = wZeros ? wZeros.at(g * rows + row) : 0;
        for (let position = 0; position < sizeOf(output); position++) {
          const y0 = Math.floor(position / output[1]) * (strides[0] as number) - (pads[0] as number);
          const x1 = (position % output[1]) * (strides[1] as number) - (pads[1] as number);
          let sum = 0;
          for (let tap = 0; tap < taps; tap++) {
            const inY = y0 + Math.floor(tap / kernel[1]) * (dilations[0] as number);
            const inX = x1 + (tap % kernel[1]) * (dilations[1] as number);
            if (inY < 0 || inY >= input[0] || inX < 0 || inX >= input[1]) continue;
            for (let c = 0; c < channels; c++) {
              const at = n * xSteps[0] + g * xSteps[1] + c * xSteps[2] + inY * xSteps[3] + inX;
              sum += (x0.at(at) - xZero) * (weight(g, row, c, tap) - wZero);
            }
          }
          out[n * outSteps[0] + g * outSteps[1] + row * outSteps[2] + position * outSteps[3]] = sum;
        }
      }
    }
  }
  return out;
}

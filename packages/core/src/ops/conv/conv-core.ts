import { EngineError } from '../../errors.ts';
import { formatType } from '../../ir/graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import type { Expression } from '../elementwise/expression.ts';
import { roundTo } from '../matmul/matmul.ref.ts';
import { applyOnHost } from '../matmul/matmul-core.ts';
import { floatPair } from '../matmul/shape.ts';
import type { BoundType, Op } from '../op.ts';
import { convOnHost } from './conv.ref.ts';
import { convCandidates } from './conv.wgsl.ts';
import { extentOf, outputDim } from './window.ts';

export interface CoreConvAttributes {
  /** `[y, x]`. */
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** `[top, left, bottom, right]`. */
  readonly pads: readonly number[];
  readonly group: number;
  readonly expression: Expression;
}

/**
 * Core op: Y[N, M, H', W'] = expression(X[N, C, H, W] ∗ W[M, C/group, kH, kW], operands…), sums in f32.
 * One-dimensional convolutions are lowered to H = 1.
 */
export const coreConv: Op<CoreConvAttributes> = {
  type: 'Conv',
  domain: 'headstart',
  since: 1,
  attributes: {
    strides: attribute.ints([1, 1]),
    dilations: attribute.ints([1, 1]),
    pads: attribute.ints([0, 0, 0, 0]),
    group: attribute.int(1),
    expression: attribute.any<Expression>([]),
  },
  operandsFrom: 2,
  infer([first, second], { strides, dilations, pads, group }) {
    const [x, w] = floatPair(first, second);
    const [batch = 1, channels, height = 1, width = 1] = x.shape;
    const [rows = 1, own, kernelHeight, kernelWidth] = w.shape;
    const numbers = [rows, own, kernelHeight, kernelWidth].every((dim) => typeof dim === 'number');
    if (
      x.shape.length !== 4 ||
      w.shape.length !== 4 ||
      !numbers ||
      (typeof channels === 'number' && channels !== (own as number) * group)
    ) {
      throw new EngineError('invalid-argument', 'weights do not fit the input', {
        expected: `[M, channels / ${group}, kH, kW]`,
        got: `${formatType(w)} for ${formatType(x)}`,
      });
    }
    const window = { kernel: [kernelHeight as number, kernelWidth as number], strides, dilations };
    const dim = (size: typeof height, axis: number) =>
      outputDim(size, (pads[axis] as number) + (pads[axis + 2] as number), extentOf(window, axis), strides[axis] as number);
    return [{ dtype: x.dtype, shape: [batch, rows, dim(height, 0), dim(width, 1)] }];
  },
  reference([x, w, ...operands], attributes) {
    const input = x as Tensor;
    const weights = w as Tensor;
    const [type] = coreConv.infer([input, weights], attributes, { constant: () => undefined, outputs: 1 });
    const shape = type?.shape as readonly number[];
    const sums = convOnHost(input, weights, shape, attributes);
    return [roundTo(applyOnHost(attributes.expression, sums, shape, operands as readonly Tensor[]), shape, input.dtype)];
  },
  kernels: (inputs, attributes, context) => convCandidates(inputs as readonly BoundType[], attributes, context),
};

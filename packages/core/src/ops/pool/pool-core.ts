import { EngineError } from '../../errors.ts';
import type { DType } from '../../tensor/dtype.ts';
import { isFloat } from '../../tensor/dtype.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { extentOf, outputDim } from '../conv/window.ts';
import { required } from '../dims.ts';
import { broadcastReader, evaluateExpression, scalarAt, tensorOf } from '../elementwise/evaluate.ts';
import type { Expression } from '../elementwise/expression.ts';
import type { HostScalar } from '../elementwise/functions.ts';
import type { BoundType, Op } from '../op.ts';
import { poolCandidates } from './pool.wgsl.ts';

export interface CorePoolAttributes {
  readonly kind: 'max' | 'average';
  /** `[y, x]`. */
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** `[top, left, bottom, right]`. */
  readonly pads: readonly number[];
  /** `[bottom, right]`: what the last window of `ceil_mode` covers past the pads; no element of an average. */
  readonly extra: readonly number[];
  /** 1: padding counts as elements of an average. */
  readonly countIncludePad: number;
  readonly expression: Expression;
}

/** Core op: largest element or mean of each window of X[N, C, H, W], then an expression. Integers are compared as they are. */
export const corePool: Op<CorePoolAttributes> = {
  type: 'Pool',
  domain: 'headstart',
  since: 1,
  attributes: {
    kind: attribute.any<'max' | 'average'>(),
    kernel: attribute.ints(),
    strides: attribute.ints([1, 1]),
    dilations: attribute.ints([1, 1]),
    pads: attribute.ints([0, 0, 0, 0]),
    extra: attribute.ints([0, 0]),
    countIncludePad: attribute.int(0),
    expression: attribute.any<Expression>([]),
  },
  operandsFrom: 1,
  infer([input], { kernel, strides, dilations, pads, extra }) {
    const x = required(input, 'X');
    const [batch = 1, channels = 1, ...spatial] = x.shape;
    const dims = spatial.map((dim, axis) =>
      outputDim(
        dim,
        (pads[axis] as number) + (pads[axis + 2] as number) + (extra[axis] as number),
        extentOf({ kernel, strides, dilations }, axis),
        strides[axis] as number,
      ),
    );
    return [{ dtype: x.dtype, shape: [batch, channels, ...dims] }];
  },
  reference([input, ...operands], attributes) {
    const x = input as Tensor;
    const shape = corePool.infer([x], attributes, { constant: () => undefined, outputs: 1 })[0]?.shape as readonly number[];
    const readers = (operands as Tensor[]).map((operand) => broadcastReader(operand, shape));
    const values = poolOnHost(x, shape, attributes).map((value, offset) =>
      evaluateExpression(attributes.expression, [value, ...readers.map((read) => read(offset))]),
    );
    return [tensorOf(values, shape, x.dtype)];
  },
  kernels: (inputs, attributes, context) => poolCandidates(inputs as readonly BoundType[], attributes, context),
};

/** Each window's largest element or mean. */
export function poolOnHost(
  x: Tensor,
  shape: readonly number[],
  { kind, kernel, strides, dilations, pads, countIncludePad }: Omit<CorePoolAttributes, 'expression'>,
): HostScalar[] {
  if (kind === 'average' && !isFloat(x.dtype)) throw new EngineError('invalid-model', 'an average of integers', { got: x.dtype });
  const [, , height = 1, width = 1] = x.shape;
  const [batch = 1, channels = 1, outHeight = 1, outWidth = 1] = shape;
  const [kernelHeight = 1, kernelWidth = 1] = kernel;
  const [strideY = 1, strideX = 1] = strides;
  const [dilationY = 1, dilationX = 1] = dilations;
  const [top = 0, left = 0, bottom = 0, right = 0] = pads;
  const result: HostScalar[] = [];
  for (let plane = 0; plane < batch * channels; plane++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const inside: HostScalar[] = [];
        let padded = 0;
        for (let i = 0; i < kernelHeight; i++) {
          for (let j = 0; j < kernelWidth; j++) {
            const y = oy * strideY + i * dilationY - top;
            const column = ox * strideX + j * dilationX - left;
            if (y < height + bottom && column < width + right) padded++;
            if (y < 0 || y >= height || column < 0 || column >= width) continue;
            inside.push(scalarAt(x, (plane * height + y) * width + column));
          }
        }
        if (kind === 'average') {
          const sum = (inside as number[]).reduce((total, value) => total + value, 0);
          result.push(sum / (countIncludePad ? padded : Math.max(inside.length, 1)));
        } else result.push(inside.reduce((largest, value) => (value > largest || Number.isNaN(value) ? value : largest), lowest(x.dtype)));
      }
    }
  }
  return result;
}

export function lowest(dtype: DType): HostScalar {
  if (isFloat(dtype)) return -Infinity;
  return dtype.startsWith('u') ? 0n : -(2n ** 63n);
}

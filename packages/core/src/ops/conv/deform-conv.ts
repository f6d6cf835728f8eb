import { EngineError } from '../../errors.ts';
import { type Dim, formatType, isBound, type ValueType } from '../../ir/graph.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import { floatPair } from '../matmul/shape.ts';
import type { Op } from '../op.ts';
import { positionsOf } from './spatial.ts';
import { outputDims, padsOf, type Window, type WindowAttributes, windowAttributes, windowOf } from './window.ts';

interface DeformAttributes extends WindowAttributes {
  readonly group: number;
  readonly offset_group: number;
}

function deformWindow(x: ValueType, w: ValueType, given: DeformAttributes): Window {
  const kernel = w.shape.slice(2);
  if (x.shape.length !== 4 || w.shape.length !== 4 || !isBound(kernel)) {
    throw new EngineError('invalid-model', 'weights do not fit the input', {
      expected: 'two spatial axes',
      got: `${formatType(w)} for ${formatType(x)}`,
    });
  }
  return windowOf(given, kernel, 2);
}

/**
 * A convolution whose taps are moved by offsets [N, G·k·2, H', W'] (rows, then columns) and weighted by a mask [N, G·k, H', W'], sampled
 * bilinearly, zero outside (Zhu et al. 2018). A host step.
 */
export const deformConv: Op<DeformAttributes> = {
  type: 'DeformConv',
  since: 19,
  attributes: { ...windowAttributes, group: attribute.int(1), offset_group: attribute.int(1) },
  infer([first, second, offset], given) {
    const [x, w] = floatPair(first, second);
    required(offset, 'offset');
    const window = deformWindow(x, w, given);
    return [{ dtype: x.dtype, shape: [x.shape[0] as Dim, w.shape[0] as Dim, ...outputDims(given, window, x.shape.slice(2))] }];
  },
  reference([input, weights, offsets, bias, mask], given) {
    const [x, w, moved] = [input as Tensor, weights as Tensor, offsets as Tensor];
    const window = deformWindow(x, w, given);
    const { kernel, strides, dilations } = window;
    const [channels = 1, height = 1, width = 1] = x.shape.slice(1);
    const [rows = 1, own = 1] = w.shape;
    const pads = padsOf(given, window, [height, width]);
    const shape = [x.shape[0] as number, rows, ...(outputDims(given, window, [height, width]) as readonly number[])];
    const [outHeight = 1, outWidth = 1] = shape.slice(2);
    const taps = positionsOf(kernel);
    const sample = (plane: number, y: number, z: number) => {
      const [top, left] = [Math.floor(y), Math.floor(z)];
      let sum = 0;
      for (const [i, j] of [
        [top, left],
        [top, left + 1],
        [top + 1, left],
        [top + 1, left + 1],
      ] as const) {
        if (i < 0 || i >= height || j < 0 || j >= width) continue;
        sum += (1 - Math.abs(y - i)) * (1 - Math.abs(z - j)) * x.at((plane * height + i) * width + j);
      }
      return sum;
    };
    const values = positionsOf(shape).map(([n = 0, m = 0, row = 0, column = 0]) => {
      const place = row * outWidth + column;
      let sum = bias?.at(m) ?? 0;
      for (let c = 0; c < own; c++) {
        const channel = Math.floor(m / (rows / given.group)) * own + c;
        const group = Math.floor(channel / (channels / given.offset_group));
        taps.forEach(([i = 0, j = 0], tap) => {
          const entry = (n * given.offset_group + group) * taps.length + tap;
          const at = (part: number) => moved.at((entry * 2 + part) * outHeight * outWidth + place);
          const y = row * (strides[0] as number) + i * (dilations[0] as number) - (pads[0] as number) + at(0);
          const z = column * (strides[1] as number) + j * (dilations[1] as number) - (pads[1] as number) + at(1);
          const factor = mask?.at(entry * outHeight * outWidth + place) ?? 1;
          sum += factor * w.at((m * own + c) * sizeOf(kernel) + tap) * sample(n * channels + channel, y, z);
        });
      }
      return sum;
    });
    return [Tensor.from(values, shape, 'float64').cast(x.dtype)];
  },
};

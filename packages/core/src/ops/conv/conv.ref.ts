import { sizeOf, stridesOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { numbersOf } from '../matmul/matmul.ref.ts';
import type { CoreConvAttributes } from './conv-core.ts';
import { positionsOf } from './spatial.ts';
import type { Window } from './window.ts';

/** Y[n, m, y, x] = Σ_{c, i, j} X[n, c, y·s + i·d − p, …] · W[m, c, i, j], zero outside of X, summed in float64. */
export function convOnHost(
  input: Tensor,
  weights: Tensor,
  shape: readonly number[],
  { strides, dilations, pads, group }: Omit<CoreConvAttributes, 'expression'>,
): Float64Array {
  const [, channels = 1, height = 1, width = 1] = input.shape;
  const [rows = 1, own = 1, kernelHeight = 1, kernelWidth = 1] = weights.shape;
  const [batch = 1, , outHeight = 1, outWidth = 1] = shape;
  const [strideY = 1, strideX = 1] = strides;
  const [dilationY = 1, dilationX = 1] = dilations;
  const [top = 0, left = 0] = pads;
  const x = numbersOf(input);
  const w = numbersOf(weights);
  const out = new Float64Array(batch * rows * outHeight * outWidth);
  for (let n = 0, offset = 0; n < batch; n++) {
    for (let m = 0; m < rows; m++) {
      const firstChannel = Math.floor(m / (rows / group)) * own;
      for (let oy = 0; oy < outHeight; oy++) {
        for (let ox = 0; ox < outWidth; ox++, offset++) {
          let sum = 0;
          for (let c = 0; c < own; c++) {
            for (let i = 0; i < kernelHeight; i++) {
              const y = oy * strideY + i * dilationY - top;
              if (y < 0 || y >= height) continue;
              for (let j = 0; j < kernelWidth; j++) {
                const column = ox * strideX + j * dilationX - left;
                if (column < 0 || column >= width) continue;
                sum +=
                  (x[((n * channels + firstChannel + c) * height + y) * width + column] as number) *
                  (w[((m * own + c) * kernelHeight + i) * kernelWidth + j] as number);
              }
            }
          }
          out[offset] = sum;
        }
      }
    }
  }
  return out;
}

/** The same over any number of spatial axes. Pads are `[begin…, end…]`. */
export function convOverAxes(
  x: Tensor,
  w: Tensor,
  shape: readonly number[],
  { kernel, strides, dilations, pads, group }: Window & { readonly pads: readonly number[]; readonly group: number },
): Float64Array {
  const [, , ...spatial] = x.shape;
  const [, outputs = 1] = shape;
  const [, own = 1] = w.shape;
  const inner = sizeOf(spatial);
  const size = sizeOf(kernel);
  const taps = positionsOf(kernel);
  const places = stridesOf(spatial);
  return Float64Array.from(positionsOf(shape), ([sample = 0, row = 0, ...position]) => {
    let sum = 0;
    for (let channel = 0; channel < own; channel++) {
      const from = (sample * (x.shape[1] as number) + Math.floor(row / (outputs / group)) * own + channel) * inner;
      taps.forEach((tap, index) => {
        let offset = from;
        for (let axis = 0; axis < spatial.length; axis++) {
          const at =
            (position[axis] as number) * (strides[axis] as number) +
            (tap[axis] as number) * (dilations[axis] as number) -
            (pads[axis] as number);
          if (at < 0 || at >= (spatial[axis] as number)) return;
          offset += at * (places[axis] as number);
        }
        sum += x.at(offset) * w.at((row * own + channel) * size + index);
      });
    }
    return sum;
  });
}

import type { Tensor } from '../../tensor/tensor.ts';
import { numbersOf } from '../matmul/matmul.ref.ts';
import type { CoreConvAttributes } from './conv-core.ts';

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

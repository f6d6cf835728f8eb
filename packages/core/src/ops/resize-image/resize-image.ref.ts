import { Tensor } from '../../tensor/tensor.ts';
import { precisionBits } from './coefficients.ts';
import type { ResizeImageAttributes } from './resize-image.ts';

/** The definition of headstart.ResizeImage, in the integer arithmetic of Pillow's Resample.c. */
export function resizeImageReference(
  inputs: readonly (Tensor | undefined)[],
  { height, width, bgr, scale, mean, std, fill }: ResizeImageAttributes,
): Tensor {
  const [pixels, geometry, columns, rows] = inputs.map((tensor) => tensor?.data as Int32Array) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const [sourceWidth = 0, firstRow = 0, rowCount = 0] = geometry;
  const between = new Uint8Array(rowCount * width * 3);
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < width; column++) {
      const [start, taps, weights] = tableEntry(columns, column);
      const base = (row + firstRow) * sourceWidth + start;
      for (let channel = 0; channel < 3; channel++) {
        let sum = 2 ** (precisionBits - 1);
        for (let tap = 0; tap < taps; tap++) {
          sum += (((pixels[base + tap] as number) >>> (8 * channel)) & 255) * (columns[weights + tap] as number);
        }
        between[(row * width + column) * 3 + channel] = toByte(sum);
      }
    }
  }
  const out = new Float32Array(3 * height * width);
  for (let row = 0; row < height; row++) {
    const [start, taps, weights] = tableEntry(rows, row);
    for (let column = 0; column < width; column++) {
      const padding = taps === 0 || tableEntry(columns, column)[1] === 0;
      for (let channel = 0; channel < 3; channel++) {
        const source = bgr ? 2 - channel : channel;
        let byte = fill[source] as number;
        if (!padding) {
          let sum = 2 ** (precisionBits - 1);
          for (let tap = 0; tap < taps; tap++) {
            sum += (between[((start + tap) * width + column) * 3 + source] as number) * (rows[weights + tap] as number);
          }
          byte = toByte(sum);
        }
        out[(channel * height + row) * width + column] = (byte * scale - (mean[channel] as number)) / (std[channel] as number);
      }
    }
  }
  return Tensor.from(out, [1, 3, height, width]);
}

function tableEntry(table: Int32Array, position: number): [start: number, taps: number, weights: number] {
  return [table[3 * position] as number, table[3 * position + 1] as number, table[3 * position + 2] as number];
}

function toByte(sum: number): number {
  return Math.min(255, Math.max(0, sum >> precisionBits));
}

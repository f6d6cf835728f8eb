import type { Picture } from '@headstart/core';
import type { PreviewPicture } from './protocol.ts';

/** Pixels that the longer side of a preview has at most: more than any terminal shows. */
const most = 160;

export function previewPicture({ width, height, data }: Picture): PreviewPicture {
  const scale = Math.min(1, most / Math.max(width, height));
  const [columns, rows] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  return { width: columns, height: rows, data: resample({ width, height, data }, columns, rows), size: `${width} × ${height}` };
}

/** Means over areas, where it gets smaller; the nearest pixel, where it does not. @returns uint8[rows, columns, 3] */
export function resample(
  { width, height, data }: { readonly width: number; readonly height: number; readonly data: Uint8Array },
  columns: number,
  rows: number,
): Uint8Array {
  const out = new Uint8Array(columns * rows * 3);
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = span(row, rows, height);
    for (let column = 0; column < columns; column++) {
      const [left, right] = span(column, columns, width);
      const sum = [0, 0, 0];
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          for (let channel = 0; channel < 3; channel++) sum[channel] = (sum[channel] ?? 0) + (data[(y * width + x) * 3 + channel] ?? 0);
        }
      }
      const count = (bottom - top) * (right - left);
      for (let channel = 0; channel < 3; channel++) out[(row * columns + column) * 3 + channel] = Math.round((sum[channel] ?? 0) / count);
    }
  }
  return out;
}

/** Pixels [from, to) that fall on one of `cells` cells, at least one. */
function span(index: number, cells: number, pixels: number): readonly [number, number] {
  const from = Math.min(pixels - 1, Math.floor((index * pixels) / cells));
  return [from, Math.max(from + 1, Math.floor(((index + 1) * pixels) / cells))];
}

import type { Sample } from '@headstart/core';

type Picture = NonNullable<Sample['picture']>;

/**
 * Pictures side by side in a terminal of 24-bit colours: each character is two pixels, one above the other (▀ with a foreground
 * and a background).
 * @param columns characters a picture
 */
export function pictureLines(pictures: readonly Picture[], columns: number): string[] {
  const rows = Math.ceil(columns / 2);
  return Array.from({ length: rows }, (_, row) =>
    pictures
      .map((picture) => {
        const cells = Array.from({ length: columns }, (_unused, column) => {
          const top = pixel(picture, column / columns, (2 * row) / (2 * rows));
          const bottom = pixel(picture, column / columns, (2 * row + 1) / (2 * rows));
          return `\x1b[38;2;${top.join(';')};48;2;${bottom.join(';')}m▀`;
        });
        return `${cells.join('')}\x1b[0m`;
      })
      .join('  '),
  );
}

/** RGB at a place given in 0..1. */
function pixel({ width, height, data }: Picture, x: number, y: number): readonly number[] {
  const offset = (Math.min(height - 1, Math.floor(y * height)) * width + Math.min(width - 1, Math.floor(x * width))) * 3;
  return [...data.subarray(offset, offset + 3)];
}

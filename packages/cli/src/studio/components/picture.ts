import type { PreviewPicture } from '../worker/protocol.ts';
import { resample } from '../worker/shrink.ts';

const shades = [' ', '░', '▒', '▓', '█'];

/**
 * A picture as lines of text, as large as fits: two pixels a character, one above the other (▀ with a foreground and a background), or
 * shades of grey where colours may not be used.
 */
export function pictureText(picture: PreviewPicture, columns: number, rows: number, colours: boolean): string[] {
  const scale = Math.min(columns / picture.width, (2 * rows) / picture.height);
  const width = Math.max(1, Math.min(columns, Math.floor(picture.width * scale)));
  const height = Math.max(1, Math.min(rows, Math.round((picture.height * scale) / 2)));
  const pixels = resample(picture, width, 2 * height);
  const at = (x: number, y: number) => pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3);
  return Array.from({ length: height }, (_, row) => {
    let line = '';
    let last: readonly [string, string] = ['', ''];
    for (let column = 0; column < width; column++) {
      const [top, bottom] = [at(column, 2 * row), at(column, 2 * row + 1)];
      if (!colours) {
        const level = (luminance(top) + luminance(bottom)) / 2;
        line += shades[Math.min(shades.length - 1, Math.floor((level / 256) * shades.length))];
        continue;
      }
      const [front, back] = [`\x1b[38;2;${top.join(';')}m`, `\x1b[48;2;${bottom.join(';')}m`];
      line += `${front === last[0] ? '' : front}${back === last[1] ? '' : back}▀`;
      last = [front, back];
    }
    return colours ? `${line}\x1b[39m\x1b[49m` : line;
  });
}

/** Rec. 709, of sRGB values as they are. */
function luminance(rgb: Uint8Array): number {
  return 0.2126 * (rgb[0] ?? 0) + 0.7152 * (rgb[1] ?? 0) + 0.0722 * (rgb[2] ?? 0);
}

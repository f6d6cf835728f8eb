/** Dots of a braille character, by row and column: Unicode numbers the left column 1 2 3 7 and the right one 4 5 6 8. */
const dots = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/**
 * A curve in braille, two points wide and four high a character. Steps between neighbouring columns are joined.
 * @param values from left to right; more than fit are averaged, fewer are spread
 * @returns `rows` lines of `columns` characters
 */
export function brailleCurve(
  values: readonly number[],
  columns: number,
  rows: number,
  range: { readonly low: number; readonly high: number } = rangeOf(values),
): string[] {
  const [width, height] = [2 * columns, 4 * rows];
  const cells = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  const span = range.high - range.low || 1;
  const place = (value: number) => Math.round((1 - Math.max(0, Math.min(1, (value - range.low) / span))) * (height - 1));
  const points = spread(values, width).map(place);
  const set = (x: number, y: number) => {
    const line = cells[y >> 2];
    if (line) line[x >> 1] = (line[x >> 1] ?? 0) | (dots[y & 3]?.[x & 1] ?? 0);
  };
  points.forEach((y, x) => {
    const before = points[x - 1] ?? y;
    const [top, bottom] = before < y ? [before + 1, y] : before > y ? [y, before - 1] : [y, y];
    for (let each = top; each <= bottom; each++) set(x, each);
  });
  return cells.map((line) => String.fromCodePoint(...line.map((cell) => 0x2800 + cell)));
}

/**
 * An outline in braille: in each column of dots a line from the least to the greatest value, around the middle.
 * @param parts values in −1..1; those that share a column are joined
 */
export function brailleOutline(parts: readonly (readonly [low: number, high: number])[], columns: number, rows: number): string[] {
  const [width, height] = [2 * columns, 4 * rows];
  const cells = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  const most = Math.max(1e-6, ...parts.map(([low, high]) => Math.max(-low, high)));
  const place = (value: number) => Math.round(((1 - value / most) / 2) * (height - 1));
  for (let x = 0; x < width && parts.length > 0; x++) {
    const from = Math.floor((x * parts.length) / width);
    const part = parts.slice(from, Math.max(from + 1, Math.floor(((x + 1) * parts.length) / width)));
    const [top, bottom] = [place(Math.max(...part.map(([, high]) => high))), place(Math.min(...part.map(([low]) => low)))];
    for (let y = top; y <= bottom; y++) {
      const line = cells[y >> 2];
      if (line) line[x >> 1] = (line[x >> 1] ?? 0) | (dots[y & 3]?.[x & 1] ?? 0);
    }
  }
  return cells.map((line) => String.fromCodePoint(...line.map((cell) => 0x2800 + cell)));
}

export function rangeOf(values: readonly number[]): { readonly low: number; readonly high: number } {
  return values.length === 0 ? { low: 0, high: 1 } : { low: Math.min(...values), high: Math.max(...values) };
}

/** One value a column: means where there are more, straight lines between them where there are fewer. */
function spread(values: readonly number[], width: number): readonly number[] {
  const count = values.length;
  if (count === 0) return [];
  if (count === 1) return [values[0] as number];
  return Array.from({ length: width }, (_, x) => {
    if (count > width) {
      const from = Math.floor((x * count) / width);
      const part = values.slice(from, Math.max(from + 1, Math.floor(((x + 1) * count) / width)));
      return part.reduce((sum, each) => sum + each, 0) / part.length;
    }
    const at = (x * (count - 1)) / (width - 1);
    const left = Math.floor(at);
    const [a, b] = [values[left] as number, values[Math.min(count - 1, left + 1)] as number];
    return a + (b - a) * (at - left);
  });
}

import type { IBufferCell, Terminal } from '@xterm/headless';
import { encodePng } from '../src/studio/worker/png.ts';

/** Of one character, in SVG units. */
const cellWidth = 8;
const cellHeight = 17;
const margin = 12;

type Rgb = readonly [number, number, number];

/** The sixteen colours of the terminal, and the two it starts with. */
export interface Palette {
  readonly background: Rgb;
  readonly foreground: Rgb;
  readonly colours: readonly string[];
}

export const palettes: Readonly<Record<'dark' | 'light', Palette>> = {
  dark: {
    background: [22, 24, 29],
    foreground: [215, 218, 224],
    colours: '16181d e0616b 7fc37a d9b45b 6ea3e8 c386d9 55b8c0 c9ccd3 6b7280 f08a91 9fdb98 ecd089 93bdf3 d7abe9 85d4da ffffff'.split(' '),
  },
  light: {
    background: [252, 252, 250],
    foreground: [38, 42, 51],
    colours: '262a33 c2303c 2f7d32 8a5a00 2457b8 8a3ea8 0f7480 d9dbe0 7b8190 d9525d 4b9a4d a8751b 4a79d1 a661c2 2c929e ffffff'.split(' '),
  },
};

interface Cell {
  readonly text: string;
  readonly fore: string;
  readonly back: Rgb;
  readonly bold: boolean;
  readonly width: number;
}

/** The emulator's screen as an SVG: pictures and backgrounds as one small PNG under the text, lines and dots as shapes. */
export function svgOf(terminal: Terminal, palette: Palette, title: string): string {
  const { cols, rows } = terminal;
  const cells = Array.from({ length: rows }, (_, row) => rowOf(terminal, row, palette));
  const [width, height] = [cols * cellWidth + 2 * margin, rows * cellHeight + 2 * margin];
  const shapes = new Map<string, string[]>();
  const texts: string[] = [];
  cells.forEach((line, row) => {
    for (let column = 0; column < line.length; ) column = draw(line, row, column, shapes, texts);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="${css(palette.background)}"/>`,
    `<g transform="translate(${margin} ${margin})">`,
    `<image width="${cols * cellWidth}" height="${rows * cellHeight}" preserveAspectRatio="none" style="image-rendering:pixelated" href="data:image/png;base64,${layer(cells, palette).toString('base64')}"/>`,
    ...[...shapes].map(([attributes, paths]) => `<path ${attributes} d="${paths.join('')}"/>`),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" style="white-space:pre">`,
    ...texts,
    '</g></g></svg>',
    '',
  ].join('\n');
}

function rowOf(terminal: Terminal, row: number, palette: Palette): readonly Cell[] {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row);
  return Array.from({ length: terminal.cols }, (_, column) => {
    const cell = line?.getCell(column);
    if (!cell) return { text: ' ', fore: css(palette.foreground), back: palette.background, bold: false, width: 1 };
    let fore = colourOf(cell, 'fg', palette) ?? palette.foreground;
    let back = colourOf(cell, 'bg', palette) ?? palette.background;
    if (cell.isInverse()) [fore, back] = [back, fore];
    if (cell.isDim()) fore = mix(fore, back, 0.42);
    return { text: cell.getChars() || ' ', fore: css(fore), back, bold: cell.isBold() !== 0, width: cell.getWidth() };
  });
}

function colourOf(cell: IBufferCell, which: 'fg' | 'bg', palette: Palette): Rgb | undefined {
  const value = which === 'fg' ? cell.getFgColor() : cell.getBgColor();
  if (which === 'fg' ? cell.isFgRGB() : cell.isBgRGB()) return [value >> 16, (value >> 8) & 255, value & 255];
  if (!(which === 'fg' ? cell.isFgPalette() : cell.isBgPalette())) return undefined;
  const known = palette.colours[value];
  if (known) return rgbOf(known);
  if (value >= 232) return [8 + 10 * (value - 232), 8 + 10 * (value - 232), 8 + 10 * (value - 232)];
  const level = (index: number) => (index === 0 ? 0 : 55 + 40 * index);
  return [level(Math.floor((value - 16) / 36)), level(Math.floor((value - 16) / 6) % 6), level((value - 16) % 6)];
}

/** Draws what begins at a column, and returns the column after it. */
function draw(line: readonly Cell[], row: number, column: number, shapes: Map<string, string[]>, texts: string[]): number {
  const cell = line[column] as Cell;
  const [x, y] = [column * cellWidth, row * cellHeight];
  const add = (attributes: string, path: string) => {
    const paths = shapes.get(attributes);
    if (paths) paths.push(path);
    else shapes.set(attributes, [path]);
  };
  const shape = shapeOf(cell.text, x, y);
  if (shape) {
    const { path, stroke } = shape;
    if (path) add(stroke ? `fill="none" stroke="${cell.fore}"` : `fill="${cell.fore}"`, path);
    return column + 1;
  }
  if (cell.text === ' ') return column + 1;
  let end = column;
  let text = '';
  while (end < line.length) {
    const next = line[end] as Cell;
    if (next.fore !== cell.fore || next.bold !== cell.bold || (next.text !== ' ' && shapeOf(next.text, 0, 0))) break;
    // Wide gaps belong to no run: each run is stretched to its cells.
    if (next.text === ' ' && line[end + 1]?.text === ' ') break;
    text += next.text;
    end += Math.max(1, next.width);
  }
  if (end === column) return column + 1;
  const trimmed = text.trimEnd();
  if (trimmed !== '') {
    const length = (end - column - (text.length - trimmed.length)) * cellWidth;
    const weight = cell.bold ? ' font-weight="600"' : '';
    texts.push(
      `<text x="${x}" y="${y + 13}" textLength="${length}" lengthAdjust="spacingAndGlyphs" fill="${cell.fore}"${weight}>${escapeXml(trimmed)}</text>`,
    );
  }
  return end;
}

const partial = '▏▎▍▌▋▊▉';

/** Characters that are drawn rather than written, so that they meet; undefined for those that are written. */
function shapeOf(text: string, x: number, y: number): { readonly path: string; readonly stroke: boolean } | undefined {
  const [w, h] = [cellWidth, cellHeight];
  const [cx, cy] = [x + w / 2, y + h / 2];
  const code = text.codePointAt(0) ?? 0;
  if (text === '▀' || text === '█') return { path: '', stroke: false };
  const eighth = partial.indexOf(text) + 1;
  if (eighth > 0) return { path: `M${x} ${y}h${(w * eighth) / 8}v${h}h${-(w * eighth) / 8}z`, stroke: false };
  if (code >= 0x2800 && code <= 0x28ff) return { path: brailleDots(code - 0x2800, x, y), stroke: false };
  switch (text) {
    case '─':
      return { path: `M${x} ${cy}h${w}`, stroke: true };
    case '│':
      return { path: `M${cx} ${y}v${h}`, stroke: true };
    case '╭':
      return { path: `M${cx} ${y + h}V${cy + 4}q0 -4 4 -4H${x + w}`, stroke: true };
    case '╮':
      return { path: `M${cx} ${y + h}V${cy + 4}q0 -4 -4 -4H${x}`, stroke: true };
    case '╰':
      return { path: `M${cx} ${y}V${cy - 4}q0 4 4 4H${x + w}`, stroke: true };
    case '╯':
      return { path: `M${cx} ${y}V${cy - 4}q0 4 -4 4H${x}`, stroke: true };
    default:
      return undefined;
  }
}

function brailleDots(bits: number, x: number, y: number): string {
  const places = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
    [0, 3],
    [1, 3],
  ] as const;
  return places
    .map(([column, row], bit) => ((bits >> bit) & 1 ? `M${x + 0.8 + 4 * column} ${y + 0.9 + 4.25 * row}h2.4v2.4h-2.4z` : ''))
    .join('');
}

/** Backgrounds and half-blocks, one pixel wide and two high a cell. */
function layer(cells: readonly (readonly Cell[])[], palette: Palette): Buffer {
  const [width, height] = [cells[0]?.length ?? 0, 2 * cells.length];
  const pixels = new Uint8Array(3 * width * height);
  cells.forEach((line, row) => {
    line.forEach(({ text, fore, back }, column) => {
      for (const half of [0, 1]) {
        const front = text === '█' || (text === '▀' && half === 0);
        const colour = front ? rgbOf(fore) : (back ?? palette.background);
        pixels.set(colour, 3 * ((2 * row + half) * width + column));
      }
    });
  });
  return encodePng(width, height, pixels);
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const between = (from: number, to: number) => Math.round(from + (to - from) * share);
  return [between(a[0], b[0]), between(a[1], b[1]), between(a[2], b[2])];
}

function css(rgb: Rgb): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** @param colour six hexadecimal digits, with or without a # before them */
function rgbOf(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(-6), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`);
}

import type { Look } from '../model/state.ts';

/** Colours of the terminal's own palette, so that they suit it; undefined where none may be used. */
export interface Theme {
  readonly accent: string | undefined;
  readonly good: string | undefined;
  readonly warn: string | undefined;
  readonly bad: string | undefined;
  readonly look: Look;
}

export function themeOf(look: Look): Theme {
  if (!look.colours) return { accent: undefined, good: undefined, warn: undefined, bad: undefined, look };
  const dark = look.background === 'dark';
  return { accent: dark ? 'cyan' : 'blue', good: 'green', warn: dark ? 'yellow' : '#8a5a00', bad: 'red', look };
}

/** Red, green and blue, 0..255. */
export type Rgb = readonly [number, number, number];

const heat: Readonly<Record<Look['background'], Readonly<Record<'right' | 'wrong', readonly [Rgb, Rgb]>>>> = {
  dark: {
    right: [
      [16, 44, 36],
      [30, 150, 100],
    ],
    wrong: [
      [60, 26, 24],
      [205, 62, 48],
    ],
  },
  light: {
    right: [
      [222, 243, 232],
      [70, 175, 125],
    ],
    wrong: [
      [253, 228, 222],
      [226, 98, 80],
    ],
  },
};

/** Background of a cell of the confusion matrix; undefined without colours or for an empty cell. @param share of the row, 0..1 */
export function heatColour({ look }: Theme, kind: 'right' | 'wrong', share: number): string | undefined {
  if (!look.colours || share <= 0) return undefined;
  const [from, to] = heat[look.background][kind];
  // Small shares are what one looks for: the square root lifts them.
  return hex(from.map((channel, index) => Math.round(channel + ((to[index] ?? 0) - channel) * Math.sqrt(share))));
}

export function hex(rgb: readonly number[]): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

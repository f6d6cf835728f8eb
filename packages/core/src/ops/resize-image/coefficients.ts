import { EngineError } from '../../errors.ts';

/** Pillow's resampling filters. */
export type ResizeFilter = 'nearest' | 'box' | 'bilinear' | 'hamming' | 'bicubic' | 'lanczos';

/** Weights are integers in units of 2^-22, as Pillow's for 8-bit pictures (Resample.c, PRECISION_BITS). */
export const precisionBits = 22;

interface FilterShape {
  /** Half width at scale 1, in source pixels. */
  readonly support: number;
  weight(x: number): number;
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const shapes: Readonly<Record<Exclude<ResizeFilter, 'nearest'>, FilterShape>> = {
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  hamming: {
    support: 1,
    weight: (x) => (Math.abs(x) >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(Math.PI * x))),
  },
  // Keys' cubic with a = -1/2.
  bicubic: {
    support: 2,
    weight(x) {
      const a = -0.5;
      const t = Math.abs(x);
      if (t < 1) return ((a + 2) * t - (a + 3)) * t * t + 1;
      return t < 2 ? (((t - 5) * t + 8) * t - 4) * a : 0;
    },
  },
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** Which of the resized picture's positions along one axis are wanted: `length` of them from `first`; outside it lies padding. */
export interface AxisWindow {
  readonly source: number;
  readonly resized: number;
  readonly first: number;
  readonly length: number;
}

/** Weights of one axis: for window position i, `table[3i]` is the first source position, `[3i + 1]` the number of taps (0: padding), `[3i + 2]` where in the table their weights begin. */
export interface AxisTable {
  readonly table: Int32Array<ArrayBuffer>;
  /** Source positions that any weight touches: from `start` to before `end`. */
  readonly start: number;
  readonly end: number;
}

/**
 * The weights of Pillow's antialiased resize along one axis: the filter's support grows with the ratio when the picture shrinks.
 * Source: Pillow, src/libImaging/Resample.c, precompute_coeffs and normalize_coeffs_8bpc; nearest as Geometry.c, ImagingScaleAffine.
 */
export function axisTable(filter: ResizeFilter, { source, resized, first, length }: AxisWindow): AxisTable {
  if (!(source > 0 && resized > 0)) {
    throw new EngineError('invalid-data', 'a picture without pixels cannot be resized', { got: `${source} to ${resized} pixels` });
  }
  const taps = Array.from({ length }, (_, index) => {
    const position = first + index;
    return position < 0 || position >= resized ? { start: 0, weights: [] } : tapsAt(filter, position, source, resized);
  });
  const table = new Int32Array(3 * length + taps.reduce((sum, { weights }) => sum + weights.length, 0));
  let offset = 3 * length;
  taps.forEach(({ start, weights }, index) => {
    table.set([start, weights.length, offset], 3 * index);
    table.set(weights, offset);
    offset += weights.length;
  });
  const used = taps.filter(({ weights }) => weights.length > 0);
  return {
    table,
    start: used.reduce((least, { start }) => Math.min(least, start), source),
    end: used.reduce((most, { start, weights }) => Math.max(most, start + weights.length), 0),
  };
}

function tapsAt(filter: ResizeFilter, position: number, source: number, resized: number): { start: number; weights: number[] } {
  const scale = source / resized;
  const centre = (position + 0.5) * scale;
  if (filter === 'nearest') return { start: Math.min(source - 1, Math.floor(centre)), weights: [2 ** precisionBits] };
  const { support, weight } = shapes[filter];
  const stretch = Math.max(scale, 1);
  const start = Math.max(0, Math.trunc(centre - support * stretch + 0.5));
  const end = Math.min(source, Math.trunc(centre + support * stretch + 0.5));
  const raw = Array.from({ length: end - start }, (_, tap) => weight((tap + start - centre + 0.5) / stretch));
  const sum = raw.reduce((total, each) => total + each, 0);
  return {
    start,
    weights: raw.map((each) => {
      const fixed = (sum === 0 ? each : each / sum) * 2 ** precisionBits;
      return Math.trunc(fixed + (fixed < 0 ? -0.5 : 0.5));
    }),
  };
}

import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { isInt64 } from '../../tensor/dtype.ts';
import { sizeOf, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { positionsOf } from '../conv/spatial.ts';
import { required } from '../dims.ts';
import { roundHalfEven } from '../elementwise/host.ts';
import type { BoundType, Op } from '../op.ts';
import { type GridAttributes, type GridMode, gridCandidates } from './grid-sample.wgsl.ts';

const modes: Readonly<Record<string, GridMode>> = {
  linear: 'linear',
  bilinear: 'linear',
  nearest: 'nearest',
  cubic: 'cubic',
  bicubic: 'cubic',
};
const paddings = ['zeros', 'border', 'reflection'];

function read({ mode, padding_mode, align_corners }: { mode: string; padding_mode: string; align_corners: number }): GridAttributes {
  const own = modes[mode];
  if (!own || !paddings.includes(padding_mode)) {
    throw new EngineError('invalid-model', 'unknown mode of GridSample', { got: `${mode}, ${padding_mode}` });
  }
  return { mode: own, padding: padding_mode as GridAttributes['padding'], alignCorners: align_corners === 1 };
}

function gridType(x: ValueType, grid: ValueType): ValueType {
  return { dtype: x.dtype, shape: [...x.shape.slice(0, 2), ...grid.shape.slice(1, -1)] };
}

/** Keys' cubic weights with a = −0.75 for a fraction t, for positions −1, 0, 1, 2. */
function cubicWeights(t: number): readonly number[] {
  const a = -0.75;
  const far = (d: number) => ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
  const near = (d: number) => ((a + 2) * d - (a + 3)) * d * d + 1;
  return [far(1 + t), near(t), near(1 - t), far(2 - t)];
}

function tapsAt(coordinate: number, mode: GridMode): readonly (readonly [index: number, weight: number])[] {
  const first = Math.floor(coordinate);
  const t = coordinate - first;
  if (mode === 'nearest') return [[roundHalfEven(coordinate), 1]];
  if (mode === 'linear') {
    return [
      [first, 1 - t],
      [first + 1, t],
    ];
  }
  return cubicWeights(t).map((weight, index) => [first - 1 + index, weight] as const);
}

/** Coordinate folded back at the borders −½ and n − ½, or 0 and n − 1 with aligned corners. */
function reflected(coordinate: number, dim: number, alignCorners: boolean): number {
  const [low, high] = alignCorners ? [0, dim - 1] : [-0.5, dim - 0.5];
  const span = high - low;
  if (span <= 0) return 0;
  const folded = Math.abs(coordinate - low) % (2 * span);
  return low + (folded > span ? 2 * span - folded : folded);
}

/** Samples of X [N, C, spatial…] at positions in −1..1 that the grid [N, out…, axes] gives, the last axis first. */
export const gridSample: Op<{ mode: string; padding_mode: string; align_corners: number }> = {
  type: 'GridSample',
  since: 16,
  attributes: { mode: attribute.string('bilinear'), padding_mode: attribute.string('zeros'), align_corners: attribute.int(0) },
  infer([input, grid], given) {
    read(given);
    return [gridType(required(input, 'X'), required(grid, 'grid'))];
  },
  reference([input, grid], given) {
    const [x, places] = [input as Tensor, grid as Tensor];
    const { mode, padding, alignCorners } = read(given);
    const shape = gridType(x, places).shape as readonly number[];
    const spatial = x.shape.slice(2);
    const strides = stridesOf(spatial);
    const inner = sizeOf(shape.slice(2));
    const coordinate = (value: number, dim: number) => {
      const own = alignCorners ? ((value + 1) / 2) * (dim - 1) : ((value + 1) * dim - 1) / 2;
      if (padding === 'border') return Math.min(Math.max(own, 0), dim - 1);
      return padding === 'reflection' ? reflected(own, dim, alignCorners) : own;
    };
    const indexOf = (index: number, dim: number): number | undefined => {
      if (index >= 0 && index < dim) return index;
      if (padding === 'zeros') return undefined;
      const own = padding === 'reflection' ? Math.round(reflected(index, dim, alignCorners)) : index;
      return Math.min(Math.max(own, 0), dim - 1);
    };
    const values = positionsOf(shape).map(([sample = 0, channel = 0, ...position]) => {
      const entry =
        (sample * inner + position.reduce((offset, index, axis) => offset * (shape[axis + 2] as number) + index, 0)) * spatial.length;
      const taps = spatial.map((dim, axis) => {
        const value = places.at(entry + spatial.length - 1 - axis);
        const raw = alignCorners ? ((value + 1) / 2) * (dim - 1) : ((value + 1) * dim - 1) / 2;
        // Cubic kernels look past the border themselves.
        return tapsAt(mode === 'cubic' ? raw : coordinate(value, dim), mode);
      });
      let sum = 0;
      for (const choice of positionsOf(taps.map(({ length }) => length))) {
        let [weight, offset, inside] = [1, 0, true];
        choice.forEach((tap, axis) => {
          const [index, own] = (taps[axis] as readonly (readonly [number, number])[])[tap] as readonly [number, number];
          const at = indexOf(index, spatial[axis] as number);
          if (at === undefined) inside = false;
          else offset += at * (strides[axis] as number);
          weight *= own;
        });
        if (inside) sum += weight * x.at((sample * (x.shape[1] as number) + channel) * sizeOf(spatial) + offset);
      }
      return sum;
    });
    return [Tensor.from(values, shape, 'float64').cast(x.dtype)];
  },
  kernels(inputs, given, context) {
    const { dtype } = inputs[0] as BoundType;
    if (isInt64(dtype)) throw new EngineError('unsupported', 'weighted sums of 64-bit integers are computed on the host', { got: dtype });
    return gridCandidates(inputs as readonly BoundType[], read(given), context);
  },
};

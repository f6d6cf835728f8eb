import { EngineError } from '../../errors.ts';

/** How one axis is resized. */
export interface AxisResize {
  /** Sizes before and after. */
  readonly from: number;
  readonly to: number;
  /** Output size over input size, as the caller gave it; differs from to / from where that was rounded. */
  readonly scale: number;
  /** Part of the axis that `tf_crop_and_resize` takes, in 0..1. */
  readonly crop?: readonly [start: number, end: number];
}

export interface ResizeRules {
  readonly mode: string;
  readonly coordinates: string;
  readonly nearest: string;
  readonly cubicCoefficient: number;
  readonly excludeOutside: boolean;
  readonly antialias: boolean;
}

/** For each output position the same number of input positions, with a weight each; weights of a position sum to 1. */
export interface Taps {
  readonly count: number;
  /** [to × count] */
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

/** Input coordinate of an output position (ONNX Resize, attribute coordinate_transformation_mode). */
export function coordinateOf(position: number, { from, to, scale, crop = [0, 1] }: AxisResize, mode: string): number {
  switch (mode) {
    case 'half_pixel':
      return (position + 0.5) / scale - 0.5;
    case 'half_pixel_symmetric': {
      const adjustment = to / (scale * from);
      return (from / 2) * (1 - adjustment) + (position + 0.5) / scale - 0.5;
    }
    case 'pytorch_half_pixel':
      return to > 1 ? (position + 0.5) / scale - 0.5 : 0;
    case 'align_corners':
      return to === 1 ? 0 : (position * (from - 1)) / (to - 1);
    case 'asymmetric':
      return position / scale;
    case 'tf_half_pixel_for_nn':
      return (position + 0.5) / scale;
    case 'tf_crop_and_resize': {
      const [start, end] = crop;
      return to > 1 ? start * (from - 1) + (position * (end - start) * (from - 1)) / (to - 1) : 0.5 * (start + end) * (from - 1);
    }
    default:
      throw new EngineError('unsupported', `coordinate_transformation_mode '${mode}' is not known`, {
        expected:
          'half_pixel, half_pixel_symmetric, pytorch_half_pixel, align_corners, asymmetric, tf_half_pixel_for_nn or tf_crop_and_resize',
      });
  }
}

function nearestTo(coordinate: number, rule: string): number {
  switch (rule) {
    case 'round_prefer_floor':
      return Math.ceil(coordinate - 0.5);
    case 'round_prefer_ceil':
      return Math.floor(coordinate + 0.5);
    case 'floor':
      return Math.floor(coordinate);
    case 'ceil':
      return Math.ceil(coordinate);
    default:
      throw new EngineError('invalid-model', "unknown attribute 'nearest_mode'", { got: rule });
  }
}

/** Keys' cubic convolution kernel (1981) with coefficient a. */
function cubic(distance: number, a: number): number {
  const x = Math.abs(distance);
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

/** Input positions and weights of every output position along one axis. Positions past the border take the border's value. */
export function tapsOf(axis: AxisResize, rules: ResizeRules): Taps {
  const { from, to, scale } = axis;
  const inside = (index: number) => Math.min(Math.max(index, 0), from - 1);
  if (rules.mode === 'nearest') {
    const picked = Int32Array.from({ length: to }, (_, position) =>
      inside(nearestTo(coordinateOf(position, axis, rules.coordinates), rules.nearest)),
    );
    return { count: 1, indices: picked, weights: new Float32Array(to).fill(1) };
  }
  if (rules.mode !== 'linear' && rules.mode !== 'cubic') {
    throw new EngineError('invalid-model', "unknown attribute 'mode'", { expected: 'nearest, linear or cubic', got: rules.mode });
  }
  // Downscaling with antialiasing stretches the kernel over 1/scale input positions.
  const stretch = rules.antialias && scale < 1 ? 1 / scale : 1;
  const reach = (rules.mode === 'linear' ? 1 : 2) * stretch;
  const count = 2 * Math.ceil(reach);
  const kernel = rules.mode === 'linear' ? (x: number) => Math.max(0, 1 - Math.abs(x)) : (x: number) => cubic(x, rules.cubicCoefficient);
  const indices = new Int32Array(to * count);
  const weights = new Float32Array(to * count);
  for (let position = 0; position < to; position++) {
    const center = coordinateOf(position, axis, rules.coordinates);
    const first = Math.floor(center) - count / 2 + 1;
    const own = Array.from({ length: count }, (_, tap) => {
      const index = first + tap;
      const outside = index < 0 || index >= from;
      return rules.excludeOutside && outside ? 0 : kernel((index - center) / stretch);
    });
    const total = own.reduce((sum, weight) => sum + weight, 0);
    own.forEach((weight, tap) => {
      indices[position * count + tap] = inside(first + tap);
      weights[position * count + tap] = weight / total;
    });
  }
  return { count, indices, weights };
}

import { EngineError } from '../../errors.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { normalizeAxis } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { type AttributeSpec, attribute } from '../attribute.ts';
import { boundShape, required, requiredConstant, unknownDim } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import type { Op } from '../op.ts';
import { resample } from './resample.ts';
import { type AxisResize, coordinateOf, type ResizeRules, type Taps, tapsOf } from './taps.ts';

interface ResizeAttributes {
  readonly mode: string;
  readonly coordinate_transformation_mode: string;
  readonly nearest_mode: string;
  readonly cubic_coeff_a: number;
  readonly exclude_outside: number;
  readonly antialias: number;
  readonly axes: readonly number[] | undefined;
  readonly keep_aspect_ratio_policy: string;
  readonly extrapolation_value: number;
}

/** Factors or sizes of the resized axes, whichever the node gives. */
interface Target {
  readonly scales: readonly number[] | undefined;
  readonly sizes: readonly number[] | undefined;
  /** Starts, then ends of the part of each axis that is taken, in 0..1. */
  readonly roi?: readonly number[] | undefined;
}

type Constants = (index: number) => Tensor | undefined;

const rulesOf = (attributes: ResizeAttributes): ResizeRules => ({
  mode: attributes.mode,
  coordinates: attributes.coordinate_transformation_mode,
  nearest: attributes.nearest_mode,
  cubicCoefficient: attributes.cubic_coeff_a,
  excludeOutside: attributes.exclude_outside === 1,
  antialias: attributes.antialias === 1,
});

/** What happens to each axis of a bound shape; axes that keep their size and scale are left out. */
function planOf(shape: readonly number[], { scales, sizes, roi }: Target, attributes: ResizeAttributes): ReadonlyMap<number, AxisResize> {
  const axes = attributes.axes?.map((axis) => normalizeAxis(axis, shape.length)) ?? shape.map((_, axis) => axis);
  const given = sizes ?? scales;
  if (!given || given.length !== axes.length) {
    throw new EngineError('invalid-model', 'wrong number of scales or sizes', { expected: `${axes.length}`, got: `${given?.length ?? 0}` });
  }
  const policy = attributes.keep_aspect_ratio_policy;
  const factors = axes.map((axis, index) => (sizes?.[index] as number) / (shape[axis] as number));
  const common = policy === 'stretch' ? undefined : policy === 'not_larger' ? Math.min(...factors) : Math.max(...factors);
  const plan = new Map<number, AxisResize>();
  axes.forEach((axis, index) => {
    const from = shape[axis] as number;
    const factor = sizes && common !== undefined ? common : undefined;
    const to = sizes
      ? factor === undefined
        ? (sizes[index] as number)
        : Math.round(factor * from)
      : Math.floor(from * (scales?.[index] as number));
    const scale = factor ?? (sizes ? to / from : (scales?.[index] as number));
    const crop = attributes.coordinate_transformation_mode === 'tf_crop_and_resize' ? cropOf(roi, index, axes.length) : undefined;
    if (to !== from || scale !== 1 || crop) plan.set(axis, { from, to, scale, ...(crop ? { crop } : {}) });
  });
  return plan;
}

function cropOf(roi: readonly number[] | undefined, index: number, count: number): readonly [number, number] | undefined {
  const [start, end] = [roi?.[index] ?? 0, roi?.[index + count] ?? 1];
  return start === 0 && end === 1 ? undefined : [start, end];
}

/** Where along an axis `tf_crop_and_resize` looks outside of the input: 0 there, 1 elsewhere. Undefined where it never does. */
function insideOf(axis: AxisResize): Float32Array | undefined {
  if (!axis.crop) return undefined;
  const inside = Float32Array.from({ length: axis.to }, (_, position) => {
    const at = coordinateOf(position, axis, 'tf_crop_and_resize');
    return Number(at >= 0 && at <= axis.from - 1);
  });
  return inside.includes(0) ? inside : undefined;
}

/**
 * Resize or Upsample of one version.
 * @param targetOf reads scales or sizes: undefined while an input that holds them is no constant
 */
function resizing(
  type: 'Resize' | 'Upsample',
  since: number,
  attributes: AttributeSpec<ResizeAttributes>,
  targetOf: (constant: Constants, given: ResizeAttributes) => Target | undefined,
): Op<ResizeAttributes> {
  return {
    type,
    since,
    attributes,
    infer([input], given, { constant }) {
      const x = required(input, 'X');
      const target = targetOf((index) => constant(index), given);
      if (!target) return [{ dtype: x.dtype, shape: x.shape.map(unknownDim) }];
      const bound = x.shape.map((dim) => (typeof dim === 'number' ? dim : 1));
      const plan = planOf(bound, target, given);
      const axes = given.axes?.map((axis) => normalizeAxis(axis, bound.length)) ?? bound.map((_, axis) => axis);
      const shape = x.shape.map((dim, axis): Dim => {
        if (typeof dim === 'number') return plan.get(axis)?.to ?? dim;
        const place = axes.indexOf(axis);
        if (place < 0 || target.scales?.[place] === 1) return dim;
        return target.sizes?.[place] ?? unknownDim();
      });
      return [{ dtype: x.dtype, shape }];
    },
    reference(inputs, given) {
      const x = inputs[0] as Tensor;
      const target = requiredConstant(
        targetOf((index) => inputs[index], given),
        'scales or sizes',
      );
      let result = x;
      for (const [axis, own] of planOf(x.shape, target, given)) {
        const { count, indices, weights } = tapsOf(own, rulesOf(given));
        result = resample.reference([result, Tensor.from(indices), Tensor.from(weights)], { axis, taps: count }, 1)[0] as Tensor;
      }
      for (const [axis, own] of planOf(x.shape, target, given)) {
        const inside = insideOf(own);
        if (!inside) continue;
        const inner = result.shape.slice(axis + 1).reduce((product, dim) => product * dim, 1);
        const values = result
          .toNumbers()
          .map((value, offset) => (inside[Math.floor(offset / inner) % own.to] === 0 ? given.extrapolation_value : value));
        result = Tensor.from(values, result.shape, result.dtype);
      }
      return [result];
    },
    lower({ g, inputs: [x = ''], types, attributes: given, constant }) {
      const target = requiredConstant(targetOf(constant, given), 'scales or sizes');
      const shape = boundShape(types[0] as ValueType);
      let result = x;
      for (const [axis, own] of planOf(shape, target, given)) {
        const { count, indices, weights }: Taps = tapsOf(own, rulesOf(given));
        const places = g.constant(Tensor.from(indices), g.fresh('positions'));
        if (count === 1) result = g.add('Gather', [result, places], { axis });
        else {
          const factors = g.constant(Tensor.from(weights), g.fresh('weights'));
          result = g.add('Resample', [result, places, factors], { axis, taps: count }, { domain: 'headstart' });
        }
      }
      for (const [axis, own] of planOf(shape, target, given)) {
        const inside = insideOf(own);
        if (!inside) continue;
        const m = arithmetic(g, (types[0] as ValueType).dtype);
        const mask = Tensor.from(
          [...inside],
          shape.map((_, place) => (place === axis ? own.to : 1)),
        ).cast('bool');
        result = m.where(g.constant(mask, g.fresh('inside')), result, given.extrapolation_value);
      }
      return [result === x ? g.add('Identity', [x]) : result];
    },
  };
}

/** An input that is there but empty stands for one that is not (opsets 11 and 13 write it so). */
const numbersOf = (tensor: Tensor | undefined) => (tensor && tensor.size > 0 ? tensor.toNumbers() : undefined);

function fromInputs(constant: Constants, given: ResizeAttributes): Target | undefined {
  const [scales, sizes] = [numbersOf(constant(2)), numbersOf(constant(3))];
  const roi = given.coordinate_transformation_mode === 'tf_crop_and_resize' ? numbersOf(constant(1)) : undefined;
  return scales || sizes ? { scales: sizes ? undefined : scales, sizes, roi } : undefined;
}

const common: AttributeSpec<ResizeAttributes> = {
  mode: attribute.string('nearest'),
  coordinate_transformation_mode: attribute.string('half_pixel'),
  nearest_mode: attribute.string('round_prefer_floor'),
  cubic_coeff_a: attribute.float(-0.75),
  exclude_outside: attribute.int(0),
  antialias: attribute.int(0),
  axes: attribute.optionalInts(),
  keep_aspect_ratio_policy: attribute.string('stretch'),
  extrapolation_value: attribute.float(0),
};

/** Before opset 11 coordinates are scaled only, and the nearest one is the one below. */
const early: AttributeSpec<ResizeAttributes> = {
  ...common,
  coordinate_transformation_mode: attribute.string('asymmetric'),
  nearest_mode: attribute.string('floor'),
};

export const resizeOps = [
  resizing('Upsample', 9, early, (constant) => {
    const scales = numbersOf(constant(1));
    return scales && { scales, sizes: undefined };
  }),
  resizing('Resize', 10, early, (constant) => {
    const scales = numbersOf(constant(1));
    return scales && { scales, sizes: undefined };
  }),
  resizing('Resize', 11, common, fromInputs),
] as const;

/** Upsample with its scales as an attribute. */
export const upsample7: Op<{ mode: string; scales: readonly number[] }> = {
  type: 'Upsample',
  since: 7,
  attributes: { mode: attribute.string('nearest'), scales: attribute.floats() },
  infer([input], { scales }) {
    const x = required(input, 'X');
    return [{ dtype: x.dtype, shape: x.shape.map((dim, axis): Dim => scaled(dim, scales[axis] as number)) }];
  },
  reference: ([x], { mode, scales }) => {
    const [upsample] = resizeOps;
    return upsample.reference([x, Tensor.from(scales)], { ...early9, mode }, 1);
  },
  lower: ({ g, inputs: [x = ''], attributes: { mode, scales } }) => [
    g.add('Upsample', [x, g.constant(Tensor.from(scales), g.fresh('scales'))], { mode }, { opset: 9 }),
  ],
};

const early9: ResizeAttributes = {
  mode: 'nearest',
  coordinate_transformation_mode: 'asymmetric',
  nearest_mode: 'floor',
  cubic_coeff_a: -0.75,
  exclude_outside: 0,
  antialias: 0,
  axes: undefined,
  keep_aspect_ratio_policy: 'stretch',
  extrapolation_value: 0,
};

function scaled(dim: Dim, scale: number): Dim {
  if (typeof dim === 'number') return Math.floor(dim * scale);
  return scale === 1 ? dim : unknownDim();
}

import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { normalizeAxis, stridesOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, lengthOf, required, requiredConstant, unknownDim } from '../dims.ts';
import type { GradientContext, LowerContext, Op } from '../op.ts';
import { addCopy, differentiable } from './copy.ts';
import { int64s, pickElements } from './host.ts';

/** A slice as the caller writes it: one entry an axis named in `axes`. */
interface SliceRequest {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly axes: readonly number[];
  readonly steps: readonly number[];
}

/** What is taken of one bound axis: elements start, start + step, … */
interface Range {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** Clamps start and end as ONNX Slice does (from the end when negative; for a negative step, one below 0 means "past the first"). */
function rangeOf(dim: number, start: number, end: number, step: number): Range {
  if (step === 0) throw new EngineError('invalid-model', 'a slice has step 0');
  const from = start < 0 ? start + dim : start;
  const to = end < 0 ? end + dim : end;
  const first = step > 0 ? Math.min(Math.max(from, 0), dim) : Math.min(Math.max(from, 0), dim - 1);
  const last = step > 0 ? Math.min(Math.max(to, 0), dim) : Math.min(Math.max(to, -1), dim - 1);
  return { start: Math.max(first, 0), step, count: Math.max(0, Math.ceil((last - first) / step)) };
}

function rangesOf(shape: readonly number[], { starts, ends, axes, steps }: SliceRequest): readonly Range[] {
  const ranges = shape.map((dim): Range => ({ start: 0, step: 1, count: dim }));
  axes.forEach((axis, index) => {
    const own = normalizeAxis(axis, shape.length);
    ranges[own] = rangeOf(shape[own] as number, starts[index] as number, ends[index] as number, steps[index] ?? 1);
  });
  return ranges;
}

function sliceTensor(x: Tensor, request: SliceRequest): Tensor {
  const ranges = rangesOf(x.shape, request);
  const strides = stridesOf(x.shape);
  return pickElements(
    x,
    ranges.map(({ count }) => count),
    (indices) =>
      indices.reduce((offset, index, axis) => {
        const { start, step } = ranges[axis] as Range;
        return offset + (start + index * step) * (strides[axis] as number);
      }, 0),
  );
}

function lowerSlice({ g, inputs: [x = ''], types }: LowerContext<unknown>, request: SliceRequest): readonly string[] {
  const shape = boundShape(types[0]);
  const strides = stridesOf(shape);
  const ranges = rangesOf(shape, request);
  if (ranges.every(({ start, step, count }, axis) => start === 0 && step === 1 && count === shape[axis])) return [g.add('Identity', [x])];
  return [
    addCopy(g, x, {
      shape: ranges.map(({ count }) => count),
      strides: ranges.map(({ step }, axis) => step * (strides[axis] as number)),
      offset: ranges.reduce((offset, { start }, axis) => offset + start * (strides[axis] as number), 0),
    }),
  ];
}

/** dx = dy where it was taken from, 0 elsewhere: dy padded (steps of ±1). */
function sliceBack({ g, inputs, dy: [dy = ''], types }: GradientContext<unknown>, request: SliceRequest | undefined): readonly string[] {
  const none = inputs.slice(1).map(() => '');
  if (dy === '' || !differentiable(g, inputs[0] as string)) return ['', ...none];
  if (!request || request.steps.some((step) => Math.abs(step) !== 1)) {
    throw new EngineError('unsupported', 'the gradient of this slice is not known', { expected: 'constant bounds and steps of 1 or −1' });
  }
  const shape = boundShape(types[0]);
  const ranges = rangesOf(shape, request);
  const backwards = ranges.flatMap(({ step }, axis) => (step < 0 ? [axis] : []));
  const flipped = backwards.length === 0 ? dy : reverse(g, dy, backwards);
  const begins = ranges.map(({ start, step, count }) => (step < 0 ? start - count + 1 : start));
  const ends = ranges.map(({ count }, axis) => (shape[axis] as number) - (begins[axis] as number) - count);
  return [g.add('Pad', [flipped, g.constant(int64s([...begins, ...ends]), g.fresh('pads'))]), ...none];
}

function reverse(g: GraphBuilder, x: string, axes: readonly number[]): string {
  const list = (value: number) => g.constant(int64s(axes.map(() => value)), g.fresh('slice'));
  const past = g.constant(int64s(axes.map(() => -(2 ** 31) + 1)), g.fresh('slice'));
  return g.add('Slice', [x, list(-1), past, g.constant(int64s(axes), g.fresh('axes')), list(-1)]);
}

/** Type of a slice with known bounds; of a symbolic axis only the whole of it is known. */
function sliceType(x: ValueType, { starts, ends, axes, steps }: SliceRequest): ValueType {
  const shape: Dim[] = [...x.shape];
  axes.forEach((axis, index) => {
    const own = normalizeAxis(axis, shape.length);
    const dim = x.shape[own] as Dim;
    const [start, end, step] = [starts[index] as number, ends[index] as number, steps[index] ?? 1];
    if (typeof dim === 'number') shape[own] = rangeOf(dim, start, end, step).count;
    else if (start !== 0 || end < 2 ** 31 - 1 || step !== 1) shape[own] = unknownDim();
  });
  return { dtype: x.dtype, shape };
}

interface SliceAttributes {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly axes: readonly number[] | undefined;
}

function fromAttributes({ starts, ends, axes }: SliceAttributes): SliceRequest {
  return { starts, ends, axes: axes ?? starts.map((_, axis) => axis), steps: [] };
}

/** Slice with bounds as attributes. */
export const slice1: Op<SliceAttributes> = {
  type: 'Slice',
  since: 1,
  attributes: { starts: attribute.ints(), ends: attribute.ints(), axes: attribute.optionalInts() },
  infer: ([x], attributes) => [sliceType(required(x, 'data'), fromAttributes(attributes))],
  reference: ([x], attributes) => [sliceTensor(x as Tensor, fromAttributes(attributes))],
  lower: (context) => lowerSlice(context, fromAttributes(context.attributes)),
  vjp: (context) => sliceBack(context, fromAttributes(context.attributes)),
};

/** Exporters write "to the end" as the lowest or highest int64: the nearest number clamps the same way. */
function boundsOf(tensor: Tensor | undefined): readonly number[] | undefined {
  return tensor && Array.from(tensor.data, Number);
}

function fromInputs(constant: (index: number) => Tensor | undefined, absent: (index: number) => boolean): SliceRequest | undefined {
  const [starts, ends, axes, steps] = [1, 2, 3, 4].map((index) => boundsOf(constant(index)));
  if (!starts || !ends || (!axes && !absent(3)) || (!steps && !absent(4))) return undefined;
  return { starts, ends, axes: axes ?? starts.map((_, axis) => axis), steps: steps ?? [] };
}

/** Slice with bounds as inputs: data, starts, ends, axes?, steps?. */
export const slice: Op = {
  type: 'Slice',
  since: 10,
  attributes: {},
  infer(inputs, _, context) {
    const x = required(inputs[0], 'data');
    const request = fromInputs(context.constant, (index) => !inputs[index]);
    if (request) return [sliceType(x, request)];
    // Which axes change is known more often than the bounds.
    const axes = inputs[3]
      ? context.constant(3)?.toNumbers()
      : Array.from({ length: lengthOf(required(inputs[1], 'starts'), 'starts') }, (_, axis) => axis);
    const changed = new Set(axes?.map((axis) => normalizeAxis(axis, x.shape.length)));
    return [{ dtype: x.dtype, shape: x.shape.map((dim, axis) => (axes && !changed.has(axis) ? dim : unknownDim())) }];
  },
  reference(inputs) {
    const request = fromInputs(
      (index) => inputs[index],
      (index) => !inputs[index],
    );
    return [sliceTensor(inputs[0] as Tensor, request as SliceRequest)];
  },
  lower(context) {
    const request = fromInputs(context.constant, (index) => (context.inputs[index] ?? '') === '');
    return lowerSlice(context, requiredConstant(request, 'starts, ends, axes or steps'));
  },
  vjp: (context) =>
    sliceBack(
      context,
      fromInputs(context.constant, (index) => (context.inputs[index] ?? '') === ''),
    ),
};

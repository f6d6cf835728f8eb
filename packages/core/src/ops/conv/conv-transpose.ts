import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { addDims, multiplyDims } from '../../ir/dims.ts';
import { type Dim, formatType, isBound, type ValueType } from '../../ir/graph.ts';
import { derived } from '../../tensor/derived.ts';
import { sizeOf, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape } from '../dims.ts';
import { floatPair } from '../matmul/shape.ts';
import { int64s } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Op } from '../op.ts';
import { positionsOf } from './spatial.ts';
import { type Window, type WindowAttributes, windowAttributes, windowOf } from './window.ts';

interface TransposeAttributes extends WindowAttributes {
  readonly group: number;
  readonly output_padding: readonly number[] | undefined;
  readonly output_shape: readonly number[] | undefined;
}

interface Geometry extends Window {
  /** Cut from each side of the full result; negative where it is padded. */
  readonly begins: readonly number[];
  readonly sizes: readonly Dim[];
}

/** Full size of one axis before pads are cut: stride·(n − 1) + output_padding + dilation·(k − 1) + 1. */
function geometryOf(x: ValueType, w: ValueType, given: TransposeAttributes): Geometry {
  const kernel = w.shape.slice(2);
  const rank = x.shape.length - 2;
  if (rank < 1 || w.shape.length !== x.shape.length || !isBound(kernel)) {
    throw new EngineError('invalid-model', 'weights do not fit the input', {
      expected: `[C, M/group, k…] of rank ${x.shape.length}`,
      got: `${formatType(w)} for ${formatType(x)}`,
    });
  }
  const window = windowOf(given, kernel, rank);
  for (const [name, list, count] of [
    ['pads', given.pads, 2 * rank],
    ['output_padding', given.output_padding, rank],
  ] as const) {
    if (!list || list.length === 0 || list.length === count) continue;
    throw new EngineError('invalid-model', `attribute '${name}' does not fit the input`, {
      expected: `${count} numbers`,
      got: `[${list.join(', ')}]`,
    });
  }
  const spatial = x.shape.slice(2);
  const room = spatial.map(
    (_, axis) => (window.dilations[axis] as number) * ((kernel[axis] as number) - 1) + 1 + (given.output_padding?.[axis] ?? 0),
  );
  const full = spatial.map((dim, axis) => addDims(multiplyDims(addDims(dim, -1), window.strides[axis] as number), room[axis] as number));
  const same = given.auto_pad.startsWith('SAME');
  const wanted =
    given.output_shape?.slice(-rank) ?? (same ? spatial.map((dim, axis) => multiplyDims(dim, window.strides[axis] as number)) : undefined);
  if (wanted) {
    const begins = full.map((dim, axis) => {
      const own = wanted[axis] as Dim;
      const total = typeof dim === 'number' && typeof own === 'number' ? dim - own : 0;
      return given.auto_pad === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2);
    });
    return { ...window, begins, sizes: wanted };
  }
  const pads = given.auto_pad === 'NOTSET' || given.auto_pad === '' ? given.pads : undefined;
  const begins = spatial.map((_, axis) => pads?.[axis] ?? 0);
  return { ...window, begins, sizes: full.map((dim, axis) => addDims(dim, -(begins[axis] as number) - (pads?.[axis + rank] ?? 0))) };
}

/**
 * ONNX ConvTranspose: X[N, C, …], W[C, M/group, k…] → Y[N, M, …], the gradient of a convolution by its input. It is written as a
 * convolution of X with zeros between its elements and the kernel turned round.
 */
export const convTranspose: Op<TransposeAttributes> = {
  type: 'ConvTranspose',
  since: 1,
  attributes: {
    ...windowAttributes,
    group: attribute.int(1),
    output_padding: attribute.optionalInts(),
    output_shape: attribute.optionalInts(),
  },
  infer([first, second], given) {
    const [x, w] = floatPair(first, second);
    const { sizes } = geometryOf(x, w, given);
    return [{ dtype: x.dtype, shape: [x.shape[0] as Dim, multiplyDims(w.shape[1] as Dim, given.group), ...sizes] }];
  },
  reference([input, weights, bias], given) {
    const [x, w] = [input as Tensor, weights as Tensor];
    const { kernel, strides, dilations, begins, sizes } = geometryOf(x, w, given);
    const [batch = 1, channels = 1, ...spatial] = x.shape;
    const own = w.shape[1] as number;
    const shape = [batch, own * given.group, ...(sizes as readonly number[])];
    const out = new Float64Array(sizeOf(shape));
    const [inner, outInner, taps] = [sizeOf(spatial), sizeOf(shape.slice(2)), positionsOf(kernel)];
    const places = stridesOf(shape.slice(2));
    const positions = positionsOf(spatial);
    for (let plane = 0; plane < batch * channels; plane++) {
      const [sample, channel] = [Math.floor(plane / channels), plane % channels];
      const group = Math.floor(channel / (channels / given.group));
      positions.forEach((position, entry) => {
        const value = x.at(plane * inner + entry);
        taps.forEach((tap, index) => {
          let offset = 0;
          for (let axis = 0; axis < spatial.length; axis++) {
            const at =
              (position[axis] as number) * (strides[axis] as number) +
              (tap[axis] as number) * (dilations[axis] as number) -
              (begins[axis] as number);
            if (at < 0 || at >= (shape[axis + 2] as number)) return;
            offset += at * (places[axis] as number);
          }
          for (let row = 0; row < own; row++) {
            const to = (sample * own * given.group + group * own + row) * outInner + offset;
            out[to] = (out[to] as number) + value * w.at((channel * own + row) * taps.length + index);
          }
        });
      });
    }
    const values = bias ? out.map((value, offset) => value + bias.at(Math.floor(offset / outInner) % bias.size)) : out;
    return [Tensor.from(values, shape, 'float64').cast(x.dtype)];
  },
  lower({ g, inputs: [x = '', w = '', bias = ''], types, attributes: given }) {
    const [input, weights] = floatPair(types[0], types[1]);
    const { kernel, strides, dilations, begins, sizes } = geometryOf(input, weights, given);
    const shape = boundShape(input);
    const spread = spaced(g, x, shape, strides);
    // The kernel reaches extent − 1 positions over both ends; what is cut off is a negative pad.
    const extents = kernel.map((size, axis) => (dilations[axis] as number) * (size - 1));
    const lengths = shape.slice(2).map((dim, axis) => (dim - 1) * (strides[axis] as number) + 1);
    const before = extents.map((extent, axis) => extent - (begins[axis] as number));
    const after = lengths.map((length, axis) => (sizes[axis] as number) + (extents[axis] as number) - length - (before[axis] as number));
    const [left, right] = [before, after].map((list) => list.map((pad) => Math.max(pad, 0))) as [number[], number[]];
    const cut = [...before, ...after].some((pad) => pad < 0)
      ? g.add('Pad', [
          spread,
          g.constant(
            int64s([0, 0, ...before.map((pad) => Math.min(pad, 0)), 0, 0, ...after.map((pad) => Math.min(pad, 0))]),
            g.fresh('pads'),
          ),
        ])
      : spread;
    const turned = turnedWeights(g, w, boundShape(weights), given.group);
    const attributes = { kernel_shape: kernel, dilations, pads: [...left, ...right], group: given.group };
    return [g.add('Conv', [cut, turned, ...(bias === '' ? [] : [bias])], attributes)];
  },
};

/** X with stride − 1 zeros after each element but the last, along each spatial axis. */
function spaced(g: GraphBuilder, x: string, shape: readonly number[], strides: readonly number[]): string {
  if (strides.every((stride) => stride === 1)) return x;
  const [batch = 1, channels = 1, ...spatial] = shape;
  const apart = reshapeTo(g, x, [batch, channels, ...spatial.flatMap((dim) => [dim, 1])]);
  const pads = [0, 0, ...spatial.flatMap(() => [0, 0]), 0, 0, ...strides.flatMap((stride) => [0, stride - 1])];
  const padded = g.add('Pad', [apart, g.constant(int64s(pads), g.fresh('pads'))]);
  const whole = reshapeTo(g, padded, [batch, channels, ...spatial.map((dim, axis) => dim * (strides[axis] as number))]);
  const ends = spatial.map((dim, axis) => (dim - 1) * (strides[axis] as number) + 1);
  const numbers = (values: readonly number[], name: string) => g.constant(int64s(values), g.fresh(name));
  return g.add('Slice', [
    whole,
    numbers(
      spatial.map(() => 0),
      'starts',
    ),
    numbers(ends, 'ends'),
    numbers(
      spatial.map((_, axis) => axis + 2),
      'axes',
    ),
  ]);
}

/** [C, M/g, k…] as [M, C/g, k…] with every spatial axis reversed. */
function turnedWeights(g: GraphBuilder, w: string, shape: readonly number[], group: number): string {
  const [channels = 1, own = 1, ...kernel] = shape;
  const constant = g.constantOf(w);
  if (constant) {
    const turned = derived(constant, `turned/${group}`, () => {
      const size = sizeOf(kernel);
      const per = channels / group;
      const data = constant.data.slice() as Float32Array;
      for (let offset = 0; offset < data.length; offset++) {
        const [tap, row] = [offset % size, Math.floor(offset / size)];
        const [c, m] = [row % per, Math.floor(row / per)];
        const from = ((Math.floor(m / own) * per + c) * own + (m % own)) * size + (size - 1 - tap);
        data[offset] = constant.data[from] as number;
      }
      return Tensor.from(data, [own * group, per, ...kernel], constant.dtype);
    });
    return g.constant(turned, g.fresh(w));
  }
  const spatial = kernel.map((_, axis) => axis + 3);
  const split = reshapeTo(g, w, [group, channels / group, own, ...kernel]);
  const swapped = reshapeTo(g, g.add('Transpose', [split], { perm: [0, 2, 1, ...spatial] }), [group * own, channels / group, ...kernel]);
  const numbers = (value: number, name: string) => g.constant(int64s(kernel.map(() => value)), g.fresh(name));
  const axes = g.constant(int64s(kernel.map((_, axis) => axis + 2)), g.fresh('axes'));
  return g.add('Slice', [swapped, numbers(-1, 'starts'), numbers(-(2 ** 31), 'ends'), axes, numbers(-1, 'steps')]);
}

import { EngineError } from '../../errors.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { composite } from '../composite.ts';
import { positionsOf } from '../conv/spatial.ts';
import { boundShape, required, requiredConstant, unknownDim } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import type { AnyOp } from '../op.ts';
import { asInt32, int64s } from './host.ts';
import { reshapeTo } from './reshape-to.ts';

/** Cuts or pads the named axes about their middle to a given size; the odd element goes to the end (cut: the beginning of what stays). */
const centerCropPad = composite<{ axes: readonly number[] | undefined }>({
  type: 'CenterCropPad',
  since: 18,
  attributes: { axes: attribute.optionalInts() },
  content: [1],
  infer([input], { axes }, { constant }) {
    const x = required(input, 'input_data');
    const wanted = constant(1)?.toNumbers();
    const own = axes?.map((axis) => normalizeAxis(axis, x.shape.length)) ?? x.shape.map((_, axis) => axis);
    const shape = x.shape.map((dim, axis): Dim => {
      const place = own.indexOf(axis);
      return place < 0 ? dim : (wanted?.[place] ?? unknownDim());
    });
    return [{ dtype: x.dtype, shape }];
  },
  lower({ g, inputs: [x = ''], types, attributes: { axes }, constant }) {
    const shape = boundShape(types[0]);
    const wanted = requiredConstant(constant(1), 'shape').toNumbers();
    const own = axes?.map((axis) => normalizeAxis(axis, shape.length)) ?? shape.map((_, axis) => axis);
    const [begins, ends] = [shape.map(() => 0), shape.map(() => 0)];
    own.forEach((axis, place) => {
      const more = (wanted[place] as number) - (shape[axis] as number);
      // Division rounds down for what is added and for what is cut alike.
      begins[axis] = more >= 0 ? Math.floor(more / 2) : -Math.floor(-more / 2);
      ends[axis] = more - (begins[axis] as number);
    });
    return [g.add('Pad', [x, g.constant(int64s([...begins, ...ends]), g.fresh('pads'))])];
  },
});

interface ColumnAttributes {
  readonly dilations: readonly number[] | undefined;
  readonly pads: readonly number[] | undefined;
  readonly strides: readonly number[] | undefined;
}

/** Sums columns [N, C·k, L] of sliding blocks back into an image [N, C, …]: the gradient of taking them. */
const col2Im = composite<ColumnAttributes>({
  type: 'Col2Im',
  since: 18,
  attributes: { dilations: attribute.optionalInts(), pads: attribute.optionalInts(), strides: attribute.optionalInts() },
  content: [1, 2],
  infer([input], _, { constant }) {
    const x = required(input, 'input');
    const [image, block] = [constant(1)?.toNumbers(), constant(2)?.toNumbers()];
    const channels = block && typeof x.shape[1] === 'number' ? x.shape[1] / sizeOf(block) : unknownDim();
    return [{ dtype: x.dtype, shape: [x.shape[0] as Dim, channels, ...(image ?? [unknownDim(), unknownDim()])] }];
  },
  lower({ g, inputs: [x = ''], types, attributes: given, constant }) {
    const [batch = 1, rows = 1, columns = 1] = boundShape(types[0]);
    const image = requiredConstant(constant(1), 'image_shape').toNumbers();
    const block = requiredConstant(constant(2), 'block_shape').toNumbers();
    const channels = rows / sizeOf(block);
    const rank = image.length;
    const [strides, dilations] = [given.strides ?? image.map(() => 1), given.dilations ?? image.map(() => 1)];
    const pads = given.pads ?? new Array<number>(2 * rank).fill(0);
    const counts = image.map((dim, axis) => {
      const room =
        dim + (pads[axis] as number) + (pads[axis + rank] as number) - (dilations[axis] as number) * ((block[axis] as number) - 1) - 1;
      return Math.floor(room / (strides[axis] as number)) + 1;
    });
    const places = positionsOf(counts);
    const targets = positionsOf(block).flatMap((tap) =>
      places.map((place) => {
        let offset = 0;
        for (let axis = 0; axis < rank; axis++) {
          const at =
            (place[axis] as number) * (strides[axis] as number) +
            (tap[axis] as number) * (dilations[axis] as number) -
            (pads[axis] as number);
          // Past the image: one place after it, which is cut off.
          if (at < 0 || at >= (image[axis] as number)) return sizeOf(image);
          offset = offset * (image[axis] as number) + at;
        }
        return offset;
      }),
    );
    if (columns !== places.length)
      throw new EngineError('invalid-model', 'the columns do not fit the image', { expected: `${places.length}`, got: `${columns}` });
    const flat = g.add('Transpose', [reshapeTo(g, x, [batch * channels, targets.length])], { perm: [1, 0] });
    const indices = g.constant(Tensor.from(Int32Array.from(targets)), g.fresh('targets'));
    const summed = g.add(
      'GatherGradient',
      [flat, indices],
      { axis: 0, shape: [sizeOf(image) + 1, batch * channels] },
      { domain: 'headstart' },
    );
    const number = (value: number) => g.constant(int64s([value]), g.fresh('bound'));
    const inside = g.add('Slice', [summed, number(0), number(sizeOf(image)), number(0)]);
    return [reshapeTo(g, g.add('Transpose', [inside], { perm: [1, 0] }), [batch, channels, ...image])];
  },
});

/** Positions in −1..1 moved by matrices theta [N, 2, 3] or [N, 3, 4]: the grid of GridSample. */
const affineGrid = composite<{ align_corners: number }>({
  type: 'AffineGrid',
  since: 20,
  attributes: { align_corners: attribute.int(0) },
  content: [1],
  infer([theta], _, { constant }) {
    const own = required(theta, 'theta');
    const size = constant(1)?.toNumbers();
    const spatial: readonly Dim[] =
      size?.slice(2) ?? (own.shape[1] === 2 ? [unknownDim(), unknownDim()] : [unknownDim(), unknownDim(), unknownDim()]);
    return [{ dtype: own.dtype, shape: [own.shape[0] as Dim, ...spatial, spatial.length] }];
  },
  lower({ g, inputs: [theta = ''], types, attributes: { align_corners }, constant }) {
    const { dtype } = types[0] as ValueType;
    const [batch = 1, ...spatial] = requiredConstant(constant(1), 'size').toNumbers().toSpliced(1, 1);
    const rank = spatial.length;
    const coordinate = (index: number, dim: number) =>
      align_corners === 1 ? (dim === 1 ? 0 : -1 + (2 * index) / (dim - 1)) : (2 * index + 1) / dim - 1;
    const rows = positionsOf(spatial).flatMap((position) => [
      ...position.map((index, axis) => coordinate(index, spatial[axis] as number)).reverse(),
      1,
    ]);
    const base = g.constant(Tensor.from(rows, [sizeOf(spatial), rank + 1], 'float64').cast(dtype), g.fresh('base'));
    const moved = g.add('MatMul', [base, g.add('Transpose', [theta], { perm: [0, 2, 1] })]);
    return [reshapeTo(g, moved, [batch, ...spatial, rank])];
  },
});

/** Writes rows of `update` [B, …, S, D] into a cache [B, …, L, D] from the position of each sample on; `circular` wraps round its end. */
const tensorScatter = composite<{ axis: number; mode: string }>({
  type: 'TensorScatter',
  since: 24,
  attributes: { axis: attribute.int(-2), mode: attribute.string('linear') },
  infer: ([cache]) => [required(cache, 'past_cache')],
  lower({ g, inputs: [cache = '', update = '', starts = ''], types, attributes: { axis, mode } }) {
    const [shape, fresh] = [boundShape(types[0]), boundShape(types[1])];
    const at = normalizeAxis(axis, shape.length);
    const [length, added] = [shape[at] as number, fresh[at] as number];
    const m = arithmetic(g, 'int32');
    const along = (count: number) =>
      g.constant(
        Tensor.from(
          Int32Array.from({ length: count }, (_, index) => index),
          shape.map((_, place) => (place === at ? count : 1)),
        ),
        g.fresh('places'),
      );
    const form = shape.map((_, place) => (place === 0 ? (shape[0] as number) : 1));
    const start = starts === '' ? m.number(0) : reshapeTo(g, asInt32(g, starts), form);
    const distance = m.sub(along(length), start);
    const from = mode === 'circular' ? m.apply('Mod', [m.add(distance, length), length]) : distance;
    const taken = m.apply('And', [m.apply('GreaterOrEqual', [from, 0]), m.apply('Less', [from, added])]);
    const clamped = m.apply('Min', [m.apply('Max', [from, 0]), added - 1]);
    const indices = g.add('Expand', [clamped, g.constant(int64s(shape), g.fresh('shape'))]);
    return [g.add('Where', [taken, g.add('GatherElements', [update, indices], { axis: at }), cache])];
  },
});

export const furtherMovement: readonly AnyOp[] = [affineGrid, centerCropPad, col2Im, tensorScatter];

import type { ValueType } from '../../ir/graph.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { int64s } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Op } from '../op.ts';

interface UnpoolAttributes {
  readonly kernel_shape: readonly number[];
  readonly strides: readonly number[] | undefined;
  readonly pads: readonly number[] | undefined;
}

/** Size before the pool, where the node does not give it: (n − 1)·stride + kernel − pads. */
function ownShape(x: ValueType, { kernel_shape, strides, pads }: UnpoolAttributes): readonly number[] {
  const [batch = 1, channels = 1, ...spatial] = boundShape(x);
  const rank = spatial.length;
  return [
    batch,
    channels,
    ...spatial.map(
      (dim, axis) => (dim - 1) * (strides?.[axis] ?? 1) + (kernel_shape[axis] as number) - (pads?.[axis] ?? 0) - (pads?.[axis + rank] ?? 0),
    ),
  ];
}

/** Puts each element of X back where MaxPool found it; zeros elsewhere. Positions refer to the shape without `output_shape`. */
export const maxUnpool: Op<UnpoolAttributes> = {
  type: 'MaxUnpool',
  since: 9,
  attributes: { kernel_shape: attribute.ints(), strides: attribute.optionalInts(), pads: attribute.optionalInts() },
  infer([input, , wanted], given, { constant }) {
    const x = required(input, 'X');
    const shape = wanted ? constant(2)?.toNumbers() : ownShape(x, given);
    return [{ dtype: x.dtype, shape: shape ?? x.shape.map((_, axis) => `unpool_${axis}`) }];
  },
  reference([input, indices, wanted], given) {
    const x = input as Tensor;
    const own = ownShape(x, given);
    const shape = wanted?.toNumbers() ?? own;
    const data = new Float64Array(sizeOf(shape));
    const [inner, target] = [sizeOf(own.slice(2)), own.slice(2)];
    for (let offset = 0; offset < x.size; offset++) {
      const index = (indices as Tensor).at(offset);
      const plane = Math.floor(index / inner);
      let rest = index % inner;
      // A position of the smaller shape at the same place of the larger one.
      const position = target
        .toReversed()
        .map((dim) => {
          const each = rest % dim;
          rest = Math.floor(rest / dim);
          return each;
        })
        .reverse();
      const place = position.reduce((sum, each, axis) => sum * (shape[axis + 2] as number) + each, plane);
      data[wanted ? place : index] = x.at(offset);
    }
    return [Tensor.from(data, shape, 'float64').cast(x.dtype)];
  },
  lower({ g, inputs: [x = '', indices = ''], types, attributes: given, constant }) {
    const type = required(types[0], 'X');
    const own = ownShape(type, given);
    const wanted = constant(2)?.toNumbers() ?? own;
    const zero = g.constant(Tensor.scalar(0, type.dtype), g.fresh('zero'));
    const blank = g.add('Expand', [zero, g.constant(int64s([sizeOf(own), 1]), g.fresh('shape'))]);
    const count = sizeOf(boundShape(type));
    const places = reshapeTo(g, g.add('Cast', [indices], { to: 6 }), [count]);
    const flat = g.add('Scatter', [blank, places, reshapeTo(g, x, [count, 1])], { reduction: 'none' }, { domain: 'headstart' });
    const result = reshapeTo(g, flat, own);
    if (wanted.every((dim, axis) => dim === own[axis])) return [result];
    const pads = [...own.map(() => 0), ...own.map((dim, axis) => (wanted[axis] as number) - dim)];
    return [g.add('Pad', [result, g.constant(int64s(pads), g.fresh('pads'))])];
  },
};

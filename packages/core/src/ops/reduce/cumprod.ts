import type { ValueType } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { composite } from '../composite.ts';
import { boundShape, required, requiredConstant } from '../dims.ts';
import { int64s } from '../movement/host.ts';

interface CumProdAttributes {
  /** 1: an element is not part of its own product. */
  readonly exclusive: number;
  /** 1: products run from the end. */
  readonly reverse: number;
}

/**
 * Cumulative product along the axis that the second input, a constant, names: each element times the one 1, 2, 4, … places before it, which
 * are products of as many.
 */
export const cumProd = composite<CumProdAttributes>({
  type: 'CumProd',
  since: 26,
  attributes: { exclusive: attribute.int(0), reverse: attribute.int(0) },
  content: [1],
  infer: ([x], _, context) => {
    context.constant(1);
    return [required(x, 'x')];
  },
  lower({ g, inputs: [x = ''], types, attributes: { exclusive, reverse }, constant }) {
    const { dtype } = types[0] as ValueType;
    const shape = boundShape(types[0]);
    const axis = normalizeAxis(requiredConstant(constant(1), 'axis').at(0), shape.length);
    const length = shape[axis] as number;
    const bounds = (value: number) => g.constant(int64s([value]), g.fresh('bound'));
    /** The value moved along the axis, ones moved in. */
    const moved = (value: string, by: number) => {
      const size = shape.with(axis, by);
      const ones = g.constant(Tensor.from(new Float64Array(sizeOf(size)).fill(1), size).cast(dtype), g.fresh('ones'));
      const [from, to] = reverse === 1 ? [by, length] : [0, length - by];
      const kept = g.add('Slice', [value, bounds(from), bounds(to), bounds(axis)]);
      return g.add('Concat', reverse === 1 ? [kept, ones] : [ones, kept], { axis });
    };
    if (length === 0) return [g.add('Identity', [x])];
    let product = exclusive === 1 ? moved(x, 1) : x;
    for (let by = 1; by < length; by *= 2) product = g.add('Mul', [product, moved(product, by)]);
    return [product === x ? g.add('Identity', [x]) : product];
  },
});

import { broadcastShapes, broadcastStrides, sizeOf, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import type { Op } from '../op.ts';

type Element = string | number | bigint;

/**
 * An elementwise operator that takes strings too, element by element on the host: what `compute` makes of the elements at each place has the dtype
 * that the operator infers.
 */
function withStrings<A>(op: Op<A>, compute: (...elements: readonly Element[]) => Element): Op<A> {
  return {
    ...op,
    reference(inputs, attributes, outputs) {
      const tensors = inputs.filter((input) => input !== undefined);
      if (tensors.every(({ dtype }) => dtype !== 'string')) return op.reference(inputs, attributes, outputs);
      const shape = broadcastShapes(...tensors.map((tensor) => tensor.shape));
      const strides = stridesOf(shape);
      const own = tensors.map((tensor) => broadcastStrides(tensor.shape, shape));
      const [type] = op.infer(inputs, attributes, { constant: () => undefined, outputs });
      const results = Array.from({ length: sizeOf(shape) }, (_, offset) =>
        compute(
          ...tensors.map(({ data }, index) => {
            const place = strides.reduce(
              (sum, stride, axis) => sum + (Math.floor(offset / stride) % (shape[axis] as number)) * (own[index]?.[axis] as number),
              0,
            );
            return data[place] as Element;
          }),
        ),
      );
      return [Tensor.from(results, shape, type?.dtype ?? 'string')];
    },
  };
}

/** Equal, of strings too (opset 19). */
export function equalOfStrings(op: Op): Op {
  return withStrings(op, (a, b) => (a === b ? 1 : 0));
}

/** Where, of strings too. */
export function whereOfStrings(op: Op): Op {
  return withStrings(op, (condition = 0, a = '', b = '') => (condition ? a : b));
}

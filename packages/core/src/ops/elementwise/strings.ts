import type { DType } from '../../tensor/dtype.ts';
import { broadcastShapes } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { expand } from '../movement/expand.ts';
import { int64s } from '../movement/host.ts';
import type { Op } from '../op.ts';

type Element = string | number | bigint;

/** An elementwise operator that takes strings too, on the host: `compute` is given the elements at each place. */
function withStrings<A>(op: Op<A>, dtype: DType, compute: (...elements: readonly Element[]) => Element): Op<A> {
  return {
    ...op,
    reference(inputs, attributes, outputs) {
      const tensors = inputs as readonly Tensor[];
      if (tensors.every((tensor) => tensor.dtype !== 'string')) return op.reference(inputs, attributes, outputs);
      const shape = broadcastShapes(...tensors.map((tensor) => tensor.shape));
      const wide = tensors.map((tensor) => expand.reference([tensor, int64s(shape)], {}, 1)[0] as Tensor);
      const [first] = wide as [Tensor];
      return [
        Tensor.from(
          Array.from({ length: first.size }, (_, offset) => compute(...wide.map(({ data }) => data[offset] as Element))),
          shape,
          dtype,
        ),
      ];
    },
  };
}

/** Equal, of strings too (opset 19). */
export const equalOfStrings = (op: Op): Op => withStrings(op, 'bool', (a, b) => (a === b ? 1 : 0));

/** Where, of strings too. */
export const whereOfStrings = (op: Op): Op => withStrings(op, 'string', (condition = 0, a = '', b = '') => (condition ? a : b));

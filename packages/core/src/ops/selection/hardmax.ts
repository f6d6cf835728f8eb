import type { ValueType } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Op } from '../op.ts';

/** 1 at the first largest element along an axis, 0 elsewhere. Before opset 13 the input is seen as [before axis, from axis on]. */
function hardmaxOp(since: number, coerced: boolean): Op<{ axis: number }> {
  const formOf = (shape: readonly number[], axis: number) => {
    const at = normalizeAxis(axis, shape.length);
    return coerced
      ? [sizeOf(shape.slice(0, at)), sizeOf(shape.slice(at)), 1]
      : [sizeOf(shape.slice(0, at)), shape[at] as number, sizeOf(shape.slice(at + 1))];
  };
  return {
    type: 'Hardmax',
    since,
    attributes: { axis: attribute.int(coerced ? 1 : -1) },
    infer: ([x]) => [required(x, 'input')],
    reference([input], { axis }) {
      const x = input as Tensor;
      const [outer = 1, dim = 1, inner = 1] = formOf(x.shape, axis);
      const result = new Float64Array(x.size);
      for (let column = 0; column < outer * inner; column++) {
        const base = Math.floor(column / inner) * dim * inner + (column % inner);
        let best = 0;
        for (let index = 1; index < dim; index++) if (x.at(base + index * inner) > x.at(base + best * inner)) best = index;
        result[base + best * inner] = 1;
      }
      return [Tensor.from(result, x.shape, 'float64').cast(x.dtype)];
    },
    lower({ g, inputs: [x = ''], types, attributes: { axis } }) {
      const { dtype } = types[0] as ValueType;
      const shape = boundShape(types[0]);
      const form = formOf(shape, axis);
      const best = g.add('ArgMax', [reshapeTo(g, x, form)], { axis: 1, keepdims: 0 });
      const depth = g.constant(Tensor.scalar(BigInt(form[1] as number), 'int64'), g.fresh('depth'));
      return [
        reshapeTo(g, g.add('OneHot', [best, depth, g.constant(Tensor.from([0, 1], [2], dtype), g.fresh('values'))], { axis: 1 }), shape),
      ];
    },
    vjp: () => [''],
  };
}

export const hardmaxOps = [hardmaxOp(1, true), hardmaxOp(13, false)] as const;

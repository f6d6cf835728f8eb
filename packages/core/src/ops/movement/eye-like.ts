import { EngineError } from '../../errors.ts';
import { isBound, type ValueType } from '../../ir/graph.ts';
import { dtypeOfElementType } from '../../tensor/element-type.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import type { Op } from '../op.ts';

interface EyeAttributes {
  readonly dtype: number | undefined;
  readonly k: number;
}

function eyeType(input: ValueType | undefined, { dtype }: EyeAttributes): ValueType {
  const x = required(input, 'input');
  const own = dtype === undefined ? x.dtype : dtypeOfElementType(dtype);
  if (x.shape.length !== 2 || !own)
    throw new EngineError('invalid-model', 'no matrix of this type', { got: `rank ${x.shape.length}, type ${dtype}` });
  return { dtype: own, shape: x.shape };
}

/** Ones on the k-th diagonal of a matrix of the input's shape. It depends on the shape alone. */
export const eyeLike: Op<EyeAttributes> = {
  type: 'EyeLike',
  since: 9,
  attributes: { dtype: attribute.optionalInt(), k: attribute.int(0) },
  infer: ([x], given) => [eyeType(x, given)],
  reference: ([x], given) => [eye(eyeType(x as Tensor, given), given.k)],
  constantFrom([x], given) {
    const type = eyeType(x, given);
    return isBound(type.shape) ? [eye(type, given.k)] : undefined;
  },
  vjp: () => [''],
};

function eye(type: ValueType, k: number): Tensor {
  const [rows = 0, columns = 0] = boundShape(type);
  const values = Array.from({ length: rows * columns }, (_, offset) => (Math.floor(offset / columns) + k === offset % columns ? 1 : 0));
  return Tensor.from(values, [rows, columns], type.dtype);
}

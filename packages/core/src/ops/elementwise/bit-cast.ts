import { EngineError } from '../../errors.ts';
import { type DType, dtypes } from '../../tensor/dtype.ts';
import { dtypeOfElementType } from '../../tensor/element-type.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import type { Op } from '../op.ts';

function targetOf(from: DType, to: number): DType {
  const target = dtypeOfElementType(to);
  const [width, own] = [target && dtypes[target].bytes, dtypes[from].bytes];
  if (target && width === own && own >= 1) return target;
  throw new EngineError(target ? 'invalid-model' : 'unsupported', 'the bits cannot be read as this type', {
    expected: `a type as wide as ${from}`,
    got: target ?? `data type ${to}`,
  });
}

/** The same bits as another type of the same width. */
export const bitCast: Op<{ to: number }> = {
  type: 'BitCast',
  since: 26,
  attributes: { to: attribute.int() },
  infer([input], { to }) {
    const { dtype, shape } = required(input, 'input');
    return [{ dtype: targetOf(dtype, to), shape }];
  },
  reference([input], { to }) {
    const { data, dtype, shape } = input as Tensor;
    const target = targetOf(dtype, to);
    const { array } = dtypes[target];
    if (!array || Array.isArray(data)) throw new EngineError('internal', 'strings have no bits');
    const bits = new array(data.buffer, data.byteOffset, data.length);
    return [Tensor.from(bits, shape, target)];
  },
};

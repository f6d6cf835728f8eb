import { EngineError } from '../../errors.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import type { Op } from '../op.ts';
import { addAttention, attend, headSizeOf, headsView, rowsView } from './attend.ts';
import type { AttendAttributes } from './attend-params.ts';
import { refuse } from './masks.ts';

export interface DotProductAttributes {
  readonly is_causal: number;
  readonly q_num_heads: number | undefined;
  readonly kv_num_heads: number | undefined;
  readonly scale: number | undefined;
  readonly softcap: number;
}

/**
 * ONNX Attention (opset 23): Q, K, V as [B, H, S, D] or as [B, S, H·D] with the numbers of heads as attributes (fewer key than query
 * heads are shared), attn_mask broadcastable to [B, H, S, T] (bool: true is seen; floats are added), upper-left causal mask.
 * Output Y in the layout of Q. No cache, no softcap, no scores as output.
 */
export const scaledDotProduct: Op<DotProductAttributes> = {
  type: 'Attention',
  since: 23,
  attributes: {
    is_causal: attribute.int(0),
    q_num_heads: attribute.optionalInt(),
    kv_num_heads: attribute.optionalInt(),
    scale: attribute.optionalFloat(),
    softcap: attribute.float(0),
  },
  infer(inputs, given) {
    const [q, k, v] = ['Q', 'K', 'V'].map((name, index) => required(inputs[index], name)) as [ValueType, ValueType, ValueType];
    refuse(inputs, { 4: 'past_key', 5: 'past_value' });
    if (given.softcap !== 0) {
      throw new EngineError('unsupported', 'softcap is not computed by this engine', { hint: "Use the 'wasm' engine for this model." });
    }
    if (q.shape.length === 4) return [{ dtype: q.dtype, shape: [...q.shape.slice(0, 3), v.shape[3] as Dim] }];
    const [queryHeads, keyHeads] = headsOf(given);
    const width = v.shape[2] as Dim;
    const whole =
      typeof width === 'number'
        ? headSizeOf(width, keyHeads, 'V') * queryHeads
        : queryHeads === keyHeads
          ? width
          : `${width}*${queryHeads}/${keyHeads}`;
    if (k.shape.length !== 3)
      throw new EngineError('invalid-model', 'Q, K and V differ in rank', { expected: 'three dimensions', got: `${k.shape.length}` });
    return [{ dtype: q.dtype, shape: [...q.shape.slice(0, 2), whole] }];
  },
  reference([q, k, v, mask], given) {
    const attributes = attributesFor([q, k, v] as Tensor[], given);
    const bias =
      mask?.dtype === 'bool'
        ? Tensor.from(
            mask.toNumbers().map((seen) => (seen ? 0 : Number.NEGATIVE_INFINITY)),
            mask.shape,
            'float64',
          )
        : mask;
    return attend.reference([q, k, v, bias], attributes, 1);
  },
  lower({ g, inputs: [q = '', k = '', v = '', mask = ''], types, attributes: given }) {
    const attributes = attributesFor(types, given);
    const { dtype } = types[0] as ValueType;
    const hidden = dtype === 'float16' ? -65504 : -3.4028234e38;
    const bias = types[3]?.dtype === 'bool' ? arithmetic(g, dtype).where(mask, 0, hidden) : mask;
    return [addAttention(g, [q, k, v, bias], attributes)];
  },
};

function headsOf({ q_num_heads: queryHeads, kv_num_heads: keyHeads }: DotProductAttributes): readonly [number, number] {
  if (queryHeads && keyHeads) return [queryHeads, keyHeads];
  throw new EngineError('invalid-model', "attributes 'q_num_heads' and 'kv_num_heads' are missing", {
    expected: 'both, for inputs of three dimensions',
  });
}

function attributesFor(types: readonly (ValueType | undefined)[], given: DotProductAttributes): AttendAttributes {
  const [q, k, v] = types.slice(0, 3).map(boundShape) as [number[], number[], number[]];
  const heads = q.length === 4;
  const [queryHeads, keyHeads] = heads ? [q[1] as number, k[1] as number] : headsOf(given);
  const [queries, keys] = (heads ? [q[2], k[2]] : [q[1], k[1]]) as [number, number];
  const size = heads ? (q[3] as number) : headSizeOf(q[2] as number, queryHeads, 'Q');
  const valueSize = heads ? (v[3] as number) : headSizeOf(v[2] as number, keyHeads, 'V');
  const view = heads ? headsView : rowsView;
  return {
    batch: q[0] as number,
    heads: queryHeads,
    group: queryHeads / keyHeads,
    queries,
    keys,
    size,
    valueSize,
    scale: given.scale ?? 1 / Math.sqrt(size),
    causalOffset: given.is_causal === 1 ? 0 : undefined,
    views: [view(queries, queryHeads, size), view(keys, keyHeads, size), view(keys, keyHeads, valueSize)],
    layout: heads ? 'heads' : 'rows',
  };
}

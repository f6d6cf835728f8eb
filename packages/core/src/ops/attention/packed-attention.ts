import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import type { Op } from '../op.ts';
import { addAttention, attend, headSizeOf } from './attend.ts';
import type { AttendAttributes } from './attend-params.ts';
import { addMaskBias, maskBiasOf, refuse } from './masks.ts';
import { sumOf } from './multi-head-attention.ts';

export interface PackedAttributes {
  readonly num_heads: number;
  /** Widths of the three projections; thirds of the weight when undefined. */
  readonly qkv_hidden_sizes: readonly number[] | undefined;
  readonly unidirectional: number;
  readonly scale: number;
  readonly mask_filter_value: number;
  readonly do_rotary: number;
}

/**
 * com.microsoft Attention: one product of input [B, S, I] with weights [I, H·D + H·D + H·E] and bias makes query, key and value, then
 * attention reads them from the packed rows. Optionally mask_index ([B], [B, S] or [B, S, S]) and attention_bias. Output [B, S, H·E].
 */
export const packedAttention: Op<PackedAttributes> = {
  type: 'Attention',
  domain: 'com.microsoft',
  since: 1,
  attributes: {
    num_heads: attribute.int(),
    qkv_hidden_sizes: attribute.optionalInts(),
    unidirectional: attribute.int(0),
    scale: attribute.float(0),
    mask_filter_value: attribute.float(-10000),
    do_rotary: attribute.int(0),
  },
  infer(inputs, given) {
    const input = required(inputs[0], 'input');
    const weights = required(inputs[1], 'weights');
    refuse(inputs, { 6: 'past_sequence_length' });
    if (given.do_rotary === 1) {
      throw new EngineError('unsupported', 'rotary embedding inside Attention', { hint: "Use the 'wasm' engine for this model." });
    }
    const [b = 1, s = 1] = input.shape;
    const [, , width] = widthsOf(weights.shape[1] as number, given);
    return [{ dtype: input.dtype, shape: [b, s, width] }];
  },
  reference(inputs, given) {
    const [input, weights, bias, mask, , attentionBias] = inputs as readonly Tensor[] as readonly [
      Tensor,
      Tensor,
      Tensor?,
      Tensor?,
      Tensor?,
      Tensor?,
    ];
    const attributes = attributesFor(input.shape, weights.shape, given);
    const [inner = 1, outer = 1] = weights.shape;
    const [x, w] = [input.toNumbers(), weights.toNumbers()];
    const packed = Array.from({ length: (x.length / inner) * outer }, (_, offset) => {
      const [row, column] = [Math.floor(offset / outer), offset % outer];
      let sum = bias ? bias.at(column) : 0;
      for (let i = 0; i < inner; i++) sum += (x[row * inner + i] as number) * (w[i * outer + column] as number);
      return sum;
    });
    const qkv = tensorOf(packed, [...input.shape.slice(0, 2), outer], input.dtype);
    const { batch, queries, keys } = attributes;
    const maskBias = mask && maskBiasOf(mask, batch, queries, keys, given.mask_filter_value);
    return attend.reference([qkv, qkv, qkv, sumOf(maskBias, attentionBias)], attributes, 1);
  },
  lower({ g, inputs, types, attributes: given }) {
    const [input = '', weights = '', bias = '', mask = '', , attentionBias = ''] = inputs;
    const attributes = attributesFor(boundShape(types[0]), boundShape(types[1]), given);
    const product = g.add('MatMul', [input, weights]);
    const qkv = bias === '' ? product : g.add('Add', [product, bias]);
    const { dtype } = types[0] as ValueType;
    const masks = [
      ...(mask === '' ? [] : [addMaskBias(g, mask, attributes, given.mask_filter_value, dtype)]),
      ...(attentionBias === '' ? [] : [attentionBias]),
    ];
    const combined = masks.length === 2 ? g.add('Add', masks) : (masks[0] ?? '');
    return [addAttention(g, [qkv, qkv, qkv, combined], attributes)];
  },
};

function widthsOf(total: number, { qkv_hidden_sizes: sizes }: PackedAttributes): readonly [number, number, number] {
  if (sizes?.length === 3) return sizes as readonly number[] as readonly [number, number, number];
  return [total / 3, total / 3, total / 3];
}

function attributesFor(input: readonly number[], weights: readonly number[], given: PackedAttributes): AttendAttributes {
  const { num_heads: heads, scale, unidirectional } = given;
  const [batch = 1, queries = 1] = input;
  const row = weights[1] as number;
  const widths = widthsOf(row, given);
  const size = headSizeOf(widths[0], heads, 'weights');
  const valueSize = headSizeOf(widths[2], heads, 'weights');
  const view = (offset: number, head: number) => ({ offset, batch: queries * row, head, row });
  return {
    batch,
    heads,
    group: 1,
    queries,
    keys: queries,
    size,
    valueSize,
    scale: scale === 0 ? 1 / Math.sqrt(size) : scale,
    causalOffset: unidirectional === 1 ? 0 : undefined,
    views: [view(0, size), view(widths[0], size), view(widths[0] + widths[1], valueSize)],
    layout: 'rows',
  };
}

import { addDims } from '../../ir/dims.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { composite } from '../composite.ts';
import { boundShape, required } from '../dims.ts';
import { int64s } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Op } from '../op.ts';
import { type MultiHeadAttributes, multiHeadAttention } from './multi-head-attention.ts';
import { type PackedAttributes, packedAttention } from './packed-attention.ts';
import { sliceLast } from './rotary.ts';

/** MultiHeadAttention with past_key and past_value [B, H, P, D]: joined with the new ones, it is the one without. */
const withPast = composite<MultiHeadAttributes>({
  type: 'MultiHeadAttention',
  domain: 'com.microsoft',
  since: 1,
  attributes: multiHeadAttention.attributes,
  lower({ g, inputs, attributes: given }) {
    const [query = '', key = '', value = '', bias = '', mask = '', attentionBias = '', pastKey = '', pastValue = ''] = inputs;
    const widths = [query, key, value].map((name) => boundShape(g.typeOf(name)).at(-1) as number) as [number, number, number];
    const starts = [0, widths[0], widths[0] + widths[1]];
    const biased = [query, key, value].map((name, part) => {
      if (bias === '') return name;
      return g.add('Add', [name, sliceLast(g, bias, starts[part] as number, (starts[part] as number) + (widths[part] as number))]);
    }) as [string, string, string];
    const inHeads = (name: string) => {
      const shape = boundShape(g.typeOf(name));
      if (shape.length === 4) return name;
      const [batch = 1, length = 1, width = 1] = shape;
      return g.add('Transpose', [reshapeTo(g, name, [batch, length, given.num_heads, width / given.num_heads])], { perm: [0, 2, 1, 3] });
    };
    const present = [pastKey, pastValue].map((past, index) =>
      g.add('Concat', [past, inHeads(biased[index + 1] as string)], { axis: 2 }),
    ) as [string, string];
    const y = g.add(
      'MultiHeadAttention',
      [biased[0], ...present, '', mask, attentionBias],
      { ...given },
      { domain: 'com.microsoft', outputs: ['', '', ''].map((_, index) => (index === 0 ? g.fresh('attended') : '')) },
    );
    return [y, ...present];
  },
});

export const cachedMultiHeadAttention: Op<MultiHeadAttributes> = {
  ...multiHeadAttention,
  infer(inputs, given, context) {
    const types = multiHeadAttention.infer(inputs.slice(0, 6), given, context);
    const past = inputs[6];
    if (!past) return types;
    return types.map((type, index) =>
      index === 0 ? type : { ...type, shape: type.shape.with(2, addDims(past.shape[2] as Dim, type.shape[2] as Dim)) },
    );
  },
  reference: (inputs, given, outputs) => (inputs[6] ? withPast : multiHeadAttention).reference(inputs, given, outputs),
  lower(context) {
    const { lower } = context.inputs[6] ? withPast : multiHeadAttention;
    return (lower as NonNullable<typeof lower>)(context).slice(0, context.used.length);
  },
};

/** Attention with a past [2, B, H, P, D]: the projections written out, then MultiHeadAttention. */
const packedWithPast = composite<PackedAttributes>({
  type: 'Attention',
  domain: 'com.microsoft',
  since: 1,
  attributes: packedAttention.attributes,
  lower({ g, inputs, attributes: given }) {
    const [input = '', weights = '', bias = '', mask = '', past = '', attentionBias = ''] = inputs;
    const product = g.add('MatMul', [input, weights]);
    const qkv = bias === '' ? product : g.add('Add', [product, bias]);
    const width = boundShape(g.typeOf(qkv)).at(-1) as number;
    const widths = given.qkv_hidden_sizes ?? [width / 3, width / 3, width / 3];
    let start = 0;
    const parts = widths.map((own) => {
      start += own;
      return sliceLast(g, qkv, start - own, start);
    });
    const index = (value: number) => g.constant(int64s([value]), g.fresh('index'));
    const pasts =
      past === ''
        ? ['', '']
        : [0, 1].map((each) => {
            const [, ...rest] = boundShape(g.typeOf(past));
            return reshapeTo(g, g.add('Slice', [past, index(each), index(each + 1), index(0)]), rest);
          });
    const outputs = [g.fresh('attended'), g.fresh('present_key'), g.fresh('present_value')];
    const { num_heads, scale, unidirectional, mask_filter_value } = given;
    g.addAll(
      'MultiHeadAttention',
      [...parts, '', mask, attentionBias, ...pasts].slice(0, past === '' ? 6 : 8),
      { num_heads, scale, unidirectional, mask_filter_value },
      { domain: 'com.microsoft', outputs },
    );
    const axis = g.constant(int64s([0]), g.fresh('axes'));
    const present = outputs.slice(1).map((name) => g.add('Unsqueeze', [name, axis]));
    return [outputs[0] as string, g.add('Concat', present, { axis: 0 })];
  },
});

export const cachedPackedAttention: Op<PackedAttributes> = {
  ...packedAttention,
  infer(inputs, given, context) {
    const [y] = packedAttention.infer([...inputs.slice(0, 4), undefined, inputs[5]], given, context) as [ValueType];
    if (context.outputs <= 1) return [y];
    const past = inputs[4];
    const [batch = 1, length = 1] = required(inputs[0], 'input').shape;
    const width = (required(inputs[1], 'weights').shape[1] as number) / 3;
    const shape: readonly Dim[] = [
      2,
      batch,
      given.num_heads,
      past ? addDims(past.shape[3] as Dim, length) : length,
      width / given.num_heads,
    ];
    return [y, { dtype: y.dtype, shape }];
  },
  reference: (inputs, given, outputs) => (inputs[4] || outputs > 1 ? packedWithPast : packedAttention).reference(inputs, given, outputs),
  lower(context) {
    const { lower } = context.inputs[4] || context.used[1] ? packedWithPast : packedAttention;
    return (lower as NonNullable<typeof lower>)(context).slice(0, context.used.length);
  },
};

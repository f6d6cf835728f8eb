import type { GraphBuilder } from '../../ir/builder.ts';
import { addDims } from '../../ir/dims.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { elementTypes } from '../../tensor/element-type.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { composite } from '../composite.ts';
import { boundShape, required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { int64s } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Op } from '../op.ts';
import { type DotProductAttributes, scaledDotProduct } from './scaled-dot-product.ts';

interface GeneralAttributes extends DotProductAttributes {
  readonly qk_matmul_output_mode: number;
}

const spec = {
  is_causal: attribute.int(0),
  q_num_heads: attribute.optionalInt(),
  kv_num_heads: attribute.optionalInt(),
  scale: attribute.optionalFloat(),
  softcap: attribute.float(0),
  qk_matmul_output_mode: attribute.int(0),
};

/** Attention with all that the standard allows (a cache, softcap, scores as an output), written with products and a softmax. */
const general = composite<GeneralAttributes>({
  type: 'Attention',
  since: 23,
  attributes: spec,
  lower({ g, inputs, types, attributes: given }) {
    const [q = '', k = '', v = '', mask = '', pastKey = '', pastValue = '', lengths = ''] = inputs;
    const { dtype } = types[0] as ValueType;
    const shape = boundShape(types[0]);
    const byHeads = shape.length === 4;
    const inHeads = (name: string, heads: number) => {
      if (byHeads) return name;
      const [batch = 1, length = 1, width = 1] = boundShape(g.typeOf(name));
      return g.add('Transpose', [reshapeTo(g, name, [batch, length, heads, width / heads])], { perm: [0, 2, 1, 3] });
    };
    const queryHeads = byHeads ? (shape[1] as number) : (given.q_num_heads as number);
    const keyHeads = byHeads ? (boundShape(types[1])[1] as number) : (given.kv_num_heads as number);
    const query = inHeads(q, queryHeads);
    const [newKey, newValue] = [inHeads(k, keyHeads), inHeads(v, keyHeads)];
    const joined = (past: string, fresh: string) => (past === '' ? fresh : g.add('Concat', [past, fresh], { axis: 2 }));
    const [key, value] = [joined(pastKey, newKey), joined(pastValue, newValue)];
    const [batch = 1, , queries = 1, size = 1] = boundShape(g.typeOf(query));
    const keys = boundShape(g.typeOf(key))[2] as number;
    const valueSize = boundShape(g.typeOf(value))[3] as number;
    const past = keys - (boundShape(g.typeOf(newKey))[2] as number);
    const m = arithmetic(g, dtype);
    const group = queryHeads / keyHeads;
    const grouped = reshapeTo(g, query, [batch, keyHeads, group * queries, size]);
    const product = g.add('MatMul', [grouped, g.add('Transpose', [key], { perm: [0, 1, 3, 2] })]);
    const raw = m.mul(reshapeTo(g, product, [batch, queryHeads, queries, keys]), given.scale ?? 1 / Math.sqrt(size));
    const hidden = dtype === 'float16' ? -65504 : -3.4028234e38;
    const capped = given.softcap > 0 ? m.mul(m.tanh(m.div(raw, given.softcap)), given.softcap) : raw;
    let masked = capped;
    if (mask !== '') {
      const whole = widened(g, mask, keys, hidden);
      masked = types[3]?.dtype === 'bool' ? m.where(whole, masked, hidden) : m.add(masked, whole);
    }
    const integers = (count: number, shape: readonly number[]) =>
      g.constant(int64s(Array.from({ length: count }, (_, place) => place)).reshape(shape), g.fresh('places'));
    if (lengths !== '') {
      // The keys stand in buffers that are filled so far: with a causal mask, the last query is at the last key that counts.
      const counted = reshapeTo(g, lengths, [batch, 1, 1, 1]);
      const first = g.add('Sub', [counted, g.constant(Tensor.scalar(BigInt(queries), 'int64'), g.fresh('queries'))]);
      const seen =
        given.is_causal === 1
          ? g.add('LessOrEqual', [integers(keys, [keys]), g.add('Add', [integers(queries, [queries, 1]), first])])
          : g.add('Less', [integers(keys, [keys]), counted]);
      masked = m.where(seen, masked, hidden);
    } else if (given.is_causal === 1) {
      const seen = Tensor.from(
        Array.from({ length: queries * keys }, (_, offset) => offset % keys <= Math.floor(offset / keys) + past),
        [queries, keys],
        'bool',
      );
      masked = m.where(g.constant(seen, g.fresh('seen')), masked, hidden);
    }
    const weights = g.add('Softmax', [masked], { axis: -1 });
    const mixed = g.add('MatMul', [reshapeTo(g, weights, [batch, keyHeads, group * queries, keys]), value]);
    const heads = reshapeTo(g, mixed, [batch, queryHeads, queries, valueSize]);
    const y = byHeads ? heads : reshapeTo(g, g.add('Transpose', [heads], { perm: [0, 2, 1, 3] }), [batch, queries, queryHeads * valueSize]);
    const scores = [raw, masked, capped, weights][given.qk_matmul_output_mode] ?? raw;
    return [y, key, value, scores];
  },
});

/** A mask whose last axis is shorter than the keys hides those beyond it. */
function widened(g: GraphBuilder, mask: string, keys: number, hidden: number): string {
  const { dtype, shape } = g.typeOf(mask);
  const missing = keys - (shape.at(-1) as number);
  if (missing <= 0 || shape.at(-1) === 1) return mask;
  const ends = shape.flatMap(() => 0).concat(shape.map((_, axis) => (axis === shape.length - 1 ? missing : 0)));
  const pads = g.constant(int64s(ends), g.fresh('pads'));
  // Bits are padded as integers: Pad takes no bool on every engine.
  const numbers = dtype === 'bool' ? g.add('Cast', [mask], { to: elementTypes.int32 }) : mask;
  const fill = g.constant(dtype === 'bool' ? Tensor.scalar(0, 'int32') : Tensor.scalar(hidden, 'float64').cast(dtype), g.fresh('beyond'));
  const padded = g.add('Pad', [numbers, pads, fill]);
  return dtype === 'bool' ? g.add('Cast', [padded], { to: elementTypes.bool }) : padded;
}

/**
 * ONNX Attention (opsets 23 and 24). Inputs: Q, K, V, mask, past_key, past_value, and int64[B], the keys of each sample that count. Where nothing but Y is asked for and there is no cache, the core op computes it in one dispatch;
 * otherwise it is written out. Outputs: Y, present_key, present_value [B, H, P + S, D], scores [B, H, S, T].
 */
export const standardAttention: Op<GeneralAttributes> = {
  ...general,
  infer(inputs, given, context) {
    const [q, k, v] = ['Q', 'K', 'V'].map((name, index) => required(inputs[index], name)) as [ValueType, ValueType, ValueType];
    const [y] = scaledDotProduct.infer([q, k, v, inputs[3]], { ...given, softcap: 0 }, { ...context, outputs: 1 }) as [ValueType];
    if (context.outputs <= 1) return [y];
    const perHead = (type: ValueType): readonly Dim[] => {
      if (type.shape.length === 4) return type.shape;
      const [batch = 1, length = 1, width = 1] = type.shape;
      const heads = given.kv_num_heads ?? 1;
      return [batch, heads, length, typeof width === 'number' ? width / heads : `${width}/${heads}`];
    };
    const cache = (fresh: ValueType, past: ValueType | undefined): ValueType => {
      const [batch = 1, heads = 1, length = 1, size = 1] = perHead(fresh);
      return { dtype: fresh.dtype, shape: [batch, heads, past ? addDims(past.shape[2] as Dim, length) : length, size] };
    };
    const [key, value] = [cache(k, inputs[4]), cache(v, inputs[5])];
    const [batch = 1] = q.shape;
    const heads = q.shape.length === 4 ? (q.shape[1] as Dim) : (given.q_num_heads ?? 1);
    const queries = (q.shape.length === 4 ? q.shape[2] : q.shape[1]) as Dim;
    const scores: ValueType = { dtype: q.dtype, shape: [batch, heads, queries, key.shape[2] as Dim] };
    return [y, key, value, scores].slice(0, context.outputs);
  },
  reference(inputs, given, outputs) {
    return isPlain(inputs, given, outputs) ? scaledDotProduct.reference(inputs, given, 1) : general.reference(inputs, given, outputs);
  },
  lower(context) {
    const wanted = context.used.findLastIndex(Boolean) + 1;
    const { lower } = isPlain(context.types, context.attributes, wanted) ? scaledDotProduct : general;
    return (lower as NonNullable<typeof lower>)(context).slice(0, context.used.length);
  },
};

function isPlain(inputs: readonly (ValueType | undefined)[], { softcap }: GeneralAttributes, outputs: number): boolean {
  const [, key, , mask] = inputs;
  const [keys, seen] = [key?.shape.at(-2), mask?.shape.at(-1)];
  const whole = seen === undefined || seen === 1 || seen === keys;
  return whole && softcap === 0 && outputs <= 1 && ![4, 5, 6].some((index) => inputs[index]);
}

import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { composite } from '../composite.ts';
import { boundShape, required, requiredConstant, unknownDim } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { asInt32 } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Op } from '../op.ts';
import { addAttention, headsView, rowsView } from './attend.ts';
import { refuse } from './masks.ts';
import { cachedAngles, emitRotary, sliceLast } from './rotary.ts';

interface GroupQueryAttributes {
  readonly num_heads: number;
  readonly kv_num_heads: number;
  readonly scale: number;
  readonly do_rotary: number;
  readonly rotary_interleaved: number;
  readonly local_window_size: number;
  readonly softcap: number;
  readonly smooth_softmax: number;
}

/**
 * com.microsoft GroupQueryAttention. Inputs: query [B, S, H·D] with key and value [B, S, G·D], or all three packed in query
 * [B, S, (H + 2G)·D]; past_key and past_value [B, G, P, D]; seqlens_k int32 [B] (tokens of each sample with the new ones, less 1);
 * total_sequence_length (its content decides the size of the cache); cosines and sines [·, D/2] for do_rotary. Each query sees what is before it.
 * Outputs: [B, S, H·D], and the caches with the new keys and values.
 */
export const groupQueryAttention: Op<GroupQueryAttributes> = composite<GroupQueryAttributes>({
  type: 'GroupQueryAttention',
  domain: 'com.microsoft',
  since: 1,
  attributes: {
    num_heads: attribute.int(),
    kv_num_heads: attribute.int(),
    scale: attribute.float(0),
    do_rotary: attribute.int(0),
    rotary_interleaved: attribute.int(0),
    local_window_size: attribute.int(-1),
    softcap: attribute.float(0),
    smooth_softmax: attribute.int(0),
  },
  content: [6],
  infer(inputs, given, { constant }) {
    const query = required(inputs[0], 'query');
    if (given.softcap !== 0 || given.smooth_softmax > 0) {
      throw new EngineError('unsupported', 'softcap and smooth softmax are not computed by this engine', {
        hint: "Use the 'wasm' engine for this model.",
      });
    }
    refuse(inputs, { 11: 'head_sink' });
    const packed = inputs[1] === undefined;
    const width = query.shape[2] as Dim;
    const size = typeof width === 'number' ? width / (packed ? given.num_heads + 2 * given.kv_num_heads : given.num_heads) : unknownDim();
    const past = inputs[3]?.shape[2];
    const total = constant(6)?.at(0);
    const length: Dim = total === undefined || typeof past === 'string' ? unknownDim() : Math.max(total, past ?? 0);
    const cache: ValueType = { dtype: query.dtype, shape: [query.shape[0] as Dim, given.kv_num_heads, length, size] };
    const whole = typeof size === 'number' ? size * given.num_heads : width;
    return [{ dtype: query.dtype, shape: [...query.shape.slice(0, 2), whole] }, cache, cache];
  },
  lower({ g, inputs, types, attributes: given, constant }) {
    const [
      query = '',
      key = '',
      value = '',
      pastKey = '',
      pastValue = '',
      lengths = '',
      ,
      cosines = '',
      sines = '',
      positionIds = '',
      bias = '',
    ] = inputs;
    const { num_heads: heads, kv_num_heads: groups } = given;
    const { dtype } = types[0] as ValueType;
    const [batch = 1, queries = 1, width = 1] = boundShape(types[0]);
    const total = requiredConstant(constant(6), 'total_sequence_length').at(0);
    const size = width / (key === '' ? heads + 2 * groups : heads);
    const part = (name: string, start: number, count: number) =>
      reshapeTo(g, key === '' ? sliceLast(g, query, start * size, (start + count) * size) : name, [batch, queries, count, size]);
    const [rawQuery, rawKey, newValue] = [part(query, 0, heads), part(key, heads, groups), part(value, heads + groups, groups)];
    const m = arithmetic(g, 'int32');
    const integers = (count: number, shape: readonly number[]) =>
      g.constant(
        Tensor.from(
          Int32Array.from({ length: count }, (_, index) => index),
          shape,
        ),
        g.fresh('steps'),
      );
    // Tokens of each sample before the new ones, [B, 1]. The first run has none, whatever its padding.
    const before =
      queries === total
        ? g.constant(Tensor.from(new Int32Array(batch), [batch, 1]), g.fresh('before'))
        : m.sub(reshapeTo(g, m.cast(lengths, 'int32'), [batch, 1]), queries - 1);
    const positions = positionIds === '' ? m.add(before, integers(queries, [1, queries])) : asInt32(g, positionIds);
    const turn = (name: string) => {
      if (given.do_rotary !== 1) return name;
      const angles = [cosines, sines].map((cache) => cachedAngles(g, cache, positions, boundShape(g.typeOf(cache)).at(-1) as number)) as [
        string,
        string,
      ];
      return emitRotary(g, name, ...angles, given.rotary_interleaved === 1);
    };
    const past = pastKey === '' ? 0 : (boundShape(types[3])[2] as number);
    const length = Math.max(total, past);
    const cache = (fresh: string, kept: string) => joined(g, fresh, kept, before, { batch, groups, past, queries, length, size });
    const [presentKey, presentValue] = [cache(turn(rawKey), pastKey), cache(newValue, pastValue)];
    // Key t is seen by query s where t ≤ before + s, and within the window.
    const last = reshapeTo(g, m.add(before, integers(queries, [1, queries])), [batch, 1, queries, 1]);
    const keys = integers(length, [1, 1, 1, length]);
    const seen = m.apply('LessOrEqual', [keys, last]);
    const near = given.local_window_size > 0 ? m.apply('And', [seen, m.greater(keys, m.sub(last, given.local_window_size))]) : seen;
    const own = arithmetic(g, dtype);
    const hidden = own.where(near, 0, dtype === 'float16' ? -65504 : -3.4028234e38);
    const masks = bias === '' ? hidden : own.add(hidden, bias);
    const y = addAttention(g, [turn(rawQuery), presentKey, presentValue, masks], {
      batch,
      heads,
      group: heads / groups,
      queries,
      keys: length,
      size,
      valueSize: size,
      scale: given.scale === 0 ? 1 / Math.sqrt(size) : given.scale,
      causalOffset: undefined,
      views: [rowsView(queries, heads, size), headsView(length, groups, size), headsView(length, groups, size)],
      layout: 'rows',
    });
    return [y, presentKey, presentValue];
  },
});

/** The cache [B, G, length, D] with the new rows [B, S, G, D] at their places: after the past of each sample. */
function joined(
  g: GraphBuilder,
  fresh: string,
  kept: string,
  before: string,
  { batch, groups, past, queries, length, size }: Readonly<Record<'batch' | 'groups' | 'past' | 'queries' | 'length' | 'size', number>>,
): string {
  const own = g.add('Transpose', [fresh], { perm: [0, 2, 1, 3] });
  if (past === 0 && length === queries) return own;
  const both = past === 0 ? own : g.add('Concat', [kept, own], { axis: 2 });
  const m = arithmetic(g, 'int32');
  const integers = (count: number, step: number, shape: readonly number[]) =>
    g.constant(
      Tensor.from(
        Int32Array.from({ length: count }, (_, index) => index * step),
        shape,
      ),
      g.fresh('steps'),
    );
  const places = integers(length, 1, [1, length]);
  const inner = m.apply('Min', [m.apply('Max', [m.sub(places, before), 0]), queries - 1]);
  const row = m.where(m.apply('Less', [places, before]), places, m.add(inner, past));
  const flat = m.add(integers(batch * groups, past + queries, [batch, groups, 1]), reshapeTo(g, row, [batch, 1, length]));
  return g.add('Gather', [reshapeTo(g, both, [batch * groups * (past + queries), size]), flat]);
}

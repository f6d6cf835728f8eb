import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { multiplyDims } from '../../ir/dims.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { broadcastShapes } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { broadcastReader, tensorOf } from '../elementwise/evaluate.ts';
import { int64s, pickElements } from '../movement/host.ts';
import type { Op } from '../op.ts';
import { addAttention, attend, headSizeOf, headsView, rowsView } from './attend.ts';
import type { AttendAttributes, HeadView } from './attend-params.ts';
import { addMaskBias, maskBiasOf, refuse } from './masks.ts';

export interface MultiHeadAttributes {
  readonly num_heads: number;
  readonly mask_filter_value: number;
  /** Of the scores; 0 means 1 / √D. */
  readonly scale: number;
  readonly unidirectional: number;
}

/** Which input holds query, key and value, and how it is read. */
interface Sources {
  readonly attributes: AttendAttributes;
  /** Inputs that hold q, k and v: 0, 1 or 2 each. */
  readonly from: readonly [number, number, number];
}

const unsupportedInputs = { 8: 'past_sequence_length', 9: 'cache_indirection' };

/**
 * com.microsoft MultiHeadAttention. Inputs: query [B, S, H·D] with key [B, T, H·D] and value [B, T, H·E] (or both [B, H, T, ·]);
 * or query [B, S, H, 3, D] alone; or key [B, T, H, 2, D] without value. Then optionally bias [H·D + H·D + H·E] added to the three,
 * key_padding_mask ([B], [B, T] or [B, S, T]) and attention_bias (broadcasts to [B, H, S, T]). No cache of past keys.
 * Output [B, S, H·E], and on request the keys and values as [B, H, T, ·].
 */
export const multiHeadAttention: Op<MultiHeadAttributes> = {
  type: 'MultiHeadAttention',
  domain: 'com.microsoft',
  since: 1,
  attributes: {
    num_heads: attribute.int(),
    mask_filter_value: attribute.float(-10000),
    scale: attribute.float(0),
    unidirectional: attribute.int(0),
  },
  infer(inputs, { num_heads: heads }) {
    const query = required(inputs[0], 'query');
    refuse(inputs, unsupportedInputs);
    const [b = 1, s = 1] = query.shape;
    const [, key, value] = inputs;
    const packed = query.shape.length === 5;
    const size: Dim = packed ? (query.shape[4] as Dim) : perHead(query.shape[2], heads);
    const valueSize: Dim = packed || !value ? size : value.shape.length === 4 ? (value.shape[3] as Dim) : perHead(value.shape[2], heads);
    const keys: Dim = packed ? s : (key?.shape[key.shape.length === 4 ? 2 : 1] ?? 1);
    const width = typeof valueSize === 'number' ? heads * valueSize : multiplyDims(valueSize, heads);
    return [
      { dtype: query.dtype, shape: [b, s, width] },
      { dtype: query.dtype, shape: [b, heads, keys, size] },
      { dtype: query.dtype, shape: [b, heads, keys, valueSize] },
    ];
  },
  reference(inputs, given, outputs) {
    const [, , , bias, mask, attentionBias] = inputs;
    const { attributes, from } = sourcesOf(inputs, given);
    const { batch, heads, queries, keys, size, valueSize, views } = attributes;
    const biased = from.map((input, part) => {
      const tensor = inputs[input] as Tensor;
      if (!bias) return tensor;
      const width = heads * (part === 2 ? valueSize : size);
      const start = part * heads * size;
      const values = tensor.toNumbers().map((value, offset) => value + bias.at(start + (offset % width)));
      return tensorOf(values, tensor.shape, tensor.dtype);
    }) as [Tensor, Tensor, Tensor];
    const maskBias = mask && maskBiasOf(mask, batch, queries, keys, given.mask_filter_value);
    const y = attend.reference([...biased, sumOf(maskBias, attentionBias)], attributes, 1);
    const present = [1, 2].map((part) => {
      const view = views[part] as HeadView;
      const shape = [batch, heads, keys, part === 1 ? size : valueSize];
      return pickElements(
        biased[part] as Tensor,
        shape,
        ([b = 0, h = 0, t = 0, d = 0]) => view.offset + b * view.batch + h * view.head + t * view.row + d,
      );
    });
    return [...y, ...present].slice(0, outputs);
  },
  lower({ g, inputs, types, attributes: given, used }) {
    const { attributes, from } = sourcesOf(types, given);
    const { batch, heads, keys, size, valueSize, views } = attributes;
    const [, , , bias = '', mask = '', attentionBias = ''] = inputs;
    const parts = from.map((input, part) => {
      const name = inputs[input] as string;
      if (bias === '') return name;
      const start = part * heads * size;
      return g.add('Add', [name, addSlice(g, bias, start, start + heads * (part === 2 ? valueSize : size))]);
    }) as [string, string, string];
    const { dtype } = types[0] as ValueType;
    const masks = [
      ...(mask === '' ? [] : [addMaskBias(g, mask, attributes, given.mask_filter_value, dtype)]),
      ...(attentionBias === '' ? [] : [attentionBias]),
    ];
    const combined = masks.length === 2 ? g.add('Add', masks) : (masks[0] ?? '');
    const y = addAttention(g, [...parts, combined], attributes);
    const present = [1, 2].map((part) => {
      if (!used[part]) return '';
      const { offset, batch: b, head, row } = views[part] as HeadView;
      const shape = [batch, heads, keys, part === 1 ? size : valueSize];
      return g.add('Copy', [parts[part] as string], { shape, strides: [b, head, row, 1], offset }, { domain: 'headstart' });
    });
    return [y, ...present];
  },
};

function perHead(width: Dim | undefined, heads: number): Dim {
  return typeof width === 'number' ? headSizeOf(width, heads, 'query') : `${width}/${heads}`;
}

function sourcesOf(inputs: readonly (ValueType | undefined)[], given: MultiHeadAttributes): Sources {
  const { num_heads: heads, scale, unidirectional } = given;
  const query = boundShape(inputs[0]);
  const [batch = 1, queries = 1] = query;
  const complete = (keys: number, size: number, valueSize: number, views: readonly HeadView[]): AttendAttributes => ({
    batch,
    heads,
    group: 1,
    queries,
    keys,
    size,
    valueSize,
    scale: scale === 0 ? 1 / Math.sqrt(size) : scale,
    causalOffset: unidirectional === 1 ? keys - queries : undefined,
    views,
    layout: 'rows',
  });
  const packed = (input: number) => {
    if (!inputs[3]) return;
    throw new EngineError('unsupported', 'a bias on packed projections', { got: `[${boundShape(inputs[input]).join(', ')}]` });
  };
  if (query.length === 5) {
    packed(0);
    const size = query[4] as number;
    const views = [0, 1, 2].map((part) => rowsView(queries, heads, size, 3, part));
    return { attributes: complete(queries, size, size, views), from: [0, 0, 0] };
  }
  const size = headSizeOf(query[2] as number, heads, 'query');
  const q = rowsView(queries, heads, size);
  const key = boundShape(required(inputs[1], 'key'));
  if (!inputs[2]) {
    packed(1);
    const keys = key[1] as number;
    const views = [q, rowsView(keys, heads, size, 2, 0), rowsView(keys, heads, size, 2, 1)];
    return { attributes: complete(keys, size, size, views), from: [0, 1, 1] };
  }
  const value = boundShape(inputs[2]);
  if (key.length === 4) {
    const keys = key[2] as number;
    const valueSize = value[3] as number;
    return {
      attributes: complete(keys, size, valueSize, [q, headsView(keys, heads, size), headsView(keys, heads, valueSize)]),
      from: [0, 1, 2],
    };
  }
  const keys = key[1] as number;
  const valueSize = headSizeOf(value[2] as number, heads, 'value');
  return {
    attributes: complete(keys, size, valueSize, [q, rowsView(keys, heads, size), rowsView(keys, heads, valueSize)]),
    from: [0, 1, 2],
  };
}

/** Elements start..end of a vector. */
function addSlice(g: GraphBuilder, vector: string, start: number, end: number): string {
  const index = (value: number) => g.constant(int64s([value]), g.fresh('index'));
  return g.add('Slice', [vector, index(start), index(end)]);
}

/** The sum of two biases that broadcast to each other, either absent. */
export function sumOf(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
  if (!a || !b) return a ?? b;
  const shape = broadcastShapes(a.shape, b.shape);
  const [left, right] = [broadcastReader(a, shape), broadcastReader(b, shape)];
  const size = shape.reduce((product, dim) => product * dim, 1);
  return tensorOf(
    Array.from({ length: size }, (_, offset) => (left(offset) as number) + (right(offset) as number)),
    shape,
    'float64',
  );
}

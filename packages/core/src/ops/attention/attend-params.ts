import type { ValueType } from '../../ir/graph.ts';
import { broadcastStrides } from '../../tensor/shape.ts';
import type { BoundType } from '../op.ts';

/** Where the element (batch, head, row, d) of a query, key or value tensor lies: `offset + batch·b + head·h + row·r + d`, in elements. */
export interface HeadView {
  readonly offset: number;
  readonly batch: number;
  readonly head: number;
  readonly row: number;
}

export interface AttendAttributes {
  readonly batch: number; // B
  readonly heads: number; // H, of the queries
  /** Query heads that share one key and value head. */
  readonly group: number;
  readonly queries: number; // S
  readonly keys: number; // T
  readonly size: number; // D, of a query and key head
  readonly valueSize: number; // E, of a value head
  /** Factor of the scores. */
  readonly scale: number;
  /** Query s sees keys t ≤ s + `causalOffset` only; all keys when undefined. */
  readonly causalOffset: number | undefined;
  /** Of q, k and v: they may be parts of one tensor. */
  readonly views: readonly HeadView[];
  /** `rows`: output [B, S, H·E]; `heads`: [B, H, S, E]. */
  readonly layout: string;
}

/** Uniform members for reading the views and the bias, with their values. */
export function attendParams(
  inputs: readonly (BoundType | undefined)[],
  { batch, heads, group, queries, keys, size, valueSize, scale, causalOffset, views, layout }: AttendAttributes,
): { readonly params: Record<string, 'u32' | 'i32' | 'f32'>; readonly values: Record<string, number> } {
  const params: Record<string, 'u32' | 'i32' | 'f32'> = { scale: 'f32', hidden: 'i32' };
  const values: Record<string, number> = { scale, hidden: causalOffset ?? keys };
  const add = (members: Readonly<Record<string, number>>) => {
    for (const [name, value] of Object.entries(members)) {
      params[name] = 'u32';
      values[name] = value;
    }
  };
  add({ pairs: batch * heads, heads, group, queries, keys, size, value_size: valueSize });
  for (const [index, name] of ['q', 'k', 'v'].entries()) {
    const { offset, batch: b, head, row } = views[index] as HeadView;
    add({ [`${name}_offset`]: offset, [`${name}_batch`]: b, [`${name}_head`]: head, [`${name}_row`]: row });
  }
  const bias = inputs[3] as ValueType | undefined;
  if (bias) {
    const [b = 0, h = 0, s = 0, t = 0] = broadcastStrides(bias.shape as readonly number[], [batch, heads, queries, keys]);
    add({ bias_batch: b, bias_head: h, bias_row: s, bias_column: t });
  }
  const rows = layout === 'rows';
  add({
    out_batch: queries * heads * valueSize,
    out_head: rows ? valueSize : queries * valueSize,
    out_row: rows ? heads * valueSize : valueSize,
  });
  return { params, values };
}

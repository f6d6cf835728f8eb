import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { broadcastStrides } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import type { BoundType, Op } from '../op.ts';
import { attendCandidates } from './attend.wgsl.ts';
import type { AttendAttributes, HeadView } from './attend-params.ts';
import { flashCandidates } from './flash.wgsl.ts';

/**
 * Core op: `softmax(scale · q kᵀ + bias) v` for every head. Inputs: q, k, v, and optionally a bias that broadcasts to [B, H, S, T].
 * Strided views serve every layout that files use (heads inside rows, heads first, packed projections), so that nothing is moved.
 * A query all of whose keys are hidden gives zeros.
 */
export const attend: Op<AttendAttributes> = {
  type: 'Attention',
  domain: 'headstart',
  since: 1,
  attributes: {
    batch: attribute.int(),
    heads: attribute.int(),
    group: attribute.int(1),
    queries: attribute.int(),
    keys: attribute.int(),
    size: attribute.int(),
    valueSize: attribute.int(),
    scale: attribute.float(),
    causalOffset: attribute.optionalInt(),
    views: attribute.any<readonly HeadView[]>(),
    layout: attribute.string('rows'),
  },
  infer(inputs, { batch, heads, queries, valueSize, layout }) {
    const q = required(inputs[0], 'q');
    for (const [index, name] of ['q', 'k', 'v'].entries()) required(inputs[index], name);
    const shape = layout === 'rows' ? [batch, queries, heads * valueSize] : [batch, heads, queries, valueSize];
    return [{ dtype: q.dtype, shape }];
  },
  reference([q, k, v, bias], attributes) {
    const { batch, heads, group, queries, keys, size, valueSize, scale, layout } = attributes;
    const [qv, kv, vv] = attributes.views as readonly [HeadView, HeadView, HeadView];
    const [qs, ks, vs] = [q, k, v].map((tensor) => (tensor as Tensor).toNumbers()) as [number[], number[], number[]];
    const hidden = attributes.causalOffset ?? keys;
    const biasStrides = bias ? broadcastStrides(bias.shape, [batch, heads, queries, keys]) : [];
    const out = new Array<number>(batch * heads * queries * valueSize).fill(0);
    for (let b = 0; b < batch; b++) {
      for (let h = 0; h < heads; h++) {
        const shared = Math.floor(h / group);
        for (let s = 0; s < queries; s++) {
          const qAt = qv.offset + b * qv.batch + h * qv.head + s * qv.row;
          const visible = Math.max(0, Math.min(keys, s + hidden + 1));
          const scores = Array.from({ length: visible }, (_, t) => {
            const kAt = kv.offset + b * kv.batch + shared * kv.head + t * kv.row;
            let dot = 0;
            for (let d = 0; d < size; d++) dot += (qs[qAt + d] as number) * (ks[kAt + d] as number);
            const at = [b, h, s, t].reduce((offset, index, axis) => offset + index * (biasStrides[axis] ?? 0), 0);
            return dot * scale + (bias ? bias.at(at) : 0);
          });
          const largest = Math.max(...scores);
          if (largest === Number.NEGATIVE_INFINITY) continue;
          const weights = scores.map((score) => Math.exp(score - largest));
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          const to = layout === 'rows' ? ((b * queries + s) * heads + h) * valueSize : ((b * heads + h) * queries + s) * valueSize;
          weights.forEach((weight, t) => {
            const vAt = vv.offset + b * vv.batch + shared * vv.head + t * vv.row;
            for (let e = 0; e < valueSize; e++) out[to + e] = (out[to + e] as number) + (weight / total) * (vs[vAt + e] as number);
          });
        }
      }
    }
    const shape = layout === 'rows' ? [batch, queries, heads * valueSize] : [batch, heads, queries, valueSize];
    return [tensorOf(out, shape, (q as Tensor).dtype)];
  },
  kernels: (inputs, attributes, context) => [
    ...flashCandidates(inputs as readonly BoundType[], attributes, context),
    ...attendCandidates(inputs as readonly BoundType[], attributes, context),
  ],
};

/** Emits the core op; an absent bias is ''. */
export function addAttention(
  g: GraphBuilder,
  [q, k, v, bias]: readonly [string, string, string, string],
  { causalOffset, ...rest }: AttendAttributes,
): string {
  const attributes = { ...rest, ...(causalOffset === undefined ? {} : { causalOffset }) };
  return g.add('Attention', [q, k, v, ...(bias === '' ? [] : [bias])], attributes, { domain: 'headstart' });
}

/** The view of a tensor [B, rows, heads · D] (or [B, rows, heads, D]); with `parts` > 1, part `part` of [B, rows, heads, parts, D]. */
export function rowsView(rows: number, heads: number, size: number, parts = 1, part = 0): HeadView {
  const row = heads * parts * size;
  return { offset: part * size, batch: rows * row, head: parts * size, row };
}

/** The view of a tensor [B, heads, rows, D]. */
export function headsView(rows: number, heads: number, size: number): HeadView {
  return { offset: 0, batch: heads * rows * size, head: rows * size, row: size };
}

/** A dimension that must be a whole number of heads. */
export function headSizeOf(width: number, heads: number, name: string): number {
  if (heads > 0 && width % heads === 0) return width / heads;
  throw new EngineError('invalid-model', `'${name}' does not divide into its heads`, {
    expected: `a multiple of ${heads}`,
    got: `${width}`,
  });
}

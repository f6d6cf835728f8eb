import type { AnyOp } from '../op.ts';
import { attend } from './attend.ts';
import { cachedMultiHeadAttention, cachedPackedAttention } from './cached.ts';
import { standardAttention } from './general.ts';
import { groupQueryAttention } from './group-query.ts';
import { rotaryOps } from './rotary.ts';

/** Every form of attention. */
export const attentionOps: readonly AnyOp[] = [
  attend,
  cachedMultiHeadAttention,
  cachedPackedAttention,
  groupQueryAttention,
  ...rotaryOps,
  standardAttention,
];

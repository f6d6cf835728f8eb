import type { AnyOp } from '../op.ts';
import { attend } from './attend.ts';
import { cachedMultiHeadAttention, cachedPackedAttention } from './cached.ts';
import { rotaryOps } from './rotary.ts';

/** Attention as encoders have it. */
export const attentionOps: readonly AnyOp[] = [attend, cachedMultiHeadAttention, cachedPackedAttention, ...rotaryOps];

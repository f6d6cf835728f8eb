import type { AnyOp } from '../op.ts';
import { attend } from './attend.ts';
import { multiHeadAttention } from './multi-head-attention.ts';
import { packedAttention } from './packed-attention.ts';
import { scaledDotProduct } from './scaled-dot-product.ts';

/** Every form of attention. */
export const attentionOps: readonly AnyOp[] = [attend, multiHeadAttention, packedAttention, scaledDotProduct];

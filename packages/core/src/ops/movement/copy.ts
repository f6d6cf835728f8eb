import type { GraphBuilder } from '../../ir/builder.ts';
import { isFloat } from '../../tensor/dtype.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import type { BoundType, Op } from '../op.ts';
import { copyCandidates } from './copy.wgsl.ts';
import { pickElements } from './host.ts';

export interface CopyAttributes {
  /** Output shape, up to 8 axes after merging. */
  readonly shape: readonly number[];
  /** Input elements to step along each output axis; negative to run backwards, 0 to repeat. */
  readonly strides: readonly number[];
  /** Input element that output index 0 everywhere reads. */
  readonly offset: number;
  /** Output positions before `low` or from `high` on, along any axis, get `fill` instead. Empty for none. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly fill: number;
}

/**
 * Core op: `output[i] = input[offset + Σ i·strides]`, with a fill outside a box of the output.
 * Transpose, Slice, Expand, Tile, Split and constant Pad are this.
 */
export const copy: Op<CopyAttributes> = {
  type: 'Copy',
  domain: 'headstart',
  since: 1,
  attributes: {
    shape: attribute.ints(),
    strides: attribute.ints(),
    offset: attribute.int(0),
    low: attribute.ints([]),
    high: attribute.ints([]),
    fill: attribute.float(0),
  },
  infer: ([x], { shape }) => [{ dtype: required(x, 'x').dtype, shape }],
  reference([x], { shape, strides, offset, low, high, fill }) {
    const pick = (indices: readonly number[]) => {
      const outside = low.length > 0 && indices.some((index, axis) => index < (low[axis] as number) || index >= (high[axis] as number));
      return outside ? undefined : indices.reduce((from, index, axis) => from + index * (strides[axis] as number), offset);
    };
    return [pickElements(x as Tensor, shape, pick, fill)];
  },
  kernels: ([x], attributes, context) => copyCandidates(x as BoundType, attributes, context),
};

/** Emits a Copy, or the value itself when nothing moves. */
export function addCopy(
  g: GraphBuilder,
  x: string,
  attributes: Pick<CopyAttributes, 'shape' | 'strides'> & Partial<CopyAttributes>,
): string {
  return g.add('Copy', [x], { ...attributes }, { domain: 'headstart' });
}

/** Whether a gradient flows into a value of this dtype. */
export function differentiable(g: GraphBuilder, name: string): boolean {
  return name !== '' && isFloat(g.typeOf(name).dtype);
}

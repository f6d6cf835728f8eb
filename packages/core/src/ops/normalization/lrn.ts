import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import type { BoundType, Op } from '../op.ts';
import { floating } from './layer-normalization.ts';
import { lrnCandidates } from './lrn.wgsl.ts';

export interface LrnAttributes {
  /** Channels in the window: ⌊(size − 1) / 2⌋ before, ⌈(size − 1) / 2⌉ after. */
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
}

/** Local response normalisation across channels of x [N, C, …] (Krizhevsky 2012): y = x / (bias + α/size · Σ_window x²)^β. */
export const lrn: Op<LrnAttributes> = {
  type: 'LRN',
  since: 1,
  attributes: { size: attribute.int(), alpha: attribute.float(1e-4), beta: attribute.float(0.75), bias: attribute.float(1) },
  infer(inputs) {
    const x: ValueType = floating(inputs[0], 'X');
    if (x.shape.length < 2)
      throw new EngineError('invalid-model', 'X has no channels', { expected: '[N, C, …]', got: `rank ${x.shape.length}` });
    return [x];
  },
  reference([input], { size, alpha, beta, bias }) {
    const x = input as Tensor;
    const channels = x.shape[1] as number;
    const inner = sizeOf(x.shape.slice(2));
    const before = Math.floor((size - 1) / 2);
    const after = Math.ceil((size - 1) / 2);
    const values = x.toNumbers();
    const y = values.map((value, offset) => {
      const c = Math.floor(offset / inner) % channels;
      let sum = 0;
      for (let other = Math.max(c - before, 0); other <= Math.min(c + after, channels - 1); other++) {
        sum += (values[offset + (other - c) * inner] as number) ** 2;
      }
      return value / (bias + (alpha / size) * sum) ** beta;
    });
    return [tensorOf(y, x.shape, x.dtype)];
  },
  kernels: ([x], attributes, context) => lrnCandidates(x as BoundType, attributes, context),
};

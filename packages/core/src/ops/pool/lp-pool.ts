import { sizeOf } from '../../tensor/shape.ts';
import { attribute } from '../attribute.ts';
import { composite } from '../composite.ts';
import { required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { int64s } from '../movement/host.ts';
import type { AnyOp } from '../op.ts';
import { averagePool, type PoolAttributes, poolAttributes } from './pool.ts';

/** (Σ |x|ᵖ)^(1/p) of each window: an average of powers, times how many there are. */
const lpPool = composite<PoolAttributes & { p: number }>({
  type: 'LpPool',
  since: 2,
  attributes: { ...poolAttributes, p: attribute.int(2) },
  infer: (inputs, given, context) => averagePool.infer(inputs, given, context),
  lower({ g, inputs: [x = ''], attributes: { p, storage_order: _, ...window } }) {
    const m = arithmetic(g, g.typeOf(x).dtype);
    const given = Object.fromEntries(
      Object.entries({ ...window, count_include_pad: 1 }).filter(([, value]) => value !== undefined),
    ) as Record<string, number>;
    const mean = g.add('AveragePool', [m.apply('Pow', [m.apply('Abs', [x]), p])], given);
    return [m.apply('Pow', [m.mul(mean, sizeOf(window.kernel_shape ?? [])), 1 / p])];
  },
});

const globalLpPool = composite<{ p: number }>({
  type: 'GlobalLpPool',
  since: 2,
  attributes: { p: attribute.int(2) },
  infer([input]) {
    const x = required(input, 'X');
    return [{ dtype: x.dtype, shape: x.shape.map((dim, axis) => (axis < 2 ? dim : 1)) }];
  },
  lower({ g, inputs: [x = ''], attributes: { p } }) {
    const { dtype, shape } = g.typeOf(x);
    const m = arithmetic(g, dtype);
    const axes = g.constant(int64s(shape.flatMap((_, axis) => (axis < 2 ? [] : [axis]))), g.fresh('axes'));
    return [m.apply('Pow', [g.add('ReduceSum', [m.apply('Pow', [m.apply('Abs', [x]), p]), axes]), 1 / p])];
  },
});

export const lpPools: readonly AnyOp[] = [lpPool, globalLpPool];

import { EngineError } from '../../errors.ts';
import { isInt64 } from '../../tensor/dtype.ts';
import { attribute } from '../attribute.ts';
import type { Op } from '../op.ts';
import { pointwise } from './pointwise.ts';

const shrinkOfAny = pointwise<{ bias: number; lambd: number }>({
  type: 'Shrink',
  since: 9,
  attributes: { bias: attribute.float(0), lambd: attribute.float(0.5) },
  inputs: 1,
  expression(e, [x = 0], { bias, lambd }, [dtype = 'float32']) {
    const own = e.cast(x, 'float32');
    const number = (value: number) => e.constant(value, 'f32');
    const above = e.apply('Where', [e.apply('Greater', [own, number(lambd)]), e.apply('Sub', [own, number(bias)]), number(0)]);
    const below = e.apply('Less', [own, number(-lambd)]);
    return e.cast(e.apply('Where', [below, e.apply('Add', [own, number(bias)]), above]), dtype);
  },
  // dx = dy where |x| > lambd
  vjp: (m, { x: [x = ''], dy, attributes: { lambd } }) => [m.where(m.greater(m.apply('Abs', [x]), lambd), dy, 0)],
});

/** x + bias below −lambd, x − bias above lambd, 0 between. 64-bit integers are left to the host: float32 does not hold all of them. */
export const shrink: Op<{ bias: number; lambd: number }> = {
  ...shrinkOfAny,
  lower(context) {
    if (isInt64(context.types[0]?.dtype ?? 'float32')) {
      throw new EngineError('unsupported', 'Shrink of 64-bit integers is computed on the host');
    }
    return shrinkOfAny.lower?.(context) ?? [];
  },
};

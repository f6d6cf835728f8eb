import { attribute } from '../attribute.ts';
import { pointwise } from './pointwise.ts';

/** x + bias below −lambd, x − bias above lambd, 0 between. */
export const shrink = pointwise<{ bias: number; lambd: number }>({
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

import { attribute } from '../attribute.ts';
import type { Arithmetic, Term } from './arithmetic.ts';
import { pointwise } from './pointwise.ts';

/** Defaults of the attribute form: the largest floats, which bound nothing. */
const largest = 3.4028234663852886e38;

/** Clip with bounds as attributes. */
export const clip6 = pointwise<{ min: number; max: number }>({
  type: 'Clip',
  since: 6,
  attributes: { min: attribute.float(-largest), max: attribute.float(largest) },
  inputs: 1,
  expression: (e, [x = 0], { min, max }) => e.apply('Clip', [x], [min, max]),
  vjp: (m, { x: [x = ''], dy, attributes: { min, max } }) => [clipGradient(m, x, dy, min, max)],
});

/** Clip with bounds as optional scalar inputs. */
export const clip = pointwise({
  type: 'Clip',
  since: 11,
  inputs: [1, 3],
  expression(e, [x = 0, low, high], _, __, known) {
    const [min, max] = [known(1), known(2)];
    // With both bounds known, two instructions do; NaN-aware Max and Min take more.
    if (min !== undefined && max !== undefined) return e.apply('Clip', [x], [min, max]);
    if (min === 0 && high === undefined) return e.apply('Relu', [x]);
    const raised = low === undefined ? x : e.apply('Max', [x, low]);
    return high === undefined ? raised : e.apply('Min', [raised, high]);
  },
  vjp: (m, { x: [x = '', low = '', high = ''], dy }) => [clipGradient(m, x, dy, low, high), '', ''],
});

/** dx = dy where min < x < max, and 0 elsewhere. The bounds get none. */
function clipGradient(m: Arithmetic, x: string, dy: string, min: Term, max: Term): string {
  const above = min === '' ? dy : m.where(m.greater(x, min), dy, 0);
  return max === '' ? above : m.where(m.apply('Less', [x, max]), above, 0);
}

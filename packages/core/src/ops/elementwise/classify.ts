import { attribute } from '../attribute.ts';

import { pointwise } from './pointwise.ts';

export const isInfinite = pointwise<{ detect_negative: number; detect_positive: number }>({
  type: 'IsInf',
  since: 10,
  attributes: { detect_negative: attribute.int(1), detect_positive: attribute.int(1) },
  inputs: 1,
  output: () => 'bool',
  expression: (e, [x = 0], { detect_negative, detect_positive }) => e.apply('IsInf', [x], [detect_negative, detect_positive]),
  vjp: () => [''],
});

export const isNotANumber = pointwise({
  type: 'IsNaN',
  since: 9,
  inputs: 1,
  output: () => 'bool',
  expression: (e, [x = 0]) => e.apply('IsNaN', [x]),
  vjp: () => [''],
});

export const not = pointwise({ type: 'Not', since: 1, inputs: 1, expression: (e, [x = 0]) => e.apply('Not', [x]), vjp: () => [''] });

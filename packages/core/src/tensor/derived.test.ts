import { expect, test } from 'vitest';
import { derived } from './derived.ts';
import { Tensor } from './tensor.ts';

test('a result is computed once for each set of sources and key', () => {
  const a = Tensor.from([1, 2]);
  const b = Tensor.from([3, 4]);
  const twin = Tensor.from([3, 4]);
  const double = () => Tensor.from(a.toNumbers().map((value) => 2 * value));
  const first = derived(a, 'double', double);
  expect(derived(a, 'double', double)).toBe(first);
  expect(derived(a, 'other', double)).not.toBe(first);
  expect(derived([a, b], 'double', double)).not.toBe(first);
  expect(derived([a, b], 'double', double)).toBe(derived([a, b], 'double', double));
  expect(derived([a, b], 'double', double)).not.toBe(derived([a, twin], 'double', double));
  expect(derived([a, undefined, b], 'double', double)).not.toBe(derived([a, b], 'double', double));
});

import { expect, test } from 'vitest';
import { Tensor } from '../../tensor/tensor.ts';
import { evaluate } from '../evaluate.ts';
import { newBuilder } from '../registry.ts';

test('BitCast to a type of another width is refused', () => {
  const g = newBuilder({ fold: false });
  const cast = (to: number) => evaluate(g.build([g.add('BitCast', [g.constant(Tensor.from([1, 2]))], { to }, { opset: 26 })]), {});
  expect(() => cast(11)).toThrow('the bits cannot be read as this type, expected a type as wide as float32, got float64');
});

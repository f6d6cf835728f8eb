import { t } from '@headstart/testkit';
import { expect, test } from 'vitest';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { packProjections } from './pack-projections.ts';

const [k, n] = [96, 700];

/** x times weights of 8 bits that are unpacked before, stored [N, K] and turned, or [K, N]. */
function projection(dtype: 'uint8' | 'int8', turned: boolean, width = n) {
  const g = newBuilder({ fold: false });
  const x = g.input('x', 'float32', ['rows', k]);
  const range = dtype === 'uint8' ? { min: 0, max: 255 } : { min: -128, max: 127 };
  const weights = g.constant(t(dtype, turned ? [width, k] : [k, width], range).tensor, 'w');
  const zero = g.constant(Tensor.from([dtype === 'uint8' ? 131 : -3], [], dtype), 'zero');
  const all = turned ? g.add('Transpose', [weights], { perm: [1, 0] }) : weights;
  const unpacked = g.add('DequantizeLinear', [all, g.constant(0.02, 'scale'), zero]);
  return g.build([g.add('MatMul', [x, unpacked])]);
}

test.each([
  ['uint8', true],
  ['uint8', false],
  ['int8', true],
  ['int8', false],
] as const)('a product with %s weights (turned: %s) keeps them packed', (dtype, turned) => {
  const graph = projection(dtype, turned);
  const packed = packProjections(graph);
  expect(packed.nodes.map(({ type }) => type)).toEqual(['MatMulNBits']);
  const x = t('float32', [3, k]).tensor;
  const [wanted] = Object.values(evaluate(graph, { x }));
  const [got] = Object.values(evaluate(packed, { x }));
  expect(got?.shape).toEqual([3, n]);
  got?.toNumbers().forEach((value, index) => {
    expect(value).toBeCloseTo(wanted?.at(index) as number, 3);
  });
  // All bindings of a model share the packed weights.
  const weightsOf = (of: typeof packed) => [...of.constants.values()].find(({ shape }) => shape.length === 3);
  expect(weightsOf(packProjections(graph))).toBe(weightsOf(packed));
});

test('small weights, and columns that no block divides, stay as they are', () => {
  expect(packProjections(projection('uint8', true, 100)).nodes).toHaveLength(3);
});

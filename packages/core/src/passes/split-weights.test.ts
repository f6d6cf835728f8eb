import { expect, test } from 'vitest';
import { softwareCapabilities } from '../../test/support/capabilities.ts';
import { verify } from '../ir/verify.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { normal } from '../tensor/random.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { optimise } from './optimise.ts';

const random = (name: string, shape: readonly number[]) =>
  Tensor.from(
    Float32Array.from({ length: sizeOf(shape) }, (_, index) => normal(1, name, index)),
    shape,
  );

test.each([0, 1])('a product whose weights are too large to bind is computed in runs of columns (transB %i)', (transB) => {
  const [rows, k, n] = [3, 10, 100];
  const g = newBuilder();
  const x = g.input('x', 'float32', [rows, k]);
  const residual = g.input('residual', 'float32', [rows, n]);
  const weight = random('w', transB ? [n, k] : [k, n]);
  const product = g.add('Gemm', [x, g.constant(weight, 'w'), g.constant(random('b', [n]), 'b')], { transB });
  const graph = g.build([g.add('Relu', [g.add('Add', [product, residual])])]);
  const caps = { ...softwareCapabilities, maxBindingBytes: 40 * k * 4 };
  const split = optimise(graph, caps);
  verify(split);
  expect(split.nodes.filter(({ type }) => type === 'MatMul')).toHaveLength(4); // 32 columns each, a multiple of 16
  for (const tensor of split.constants.values()) expect(tensor.size * 4).toBeLessThanOrEqual(caps.maxBindingBytes);
  expect(optimise(graph, softwareCapabilities).nodes.map(({ type }) => type)).toEqual(['MatMul']);

  const feeds = { x: random('x', [rows, k]), residual: random('residual', [rows, n]) };
  const [wanted] = Object.values(evaluate(graph, feeds));
  const [got] = Object.values(evaluate(split, feeds));
  expect(got?.shape).toEqual(wanted?.shape);
  got?.toNumbers().forEach((value, offset) => {
    expect(value).toBeCloseTo(wanted?.at(offset) as number, 5);
  });
  const weights = [...split.constants.values()].filter(({ shape }) => shape.length === 2);
  expect([...optimise(graph, caps).constants.values()].filter(({ shape }) => shape.length === 2)).toEqual(weights);
  expect([...optimise(graph, caps).constants.values()].includes(weights[0] as Tensor)).toBe(true);
});

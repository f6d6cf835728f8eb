import { expect, test } from 'vitest';
import { softwareCapabilities } from '../../test/support/capabilities.ts';
import type { GraphBuilder } from '../ir/builder.ts';
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

/** What is left of what `write` builds over x and rest, checked to compute what it did. */
function left(write: (g: GraphBuilder, x: string, rest: string) => readonly string[], restShape: readonly number[] = [5, 8]) {
  const g = newBuilder();
  const feeds = { x: random('x', [5, 8]), rest: random('rest', restShape) };
  const [x, rest] = Object.entries(feeds).map(([name, { shape }]) => g.input(name, 'float32', shape)) as [string, string];
  const graph = g.build(write(g, x, rest));
  const result = optimise(graph, softwareCapabilities);
  verify(result);
  const wanted = Object.values(evaluate(graph, feeds));
  Object.values(evaluate(result, feeds)).forEach((tensor, index) => {
    expect(tensor.shape).toEqual(wanted[index]?.shape);
    tensor.toNumbers().forEach((value, offset) => {
      expect(value).toBeCloseTo(wanted[index]?.at(offset) as number, 5);
    });
  });
  return result.nodes.map(({ type, inputs, attributes }) => ({ type, inputs: inputs.length, addend: attributes.addend }));
}

const vector = (g: GraphBuilder, name: string) => g.constant(random(name, [8]), name);
const layer = (g: GraphBuilder, x: string) => g.add('LayerNormalization', [x, vector(g, 'scale'), vector(g, 'bias')]);
const product = (g: GraphBuilder, x: string) => g.add('MatMul', [x, g.constant(random('weight', [8, 8]), 'weight')]);

test('a sum that only a normalisation reads is computed there, and the product before it stays plain', () => {
  const nodes = left((g, x, rest) => [g.add('Relu', [layer(g, g.add('Add', [product(g, x), rest]))])]);
  expect(nodes).toEqual([
    { type: 'MatMul', inputs: 2, addend: undefined },
    { type: 'LayerNormalization', inputs: 4, addend: 1 },
  ]);
});

test('what is read again behind the normalisation is read once', () => {
  const nodes = left((g, x, rest) => [g.add('Add', [layer(g, g.add('Add', [product(g, x), rest])), rest])]);
  expect(nodes.map(({ inputs }) => inputs)).toEqual([2, 4]);
});

test('not where the sum is read elsewhere, is broadcast, or doubles one value', () => {
  const elsewhere = left((g, x, rest) => {
    const sum = g.add('Add', [product(g, x), rest]);
    return [layer(g, sum), sum];
  });
  const broadcast = left((g, x, rest) => [layer(g, g.add('Add', [product(g, x), rest]))], [8]);
  const doubled = left((g, x) => {
    const y = product(g, x);
    return [layer(g, g.add('Add', [y, y]))];
  });
  for (const nodes of [elsewhere, broadcast, doubled]) {
    expect(nodes.map(({ type, addend = 0 }) => [type, addend])).toEqual([
      ['MatMul', 0],
      ['LayerNormalization', 0],
    ]);
  }
});

import { describe, expect, test } from 'vitest';
import { softwareCapabilities } from '../../test/support/capabilities.ts';
import type { GraphBuilder } from '../ir/builder.ts';
import { verify } from '../ir/verify.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { normal } from '../tensor/random.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { linearForm } from './linear-form.ts';
import { optimise } from './optimise.ts';

const random = (name: string, shape: readonly number[]) =>
  Tensor.from(
    Float32Array.from({ length: sizeOf(shape) }, (_, index) => normal(1, name, index)),
    shape,
  );
const [batch, queries, keys, heads, size] = [2, 5, 7, 3, 4];
const shapes: Readonly<Record<string, readonly number[]>> = {
  q: [batch, queries, heads * size],
  k: [batch, keys, heads * size],
  v: [batch, keys, heads * size],
  mask: [batch, 1, 1, keys],
};

/** Types of the nodes left of what `write` builds over q, k, v and a mask, checked to compute what it did. */
function left(write: (g: GraphBuilder) => string): readonly string[] {
  const g = newBuilder();
  for (const [name, shape] of Object.entries(shapes)) g.input(name, 'float32', shape);
  const graph = g.build([write(g)]);
  const result = optimise(graph, softwareCapabilities);
  verify(result);
  const feeds = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, random(name, shape)]));
  const [wanted] = Object.values(evaluate(graph, feeds));
  const [got] = Object.values(evaluate(result, feeds));
  expect(got?.shape).toEqual(wanted?.shape);
  got?.toNumbers().forEach((value, offset) => {
    expect(value).toBeCloseTo(wanted?.at(offset) as number, 4);
  });
  return result.nodes.map(({ type }) => type).filter((type) => type !== 'Reshape');
}

const reshape = (g: GraphBuilder, x: string, ...shape: number[]) =>
  g.add('Reshape', [x, g.constant(Tensor.from(shape, [shape.length], 'int64'), g.fresh('shape'))]);
const transpose = (g: GraphBuilder, x: string, ...perm: number[]) => g.add('Transpose', [x], { perm });
const headsOf = (g: GraphBuilder, x: string, ...perm: number[]) => transpose(g, reshape(g, x, 0, 0, heads, size), ...perm);
const scaled = (g: GraphBuilder, x: string) => g.add('Div', [x, g.constant(2, g.fresh('scale'))]);
const rows = (g: GraphBuilder, x: string) => reshape(g, transpose(g, x, 0, 2, 1, 3), 0, 0, heads * size);

describe('fuseAttention', () => {
  test('as BERT exports write it: keys transposed twice at once, scores divided and masked, rows out', () => {
    const types = left((g) => {
      const scores = g.add('MatMul', [headsOf(g, 'q', 0, 2, 1, 3), headsOf(g, 'k', 0, 2, 3, 1)]);
      const weights = g.add('Softmax', [g.add('Add', [scaled(g, scores), 'mask'])]);
      return rows(g, g.add('MatMul', [weights, headsOf(g, 'v', 0, 2, 1, 3)]));
    });
    expect(types).toEqual(['Attention']);
  });

  test('as vision exports write it: q and k scaled, no mask, heads out', () => {
    const types = left((g) => {
      const q = scaled(g, headsOf(g, 'q', 0, 2, 1, 3));
      const k = transpose(g, headsOf(g, 'k', 0, 2, 1, 3), 0, 1, 3, 2);
      return g.add('MatMul', [g.add('Softmax', [g.add('MatMul', [q, k])]), headsOf(g, 'v', 0, 2, 1, 3)]);
    });
    expect(types.filter((type) => type === 'Attention')).toHaveLength(1);
    expect(types).not.toContain('Softmax');
  });

  test('projections of one input become one product, and the expanded mask is not written out', () => {
    const types = left((g) => {
      const project = (name: string) => {
        const weight = g.constant(random(name, [heads * size, heads * size]), `${name}_weight`);
        return g.add('Add', [g.add('MatMul', ['v', weight]), g.constant(random(name, [heads * size]), `${name}_bias`)]);
      };
      const scores = g.add('MatMul', [headsOf(g, project('a'), 0, 2, 1, 3), headsOf(g, project('b'), 0, 2, 3, 1)]);
      const wide = g.constant(Tensor.from([batch, heads, keys, keys], [4], 'int64'), 'wide');
      const weights = g.add('Softmax', [g.add('Add', [scaled(g, scores), g.add('Expand', ['mask', wide])])]);
      return rows(g, g.add('MatMul', [weights, headsOf(g, project('c'), 0, 2, 1, 3)]));
    });
    expect(types).toEqual(['MatMul', 'Attention']);
  });

  test('not where the weights are read elsewhere, or normalised over queries', () => {
    const twice = left((g) => {
      const weights = g.add('Softmax', [g.add('MatMul', [headsOf(g, 'q', 0, 2, 1, 3), headsOf(g, 'k', 0, 2, 3, 1)])]);
      const values = g.add('MatMul', [weights, headsOf(g, 'v', 0, 2, 1, 3)]);
      return g.add('Add', [values, g.add('ReduceMean', [weights, g.constant(Tensor.from([-1], [1], 'int64'))])]);
    });
    expect(twice).not.toContain('Attention');
    const overQueries = left((g) => {
      const weights = g.add('Softmax', [g.add('MatMul', [headsOf(g, 'q', 0, 2, 1, 3), headsOf(g, 'k', 0, 2, 3, 1)])], { axis: 2 });
      return g.add('MatMul', [weights, headsOf(g, 'v', 0, 2, 1, 3)]);
    });
    expect(overQueries).not.toContain('Attention');
  });
});

test('linearForm reads scale and offset out of an expression, and says when there is none', () => {
  const f32 = 'f32' as const;
  const scaleAndAdd = [
    { fn: 'Const', args: [], literals: [4], type: f32 },
    { fn: 'Div', args: [0, 2], type: f32 },
    { fn: 'Sub', args: [3, 1], type: f32 },
  ];
  expect(linearForm(scaleAndAdd, 2)).toEqual({ constant: 0, coefficients: [0.25, -1] });
  expect(linearForm([], 1)).toEqual({ constant: 0, coefficients: [1] });
  expect(linearForm([{ fn: 'Mul', args: [0, 1], type: f32 }], 2)).toBeUndefined();
  expect(linearForm([{ fn: 'Exp', args: [0], type: f32 }], 1)).toBeUndefined();
});

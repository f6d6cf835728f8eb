import { describe, expect, test } from 'vitest';
import { verify } from '../ir/verify.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { followReshape, specialise } from './specialise.ts';

const int64 = (values: readonly number[]) => Tensor.from(values, [values.length], 'int64');

/** Flattens [batch, 2, width] to [batch, 2·width] by shape arithmetic, and doubles it. */
function symbolic() {
  const g = newBuilder();
  const x = g.input('x', 'float32', ['n', 2, 'w']);
  const shape = g.add('Shape', [x]);
  const batch = g.add('Slice', [shape, g.constant(int64([0])), g.constant(int64([1]))]);
  const target = g.add('Concat', [batch, g.constant(int64([-1]))], { axis: 0 });
  const flat = g.add('Reshape', [x, target]);
  return g.build([g.add('Add', [flat, flat], {}, { outputs: ['y'] })]);
}

/** As a file exported at batch 1 does: [1, 4, 2, 2] to [1, 2, 2, 2, 2], groups swapped, back, and to [1, 16]. */
function fixed() {
  const g = newBuilder();
  const x = g.input('x', 'float32', [1, 4, 2, 2]);
  const split = g.add('Reshape', [x, g.constant(int64([1, 2, 2, 2, 2]))]);
  const swapped = g.add('Transpose', [split], { perm: [0, 2, 1, 3, 4] });
  const merged = g.add('Reshape', [swapped, g.constant(int64([1, 4, 2, 2]))]);
  const flat = g.add('Reshape', [merged, g.constant(int64([1, -1]))]);
  return g.build([g.add('Relu', [flat], {}, { outputs: ['y'] })]);
}

describe('specialise', () => {
  test('binds the leading symbol by `batch` and any symbol by its name, and folds shape arithmetic', () => {
    const graph = symbolic();
    const bound = specialise(graph, { batch: 3, w: 5 });
    verify(bound);
    expect(bound.types.get('x')).toEqual({ dtype: 'float32', shape: [3, 2, 5] });
    expect(bound.types.get('y')).toEqual({ dtype: 'float32', shape: [3, 10] });
    expect(bound.nodes.map((node) => node.type)).toEqual(['Reshape', 'Add']);
    const feeds = {
      x: Tensor.from(
        Float32Array.from({ length: 30 }, (_, index) => index - 7),
        [3, 2, 5],
      ),
    };
    expect(evaluate(bound, feeds)).toEqual(evaluate(graph, feeds));
  });

  test('leaves open what is not named', () => {
    expect(specialise(symbolic(), { batch: 3 }).types.get('x')?.shape).toEqual([3, 2, 'w']);
  });

  test('rebinds a batch that the file fixes: each sample gives what it gave alone', () => {
    const graph = fixed();
    const bound = specialise(graph, { batch: 3 });
    verify(bound);
    expect(bound.types.get('y')?.shape).toEqual([3, 16]);
    const data = Float32Array.from({ length: 48 }, (_, index) => Math.sin(index));
    const together = evaluate(bound, { x: Tensor.from(data, [3, 4, 2, 2]) }).y as Tensor;
    for (let sample = 0; sample < 3; sample++) {
      const alone = evaluate(graph, { x: Tensor.from(data.slice(sample * 16, sample * 16 + 16), [1, 4, 2, 2]) }).y as Tensor;
      expect(together.toNumbers().slice(sample * 16, sample * 16 + 16)).toEqual(alone.toNumbers());
    }
  });

  test('rebinds height and width that the file fixes', () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', ['n', 3, 8, 8]);
    const bound = specialise(g.build([g.add('Relu', [x], {}, { outputs: ['y'] })]), { batch: 2, height: 4, width: 6 });
    expect(bound.types.get('y')?.shape).toEqual([2, 3, 4, 6]);
  });

  test('names the node that cannot follow a rebound dimension', () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [1, 6, 4, 2]);
    const split = g.add('Reshape', [x, g.constant(int64([1, 6, 2, 4]))], {}, { name: 'mix' });
    expect(() => specialise(g.build([split]), { width: 3 })).toThrow(
      /^Reshape 'mix' \(node 0\): the file fixes a size here that cannot be rebound.*\[1, 6, 4, 3\]/,
    );
  });

  test('refuses a batch that an output does not follow', () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [1, 3]);
    const range = [int64([0]), int64([1]), int64([0])].map((tensor, index) => g.constant(tensor, `range${index}`));
    const y = g.add('Slice', [x, ...range], {}, { outputs: ['y'] });
    expect(() => specialise(g.build([y]), { batch: 2 })).toThrow(
      "output 'y' does not follow the batch, expected leading dimension 2, got [1, 3].",
    );
  });

  test('offers the names there are', () => {
    expect(() => specialise(symbolic(), { width: 5 })).toThrow("no input has a dimension 'width', expected one of 'w'");
    expect(() => specialise(symbolic(), { batch: 0 })).toThrow('expected a positive integer, got 0');
  });
});

test.each([
  { before: [1, 4, 7, 7], after: [1, 196], now: [5, 4, 7, 7], target: [5, 196] },
  { before: [1, 4, 7, 7], after: [1, 2, 2, 7, 7], now: [5, 4, 9, 9], target: [5, 2, 2, 9, 9] },
  { before: [1, 8, 6], after: [8, 6], now: [3, 8, 6], target: [24, 6] },
  { before: [8, 6], after: [1, 8, 6], now: [24, 6], target: [3, 8, 6] },
  { before: [1, 1024, 1, 1], after: [1, 1024], now: [5, 1024, 1, 1], target: [5, 1024] },
  { before: [1, 4, 6, 2], after: [1, 4, 2, 6], now: [1, 4, 6, 3], target: undefined },
])('followReshape $before → $after at $now', ({ before, after, now, target }) => {
  expect(followReshape(before, after, now)).toEqual(target);
});

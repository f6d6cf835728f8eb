import { expect, test } from 'vitest';
import type { GraphBuilder } from '../ir/builder.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { normal } from '../tensor/random.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { backward } from './backward.ts';

type Inputs = Readonly<Record<string, readonly number[]>>;

/** Gradients by `backward` and by central differences, in float64, must agree. */
function expectGradients(inputs: Inputs, forward: (g: GraphBuilder) => string, wrt = Object.keys(inputs)): void {
  const g = newBuilder();
  for (const [name, shape] of Object.entries(inputs)) g.input(name, 'float64', shape);
  const loss = forward(g);
  const gradients = backward(g, loss, wrt);
  const graph = g.build([loss, ...gradients]);
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, shape]) => {
      return [
        name,
        Tensor.from(
          Float64Array.from({ length: sizeOf(shape) }, (_, index) => normal(1, name, index)),
          shape,
        ),
      ];
    }),
  );
  const lossAt = (name: string, offset: number, change: number) => {
    const moved = Float64Array.from(feeds[name]?.toNumbers() ?? []);
    moved[offset] = (moved[offset] as number) + change;
    return (evaluate(graph, { ...feeds, [name]: Tensor.from(moved, inputs[name]) }, [loss])[loss] as Tensor).at(0);
  };
  const results = evaluate(graph, feeds);
  wrt.forEach((name, index) => {
    const gradient = results[gradients[index] as string] as Tensor;
    expect(gradient.shape).toEqual(inputs[name]);
    gradient.toNumbers().forEach((value, offset) => {
      const difference = (lossAt(name, offset, 1e-5) - lossAt(name, offset, -1e-5)) / 2e-5;
      expect(Math.abs(value - difference)).toBeLessThan(1e-7 * Math.max(1, Math.abs(value)));
    });
  });
}

const total = (g: GraphBuilder, value: string) => g.add('ReduceSum', [value], { keepdims: 0 });

test('a chain', () => {
  expectGradients({ x: [2, 3] }, (g) => total(g, g.add('Exp', [g.add('Tanh', ['x'])])));
});

test('fan-out accumulates: x is read four times', () => {
  expectGradients({ x: [4] }, (g) => total(g, g.add('Add', [g.add('Mul', ['x', 'x']), g.add('Mul', [g.add('Exp', ['x']), 'x'])])));
});

test('broadcast inputs get the sum over the axes they were repeated along', () => {
  const product = (g: GraphBuilder) => total(g, g.add('Mul', [g.add('Mul', ['a', 'b']), g.add('Exp', [g.add('Add', ['a', 'c'])])]));
  expectGradients({ a: [2, 3, 4], b: [3, 1], c: [] }, product);
  expectGradients({ a: [1, 4], b: [2, 1, 1], c: [3, 1] }, product);
});

test('a product with batch dimensions against one matrix', () => {
  expectGradients({ a: [2, 3, 4], b: [4, 5] }, (g) => total(g, g.add('Tanh', [g.add('MatMul', ['a', 'b'])])));
});

test('softmax cross-entropy with a penalty, as the logistic head has it', () => {
  expectGradients({ x: [5, 3], w: [3, 4], b: [4], target: [5, 4] }, (g) => {
    const logits = g.add('Add', [g.add('MatMul', ['x', 'w']), 'b']);
    const entropy = total(g, g.add('Mul', ['target', g.add('LogSoftmax', [logits], { axis: -1 })]));
    return g.add('Sub', [total(g, g.add('Mul', ['w', 'w'])), entropy]);
  });
});

test('an intermediate value can be differentiated with respect to', () => {
  const g = newBuilder();
  g.input('x', 'float64', [3]);
  const square = g.add('Mul', ['x', 'x']);
  const loss = total(g, g.add('Mul', [square, g.constant(Tensor.from(Float64Array.of(3)))]));
  const [gradient = ''] = backward(g, loss, [square]);
  const x = Tensor.from(Float64Array.of(1, 2, 3));
  expect(evaluate(g.build([gradient]), { x })[gradient]?.toNumbers()).toEqual([3, 3, 3]);
});

test('an operator without a gradient is named, but only where a gradient must pass', () => {
  const build = (wrt: string) => {
    const g = newBuilder();
    g.input('x', 'float64', [3]);
    g.input('y', 'float64', [3]);
    const wrapped = g.add('Mod', ['x', g.constant(Tensor.from(Float64Array.of(2)))], { fmod: 1 }, { name: 'wrap' });
    return () => backward(g, total(g, g.add('Mul', [wrapped, 'y'])), [wrt]);
  };
  expect(build('x')).toThrow("Mod 'wrap': this operator has no gradient. Cut the graph after it, or keep what comes before it frozen.");
  expect(build('y')).not.toThrow();
});

test('Dropout in training has no gradient, and says so', () => {
  const gradientOf = (training: boolean) => {
    const g = newBuilder({ fold: false });
    const x = g.input('x', 'float32', [4]);
    const y = g.add('Dropout', [x, g.constant(Tensor.scalar(0.5), 'ratio'), g.constant(Tensor.scalar(training, 'bool'), 'training')]);
    return backward(g, g.add('ReduceSum', [y], { keepdims: 0 }), ['x']);
  };
  expect(gradientOf(false)).toHaveLength(1);
  expect(() => gradientOf(true)).toThrow('Dropout in training has no gradient');
});

test('what the loss does not depend on, and a loss that is no scalar, are errors', () => {
  const g = newBuilder();
  g.input('x', 'float64', [3]);
  g.input('y', 'float64', [3]);
  const loss = total(g, 'x');
  expect(() => backward(g, loss, ['y'])).toThrow(`'${loss}' does not depend on 'y'`);
  expect(() => backward(g, 'x', ['x'])).toThrow("loss 'x' is not a scalar, expected one float, got float64[3]");
});

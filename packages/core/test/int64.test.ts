import { runOracle } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../src/errors.ts';
import type { GraphBuilder } from '../src/ir/builder.ts';
import type { Graph } from '../src/ir/graph.ts';
import { evaluate } from '../src/ops/evaluate.ts';
import { newBuilder } from '../src/ops/registry.ts';
import type { Engine } from '../src/session/engine.ts';
import { openEngine } from '../src/session/open-engine.ts';
import { isInt64 } from '../src/tensor/dtype.ts';
import { isWide, Tensor } from '../src/tensor/tensor.ts';
import { axes, type Case, cases, elements, generator, type Kind, tensorOf } from './support/int64-cases.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ backend: 'webgpu' });
});
afterAll(() => engine.dispose());

function graphOf({ inputs, build }: Case): Graph {
  const g = newBuilder({ fold: false });
  const names = inputs.map(([dtype, shape], index) => g.input(`x${index}`, dtype, shape));
  return g.build([g.add('Identity', [build(g, names)], {}, { outputs: ['y'] })]);
}

function feedsOf({ inputs, kind = 'limits' }: Case, random: () => number, own: Kind = kind): Record<string, Tensor> {
  return Object.fromEntries(inputs.map(([dtype, shape], index) => [`x${index}`, tensorOf(random, dtype, shape, own)]));
}

async function expectOracle({ oracle }: Case, graph: Graph, feeds: Readonly<Record<string, Tensor>>): Promise<readonly unknown[]> {
  const own = elements(evaluate(graph, feeds).y);
  if (oracle === 'none') return own;
  const theirs = elements((await runOracle(graph, feeds)).y);
  const within = (value: unknown) => BigInt.asIntN(53, value as bigint) === value;
  const exact = (index: number) => oracle === undefined || (within(own[index]) && within(theirs[index]));
  expect(own.filter((_, index) => exact(index))).toEqual(theirs.filter((_, index) => exact(index)));
  return own;
}

const rounds = 10;

describe('int64 and uint64 arithmetic gives what onnxruntime gives, or says that it cannot', () => {
  it.each(cases)('$name', async (each) => {
    const graph = graphOf(each);
    using session = await engine.load(graph);
    const random = generator(20261126);
    for (let round = 0; round < rounds; round++) {
      // Half of the runs stay small, so that each case also computes something.
      const feeds = feedsOf(each, random, round % 2 ? 'small' : each.kind);
      const expected = await expectOracle(each, graph, feeds);
      const values = Object.values(
        evaluate(
          graph,
          feeds,
          graph.nodes.flatMap(({ outputs }) => outputs),
        ),
      );
      const outcome = await session.run(feeds).then(
        ({ y }) => elements(y),
        (error: unknown) => error,
      );
      if (session.explain().hostSteps === 0 && values.some((value) => isInt64(value.dtype) && isWide(value))) {
        expect(outcome).toBeInstanceOf(EngineError);
        expect((outcome as EngineError).code).toBe('out-of-range');
        expect((outcome as EngineError).message).toContain('does not fit the 32 bits of the GPU');
      } else expect(outcome).toEqual(expected);
    }
  });
});

describe('beyond 32 bits', () => {
  const exact = cases.filter(({ oracle, inputs }) => oracle === undefined && inputs.some(([dtype]) => isInt64(dtype)));
  it.each(exact)('the host keeps 64 bits: $name', async (each) => {
    const graph = graphOf(each);
    using session = await engine.load(graph);
    const random = generator(64);
    for (let round = 0; round < 3; round++) {
      const feeds = feedsOf(each, random, 'any');
      const expected = await expectOracle(each, graph, feeds);
      expect(elements((await session.run(feeds)).y)).toEqual(expected);
    }
  });

  const far = 2n ** 40n;
  const one64 = (value: bigint) => Tensor.scalar(value, 'int64');
  /** With constants that 32 bits do not hold, where a kernel would take them as numbers of its own. */
  const constants: readonly { name: string; build(g: GraphBuilder, x: string): string; opset?: number }[] = [
    { name: 'Add', build: (g, x) => g.add('Add', [x, g.constant(one64(2n ** 62n + 1n), 'far')]) },
    {
      name: 'Clip',
      build: (g, x) => g.add('Clip', [x, g.constant(one64(far), 'low'), g.constant(one64(2n ** 62n), 'high')], {}, { opset: 13 }),
    },
    { name: 'Clip that bounds nothing', build: (g, x) => g.add('Clip', [x, g.constant(one64(-far), 'low')], {}, { opset: 13 }) },
    { name: 'Pad', build: (g, x) => g.add('Pad', [x, axes(g, 1n, 2n), g.constant(one64(2n ** 60n + 1n), 'fill')], {}, { opset: 13 }) },
    {
      name: 'Trilu',
      build: (g, x) =>
        g.add('Reshape', [g.add('Trilu', [g.add('Unsqueeze', [x, axes(g, 0n)]), g.constant(one64(far), 'k')]), axes(g, -1n)]),
    },
    {
      name: 'OneHot',
      build: (g, x) =>
        g.add(
          'Max',
          [
            x,
            g.add('ReduceSum', [
              g.add('OneHot', [g.constant(Tensor.from([far, 1n]), 'at'), g.constant(one64(3n), 'depth'), axes(g, 0n, 7n)]),
              axes(g, 0n, 1n),
            ]),
          ],
          {},
          { opset: 13 },
        ),
    },
    {
      name: 'ConstantOfShape',
      build: (g, x) => g.add('Add', [x, g.add('ConstantOfShape', [g.add('Shape', [x])], { value: Tensor.from([far]) })]),
    },
    {
      name: 'Range',
      build: (g, x) =>
        g.add('Sub', [
          x,
          g.add('Range', [g.constant(one64(far), 'start'), g.constant(one64(far + 21n), 'limit'), g.constant(one64(3n), 'delta')]),
        ]),
    },
    {
      name: 'MatMul',
      build: (g, x) => g.add('MatMul', [x, g.constant(Tensor.from(Array.from({ length: 7 }, (_, k) => far + BigInt(k))), 'w')]),
    },
  ];
  it.each(constants)('$name with a constant that does not fit', async ({ build }) => {
    const g = newBuilder({ fold: false });
    const y = build(g, g.input('x', 'int64', [7]));
    const graph = g.build([g.add('Identity', [y], {}, { outputs: ['y'] })]);
    const feeds = { x: Tensor.from([1n, -2n, 3n, -4n, 5n, 2n ** 31n - 1n, -(2n ** 31n)]) };
    using session = await engine.load(graph);
    expect(elements((await session.run(feeds)).y)).toEqual(elements((await runOracle(graph, feeds)).y));
  });
});

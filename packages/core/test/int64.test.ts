import { runOracle } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EngineError } from '../src/errors.ts';
import type { GraphBuilder } from '../src/ir/builder.ts';
import type { AttributeMap, Graph } from '../src/ir/graph.ts';
import { evaluate } from '../src/ops/evaluate.ts';
import { newBuilder } from '../src/ops/registry.ts';
import { optimise } from '../src/passes/optimise.ts';
import { planGraph } from '../src/plan/plan-graph.ts';
import type { Engine } from '../src/session/engine.ts';
import { openEngine } from '../src/session/open-engine.ts';
import { type DType, isInt64 } from '../src/tensor/dtype.ts';
import { isWide, Tensor } from '../src/tensor/tensor.ts';
import { softwareCapabilities } from './support/capabilities.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ backend: 'webgpu' });
});
afterAll(() => engine.dispose());

/** A Park–Miller generator: enough for test data, and independent of the generator under test. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

type Kind = 'limits' | 'roots' | 'small' | 'any';

/** Integers that fit 32 bits: at their limits, where two multiply to about a limit, or small. `any`: of all 64 bits. */
function integer(random: () => number, kind: Kind, unsigned: boolean): bigint {
  const sign = unsigned || random() < 0.5 ? 1n : -1n;
  const below = (bound: number) => BigInt(Math.floor(random() * bound));
  if (kind === 'any') {
    const bits = (below(2 ** 32) << 32n) | below(2 ** 32);
    return unsigned ? bits : BigInt.asIntN(64, bits);
  }
  const choice = random();
  const limit = unsigned ? 2n ** 32n - 1n : 2n ** 31n - 1n;
  if (kind === 'small' || choice < 0.3) return sign * below(6);
  if (kind === 'roots') return sign * (46330n + below(20));
  if (choice < 0.6) return sign > 0n ? limit - below(4) : -limit - 1n + below(4);
  return choice < 0.8 ? sign * (limit / 2n + below(4)) : sign * below(2 ** 31);
}

function tensorOf(random: () => number, dtype: DType, shape: readonly number[], kind: Kind): Tensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (dtype === 'float32') {
    const edges = [2147483520, 2147483648, -2147483648, -2147483904, 1e10, -1e12, 0.5, -0.9, 16777216];
    return Tensor.from(
      Float32Array.from({ length: size }, () => (random() < 0.1 ? (edges[Math.floor(random() * edges.length)] as number) : random() * 1e9)),
      shape,
    );
  }
  if (dtype === 'bool')
    return Tensor.from(
      Uint8Array.from({ length: size }, () => Number(random() < 0.5)),
      shape,
      'bool',
    );
  return Tensor.from(
    Array.from({ length: size }, () => integer(random, kind, dtype.startsWith('u'))),
    shape,
    dtype,
  );
}

interface Case {
  readonly name: string;
  readonly inputs: readonly (readonly [DType, readonly number[]])[];
  readonly kind?: Kind;
  /** Emits the graph and gives its output. */
  build(g: GraphBuilder, x: readonly string[]): string;
  /**
   * `none`: onnxruntime does not have the operator for this dtype, its definition on the host is the oracle. `doubles`: onnxruntime computes
   * it in float64, and is asked only as far as that is exact.
   */
  readonly oracle?: 'none' | 'doubles';
}

/** One operator on inputs of one dtype. */
function one(
  type: string,
  inputs: Case['inputs'],
  options: Partial<Case> & { readonly attributes?: AttributeMap; readonly opset?: number } = {},
): Case {
  const { attributes = {}, opset, ...rest } = options;
  return {
    name: `${type} ${inputs.map(([dtype]) => dtype).join(', ')}${attributes.direction ?? attributes.reduction ?? ''}`,
    inputs,
    build: (g, x) => g.add(type, x, attributes, opset === undefined ? {} : { opset }),
    ...rest,
  };
}

const line: readonly number[] = [7];
const i: Case['inputs'][number] = ['int64', line];
const u: Case['inputs'][number] = ['uint64', line];
const axes = (g: GraphBuilder, ...values: bigint[]) => g.constant(Tensor.from(values, [values.length], 'int64'), g.fresh('axes'));
const reduce = (type: string, dtype: DType, kind: Kind, rest: Partial<Case> = {}): Case => ({
  name: `${type} ${dtype} ${kind}`,
  inputs: [[dtype, [5, 3]]],
  kind,
  build: (g, [x = '']) => (type === 'ReduceSum' ? g.add(type, [x, axes(g, 1n)]) : g.add(type, [x], { axes: [1] }, { opset: 12 })),
  ...rest,
});

const cases: readonly Case[] = [
  one('Add', [i, i]),
  one('Sub', [i, i]),
  one('Mul', [i, i], { kind: 'roots' }),
  { ...one('Mul', [i, i]), name: 'Mul at the limits' },
  one('Div', [i, i], {
    build: (g, [a = '', b = '']) => g.add('Div', [a, g.add('Add', [g.add('Mul', [b, literal(g, 2)]), literal(g, 1)])]),
  }),
  one('Neg', [i]),
  one('Abs', [i]),
  one('Sign', [i]),
  one('Max', [i, i], { opset: 13 }),
  one('Clip', [i], { build: (g, [x = '']) => g.add('Clip', [x, literal(g, -(2 ** 31)), literal(g, 2 ** 31 - 2)], {}, { opset: 13 }) }),
  one('Pow', [i, i], { kind: 'small', oracle: 'doubles' }),
  one('Pow', [i, ['float32', []]], {
    name: 'Pow by a float',
    inputs: [i],
    kind: 'small',
    oracle: 'doubles',
    build: (g, [x = '']) => g.add('Pow', [x, g.constant(Tensor.scalar(3), 'three')]),
  }),
  one('Mod', [i, i], { build: (g, [a = '', b = '']) => g.add('Mod', [a, g.add('BitwiseOr', [b, literal(g, 1)], {}, { opset: 18 })]) }),
  one('BitwiseXor', [i, i], { opset: 18 }),
  one('BitwiseNot', [i], { opset: 18 }),
  one('BitwiseNot', [u], { opset: 18 }),
  one('Add', [u, u], { oracle: 'none' }),
  one('Sub', [u, u], { oracle: 'none' }),
  one('Mul', [u, u], { oracle: 'none', kind: 'roots' }),
  one('Pow', [u, u], { oracle: 'none', kind: 'small' }),
  one('PRelu', [i, i], { oracle: 'none' }),
  one('Shrink', [i], { oracle: 'none', attributes: { lambd: 3, bias: 1 } }),
  {
    name: 'Pow by any float',
    inputs: [i],
    kind: 'small',
    oracle: 'doubles',
    build: (g, [x = '']) => g.add('Pow', [g.add('Abs', [x]), g.constant(Tensor.from([0.5, 1.5, 2, 0.25, 31, 3, 0]), 'powers')]),
  },
  {
    name: 'GridSample',
    inputs: [['int64', [1, 1, 3, 3]]],
    oracle: 'none',
    build: (g, [x = '']) =>
      g.add('GridSample', [x, g.constant(Tensor.from([0, 0, 1, -1], [1, 1, 2, 2]), 'grid')], { padding_mode: 'border' }),
  },
  {
    name: 'Resize, linear',
    inputs: [['int64', [2, 3]]],
    oracle: 'none',
    build: (g, [x = '']) => g.add('Resize', [x, '', g.constant(Tensor.from([1, 2]), 'scales')], { mode: 'linear' }, { opset: 13 }),
  },
  {
    name: 'Resize, nearest',
    inputs: [['int64', [2, 3]]],
    oracle: 'none',
    build: (g, [x = '']) => g.add('Resize', [x, '', g.constant(Tensor.from([1, 2]), 'scales')], { mode: 'nearest' }, { opset: 13 }),
  },
  one('BitShift', [u, u], {
    attributes: { direction: 'LEFT' },
    build: (g, [a = '', b = '']) => g.add('BitShift', [a, g.add('Mod', [b, unsigned(g, 40)])], { direction: 'LEFT' }),
  }),
  one('BitShift', [u, u], {
    attributes: { direction: 'RIGHT' },
    build: (g, [a = '', b = '']) => g.add('BitShift', [a, g.add('Mod', [b, unsigned(g, 40)])], { direction: 'RIGHT' }),
  }),
  cast('int64', 'uint64'),
  cast('uint64', 'int64'),
  cast('uint32', 'int64'),
  cast('int32', 'uint64'),
  cast('int64', 'int32'),
  cast('uint64', 'int32'),
  cast('float32', 'int64'),
  cast('int64', 'float32'),
  cast('bool', 'int64'),
  reduce('ReduceSum', 'int64', 'limits', { oracle: 'doubles' }),
  reduce('ReduceMax', 'int64', 'limits'),
  reduce('ReduceProd', 'int64', 'roots', { oracle: 'doubles' }),
  reduce('ReduceProd', 'int64', 'limits', { oracle: 'doubles' }),
  reduce('ReduceMean', 'int64', 'limits', { oracle: 'none' }),
  reduce('ReduceL1', 'int64', 'limits', { oracle: 'none' }),
  reduce('ReduceSumSquare', 'int64', 'roots', { oracle: 'none' }),
  reduce('ReduceSum', 'uint64', 'limits', { oracle: 'none' }),
  reduce('ReduceMean', 'uint64', 'limits', { oracle: 'none' }),
  reduce('ReduceProd', 'uint64', 'roots', { oracle: 'none' }),
  ...[{}, { exclusive: 1 }, { reverse: 1 }].map(
    (attributes): Case => ({
      name: `CumSum ${JSON.stringify(attributes)}`,
      inputs: [['int64', [3, 4]]],
      build: (g, [x = '']) => g.add('CumSum', [x, literal(g, 1)], attributes),
    }),
  ),
  ...['add', 'mul'].map(
    (reduction): Case => ({
      name: `ScatterElements ${reduction}`,
      inputs: [
        ['int64', [4]],
        ['int64', [6]],
      ],
      kind: reduction === 'mul' ? 'roots' : 'limits',
      build: (g, [x = '', updates = '']) =>
        g.add('ScatterElements', [x, g.constant(Tensor.from([0n, 1n, 0n, 3n, 1n, 0n]), 'at'), updates], { reduction }, { opset: 18 }),
    }),
  ),
  one('MatMul', [
    ['int64', [3, 4]],
    ['int64', [4, 2]],
  ]),
  one(
    'Einsum',
    [
      ['int64', [3, 4]],
      ['int64', [4, 2]],
    ],
    { attributes: { equation: 'ij,jk->ik' }, kind: 'small' },
  ),
  {
    name: 'a fused chain',
    inputs: [i, i, ['bool', line]],
    kind: 'roots',
    build(g, [a = '', b = '', c = '']) {
      const product = g.add('Mul', [a, b]);
      const picked = g.add('Where', [c, g.add('Sub', [product, a]), g.add('Neg', [b])]);
      return g.add('Add', [picked, g.add('Cast', [g.add('Less', [picked, literal(g, 0)])], { to: 7 })]);
    },
  },
  {
    name: 'arithmetic behind a sum',
    inputs: [['int64', [5, 3]]],
    oracle: 'doubles',
    build: (g, [x = '']) => g.add('Mul', [g.add('ReduceSum', [x, axes(g, 1n)]), literal(g, -1)]),
  },
  {
    name: 'floats that become integers in between',
    inputs: [['float32', line]],
    build: (g, [x = '']) => g.add('Cast', [g.add('Cast', [x], { to: 7 })], { to: 1 }),
  },
];

function literal(g: GraphBuilder, value: number): string {
  return g.constant(Tensor.scalar(BigInt(value), 'int64'), g.fresh('literal'));
}

function unsigned(g: GraphBuilder, value: number): string {
  return g.constant(Tensor.scalar(value, 'uint64'), g.fresh('literal'));
}

function cast(from: DType, to: DType): Case {
  const numbers = { int32: 6, int64: 7, uint64: 13, float32: 1 } as const;
  return one('Cast', [[from, [9]]], { name: `Cast ${from} to ${to}`, attributes: { to: numbers[to as keyof typeof numbers] } });
}

function graphOf({ inputs, build }: Case): Graph {
  const g = newBuilder({ fold: false });
  const names = inputs.map(([dtype, shape], index) => g.input(`x${index}`, dtype, shape));
  return g.build([g.add('Identity', [build(g, names)], {}, { outputs: ['y'] })]);
}

function feedsOf({ inputs, kind = 'limits' }: Case, random: () => number, own: Kind = kind): Record<string, Tensor> {
  return Object.fromEntries(inputs.map(([dtype, shape], index) => [`x${index}`, tensorOf(random, dtype, shape, own)]));
}

/** Elements as they are: `Tensor.at` has no number for some. */
const elements = (tensor: Tensor | undefined) => [...(tensor?.data ?? [])];

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

it('a loop that its condition ends may have the largest int64 for a limit', async () => {
  const body = newBuilder({ fold: false });
  body.input('iteration', 'int64', []);
  body.input('going', 'bool', []);
  const next = body.add('Add', [body.input('total', 'int64', []), literal(body, 2 ** 30)]);
  const again = body.add('Less', [next, literal(body, 2 ** 30)]);
  const g = newBuilder({ fold: false });
  const limit = g.constant(Tensor.scalar(2n ** 63n - 1n, 'int64'), 'limit');
  const start = g.input('start', 'int64', []);
  const going = g.constant(Tensor.scalar(true, 'bool'), 'going_first');
  const loop = { name: 'loop', type: 'Loop', domain: '', opset: 16, inputs: [limit, going, start], outputs: ['y'] };
  g.addOrKeep({ ...loop, attributes: { body: body.build([again, next]) } }, []);
  using session = await engine.load(g.build(['y']));
  const from = (start: bigint) => session.run({ start: Tensor.scalar(start, 'int64') });
  expect(elements((await from(-(2n ** 31n))).y)).toEqual([2n ** 30n]);
  // A body is a session of its own: what does not fit in it is refused as well.
  await expect(from(2n ** 30n)).rejects.toThrow('does not fit the 32 bits of the GPU');
});

describe('the error', () => {
  const feed = (...values: bigint[]) => Tensor.from(values, [values.length], 'int64');

  it('names the nodes that one dispatch computes, the first of them that went wrong', async () => {
    const g = newBuilder({ fold: false });
    const x = g.input('x', 'int64', [2]);
    const product = g.add('Mul', [x, x], {}, { name: '/m/Mul' });
    const sum = g.add('CumSum', [g.add('Sub', [product, x], {}, { name: '/m/Sub' }), literal(g, 0)], {}, { name: '/m/CumSum' });
    const [y = ''] = g.addAll('Neg', [sum], {}, { outputs: ['y'], name: '/m/Neg' });
    using session = await engine.load(g.build([y]));
    expect(elements((await session.run({ x: feed(3n, 4n) })).y)).toEqual([-6n, -18n]);
    await expect(session.run({ x: feed(46341n, 1n) })).rejects.toThrow(
      "Mul '/m/Mul' or Sub '/m/Sub': a 64-bit integer on the way to 'sub' does not fit the 32 bits of the GPU, expected int64 in -2147483648..2147483647, uint64 in 0..4294967295. Use the 'wasm' engine for this input; it computes with 64 bits.",
    );
    await expect(session.run({ x: feed(46340n, 46340n) })).rejects.toThrow("CumSum '/m/CumSum': a 64-bit integer on the way to 'cumsum'");
    // A run that was refused leaves nothing behind.
    expect(elements((await session.run({ x: feed(3n, 4n) })).y)).toEqual([-6n, -18n]);
    expect(session.explain().steps.map(({ watched }) => watched)).toEqual([true, true, true]);
  });

  it('names the node behind a change of shape', async () => {
    const g = newBuilder({ fold: false });
    const product = g.add('Mul', [g.input('x', 'int64', [2, 2]), literal(g, 3)], {}, { name: 'triple' });
    const flat = g.add('Reshape', [product, axes(g, 4n)], {}, { name: 'flat' });
    const [y = ''] = g.addAll('Add', [flat, literal(g, 1)], {}, { outputs: ['y'], name: 'next' });
    using session = await engine.load(g.build([y]));
    expect(session.explain().dispatches).toBe(1);
    await expect(session.run({ x: Tensor.from([1n, 2n, 3n, 2n ** 30n], [2, 2]) })).rejects.toThrow("Mul 'triple'");
  });

  it('comes where results stay on the device, when they are read or what follows from them is', async () => {
    const g = newBuilder({ fold: false });
    const [double = ''] = g.addAll('Add', [g.input('x', 'int64', [1]), 'x'], {}, { outputs: ['double'] });
    const halves = newBuilder({ fold: false });
    const [half = ''] = halves.addAll('Max', [halves.input('x', 'int64', [1]), literal(halves, 0)], {}, { opset: 13, outputs: ['half'] });
    using doubling = await engine.load(g.build([double]));
    using other = await engine.load(halves.build([half]));
    const good = await doubling.runOnDevice({ x: feed(2n ** 30n - 1n) });
    expect(elements((await other.run({ x: good.double as never })).half)).toEqual([2n ** 31n - 2n]);
    const bad = await doubling.runOnDevice({ x: feed(2n ** 30n) });
    const next = await other.runOnDevice({ x: bad.double as never });
    for (const outcome of [bad.double?.read(), next.half?.read(), other.run({ x: bad.double as never })]) {
      await expect(outcome).rejects.toThrow("Add: a 64-bit integer on the way to 'double' does not fit");
    }
    for (const tensor of [good.double, bad.double, next.half]) tensor?.dispose();
  });

  it('leaves the states of a session as they were before the run', async () => {
    const g = newBuilder({ fold: false });
    const x = g.input('x', 'int64', [1]);
    const [next = ''] = g.addAll('Add', [g.input('sum', 'int64', [1]), x], {}, { outputs: ['next'] });
    const [y = ''] = g.addAll('Cast', [x], { to: 1 }, { outputs: ['y'] });
    using session = await engine.load(g.build([y, next]), { states: { sum: 'next' } });
    await session.run({ x: feed(2n ** 31n - 10n) });
    await expect(session.run({ x: feed(10n) })).rejects.toThrow('does not fit');
    await session.run({ x: feed(9n) });
    await expect(session.run({ x: feed(1n) })).rejects.toThrow('does not fit');
  });
});

it('a float that 64 bits do not hold becomes the limit, so that a branch not taken does no harm', async () => {
  const cast = (to: number) => {
    const g = newBuilder({ fold: false });
    return engine.load(g.build([g.add('Cast', [g.input('x', 'float32', [6])], { to }, { outputs: ['y'] })]));
  };
  const x = Tensor.from(Float32Array.of(Number.NaN, Infinity, -Infinity, 1e30, -1e30, -2147483648));
  using signed = await cast(7);
  const [top, bottom] = [2n ** 31n - 1n, -(2n ** 31n)];
  expect(elements((await signed.run({ x })).y)).toEqual([0n, top, bottom, top, bottom, bottom]);
  await expect(signed.run({ x: Tensor.from(Float32Array.of(0, 0, 0, 0, 0, -(2 ** 63))) })).rejects.toThrow('does not fit');
  using unsigned = await cast(13);
  expect(elements((await unsigned.run({ x })).y)).toEqual([0n, 2n ** 32n - 1n, 0n, 2n ** 32n - 1n, 0n, 0n]);

  // Relative positions in buckets, as T5 has them: the logarithm of 0 is not picked.
  const g = newBuilder({ fold: false });
  const distance = g.input('x', 'int64', [9]);
  const far = g.add('Log', [g.add('Div', [g.add('Cast', [distance], { to: 1 }), g.constant(8)])]);
  const large = g.add('Add', [g.add('Cast', [g.add('Mul', [far, g.constant(2.885)])], { to: 7 }), literal(g, 8)]);
  const picked = [g.add('Less', [distance, literal(g, 8)]), distance, g.add('Min', [large, literal(g, 15)], {}, { opset: 13 })];
  const graph = g.build([g.add('Where', picked, {}, { outputs: ['y'] })]);
  using buckets = await engine.load(graph);
  const feeds = { x: Tensor.from([0n, 1n, 7n, 8n, 11n, 30n, 100n, 126n, 127n]) };
  expect(elements((await buckets.run(feeds)).y)).toEqual(elements((await runOracle(graph, feeds)).y));
  expect(buckets.explain().hostSteps).toBe(0);
});

it('the WGSL for it is loaded when a plan first needs it', async () => {
  // The tests' set-up has loaded it; modules of their own have not.
  vi.resetModules();
  const { overflowHelpers } = await import('../src/wgsl/overflow.ts');
  const { openEngine: open } = await import('../src/session/open-engine.ts');
  const { newBuilder: builder } = await import('../src/ops/registry.ts');
  const { Tensor: Fresh } = await import('../src/tensor/tensor.ts');
  const missing = () => overflowHelpers(['add_i64']);
  using own = await open({ backend: 'webgpu' });
  const double = async (dtype: DType, dim: number | string, one: number | bigint) => {
    const g = builder({ fold: false });
    using session = await own.load(g.build([g.add('Add', [g.input('x', dtype, [dim]), 'x'], {}, { outputs: ['y'] })]));
    const runs = [1, 2].map(() => session.run({ x: Fresh.from([one], [1], dtype) }));
    return (await Promise.all(runs)).map(({ y }) => elements(y)[0]);
  };
  expect(await double('float32', 1, 3)).toEqual([6, 6]);
  expect(missing).toThrow('is not loaded');
  expect(await double('int64', 'n', 3n)).toEqual([6n, 6n]);
  expect(missing).not.toThrow();
});

describe('plans', () => {
  const planOf = (build: (g: GraphBuilder) => string) => {
    const g = newBuilder({ fold: false });
    const y = build(g);
    return planGraph(optimise(g.build([y]), softwareCapabilities), softwareCapabilities);
  };
  const watches = (build: (g: GraphBuilder) => string) => planOf(build).buffers.some(({ kind }) => kind === 'overflow');

  it('have nothing to watch where no 64-bit integer is computed', () => {
    expect(watches((g) => g.add('Exp', [g.add('Mul', [g.input('x', 'float32', [4]), 'x'])]))).toBe(false);
    expect(watches((g) => g.add('Add', [g.input('x', 'int32', [4]), 'x']))).toBe(false);
    // Indices, masks, and what is only picked, compared or widened.
    const picked = watches((g) => {
      const ids = g.input('ids', 'int64', [4]);
      const best = g.add('ArgMax', [g.add('Gather', [g.input('table', 'float32', [9, 2]), ids])], { axis: 1, keepdims: 0 });
      const mask = g.add('Cast', [g.add('Equal', [ids, best])], { to: 7 });
      const small = g.add('Cast', [g.input('bytes', 'uint8', [4])], { to: 7 });
      return g.add('Cast', [g.add('Max', [g.add('Where', [g.add('Less', [ids, best]), mask, ids]), small], {}, { opset: 13 })], { to: 1 });
    });
    expect(picked).toBe(false);
  });

  it('watch 64-bit arithmetic with one word for all steps, and no dispatch more', () => {
    const graph = (dtype: DType) => (g: GraphBuilder) => g.add('CumSum', [g.add('Mul', [g.input('x', dtype, [4]), 'x']), literal(g, 0)]);
    const [narrow, wide] = [planOf(graph('int32')), planOf(graph('int64'))];
    expect(wide.steps).toHaveLength(narrow.steps.length);
    expect(wide.buffers.filter(({ kind }) => kind === 'overflow')).toEqual([{ kind: 'overflow', bytes: 4 }]);
    expect(wide.buffers).toHaveLength(narrow.buffers.length + 1);
  });

  it('take a wrap-around of int32 for what it is, beside int64', () => {
    const mixed = (to: number) => (g: GraphBuilder) => g.add('Cast', [g.add('Add', [g.input('x', 'int32', [4]), 'x'])], { to });
    expect(watches(mixed(7))).toBe(false);
    expect(watches(mixed(13))).toBe(true);
  });
});

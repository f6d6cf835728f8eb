import { runOracle } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { GraphBuilder } from '../src/ir/builder.ts';
import { functions, type PointwiseFunction } from '../src/ops/elementwise/functions.ts';
import { newBuilder } from '../src/ops/registry.ts';
import { optimise } from '../src/passes/optimise.ts';
import { planGraph } from '../src/plan/plan-graph.ts';
import type { Engine } from '../src/session/engine.ts';
import { openEngine } from '../src/session/open-engine.ts';
import type { DType } from '../src/tensor/dtype.ts';
import { Tensor } from '../src/tensor/tensor.ts';
import { softwareCapabilities } from './support/capabilities.ts';
import { axes, elements, literal } from './support/int64-cases.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ backend: 'webgpu' });
});
afterAll(() => engine.dispose());

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

describe('the table of pointwise functions', () => {
  const limits = { i32: [-(2n ** 31n), 2n ** 31n - 1n], u32: [0n, 2n ** 32n - 1n] } as const;
  const rows = Object.entries(functions as Readonly<Record<string, PointwiseFunction>>).flatMap(([name, row]) =>
    (['i32', 'u32'] as const).flatMap((type) => (row.wgsl[type] && row.integer ? [{ name, type, row }] : [])),
  );
  it.each(rows)('$name of $type is checked if, and only if, it leaves 32 bits', ({ name, type, row }) => {
    const [low, high] = limits[type];
    const edges = [low, low + 1n, 0n, 1n, high - 1n, high, ...(type === 'i32' ? [-1n] : [])];
    const literals = { Clip: [low, high], Narrow: [16n], Where: [] }[name] ?? [];
    const calls =
      row.arity < 2 ? edges.map((a) => [a]) : edges.flatMap((a) => edges.map((b) => (name === 'Where' ? [true, a, b] : [a, b])));
    const results = calls.map((args) => (row.integer as (...args: unknown[]) => unknown)(...args, ...literals));
    const [least, most] = limits[row.result === 'i32' || row.result === 'u32' ? row.result : type];
    const leaves = results.some((value) => typeof value === 'bigint' && (value < least || value > most));
    expect(row.checked?.[type] !== undefined).toBe(leaves);
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

import { expectClose, runOracle, t } from '@headstart/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { Gpu } from '../src/gpu/gpu.ts';
import { Program } from '../src/gpu/program.ts';
import type { AttributeMap, Graph } from '../src/ir/graph.ts';
import { evaluate } from '../src/ops/evaluate.ts';
import { newBuilder } from '../src/ops/registry.ts';
import { optimise } from '../src/passes/optimise.ts';
import { prepare } from '../src/passes/prepare.ts';
import { planGraph } from '../src/plan/plan-graph.ts';
import { requestAdapter } from '../src/session/open-engine.ts';

type Spec = ReturnType<typeof t>;

let gpu: Gpu;
beforeAll(async () => {
  const adapter = await requestAdapter();
  if (!adapter) throw new Error('the tests need a WebGPU adapter');
  gpu = await Gpu.open(adapter);
});
afterAll(() => gpu?.dispose());

/** onnxruntime, the reference and the kernels of both kinds of adapters agree on one node. */
async function agree(type: string, inputs: readonly Spec[], attributes: AttributeMap = {}, outputs = 1): Promise<void> {
  const g = newBuilder({ fold: false });
  const names = inputs.map((spec, index) =>
    spec.constant ? g.constant(spec.tensor, `x${index}`) : g.input(`x${index}`, spec.dtype, spec.shape),
  );
  const results = g.addAll(type, names, attributes, { outputs: Array.from({ length: outputs }, (_, index) => `y${index}`) });
  const graph: Graph = g.build(results);
  const feeds = Object.fromEntries(inputs.flatMap((spec, index) => (spec.constant ? [] : [[`x${index}`, spec.tensor]])));
  const expected = evaluate(graph, feeds);
  const oracle = await runOracle(graph, feeds);
  for (const name of graph.outputs) expectClose(expected[name], oracle[name], `reference ${name}`);
  for (const kind of ['software', 'hardware'] as const) {
    const caps = { ...gpu.caps, kind };
    const program = await Program.create(gpu, planGraph(optimise(prepare(graph), caps), caps));
    const actual = await program.run(feeds);
    program.dispose();
    for (const name of graph.outputs) expectClose(actual[name], expected[name], `${kind} ${name}`);
  }
}

const ints = (values: readonly number[]) => t('int64', [values.length], { values, constant: true });
const dims = (most = 7) => fc.integer({ min: 1, max: most });
const shape = (least: number, most: number) => fc.array(dims(), { minLength: least, maxLength: most });

/** Two shapes that broadcast to one: each keeps or repeats each axis, and the second may lack leading ones. */
const broadcastPair = shape(1, 5).chain((target) =>
  fc.record({
    a: fc.tuple(...target.map((dim) => fc.constantFrom(dim, 1))),
    b: fc.tuple(...target.map((dim) => fc.constantFrom(dim, 1))),
    lead: fc.integer({ min: 0, max: target.length - 1 }),
  }),
);

const permutation = shape(1, 5).chain((own) =>
  fc.record({
    own: fc.constant(own),
    perm: fc.shuffledSubarray(
      own.map((_, axis) => axis),
      { minLength: own.length },
    ),
  }),
);

/** A fixed seed: a failure must be seen again; shrinking then names the smallest shape. */
const options = { numRuns: 60, seed: 20 };

describe('random legal shapes', () => {
  it('broadcasting', async () => {
    await fc.assert(
      fc.asyncProperty(broadcastPair, fc.constantFrom('Add', 'Sub', 'Mul'), async ({ a, b, lead }, type) => {
        await agree(type, [t('float32', a), t('float32', b.slice(lead), { seed: 2 })]);
      }),
      options,
    );
  });

  it('Where of three shapes', async () => {
    await fc.assert(
      fc.asyncProperty(broadcastPair, ({ a, b }) => agree('Where', [t('bool', b), t('float32', a), t('float32', b, { seed: 2 })])),
      options,
    );
  });

  it('reductions', async () => {
    const reduced = shape(1, 5).chain((own) =>
      fc.record({
        own: fc.constant(own),
        axes: fc.shuffledSubarray(
          own.map((_, axis) => axis),
          { minLength: 1 },
        ),
        keepdims: fc.constantFrom(0, 1),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        reduced,
        fc.constantFrom('ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceL2'),
        async ({ own, axes, keepdims }, type) => {
          await agree(type, [t('float32', own), ints(axes)], { keepdims });
        },
      ),
      options,
    );
  });

  it('softmax along any axis', async () => {
    const along = shape(1, 4).chain((own) =>
      fc.record({ own: fc.constant(own), axis: fc.integer({ min: -own.length, max: own.length - 1 }) }),
    );
    await fc.assert(
      fc.asyncProperty(along, ({ own, axis }) => agree('Softmax', [t('float32', own, { min: -5, max: 5 })], { axis })),
      options,
    );
  });

  it('transposes', async () => {
    await fc.assert(
      fc.asyncProperty(permutation, ({ own, perm }) => agree('Transpose', [t('float32', own)], { perm })),
      options,
    );
  });

  it('slices', async () => {
    const bound = fc.integer({ min: -9, max: 9 });
    const step = fc.constantFrom(1, 1, 2, 3, -1, -2);
    const slices = shape(1, 4).chain((own) =>
      fc.record({ own: fc.constant(own), each: fc.tuple(...own.map(() => fc.tuple(bound, bound, step))) }),
    );
    await fc.assert(
      fc.asyncProperty(slices, async ({ own, each }) => {
        const column = (index: 0 | 1 | 2) => ints(each.map((entry) => entry[index]));
        await agree('Slice', [t('float32', own), column(0), column(1), ints(own.map((_, axis) => axis)), column(2)]);
      }),
      options,
    );
  });

  it('concatenations', async () => {
    const parts = shape(1, 4).chain((own) =>
      fc.record({ own: fc.constant(own), axis: fc.nat(own.length - 1), sizes: fc.array(dims(9), { minLength: 1, maxLength: 10 }) }),
    );
    await fc.assert(
      fc.asyncProperty(parts, async ({ own, axis, sizes }) => {
        await agree(
          'Concat',
          sizes.map((size, seed) => t('float32', own.with(axis, size), { seed })),
          { axis },
        );
      }),
      options,
    );
  });

  it('constant pads, some negative', async () => {
    const pads = shape(1, 4).chain((own) =>
      fc.record({ own: fc.constant(own), each: fc.tuple(...own.map((dim) => fc.tuple(fc.integer({ min: 1 - dim, max: 3 }), fc.nat(3)))) }),
    );
    await fc.assert(
      fc.asyncProperty(pads, async ({ own, each }) => {
        const fill = t('float32', [], { values: [0.5], constant: true });
        await agree('Pad', [t('float32', own), ints([...each.map(([before]) => before), ...each.map(([, after]) => after)]), fill]);
      }),
      options,
    );
  });

  it('gathers', async () => {
    const gathers = fc
      .record({ own: shape(1, 4), indices: shape(0, 2) })
      .chain(({ own, indices }) => fc.record({ own: fc.constant(own), indices: fc.constant(indices), axis: fc.nat(own.length - 1) }));
    await fc.assert(
      fc.asyncProperty(gathers, async ({ own, indices, axis }) => {
        const dim = own[axis] as number;
        await agree('Gather', [t('float32', own), t('int64', indices, { min: -dim, max: dim - 1 })], { axis });
      }),
      options,
    );
  });

  it('splits', async () => {
    const splits = shape(1, 4).chain((own) =>
      fc.record({ own: fc.constant(own), axis: fc.nat(own.length - 1), sizes: fc.array(dims(), { minLength: 1, maxLength: 4 }) }),
    );
    await fc.assert(
      fc.asyncProperty(splits, async ({ own, axis, sizes }) => {
        const total = sizes.reduce((sum, size) => sum + size, 0);
        await agree('Split', [t('float32', own.with(axis, total)), ints(sizes)], { axis }, sizes.length);
      }),
      options,
    );
  });
});

import { expectClose, runOracle, type TensorSpec, t } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttributeMap, Graph, Node } from '../src/ir/graph.ts';
import { newBuilder } from '../src/ops/registry.ts';
import { Sequence } from '../src/ops/value.ts';
import type { Engine } from '../src/session/engine.ts';
import { openEngine } from '../src/session/open-engine.ts';
import { Tensor } from '../src/tensor/tensor.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ backend: 'webgpu' });
});
afterAll(() => engine.dispose());

const f = (shape: readonly number[], seed = 1) => t('float32', shape, { seed });

function words(shape: readonly number[], ...values: readonly string[]): TensorSpec {
  return { dtype: 'string', shape, tensor: Tensor.from(values, shape, 'string'), constant: false };
}

interface HostCase {
  readonly type: string;
  readonly inputs: readonly TensorSpec[];
  readonly attributes?: AttributeMap;
  readonly outputs?: number;
  readonly opset?: number;
}

const cases: readonly HostCase[] = [
  { type: 'NonZero', inputs: [t('float32', [2, 3], { values: [0, 1, 0, 2, 0, 3] })] },
  { type: 'Compress', inputs: [f([3, 4]), t('bool', [4], { values: [1, 0, 1, 1] })], attributes: { axis: 1 } },
  { type: 'Unique', inputs: [t('float32', [8], { values: [2, 1, 1, 3, 4, 3, 2, 1] })], outputs: 4 },
  { type: 'Det', inputs: [f([2, 3, 3])] },
  {
    type: 'NonMaxSuppression',
    inputs: [
      t('float32', [1, 4, 4], { values: [0, 0, 1, 1, 0, 0.1, 1, 1.1, 0, 5, 1, 6, 0, 5.4, 1, 6.4] }),
      t('float32', [1, 1, 4], { values: [0.9, 0.75, 0.6, 0.95] }),
      ...[3, 0.5, 0].map((value, index) => t(index === 0 ? 'int64' : 'float32', [1], { values: [value] })),
    ],
  },
  {
    type: 'DeformConv',
    inputs: [f([1, 2, 5, 5]), f([2, 1, 2, 2], 2), f([1, 16, 4, 4], 3), f([2], 4), t('float32', [1, 8, 4, 4], { seed: 5, min: 0, max: 1 })],
    attributes: { group: 2, offset_group: 2, kernel_shape: [2, 2] },
    opset: 19,
  },
  {
    type: 'MaxRoiPool',
    inputs: [f([1, 2, 6, 6]), t('float32', [2, 5], { values: [0, 0, 0, 5, 5, 0, 1, 2, 4, 5] })],
    attributes: { pooled_shape: [2, 3] },
  },
  { type: 'BitCast', inputs: [f([2, 3])], attributes: { to: 6 }, opset: 26 },
  { type: 'BitCast', inputs: [t('int64', [2], { values: [4607182418800017408n, 0n] })], attributes: { to: 11 }, opset: 26 },
  { type: 'BitCast', inputs: [t('uint8', [3], { values: [0, 127, 200] })], attributes: { to: 3 }, opset: 26 },
  { type: 'Equal', inputs: [words([2, 2], 'a', 'b', 'c', ''), words([2], 'a', '')], opset: 19 },
  { type: 'Where', inputs: [t('bool', [2, 1], { values: [1, 0] }), words([2], 'a', 'b'), words([], 'c')] },
  { type: 'Add', inputs: [t('float64', [3]), t('float64', [3], { seed: 2 })] },
];

describe('host steps agree with onnxruntime', () => {
  it.each(cases)('$type', async ({ type, inputs, attributes = {}, outputs = 1, opset = 17 }) => {
    const g = newBuilder({ fold: false });
    const names = inputs.map((spec, index) => g.input(`x${index}`, spec.dtype, spec.shape));
    const results = g.addAll(type, names, attributes, { opset, outputs: Array.from({ length: outputs }, (_, index) => `y${index}`) });
    const graph = g.build(results);
    const feeds = Object.fromEntries(inputs.map((spec, index) => [`x${index}`, spec.tensor]));
    using session = await engine.load(graph);
    const [actual, expected] = [await session.run(feeds), await runOracle(graph, feeds)];
    for (const name of results) {
      if (expected[name]?.dtype === 'string') expect(actual[name]).toEqual(expected[name]);
      else expectClose(actual[name], expected[name], name);
    }
    expect(session.explain().steps.map(({ on, node }) => `${on} ${node}`)).toEqual([`host ${type}`]);
  });
});

const node = (type: string, inputs: readonly string[], outputs: readonly string[], attributes: AttributeMap = {}): Node => ({
  name: '',
  type,
  domain: '',
  opset: 17,
  inputs,
  outputs,
  attributes,
});

describe('stages', () => {
  it('go on in WGSL with the shapes that a host step gives, one plan for each', async () => {
    const g = newBuilder({ fold: false });
    const x = g.input('x', 'float32', [6]);
    const picked = g.add('Compress', [g.add('Mul', [x, g.constant(2)]), g.input('keep', 'bool', [6])]);
    const [y = ''] = g.addAll('Exp', [picked], {}, { outputs: ['y'] });
    using session = await engine.load(g.build([y]));
    const values = [0, 0.5, 1, -1, 2, -2];
    for (const keep of [
      [1, 0, 1, 0, 0, 1],
      [0, 0, 0, 0, 0, 0],
      [1, 0, 1, 0, 0, 1],
    ]) {
      const out = await session.run({ x: Tensor.from(values, [6]), keep: Tensor.from(keep, [6], 'bool') });
      const expected = values.filter((_, index) => keep[index]).map((value) => Math.exp(2 * value));
      expectClose(out.y, Tensor.from(expected, [expected.length]), 'y');
    }
    expect(session.explain().steps.map(({ on }) => on)).toEqual(['gpu', 'host', 'gpu']);
    expect(session.explain().hostSteps).toBe(1);
  });

  it('bind the content of small inputs that shapes follow from, without a host step', async () => {
    const g = newBuilder({ fold: false });
    const x = g.input('x', 'float32', [2, 6]);
    const shape = g.input('shape', 'int64', [2]);
    g.addOrKeep(node('Reshape', [x, shape], ['z']), []);
    g.addOrKeep(node('Neg', ['z'], ['y']), []);
    using session = await engine.load(g.build(['y']));
    for (const target of [
      [3, 4],
      [12, 1],
      [3, 4],
    ]) {
      const out = await session.run({ x: f([2, 6]).tensor, shape: Tensor.from(target.map(BigInt), [2], 'int64') });
      expect(out.y?.shape).toEqual(target);
      expect(session.explain().hostSteps).toBe(0);
    }
  });

  it('compute 64-bit integers beyond 32 bits exactly, on the host, and others on the GPU', async () => {
    const g = newBuilder({ fold: false });
    const [y = ''] = g.addAll('Add', [g.input('a', 'int64', [2]), g.input('b', 'int64', [2])], {}, { outputs: ['y'] });
    using session = await engine.load(g.build([y]));
    const sum = async (...values: bigint[]) => {
      const out = await session.run({ a: Tensor.from(values, [2], 'int64'), b: Tensor.from([1n, 2n], [2], 'int64') });
      return [out.y?.data, session.explain().hostSteps] as const;
    };
    expect(await sum(5n, 6n)).toEqual([BigInt64Array.of(6n, 8n), 0]);
    expect(await sum(2n ** 40n, -(2n ** 62n))).toEqual([BigInt64Array.of(2n ** 40n + 1n, -(2n ** 62n) + 2n), 1]);
  });

  /** A body that doubles what it carries, and stops past a limit. */
  const doubling = (g: ReturnType<typeof newBuilder>): Graph => {
    const body = newBuilder({ parent: g, fold: false });
    const [, , carried] = [body.input('i', 'int64', []), body.input('c', 'bool', []), body.input('carried', 'float32', [2])];
    const doubled = body.add('Mul', [carried, body.constant(2)]);
    const more = body.add('Less', [body.add('ReduceMax', [doubled], { keepdims: 0 }, { opset: 13 }), 'limit']);
    return body.build([more, doubled, body.add('Identity', [doubled])], 'body');
  };

  it('run the body of a Loop as a session, with what it captures', async () => {
    const g = newBuilder({ fold: false });
    const x = g.input('x', 'float32', [2]);
    g.input('limit', 'float32', []);
    g.keep(node('Loop', ['', '', x], ['last', 'all'], { body: doubling(g) }), []);
    using session = await engine.load(g.build(['last', 'all']));
    const out = await session.run({ x: Tensor.from([1, 3], [2]), limit: Tensor.scalar(20) });
    expectClose(out.last, Tensor.from([8, 24], [2]), 'last');
    expectClose(out.all, Tensor.from([2, 6, 4, 12, 8, 24], [3, 2]), 'all');
    const steps = session.explain().steps.map(({ on, node: name }) => `${on} ${name}`);
    expect(steps[0]).toBe('host Loop');
    expect(steps.filter((step) => step.startsWith('gpu Loop / ')).length).toBeGreaterThan(0);
  });

  it('give sequences by runValues, and say so where run cannot', async () => {
    const g = newBuilder({ fold: false });
    const x = g.input('x', 'float32', [4, 2]);
    g.keep(node('SplitToSequence', [x], ['parts'], { axis: 0 }), []);
    using session = await engine.load(g.build(['parts']));
    const feeds = { x: f([4, 2]).tensor };
    const { parts } = await session.runValues(feeds);
    expect(parts).toBeInstanceOf(Sequence);
    expect((parts as Sequence).items.map(({ shape }) => shape)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    await expect(session.run(feeds)).rejects.toThrow(/output 'parts' is a sequence, expected a tensor.*runValues/);
  });

  it('name the node that fails on the host', async () => {
    const g = newBuilder({ fold: false });
    g.keep(node('SequenceAt', [g.untypedInput('s'), g.input('at', 'int64', [])], ['y']), []);
    using session = await engine.load(g.build(['y']));
    const feeds = { s: new Sequence([Tensor.scalar(1)]), at: Tensor.scalar(3n, 'int64') };
    await expect(session.runValues(feeds)).rejects.toThrow(/SequenceAt: no such position in the sequence, expected -1..0, got 3/);
  });
});

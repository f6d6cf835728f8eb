import { expectClose, runOracle, type TensorSpec, t } from '@headstart/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { AttributeMap } from '../src/ir/graph.ts';
import { newBuilder } from '../src/ops/registry.ts';
import type { Engine } from '../src/session/engine.ts';
import { openEngine } from '../src/session/open-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ backend: 'webgpu' });
});
afterAll(() => engine.dispose());

interface Extra {
  readonly outputs?: number;
  readonly opset?: number;
  readonly tolerance?: number;
}

/** A session of ours and onnxruntime agree on one node, and the types that were inferred are those that came. */
async function agree(
  type: string,
  inputs: readonly (TensorSpec | undefined)[],
  attributes: AttributeMap = {},
  { outputs = 1, opset = 17, tolerance = 1e-4 }: Extra = {},
): Promise<void> {
  const g = newBuilder({ fold: false });
  const names = inputs.map((spec, index) => {
    if (!spec) return '';
    return spec.constant ? g.constant(spec.tensor, `x${index}`) : g.input(`x${index}`, spec.dtype, spec.shape);
  });
  const graph = g.build(g.addAll(type, names, attributes, { opset, outputs: Array.from({ length: outputs }, (_, index) => `y${index}`) }));
  const feeds = Object.fromEntries(inputs.flatMap((spec, index) => (spec && !spec.constant ? [[`x${index}`, spec.tensor]] : [])));
  const expected = await runOracle(graph, feeds);
  using session = await engine.load(graph);
  const actual = await session.run(feeds);
  for (const name of graph.outputs) expectClose(actual[name], expected[name], `${type} ${name}`, tolerance);
}

const f = (shape: readonly number[], seed = 1, span = 1) => t('float32', shape, { seed, min: -span, max: span });
const constant = (values: readonly number[]) => t('int64', [values.length], { values, constant: true });
const dim = (most: number, least = 1) => fc.integer({ min: least, max: most });
const shape = (least: number, most: number, largest = 6) => fc.array(dim(largest), { minLength: least, maxLength: most });
/** A fixed seed: a failure must be seen again; shrinking then names the smallest shape. */
const options = { numRuns: 20, seed: 20 };

function property<T>(name: string, arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void>): void {
  it(name, () => fc.assert(fc.asyncProperty(arbitrary, check), options));
}

const windows = (rank: number) =>
  fc.record({
    spatial: fc.tuple(...Array.from({ length: rank }, () => dim(8, 4))),
    kernel: fc.tuple(...Array.from({ length: rank }, () => dim(3))),
    strides: fc.tuple(...Array.from({ length: rank }, () => dim(3))),
    dilations: fc.tuple(...Array.from({ length: rank }, () => dim(1 + (rank < 3 ? 1 : 0)))),
    pads: fc.tuple(...Array.from({ length: 2 * rank }, () => fc.integer({ min: 0, max: 1 }))),
    auto: fc.constantFrom('NOTSET', 'NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID'),
  });
const anyWindow = dim(3).chain(windows);
const attributesOf = ({
  kernel,
  strides,
  dilations,
  pads,
  auto,
}: {
  kernel: number[];
  strides: number[];
  dilations: number[];
  pads: number[];
  auto: string;
}) => ({
  kernel_shape: kernel,
  strides,
  dilations,
  ...(auto === 'NOTSET' ? { pads } : { auto_pad: auto }),
});

describe('random shapes and attributes agree with onnxruntime', () => {
  property(
    'pointwise functions',
    fc.record({
      own: shape(0, 4),
      type: fc.constantFrom(
        'Abs',
        'Ceil',
        'Cos',
        'Elu',
        'Erf',
        'Exp',
        'HardSigmoid',
        'HardSwish',
        'LeakyRelu',
        'Neg',
        'Round',
        'Selu',
        'Sigmoid',
        'Sin',
        'Softplus',
        'Softsign',
        'Tanh',
      ),
    }),
    ({ own, type }) => agree(type, [f(own, 1, 4)]),
  );

  property('products', fc.record({ m: dim(40), k: dim(40), n: dim(40), batch: shape(0, 2, 3) }), ({ m, k, n, batch }) =>
    agree('MatMul', [f([...batch, m, k]), f([k, n], 2)]),
  );

  property(
    'Gemm',
    fc.record({
      m: dim(20),
      k: dim(20),
      n: dim(20),
      transA: fc.nat(1),
      transB: fc.nat(1),
      rows: fc.boolean(),
    }),
    ({ m, k, n, transA, transB, rows }) =>
      agree('Gemm', [f(transA ? [k, m] : [m, k]), f(transB ? [n, k] : [k, n], 2), f(rows ? [m, n] : [n], 3)], {
        transA,
        transB,
        alpha: 0.5,
        beta: -2,
      }),
  );

  property(
    'convolutions',
    fc.record({ window: anyWindow, group: dim(2), per: dim(3), rows: dim(3), batch: dim(2) }),
    async ({ window, group, per, rows, batch }) => {
      // Dilated windows that are padded to the same size are refused by onnxruntime.
      if (window.auto.startsWith('SAME') && window.dilations.some((each) => each > 1)) return;
      const weights = t('float32', [rows * group, per, ...window.kernel], { seed: 2, constant: true });
      await agree('Conv', [f([batch, per * group, ...window.spatial]), weights, f([rows * group], 3)], { ...attributesOf(window), group });
    },
  );

  property(
    'transposed convolutions',
    fc.record({ window: anyWindow, group: dim(2), per: dim(2), rows: dim(2), fixed: fc.boolean() }),
    async ({ window: { spatial, kernel, strides, dilations, pads }, group, per, rows, fixed }) => {
      const weights = t('float32', [per * group, rows, ...kernel], { seed: 2, constant: fixed });
      await agree('ConvTranspose', [f([1, per * group, ...spatial]), weights], { kernel_shape: kernel, strides, dilations, pads, group });
    },
  );

  property(
    'pools',
    fc.record({ window: anyWindow, type: fc.constantFrom('MaxPool', 'AveragePool'), ceil: fc.nat(1), counted: fc.nat(1) }),
    async ({ window, type, ceil, counted }) => {
      // Padding has to be smaller than the window.
      if (
        window.kernel.some((size, axis) => [window.pads[axis], window.pads[axis + window.kernel.length]].some((pad) => (pad ?? 0) >= size))
      )
        return;
      const { dilations, ...rest } = attributesOf(window);
      const own = type === 'MaxPool' ? { dilations: dilations.map(() => 1) } : { count_include_pad: counted };
      await agree(type, [f([2, 2, ...window.spatial])], {
        ...rest,
        ...own,
        ...(window.auto === 'NOTSET' && type === 'MaxPool' ? { ceil_mode: ceil } : {}),
      });
    },
  );

  property(
    'layer normalisation',
    shape(1, 4).chain((own) => fc.record({ own: fc.constant(own), axis: fc.nat(own.length - 1) })),
    ({ own, axis }) => agree('LayerNormalization', [f(own, 1, 3), f(own.slice(axis), 2), f(own.slice(axis), 3)], { axis }),
  );

  property('instance normalisation', fc.record({ batch: dim(3), channels: dim(4), spatial: shape(1, 3) }), ({ batch, channels, spatial }) =>
    agree('InstanceNormalization', [f([batch, channels, ...spatial]), f([channels], 2), f([channels], 3)], {}, { tolerance: 1e-3 }),
  );

  property(
    'casts',
    fc.record({
      own: shape(0, 3),
      from: fc.constantFrom('float32', 'int32', 'int64', 'bool', 'uint8', 'int8'),
      to: fc.constantFrom(1, 2, 3, 6, 7, 9),
    } as const),
    // Floats beyond an integer type are undefined in the standard.
    ({ own, from, to }) =>
      agree('Cast', [from === 'float32' ? t(from, own, { min: to === 2 ? 0 : -100, max: 100 }) : t(from, own, { min: 0 })], { to }),
  );

  property(
    'quantising and back',
    fc.record({ own: shape(1, 3), scale: fc.constantFrom(0.02, 0.5), zero: fc.integer({ min: 0, max: 255 }) }),
    async ({ own, scale, zero }) => {
      const parameters = [t('float32', [], { values: [scale], constant: true }), t('uint8', [], { values: [zero], constant: true })];
      await agree('QuantizeLinear', [f(own, 1, 6), ...parameters], {}, { tolerance: 1 });
      await agree('DequantizeLinear', [t('uint8', own, { max: 255 }), ...parameters]);
    },
  );

  property(
    'TopK',
    shape(1, 4).chain((own) =>
      fc.record({
        own: fc.constant(own),
        axis: fc.nat(own.length - 1),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
        largest: fc.nat(1),
        equal: fc.boolean(),
      }),
    ),
    ({ own, axis, part, largest, equal }) => {
      const k = Math.round(part * (own[axis] as number));
      const x = equal ? t('int32', own, { min: 0, max: 2 }) : f(own);
      return agree('TopK', [x, constant([k])], { axis, largest }, { outputs: 2 });
    },
  );

  property(
    'ArgMax and ArgMin',
    shape(1, 4).chain((own) =>
      fc.record({
        own: fc.constant(own),
        axis: fc.integer({ min: -own.length, max: own.length - 1 }),
        keepdims: fc.nat(1),
        type: fc.constantFrom('ArgMax', 'ArgMin'),
      }),
    ),
    ({ own, axis, keepdims, type }) => agree(type, [f(own)], { axis, keepdims }),
  );

  property(
    'running sums',
    shape(1, 3).chain((own) =>
      fc.record({ own: fc.constant(own), axis: fc.nat(own.length - 1), exclusive: fc.nat(1), reverse: fc.nat(1) }),
    ),
    ({ own, axis, exclusive, reverse }) =>
      agree('CumSum', [f(own), t('int64', [], { values: [axis], constant: true })], { exclusive, reverse }),
  );

  property(
    'einsum of two operands',
    fc.record({
      letters: fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }),
      sizes: fc.tuple(dim(4), dim(4), dim(4), dim(4)),
      left: fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 1 }),
      right: fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 1 }),
      seed: fc.nat(15),
    }),
    ({ letters, sizes, left, right, seed }) => {
      const size = (letter: string) => sizes['abcd'.indexOf(letter)] as number;
      const output = letters.filter((letter, index) => (left.includes(letter) || right.includes(letter)) && (seed >> index) & 1);
      return agree('Einsum', [f(left.map(size)), f(right.map(size), 2)], {
        equation: `${left.join('')},${right.join('')}->${output.join('')}`,
      });
    },
  );

  property(
    'recurrent operators',
    fc.record({
      type: fc.constantFrom('RNN', 'GRU', 'LSTM'),
      steps: dim(4),
      batch: dim(3),
      width: dim(4),
      hidden: dim(4),
      direction: fc.constantFrom('forward', 'reverse', 'bidirectional'),
      bias: fc.boolean(),
    }),
    ({ type, steps, batch, width, hidden, direction, bias }) => {
      const [gates, both] = [{ RNN: 1, GRU: 3, LSTM: 4 }[type], direction === 'bidirectional' ? 2 : 1];
      const inputs = [
        f([steps, batch, width]),
        f([both, gates * hidden, width], 2),
        f([both, gates * hidden, hidden], 3),
        bias ? f([both, 2 * gates * hidden], 4) : undefined,
      ];
      return agree(type, bias ? inputs : inputs.slice(0, 3), { hidden_size: hidden, direction }, { outputs: type === 'LSTM' ? 3 : 2 });
    },
  );

  property(
    'resizing',
    fc.record({
      from: fc.tuple(dim(7), dim(7)),
      to: fc.tuple(dim(9), dim(9)),
      mode: fc.constantFrom('nearest', 'linear', 'cubic'),
      coordinates: fc.constantFrom('half_pixel', 'asymmetric', 'align_corners', 'pytorch_half_pixel'),
    }),
    ({ from, to, mode, coordinates }) =>
      agree(
        'Resize',
        [f([1, 2, ...from]), undefined, undefined, constant([1, 2, ...to])],
        { mode, coordinate_transformation_mode: coordinates, nearest_mode: 'floor' },
        { tolerance: 1e-3 },
      ),
  );

  property(
    'sampling by a grid',
    fc.record({
      from: fc.tuple(dim(5, 2), dim(5, 2)),
      to: fc.tuple(dim(4), dim(4)),
      mode: fc.constantFrom('linear', 'nearest', 'cubic'),
      padding: fc.constantFrom('zeros', 'border', 'reflection'),
      corners: fc.nat(1),
      seed: fc.nat(1000),
    }),
    ({ from, to, mode, padding, corners, seed }) =>
      agree(
        'GridSample',
        [f([1, 2, ...from]), f([1, ...to, 2], seed, 1.3)],
        { mode, padding_mode: padding, align_corners: corners },
        { opset: 20, tolerance: 1e-3 },
      ),
  );

  property(
    'scatters and gathers by tuples',
    fc.record({ own: fc.tuple(dim(5), dim(5), dim(4)), depth: dim(3), count: dim(5), seed: fc.nat(1000) }),
    async ({ own, depth, count, seed }) => {
      const flat = Array.from({ length: count * depth }, (_, index) => ((seed + 1) * (index + 3) * 7919) % (own[index % depth] as number));
      const indices = t('int64', [count, depth], { values: flat });
      await agree('GatherND', [f(own), indices]);
      await agree('ScatterND', [f(own), indices, f([count, ...own.slice(depth)], 2)], { reduction: 'add' }, { opset: 16 });
    },
  );

  property(
    'losses',
    fc.record({
      batch: dim(4),
      classes: dim(5),
      spatial: shape(0, 2, 3),
      reduction: fc.constantFrom('none', 'mean', 'sum'),
      weighted: fc.boolean(),
    }),
    ({ batch, classes, spatial, reduction, weighted }) => {
      const target = t('int64', [batch, ...spatial], { min: 0, max: classes - 1 });
      const weights = weighted ? [t('float32', [classes], { seed: 3, min: 0.5, max: 2 })] : [];
      return agree('SoftmaxCrossEntropyLoss', [f([batch, classes, ...spatial], 1, 3), target, ...weights], { reduction });
    },
  );

  property('one-hot', fc.record({ own: shape(1, 2), depth: dim(6), axis: fc.constantFrom(0, -1) }), ({ own, depth, axis }) =>
    agree(
      'OneHot',
      [
        t('int64', own, { min: -depth, max: depth - 1 }),
        t('int64', [], { values: [depth], constant: true }),
        t('float32', [2], { values: [-1, 2] }),
      ],
      { axis },
    ),
  );
});

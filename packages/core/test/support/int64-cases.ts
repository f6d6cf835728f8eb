import type { GraphBuilder } from '../../src/ir/builder.ts';
import type { AttributeMap } from '../../src/ir/graph.ts';
import type { DType } from '../../src/tensor/dtype.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

/** A Park–Miller generator: enough for test data, and independent of the generator under test. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

export type Kind = 'limits' | 'roots' | 'small' | 'any';

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

export function tensorOf(random: () => number, dtype: DType, shape: readonly number[], kind: Kind): Tensor {
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

export interface Case {
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
export const axes = (g: GraphBuilder, ...values: bigint[]) => g.constant(Tensor.from(values, [values.length], 'int64'), g.fresh('axes'));
const reduce = (type: string, dtype: DType, kind: Kind, rest: Partial<Case> = {}): Case => ({
  name: `${type} ${dtype} ${kind}`,
  inputs: [[dtype, [5, 3]]],
  kind,
  build: (g, [x = '']) => (type === 'ReduceSum' ? g.add(type, [x, axes(g, 1n)]) : g.add(type, [x], { axes: [1] }, { opset: 12 })),
  ...rest,
});

export const cases: readonly Case[] = [
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

export function literal(g: GraphBuilder, value: number): string {
  return g.constant(Tensor.scalar(BigInt(value), 'int64'), g.fresh('literal'));
}

function unsigned(g: GraphBuilder, value: number): string {
  return g.constant(Tensor.scalar(value, 'uint64'), g.fresh('literal'));
}

function cast(from: DType, to: DType): Case {
  const numbers = { int32: 6, int64: 7, uint64: 13, float32: 1 } as const;
  return one('Cast', [[from, [9]]], { name: `Cast ${from} to ${to}`, attributes: { to: numbers[to as keyof typeof numbers] } });
}

/** Elements as they are: `Tensor.at` has no number for some. */
export const elements = (tensor: Tensor | undefined) => [...(tensor?.data ?? [])];

import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { attribute } from '../attribute.ts';
import { required, requiredConstant, unknownDim } from '../dims.ts';
import { scalarAt, tensorOf } from '../elementwise/evaluate.ts';
import type { HostScalar } from '../elementwise/functions.ts';
import { differentiable } from '../movement/copy.ts';
import { int64s } from '../movement/host.ts';
import type { BoundType, KernelContext, Op } from '../op.ts';
import { canonical } from '../reduce/arg-reduce.ts';

interface CoreTopKAttributes {
  readonly axis: number;
  readonly k: number;
  readonly largest: number;
}

function typesOf(x: ValueType, { axis, k }: CoreTopKAttributes, index: 'int32' | 'int64'): readonly ValueType[] {
  const shape = x.shape.with(axis, k);
  return [
    { dtype: x.dtype, shape },
    { dtype: index, shape },
  ];
}

/** The k first of each column, best first; of equal elements the one that comes first. NaN counts as the largest number. */
function topKOnHost(x: Tensor, { axis, k, largest }: CoreTopKAttributes): { readonly values: HostScalar[]; readonly indices: number[] } {
  const [outer, dim, inner] = canonical(x.shape, axis);
  const values = new Array<HostScalar>(outer * k * inner);
  const indices = new Array<number>(outer * k * inner);
  const before = (a: HostScalar, b: HostScalar) => (Number.isNaN(a) ? !Number.isNaN(b) : a > b);
  for (let column = 0; column < outer * inner; column++) {
    const base = Math.floor(column / inner) * dim * inner + (column % inner);
    const own = Array.from({ length: dim }, (_, index) => scalarAt(x, base + index * inner));
    const order = own
      .map((_, index) => index)
      .sort((a, b) => {
        const [left, right] = [own[a] as HostScalar, own[b] as HostScalar];
        const ahead = before(left, right) ? -1 : before(right, left) ? 1 : 0;
        return (largest ? ahead : -ahead) || a - b;
      });
    for (let rank = 0; rank < k; rank++) {
      const to = (Math.floor(column / inner) * k + rank) * inner + (column % inner);
      values[to] = own[order[rank] as number] as HostScalar;
      indices[to] = order[rank] as number;
    }
  }
  return { values, indices };
}

/** Core op: TopK with k bound; indices int32. */
export const coreTopK: Op<CoreTopKAttributes> = {
  type: 'TopK',
  domain: 'headstart',
  since: 1,
  attributes: { axis: attribute.int(), k: attribute.int(), largest: attribute.int(1) },
  infer: ([x], given) => typesOf(required(x, 'X'), given, 'int32'),
  reference([input], given) {
    const x = input as Tensor;
    const shape = x.shape.with(given.axis, given.k);
    const { values, indices } = topKOnHost(x, given);
    return [tensorOf(values, shape, x.dtype), Tensor.from(indices, shape, 'int32')];
  },
  kernels: ([x], given, context) => topKCandidates(x as BoundType, given, context),
};

const lanes = 64;

/** One lane an element: its rank is how many of its column come before it. Work grows with the square of the axis. */
function topKCandidates(
  { elem, shape }: BoundType,
  { axis, k, largest }: CoreTopKAttributes,
  { caps }: KernelContext,
): readonly Candidate[] {
  const [, dim, inner] = canonical(shape, axis);
  const size = sizeOf(shape);
  const float = elem === 'f32' || elem === 'f16';
  const nan = (name: string) => `is_nan(f32(${name}))`;
  const above = (a: string, b: string) => (float ? `(${a} > ${b} || (${nan(a)} && !${nan(b)}))` : `(${a} > ${b})`);
  const ahead = largest ? above('other', 'own') : above('own', 'other');
  const behind = largest ? above('own', 'other') : above('other', 'own');
  return [
    {
      name: 'topk',
      dispatches: [
        {
          kernel: {
            name: `topk_${largest ? 'largest' : 'smallest'}_${elem}`,
            bindings: [
              { name: 'in0', elem, access: 'read' },
              { name: 'out0', elem, access: 'read_write' },
              { name: 'out1', elem: 'i32', access: 'read_write' },
            ],
            params: { size: 'u32', dim: 'u32', inner: 'u32', k: 'u32' },
            workgroupSize: [lanes, 1, 1],
            body: `${float ? 'fn is_nan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }\n' : ''}@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (${flatGroup}) * ${lanes}u + lane;
  if (offset >= p.size) { return; }
  let column = offset % p.inner;
  let index = offset / p.inner % p.dim;
  let slice = offset / (p.inner * p.dim);
  let own = in0[offset];
  var rank = 0u;
  for (var i = 0u; i < p.dim; i++) {
    let other = in0[(slice * p.dim + i) * p.inner + column];
    if (${ahead} || (i < index && !${behind})) { rank++; }
  }
  if (rank < p.k) {
    let to = (slice * p.k + rank) * p.inner + column;
    out0[to] = own;
    out1[to] = i32(index);
  }
}`,
          },
          bind: ['in0', 'out0', 'out1'],
          params: { size, dim, inner, k },
          grid: linearGrid(size, lanes, caps),
        },
      ],
    },
  ];
}

interface TopKAttributes {
  readonly axis: number;
  readonly largest: number;
  readonly sorted: number;
  readonly k: number | undefined;
}

/** @param kOf where k stands: an attribute up to opset 9, an input since */
function topKOp(since: number, kOf: (given: TopKAttributes, constant: Tensor | undefined) => number | undefined): Op<TopKAttributes> {
  const coreOf = (shape: readonly unknown[], given: TopKAttributes, k: number): CoreTopKAttributes => ({
    axis: normalizeAxis(given.axis, shape.length),
    k,
    largest: given.largest,
  });
  const check = (x: ValueType, { axis, k }: CoreTopKAttributes) => {
    const dim = x.shape[axis];
    if (typeof dim === 'number' && (k < 0 || k > dim))
      throw new EngineError('invalid-model', 'k is not within the axis', { expected: `0..${dim}`, got: `${k}` });
  };
  return {
    type: 'TopK',
    since,
    attributes: { axis: attribute.int(-1), largest: attribute.int(1), sorted: attribute.int(1), k: attribute.optionalInt() },
    infer([input], given, { constant }) {
      const x = required(input, 'X');
      const k = kOf(given, constant(1));
      const shape = x.shape.with(normalizeAxis(given.axis, x.shape.length), unknownDim());
      if (k === undefined)
        return [
          { dtype: x.dtype, shape },
          { dtype: 'int64', shape },
        ];
      const core = coreOf(x.shape, given, k);
      check(x, core);
      return typesOf(x, core, 'int64');
    },
    reference([input, count], given) {
      const x = input as Tensor;
      const core = coreOf(x.shape, given, kOf(given, count) as number);
      const { values, indices } = topKOnHost(x, core);
      const shape = x.shape.with(core.axis, core.k);
      return [tensorOf(values, shape, x.dtype), Tensor.from(indices.map(BigInt), shape, 'int64')];
    },
    lower({ g, inputs: [x = ''], types, attributes: given, constant, used }) {
      const k = requiredConstant(kOf(given, constant(1)), 'K');
      const [values = '', indices = ''] = g.addAll(
        'TopK',
        [x],
        { ...coreOf((types[0] as ValueType).shape, given, k) },
        { domain: 'headstart' },
      );
      return [values, used[1] ? g.add('Cast', [indices], { to: 7 }) : ''].slice(0, used.length);
    },
    // dx = dy where it was taken from
    vjp({ g, inputs, outputs: [, indices = ''], dy: [dy = ''], types, attributes: { axis } }) {
      const [x = ''] = inputs;
      if (dy === '' || !differentiable(g, x)) return inputs.map(() => '');
      const { dtype, shape } = types[0] as ValueType;
      const zeros = g.add('Expand', [
        g.constant(Tensor.scalar(0, dtype), g.fresh('zero')),
        g.constant(int64s(shape as number[]), g.fresh('shape')),
      ]);
      return inputs.map((_, index) =>
        index === 0 ? g.add('ScatterElements', [zeros, indices, dy], { axis: normalizeAxis(axis, shape.length) }) : '',
      );
    },
  };
}

export const topKOps: readonly Op<TopKAttributes>[] = [topKOp(1, ({ k }) => k), topKOp(10, (_, count) => count?.at(0))];

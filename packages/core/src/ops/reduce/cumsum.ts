import type { ValueType } from '../../ir/graph.ts';
import { isInt64 } from '../../tensor/dtype.ts';
import { normalizeAxis } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { overflowBinding, overflowHelpers, overflowParams } from '../../wgsl/overflow.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required, requiredConstant } from '../dims.ts';
import { scalarAt, tensorOf } from '../elementwise/evaluate.ts';
import type { HostScalar } from '../elementwise/functions.ts';
import { differentiable } from '../movement/copy.ts';
import type { BoundType, KernelContext, Op } from '../op.ts';
import { canonical } from './arg-reduce.ts';

interface ScanAttributes {
  /** 1: an element is not part of its own sum. */
  readonly exclusive: number;
  /** 1: sums run from the end. */
  readonly reverse: number;
}

const flags = { exclusive: attribute.int(0), reverse: attribute.int(0) };

/** Cumulative sum along the axis that the second input, a constant, names. */
export const cumSum: Op<ScanAttributes> = {
  type: 'CumSum',
  since: 11,
  attributes: flags,
  infer: ([x]) => [required(x, 'x')],
  reference([x, axis], attributes) {
    const { shape } = x as Tensor;
    return [scanOnHost(x as Tensor, normalizeAxis((axis as Tensor).at(0), shape.length), attributes)];
  },
  lower({ g, inputs: [x = ''], types, attributes, constant }) {
    const axis = normalizeAxis(requiredConstant(constant(1), 'axis').at(0), boundShape(types[0]).length);
    return [g.add('CumSum', [x], { axis, ...attributes }, { domain: 'headstart' })];
  },
  // dx = dy summed the other way
  vjp({ g, inputs: [x = '', axis = ''], dy: [dy = ''], attributes: { exclusive, reverse } }) {
    if (dy === '' || !differentiable(g, x)) return ['', ''];
    return [g.add('CumSum', [dy, axis], { exclusive, reverse: 1 - reverse }), ''];
  },
};

/** Core op: CumSum with its axis as an attribute. */
export const coreCumSum: Op<ScanAttributes & { axis: number }> = {
  type: 'CumSum',
  domain: 'headstart',
  since: 1,
  attributes: { axis: attribute.int(), ...flags },
  infer: ([x]) => [x as ValueType],
  reference: ([x], attributes) => [scanOnHost(x as Tensor, attributes.axis, attributes)],
  kernels: ([x], attributes, context) => scanCandidates(x as BoundType, attributes, context),
};

function scanOnHost(x: Tensor, axis: number, { exclusive, reverse }: ScanAttributes): Tensor {
  const [outer, dim, inner] = canonical(x.shape, axis);
  const values = new Array<HostScalar>(x.size);
  const add = (a: HostScalar, b: HostScalar): HostScalar => (typeof a === 'bigint' ? a + BigInt(b) : Number(a) + Number(b));
  for (let column = 0; column < outer * inner; column++) {
    const base = Math.floor(column / inner) * dim * inner + (column % inner);
    let sum: HostScalar | undefined;
    for (let step = 0; step < dim; step++) {
      const offset = base + (reverse ? dim - 1 - step : step) * inner;
      const own = scalarAt(x, offset);
      const before = sum ?? (typeof own === 'bigint' ? 0n : 0);
      sum = add(before, own);
      values[offset] = exclusive ? before : sum;
    }
  }
  return tensorOf(values, x.shape, x.dtype);
}

const lanes = 64;

/** One lane a column of [outer, dim, inner], in order along the axis. */
function scanCandidates(
  { dtype, shape, elem }: BoundType,
  { axis, exclusive, reverse }: ScanAttributes & { axis: number },
  context: KernelContext,
): readonly Candidate[] {
  const [outer, dim, inner] = canonical(shape, axis);
  const columns = outer * inner;
  const type = elem === 'f16' ? 'f32' : elem;
  // Every sum is an element, but the last one of exclusive sums is not: only what is stored is looked at.
  const wide = isInt64(dtype) ? (elem === 'i32' ? 'i64' : 'u64') : undefined;
  const store = `out0[offset] = ${wide ? `from_words_${wide}` : elem}(sum);`;
  const add = wide ? `sum = add_words(sum, words_${wide}(in0[offset]));` : `sum += ${type}(in0[offset]);`;
  return [
    {
      name: 'cumsum',
      dispatches: [
        {
          kernel: {
            name: `cumsum_${wide ?? elem}${exclusive ? '_exclusive' : ''}${reverse ? '_reverse' : ''}`,
            bindings: [
              { name: 'in0', elem, access: 'read' },
              { name: 'out0', elem, access: 'read_write' },
              ...(wide ? [overflowBinding] : []),
            ],
            params: { columns: 'u32', dim: 'u32', inner: 'u32', ...(wide ? overflowParams : {}) },
            workgroupSize: [lanes, 1, 1],
            body: `${wide ? `${overflowHelpers(['add_words', `words_${wide}`, `from_words_${wide}`])}\n\n` : ''}@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column = (${flatGroup}) * ${lanes}u + lane;
  if (column >= p.columns) { return; }
  let base = column / p.inner * p.dim * p.inner + column % p.inner;
  var sum = ${wide ? 'vec2u()' : `${type}(0)`};
  for (var i = 0u; i < p.dim; i++) {
    let offset = base + ${reverse ? '(p.dim - 1u - i)' : 'i'} * p.inner;
    ${exclusive ? `${store}\n    ${add}` : `${add}\n    ${store}`}
  }
}`,
          },
          bind: ['in0', 'out0', ...(wide ? [overflowBinding.name] : [])],
          params: { columns, dim, inner },
          grid: linearGrid(columns, lanes, context.caps),
        },
      ],
    },
  ];
}

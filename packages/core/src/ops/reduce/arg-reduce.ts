import type { Dim } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import { scalarAt } from '../elementwise/evaluate.ts';
import type { BoundType, KernelContext, Op } from '../op.ts';
import { reducedShape } from './reduce.ts';

interface ArgReduceAttributes {
  readonly axis: number;
  readonly keepdims: number;
  /** 1: of equal elements the last wins (opset 12). */
  readonly select_last_index: number;
}

const lanes = 64;

/** Index of the extremum along an axis, int64. Of equal elements the first wins. */
function argReduce(type: 'ArgMax' | 'ArgMin'): Op<ArgReduceAttributes> {
  return {
    type,
    since: 1,
    attributes: { axis: attribute.int(0), keepdims: attribute.int(1), select_last_index: attribute.int(0) },
    infer([data], { axis, keepdims }) {
      const { shape } = required(data, 'data');
      return [{ dtype: 'int64', shape: reducedShape(shape, [normalizeAxis(axis, shape.length)], keepdims) }];
    },
    reference([data], { axis, keepdims, select_last_index }) {
      const x = data as Tensor;
      const at = normalizeAxis(axis, x.shape.length);
      const [outer, dim, inner] = canonical(x.shape, at);
      const indices: bigint[] = [];
      for (let slice = 0; slice < outer * inner; slice++) {
        const base = Math.floor(slice / inner) * dim * inner + (slice % inner);
        let best = 0;
        for (let index = 1; index < dim; index++) {
          const [own, other] = [scalarAt(x, base + index * inner), scalarAt(x, base + best * inner)];
          if (type === 'ArgMax' ? own > other : own < other) best = index;
          else if (own === other && select_last_index) best = index;
        }
        indices.push(BigInt(best));
      }
      return [Tensor.from(indices, reducedShape(x.shape, [at], keepdims) as readonly number[], 'int64')];
    },
    kernels: ([data], attributes, context) => argCandidates(type, data as BoundType, attributes, context),
    vjp: () => [''],
  };
}

/** [outer, dim, inner] of a shape around an axis. */
export function canonical(shape: readonly Dim[], axis: number): readonly [number, number, number] {
  const bound = shape as readonly number[];
  return [sizeOf(bound.slice(0, axis)), bound[axis] as number, sizeOf(bound.slice(axis + 1))];
}

/** One lane an output, in order along the axis. */
function argCandidates(
  type: string,
  { shape, elem }: BoundType,
  attributes: ArgReduceAttributes,
  context: KernelContext,
): readonly Candidate[] {
  const [outer, dim, inner] = canonical(shape, normalizeAxis(attributes.axis, shape.length));
  const better = `${type === 'ArgMax' ? '>' : '<'}${attributes.select_last_index ? '=' : ''}`;
  return [
    {
      name: 'argreduce',
      dispatches: [
        {
          kernel: {
            name: `${type.toLowerCase()}_${elem}${attributes.select_last_index ? '_last' : ''}`,
            bindings: [
              { name: 'in0', elem, access: 'read' },
              { name: 'out0', elem: 'i32', access: 'read_write' },
            ],
            params: { size: 'u32', dim: 'u32', inner: 'u32' },
            workgroupSize: [lanes, 1, 1],
            body: `@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let slice = (${flatGroup}) * ${lanes}u + lane;
  if (slice >= p.size) { return; }
  let base = slice / p.inner * p.dim * p.inner + slice % p.inner;
  var best = in0[base];
  var found = 0u;
  for (var index = 1u; index < p.dim; index++) {
    let value = in0[base + index * p.inner];
    if (value ${better} best) {
      best = value;
      found = index;
    }
  }
  out0[slice] = i32(found);
}`,
          },
          bind: ['in0', 'out0'],
          params: { size: outer * inner, dim, inner },
          grid: linearGrid(outer * inner, lanes, context.caps),
        },
      ],
    },
  ];
}

export const argMax = argReduce('ArgMax');
export const argMin = argReduce('ArgMin');

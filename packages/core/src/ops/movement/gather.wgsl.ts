import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate, Elem } from '../../wgsl/kernel.ts';
import { visit } from '../../wgsl/visit.ts';
import type { BoundType, KernelContext } from '../op.ts';

const lanes = 64;

const entry = `@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32)`;

/** WGSL of an index within 0..dim-1: from the end when negative, clamped when past the axis. */
const indexIn = (text: string, elem: Elem) =>
  elem === 'u32' ? `min(${text}, p.dim - 1u)` : `u32(clamp(select(${text}, ${text} + i32(p.dim), ${text} < 0), 0, i32(p.dim) - 1))`;

/** data [outer, dim, inner], indices [count] → output [outer, count, inner], seen as rows of `inner`. */
export function gatherCandidates([data, indices]: readonly BoundType[], axis: number, context: KernelContext): readonly Candidate[] {
  const { shape, elem } = data as BoundType;
  const picked = indices as BoundType;
  const at = normalizeAxis(axis, shape.length);
  const inner = sizeOf(shape.slice(at + 1));
  const count = sizeOf(picked.shape);
  const rows = sizeOf(shape.slice(0, at)) * count;
  const candidate = (vector: 1 | 4): Candidate => {
    const plan = visit(rows, inner / vector, context.caps);
    const perRow = [
      'let picked = in1[row % p.count];',
      `let index = ${indexIn('picked', picked.elem)};`,
      'let base = (row / p.count * p.dim + index) * p.columns;',
    ];
    return {
      name: vector === 4 ? 'gather vec4' : 'gather',
      dispatches: [
        {
          kernel: {
            name: `gather_${elem}_${picked.elem}${vector === 4 ? '_vec4' : ''}_${plan.mode}`,
            bindings: [
              { name: 'in0', elem, vector, access: 'read' },
              { name: 'in1', elem: picked.elem, access: 'read' },
              { name: 'out0', elem, vector, access: 'read_write' },
            ],
            params: { ...plan.params, count: 'u32', dim: 'u32' },
            workgroupSize: plan.workgroupSize,
            body: plan.main(perRow, ['out0[offset] = in0[base + column];']),
          },
          bind: ['in0', 'in1', 'out0'],
          params: { ...plan.values, count, dim: shape[at] as number },
          grid: plan.grid,
        },
      ],
    };
  };
  return inner % 4 === 0 && rows * inner > 0 ? [candidate(4), candidate(1)] : [candidate(1)];
}

/** One lane an element of the data; it reads all indices, so that the sum has one order and needs no atomics. */
export function gatherGradientCandidates(
  [dy, indices]: readonly BoundType[],
  { axis, shape }: { readonly axis: number; readonly shape: readonly number[] },
  context: KernelContext,
): readonly Candidate[] {
  const { elem } = dy as BoundType;
  const picked = indices as BoundType;
  const size = sizeOf(shape);
  return [
    {
      name: 'gather gradient',
      dispatches: [
        {
          kernel: {
            name: `gather_gradient_${elem}_${picked.elem}`,
            bindings: [
              { name: 'in0', elem, access: 'read' },
              { name: 'in1', elem: picked.elem, access: 'read' },
              { name: 'out0', elem, access: 'read_write' },
            ],
            params: { size: 'u32', count: 'u32', dim: 'u32', inner: 'u32' },
            workgroupSize: [lanes, 1, 1],
            body: `${entry} {
  let offset = (${flatGroup}) * ${lanes}u + lane;
  if (offset >= p.size) { return; }
  let slice = offset / p.inner;
  let row = slice / p.dim;
  var sum = 0.0;
  for (var entry = 0u; entry < p.count; entry++) {
    let picked = in1[entry];
    let index = ${indexIn('picked', picked.elem)};
    if (index == slice % p.dim) { sum += f32(in0[(row * p.count + entry) * p.inner + offset % p.inner]); }
  }
  out0[offset] = ${elem}(sum);
}`,
          },
          bind: ['in0', 'in1', 'out0'],
          params: { size, count: sizeOf(picked.shape), dim: shape[axis] as number, inner: sizeOf(shape.slice(axis + 1)) },
          grid: linearGrid(size, lanes, context.caps),
        },
      ],
    },
  ];
}

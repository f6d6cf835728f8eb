import { sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { CoreSoftmaxAttributes } from './softmax.ts';

const lanes = 64;

const entry =
  '@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32)';

/**
 * x [outer, dim, inner] → the same shape; the largest element is subtracted first, sums are in f32.
 * `softmax lanes`: one lane a column. `softmax group`: one workgroup a column, for long ones on hardware.
 */
export function softmaxCandidates(
  { shape, elem }: BoundType,
  { dim, inner, log }: CoreSoftmaxAttributes,
  context: KernelContext,
): readonly Candidate[] {
  const columns = dim === 0 ? 0 : sizeOf(shape) / dim;
  const value = (x: string) => (log ? `${x} - largest - log(sum)` : `exp(${x} - largest) / sum`);
  const name = `${log ? 'log_' : ''}softmax`;
  const candidate = (kind: string, body: string, perGroup: number): Candidate => ({
    name: `${name} ${kind}`,
    dispatches: [
      {
        kernel: {
          name: `${name}_${kind}_${elem}`,
          bindings: [
            { name: 'in0', elem, access: 'read' },
            { name: 'out0', elem, access: 'read_write' },
          ],
          params: { columns: 'u32', dim: 'u32', inner: 'u32' },
          workgroupSize: [lanes, 1, 1],
          body,
        },
        bind: ['in0', 'out0'],
        params: { columns, dim, inner },
        grid: linearGrid(columns, perGroup, context.caps),
      },
    ],
  });
  const loop = (start: string, step: string, visit: string) => `for (var i = ${start}; i < p.dim; i += ${step}) {
    let offset = base + i * p.inner;
    ${visit}
  }`;
  const column = 'let base = column / p.inner * p.dim * p.inner + column % p.inner;';

  const laneEach = candidate(
    'lanes',
    `${entry} {
  let column = (${flatGroup}) * ${lanes}u + lane;
  if (column >= p.columns) { return; }
  ${column}
  var largest = f32(in0[base]);
  ${loop('1u', '1u', 'largest = max(largest, f32(in0[offset]));')}
  var sum = 0.0;
  ${loop('0u', '1u', 'sum += exp(f32(in0[offset]) - largest);')}
  ${loop('0u', '1u', `out0[offset] = ${elem}(${value('f32(in0[offset])')});`)}
}`,
    lanes,
  );
  if (context.caps.kind === 'software' || dim < 32) return [laneEach];

  const tree = (join: string) => `shared_values[lane] = partial;
  workgroupBarrier();
  for (var half = ${lanes / 2}u; half > 0u; half = half >> 1u) {
    if (lane < half) { shared_values[lane] = ${join}; }
    workgroupBarrier();
  }`;
  const groupEach = candidate(
    'group',
    `var<workgroup> shared_values: array<f32, ${lanes}>;

${entry} {
  let column = min(${flatGroup}, p.columns - 1u);
  ${column}
  var partial = f32(in0[base]);
  ${loop('lane', `${lanes}u`, 'partial = max(partial, f32(in0[offset]));')}
  ${tree('max(shared_values[lane], shared_values[lane + half])')}
  let largest = shared_values[0];
  workgroupBarrier();
  partial = 0.0;
  ${loop('lane', `${lanes}u`, 'partial += exp(f32(in0[offset]) - largest);')}
  ${tree('shared_values[lane] + shared_values[lane + half]')}
  let sum = shared_values[0];
  ${loop('lane', `${lanes}u`, `out0[offset] = ${elem}(${value('f32(in0[offset])')});`)}
}`,
    1,
  );
  return [groupEach, laneEach];
}

import { sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { loadText, storeText } from '../elementwise/wgsl.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { LrnAttributes } from './lrn.ts';

const lanes = 64;

/** One lane an element. */
export function lrnCandidates(x: BoundType, { size, alpha, beta, bias }: LrnAttributes, context: KernelContext): readonly Candidate[] {
  const count = sizeOf(x.shape);
  const load = (index: string) => loadText(`in0[${index}]`, x.dtype, x.elem);
  return [
    {
      name: 'lrn',
      dispatches: [
        {
          kernel: {
            name: `lrn_${x.elem}`,
            bindings: [
              { name: 'in0', elem: x.elem, access: 'read' },
              { name: 'out0', elem: x.elem, access: 'read_write' },
            ],
            params: {
              count: 'u32',
              channels: 'u32',
              inner: 'u32',
              before: 'u32',
              after: 'u32',
              factor: 'f32',
              beta: 'f32',
              bias: 'f32',
            },
            workgroupSize: [lanes, 1, 1],
            body: `@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (${flatGroup}) * ${lanes}u + lane;
  if (offset >= p.count) { return; }
  let c = (offset / p.inner) % p.channels;
  let before = min(p.before, c);
  let after = min(p.after, p.channels - 1u - c);
  var sum = 0.0;
  for (var i = 0u; i <= before + after; i++) {
    let value = ${load('offset + i * p.inner - before * p.inner')};
    sum += value * value;
  }
  let y = ${load('offset')} / pow(p.bias + p.factor * sum, p.beta);
  out0[offset] = ${storeText('y', 'f32', x.elem)};
}`,
          },
          bind: ['in0', 'out0'],
          params: {
            count,
            channels: x.shape[1] as number,
            inner: sizeOf(x.shape.slice(2)),
            before: Math.floor((size - 1) / 2),
            after: Math.ceil((size - 1) / 2),
            factor: alpha / size,
            beta,
            bias,
          },
          grid: linearGrid(count, lanes, context.caps),
        },
      ],
    },
  ];
}

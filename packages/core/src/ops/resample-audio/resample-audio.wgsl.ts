import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import { type Candidate, type Kernel, wgsl } from '../../wgsl/kernel.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { ResampleAudioAttributes } from './resample-audio.ts';

const lanes = 64;

const kernel: Kernel = {
  name: 'resample_audio',
  bindings: [
    { name: 'samples', elem: 'f32', access: 'read' },
    { name: 'place', elem: 'i32', access: 'read' },
    { name: 'filters', elem: 'f32', access: 'read' },
    { name: 'out0', elem: 'f32', access: 'read_write' },
  ],
  params: { size: 'u32', source: 'i32', target_rate: 'i32', taps: 'i32', before: 'i32' },
  workgroupSize: [lanes, 1, 1],
  body: wgsl`@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (${flatGroup}) * ${lanes}u + lane;
  if (offset >= p.size) { return; }
  let position = i32(offset) + place[1];
  // position · source / target without the product, which may pass 32 bits.
  let whole = position / p.target_rate;
  let phase = position % p.target_rate;
  let nearest = whole * p.source + (phase * p.source) / p.target_rate;
  let first = nearest - p.before;
  var sum = 0.0;
  if (position >= 0 && nearest < place[0]) {
    let end = min(p.taps, place[0] - first);
    for (var tap = max(0, -first); tap < end; tap++) { sum += samples[first + tap] * filters[phase * p.taps + tap]; }
  }
  out0[offset] = sum;
}`,
};

/** One lane a sample; neighbours share most of what they read. */
export function resampleAudioCandidates(
  [, , filters]: readonly BoundType[],
  { length, from, to, before }: ResampleAudioAttributes,
  { caps }: KernelContext,
): readonly Candidate[] {
  const taps = filters?.shape[1] ?? 0;
  return [
    {
      name: 'resample audio',
      dispatches: [
        {
          kernel,
          bind: ['in0', 'in1', 'in2', 'out0'],
          params: { size: length, source: from, target_rate: to, taps, before },
          grid: linearGrid(length, lanes, caps),
          floats: 2 * length * taps,
        },
      ],
    },
  ];
}

import { EngineError } from '../../errors.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate, Kernel } from '../../wgsl/kernel.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { CopyAttributes } from './copy.ts';

const lanes = 64;
const softwareElements = 8;
const maxRank = 8;

interface Axis {
  dim: number;
  stride: number;
  low: number;
  high: number;
}

/** One lane an output element (several on software adapters), indices by repeated division over the merged axes. */
export function copyCandidates(x: BoundType, attributes: CopyAttributes, context: KernelContext): readonly Candidate[] {
  const output = context.outputs[0] as BoundType;
  const bounded = attributes.low.length > 0;
  const axes = mergeAxes(attributes);
  if (axes.length > maxRank) {
    throw new EngineError('unsupported', 'too many axes to copy', { expected: `at most ${maxRank} after merging`, got: `${axes.length}` });
  }
  const size = sizeOf(output.shape);
  const perLane = context.caps.kind === 'software' ? softwareElements : 1;
  const values: Record<string, number> = { size, offset: attributes.offset };
  if (bounded) values.fill = attributes.fill;
  axes.forEach(({ dim, stride, low, high }, axis) => {
    values[`dim${axis}`] = dim;
    values[`stride${axis}`] = stride;
    if (bounded) Object.assign(values, { [`low${axis}`]: low, [`high${axis}`]: high });
  });
  return [
    {
      name: 'copy',
      dispatches: [
        {
          kernel: kernelFor(x.elem, axes.length, bounded, perLane),
          bind: ['in0', 'out0'],
          params: values,
          grid: linearGrid(size, lanes * perLane, context.caps),
        },
      ],
    },
  ];
}

/** Drops axes of size 1 and joins neighbours that are one longer axis of the input. */
export function mergeAxes({ shape, strides, low, high }: CopyAttributes): readonly Axis[] {
  const merged: Axis[] = [];
  shape.forEach((dim, index) => {
    const axis: Axis = { dim, stride: strides[index] as number, low: low[index] ?? 0, high: high[index] ?? dim };
    const free = axis.low <= 0 && axis.high >= dim;
    if (dim === 1 && free) return;
    const last = merged.at(-1);
    const lastFree = last && last.low <= 0 && last.high >= last.dim;
    if (last && lastFree && free && last.stride === axis.stride * dim) {
      merged[merged.length - 1] = { dim: last.dim * dim, stride: axis.stride, low: 0, high: last.dim * dim };
    } else merged.push(axis);
  });
  return merged;
}

function kernelFor(elem: BoundType['elem'], rank: number, bounded: boolean, perLane: number): Kernel {
  const params: Record<string, 'u32' | 'i32' | 'f32'> = { size: 'u32', offset: 'i32' };
  if (bounded) params.fill = elem === 'f16' ? 'f32' : elem;
  for (let axis = 0; axis < rank; axis++) {
    params[`dim${axis}`] = 'u32';
    params[`stride${axis}`] = 'i32';
    if (bounded) Object.assign(params, { [`low${axis}`]: 'i32', [`high${axis}`]: 'i32' });
  }
  const steps: string[] = [];
  for (let axis = rank - 1; axis >= 0; axis--) {
    const index = axis === 0 ? 'rest' : `(rest % p.dim${axis})`;
    steps.push(`let i${axis} = i32(${index});`);
    if (axis > 0) steps.push(`rest /= p.dim${axis};`);
    steps.push(`source += i${axis} * p.stride${axis};`);
    if (bounded) steps.push(`inside = inside && i${axis} >= p.low${axis} && i${axis} < p.high${axis};`);
  }
  const start = [
    `${rank > 1 ? 'var' : 'let'} rest = offset;`,
    `${rank > 0 ? 'var' : 'let'} source = p.offset;`,
    ...(bounded ? [`${rank > 0 ? 'var' : 'let'} inside = true;`] : []),
  ];
  const store = bounded
    ? [`if (inside) { out0[offset] = in0[source]; } else { out0[offset] = ${elem === 'f16' ? 'f16(p.fill)' : 'p.fill'}; }`]
    : ['out0[offset] = in0[source];'];
  return {
    name: `copy${rank}${bounded ? '_fill' : ''}_${elem}${perLane === 1 ? '' : '_software'}`,
    bindings: [
      { name: 'in0', elem, access: 'read' },
      { name: 'out0', elem, access: 'read_write' },
    ],
    params,
    workgroupSize: [lanes, 1, 1],
    body: `fn copy_element(offset: u32) {
  ${[...start, ...steps, ...store].join('\n  ')}
}

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (${flatGroup}) * ${lanes * perLane}u + lane;
  for (var i = 0u; i < ${perLane}u; i++) {
    let offset = start + i * ${lanes}u;
    if (offset < p.size) { copy_element(offset); }
  }
}`,
  };
}

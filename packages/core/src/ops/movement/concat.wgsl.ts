import { sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate, Dispatch, Kernel } from '../../wgsl/kernel.ts';
import type { BoundType, KernelContext } from '../op.ts';

const lanes = 64;
const softwareElements = 8;

/**
 * The output as rows, one for each index before the axis; each input gives a run of `length` elements of every row. One dispatch
 * takes as many inputs as the adapter binds and writes their part of the rows.
 */
export function concatCandidates(inputs: readonly BoundType[], axis: number, context: KernelContext): readonly Candidate[] {
  const output = context.outputs[0] as BoundType;
  const rows = sizeOf(output.shape.slice(0, axis));
  const lengths = inputs.map(({ shape }) => sizeOf(shape) / Math.max(rows, 1));
  const software = context.caps.kind === 'software';
  const vector = !software && lengths.every((length) => length % 4 === 0) ? 4 : 1;
  const perLane = software ? softwareElements : 1;
  const rowLength = lengths.reduce((sum, length) => sum + length, 0) / vector;
  const most = context.caps.maxStorageBuffers - 1;
  const dispatches: Dispatch[] = [];
  let base = 0;
  for (let first = 0; first < inputs.length; first += most) {
    const part = lengths.slice(first, first + most).map((length) => length / vector);
    const covered = part.reduce((sum, length) => sum + length, 0);
    const size = rows * covered;
    const ends: Record<string, number> = {};
    let end = 0;
    part.forEach((length, index) => {
      end += length;
      ends[`end${index}`] = end;
    });
    dispatches.push({
      kernel: kernelFor(output.elem, part.length, vector, perLane),
      bind: [...part.map((_, index) => `in${first + index}`), 'out0'],
      params: { size, covered, row: rowLength, base, ...ends },
      grid: linearGrid(size, lanes * perLane, context.caps),
    });
    base += covered;
  }
  return [{ name: vector === 4 ? 'concat vec4' : 'concat', dispatches }];
}

function kernelFor(elem: BoundType['elem'], count: number, vector: 1 | 4, perLane: number): Kernel {
  const indices = Array.from({ length: count }, (_, index) => index);
  const branches = indices.map((index) => {
    const start = index === 0 ? '0u' : `p.end${index - 1}`;
    const store = `out0[to] = part${index}[row * (p.end${index} - ${start}) + at - ${start}];`;
    return index === count - 1 ? `{ ${store} }` : `if (at < p.end${index}) { ${store} }`;
  });
  return {
    name: `concat${count}_${elem}${vector === 4 ? '_vec4' : ''}${perLane === 1 ? '' : '_software'}`,
    bindings: [
      ...indices.map((index) => ({ name: `part${index}`, elem, vector, access: 'read' as const })),
      { name: 'out0', elem, vector, access: 'read_write' },
    ],
    params: {
      size: 'u32',
      covered: 'u32',
      row: 'u32',
      base: 'u32',
      ...Object.fromEntries(indices.map((index) => [`end${index}`, 'u32' as const])),
    },
    workgroupSize: [lanes, 1, 1],
    body: `fn copy_element(offset: u32) {
  let row = offset / p.covered;
  let at = offset % p.covered;
  let to = row * p.row + p.base + at;
  ${branches.join('\n  else ')}
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

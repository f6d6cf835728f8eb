import { sizeOf } from '../../tensor/shape.ts';
import type { Candidate, Dispatch } from '../../wgsl/kernel.ts';
import { visit } from '../../wgsl/visit.ts';
import type { BoundType, KernelContext } from '../op.ts';

/**
 * The output as rows, one for each index before the axis; each input gives a run of every row. One dispatch takes as many inputs
 * as the adapter binds and writes their part of the rows.
 */
export function concatCandidates(inputs: readonly BoundType[], axis: number, context: KernelContext): readonly Candidate[] {
  const output = context.outputs[0] as BoundType;
  const rows = sizeOf(output.shape.slice(0, axis));
  const lengths = inputs.map(({ shape }) => sizeOf(shape) / Math.max(rows, 1));
  const aligned = lengths.every((length) => length % 4 === 0);
  const candidate = (vector: 1 | 4): Candidate => ({
    name: vector === 4 ? 'concat vec4' : 'concat',
    dispatches: concatDispatches(
      output.elem,
      rows,
      lengths.map((length) => length / vector),
      vector,
      context,
    ),
  });
  return aligned ? [candidate(4), candidate(1)] : [candidate(1)];
}

function concatDispatches(
  elem: BoundType['elem'],
  rows: number,
  lengths: readonly number[],
  vector: 1 | 4,
  { caps }: KernelContext,
): readonly Dispatch[] {
  const row = lengths.reduce((sum, length) => sum + length, 0);
  const most = caps.maxStorageBuffers - 1;
  const dispatches: Dispatch[] = [];
  let base = 0;
  for (let first = 0; first < lengths.length; first += most) {
    const part = lengths.slice(first, first + most);
    const covered = part.reduce((sum, length) => sum + length, 0);
    const plan = visit(rows, covered, caps);
    const ends: Record<string, number> = {};
    let end = 0;
    part.forEach((length, index) => {
      end += length;
      ends[`end${index}`] = end;
    });
    const branches = part.map((_, index) => {
      const start = index === 0 ? '0u' : `p.end${index - 1}`;
      const store = `out0[to] = part${index}[row * (p.end${index} - ${start}) + column - ${start}];`;
      const test = index === part.length - 1 ? '' : `if (column < p.end${index}) `;
      return `${index === 0 ? '' : 'else '}${test}{ ${store} }`;
    });
    dispatches.push({
      kernel: {
        name: `concat${part.length}_${elem}${vector === 4 ? '_vec4' : ''}_${plan.mode}`,
        bindings: [
          ...part.map((_, index) => ({ name: `part${index}`, elem, vector, access: 'read' as const })),
          { name: 'out0', elem, vector, access: 'read_write' },
        ],
        params: {
          ...plan.params,
          row: 'u32',
          base: 'u32',
          ...Object.fromEntries(part.map((_, index) => [`end${index}`, 'u32' as const])),
        },
        workgroupSize: plan.workgroupSize,
        body: plan.main([], ['let to = row * p.row + p.base + column;', ...branches]),
      },
      bind: [...part.map((_, index) => `in${first + index}`), 'out0'],
      params: { ...plan.values, row, base, ...ends },
      grid: plan.grid,
    });
    base += covered;
  }
  return dispatches;
}

import { EngineError } from '../../errors.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { visit } from '../../wgsl/visit.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { CopyAttributes } from './copy.ts';

const maxRank = 8;

interface Axis {
  readonly dim: number;
  readonly stride: number;
  readonly low: number;
  readonly high: number;
}

/** The last merged axis runs along the columns; the others make the rows. Four elements at a time where both sides are aligned runs. */
export function copyCandidates(x: BoundType, attributes: CopyAttributes, context: KernelContext): readonly Candidate[] {
  const bounded = attributes.low.length > 0;
  const merged = mergeAxes(attributes);
  if (merged.length > maxRank) {
    throw new EngineError('unsupported', 'too many axes to copy', {
      expected: `at most ${maxRank} after merging`,
      got: `${merged.length}`,
    });
  }
  const last = merged.at(-1) ?? { dim: 1, stride: 0, low: 0, high: 1 };
  const outer = merged.slice(0, -1);
  const steps = [attributes.offset, last.dim, ...outer.map(({ stride }) => stride)];
  const aligned = sizeOf(attributes.shape) > 0 && !bounded && last.stride === 1 && steps.every((step) => step % 4 === 0);
  const scalar = copyCandidate(x.elem, 1, attributes, outer, last, context);
  return aligned ? [copyCandidate(x.elem, 4, attributes, outer, last, context), scalar] : [scalar];
}

function copyCandidate(
  elem: BoundType['elem'],
  vector: 1 | 4,
  { offset, low, fill }: CopyAttributes,
  outer: readonly Axis[],
  last: Axis,
  { caps }: KernelContext,
): Candidate {
  const bounded = low.length > 0;
  const rows = outer.reduce((product, { dim }) => product * dim, 1);
  const plan = visit(rows, last.dim / vector, caps);
  const params: Record<string, 'u32' | 'i32' | 'f32'> = { ...plan.params, start: 'i32', step: 'i32' };
  const values: Record<string, number> = { ...plan.values, start: offset / vector, step: vector === 4 ? 1 : last.stride };
  if (bounded) {
    Object.assign(params, { fill: elem === 'f16' ? 'f32' : elem, low: 'i32', high: 'i32' });
    Object.assign(values, { fill, low: last.low, high: last.high });
  }
  outer.forEach((axis, index) => {
    Object.assign(params, { [`dim${index}`]: 'u32', [`stride${index}`]: 'i32' });
    Object.assign(values, { [`dim${index}`]: axis.dim, [`stride${index}`]: axis.stride / vector });
    if (bounded) {
      Object.assign(params, { [`low${index}`]: 'i32', [`high${index}`]: 'i32' });
      Object.assign(values, { [`low${index}`]: axis.low, [`high${index}`]: axis.high });
    }
  });

  const perRow = ['var rest = row;', 'var base = p.start;', ...(bounded ? ['var inside = true;'] : [])];
  for (let axis = outer.length - 1; axis >= 0; axis--) {
    perRow.push(`let i${axis} = i32(${axis === 0 ? 'rest' : `rest % p.dim${axis}`});`);
    if (axis > 0) perRow.push(`rest /= p.dim${axis};`);
    perRow.push(`base += i${axis} * p.stride${axis};`);
    if (bounded) perRow.push(`inside = inside && i${axis} >= p.low${axis} && i${axis} < p.high${axis};`);
  }
  const at = 'let i = i32(column);';
  const perElement = bounded
    ? [
        at,
        `if (inside && i >= p.low && i < p.high) { out0[offset] = in0[base + i * p.step]; }`,
        `else { out0[offset] = ${elem === 'f16' ? 'f16(p.fill)' : 'p.fill'}; }`,
      ]
    : [at, 'out0[offset] = in0[base + i * p.step];'];
  return {
    name: vector === 4 ? 'copy vec4' : 'copy',
    dispatches: [
      {
        kernel: {
          name: `copy${outer.length + 1}${bounded ? '_fill' : ''}_${elem}${vector === 4 ? '_vec4' : ''}_${plan.mode}`,
          bindings: [
            { name: 'in0', elem, vector, access: 'read' },
            { name: 'out0', elem, vector, access: 'read_write' },
          ],
          params,
          workgroupSize: plan.workgroupSize,
          body: plan.main(perRow, perElement),
        },
        bind: ['in0', 'out0'],
        params: values,
        grid: plan.grid,
      },
    ],
  };
}

/** Drops axes of size 1 and joins neighbours that are one longer axis of the input. */
function mergeAxes({ shape, strides, low, high }: CopyAttributes): readonly Axis[] {
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

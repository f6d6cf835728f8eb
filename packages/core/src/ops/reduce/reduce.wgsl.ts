import { isInt64 } from '../../tensor/dtype.ts';
import { sizeOf, stridesOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { epilogueOf } from '../elementwise/epilogue.ts';
import { kernelName } from '../elementwise/name.ts';
import { scalarOf } from '../elementwise/wgsl.ts';
import type { BoundType, KernelContext } from '../op.ts';
import { type Accumulation, reduceKinds, wideAccumulation } from './kinds.ts';
import type { ReduceAttributes } from './reduce.ts';

interface Axis {
  dim: number;
  stride: number;
}

/** Outputs from which on one lane each keeps a GPU busy. */
const manyOutputs = 16384;
const lanes = 64;

/**
 * Kept and reduced axes are merged where they are neighbours, so that the canonical form [outer, reduced, inner] has one loop.
 * `reduce lanes`: one lane an output, neighbouring lanes on neighbouring outputs. `reduce group`: one workgroup an output, each lane
 * strides over the elements, then a tree in workgroup memory. Both add in a fixed order.
 */
export function reduceCandidates(
  [x, ...operands]: readonly BoundType[],
  attributes: ReduceAttributes,
  context: KernelContext,
): readonly Candidate[] {
  const input = x as BoundType;
  const output = context.outputs[0] as BoundType;
  const { kind, axes, expression } = attributes;
  const strides = stridesOf(input.shape);
  const part = (reduced: boolean) =>
    merge(input.shape.flatMap((dim, axis): Axis[] => (axes.includes(axis) === reduced ? [{ dim, stride: strides[axis] as number }] : [])));
  const kept = part(false);
  const gone = part(true);
  const count = sizeOf(gone.map(({ dim }) => dim));
  const size = sizeOf(output.shape);
  const scalar = scalarOf(input.dtype);
  const type = scalar === 'bool' ? 'u32' : scalar;
  const wide = isInt64(input.dtype) ? wideAccumulation(kind, type === 'i32' ? 'i64' : 'u64') : undefined;
  const rules: Accumulation = wide ?? reduceKinds[kind];
  const accumulatorType = wide ? 'vec2u' : type;
  const epilogue = epilogueOf(
    expression,
    type,
    operands.map((operand, index) => ({ name: `in${index + 1}`, type: operand })),
    output,
    [],
    wide?.helpers,
  );

  const bindings: Binding[] = [
    { name: 'in0', elem: input.elem, access: 'read' },
    ...epilogue.bindings,
    { name: 'out0', elem: output.elem, access: 'read_write' },
  ];
  const params: Record<string, 'u32'> = { size: 'u32', count: 'u32', ...epilogue.params };
  const values: Record<string, number> = { size, count, ...epilogue.values };
  for (const [prefix, list] of Object.entries({ kept, gone })) {
    list.forEach(({ dim, stride }, axis) => {
      Object.assign(params, { [`${prefix}_dim${axis}`]: 'u32', [`${prefix}_stride${axis}`]: 'u32' });
      Object.assign(values, { [`${prefix}_dim${axis}`]: dim, [`${prefix}_stride${axis}`]: stride });
    });
  }

  const variant = [kept.length, gone.length, type, ...epilogue.key].join();
  const zero = rules.start === undefined ? 'load(base)' : wide ? wide.start : `${type}(${rules.start})`;
  const declarations = `${epilogue.declarations}

fn load(index: u32) -> ${type} {
  return ${input.elem === type ? 'in0[index]' : `${type}(in0[index])`};
}

fn kept_offset(offset: u32) -> u32 {
  ${mixedRadix('kept', kept.length)}
}

fn gone_offset(offset: u32) -> u32 {
  ${mixedRadix('gone', gone.length)}
}`;
  // Loops of `reduce lanes` and `reduce group` differ in where they start and how far they step.
  const loop = (start: string, step: string, visit: string) => `for (var i = ${start}; i < p.count; i += ${step}) {
    let x = load(base + gone_offset(i));
    ${visit}
  }`;
  const finish = (accumulator: string) => `out0[output] = epilogue(${rules.finish(accumulator, `${type}(p.count)`)}, output);`;
  const accumulate = (start: string, step: string, target: string) => loop(start, step, `${target} = ${rules.step(target, 'x')};`);
  const largest = (start: string, step: string, target: string) => loop(start, step, `${target} = max(${target}, x);`);

  const lanesBody = `${declarations}

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = (${flatGroup}) * ${lanes}u + lane;
  if (output >= p.size) { return; }
  let base = kept_offset(output);
${kind === 'logSumExp' ? `  var largest = load(base);\n  ${largest('0u', '1u', 'largest')}\n` : ''}  var sum = ${zero};
  ${accumulate('0u', '1u', 'sum')}
  ${finish('sum')}
}`;

  const groupBody = (width: number) => {
    const tree = (join: (a: string, b: string) => string) => `shared_values[lane] = sum;
  workgroupBarrier();
  for (var half = ${width / 2}u; half > 0u; half = half >> 1u) {
    if (lane < half) { shared_values[lane] = ${join('shared_values[lane]', 'shared_values[lane + half]')}; }
    workgroupBarrier();
  }`;
    return `${declarations}

var<workgroup> shared_values: array<${accumulatorType}, ${width}>;

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = min(${flatGroup}, p.size - 1u);
  let base = kept_offset(output);
  var sum = ${kind === 'logSumExp' ? 'load(base)' : zero};
${
  kind === 'logSumExp'
    ? `  ${largest('lane', `${width}u`, 'sum')}
  ${tree((a, b) => `max(${a}, ${b})`)}
  let largest = shared_values[0];
  workgroupBarrier();
  sum = ${zero};
`
    : ''
}  ${accumulate('lane', `${width}u`, 'sum')}
  ${tree(rules.join)}
  if (lane == 0u) {
    ${finish('shared_values[0]')}
  }
}`;
  };

  const candidate = (name: string, body: string, width: number, grid: readonly [number, number, number]): Candidate => ({
    name,
    dispatches: [
      {
        kernel: {
          name: kernelName(`${name.replace(' ', '_')}_${kind.toLowerCase()}`, expression, bindings, variant),
          bindings,
          params,
          workgroupSize: [width, 1, 1],
          body,
        },
        bind: bindings.map((binding) => binding.name),
        params: values,
        grid,
      },
    ],
  });
  const laneEach = () => candidate('reduce lanes', lanesBody, lanes, linearGrid(size, lanes, context.caps));
  const width = count > 4096 ? 256 : lanes;
  const groupEach = () => candidate(`reduce group${width}`, groupBody(width), width, linearGrid(size, 1, context.caps));
  // Software adapters pay for barriers, and prefer them only where there would be nothing to run side by side.
  const grouped = context.caps.kind === 'software' ? size < 32 && count >= 1024 : count >= 32 && (size < manyOutputs || count > 1024);
  return grouped ? [groupEach(), laneEach()] : [laneEach()];
}

/** Drops axes of size 1 and joins neighbours that step through memory as one. */
function merge(axes: readonly Axis[]): Axis[] {
  const merged: Axis[] = [];
  for (const { dim, stride } of axes) {
    if (dim === 1) continue;
    const last = merged.at(-1);
    if (last && last.stride === stride * dim) merged[merged.length - 1] = { dim: last.dim * dim, stride };
    else merged.push({ dim, stride });
  }
  return merged;
}

/** Statements that return the element offset of a flat position over the axes of a prefix. */
function mixedRadix(prefix: string, rank: number): string {
  if (rank === 0) return 'return 0u * offset;';
  if (rank === 1) return `return offset * p.${prefix}_stride0;`;
  const lines = ['var rest = offset;', 'var result = 0u;'];
  for (let axis = rank - 1; axis > 0; axis--) {
    lines.push(`result += rest % p.${prefix}_dim${axis} * p.${prefix}_stride${axis};`, `rest /= p.${prefix}_dim${axis};`);
  }
  return [...lines, `return result + rest * p.${prefix}_stride0;`].join('\n  ');
}

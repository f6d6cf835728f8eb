import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { epilogueOf } from '../elementwise/epilogue.ts';
import { kernelName } from '../elementwise/name.ts';
import { loadText } from '../elementwise/wgsl.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { NormalizeAttributes } from './normalize.ts';

/**
 * A workgroup a row, with a reduction in workgroup memory; on software adapters, whose barriers cost more than the row, a subgroup a row.
 * Elements are read three times (mean, variance, result): the second and third reads hit the cache.
 */
export function normalizeCandidates(
  inputs: readonly BoundType[],
  attributes: NormalizeAttributes,
  context: KernelContext,
): readonly Candidate[] {
  const [x, ...operands] = inputs as readonly [BoundType, ...BoundType[]];
  const { caps, outputs } = context;
  const output = outputs[0] as BoundType;
  const width = sizeOf(x.shape.slice(normalizeAxis(attributes.axis, x.shape.length)));
  const rows = width === 0 ? 0 : sizeOf(x.shape) / width;
  const named = operands.map((type, index) => ({ name: `in${index + 1}`, type }));
  const epilogue = epilogueOf(attributes.expression, 'f32', named, output, [{ name: 'column', inner: 1, dim: width }]);
  const centred = attributes.centred === 1;
  if (caps.kind === 'software' && caps.subgroups && (caps.subgroupSize === 4 || caps.subgroupSize === 8))
    return [rowCandidate(caps.subgroupSize, true)];
  return [rowCandidate(Math.min(width <= 512 ? 64 : 256, caps.maxInvocations), false)];

  function rowCandidate(lanes: number, subgroup: boolean): Candidate {
    const total = subgroup
      ? `fn total(value: f32, lane: u32) -> f32 {
  return subgroupAdd(value);
}`
      : `var<workgroup> partial: array<f32, ${lanes}>;

fn total(value: f32, lane: u32) -> f32 {
  partial[lane] = value;
  for (var half = ${lanes / 2}u; half > 0u; half = half >> 1u) {
    workgroupBarrier();
    if (lane < half) { partial[lane] += partial[lane + half]; }
  }
  workgroupBarrier();
  let sum = partial[0];
  workgroupBarrier();
  return sum;
}`;
    const mean = centred
      ? `  var sum = 0.0;
  for (var i = lane; i < p.width; i += ${lanes}u) { sum += load(base + i); }
  let mean = total(sum, lane) / f32(p.width);
`
      : '  let mean = 0.0;\n';
    const text = `${declarations()}
${total}

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = ${flatGroup};
  if (row >= p.rows) { return; }
  let base = row * p.width;
${mean}  var squares = 0.0;
  for (var i = lane; i < p.width; i += ${lanes}u) {
    let d = load(base + i) - mean;
    squares += d * d;
  }
  let inverse = inverseSqrt(total(squares, lane) / f32(p.width) + p.epsilon);
  for (var column = lane; column < p.width; column += ${lanes}u) {
    out0[base + column] = ${epilogue.value('(load(base + column) - mean) * inverse', 'base + column', 'column')};
  }
}`;
    return candidate(`normalize a ${subgroup ? 'subgroup' : 'workgroup'} a row`, text, lanes, subgroup);
  }

  function declarations(): string {
    const elements = inputs.slice(0, 1 + attributes.addend).map(({ dtype, elem }, index) => loadText(`in${index}[offset]`, dtype, elem));
    return `fn load(offset: u32) -> f32 {
  return ${elements.join(' + ')};
}

${epilogue.declarations}
`;
  }

  function candidate(name: string, text: string, lanes: number, subgroup: boolean): Candidate {
    const bindings: Binding[] = [
      ...inputs.map(({ elem }, index): Binding => ({ name: `in${index}`, elem, access: 'read' })),
      { name: 'out0', elem: output.elem, access: 'read_write' },
    ];
    return {
      name,
      dispatches: [
        {
          kernel: {
            name: kernelName('normalize', attributes.expression, bindings, `${lanes} ${centred} ${attributes.addend} ${epilogue.key}`),
            bindings,
            params: { rows: 'u32', width: 'u32', epsilon: 'f32', ...epilogue.params },
            workgroupSize: [lanes, 1, 1],
            ...(subgroup ? { enable: ['subgroups'] as const } : {}),
            body: text,
          },
          bind: bindings.map((binding) => binding.name),
          params: { rows, width, epsilon: attributes.epsilon, ...epilogue.values },
          grid: linearGrid(rows, 1, caps),
          floats: rows * width * 8,
        },
      ],
    };
  }
}

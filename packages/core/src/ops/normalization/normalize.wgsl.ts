import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { epilogueOf } from '../elementwise/epilogue.ts';
import { kernelName } from '../elementwise/name.ts';
import { loadText } from '../elementwise/wgsl.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { NormalizeAttributes } from './normalize.ts';

/** Lanes of a software adapter that take one row each. */
const softwareLanes = 8;
/** Below this many rows a software adapter shares each row between lanes too: its cores would idle. */
const fewRows = 32;

/**
 * A workgroup a row with a reduction in workgroup memory; on software adapters a lane a row, since their barriers cost more than
 * the row. Elements are read three times (mean, variance, result): the second and third reads hit the cache.
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
  if (caps.kind === 'software' && rows >= fewRows) return [laneCandidate()];
  return [groupCandidate(Math.min(width <= 512 ? 64 : 256, caps.maxInvocations))];

  function laneCandidate(): Candidate {
    const mean = centred
      ? `  var sum = vec4f();
  var i = 0u;
  for (; i + 4u <= p.width; i += 4u) { sum += load4(base + i); }
  for (; i < p.width; i++) { sum.x += load(base + i); }
  let mean = (sum.x + sum.y + sum.z + sum.w) / f32(p.width);
`
      : '  let mean = 0.0;\n';
    const text = `${declarations()}
fn load4(offset: u32) -> vec4f {
  return vec4f(load(offset), load(offset + 1u), load(offset + 2u), load(offset + 3u));
}

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = (${flatGroup}) * ${softwareLanes}u + lane;
  if (row >= p.rows) { return; }
  let base = row * p.width;
${mean}  var squares = vec4f();
  var k = 0u;
  for (; k + 4u <= p.width; k += 4u) {
    let d = load4(base + k) - mean;
    squares += d * d;
  }
  for (; k < p.width; k++) {
    let d = load(base + k) - mean;
    squares.x += d * d;
  }
  let inverse = inverseSqrt((squares.x + squares.y + squares.z + squares.w) / f32(p.width) + p.epsilon);
  for (var column = 0u; column < p.width; column++) {
    out0[base + column] = ${epilogue.value('(load(base + column) - mean) * inverse', 'base + column', 'column')};
  }
}`;
    return candidate('normalize a lane a row', text, softwareLanes, linearGrid(rows, softwareLanes, caps));
  }

  function groupCandidate(lanes: number): Candidate {
    const total = `fn total(value: f32, lane: u32) -> f32 {
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
    const text = `var<workgroup> partial: array<f32, ${lanes}>;

${declarations()}
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
    return candidate('normalize a workgroup a row', text, lanes, linearGrid(rows, 1, caps));
  }

  function declarations(): string {
    return `fn load(offset: u32) -> f32 {
  return ${loadText('in0[offset]', x.dtype, x.elem)};
}

${epilogue.declarations}
`;
  }

  function candidate(name: string, text: string, lanes: number, grid: readonly [number, number, number]): Candidate {
    const bindings: Binding[] = [
      ...inputs.map(({ elem }, index): Binding => ({ name: `in${index}`, elem, access: 'read' })),
      { name: 'out0', elem: output.elem, access: 'read_write' },
    ];
    return {
      name,
      dispatches: [
        {
          kernel: {
            name: kernelName('normalize', attributes.expression, bindings, `${lanes} ${centred} ${epilogue.key}`),
            bindings,
            params: { rows: 'u32', width: 'u32', epsilon: 'f32', ...epilogue.params },
            workgroupSize: [lanes, 1, 1],
            body: text,
          },
          bind: bindings.map((binding) => binding.name),
          params: { rows, width, epsilon: attributes.epsilon, ...epilogue.values },
          grid,
          floats: rows * width * 8,
        },
      ],
    };
  }
}

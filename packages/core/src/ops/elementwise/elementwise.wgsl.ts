import { sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import type { BoundType, KernelContext } from '../op.ts';
import { loadSlot } from './epilogue.ts';
import type { Expression } from './expression.ts';
import { kernelName } from './name.ts';
import { type Operand, operandOf } from './operand.ts';
import { emitExpression, scalarOf, storeText } from './wgsl.ts';

const lanes = 64;
/** Elements a lane of a software adapter computes: launching a workgroup costs more there than a few elements. */
const softwareElements = 8;

/** `output[offset] = expression(inputs[offset]…)`, inputs broadcast: any shapes, any mix of dtypes. */
export function elementwiseCandidates(inputs: readonly BoundType[], expression: Expression, context: KernelContext): readonly Candidate[] {
  const output = context.outputs[0] as BoundType;
  const reads = inputs.map(({ shape }, index) => operandOf(`in${index}`, shape, output.shape));
  const aligned = sizeOf(output.shape) % 4 === 0 && reads.every(({ kind }) => kind === 'same' || kind === 'scalar');
  if (context.caps.kind === 'software') return [candidate('elementwise', 1, softwareElements)];
  return [...(aligned ? [candidate('elementwise vec4', 4, 1)] : []), candidate('elementwise', 1, 1)];

  function candidate(name: string, vector: 1 | 4, perLane: number): Candidate {
    const size = sizeOf(output.shape) / vector;
    const params = Object.assign({ size: 'u32' }, ...reads.map((read) => read.params)) as Record<string, 'u32'>;
    const values = Object.assign({ size }, ...reads.map((read) => read.values)) as Record<string, number>;
    const bindings: Binding[] = [
      ...inputs.map(
        ({ elem }, index): Binding => ({
          name: `in${index}`,
          elem,
          access: 'read',
          ...(vector === 4 && (reads[index] as Operand).kind === 'same' ? { vector } : {}),
        }),
      ),
      { name: 'out0', elem: output.elem, access: 'read_write', ...(vector === 4 ? { vector } : {}) },
    ];
    const reading = reads.map(({ key }, index) => `${key} ${scalarOf((inputs[index] as BoundType).dtype)}`);
    const variant = [...reading, output.dtype === 'bool', perLane].join();
    const text = body(vector, perLane);
    return {
      name,
      dispatches: [
        {
          kernel: {
            name: kernelName('elementwise', expression, bindings, variant),
            bindings,
            params,
            workgroupSize: [lanes, 1, 1],
            body: text,
          },
          bind: bindings.map((binding) => binding.name),
          params: values,
          grid: linearGrid(size, lanes * perLane, context.caps),
        },
      ],
    };
  }

  function body(vector: 1 | 4, perLane: number): string {
    const slots = inputs.map((input, index) => ({ text: `x${index}`, type: scalarOf(input.dtype) }));
    const { lines, result, type, helpers } = emitExpression(expression, slots);
    const element = (index: number, component: string) => {
      const read = reads[index] as Operand;
      const place = `in${index}[${read.index('offset')}]`;
      return loadSlot(read.kind === 'same' ? `${place}${component}` : place, inputs[index] as BoundType).text;
    };
    const value = (component: string) => `compute(${inputs.map((_, index) => element(index, component)).join(', ')})`;
    const stored = vector === 1 ? value('') : `vec4<${output.elem}>(${['.x', '.y', '.z', '.w'].map(value).join(', ')})`;
    const step = `if (offset < p.size) { out0[offset] = ${stored}; }`;
    const loop =
      perLane === 1
        ? `  let offset = group * ${lanes}u + lane;\n  ${step}`
        : `  for (var i = 0u; i < ${perLane}u; i++) {
    let offset = group * ${lanes * perLane}u + i * ${lanes}u + lane;
    ${step}
  }`;
    return `${helpers ? `${helpers}\n\n` : ''}fn compute(${slots.map(({ text, type }) => `${text}: ${type}`).join(', ')}) -> ${output.elem} {
  ${[...lines.split('\n').filter(Boolean), `return ${storeText(result, type, output.elem)};`].join('\n  ')}
}

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = ${flatGroup};
${loop}
}`;
  }
}

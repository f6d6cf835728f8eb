import { sizeOf } from '../../tensor/shape.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { overflowBinding, overflowParams } from '../../wgsl/overflow.ts';
import { visit } from '../../wgsl/visit.ts';
import type { BoundType, KernelContext } from '../op.ts';
import { loadSlot } from './epilogue.ts';
import type { Expression } from './expression.ts';
import { kernelName } from './name.ts';
import { rowLayout } from './rows.ts';
import { emitExpression, scalarOf, storeText } from './wgsl.ts';

/** `output[offset] = expression(inputs[offset]…)`, inputs broadcast: any shapes, any mix of dtypes. */
export function elementwiseCandidates(inputs: readonly BoundType[], expression: Expression, context: KernelContext): readonly Candidate[] {
  const output = context.outputs[0] as BoundType;
  const layout = rowLayout(
    inputs.map((_, index) => `in${index}`),
    inputs.map(({ shape }) => shape),
    output.shape,
  );
  const slots = inputs.map((input, index) => ({ text: `x${index}`, type: scalarOf(input.dtype) }));
  const { lines, result, type, helpers, checked } = emitExpression(expression, slots);
  const compute = `${helpers ? `${helpers}\n\n` : ''}fn compute(${slots.map(({ text, type }) => `${text}: ${type}`).join(', ')}) -> ${output.elem} {
  ${[...lines.split('\n').filter(Boolean), `return ${storeText(result, type, output.elem)};`].join('\n  ')}
}`;
  return layout.columns % 4 === 0 && sizeOf(output.shape) > 0 ? [candidate(4), candidate(1)] : [candidate(1)];

  function candidate(vector: 1 | 4): Candidate {
    const plan = visit(layout.rows, layout.columns / vector, context.caps);
    const bindings: Binding[] = [
      ...inputs.map(({ elem }, index): Binding => ({ name: `in${index}`, elem, vector: runs(index) ? vector : 1, access: 'read' })),
      { name: 'out0', elem: output.elem, vector, access: 'read_write' },
      ...(checked ? [overflowBinding] : []),
    ];
    const perRow = layout.operands.map(({ row }, index) => `let row${index} = ${row.index('row')}${runs(index) ? ' * p.columns' : ''};`);
    // One load of each operand, then one call a component.
    const loads = inputs.map((_, index) => `let v${index} = in${index}[row${index}${runs(index) ? ' + column' : ''}];`);
    const value = (component: string) =>
      `compute(${inputs.map((input, index) => loadSlot(`v${index}${runs(index) ? component : ''}`, input).text).join(', ')})`;
    const stored = vector === 1 ? value('') : `vec4<${output.elem}>(${['.x', '.y', '.z', '.w'].map(value).join(', ')})`;
    const variant = [plan.mode, output.dtype === 'bool', ...slots.map(({ type }) => type), ...layout.operands.map(({ row }) => row.key)];
    const name = vector === 4 ? 'elementwise vec4' : 'elementwise';
    return {
      name,
      dispatches: [
        {
          kernel: {
            name: kernelName(name.replace(' ', '_'), expression, bindings, variant.join()),
            bindings,
            params: Object.assign({ ...plan.params }, ...layout.operands.map(({ row }) => row.params), checked ? overflowParams : {}),
            workgroupSize: plan.workgroupSize,
            body: `${compute}\n\n${plan.main(perRow, [...loads, `out0[offset] = ${stored};`])}`,
          },
          bind: bindings.map((binding) => binding.name),
          params: Object.assign({ ...plan.values }, ...layout.operands.map(({ row }) => row.values)),
          grid: plan.grid,
        },
      ],
    };
  }

  function runs(index: number): boolean {
    return layout.operands[index]?.runs ?? false;
  }
}

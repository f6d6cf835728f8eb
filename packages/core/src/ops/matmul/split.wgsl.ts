import { sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Capabilities, Dispatch } from '../../wgsl/kernel.ts';
import type { Epilogue } from '../elementwise/epilogue.ts';
import type { Expression } from '../elementwise/expression.ts';
import { kernelName } from '../elementwise/name.ts';
import type { BoundType } from '../op.ts';
import { busyWorkgroups } from './tiled.wgsl.ts';

/** Fewest terms one part of a split sum should have. */
const leastTerms = 256;

/**
 * Into how many parts to split the terms of a product that would keep too few workgroups busy; their sums are added by `combine`.
 * @param workgroups of the product when it is not split
 */
export function splitsFor(workgroups: number, depth: number): number {
  return Math.max(1, Math.min(Math.floor(busyWorkgroups / workgroups), Math.floor(depth / leastTerms)));
}

/** Adds the parts of every sum in one fixed order and applies the epilogue. `parts` is the scratch buffer f32[splits, …output]. */
export function combine(
  splits: number,
  output: BoundType,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  epilogue: Epilogue,
  expression: Expression,
  caps: Capabilities,
): Dispatch {
  const lanes = 64;
  const size = sizeOf(output.shape);
  const bindings: Binding[] = [
    { name: 'parts', elem: 'f32', access: 'read' },
    ...epilogue.bindings,
    { name: 'out0', elem: output.elem, access: 'read_write' },
  ];
  const body = `${epilogue.declarations}

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (${flatGroup}) * ${lanes}u + lane;
  if (offset >= p.size) { return; }
  var sum = 0.0;
  for (var part = 0u; part < p.splits; part++) { sum += parts[part * p.size + offset]; }
  out0[offset] = ${epilogue.value('sum', 'offset', 'offset / p.columns % p.rows', 'offset % p.columns')};
}`;
  return {
    kernel: {
      name: kernelName('matmul_combine', expression, bindings, body),
      bindings,
      params: { size: 'u32', splits: 'u32', rows: 'u32', columns: 'u32', ...epilogue.params },
      workgroupSize: [lanes, 1, 1],
      body,
    },
    bind: bindings.map(({ name }) => name),
    params: { size, splits, rows, columns, ...epilogue.values },
    grid: linearGrid(size, lanes, caps),
  };
}

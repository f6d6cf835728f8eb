import type { Capabilities } from './kernel.ts';

/**
 * A legal grid for `count` items along one dimension, `perGroup` items a workgroup. Past the limit of one dimension the grid
 * becomes two-dimensional, so shaders take their item from `flatId` and must check it against the count.
 */
export function linearGrid(
  count: number,
  perGroup: number,
  caps: Pick<Capabilities, 'maxWorkgroupsPerDimension'>,
): [number, number, number] {
  const groups = Math.max(1, Math.ceil(count / perGroup));
  const limit = caps.maxWorkgroupsPerDimension;
  if (groups <= limit) return [groups, 1, 1];
  const rows = Math.ceil(groups / limit);
  return [Math.ceil(groups / rows), rows, 1];
}

/** WGSL for the flat workgroup index of a `linearGrid` (`workgroup: workgroup_id`, `groups: num_workgroups`). */
export const flatGroup = 'workgroup.x + workgroup.y * groups.x';

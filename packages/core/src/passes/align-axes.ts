import { sizeOf } from '../tensor/shape.ts';

/** Axes `before[0]..before[1]` of one shape hold the same elements, in order, as axes `after[0]..after[1]` of another. */
export interface AxisGroup {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
}

/**
 * Matches the axes of two shapes of one element count in the smallest groups of equal count: [2, 3, 4] and [6, 4] have the groups
 * (2, 3 | 6) and (4 | 4). Undefined when the counts differ or are 0.
 */
export function alignAxes(before: readonly number[], after: readonly number[]): readonly AxisGroup[] | undefined {
  if (sizeOf(before) !== sizeOf(after) || sizeOf(before) === 0) return undefined;
  const groups: AxisGroup[] = [];
  let i = 0;
  let o = 0;
  while (i < before.length || o < after.length) {
    const [fromI, fromO] = [i, o];
    let countI = before[i++] ?? 1;
    let countO = after[o++] ?? 1;
    while (countI !== countO) {
      if (countI < countO) countI *= before[i++] as number;
      else countO *= after[o++] as number;
    }
    groups.push({ before: [fromI, Math.min(i, before.length)], after: [fromO, Math.min(o, after.length)] });
  }
  return groups;
}

/**
 * The shape under which an operand that broadcasts to `from` broadcasts to `to` alike, where both are shapes of the same elements.
 * Undefined when it varies along only some axes of a group.
 */
export function carryBroadcast(operand: readonly number[], from: readonly number[], to: readonly number[]): readonly number[] | undefined {
  const groups = alignAxes(from, to);
  const padded = [...new Array<number>(from.length - operand.length).fill(1), ...operand];
  const carried: number[] = [];
  for (const { before, after } of groups ?? []) {
    const own = padded.slice(...before);
    const full = from.slice(...before);
    if (own.every((dim) => dim === 1)) carried.push(...to.slice(...after).map(() => 1));
    else if (own.every((dim, axis) => dim === full[axis])) carried.push(...to.slice(...after));
    else return undefined;
  }
  return groups && carried;
}

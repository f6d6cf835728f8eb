import type { Graph, Node } from '../ir/graph.ts';
import type { CopyAttributes } from '../ops/movement/copy.ts';
import { attributesOf } from '../ops/registry.ts';
import { stridesOf } from '../tensor/shape.ts';
import { GraphEdit } from './edit.ts';
import { throughAliases } from './through-aliases.ts';

/** A strided copy of a strided copy (a slice of a slice, a padded slice, a transposed slice) becomes one. */
export function mergeCopies(graph: Graph): Graph {
  const edit = new GraphEdit(graph);
  for (const node of edit.nodes()) {
    if (!isCopy(node)) continue;
    const { aliases, producer } = throughAliases(edit, node.inputs[0] as string);
    const attributes = producer && isCopy(producer) ? composeCopies(attributesOf(producer), attributesOf(node)) : undefined;
    if (!producer || !attributes) continue;
    edit.replace([producer, ...aliases, node], { ...node, inputs: producer.inputs, attributes: { ...attributes } });
  }
  return edit.done();
}

function isCopy(node: Node): boolean {
  return node.type === 'Copy' && node.domain === 'headstart';
}

/**
 * `outer` after `inner` as one copy; undefined when the inner one fills a border, or when `outer` walks across the rows of what
 * `inner` wrote in steps that are no steps along its axes.
 */
export function composeCopies(inner: CopyAttributes, outer: CopyAttributes): CopyAttributes | undefined {
  if (inner.low.length > 0) return undefined;
  const { shape } = inner;
  const rows = stridesOf(shape);
  const start = outer.shape.map((dim, axis) => Math.min(Math.max(outer.low[axis] ?? 0, 0), dim));
  const end = outer.shape.map((dim, axis) => Math.max(Math.min(outer.high[axis] ?? dim, dim), 0));
  const counts = start.map((from, axis) => (end[axis] as number) - from);
  if (counts.some((count) => count <= 0)) return undefined;

  // Indices in `inner`'s output of the first element read, and of one step along each of `outer`'s axes.
  const first = outer.strides.reduce((from, stride, axis) => from + stride * (start[axis] as number), outer.offset);
  const origin = digits(first, rows);
  const steps = outer.strides.map((stride, axis) => ((counts[axis] as number) > 1 ? stepAlong(stride, rows, shape) : shape.map(() => 0)));
  const inside = origin.every((index, axis) => {
    const reach = steps.map((step, own) => (step[axis] as number) * ((counts[own] as number) - 1));
    const lowest = index + reach.reduce((sum, distance) => sum + Math.min(distance, 0), 0);
    const highest = index + reach.reduce((sum, distance) => sum + Math.max(distance, 0), 0);
    return lowest >= 0 && highest < (shape[axis] as number);
  });
  if (!inside) return undefined;
  const along = (step: readonly number[]) => step.reduce((sum, count, axis) => sum + count * (inner.strides[axis] as number), 0);
  const strides = steps.map(along);
  const offset = strides.reduce((from, stride, axis) => from - stride * (start[axis] as number), inner.offset + along(origin));
  return { ...outer, strides, offset };
}

/** Indices of a flat offset, by the row-major strides. */
function digits(offset: number, rows: readonly number[]): number[] {
  let rest = offset;
  return rows.map((row) => {
    const index = Math.floor(rest / row);
    rest -= index * row;
    return index;
  });
}

/** A flat stride as steps along axes; a stride that is a multiple of an axis' row steps along that axis alone. */
function stepAlong(stride: number, rows: readonly number[], shape: readonly number[]): number[] {
  const steps = digits(Math.abs(stride), rows).map((step) => Math.sign(stride) * step);
  // Axes of size 1 share their row stride with the next; nothing can move along them.
  for (let axis = 0; axis + 1 < shape.length; axis++) {
    if (shape[axis] !== 1) continue;
    const carried = ((steps[axis] as number) * (rows[axis] as number)) / (rows[axis + 1] as number);
    steps[axis + 1] = (steps[axis + 1] as number) + carried;
    steps[axis] = 0;
  }
  return steps;
}

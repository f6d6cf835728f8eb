import { EngineError } from '../errors.ts';
import { type Graph, isBound, type Node, type ValueType } from '../ir/graph.ts';
import { readsOf } from '../ir/order.ts';
import type { AnyOp } from '../ops/op.ts';
import { attributesOf, opOf } from '../ops/registry.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** What is known of a node from an attempt to lower it: it cannot be, or these inputs must be constants for that. */
export type Verdict = 'host' | readonly number[];

/** Nodes that run one after the other in one place. */
export interface Part {
  readonly on: 'gpu' | 'host';
  readonly nodes: readonly Node[];
}

/** How much of a graph can be decided before it runs, and where each node of it runs. */
export interface Partition {
  readonly parts: readonly Part[];
  /** Values that will be there after the parts have run; the shapes of some are not known before. */
  readonly defined: ReadonlySet<string>;
  /** Nodes that wait for the shape or the content of a value that the parts compute. */
  readonly deferred: readonly Node[];
  /** Inputs of the graph whose content decides a shape: it must be bound before the graph can be planned as a whole. */
  readonly demanded: ReadonlySet<string>;
}

/** Content up to these sizes is bound to a plan where a shape follows from it: shapes, axes, scales, conditions. */
const directLimit = 4096;
const integerLimit = 64;
const floatLimit = 8;

/**
 * Decides where each node of a graph runs: on the GPU what WGSL can hold, on the host what it cannot (strings, sequences, float64,
 * 64-bit integers beyond 32 bits, operators without kernels), later what depends on data.
 * @param graph inputs bound; what follows from them is inferred
 * @param wide values that hold 64-bit integers beyond 32 bits
 * @param verdicts by the name of a node's first output: what lowering has said
 */
export function partition(graph: Graph, wide: ReadonlySet<string>, verdicts: ReadonlyMap<string, Verdict>): Partition {
  const known = new Set([...graph.inputs, ...graph.constants.keys()]);
  const dynamic = new Set(graph.inputs.filter((name) => !graph.types.has(name)));
  const far = new Set(wide);
  const staged: { readonly node: Node; readonly on: 'gpu' | 'host' }[] = [];
  const deferred: Node[] = [];
  const demanded = new Set<string>();
  const producers = new Map<string, Node>();

  for (const node of graph.nodes) {
    const reads = readsOf(node).filter((name) => name !== '');
    const op = opOf(node);
    const missing = reads.some((name) => !known.has(name));
    const types = node.inputs.map((name) => (name === '' ? undefined : graph.types.get(name)));
    const outputs = node.outputs.filter((name) => name !== '');
    const untyped = reads.some((name) => dynamic.has(name));
    if (missing || (untyped && !runsOnHostOnly(op) && !op.passes)) {
      deferred.push(node);
      continue;
    }
    const settled = outputs.every((name) => isBound(graph.types.get(name)?.shape ?? ['?']));
    const verdict = verdicts.get(keyOf(node));
    const wanting = verdict !== undefined && verdict !== 'host' ? verdict : settled || untyped ? [] : contentNeeded(node, op, types, graph);
    const wanted = wanting.map((index) => node.inputs[index] as string);
    // What cannot be bound (too large for it) leaves the operator's reference.
    if (wanted.length > 0 && wanted.every((name) => !graph.inputs.includes(name) || sizeWithin(graph.types.get(name), directLimit))) {
      for (const value of wanted) for (const name of sourcesOf(value, graph, producers, dynamic)) demanded.add(name);
      deferred.push(node);
      continue;
    }
    const wideHere = reads.some((name) => far.has(name));
    const holds = [...node.inputs, ...outputs].every((name) => name === '' || holdable(graph.types.get(name)));
    const on = settled && holds && !wideHere && !runsOnHostOnly(op) && verdict !== 'host' ? 'gpu' : 'host';
    staged.push({ node, on });
    for (const name of outputs) {
      known.add(name);
      producers.set(name, node);
      if (!settled) dynamic.add(name);
      const dtype = graph.types.get(name)?.dtype;
      if (wideHere && (dtype === 'int64' || dtype === 'uint64')) far.add(name);
    }
  }
  return { parts: scheduled(staged, graph), defined: known, deferred, demanded };
}

/** Identity of a node within one graph. */
export function keyOf(node: Node): string {
  return node.outputs.find((name) => name !== '') ?? '';
}

function runsOnHostOnly(op: AnyOp): boolean {
  return op.run !== undefined || !(op.kernels || op.lower || op.alias);
}

/** Whether the GPU can hold a value; what has no tensor type it cannot. */
function holdable(type: ValueType | undefined): boolean {
  return type !== undefined && type.dtype !== 'string' && type.dtype !== 'float64';
}

/** Inputs that inference asked for and that are no constants: none means that the shape depends on what the node computes. */
function contentNeeded(node: Node, op: AnyOp, types: readonly (ValueType | undefined)[], graph: Graph): readonly number[] {
  return withDemands(node, graph, (constant) => op.infer(types, attributesOf(node), { constant, outputs: node.outputs.length })).demands;
}

/** Runs rules of a node's record and tells which inputs they would have liked to be constants. */
export function withDemands(
  node: Node,
  graph: Graph,
  rules: (constant: (index: number) => Tensor | undefined) => unknown,
): { readonly demands: readonly number[]; readonly refused: boolean } {
  const asked = new Set<number>();
  let refused = false;
  try {
    rules((index) => {
      const name = node.inputs[index] ?? '';
      const value = graph.constants.get(name);
      if (!value && name !== '') asked.add(index);
      return value;
    });
  } catch (error) {
    if (!(error instanceof EngineError && error.code === 'unsupported')) throw error;
    refused = true;
  }
  return { demands: [...asked], refused };
}

/** The graph inputs that a value follows from, where they are few numbers; nothing where it has to be computed first. */
function sourcesOf(value: string, graph: Graph, producers: ReadonlyMap<string, Node>, dynamic: ReadonlySet<string>): readonly string[] {
  if (graph.inputs.includes(value)) return [value];
  const sources = new Set<string>();
  const seen = new Set<string>();
  const pending = [value];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name === '' || seen.has(name) || graph.constants.has(name)) continue;
    seen.add(name);
    const node = producers.get(name);
    if (!node) {
      const type = graph.types.get(name);
      if (!sizeWithin(type, type?.dtype.startsWith('float') ? floatLimit : integerLimit)) return [];
      sources.add(name);
      continue;
    }
    const op = opOf(node);
    if (op.random || op.run || dynamic.has(name)) return [];
    pending.push(...node.inputs);
  }
  return [...sources];
}

function sizeWithin(type: ValueType | undefined, limit: number): boolean {
  return type !== undefined && isBound(type.shape) && sizeOf(type.shape) <= limit;
}

/** As few changes of place as the order of the nodes allows: all that can run on the GPU does, then all that can on the host, and again. */
function scheduled(staged: readonly { readonly node: Node; readonly on: 'gpu' | 'host' }[], graph: Graph): readonly Part[] {
  const parts: Part[] = [];
  const done = new Set([...graph.inputs, ...graph.constants.keys(), '']);
  let remaining = staged;
  for (let on: Part['on'] = 'gpu'; remaining.length > 0; on = on === 'gpu' ? 'host' : 'gpu') {
    const taken: Node[] = [];
    const left: (typeof staged)[number][] = [];
    for (const each of remaining) {
      if (each.on === on && readsOf(each.node).every((name) => done.has(name))) {
        taken.push(each.node);
        for (const name of each.node.outputs) done.add(name);
      } else left.push(each);
    }
    if (taken.length > 0) parts.push({ on, nodes: taken });
    remaining = left;
  }
  return parts;
}

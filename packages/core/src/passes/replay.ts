import { EngineError } from '../errors.ts';
import type { GraphBuilder } from '../ir/builder.ts';
import { type Dim, describeNode, type Graph, type Node, type ValueType } from '../ir/graph.ts';
import { readsOf } from '../ir/order.ts';
import { newBuilder } from '../ops/registry.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { sweep } from './sweep.ts';

/** A node about to be added to the new graph. */
export interface ReplayContext {
  readonly g: GraphBuilder;
  /** Names of the node's inputs in `g`; '' where absent. */
  readonly inputs: readonly string[];
  readonly types: readonly (ValueType | undefined)[];
  readonly index: number;
  constant(index: number): Tensor | undefined;
}

export interface ReplayOptions {
  /** Shape of an input in the new graph; its own when undefined. */
  shapeOf?(input: string): readonly Dim[] | undefined;
  /** Names in `g` that stand for the node's outputs; undefined to add the node as it is. */
  emit?(node: Node, context: ReplayContext): readonly string[] | undefined;
  /** Elements a folded constant may have; the builder's own limit when left out. */
  readonly foldLimit?: number;
}

/**
 * Builds a graph again, node by node, so that every type is inferred anew and what became constant folds away.
 * Values keep their names: what `emit` returns is renamed to the value it stands for, so that errors and comparisons between
 * engines speak of the file's names.
 */
export function replay(graph: Graph, options: ReplayOptions = {}): Graph {
  const { shapeOf, emit, foldLimit } = options;
  const g = newBuilder({ reserved: graph.types, ...(foldLimit === undefined ? {} : { foldLimit }) });
  for (const name of graph.inputs) {
    const type = graph.types.get(name);
    if (type) g.input(name, type.dtype, shapeOf?.(name) ?? type.shape);
    else g.untypedInput(name);
  }
  for (const [name, tensor] of graph.constants) g.constant(tensor, name);
  const current = new Map<string, string>();
  const nameOf = (name: string) => current.get(name) ?? name;
  graph.nodes.forEach((node, index) => {
    const inputs = node.inputs.map(nameOf);
    const emitted = emit?.(node, {
      g,
      inputs,
      types: inputs.map((name) => (name === '' ? undefined : g.typeIfKnown(name))),
      index,
      constant: (input) => g.constantOf(inputs[input] ?? ''),
    });
    if (!emitted) {
      // What cannot be inferred yet, or is not known at all, stays: the wasm engine runs it.
      g.addOrKeep(
        { ...node, inputs },
        node.outputs.map((output) => graph.types.get(output)),
      );
      return;
    }
    node.outputs.forEach((output, position) => {
      const name = emitted[position];
      if (output === '') return;
      if (!name) throw new EngineError('internal', `nothing was emitted for output '${output}'`, { where: describeNode(node, index) });
      if (name !== output) current.set(output, name);
    });
  });
  return sweep(withOldNames(g.build(graph.outputs.map(nameOf), graph.name, graph.metadata), graph, current));
}

/** Gives emitted values the names they stand for; where a value stands for several, the outputs get an Identity each. */
function withOldNames(built: Graph, graph: Graph, current: ReadonlyMap<string, string>): Graph {
  const kept = new Set([
    ...graph.outputs,
    ...graph.nodes.flatMap((node) => (readsOf(node).length > node.inputs.length ? readsOf(node) : [])),
  ]);
  const computed = new Set(built.nodes.flatMap((node) => node.outputs).filter((name) => name !== ''));
  const renames = new Map<string, string>();
  const g = { nodes: [...built.nodes], constants: new Map(built.constants), types: new Map(built.types) };
  // Kept names first: a value that stands for both an output and an inner value must be called as the output is.
  const ordered = [...current].sort(([a], [b]) => Number(kept.has(b)) - Number(kept.has(a)));
  for (const [old, now] of ordered) {
    const type = built.types.get(now) as ValueType;
    if (computed.has(now) && !renames.has(now) && !kept.has(now) && (kept.has(old) || !graph.types.has(now))) renames.set(now, old);
    else if (kept.has(old) && renames.get(now) !== old) {
      const constant = built.constants.get(now);
      if (constant) g.constants.set(old, constant);
      else g.nodes.push({ name: '', type: 'Identity', domain: '', opset: 1, inputs: [now], outputs: [old], attributes: {} });
      g.types.set(old, type);
    }
  }
  const named = (name: string) => renames.get(name) ?? name;
  return {
    ...built,
    outputs: graph.outputs,
    nodes: g.nodes.map((node) => ({ ...node, inputs: node.inputs.map(named), outputs: node.outputs.map(named) })),
    constants: new Map([...g.constants].map(([name, tensor]) => [named(name), tensor])),
    types: new Map([...g.types].map(([name, type]) => [named(name), type])),
  };
}

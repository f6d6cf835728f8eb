import type { Graph } from '../ir/graph.ts';
import { reachable, readsOf } from '../ir/order.ts';

/**
 * Drops the nodes, constants and types that no output needs.
 * @param keepInputs whether inputs that nothing reads stay in the signature (they do while a model's callers still feed them)
 */
export function sweep(graph: Graph, keepInputs = true): Graph {
  const nodes = reachable(graph);
  const read = new Set([...nodes.flatMap(readsOf), ...graph.outputs]);
  const inputs = keepInputs ? graph.inputs : graph.inputs.filter((name) => read.has(name));
  const defined = new Set([...inputs, ...nodes.flatMap((node) => node.outputs)]);
  return {
    ...graph,
    inputs,
    nodes,
    constants: new Map([...graph.constants].filter(([name]) => read.has(name))),
    types: new Map([...graph.types].filter(([name]) => defined.has(name) || (graph.constants.has(name) && read.has(name)))),
  };
}

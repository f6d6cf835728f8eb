import type { AttributeValue, Graph, Node } from './graph.ts';

/** Node that defines each value. */
export function producersOf(graph: Graph): ReadonlyMap<string, Node> {
  return new Map(graph.nodes.flatMap((node) => node.outputs.filter(Boolean).map((output) => [output, node] as const)));
}

/** Nodes that read each value, once per input slot. Graph outputs are not listed. */
export function consumersOf(graph: Graph): ReadonlyMap<string, readonly Node[]> {
  const consumers = new Map<string, Node[]>();
  for (const node of graph.nodes) {
    for (const input of node.inputs) {
      if (input === '') continue;
      const list = consumers.get(input);
      if (list) list.push(node);
      else consumers.set(input, [node]);
    }
  }
  return consumers;
}

/** Every value a node reads: its inputs, and what its subgraphs (If, Loop, Scan bodies) take from the enclosing graph. */
export function readsOf(node: Node): readonly string[] {
  const captured = Object.values(node.attributes).flatMap(graphsOf).flatMap(capturesOf);
  return captured.length === 0 ? node.inputs : [...node.inputs, ...captured];
}

/** The values of the enclosing graph that a subgraph reads. */
export function capturesOf(body: Graph): readonly string[] {
  const own = new Set([...body.inputs, ...body.constants.keys(), ...body.nodes.flatMap((node) => node.outputs)]);
  const reads = new Set([...body.nodes.flatMap(readsOf), ...body.outputs]);
  return [...reads].filter((name) => name !== '' && !own.has(name));
}

/** The subgraphs in an attribute. */
export function graphsOf(value: AttributeValue): readonly Graph[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item): item is Graph => typeof item === 'object' && item !== null && 'nodes' in item && 'constants' in item);
}

/** The nodes needed for `outputs`, in order. */
export function reachable(graph: Graph, outputs: readonly string[] = graph.outputs): readonly Node[] {
  const needed = new Set(outputs);
  const kept: Node[] = [];
  for (let index = graph.nodes.length - 1; index >= 0; index--) {
    const node = graph.nodes[index] as Node;
    if (!node.outputs.some((output) => needed.has(output))) continue;
    kept.push(node);
    for (const input of readsOf(node)) needed.add(input);
  }
  return kept.reverse();
}

/** Index of the last node that reads each value; `nodes.length` for graph outputs. */
export function lastUses(graph: Graph): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  graph.nodes.forEach((node, index) => {
    for (const input of node.inputs) last.set(input, index);
  });
  for (const output of graph.outputs) last.set(output, graph.nodes.length);
  return last;
}

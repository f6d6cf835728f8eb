import { EngineError } from '../errors.ts';
import type { Graph, Node } from '../ir/graph.ts';
import { graphsOf } from '../ir/order.ts';
import { findOp } from '../ops/registry.ts';

/** The nodes of a graph and of its subgraphs. */
function nodesWithin(graph: Graph): readonly Node[] {
  return graph.nodes.flatMap((node) => [node, ...Object.values(node.attributes).flatMap(graphsOf).flatMap(nodesWithin)]);
}

/** Operators of a graph that no record knows, with how often each occurs. */
export function unsupportedOperators(graph: Graph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of nodesWithin(graph)) {
    if (findOp(node)) continue;
    const name = `${node.domain ? `${node.domain}.` : ''}${node.type}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** @throws EngineError `unsupported` naming all unknown operators together, before anything runs */
export function assertSupported(graph: Graph): void {
  const counts = unsupportedOperators(graph);
  if (counts.size === 0) return;
  throw new EngineError(
    'unsupported',
    `the webgpu engine lacks ${counts.size} operator${counts.size === 1 ? '' : 's'} of this model: ${[...counts].map(([name, count]) => `${name} ×${count}`).join(', ')}`,
    {
      where: graph.name,
      hint: "Use the 'wasm' engine (backend: 'wasm'), which runs them all.",
    },
  );
}

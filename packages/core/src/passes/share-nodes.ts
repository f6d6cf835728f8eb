import type { Graph, Node } from '../ir/graph.ts';
import { replay } from './replay.ts';

/** Computes equal nodes (same operator, attributes and inputs) once. Nodes with random results or subgraphs stay apart. */
export function shareNodes(graph: Graph): Graph {
  const seen = new Map<string, readonly string[]>();
  return replay(graph, {
    emit(node, { g, inputs }) {
      const key = keyOf(node, inputs);
      if (key === undefined) return undefined;
      const known = seen.get(key);
      if (known) return known;
      g.addOrKeep(
        { ...node, inputs },
        node.outputs.map((output) => graph.types.get(output)),
      );
      seen.set(key, node.outputs);
      return node.outputs;
    },
  });
}

function keyOf({ type, domain, opset, attributes, outputs }: Node, inputs: readonly string[]): string | undefined {
  if (type.startsWith('Random') || ['Bernoulli', 'Dropout', 'Multinomial'].includes(type)) return undefined;
  const values = Object.values(attributes);
  const plain = values.every(
    (value) => typeof value !== 'object' || (Array.isArray(value) && value.every((item) => typeof item !== 'object')),
  );
  // Which optional outputs are asked for is part of what is computed.
  return plain ? JSON.stringify([type, domain, opset, inputs, outputs.map(Boolean), Object.entries(attributes).sort()]) : undefined;
}

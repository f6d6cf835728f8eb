import { EngineError } from '../errors.ts';
import type { Graph } from '../ir/graph.ts';
import { findOp, newBuilder } from '../ops/registry.ts';

/** Operators of a graph that no record knows, with how often each occurs. */
export function unsupportedOperators(graph: Graph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of graph.nodes) {
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

/**
 * Import keeps nodes that cannot be inferred yet, such as a Reshape to a computed shape. Once every dimension is bound, one that is
 * left stands in the way.
 * @throws EngineError `unsupported` naming the first such node and why it cannot be inferred
 */
export function assertTyped(graph: Graph): Graph {
  const open = graph.nodes.find((node) => node.outputs.some((output) => output !== '' && !graph.types.has(output)));
  if (!open) return graph;
  const g = newBuilder({ fold: false });
  for (const input of new Set(open.inputs)) {
    const [type, value] = [graph.types.get(input), graph.constants.get(input)];
    if (value) g.constant(value, input);
    else if (type) g.input(input, type.dtype, type.shape);
    else if (input !== '') g.untypedInput(input);
  }
  g.addAll(open.type, open.inputs, open.attributes, open);
  return graph;
}

import type { Graph } from '../ir/graph.ts';

/** Nodes between a global pooling and its features that only rename axes or types. */
const passes = new Set(['Flatten', 'Reshape', 'Squeeze', 'Identity', 'Cast', 'Dropout']);

/**
 * The value that is averaged over height and width into the features: [N, C, h, w] where C is their length. Undefined for a backbone
 * whose features are no such average, transformers among them.
 * @param graph the model up to its features, pooling included
 */
export function featureMapOf(graph: Graph, dimension: number): string | undefined {
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  let node = makers.get(graph.outputs[0] ?? '');
  while (node && passes.has(node.type)) node = makers.get(node.inputs[0] ?? '');
  const averages = node?.type === 'GlobalAveragePool' || node?.type === 'ReduceMean' || node?.type === 'AveragePool';
  const map = averages ? node?.inputs[0] : undefined;
  const shape = graph.types.get(map ?? '')?.shape ?? [];
  return map !== undefined && shape.length === 4 && shape[1] === dimension ? map : undefined;
}

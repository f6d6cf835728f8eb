import type { Graph } from '../ir/graph.ts';
import { readsOf } from '../ir/order.ts';
import { attributesOf, opOf } from '../ops/registry.ts';
import { replay } from './replay.ts';

/** Rewrites ops without kernels as the ops they are written with, until every node left has kernels, is an alias, or has neither. */
export function lower(graph: Graph): Graph {
  let current = withoutUnreadOutputs(graph);
  while (current.nodes.some(isLowered)) {
    const read = new Set([...current.outputs, ...current.nodes.flatMap((node) => node.inputs)]);
    current = replay(current, {
      emit(node, { g, inputs, types, constant }) {
        if (!isLowered(node)) return undefined;
        const used = node.outputs.map((output) => output !== '' && read.has(output));
        return opOf(node).lower?.({ g, inputs, types, attributes: attributesOf(node), used, constant });
      },
    });
  }
  return current;
}

/** Outputs that nothing reads lose their names (files of old opsets name the training outputs of BatchNormalization): a lowering need not compute them. */
function withoutUnreadOutputs(graph: Graph): Graph {
  const read = new Set([...graph.outputs, ...graph.nodes.flatMap(readsOf)]);
  const nodes = graph.nodes.map((node) =>
    node.outputs.length > 1 ? { ...node, outputs: node.outputs.map((output) => (read.has(output) ? output : '')) } : node,
  );
  return { ...graph, nodes };
}

function isLowered(node: Parameters<typeof opOf>[0]): boolean {
  const op = opOf(node);
  return op.lower !== undefined && op.kernels === undefined && !op.alias;
}

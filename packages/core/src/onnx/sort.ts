import { EngineError } from '../errors.ts';
import type { ScopedNode } from './functions.ts';
import type { GraphProto, NodeProto } from './proto.ts';

/** Every value a node reads: its inputs, and what its subgraphs take from outside themselves. */
export function readsOfNode(node: NodeProto): readonly string[] {
  const bodies = node.attribute.flatMap((attribute) => [...(attribute.g ? [attribute.g] : []), ...attribute.graphs]);
  return bodies.length === 0 ? node.input : [...node.input, ...bodies.flatMap(capturesOf)];
}

function capturesOf(graph: GraphProto): readonly string[] {
  const own = new Set([
    ...graph.input.map(({ name }) => name),
    ...graph.initializer.map(({ name }) => name),
    ...graph.node.flatMap(({ output }) => output),
  ]);
  const reads = [...graph.node.flatMap(readsOfNode), ...graph.output.map(({ name }) => name ?? '')];
  return reads.filter((name) => !own.has(name));
}

/**
 * The nodes in topological order; in file order where that is one already, as the format demands and not every exporter does.
 * @throws EngineError `invalid-model` when nodes need each other in a circle
 */
export function sortNodes(nodes: readonly ScopedNode[]): readonly ScopedNode[] {
  const producer = new Map<string, number>();
  nodes.forEach(({ node }, index) => {
    for (const output of node.output) if (output !== '') producer.set(output, index);
  });
  const reads = nodes.map(({ node }) => readsOfNode(node));
  const inOrder = reads.every((names, index) => names.every((name) => (producer.get(name) ?? -1) < index));
  if (inOrder) return nodes;

  const sorted: ScopedNode[] = [];
  const state = new Uint8Array(nodes.length); // 0 new, 1 waiting for its inputs, 2 placed
  for (let start = 0; start < nodes.length; start++) {
    const stack = [start];
    while (stack.length > 0) {
      const index = stack[stack.length - 1] as number;
      if (state[index] === 2) {
        stack.pop();
        continue;
      }
      const needed = new Set((reads[index] as readonly string[]).map((name) => producer.get(name)));
      const waiting = [...needed].filter((each): each is number => each !== undefined && state[each] !== 2);
      if (waiting.length === 0) {
        state[index] = 2;
        sorted.push(nodes[index] as ScopedNode);
        stack.pop();
        continue;
      }
      if (state[index] === 1 || waiting.includes(index)) {
        const { node } = nodes[index] as ScopedNode;
        throw new EngineError('invalid-model', 'the nodes of the graph need each other in a circle', {
          where: `${node.opType ?? ''} '${node.name ?? ''}'`,
          node: node.name ?? '',
        });
      }
      state[index] = 1;
      stack.push(...waiting.reverse());
    }
  }
  return sorted;
}

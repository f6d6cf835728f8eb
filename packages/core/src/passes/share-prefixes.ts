import type { Graph, Node } from '../ir/graph.ts';
import { GraphEdit } from './edit.ts';

/**
 * A concatenation that begins with all parts of an earlier one, along the same axis, reads that one's result instead: dense blocks
 * concatenate everything before each layer, and a kernel binds few buffers.
 */
export function sharePrefixes(graph: Graph): Graph {
  const edit = new GraphEdit(graph);
  const earlier = new Map<string, { parts: readonly string[]; output: string }[]>();
  for (const node of edit.nodes()) {
    if (node.type !== 'Concat') continue;
    const key = `${node.domain} ${node.attributes.axis} ${node.inputs[0]}`;
    const known = earlier.get(key) ?? [];
    const parts = node.inputs;
    if (known.some(({ output }) => output === node.outputs[0])) continue;
    const longest = known.filter((other) => startsWith(parts, other.parts)).sort((a, b) => b.parts.length - a.parts.length)[0];
    earlier.set(key, [...known, { parts, output: node.outputs[0] as string }]);
    if (longest) edit.replace([node], withPrefix(node, longest));
  }
  return edit.done();
}

function startsWith(parts: readonly string[], prefix: readonly string[]): boolean {
  return prefix.length > 1 && prefix.length < parts.length && prefix.every((part, index) => part === parts[index]);
}

function withPrefix(node: Node, { parts, output }: { parts: readonly string[]; output: string }): Node {
  return { ...node, inputs: [output, ...node.inputs.slice(parts.length)] };
}

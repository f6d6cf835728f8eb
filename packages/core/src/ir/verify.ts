import { EngineError } from '../errors.ts';
import { describeNode, type Graph } from './graph.ts';

/** Throws when a graph is not SSA, not in topological order, or has an untyped value. Passes run it in tests. */
export function verify(graph: Graph): void {
  const defined = new Set<string>([...graph.inputs, ...graph.constants.keys()]);
  graph.nodes.forEach((node, index) => {
    const where = describeNode(node, index);
    for (const input of node.inputs) {
      if (input !== '' && !defined.has(input)) throw new EngineError('internal', `'${input}' is read before it is defined`, { where });
    }
    for (const output of node.outputs) {
      if (output === '') continue;
      if (defined.has(output)) throw new EngineError('internal', `'${output}' is defined twice`, { where });
      if (!graph.types.has(output)) throw new EngineError('internal', `'${output}' has no type`, { where });
      defined.add(output);
    }
  });
  for (const output of graph.outputs) {
    if (!defined.has(output)) throw new EngineError('internal', `output '${output}' is not defined`, { where: graph.name });
  }
}

import { EngineError } from '../errors.ts';
import { describeNode, formatType, type Graph } from '../ir/graph.ts';
import { lastUses, reachable } from '../ir/order.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { attributesOf, opOf } from './registry.ts';

/**
 * Computes values of a graph on the host by the operators' references: naive and exact, the definition that every engine and
 * every pass is held against.
 * @param feeds one tensor for each input that `outputs` need; symbolic dimensions take the tensors' sizes
 * @param outputs any values of the graph; its outputs when left out
 * @throws EngineError `invalid-argument` when a feed is missing or does not fit its type
 */
export function evaluate(
  graph: Graph,
  feeds: Readonly<Record<string, Tensor>>,
  outputs: readonly string[] = graph.outputs,
): Record<string, Tensor> {
  const values = new Map<string, Tensor>(graph.constants);
  const nodes = reachable(graph, outputs);
  const last = lastUses({ ...graph, nodes, outputs });
  for (const name of graph.inputs) {
    if (!last.has(name)) continue;
    values.set(name, fittingFeed(graph, name, feeds[name]));
  }
  nodes.forEach((node, position) => {
    const results = opOf(node).reference(
      node.inputs.map((name) => (name === '' ? undefined : (values.get(name) as Tensor))),
      attributesOf(node),
      node.outputs.length,
    );
    node.outputs.forEach((name, index) => {
      if (name === '') return;
      const value = results[index];
      if (!value) throw new EngineError('internal', `the reference gives no output ${index}`, { where: describeNode(node, position) });
      values.set(name, value);
    });
    // Activations of a whole network do not fit in memory together.
    for (const name of node.inputs) if (last.get(name) === position && !graph.constants.has(name)) values.delete(name);
  });
  return Object.fromEntries(
    outputs.map((name) => {
      const value = values.get(name);
      if (!value) throw new EngineError('invalid-argument', `no value '${name}' in the graph`, { where: graph.name });
      return [name, value];
    }),
  );
}

function fittingFeed(graph: Graph, name: string, feed: Tensor | undefined): Tensor {
  const type = graph.types.get(name);
  const fits =
    feed &&
    type &&
    feed.dtype === type.dtype &&
    feed.shape.length === type.shape.length &&
    type.shape.every((dim, axis) => typeof dim === 'string' || dim === feed.shape[axis]);
  if (fits) return feed;
  throw new EngineError('invalid-argument', `input '${name}' ${feed ? 'has the wrong type' : 'is not fed'}`, {
    where: graph.name,
    expected: formatType(type),
    ...(feed ? { got: formatType(feed) } : {}),
  });
}

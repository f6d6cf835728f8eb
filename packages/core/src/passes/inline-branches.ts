import type { Graph, Node } from '../ir/graph.ts';
import { graphsOf } from '../ir/order.ts';
import { replay } from './replay.ts';

/**
 * Puts the branch of every If whose condition is a constant in its place, until none is left: what the condition says is known
 * when dimensions and shape inputs are bound, long before anything runs.
 */
export function inlineBranches(graph: Graph): Graph {
  let current = graph;
  for (;;) {
    const position = current.nodes.findIndex(
      (node) => node.type === 'If' && node.domain === '' && current.constants.has(node.inputs[0] ?? ''),
    );
    if (position < 0) return current;
    current = replay(inlined(current, position));
  }
}

function inlined(graph: Graph, position: number): Graph {
  const node = graph.nodes[position] as Node;
  const holds = (graph.constants.get(node.inputs[0] as string)?.at(0) ?? 0) !== 0;
  const body = node.attributes[holds ? 'then_branch' : 'else_branch'] as Graph;
  const constants = new Map(graph.constants);
  const types = new Map(graph.types);
  const taken = new Set([...types.keys(), ...graph.inputs, ...graph.nodes.flatMap(({ outputs }) => outputs)]);
  const renames = new Map<string, string>();
  for (const name of [...body.constants.keys(), ...body.nodes.flatMap(({ outputs }) => outputs)]) {
    if (name === '') continue;
    let fresh = name;
    for (let count = 1; taken.has(fresh); count++) fresh = `${name}_${count}`;
    taken.add(fresh);
    renames.set(name, fresh);
  }
  const nameOf = (name: string) => renames.get(name) ?? name;
  for (const [name, tensor] of body.constants) constants.set(nameOf(name), tensor);
  for (const [name, type] of body.types) if (renames.has(name)) types.set(nameOf(name), type);
  const inner = body.nodes.map((each) => renamedNode(each, renames));
  const results = node.outputs.flatMap((output, index): Node[] =>
    output === ''
      ? []
      : [
          {
            name: '',
            type: 'Identity',
            domain: '',
            opset: node.opset,
            inputs: [nameOf(body.outputs[index] ?? '')],
            outputs: [output],
            attributes: {},
          },
        ],
  );
  return {
    ...graph,
    constants,
    types,
    nodes: [...graph.nodes.slice(0, position), ...inner, ...results, ...graph.nodes.slice(position + 1)],
  };
}

/** The node with its values renamed, those that its own subgraphs capture too. */
function renamedNode(node: Node, renames: ReadonlyMap<string, string>): Node {
  const nameOf = (name: string) => renames.get(name) ?? name;
  const attributes = Object.fromEntries(
    Object.entries(node.attributes).map(([key, value]) => {
      const bodies = graphsOf(value);
      if (bodies.length === 0) return [key, value];
      const renamed = bodies.map((body) => renamedBody(body, renames));
      return [key, Array.isArray(value) ? renamed : (renamed[0] as Graph)];
    }),
  );
  return { ...node, inputs: node.inputs.map(nameOf), outputs: node.outputs.map(nameOf), attributes };
}

function renamedBody(body: Graph, renames: ReadonlyMap<string, string>): Graph {
  const own = new Set([...body.inputs, ...body.constants.keys(), ...body.nodes.flatMap(({ outputs }) => outputs)]);
  const captured = new Map([...renames].filter(([name]) => !own.has(name)));
  const nameOf = (name: string) => captured.get(name) ?? name;
  return { ...body, nodes: body.nodes.map((node) => renamedNode(node, captured)), outputs: body.outputs.map(nameOf) };
}

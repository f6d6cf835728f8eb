import { formatType, type Graph } from './graph.ts';

/** A graph as text, one node a line, for people and golden tests. */
export function printGraph(graph: Graph): string {
  const value = (name: string) => (name === '' ? '_' : `%${name}`);
  const typed = (name: string) => `${value(name)}: ${formatType(graph.types.get(name))}`;
  const lines = graph.nodes.map((node) => {
    const attributes = Object.entries(node.attributes).map(([key, entry]) => `${key}=${printAttribute(entry)}`);
    const domain = node.domain === '' ? '' : `${node.domain}.`;
    return `  ${node.outputs.map(typed).join(', ')} = ${domain}${node.type}(${[...node.inputs.map(value), ...attributes].join(', ')})`;
  });
  return [
    `graph ${graph.name}(${graph.inputs.map(typed).join(', ')}) {`,
    ...lines,
    `  return ${graph.outputs.map(value).join(', ')}`,
    '}',
  ].join('\n');
}

function printAttribute(entry: unknown): string {
  const text = JSON.stringify(entry, (_, item) =>
    item && typeof item === 'object' && 'data' in item && 'dtype' in item ? `tensor[${item.shape}]` : item,
  );
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

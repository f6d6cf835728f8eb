import { EngineError } from '../errors.ts';
import type { Graph } from '../ir/graph.ts';
import { nearestNames } from '../ir/nearest.ts';
import { sweep } from './sweep.ts';

/**
 * Keeps only what `outputs` need: any values of the graph, which become its outputs in that order. Inputs nothing reads any more go.
 * @throws EngineError `invalid-argument` when a name is no value of the graph; the message lists the nearest names
 */
export function cut(graph: Graph, outputs: readonly string[]): Graph {
  if (outputs.length === 0)
    throw new EngineError('invalid-argument', 'no outputs to compute', { where: graph.name, expected: 'at least one' });
  const values = new Set([...graph.inputs, ...graph.nodes.flatMap((node) => node.outputs), ...graph.constants.keys()].filter(Boolean));
  for (const output of outputs) {
    if (values.has(output)) continue;
    const near = nearestNames(
      output,
      [...values].filter((name) => !graph.constants.has(name)),
    );
    throw new EngineError('invalid-argument', `no value '${output}' in the graph`, {
      where: graph.name,
      hint: `Names like it: ${near.map((name) => `'${name}'`).join(', ')}; outputs: ${graph.outputs.map((name) => `'${name}'`).join(', ')}.`,
    });
  }
  return sweep({ ...graph, outputs: [...new Set(outputs)] }, false);
}

import type { Graph } from '../ir/graph.ts';
import { replay } from './replay.ts';

/** Evaluates every node whose inputs are all constant, weights included. */
export function foldConstants(graph: Graph): Graph {
  return replay(graph, { foldLimit: Number.POSITIVE_INFINITY });
}

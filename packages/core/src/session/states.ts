import { EngineError } from '../errors.ts';
import type { Graph } from '../ir/graph.ts';
import { isTensorValue } from '../ops/value.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { FeedValue } from './engine.ts';

/** Output that a state input takes its next value from, by the input's name. */
export type StatePairs = Readonly<Record<string, string>>;

/** How exporters call the two ends of a state. */
const patterns: readonly (readonly [input: RegExp, output: (match: RegExpExecArray) => readonly string[]])[] = [
  [/^past_key_values(.*)$/, ([, rest = '']) => [`present${rest}`, `present_key_values${rest}`]],
  [/^past(.*)$/, ([, rest = '']) => [`present${rest}`]],
  [/^(.*)_in$/, ([, stem = '']) => [`${stem}_out`]],
  [
    /^(state|h|c|h0|c0|hidden|cell|cache)(.*)$/,
    ([, stem = '', rest = '']) => [`${stem}N${rest}`, `${stem}n${rest}`, `${stem}_out${rest}`, `new_${stem}${rest}`],
  ],
];

/** Inputs that are an output of the run before: caches of keys and values, states of recurrent models. */
export function findStates(graph: Graph): StatePairs {
  const outputs = new Set(graph.outputs);
  const taken = new Set<string>();
  const pairs: Record<string, string> = {};
  for (const input of graph.inputs) {
    for (const [pattern, names] of patterns) {
      const match = pattern.exec(input);
      const output = match && names(match).find((name) => outputs.has(name) && !taken.has(name));
      if (!output) continue;
      pairs[input] = output;
      taken.add(output);
      break;
    }
  }
  return pairs;
}

/** @throws EngineError `invalid-argument` for a pair whose names are no input and output of the graph */
export function checkStates(graph: Graph, pairs: StatePairs): void {
  for (const [input, output] of Object.entries(pairs)) {
    if (graph.inputs.includes(input) && graph.outputs.includes(output)) continue;
    throw new EngineError('invalid-argument', `no state from '${output}' to '${input}'`, {
      where: 'states',
      expected: `an input (${graph.inputs.join(', ')}) and an output (${graph.outputs.join(', ')})`,
    });
  }
}

const growing = /past|seq|length|cache|time/i;

/**
 * What a state holds before the first run: zeros. A dimension that another input has takes its size there; one that counts past
 * steps is 0; any other is the batch.
 */
export function initialState(graph: Graph, input: string, feeds: Readonly<Record<string, FeedValue>>): Tensor {
  const type = graph.types.get(input);
  if (!type) throw new EngineError('invalid-argument', `the first value of state '${input}' must be fed`, { where: 'run' });
  const sizes = new Map<string, number>();
  let batch: number | undefined;
  for (const name of graph.inputs) {
    const feed = feeds[name];
    if (!isTensorValue(feed)) continue;
    batch ??= feed.shape[0];
    graph.types.get(name)?.shape.forEach((dim, axis) => {
      if (typeof dim === 'string') sizes.set(dim, feed.shape[axis] as number);
    });
  }
  const shape = type.shape.map((dim, axis) => {
    if (typeof dim === 'number') return dim;
    // The past's own length may be called as the sequence's is: an axis after the batch starts at nothing.
    const bound = sizes.get(dim);
    if (bound !== undefined && !(growing.test(dim) && axis > 0)) return bound;
    return growing.test(dim) ? 0 : axis >= 2 ? 0 : (batch ?? 1);
  });
  return Tensor.zeros(shape, type.dtype);
}

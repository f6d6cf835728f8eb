import { EngineError } from '../errors.ts';
import { formatType, type Graph } from '../ir/graph.ts';
import { isTensorValue } from '../ops/value.ts';
import type { FeedValue } from './engine.ts';

/**
 * Sizes of the symbolic dimensions that the feeds' shapes imply.
 * @throws EngineError `invalid-argument` for an unknown, missing or ill-shaped feed, or one dimension with two sizes
 */
export function bindFeeds(graph: Graph, feeds: Readonly<Record<string, FeedValue>>): Record<string, number> {
  for (const name of Object.keys(feeds)) {
    if (!graph.inputs.includes(name)) {
      throw new EngineError('invalid-argument', `the model has no input '${name}'`, {
        where: 'run',
        expected: graph.inputs.map((input) => `'${input}'`).join(', '),
      });
    }
  }
  const bindings: Record<string, number> = {};
  for (const input of graph.inputs) {
    const type = graph.types.get(input);
    const feed = feeds[input];
    if (feed === undefined)
      throw new EngineError('invalid-argument', 'no value for an input', { where: `input '${input}'`, expected: formatType(type) });
    if (!type) continue;
    if (!isTensorValue(feed)) {
      throw new EngineError('invalid-argument', 'this input takes a tensor', { where: `input '${input}'`, expected: formatType(type) });
    }
    const fits =
      feed.dtype === type.dtype &&
      feed.shape.length === type.shape.length &&
      type.shape.every((dim, axis) => {
        const size = feed.shape[axis] as number;
        if (typeof dim === 'number') return dim === size;
        bindings[dim] ??= size;
        return bindings[dim] === size;
      });
    if (!fits) {
      const known = Object.entries(bindings).map(([dim, size]) => `${dim} = ${size}`);
      throw new EngineError('invalid-argument', 'wrong input shape or type', {
        where: `input '${input}'`,
        expected: `${formatType(type)}${known.length > 0 ? ` with ${known.join(', ')}` : ''}`,
        got: formatType(feed),
        ...(type.shape[0] === 1 && feed.shape[0] !== 1
          ? { hint: 'The file fixes this size; `load` with `dimensions: { batch: … }` changes it.' }
          : {}),
      });
    }
  }
  return bindings;
}

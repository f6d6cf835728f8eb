import type { Dim, Graph, Node, ValueType } from '../ir/graph.ts';
import { consumersOf, producersOf } from '../ir/order.ts';
import { Tensor } from '../tensor/tensor.ts';
import { replay } from './replay.ts';

/** Inputs and dimensions that the rewritten graph has. */
export const cacheNames = { past: 'past_length', capacity: 'cache_length' } as const;

export interface CachedGraph {
  readonly graph: Graph;
  /** State inputs with the outputs that are their next values. */
  readonly states: Readonly<Record<string, string>>;
}

const opset = 24;

/**
 * A causal decoder whose file has no cache, with one: keys and values of each attention go into buffers [..., capacity], the new ones from
 * position `past_length` (int64 [1]) on, and the tokens fed are those after it. What is not written yet is hidden by the causal mask, so that all
 * steps have one shape.
 *
 * It knows attention written out (product, scale and mask, softmax, product), and positions and masks that are slices of tables from 0 to the
 * number of tokens. The caller must still compare some steps with the graph as it was.
 * @returns undefined where anything else is found
 */
export function withCache(graph: Graph, tokens: string): CachedGraph | undefined {
  const length = graph.types.get(tokens)?.shape[1];
  if (typeof length !== 'string') return undefined;
  const attentions = findAttentions(graph, length);
  if (attentions.length === 0) return undefined;
  const lengths = lengthValues(graph, length);
  const keySlices = new Set(
    graph.nodes.filter((node) => isPositionSlice(graph, node, lengths) && isKeySlice(graph, node)).flatMap(({ outputs }) => outputs),
  );
  const masks = new Set<string>();
  for (const attention of attentions) {
    const own = maskValues(graph, attention);
    // Without a mask of the kind that is rewritten, what the buffer does not hold yet would be seen.
    if (![...own].some((value) => keySlices.has(value))) return undefined;
    for (const value of own) masks.add(value);
  }
  if (!graph.nodes.every((node) => understood(graph, node, lengths))) return undefined;

  const types = new Map(graph.types);
  const constants = new Map(graph.constants);
  const integer = (name: string, value: Tensor) => {
    constants.set(name, value);
    types.set(name, { dtype: value.dtype, shape: value.shape });
    return name;
  };
  const name = (suffix: string) => `cache/${suffix}`;
  const states: Record<string, string> = {};
  const inputs: string[] = [cacheNames.past];
  const outputs: string[] = [];
  types.set(cacheNames.past, { dtype: 'int64', shape: [1] });
  const node = (type: string, from: readonly string[], to: string, attributes: Node['attributes'] = {}): Node => ({
    name: to,
    type,
    domain: '',
    opset,
    inputs: from,
    outputs: [to],
    attributes,
  });

  /** Keys or values [..., T, ...] of one attention in their buffer. */
  const buffered = (fresh: string, axis: number, index: number, kind: 'key' | 'value'): readonly [Node, string] => {
    const [past, present] = [`past_key_values.${index}.${kind}`, `present.${index}.${kind}`];
    const type = graph.types.get(fresh) as ValueType;
    types.set(past, { dtype: type.dtype, shape: type.shape.with(axis, cacheNames.capacity) });
    inputs.push(past);
    outputs.push(present);
    states[past] = present;
    return [node('TensorScatter', [past, fresh, cacheNames.past], present, { axis }), present];
  };

  const nodes: Node[] = [];
  // Number of positions in the buffers, int64 [1], from the first of them.
  const first = `past_key_values.0.key`;
  const rank = (graph.types.get(attentions[0]?.key as string) as ValueType).shape.length;
  const bound = (suffix: string, value: number) => integer(name(suffix), Tensor.from([BigInt(value)], [1], 'int64'));
  nodes.push(
    node('Shape', [first], name('shape')),
    node('Slice', [name('shape'), bound('last', rank - 1), bound('end', rank)], name('capacity')),
  );
  const keyed = new Map(attentions.map((each, index) => [each.scores, { ...each, index }]));
  const valued = new Map(attentions.map((each, index) => [each.mix, { ...each, index }]));
  for (const each of graph.nodes) {
    const score = keyed.get(each);
    const mix = valued.get(each);
    if (score) {
      const [update, present] = buffered(score.key, rankOf(graph, score.key) - 1, score.index, 'key');
      nodes.push(update, { ...each, inputs: [each.inputs[0] as string, present] });
    } else if (mix) {
      const [update, present] = buffered(mix.value, rankOf(graph, mix.value) - 2, mix.index, 'value');
      nodes.push(update, { ...each, inputs: [each.inputs[0] as string, present] });
    } else if (isPositionSlice(graph, each, lengths)) {
      const [data = '', starts = '', ends = '', axes = ''] = each.inputs;
      const axis = axes === '' ? 0 : (graph.constants.get(axes)?.at(0) ?? 0);
      const [output = ''] = each.outputs;
      if (masks.has(output) && isKeySlice(graph, each)) {
        // Keys: as many as the buffers hold.
        nodes.push({ ...each, inputs: [data, starts, name('capacity'), axes, ...each.inputs.slice(4)] });
      } else {
        const [scalar, steps, places] = ['scalar', 'steps', 'places'].map((suffix) => name(`${output}/${suffix}`)) as [
          string,
          string,
          string,
        ];
        const none = integer(name('zero'), Tensor.scalar(0n, 'int64'));
        const one = integer(name('one'), Tensor.scalar(1n, 'int64'));
        nodes.push(
          node('Reshape', [ends, integer(name('empty'), Tensor.from(new BigInt64Array(0), [0]))], scalar),
          node('Range', [none, scalar, one], steps),
          node('Add', [steps, cacheNames.past], places),
          { ...each, type: 'Gather', opset, inputs: [data, places], attributes: { axis } },
        );
      }
    } else nodes.push(each);
  }
  const changed = { ...graph, nodes, constants, types, inputs: [...graph.inputs, ...inputs], outputs: [...graph.outputs, ...outputs] };
  return { graph: replay(changed), states };
}

interface Attention {
  /** Product of queries with keys [..., D, T]. */
  readonly scores: Node;
  readonly key: string;
  /** Product of the weights with values [..., T, E]. */
  readonly mix: Node;
  readonly value: string;
  /** What is between the product and the softmax. */
  readonly between: readonly Node[];
}

/** Softmaxes over the last axis between two products, whose keys and values have one entry a token. */
function findAttentions(graph: Graph, length: Dim): readonly Attention[] {
  const producers = producersOf(graph);
  const consumers = consumersOf(graph);
  return graph.nodes.flatMap((softmax): Attention[] => {
    if (softmax.type !== 'Softmax') return [];
    const readers = consumers.get(softmax.outputs[0] as string) ?? [];
    const [mix] = readers;
    if (readers.length !== 1 || mix?.type !== 'MatMul' || mix.inputs[0] !== softmax.outputs[0]) return [];
    const between: Node[] = [];
    let current = producers.get(softmax.inputs[0] as string);
    while (current && ['Add', 'Mul', 'Div', 'Where', 'Identity', 'Cast'].includes(current.type)) {
      between.push(current);
      const node = current;
      // The branch that the product is on: the other operand is a scale or a mask.
      const own = node.inputs.map((input) => producers.get(input)).find((each) => each && leadsToProduct(each, producers));
      if (!own) return [];
      current = own;
    }
    const scores = current;
    const [key, value] = [scores?.inputs[1], mix.inputs[1]];
    if (scores?.type !== 'MatMul' || !key || !value) return [];
    const [keyShape, valueShape] = [graph.types.get(key)?.shape, graph.types.get(value)?.shape];
    if (keyShape?.at(-1) !== length || valueShape?.at(-2) !== length) return [];
    return [{ scores, key, mix, value, between }];
  });
}

function leadsToProduct(node: Node, producers: ReadonlyMap<string, Node>): boolean {
  if (node.type === 'MatMul') return true;
  if (!['Add', 'Mul', 'Div', 'Where', 'Identity', 'Cast'].includes(node.type)) return false;
  return node.inputs.some((input) => {
    const own = producers.get(input);
    return own !== undefined && leadsToProduct(own, producers);
  });
}

/** Values that are the number of tokens, by how they are made of shapes. */
function lengthValues(graph: Graph, length: Dim): ReadonlySet<string> {
  const shapes = new Map<string, readonly Dim[]>();
  const found = new Set<string>();
  for (const { type, inputs, outputs } of graph.nodes) {
    const [first = '', second = '', third = ''] = inputs;
    const [output = ''] = outputs;
    if (type === 'Shape') shapes.set(output, graph.types.get(first)?.shape ?? []);
    const shape = shapes.get(first);
    const from = graph.constants.get(second)?.at(0);
    if (shape && from !== undefined) {
      const single = type === 'Gather' || (type === 'Slice' && graph.constants.get(third)?.at(0) === from + 1);
      if (single && shape.at(from) === length) found.add(output);
    }
    if (['Squeeze', 'Unsqueeze', 'Cast', 'Identity', 'Reshape'].includes(type) && found.has(first)) found.add(output);
  }
  return found;
}

/** A slice of a table from 0 to the number of tokens. */
function isPositionSlice(
  graph: Graph,
  { type, inputs: [, starts = '', ends = '', axes = '', steps = ''] }: Node,
  lengths: ReadonlySet<string>,
): boolean {
  const single = (name: string, wanted: number) =>
    name === '' || (graph.constants.get(name)?.size === 1 && graph.constants.get(name)?.at(0) === wanted);
  return (
    type === 'Slice' && lengths.has(ends) && single(starts, 0) && single(steps, 1) && (axes === '' || graph.constants.get(axes)?.size === 1)
  );
}

/** A slice along the last axis: of a mask, the keys. */
function isKeySlice(graph: Graph, { inputs: [data = '', , , axes = ''] }: Node): boolean {
  const axis = graph.constants.get(axes)?.at(0) ?? 0;
  return axis === -1 || axis === rankOf(graph, data) - 1;
}

/** Whether a node does with the number of tokens what is known here: passes it on, slices a table to it, or shapes what has so many rows. */
function understood(graph: Graph, node: Node, lengths: ReadonlySet<string>): boolean {
  if (!node.inputs.some((input) => lengths.has(input)) || node.outputs.some((output) => lengths.has(output))) return true;
  return isPositionSlice(graph, node, lengths) || node.type === 'Concat';
}

/** Values that the scores are masked with, and what they are made of. */
function maskValues(graph: Graph, { between, scores }: Attention): ReadonlySet<string> {
  const producers = producersOf(graph);
  const path = new Set([...between, scores]);
  const found = new Set<string>();
  const pending = between.flatMap(({ inputs }) => inputs);
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    const own = producers.get(value);
    if (found.has(value) || !own || path.has(own)) continue;
    found.add(value);
    pending.push(...own.inputs);
  }
  return found;
}

function rankOf(graph: Graph, value: string): number {
  return graph.types.get(value)?.shape.length ?? graph.constants.get(value)?.shape.length ?? 0;
}

import { EngineError } from '../errors.ts';
import type { Dim, Graph, Node, ValueType } from '../ir/graph.ts';
import { graphsOf, producersOf } from '../ir/order.ts';
import { attributesOf } from '../ops/registry.ts';
import { normalizeAxis } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { cut } from './cut.ts';
import { inlineBranches } from './inline-branches.ts';
import { packProjections } from './pack-projections.ts';
import { bind, isPrefix, lengthInputs, PastValues, tableOf } from './past-values.ts';
import { replay } from './replay.ts';
import { sweep } from './sweep.ts';
import { type CachedGraph, cacheNames } from './with-cache.ts';

/** Inputs of decoders that the rewriting knows the meaning of. */
export interface DecoderInputs {
  readonly tokens: string;
  /** Mask of all tokens, [batch, past + new]. */
  readonly mask: string;
  /** True where the cache is read. */
  readonly branch: string;
}

export interface BufferedGraphs {
  /** The file's own graph for the prompt; each cache that grows comes out in a buffer, under `outputs`. */
  readonly first: Graph;
  /** One token more: caches are buffers [..., capacity, ...], the token is written at position `past_length` (int64 [1]). */
  readonly step: CachedGraph;
  /** Output of `first` for each cache input of `step`, those that do not grow too. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Axis of the tokens of each cache that grows. */
  readonly axes: Readonly<Record<string, number>>;
  /** Tokens that the buffers hold. */
  readonly capacity: number;
}

/** Elements that all tables of what follows from the position may have. */
const tableLimit = 1 << 23;
/** Version of the operator set that what is added is written against. */
const opset = 23;
const hidden = { float16: -6e4, other: -1e9 } as const;

/**
 * A decoder whose caches grow by one each step (`present = Concat(past, new)`), with buffers of one size in their place, so that all steps are one
 * plan. It is the file's graph for a full buffer: what it makes of lengths stays as it is then. What it makes of positions becomes a row of a
 * table, taken at `past_length`; softmaxes over the buffer see no further than that.
 *
 * The caller must still compare some steps with the graph as it was.
 * @param states cache inputs with the outputs that are their next values
 * @returns undefined where the caches are anything else, or the graph is not understood
 */
export function withBuffers(
  graph: Graph,
  names: DecoderInputs,
  states: Readonly<Record<string, string>>,
  logits: string,
  capacity: number,
): BufferedGraphs | undefined {
  const one = oneToken(graph, names, states, logits);
  if (!one || capacity < 4) return undefined;
  const { caches } = one;
  const shapesFor = (past: number) => boundShapes(one.graph, one.pastDim, names, past);
  try {
    const [low, middle, high] = [(capacity >> 1) - 1, capacity - 2, capacity - 1] as const;
    const bindings = [low, middle, high].map((past) => [past, bind(one.graph, shapesFor(past))] as const);
    const full = (bindings[2] as (typeof bindings)[number])[1].graph;
    const values = new PastValues(one.graph, bindings);
    const shorter = (bindings[1] as (typeof bindings)[number])[1].graph;
    const step = rewrite({ full, shorter, values, caches, capacity });
    if (!step) return undefined;
    const outputs = { ...one.fixed, ...Object.fromEntries([...caches].map(([past]) => [past, `${past}/buffer`])) };
    const axes = Object.fromEntries([...caches].map(([past, { axis }]) => [past, axis]));
    return { first: firstGraph(chosen(graph, names, false), logits, one.fixed, caches, capacity), step, outputs, axes, capacity };
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

interface Cache {
  /** Output of the step graph. */
  readonly present: string;
  readonly axis: number;
  /** Its value in the step graph, behind what only passes it on. */
  readonly concat: string;
}

interface OneToken {
  readonly graph: Graph;
  readonly pastDim: string;
  readonly caches: ReadonlyMap<string, Cache>;
  /** Caches that stay as the first run gives them, with the file's outputs. */
  readonly fixed: Readonly<Record<string, string>>;
}

/** The graph of one more token, the branch of merged graphs chosen, the number of past tokens open. */
function oneToken(graph: Graph, names: DecoderInputs, states: Readonly<Record<string, string>>, logits: string): OneToken | undefined {
  const [batch, length] = graph.types.get(names.tokens)?.shape ?? [];
  if (typeof length !== 'string') return undefined;
  const inlined = chosen(graph, names, true, (input, dim) =>
    (dim === length && !(input in states)) || (dim === batch && dim !== length) ? 1 : dim,
  );
  const producers = producersOf(inlined);
  const caches = new Map<string, Cache>();
  const fixed: Record<string, string> = {};
  let pastDim: string | undefined;
  for (const [past, present] of Object.entries(states)) {
    let concat = producers.get(present);
    while (concat?.type === 'Identity') concat = producers.get(concat.inputs[0] as string);
    const shape = graph.types.get(past)?.shape;
    if (!shape) return undefined;
    if (concat?.type !== 'Concat' || concat.inputs[0] !== past || concat.inputs.length !== 2) {
      fixed[past] = present;
      continue;
    }
    const axis = normalizeAxis(attributesOf<{ axis: number }>(concat).axis, shape.length);
    const dim = shape[axis];
    if (typeof dim !== 'string' || dim === length || (pastDim !== undefined && dim !== pastDim)) return undefined;
    pastDim = dim;
    caches.set(past, { present, axis, concat: concat.outputs[0] as string });
  }
  if (pastDim === undefined) return undefined;
  // What does not grow by the new token alone, as one operator that holds cache and attention gives it, is not of this kind.
  if (Object.keys(fixed).some((past) => graph.types.get(past)?.shape.includes(pastDim as Dim))) return undefined;
  const wanted = cut(inlined, [logits, ...[...caches.values()].map(({ present }) => present)]);
  if (wanted.nodes.some(({ attributes }) => Object.values(attributes).some((value) => graphsOf(value).length > 0))) return undefined;
  return { graph: wanted, pastDim, caches, fixed };
}

/** The graph with one branch of what is merged in it. */
function chosen(
  graph: Graph,
  { branch }: DecoderInputs,
  cached: boolean,
  bound: (input: string, dim: Dim) => Dim = (_, dim) => dim,
): Graph {
  const type = graph.types.get(branch);
  const constants = new Map(graph.constants);
  if (type) constants.set(branch, Tensor.from([cached], type.shape.length === 0 ? [] : [1], 'bool'));
  return inlineBranches(
    replay(
      { ...graph, constants, inputs: graph.inputs.filter((name) => !(type && name === branch)) },
      { shapeOf: (input) => graph.types.get(input)?.shape.map((dim) => bound(input, dim)) },
    ),
  );
}

function boundShapes(graph: Graph, pastDim: string, { mask }: DecoderInputs, past: number): ReadonlyMap<string, readonly Dim[]> {
  return new Map(
    graph.inputs.map((name) => {
      const shape = graph.types.get(name)?.shape ?? [];
      if (name === mask && shape.length === 2) return [name, [shape[0] as Dim, past + 1]];
      return [name, shape.map((dim) => (dim === pastDim ? past : dim))];
    }),
  );
}

interface Parts {
  /** The graph with so many past tokens that the new one fills the buffer. */
  readonly full: Graph;
  /** The same with one past token less. */
  readonly shorter: Graph;
  readonly values: PastValues;
  readonly caches: ReadonlyMap<string, Cache>;
  readonly capacity: number;
}

function rewrite({ full, shorter, values, caches, capacity }: Parts): CachedGraph | undefined {
  const tables = positionTables(full, values, capacity);
  if (!tables) return undefined;
  const types = new Map(full.types);
  const constants = new Map(full.constants);
  const nodes: Node[] = [];
  const constant = (name: string, value: Tensor) => {
    constants.set(name, value);
    types.set(name, value);
    return name;
  };
  const add = (type: string, inputs: readonly string[], output: string, attributes: Node['attributes'] = {}) => {
    nodes.push({ name: output, type, domain: '', opset, inputs, outputs: [output], attributes });
    return output;
  };
  types.set(cacheNames.past, { dtype: 'int64', shape: [1] });
  const places = constant(
    'cache/places',
    Tensor.from(
      BigInt64Array.from({ length: capacity }, (_, index) => BigInt(index)),
      [capacity],
    ),
  );
  const here = add('Equal', [places, cacheNames.past], 'cache/here');
  const seen = add('LessOrEqual', [places, cacheNames.past], 'cache/seen');
  for (const [name, { table, shape }] of tables) {
    const rows = add('Gather', [constant(`${name}/table`, table), cacheNames.past], `${name}/rows`, { axis: 0 });
    add('Reshape', [rows, constant(`${name}/shape`, Tensor.from(shape, [shape.length], 'int64'))], `${name}/now`, { allowzero: 1 });
  }
  const concats = new Map([...caches].map(([past, cache]) => [cache.concat, { past, ...cache }]));
  const masks = new Set<string>();
  let masked = 0;
  for (const node of full.nodes) {
    const [output = ''] = node.outputs;
    const cache = concats.get(output);
    if (cache) {
      const { dtype, shape } = full.types.get(output) as ValueType;
      types.set(cache.past, { dtype, shape });
      const form = Tensor.from(
        shape.map((_, axis) => (axis === cache.axis ? capacity : 1)),
        [shape.length],
        'int64',
      );
      const at = add('Reshape', [here, constant(`${output}/form`, form)], `${output}/here`);
      nodes.push({ ...node, type: 'Where', opset, inputs: [at, node.inputs[1] as string, cache.past], attributes: {} });
      continue;
    }
    const inputs = node.inputs.map((name, index) => (tables.get(name)?.slots.get(node)?.has(index) ? `${name}/now` : name));
    if (node.type === 'Softmax' && node.domain === '') {
      const [scores = ''] = inputs;
      const { dtype, shape } = full.types.get(scores) as ValueType;
      const axis = normalizeAxis(attributesOf<{ axis: number }>(node).axis, shape.length);
      if (shape[axis] === capacity && shorter.types.get(scores)?.shape[axis] === capacity - 1) {
        if (axis !== shape.length - 1) return undefined;
        const mask = `cache/mask/${dtype}`;
        if (!masks.has(mask)) {
          const [visible, beyond] = [0, dtype === 'float16' ? hidden.float16 : hidden.other].map((value) =>
            constant(`${mask}/${value}`, Tensor.scalar(value, 'float64').cast(dtype)),
          ) as [string, string];
          add('Where', [seen, visible, beyond], mask);
          masks.add(mask);
        }
        nodes.push({ ...node, inputs: [add('Add', [scores, mask], `${output}/scores`)] });
        masked++;
        continue;
      }
    }
    nodes.push({ ...node, inputs });
  }
  if (masked === 0) return undefined;
  const changed = { ...full, nodes, constants, types, inputs: [...full.inputs, cacheNames.past] };
  return {
    graph: packProjections(sweep(replay(changed), false)),
    states: Object.fromEntries([...caches].map(([past, { present }]) => [past, present])),
  };
}

interface PositionTable {
  /** [capacity, ...shape]: the value for each number of past tokens. */
  readonly table: Tensor;
  readonly shape: readonly number[];
  /** Inputs of nodes that read it. */
  readonly slots: ReadonlyMap<Node, ReadonlySet<number>>;
}

/** What the nodes read that changes with the position, and is no length; undefined where that is more than fits. */
function positionTables(full: Graph, values: PastValues, capacity: number): ReadonlyMap<string, PositionTable> | undefined {
  const slots = new Map<string, Map<Node, Set<number>>>();
  for (const node of full.nodes) {
    if (!node.inputs.some((name) => values.has(name) && full.constants.has(name))) continue;
    const types = node.inputs.map((name) => full.types.get(name));
    const lengths = lengthInputs(node, types, (index) => full.constants.get(node.inputs[index] ?? ''));
    node.inputs.forEach((name, index) => {
      if (lengths.has(index) || !values.has(name)) return;
      const readers = slots.get(name) ?? new Map<Node, Set<number>>();
      readers.set(node, (readers.get(node) ?? new Set()).add(index));
      slots.set(name, readers);
    });
  }
  // A mask of all that is there hides nothing more when it is longer: the beginning of the longest stands for all.
  const names = [...slots.keys()];
  const changing = new Set<string>();
  for (const past of [1, 2, 3, capacity >> 2, capacity >> 1, capacity - 2].filter((each) => each > 0 && each < capacity)) {
    values.at(past, names).forEach((value, index) => {
      const name = names[index] as string;
      if (!value || !isPrefix(value, full.constants.get(name) as Tensor)) changing.add(name);
    });
  }
  const wanted = [...changing].map((name) => ({ name, whole: full.constants.get(name) as Tensor }));
  if (wanted.reduce((total, { whole }) => total + whole.size * capacity, 0) > tableLimit) return undefined;
  const read = wanted.map(({ name }) => name);
  const rows = Array.from({ length: capacity }, (_, past) => (past === 0 || read.length === 0 ? [] : values.at(past, read)));
  const tables = new Map<string, PositionTable>();
  for (const [index, { name, whole }] of wanted.entries()) {
    const column = rows.map((row) => row[index]);
    const fits = column.every((row, past) => past === 0 || (row?.shape.every((dim, axis) => dim <= (whole.shape[axis] ?? -1)) ?? false));
    if (!fits) return undefined;
    const readers = slots.get(name) as ReadonlyMap<Node, ReadonlySet<number>>;
    tables.set(name, { table: tableOf(column, whole.shape, whole.dtype), shape: whole.shape, slots: readers });
  }
  return tables;
}

/** The file's graph with its grown caches put at the beginning of buffers. */
function firstGraph(
  graph: Graph,
  logits: string,
  fixed: Readonly<Record<string, string>>,
  caches: ReadonlyMap<string, Cache>,
  capacity: number,
): Graph {
  const constants = new Map(graph.constants);
  const types = new Map(graph.types);
  const nodes = [...graph.nodes];
  const constant = (name: string, values: readonly number[]) => {
    const value = Tensor.from(values, [values.length], 'int64');
    constants.set(name, value);
    types.set(name, value);
    return name;
  };
  const add = (type: string, inputs: readonly string[], output: string, attributes: Node['attributes'] = {}) => {
    nodes.push({ name: output, type, domain: '', opset, inputs, outputs: [output], attributes });
    return output;
  };
  const outputs = [...caches].map(([past, { present, axis }]) => {
    const rank = (graph.types.get(past) as ValueType).shape.length;
    const at = (suffix: string) => `${past}/${suffix}`;
    const length = add('Gather', [add('Shape', [present], at('shape')), constant(at('axis'), [axis])], at('length'), { axis: 0 });
    const free = add('Sub', [constant(at('capacity'), [capacity]), length], at('free'));
    const zeros = (count: number) => new Array<number>(count).fill(0);
    const before = constant(at('before'), zeros(rank + axis));
    const pads = add('Concat', [before, free, ...(axis < rank - 1 ? [constant(at('after'), zeros(rank - axis - 1))] : [])], at('pads'), {
      axis: 0,
    });
    return add('Pad', [present, pads], at('buffer'));
  });
  const whole = replay({ ...graph, nodes, constants, types, outputs: [logits, ...Object.values(fixed), ...outputs] });
  return packProjections(sweep(whole, false));
}

import { EngineError } from '../errors.ts';
import { describeNode, type Graph, type Node, type ValueType } from '../ir/graph.ts';
import { capturesOf, graphsOf, readsOf } from '../ir/order.ts';
import { attributesOf, opOf } from '../ops/registry.ts';
import { inlineBranches } from '../passes/inline-branches.ts';
import { optimise } from '../passes/optimise.ts';
import { prepare } from '../passes/prepare.ts';
import { replay } from '../passes/replay.ts';
import { sweep } from '../passes/sweep.ts';
import { keyOf, type Part, type Partition, partition, type Verdict, withDemands } from '../plan/partition.ts';
import type { Plan } from '../plan/plan.ts';
import { planGraph } from '../plan/plan-graph.ts';
import { isInt64 } from '../tensor/dtype.ts';
import { isWide, type Tensor } from '../tensor/tensor.ts';
import type { Capabilities } from '../wgsl/kernel.ts';
import { OverflowHelpersMissing } from '../wgsl/overflow.ts';

/** A run of nodes on the GPU: one plan. */
export interface GpuSegment {
  readonly on: 'gpu';
  readonly plan: Plan;
}

/** A node that the host computes between GPU segments. */
export interface HostStep {
  readonly on: 'host';
  readonly node: Node;
  /** The node's subgraphs as graphs of their own: what they capture are inputs after the body's. */
  readonly bodies: ReadonlyMap<Graph, { readonly graph: Graph; readonly captures: readonly string[] }>;
}

/** What of a graph is decided before it runs; `rest` is decided when the stage has run and shapes are known. */
export interface Stage {
  readonly steps: readonly (GpuSegment | HostStep)[];
  readonly constants: ReadonlyMap<string, Tensor>;
  readonly rest: Graph | undefined;
  /** True when one plan computes all outputs: nothing passes through the host. */
  readonly whole: boolean;
}

/** What a stage is planned for. */
export interface StageInputs {
  /** Types of the graph's inputs; undefined for sequences and optionals. */
  readonly types: ReadonlyMap<string, ValueType | undefined>;
  /** Content of inputs that shapes follow from. */
  readonly values: ReadonlyMap<string, Tensor>;
  /** Inputs with 64-bit integers beyond 32 bits. */
  readonly wide: ReadonlySet<string>;
}

/**
 * Plans as much of a graph as its inputs tell.
 * @returns the stage, or the inputs whose content must be bound first
 * @throws OverflowHelpersMissing where that is to be loaded before
 */
export function planStage(graph: Graph, inputs: StageInputs, caps: Capabilities): Stage | { readonly demanded: ReadonlySet<string> } {
  try {
    return plan(graph, inputs, caps);
  } catch (error) {
    if (error instanceof EngineError || error instanceof OverflowHelpersMissing) throw error;
    // As in import: whatever rules throw on nonsense that none foresees, the file is to blame.
    throw new EngineError('invalid-model', 'the graph cannot be understood', { where: graph.name, cause: error });
  }
}

function plan(graph: Graph, inputs: StageInputs, caps: Capabilities): Stage | { readonly demanded: ReadonlySet<string> } {
  const bound = inlineBranches(replay(withInputs(graph, inputs)));
  const verdicts = new Map<string, Verdict>();
  for (;;) {
    const divided = partition(bound, inputs.wide, verdicts);
    if (divided.demanded.size > 0) return { demanded: divided.demanded };
    const stage = tryStage(bound, divided, caps, verdicts);
    if (stage) return stage;
  }
}

/** The stage of a partition; undefined when a node has turned out not to fit the GPU, which `verdicts` then says. */
function tryStage(
  bound: Graph,
  { parts, defined, deferred }: Partition,
  caps: Capabilities,
  verdicts: Map<string, Verdict>,
): Stage | undefined {
  const [only] = parts;
  const [stuck] = deferred;
  if (stuck && parts.length === 0) {
    throw new EngineError('unsupported', 'the shapes of what this node computes cannot be found', {
      where: describeNode(stuck),
      node: stuck.name,
      hint: "Use the 'wasm' engine.",
    });
  }
  const whole = deferred.length === 0 && (parts.length === 0 || (parts.length === 1 && only?.on === 'gpu'));
  const rest = deferred.length > 0 ? restOf(bound, deferred, defined) : undefined;
  const neededBy = (part: Part) =>
    new Set([
      ...bound.outputs,
      ...parts.filter((each) => each !== part).flatMap(({ nodes }) => nodes.flatMap(readsOf)),
      ...(rest?.inputs ?? []),
    ]);
  const steps: (GpuSegment | HostStep)[] = [];
  for (const part of whole && parts.length === 0 ? [{ on: 'gpu', nodes: [] } as Part] : parts) {
    if (part.on === 'host') {
      for (const node of part.nodes) steps.push({ on: 'host', node, bodies: bodiesOf(node, bound) });
      continue;
    }
    const graph = whole ? bound : segmentOf(bound, part.nodes, neededBy(part));
    try {
      steps.push({ on: 'gpu', plan: planOf(graph, caps) });
    } catch (error) {
      if (!(error instanceof EngineError && error.code === 'unsupported') || !judge(bound, part.nodes, caps, verdicts)) throw error;
      return undefined;
    }
  }
  return { steps, constants: bound.constants, rest, whole };
}

/** The plan of a segment. Wide constants that only said how much to slice or to pad are gone by now. */
function planOf(graph: Graph, caps: Capabilities): Plan {
  const optimised = optimise(graph, caps);
  const plan = planGraph(optimised, caps);
  const wide = plan.buffers.find((buffer) => buffer.kind === 'constant' && isWide(buffer.tensor));
  if (!wide) return plan.buffers.some(({ kind }) => kind === 'overflow') ? withOrigins(plan, graph, optimised) : plan;
  throw new EngineError('unsupported', 'a constant holds 64-bit integers beyond 32 bits', { where: graph.name });
}

/** Nodes that an error names where it does not know which of them it was. */
const namedOrigins = 4;

/** The plan with what its steps may report of: the nodes of `graph` that `optimised` has made one step of. */
function withOrigins(plan: Plan, graph: Graph, optimised: Graph): Plan {
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const kept = new Set([...optimised.inputs, ...optimised.constants.keys(), ...optimised.nodes.flatMap(({ outputs }) => outputs)]);
  const steps = plan.steps.map((step) => {
    if (!step.buffers.some((buffer) => plan.buffers[buffer]?.kind === 'overflow')) return step;
    const found = new Set<Node>();
    // Fusion may compute a value under another shape; the file's name is then behind a reshape.
    const reshaped = optimised.nodes.filter((node) => opOf(node).alias && step.outputs.includes(node.inputs[0] ?? ''));
    const names = [...step.outputs, ...reshaped.flatMap(({ outputs }) => outputs)];
    const pending = names.flatMap((name) => producers.get(name) ?? []);
    for (let node = pending.pop(); node; node = pending.pop()) {
      if (found.has(node)) continue;
      found.add(node);
      pending.push(...node.inputs.flatMap((input) => (kept.has(input) ? [] : (producers.get(input) ?? []))));
    }
    const whole = [...found].filter(({ outputs }) => outputs.some((name) => isInt64(graph.types.get(name)?.dtype ?? 'float32')));
    const nodes = [...(whole.length > 0 ? whole : found)].reverse().map((node) => describeNode(node));
    const more = nodes.length > namedOrigins ? [`${nodes.length - namedOrigins} more`] : [];
    return nodes.length > 0 ? { ...step, origin: [...nodes.slice(0, namedOrigins), ...more].join(' or ') } : step;
  });
  return { ...plan, steps };
}

/** Tries each node alone; true when one was found that does not fit the GPU as it is. */
function judge(bound: Graph, nodes: readonly Node[], caps: Capabilities, verdicts: Map<string, Verdict>): boolean {
  let found = false;
  for (const node of nodes) {
    const alone = segmentOf(bound, [node], new Set(node.outputs));
    try {
      planOf(alone, caps);
    } catch (error) {
      if (!(error instanceof EngineError && error.code === 'unsupported')) throw error;
      found = true;
      verdicts.set(keyOf(node), loweringDemands(bound, node) ?? 'host');
    }
  }
  return found;
}

/** Inputs that the node's lowering wants to be constants. */
function loweringDemands(bound: Graph, node: Node): readonly number[] | undefined {
  const op = opOf(node);
  if (!op.lower) return undefined;
  const { lower } = op;
  const { demands, refused } = withDemands(node, bound, (constant) => {
    replay(segmentOf(bound, [node], new Set(node.outputs)), {
      emit: (each, { g, inputs, types }) =>
        lower({ g, inputs, types, attributes: attributesOf(each), used: each.outputs.map((name) => name !== ''), constant }),
    });
  });
  return refused && demands.length > 0 ? demands : undefined;
}

function segmentOf(bound: Graph, nodes: readonly Node[], needed: ReadonlySet<string>): Graph {
  const own = new Set(nodes.flatMap(({ outputs }) => outputs));
  const reads = [...new Set(nodes.flatMap(readsOf))].filter((name) => name !== '' && !own.has(name));
  return sweep(
    {
      ...bound,
      nodes,
      inputs: reads.filter((name) => !bound.constants.has(name)),
      outputs: [...own].filter((name) => name !== '' && needed.has(name)),
    },
    false,
  );
}

function restOf(bound: Graph, deferred: readonly Node[], defined: ReadonlySet<string>): Graph {
  const own = new Set(deferred.flatMap(({ outputs }) => outputs));
  const outputs = bound.outputs.filter((name) => own.has(name));
  const reads = new Set(deferred.flatMap(readsOf));
  const inputs = [...reads].filter((name) => defined.has(name) && !bound.constants.has(name));
  return sweep({ ...bound, nodes: deferred, inputs, outputs }, false);
}

/** The graph with its inputs bound to what a run feeds; content that shapes follow from becomes constant. */
function withInputs(graph: Graph, { types, values }: StageInputs): Graph {
  const bound = new Map(graph.types);
  for (const [name, type] of types) {
    if (type) bound.set(name, type);
    else bound.delete(name);
  }
  return {
    ...graph,
    inputs: graph.inputs.filter((name) => !values.has(name)),
    constants: new Map([...graph.constants, ...values]),
    types: bound,
  };
}

const prepared = new WeakMap<Graph, Map<Graph, { graph: Graph; captures: readonly string[] }>>();

function bodiesOf(node: Node, bound: Graph): HostStep['bodies'] {
  const bodies = new Map<Graph, { graph: Graph; captures: readonly string[] }>();
  for (const body of Object.values(node.attributes).flatMap(graphsOf)) {
    const known = prepared.get(bound) ?? new Map();
    prepared.set(bound, known);
    let entry = known.get(body);
    if (!entry) {
      const captured = capturesOf(body);
      const captures = captured.filter((name) => !bound.constants.has(name));
      const constants = new Map([
        ...body.constants,
        ...captured.flatMap((name) => {
          const tensor = bound.constants.get(name);
          return tensor ? [[name, tensor] as const] : [];
        }),
      ]);
      const types = new Map([...bound.types].filter(([name]) => captures.includes(name)).concat([...body.types]));
      for (const [name, { dtype, shape }] of constants) types.set(name, { dtype, shape });
      entry = { graph: prepare({ ...body, inputs: [...body.inputs, ...captures], constants, types }), captures };
      known.set(body, entry);
    }
    bodies.set(body, entry);
  }
  return bodies;
}

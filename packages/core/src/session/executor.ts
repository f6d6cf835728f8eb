import { EngineError, throwIfCancelled } from '../errors.ts';
import type { Gpu } from '../gpu/gpu.ts';
import { GpuTensor, Program } from '../gpu/program.ts';
import { describeNode, type Graph, isBound, type ValueType } from '../ir/graph.ts';
import { attributesOf, opOf } from '../ops/registry.ts';
import { hostTensor, isTensorValue, type RuntimeValue, Sequence } from '../ops/value.ts';
import { isWide, Tensor } from '../tensor/tensor.ts';
import { loadOverflowHelpers, OverflowHelpersMissing } from '../wgsl/overflow.ts';
import { type HostStep, planStage, type Stage } from './stage.ts';

/** Plans kept for one graph; the least recently used go first. A run that changes shapes without end must not fill the device. */
const plansKept = 64;

/** Values of a run by name. */
export type Environment = ReadonlyMap<string, RuntimeValue>;

/** What a run leaves behind for `explain`: the stages it went through, in order, each once. */
export type Trace = Set<ExecutedStage>;

export interface ExecutedStage {
  readonly stage: Stage;
  /** Name of the node whose subgraph this is, for stages of bodies. */
  readonly within: string;
}

interface Entry extends ExecutedStage {
  readonly programs: readonly (Program | undefined)[];
  /** Runs what is decided after this stage. */
  readonly rest: Executor | undefined;
  readonly bodies: Map<Graph, Executor>;
}

export interface ExecuteOptions {
  readonly signal?: AbortSignal | undefined;
  readonly trace?: Trace;
}

/** Runs a graph whatever it depends on: stage by stage, each planned once for the shapes (and contents) it depends on. */
export class Executor {
  readonly #gpu: Gpu;
  readonly #graph: Graph;
  readonly #within: string;
  readonly #entries = new Map<string, Promise<Entry>>();
  /** Inputs whose content has turned out to decide shapes, by the types of all inputs. */
  readonly #demanded = new Map<string, Set<string>>();

  constructor(gpu: Gpu, graph: Graph, within = '') {
    this.#gpu = gpu;
    this.#graph = graph;
    this.#within = within;
  }

  /** Plans what can be planned before anything is fed; false when that depends on what inputs hold. */
  async open(): Promise<Entry | undefined> {
    const types = new Map(this.#graph.inputs.map((name) => [name, this.#graph.types.get(name)]));
    if ([...types.values()].some((type) => !type || !isBound(type.shape))) return undefined;
    const stage = orMissing(() => planStage(this.#graph, { types, values: new Map(), wide: new Set() }, this.#gpu.caps));
    if (!stage) {
      await loadOverflowHelpers();
      return this.open();
    }
    if ('demanded' in stage) return undefined;
    const key = this.#graph.inputs.map((name) => signatureOf(types.get(name), false)).join(';');
    return this.#entry(key, async () => stage);
  }

  /** Runs and reads every output back. */
  async run(feeds: Environment, options: ExecuteOptions = {}): Promise<Map<string, RuntimeValue>> {
    const entry = await this.#prepare(feeds);
    options.trace?.add(entry);
    throwIfCancelled(options.signal, 'the run');
    const [program] = entry.programs;
    if (entry.stage.whole && program) {
      const outputs = await program.run(tensorFeeds(feeds, program));
      return new Map(this.#graph.outputs.map((name) => [name, outputs[name] as Tensor]));
    }
    const owned = new Set<GpuTensor>();
    try {
      const outputs = await this.#execute(entry, feeds, owned, options);
      return new Map(await Promise.all([...outputs].map(async ([name, value]) => [name, await onHost(value)] as const)));
    } finally {
      for (const tensor of owned) tensor.dispose();
    }
  }

  /** Runs; outputs stay where they are computed, and those on the device are the caller's to dispose. */
  async runInPlace(feeds: Environment, options: ExecuteOptions = {}): Promise<Map<string, RuntimeValue>> {
    const owned = new Set<GpuTensor>();
    let outputs = new Map<string, RuntimeValue>();
    try {
      const entry = await this.#prepare(feeds);
      options.trace?.add(entry);
      outputs = await this.#execute(entry, feeds, owned, options);
      return outputs;
    } finally {
      const kept = new Set([...outputs.values()].flatMap(deviceTensorsOf));
      for (const tensor of owned) if (!kept.has(tensor)) tensor.dispose();
    }
  }

  dispose(): void {
    for (const entry of this.#entries.values()) release(entry);
    this.#entries.clear();
  }

  async #prepare(feeds: Environment): Promise<Entry> {
    const types = new Map<string, ValueType | undefined>();
    const wide = new Set<string>();
    const signatures = this.#graph.inputs.map((name) => {
      const value = feeds.get(name);
      if (value === undefined) throw new EngineError('internal', `no value for '${name}'`, { where: this.#graph.name });
      types.set(name, isTensorValue(value) ? { dtype: value.dtype, shape: value.shape } : undefined);
      if (value instanceof Tensor && isWide(value)) wide.add(name);
      return signatureOf(types.get(name), wide.has(name));
    });
    const typesKey = signatures.join(';');
    const demanded = this.#demanded.get(typesKey) ?? new Set();
    this.#demanded.set(typesKey, demanded);
    for (;;) {
      const values = new Map<string, Tensor>();
      for (const name of demanded) values.set(name, await hostTensor(feeds.get(name) as Tensor));
      const key = [typesKey, ...[...values].map(([name, { data }]) => `${name}=${data.join()}`)].join('|');
      const known = this.#entries.get(key);
      if (known) {
        this.#entries.delete(key);
        this.#entries.set(key, known);
        return known;
      }
      const stage = orMissing(() => planStage(this.#graph, { types, values, wide }, this.#gpu.caps));
      if (!stage) await loadOverflowHelpers();
      else if (!('demanded' in stage)) return this.#entry(key, async () => stage);
      else for (const name of stage.demanded) demanded.add(name);
    }
  }

  #entry(key: string, plan: () => Promise<Stage>): Promise<Entry> {
    const entry = this.#build(plan);
    this.#entries.set(key, entry);
    entry.catch(() => this.#entries.delete(key));
    for (const [oldest, old] of this.#entries) {
      if (this.#entries.size <= plansKept) break;
      this.#entries.delete(oldest);
      release(old);
    }
    return entry;
  }

  async #build(plan: () => Promise<Stage>): Promise<Entry> {
    const stage = await plan();
    const programs = await Promise.all(stage.steps.map((step) => (step.on === 'gpu' ? Program.create(this.#gpu, step.plan) : undefined)));
    return {
      stage,
      within: this.#within,
      programs,
      rest: stage.rest ? new Executor(this.#gpu, stage.rest, this.#within) : undefined,
      bodies: new Map(),
    };
  }

  async #execute(entry: Entry, feeds: Environment, owned: Set<GpuTensor>, options: ExecuteOptions): Promise<Map<string, RuntimeValue>> {
    const { stage, programs, rest } = entry;
    const values = new Map<string, RuntimeValue>([...feeds, ...stage.constants]);
    for (const [index, step] of stage.steps.entries()) {
      throwIfCancelled(options.signal, 'the run');
      if (step.on === 'gpu') {
        const program = programs[index] as Program;
        for (const [name, tensor] of Object.entries(program.runOnDevice(tensorFeeds(values, program)))) {
          owned.add(tensor);
          values.set(name, tensor);
        }
        continue;
      }
      const results = await this.#hostStep(entry, step, values, owned, options);
      step.node.outputs.forEach((name, output) => {
        if (name !== '') values.set(name, results[output] as RuntimeValue);
      });
    }
    if (rest) {
      for (const [name, value] of await rest.runInPlace(values, options)) {
        for (const tensor of deviceTensorsOf(value)) owned.add(tensor);
        values.set(name, value);
      }
    }
    return new Map(this.#graph.outputs.map((name) => [name, values.get(name) as RuntimeValue]));
  }

  async #hostStep(
    entry: Entry,
    step: HostStep,
    values: Environment,
    owned: Set<GpuTensor>,
    options: ExecuteOptions,
  ): Promise<readonly RuntimeValue[]> {
    const { node } = step;
    const op = opOf(node);
    const inputs = node.inputs.map((name) => (name === '' ? undefined : values.get(name)));
    try {
      if (op.passes) return inputs as readonly RuntimeValue[];
      if (!op.run) {
        const tensors = await Promise.all(inputs.map((value) => (isTensorValue(value) ? hostTensor(value) : undefined)));
        return op.reference(tensors, attributesOf(node), node.outputs.length);
      }
      return await op.run(inputs, attributesOf(node), {
        outputs: node.outputs.length,
        body: async (graph, feeds) => {
          const body = step.bodies.get(graph);
          if (!body) throw new EngineError('internal', 'this graph is no subgraph of the node');
          let executor = entry.bodies.get(graph);
          if (!executor) {
            executor = new Executor(this.#gpu, body.graph, describeNode(node));
            entry.bodies.set(graph, executor);
          }
          const names = [...graph.inputs, ...body.captures];
          const given = [...feeds, ...body.captures.map((name) => values.get(name) as RuntimeValue)];
          const results = await executor.runInPlace(new Map(names.map((name, index) => [name, given[index] as RuntimeValue])), options);
          for (const value of results.values()) for (const tensor of deviceTensorsOf(value)) owned.add(tensor);
          return graph.outputs.map((name) => results.get(name) as RuntimeValue);
        },
      });
    } catch (error) {
      if (!(error instanceof EngineError) || error.node !== undefined || error.code === 'cancelled') throw error;
      throw new EngineError(error.code, error.message.replace(/\.$/, ''), { where: describeNode(node), node: node.name, cause: error });
    }
  }
}

/** What is planned; undefined where the WGSL for 64-bit integers has to be loaded for it. */
function orMissing<T>(plan: () => T): T | undefined {
  try {
    return plan();
  } catch (error) {
    if (error instanceof OverflowHelpersMissing) return undefined;
    throw error;
  }
}

function release(entry: Promise<Entry>): void {
  entry
    .then(({ programs, rest, bodies }) => {
      for (const program of programs) program?.dispose();
      rest?.dispose();
      for (const body of bodies.values()) body.dispose();
    })
    .catch(() => undefined);
}

function signatureOf(type: ValueType | undefined, wide: boolean): string {
  return type ? `${type.dtype}[${type.shape.join()}]${wide ? '!' : ''}` : 'any';
}

function tensorFeeds(values: Environment, { plan }: Program): Record<string, Tensor | GpuTensor> {
  return Object.fromEntries(plan.inputs.map(({ name }) => [name, values.get(name) as Tensor | GpuTensor]));
}

/** The tensors on the device that a value consists of. */
export function deviceTensorsOf(value: RuntimeValue): readonly GpuTensor[] {
  const items = value instanceof Sequence ? value.items : [value];
  return items.filter((item): item is GpuTensor => item instanceof GpuTensor);
}

/** The value with everything read back. */
export async function onHost(value: RuntimeValue): Promise<RuntimeValue> {
  if (value === null) return null;
  if (value instanceof Sequence) return new Sequence(await Promise.all(value.items.map(hostTensor)), value.dtype);
  return hostTensor(value);
}

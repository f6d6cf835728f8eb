import { EngineError, throwIfCancelled } from '../errors.ts';
import { adapterName, Gpu, isSoftware } from '../gpu/gpu.ts';
import { GpuTensor } from '../gpu/program.ts';
import { describeNode, type Graph } from '../ir/graph.ts';
import { isTensorValue, type RuntimeValue, Sequence } from '../ops/value.ts';
import { cut } from '../passes/cut.ts';
import { toPrecision } from '../passes/precision.ts';
import { prepare } from '../passes/prepare.ts';
import { specialise } from '../passes/specialise.ts';
import { isWide, Tensor } from '../tensor/tensor.ts';
import { elemOf } from '../wgsl/elem.ts';
import { overflowBinding } from '../wgsl/overflow.ts';
import { bindFeeds } from './dimensions.ts';
import type { DeviceTensor, Engine, ExplainStep, Explanation, Feed, FeedValue, LoadOptions, RunOptions, Session } from './engine.ts';
import { deviceTensorsOf, type Environment, Executor, onHost, type Trace } from './executor.ts';
import { HeldStates } from './held-states.ts';
import { assertSupported } from './supported.ts';

/** Our own kernels on a WebGPU device. */
export class WebgpuEngine implements Engine {
  readonly backend = 'webgpu';
  readonly adapter: NonNullable<Engine['adapter']>;
  readonly reason: string;
  readonly #gpu: Gpu;
  /** Weight-level folding is done once a graph, so that every session of it shares the same constants. */
  readonly #prepared = new WeakMap<Graph, Map<string, Graph>>();

  private constructor(gpu: Gpu, reason: string) {
    this.#gpu = gpu;
    this.reason = reason;
    const { info, features } = gpu.adapter;
    this.adapter = {
      vendor: info.vendor,
      architecture: info.architecture,
      description: adapterName(info),
      kind: isSoftware(info) ? 'software' : 'hardware',
      features: [...features].sort(),
    };
  }

  static async open(adapter: GPUAdapter, reason: string): Promise<WebgpuEngine> {
    return new WebgpuEngine(await Gpu.open(adapter), reason);
  }

  async load(model: { readonly graph: Graph } | Graph, options: LoadOptions = {}): Promise<Session> {
    const graph = 'graph' in model ? model.graph : model;
    const session = new WebgpuSession(this.#gpu, this.#prepare(graph, options), options);
    await session.open();
    return session;
  }

  async upload(tensor: Tensor): Promise<GpuTensor> {
    return GpuTensor.upload(this.#gpu, tensor, elemOf(tensor.dtype, this.#gpu.caps));
  }

  dispose(): void {
    this.#gpu.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #prepare(graph: Graph, { outputs, precision }: LoadOptions): Graph {
    const variants = this.#prepared.get(graph) ?? new Map<string, Graph>();
    this.#prepared.set(graph, variants);
    const key = JSON.stringify([outputs, precision]);
    const known = variants.get(key);
    if (known) return known;
    const wanted = outputs ? cut(graph, outputs) : graph;
    assertSupported(wanted);
    const folded = prepare(wanted);
    const prepared = precision === 'f16' ? toPrecision(folded, 'float16') : folded;
    variants.set(key, prepared);
    return prepared;
  }
}

class WebgpuSession implements Session {
  readonly #gpu: Gpu;
  readonly #graph: Graph;
  readonly #executor: Executor;
  #latest: Trace | undefined;

  readonly #states: HeldStates;

  constructor(gpu: Gpu, graph: Graph, { dimensions = {}, states }: LoadOptions) {
    this.#gpu = gpu;
    this.#graph = Object.keys(dimensions).length > 0 ? specialise(graph, dimensions) : graph;
    this.#executor = new Executor(gpu, this.#graph);
    this.#states = new HeldStates(this.#graph, states);
  }

  get states(): readonly string[] {
    return this.#states.names;
  }

  resetStates(): void {
    this.#states.reset();
  }

  /** Builds the program now when nothing is left to bind, so that `load` shows what is wrong and the first run is fast. */
  async open(): Promise<void> {
    const entry = await this.#executor.open();
    if (entry) this.#latest = new Set([entry]);
  }

  async run(feeds: Readonly<Record<string, Feed>>, options: RunOptions = {}): Promise<Record<string, Tensor>> {
    const values = await this.runValues(feeds, options);
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, onlyTensor(name, value)]));
  }

  async runValues(feeds: Readonly<Record<string, FeedValue>>, { signal }: RunOptions = {}): Promise<Record<string, RuntimeValue>> {
    const trace: Trace = new Set();
    const environment = this.#environment(feeds, signal);
    if (this.#states.names.length === 0) {
      const values = await this.#executor.run(environment, { signal, trace });
      this.#latest = trace;
      return Object.fromEntries(values);
    }
    const outputs = await this.#executor.runInPlace(environment, { signal, trace });
    this.#latest = trace;
    const visible = this.#states.visible(outputs);
    const fed = new Set([...environment.values()].flatMap(deviceTensorsOf));
    const release = (values: Iterable<RuntimeValue>) => {
      for (const tensor of [...values].flatMap(deviceTensorsOf)) if (!fed.has(tensor)) tensor.dispose();
    };
    try {
      const reads = [...visible].map(async ([name, value]) => [name, await onHost(value)] as const);
      const [values] = await Promise.all([
        Promise.all(reads),
        // The next states are not read; what they hold has to be right all the same.
        ...[...outputs.values()].flatMap(deviceTensorsOf).map(({ verdict }) => verdict),
      ]);
      this.#states.keep(outputs);
      release(visible.values());
      return Object.fromEntries(values);
    } catch (error) {
      // The states stay what they were before the run.
      release(outputs.values());
      throw error;
    }
  }

  async runOnDevice(feeds: Readonly<Record<string, Feed>>, { signal }: RunOptions = {}): Promise<Record<string, DeviceTensor>> {
    const trace: Trace = new Set();
    const values = this.#states.keep(await this.#executor.runInPlace(this.#environment(feeds, signal), { signal, trace }));
    this.#latest = trace;
    return Object.fromEntries([...values].map(([name, value]) => [name, this.#onDevice(name, value)]));
  }

  explain(): Explanation {
    if (!this.#latest) {
      throw new EngineError('invalid-argument', 'nothing is planned yet', {
        where: 'explain',
        hint: 'Give every symbolic dimension in `load`, or run once before.',
      });
    }
    return explainTrace(this.#latest);
  }

  dispose(): void {
    this.#states.reset();
    this.#executor.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #environment(feeds: Readonly<Record<string, FeedValue>>, signal: AbortSignal | undefined): Environment {
    throwIfCancelled(signal, 'the run');
    const all = this.#states.feed(feeds);
    bindFeeds(this.#graph, all);
    return new Map(
      Object.entries(all).map(([name, feed]): [string, RuntimeValue] => {
        if (feed === null || feed instanceof Tensor || feed instanceof GpuTensor || feed instanceof Sequence) return [name, feed];
        throw new EngineError('invalid-argument', 'a feed is on another engine', {
          where: `input '${name}'`,
          hint: 'Read it back first, or upload it to this engine.',
        });
      }),
    );
  }

  /** What the host has computed goes up where the GPU can hold it, and else stays: a caller need not know. */
  #onDevice(name: string, value: RuntimeValue): DeviceTensor {
    const tensor = onlyTensor(name, value);
    if (!(tensor instanceof Tensor)) return tensor as GpuTensor;
    if (tensor.dtype !== 'string' && tensor.dtype !== 'float64' && !isWide(tensor)) {
      return GpuTensor.upload(this.#gpu, tensor, elemOf(tensor.dtype, this.#gpu.caps));
    }
    return { dtype: tensor.dtype, shape: tensor.shape, read: async () => tensor, dispose: () => undefined };
  }
}

function onlyTensor(name: string, value: RuntimeValue): Tensor {
  if (isTensorValue(value)) return value as Tensor;
  throw new EngineError('unsupported', `output '${name}' is ${value === null ? 'an empty optional' : 'a sequence'}`, {
    where: 'run',
    expected: 'a tensor',
    hint: '`session.runValues` gives outputs of every kind.',
  });
}

function explainTrace(trace: Trace): Explanation {
  const stages = [...trace];
  const plans = stages.flatMap(({ stage }) => stage.steps.flatMap((step) => (step.on === 'gpu' ? [step.plan] : [])));
  const buffers = plans.flatMap((plan) => plan.buffers);
  const seen = new Set<Tensor>();
  // Plans share their weights.
  const counted = buffers.filter((buffer) => buffer.kind !== 'constant' || (!seen.has(buffer.tensor) && seen.add(buffer.tensor)));
  const sum = (kinds: readonly string[]) => counted.reduce((total, { kind, bytes }) => total + (kinds.includes(kind) ? bytes : 0), 0);
  const dispatched = plans.flatMap((plan) => plan.steps);
  return {
    dispatches: dispatched.length,
    floats: dispatched.reduce((total, { dispatch }) => total + (dispatch.floats ?? 0), 0),
    bytes: sum(['constant']),
    peakBytes: sum(['constant', 'input', 'arena']),
    hostSteps: stages.reduce((total, { stage }) => total + stage.steps.filter(({ on }) => on === 'host').length, 0),
    steps: stages.flatMap(({ stage, within }) =>
      stage.steps.flatMap((step): ExplainStep[] => {
        const prefix = within === '' ? '' : `${within} / `;
        if (step.on === 'host') {
          const outputs = step.node.outputs.filter((name) => name !== '');
          return [{ on: 'host', node: prefix + describeNode(step.node), kernel: 'host', grid: [0, 0, 0], outputs }];
        }
        return step.plan.steps.map(({ node, candidate, dispatch, outputs }) => ({
          on: 'gpu',
          node: prefix + node,
          kernel: `${candidate}/${dispatch.kernel.name}`,
          grid: dispatch.grid,
          outputs,
          ...(dispatch.bind.includes(overflowBinding.name) ? { watched: true } : {}),
        }));
      }),
    ),
  };
}

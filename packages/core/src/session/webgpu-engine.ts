import { EngineError, throwIfCancelled } from '../errors.ts';
import { adapterName, Gpu, isSoftware } from '../gpu/gpu.ts';
import { GpuTensor, Program } from '../gpu/program.ts';
import type { Graph } from '../ir/graph.ts';
import { cut } from '../passes/cut.ts';
import { optimise } from '../passes/optimise.ts';
import { toPrecision } from '../passes/precision.ts';
import { prepare } from '../passes/prepare.ts';
import { specialise } from '../passes/specialise.ts';
import type { Plan } from '../plan/plan.ts';
import { planGraph } from '../plan/plan-graph.ts';
import { Tensor } from '../tensor/tensor.ts';
import { elemOf } from '../wgsl/elem.ts';
import { bindFeeds, dimensionKey, isFullyBound } from './dimensions.ts';
import type { DeviceTensor, Engine, Explanation, Feed, LoadOptions, RunOptions, Session } from './engine.ts';
import { assertSupported, assertTyped } from './supported.ts';

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
    const session = new WebgpuSession(this.#gpu, this.#prepare(graph, options), options.dimensions ?? {});
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
  /** One program for each binding of the dimensions that `load` left open. */
  readonly #programs = new Map<string, Promise<Program>>();
  #latest: Plan | undefined;

  constructor(gpu: Gpu, graph: Graph, dimensions: Readonly<Record<string, number>>) {
    this.#gpu = gpu;
    this.#graph = Object.keys(dimensions).length > 0 ? specialise(graph, dimensions) : graph;
  }

  /** Builds the program now when nothing is left to bind, so that `load` shows what is wrong and the first run is fast. */
  async open(): Promise<void> {
    if (isFullyBound(this.#graph)) await this.#program({});
  }

  async run(feeds: Readonly<Record<string, Feed>>, { signal }: RunOptions = {}): Promise<Record<string, Tensor>> {
    throwIfCancelled(signal, 'the run');
    const program = await this.#program(bindFeeds(this.#graph, feeds));
    throwIfCancelled(signal, 'the run');
    return program.run(this.#own(feeds));
  }

  async runOnDevice(feeds: Readonly<Record<string, Feed>>, { signal }: RunOptions = {}): Promise<Record<string, DeviceTensor>> {
    throwIfCancelled(signal, 'the run');
    const program = await this.#program(bindFeeds(this.#graph, feeds));
    return program.runOnDevice(this.#own(feeds));
  }

  explain(): Explanation {
    if (!this.#latest) {
      throw new EngineError('invalid-argument', 'nothing is planned yet', {
        where: 'explain',
        hint: 'Give every symbolic dimension in `load`, or run once before.',
      });
    }
    return explainPlan(this.#latest);
  }

  dispose(): void {
    for (const program of this.#programs.values()) program.then((each) => each.dispose()).catch(() => undefined);
    this.#programs.clear();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #program(bindings: Readonly<Record<string, number>>): Promise<Program> {
    const key = dimensionKey(bindings);
    let program = this.#programs.get(key);
    if (!program) {
      program = this.#build(bindings);
      this.#programs.set(key, program);
      program.catch(() => this.#programs.delete(key));
    }
    return program;
  }

  async #build(bindings: Readonly<Record<string, number>>): Promise<Program> {
    const bound = optimise(assertTyped(specialise(this.#graph, bindings)), this.#gpu.caps);
    const plan = planGraph(bound, this.#gpu.caps);
    const program = await Program.create(this.#gpu, plan);
    this.#latest = plan;
    return program;
  }

  #own(feeds: Readonly<Record<string, Feed>>): Record<string, Tensor | GpuTensor> {
    return Object.fromEntries(
      Object.entries(feeds).map(([name, feed]) => {
        if (feed instanceof Tensor || feed instanceof GpuTensor) return [name, feed];
        throw new EngineError('invalid-argument', 'a feed is on another engine', {
          where: `input '${name}'`,
          hint: 'Read it back first, or upload it to this engine.',
        });
      }),
    );
  }
}

function explainPlan(plan: Plan): Explanation {
  const sum = (kinds: readonly string[]) => plan.buffers.reduce((total, { kind, bytes }) => total + (kinds.includes(kind) ? bytes : 0), 0);
  return {
    dispatches: plan.steps.length,
    floats: plan.steps.reduce((total, { dispatch }) => total + (dispatch.floats ?? 0), 0),
    bytes: sum(['constant']),
    peakBytes: sum(['constant', 'input', 'arena']),
    steps: plan.steps.map(({ node, candidate, dispatch, outputs }) => ({
      node,
      kernel: `${candidate}/${dispatch.kernel.name}`,
      grid: dispatch.grid,
      outputs,
    })),
  };
}

import { EngineError, throwIfCancelled } from '../errors.ts';
import type { Graph } from '../ir/graph.ts';
import { encodeModel } from '../onnx/encode.ts';
import { exportGraph } from '../onnx/export.ts';
import { isTensorValue, type RuntimeValue } from '../ops/value.ts';
import { cut } from '../passes/cut.ts';
import { specialise } from '../passes/specialise.ts';
import { Tensor } from '../tensor/tensor.ts';
import { createWasmSession, type WasmSession } from '../wasm/session.ts';
import { bindFeeds } from './dimensions.ts';
import type { DeviceTensor, Engine, Explanation, Feed, FeedValue, LoadOptions, RunOptions, Session } from './engine.ts';
import { HeldStates } from './held-states.ts';

/** onnxruntime-web on the CPU: the fallback, and the independent check of our own kernels. It runs the same Graph, exported. */
export class WasmEngine implements Engine {
  readonly backend = 'wasm';
  readonly adapter = undefined;
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }

  async load(model: { readonly graph: Graph } | Graph, { outputs, dimensions, states }: LoadOptions = {}): Promise<Session> {
    const whole = 'graph' in model ? model.graph : model;
    const wanted = outputs ? cut(whole, outputs) : whole;
    const graph = dimensions ? specialise(wanted, dimensions) : wanted;
    return new WasmEngineSession(graph, await createWasmSession(encodeModel(exportGraph(graph))), new HeldStates(graph, states));
  }

  async upload(tensor: Tensor): Promise<DeviceTensor> {
    return hostTensor(tensor);
  }

  dispose(): void {
    // Sessions own all there is.
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

class WasmEngineSession implements Session {
  readonly #graph: Graph;
  readonly #session: WasmSession;
  readonly #states: HeldStates;

  constructor(graph: Graph, session: WasmSession, states: HeldStates) {
    this.#states = states;
    this.#graph = graph;
    this.#session = session;
  }

  async run(feeds: Readonly<Record<string, Feed>>, { signal }: RunOptions = {}): Promise<Record<string, Tensor>> {
    throwIfCancelled(signal, 'the run');
    const all = this.#states.feed(feeds) as Record<string, Feed>;
    bindFeeds(this.#graph, all);
    const tensors = await Promise.all(
      Object.entries(all).map(async ([name, feed]) => [name, feed instanceof Tensor ? feed : await feed.read()] as const),
    );
    const outputs = await this.#session.run(Object.fromEntries(tensors));
    return Object.fromEntries(this.#states.keep(new Map(Object.entries(outputs)))) as Record<string, Tensor>;
  }

  async runValues(feeds: Readonly<Record<string, FeedValue>>, options: RunOptions = {}): Promise<Record<string, RuntimeValue>> {
    const tensors = Object.entries(feeds).map(([name, feed]): [string, Feed] => {
      if (isTensorValue(feed)) return [name, feed as Feed];
      throw new EngineError('unsupported', 'the wasm engine takes tensors only', {
        where: `input '${name}'`,
        hint: "Load the model with backend: 'webgpu'.",
      });
    });
    return this.run(Object.fromEntries(tensors), options);
  }

  async runOnDevice(feeds: Readonly<Record<string, Feed>>, options: RunOptions = {}): Promise<Record<string, DeviceTensor>> {
    const outputs = await this.run(feeds, options);
    return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, hostTensor(tensor)]));
  }

  get states(): readonly string[] {
    return this.#states.names;
  }

  resetStates(): void {
    this.#states.reset();
  }

  explain(): Explanation {
    throw new EngineError('unsupported', 'the wasm engine does not tell its steps', {
      where: 'explain',
      hint: "Load the model with backend: 'webgpu'.",
    });
  }

  dispose(): void {
    this.#session.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

function hostTensor(tensor: Tensor): DeviceTensor {
  return { dtype: tensor.dtype, shape: tensor.shape, read: async () => tensor, dispose: () => undefined };
}

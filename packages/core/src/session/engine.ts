import type { Graph } from '../ir/graph.ts';
import type { RuntimeValue, Sequence } from '../ops/value.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { StatePairs } from './states.ts';

/** A value that stays where the engine computes: a GPU buffer on `webgpu`, host memory on `wasm`. */
export interface DeviceTensor {
  readonly dtype: Tensor['dtype'];
  readonly shape: readonly number[];
  read(): Promise<Tensor>;
  dispose(): void;
}

export type Feed = Tensor | DeviceTensor;

/** What an input can be fed with: sequences and, for optionals that hold nothing, null, beside tensors. */
export type FeedValue = Feed | Sequence | null;

export interface LoadOptions {
  /** Values to compute, any of the graph; the model's outputs when left out. */
  readonly outputs?: readonly string[];
  /** Sizes of symbolic dimensions. `batch` names the leading one whatever the file calls it; `height` and `width` rebind image inputs, fixed ones too. */
  readonly dimensions?: Readonly<Record<string, number>>;
  readonly precision?: 'f32' | 'f16';
  /**
   * State inputs with the outputs that are their next values, or `auto` for what the names tell (`past_key_values.0.key` ← `present.0.key`).
   * The session keeps them on the device from run to run: runs neither feed nor give them. They start as zeros.
   */
  readonly states?: 'auto' | StatePairs;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
}

export interface ExplainStep {
  /** Where it runs: `host` is what WGSL cannot hold, between dispatches. */
  readonly on: 'gpu' | 'host';
  readonly node: string;
  readonly kernel: string;
  readonly grid: readonly [number, number, number];
  readonly outputs: readonly string[];
  /** It computes 64-bit integers in 32 bits; a run in which one does not fit is refused. */
  readonly watched?: true;
}

export interface Explanation {
  /** Dispatches of one run. */
  readonly dispatches: number;
  /** Floating-point multiply-adds of one run, counted twice; 0 where not known. */
  readonly floats: number;
  /** Bytes of weights on the device. */
  readonly bytes: number;
  /** Bytes of weights, inputs and arena together. */
  readonly peakBytes: number;
  /** Steps that run on the host. */
  readonly hostSteps: number;
  readonly steps: readonly ExplainStep[];
}

export interface Session {
  run(feeds: Readonly<Record<string, Feed>>, options?: RunOptions): Promise<Record<string, Tensor>>;
  /** As `run`, for models with inputs or outputs that are sequences or optionals. */
  runValues(feeds: Readonly<Record<string, FeedValue>>, options?: RunOptions): Promise<Record<string, RuntimeValue>>;
  /** As `run`, and the outputs stay on the device: feed them to another run, or `read()` them. */
  runOnDevice(feeds: Readonly<Record<string, Feed>>, options?: RunOptions): Promise<Record<string, DeviceTensor>>;
  /** State inputs that the session keeps between runs. */
  readonly states: readonly string[];
  /** Forgets the states: the next run starts anew. */
  resetStates(): void;
  explain(): Explanation;
  dispose(): void;
  [Symbol.dispose](): void;
}

export interface AdapterSummary {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly kind: 'hardware' | 'software';
  readonly features: readonly string[];
}

/** What executes graphs. */
export interface Engine {
  readonly backend: 'webgpu' | 'wasm';
  /** Undefined on `wasm`. */
  readonly adapter: AdapterSummary | undefined;
  /** Why this backend was chosen, one sentence for people. */
  readonly reason: string;
  load(model: { readonly graph: Graph } | Graph, options?: LoadOptions): Promise<Session>;
  /** Puts a host tensor where this engine computes. */
  upload(tensor: Tensor): Promise<DeviceTensor>;
  dispose(): void;
  [Symbol.dispose](): void;
}

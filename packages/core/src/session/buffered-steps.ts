import { EngineError } from '../errors.ts';
import type { Graph, ValueType } from '../ir/graph.ts';
import { type BufferedGraphs, withBuffers } from '../passes/with-buffers.ts';
import { isFloat } from '../tensor/dtype.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { type DecoderSteps, decoderInputs, isClose, type PlainSteps, requireRoom, rowOf, type Step, tokenFeeds } from './decoder-steps.ts';
import type { DeviceTensor, Engine, Session } from './engine.ts';
import { initialState, type StatePairs } from './states.ts';

interface Loaded {
  readonly graphs: BufferedGraphs;
  readonly first: Session;
  readonly step: Session;
}

export interface BufferedOptions {
  readonly engine: Engine;
  readonly graph: Graph;
  readonly logits: string;
  readonly states: StatePairs;
  readonly contextLength: number;
  /** Opens the file's own graph: for comparison, and for texts that no buffer fits. */
  readonly openPlain: () => Promise<PlainSteps>;
}

/**
 * Caches of the file in buffers of one size: the prompt runs as the file has it, one plan for each length; every further token runs the same
 * plan. Sizes are powers of two up to the context, each with a plan of its own.
 */
export class BufferedSteps implements DecoderSteps {
  readonly cached = true;
  readonly #options: BufferedOptions;
  readonly #loaded = new Map<number, Promise<Loaded | undefined>>();
  /** What the text being written runs on; undefined where it is written the plain way. */
  #current: Loaded | undefined;
  /** What the first run has given for all steps, such as keys and values of an encoder. */
  #fixed: Readonly<Record<string, DeviceTensor>> = {};
  /** The buffers as the first run has left them, for the second. */
  #written: Readonly<Record<string, DeviceTensor>> = {};
  #plain: Promise<PlainSteps> | undefined;
  #latest: Session;

  private constructor(options: BufferedOptions, first: Session) {
    this.#options = options;
    this.#latest = first;
  }

  /**
   * @param plain the file's own graph, which is given back when this stands in for it
   * @returns undefined where the caches are of another kind, or some steps give other scores than the file's own graph
   */
  static async open(options: BufferedOptions, plain: PlainSteps): Promise<BufferedSteps | undefined> {
    const steps = new BufferedSteps(options, plain.session);
    if (await steps.#agrees(plain)) {
      plain.dispose();
      return steps;
    }
    await steps.#release();
    return undefined;
  }

  get session(): Session {
    return this.#latest;
  }

  async scores(step: Step): Promise<Float32Array> {
    const { first, most, tokens } = step;
    if (!first && this.#current) return this.#next(step);
    if (first) {
      this.reset();
      let capacity = smallestBuffer;
      while (capacity < Math.max(most, tokens.length)) capacity *= 2;
      this.#current = await this.#load(Math.min(capacity, this.#options.contextLength));
      if (this.#current) return this.#begin(step);
    }
    this.#plain ??= this.#options.openPlain();
    const plain = await this.#plain;
    this.#latest = plain.session;
    return plain.scores(step);
  }

  reset(): void {
    this.#current?.step.resetStates();
    this.#current = undefined;
    disposeAll(this.#fixed);
    disposeAll(this.#written);
    this.#fixed = {};
    this.#written = {};
  }

  dispose(): void {
    this.reset();
    void this.#release();
  }

  async #release(): Promise<void> {
    for (const each of this.#loaded.values()) {
      const loaded = await each.catch(() => undefined);
      loaded?.first.dispose();
      loaded?.step.dispose();
    }
    this.#loaded.clear();
    (await this.#plain?.catch(() => undefined))?.dispose();
  }

  #load(capacity: number): Promise<Loaded | undefined> {
    const known = this.#loaded.get(capacity);
    if (known) return known;
    const { engine, graph, states, logits } = this.#options;
    const load = async (): Promise<Loaded | undefined> => {
      const graphs = withBuffers(graph, decoderInputs, states, logits, capacity);
      if (!graphs) return undefined;
      const first = await engine.load(graphs.first);
      return { graphs, first, step: await engine.load(graphs.step.graph, { states: graphs.step.states }) };
    };
    // What the device cannot hold so is written the plain way.
    const loaded = load().catch((error: unknown) => {
      if (error instanceof EngineError) return undefined;
      throw error;
    });
    this.#loaded.set(capacity, loaded);
    return loaded;
  }

  /** @param fill what stands in the buffers behind what is written: 0, or something else to show that nothing sees it */
  async #begin({ tokens, feeds, signal }: Step, fill = 0): Promise<Float32Array> {
    const { graphs, first } = this.#current as Loaded;
    const { graph, logits, states } = this.#options;
    const given = { ...tokenFeeds(graph, tokens, 0, true, tokens.length, new Set(Object.keys(feeds))), ...feeds };
    const empty = Object.fromEntries(Object.keys(states).map((name) => [name, initialState(graph, name, given)]));
    this.#latest = first;
    const read = Object.entries({ ...empty, ...given }).filter(([name]) => graphs.first.inputs.includes(name));
    const outputs = await first.runOnDevice(Object.fromEntries(read), signal ? { signal } : {});
    const { [logits]: scores, ...rest } = outputs as Record<string, DeviceTensor>;
    const caches = Object.entries(graphs.outputs).map(([past, output]) => [past, rest[output] as DeviceTensor] as const);
    this.#fixed = Object.fromEntries(caches.filter(([past]) => !(past in graphs.axes)));
    this.#written = Object.fromEntries(caches.filter(([past]) => past in graphs.axes));
    if (fill !== 0) {
      for (const [past, axis] of Object.entries(graphs.axes)) {
        const written = this.#written[past] as DeviceTensor;
        this.#written = {
          ...this.#written,
          [past]: await this.#options.engine.upload(filled(await written.read(), axis, tokens.length, fill)),
        };
        written.dispose();
      }
    }
    const values = await (scores as DeviceTensor).read();
    scores?.dispose();
    return rowOf(values, (values.shape.at(-2) as number) - 1);
  }

  async #next({ tokens, feeds, signal }: Step): Promise<Float32Array> {
    const { graphs, step } = this.#current as Loaded;
    const { logits } = this.#options;
    const { graph } = graphs.step;
    const at = tokens.length - 1;
    const total = graphs.capacity;
    requireRoom(tokens.length, total);
    const own = tokenFeeds(graph, tokens.slice(-1), at, false, total, new Set([...Object.keys(feeds), ...step.states]));
    const wanted = { ...this.#fixed, ...feeds };
    const given = Object.fromEntries(Object.entries(wanted).filter(([name]) => graph.inputs.includes(name)));
    this.#latest = step;
    const outputs = await step.run({ ...own, ...given, ...this.#written }, signal ? { signal } : {});
    disposeAll(this.#written);
    this.#written = {};
    return rowOf(outputs[logits] as Tensor, 0);
  }

  /**
   * Whether two steps give the scores that the file's own graph gives, whatever stands in the unwritten part of the buffers. Where activations
   * are quantised as they come, one that is rounded the other way changes all that follows, so that a second text may agree where a first does not;
   * a graph that is wrong agrees in none.
   */
  async #agrees(plain: PlainSteps): Promise<boolean> {
    const capacity = Math.min(smallestBuffer, this.#options.contextLength);
    try {
      const loaded = await this.#load(capacity);
      if (!loaded) return false;
      for (const text of sampleTexts) if (await this.#agreesOn(text, loaded, plain)) return true;
      return false;
    } catch (error) {
      if (error instanceof EngineError) return false;
      throw error;
    }
  }

  async #agreesOn(text: readonly number[], loaded: Loaded, plain: PlainSteps): Promise<boolean> {
    const { graph, states } = this.#options;
    const { axes, capacity } = loaded.graphs;
    const prompt = text.slice(0, 3);
    const base = { most: capacity, feeds: sampleFeeds(graph, states), signal: undefined };
    try {
      this.#current = loaded;
      await this.#begin({ ...base, tokens: prompt, first: true }, 3);
      // The file's graph goes on from the same caches, cut to what is written.
      const read = async ([past, tensor]: [string, DeviceTensor]) => {
        const axis = axes[past];
        const whole = await tensor.read();
        return [past, axis === undefined ? whole : beginning(whole, axis, prompt.length)] as const;
      };
      const caches = Object.fromEntries(await Promise.all(Object.entries({ ...this.#fixed, ...this.#written }).map(read)));
      for (let count = prompt.length + 1; count <= text.length; count++) {
        const step: Step = { ...base, tokens: text.slice(0, count), first: false };
        const feeds = { ...base.feeds, ...(count === prompt.length + 1 ? caches : {}) };
        if (!isClose(await this.#next(step), await plain.scores({ ...step, feeds }))) return false;
      }
      return true;
    } finally {
      plain.reset();
      this.reset();
    }
  }
}

/** Texts that steps are compared on. */
const sampleTexts: readonly (readonly number[])[] = [
  [1, 2, 3, 4, 5],
  [5, 4, 3, 2, 1],
  [2, 4, 1, 5, 3],
];
const smallestBuffer = 64;

/** Some values for what a decoder is fed besides its tokens, such as an encoder's result: open dimensions are 1 for the batch, else 4. */
function sampleFeeds(graph: Graph, states: StatePairs): Record<string, Tensor> {
  const own = new Set([...Object.keys(tokenFeeds(graph, [1], 0, true, 1, new Set())), ...Object.keys(states)]);
  const batch = graph.types.get(decoderInputs.tokens)?.shape[0];
  const others = graph.inputs.filter((name) => !own.has(name));
  return Object.fromEntries(
    others.map((name) => {
      const { dtype, shape } = graph.types.get(name) as ValueType;
      const bound = shape.map((dim) => (typeof dim === 'number' ? dim : dim === batch ? 1 : 4));
      const values = Array.from({ length: sizeOf(bound) }, (_, index) => (isFloat(dtype) ? Math.sin(index * 1.7) : 1));
      return [name, Tensor.from(values, bound, 'float64').cast(dtype)];
    }),
  );
}

/** The tensor with `value` from index `from` of an axis on. */
function filled(tensor: Tensor, axis: number, from: number, value: number): Tensor {
  const inner = sizeOf(tensor.shape.slice(axis + 1));
  const dim = tensor.shape[axis] as number;
  const values = tensor.toNumbers().map((old, offset) => (Math.floor(offset / inner) % dim >= from ? value : old));
  return Tensor.from(values, tensor.shape, 'float64').cast(tensor.dtype);
}

/** The first `count` of an axis. */
function beginning(tensor: Tensor, axis: number, count: number): Tensor {
  const inner = sizeOf(tensor.shape.slice(axis + 1));
  const dim = tensor.shape[axis] as number;
  const values = tensor.toNumbers().filter((_, offset) => Math.floor(offset / inner) % dim < count);
  return Tensor.from(values, tensor.shape.with(axis, count), 'float64').cast(tensor.dtype);
}

function disposeAll(tensors: Readonly<Record<string, DeviceTensor>>): void {
  for (const tensor of Object.values(tensors)) tensor.dispose();
}

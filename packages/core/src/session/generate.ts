import { EngineError, throwIfCancelled } from '../errors.ts';
import { type Graph, isBound, type ValueType } from '../ir/graph.ts';
import { loadFurtherOps } from '../ops/registry.ts';
import { cacheNames, withCache } from '../passes/with-cache.ts';
import { isFloat } from '../tensor/dtype.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Engine, Feed, Session } from './engine.ts';
import { checkSampling, type SamplingOptions, sampleToken } from './sampling.ts';
import { findStates, type StatePairs } from './states.ts';

export interface DecoderOptions {
  /** Output with the scores, [batch, tokens, vocabulary]; `logits`, or the first float output of three axes, when left out. */
  readonly logits?: string;
  /** Caches of keys and values; found by their names when left out. */
  readonly states?: StatePairs;
  /**
   * `auto` gives a decoder without a cache in its file one, where its attention is understood, and one step has shown that the results are the
   * same; `none` leaves it as it is. `auto` when left out.
   */
  readonly cache?: 'auto' | 'none';
  /** Most tokens the model can see; what the file says nothing of is not checked. */
  readonly contextLength?: number;
}

export interface GenerateOptions extends SamplingOptions {
  /** Tokens to generate at most; 128 when left out. */
  readonly maxTokens?: number;
  /** Tokens that end the text; they are not given. */
  readonly stopTokens?: readonly number[];
  /** Feeds that stay the same in every step, such as the encoder's result. */
  readonly feeds?: Readonly<Record<string, Feed>>;
  readonly signal?: AbortSignal;
}

/** Token counts are rounded up to a multiple of this where that changes nothing, so that few plans exist. */
const bucket = 16;

/** A language model that writes token by token. */
export class Decoder {
  readonly #session: Session;
  readonly #graph: Graph;
  readonly #logits: string;
  readonly #contextLength: number;
  /** Whether the cache is a buffer of fixed size, which `withCache` has made. */
  readonly #buffered: boolean;

  private constructor(session: Session, graph: Graph, logits: string, contextLength: number) {
    this.#buffered = graph.inputs.includes(cacheNames.past);
    this.#session = session;
    this.#graph = graph;
    this.#logits = logits;
    this.#contextLength = contextLength;
  }

  /**
   * Opens a decoder-only model, or the decoder of an encoder–decoder.
   * @throws EngineError `invalid-argument` when the model has no `input_ids` or no scores
   */
  static async open(engine: Engine, model: { readonly graph: Graph }, options: DecoderOptions = {}): Promise<Decoder> {
    const { graph } = model;
    const logits = options.logits ?? scoresOf(graph);
    if (!graph.inputs.includes(tokenInput) || logits === undefined) {
      throw new EngineError('invalid-argument', 'the model is no decoder', {
        where: graph.name,
        expected: `an input '${tokenInput}' and an output of scores [batch, tokens, vocabulary]`,
        got: `${graph.inputs.join(', ')} → ${graph.outputs.join(', ')}`,
      });
    }
    const states = options.states ?? findStates(graph);
    const contextLength = options.contextLength ?? Number.POSITIVE_INFINITY;
    const plain = new Decoder(
      await engine.load(model, { states, outputs: [logits, ...Object.values(states)] }),
      graph,
      logits,
      contextLength,
    );
    if (plain.cached || options.cache === 'none') return plain;
    await loadFurtherOps();
    const rewritten = withCache(graph, tokenInput);
    if (!rewritten) return plain;
    const loaded = engine.load(rewritten.graph, { states: rewritten.states, outputs: [logits, ...Object.values(rewritten.states)] });
    const cached = await loaded.then(
      (session) => new Decoder(session, rewritten.graph, logits, contextLength),
      () => undefined,
    );
    if (cached && (await agree(plain, cached))) {
      plain.dispose();
      return cached;
    }
    cached?.dispose();
    return plain;
  }

  /** Whether keys and values of past tokens are kept on the device; without them every step computes all tokens. */
  get cached(): boolean {
    return this.#session.states.length > 0;
  }

  /** The session that runs it, for `explain`. */
  get session(): Session {
    return this.#session;
  }

  /**
   * Continues a text. Each token is given as soon as it is there; leaving the loop or `signal` stops.
   * @param prompt token numbers, at least one
   * @throws EngineError `invalid-argument` for an empty prompt or options that cannot be meant; `cancelled`
   */
  async *generate(prompt: readonly number[], options: GenerateOptions = {}): AsyncGenerator<number, void, void> {
    const { maxTokens = 128, stopTokens = [], signal } = options;
    checkSampling(options);
    if (prompt.length === 0 || prompt.some((token) => !Number.isInteger(token) || token < 0)) {
      throw new EngineError('invalid-argument', 'the prompt has no tokens', { where: 'generate', expected: 'at least one token number' });
    }
    const tokens = [...prompt];
    const stops = new Set(stopTokens);
    this.#session.resetStates();
    for (let step = 0; step < maxTokens && tokens.length <= this.#contextLength; step++) {
      throwIfCancelled(signal, 'generating');
      const scores = await this.#scores(tokens, step === 0, tokens.length + maxTokens - step, options);
      const token = sampleToken(scores, tokens, step, options);
      if (stops.has(token)) return;
      tokens.push(token);
      yield token;
    }
  }

  dispose(): void {
    this.#session.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Scores of the token after the last one, as if from scratch. Not part of a text. */
  async probe(parts: readonly (readonly number[])[]): Promise<readonly number[]> {
    this.#session.resetStates();
    const tokens: number[] = [];
    let scores: readonly number[] = [];
    for (const [index, part] of parts.entries()) {
      tokens.push(...part);
      scores = await this.#scores(tokens, index === 0, bucket, {});
    }
    this.#session.resetStates();
    return scores;
  }

  /**
   * Scores of the token after the last one.
   * @param most tokens the text can come to have, which a buffered cache must hold
   */
  async #scores(
    tokens: readonly number[],
    first: boolean,
    most: number,
    { feeds = {}, signal }: GenerateOptions,
  ): Promise<readonly number[]> {
    // With a cache only what is new is computed; without one, zeros after the end are not seen by what stands before them.
    const fresh = this.cached && !first ? tokens.slice(-1) : tokens;
    const start = tokens.length - fresh.length;
    const rounded = (count: number) => Math.min(Math.ceil(count / bucket) * bucket, Math.max(this.#contextLength, count));
    const whole = first && this.#buffered;
    const length = this.cached && !whole ? fresh.length : rounded(fresh.length);
    const padded = [...fresh, ...new Array<number>(length - fresh.length).fill(0)];
    const own: Record<string, Feed> = {};
    for (const name of this.#graph.inputs) {
      if (name in feeds || this.#session.states.includes(name)) continue;
      const feed = this.#feed(name, padded, start, first);
      if (feed) own[name] = feed;
    }
    if (whole) for (const name of this.#session.states) own[name] = this.#buffer(name, rounded(Math.max(most, tokens.length)));
    const outputs = await this.#session.run({ ...own, ...feeds }, signal ? { signal } : {});
    const logits = outputs[this.#logits] as Tensor;
    const vocabulary = logits.shape.at(-1) as number;
    const last = (logits.shape.at(-2) === padded.length ? fresh.length - 1 : (logits.shape.at(-2) as number) - 1) * vocabulary;
    return Array.from({ length: vocabulary }, (_, token) => logits.at(last + token));
  }

  /** An empty cache for so many tokens. */
  #buffer(name: string, capacity: number): Tensor {
    const { dtype, shape } = this.#graph.types.get(name) as ValueType;
    return Tensor.zeros(
      shape.map((dim) => (typeof dim === 'number' ? dim : dim === cacheNames.capacity ? capacity : 1)),
      dtype,
    );
  }

  #feed(name: string, tokens: readonly number[], start: number, first: boolean): Feed | undefined {
    const type = this.#graph.types.get(name);
    const integers = (values: readonly number[]) => Tensor.from(values, [1, values.length], 'float64').cast(type?.dtype ?? 'int64');
    if (name === tokenInput || name === 'decoder_input_ids') return integers(tokens);
    if (name === cacheNames.past) return Tensor.from([BigInt(start)], [1], 'int64');
    if (name === 'attention_mask') return integers(new Array<number>(start + tokens.length).fill(1));
    if (name === 'position_ids' || name === 'cache_position') {
      const positions = integers(tokens.map((_, index) => start + index));
      return type?.shape.length === 1 ? positions.reshape([tokens.length]) : positions;
    }
    if (name === 'use_cache_branch') return Tensor.from([!first], isBound(type?.shape ?? []) ? (type?.shape as number[]) : [1], 'bool');
    return undefined;
  }
}

const tokenInput = 'input_ids';

function scoresOf(graph: Graph): string | undefined {
  if (graph.outputs.includes('logits')) return 'logits';
  return graph.outputs.find((name) => {
    const type = graph.types.get(name);
    return type && isFloat(type.dtype) && type.shape.length === 3;
  });
}

/** Whether the next token's scores are the same with a cache as without one, to float32 sums in another order. */
async function agree(plain: Decoder, cached: Decoder): Promise<boolean> {
  try {
    const expected = await plain.probe([[1, 2, 3, 4, 5]]);
    const actual = await cached.probe([[1, 2, 3], [4], [5]]);
    const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    return (
      actual.length === expected.length && actual.every((value, index) => Math.abs(value - (expected[index] as number)) <= 1e-3 * scale)
    );
  } catch (error) {
    if (error instanceof EngineError) return false;
    throw error;
  }
}

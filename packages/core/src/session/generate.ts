import { EngineError, throwIfCancelled } from '../errors.ts';
import type { Graph } from '../ir/graph.ts';
import { loadFurtherOps } from '../ops/registry.ts';
import { withCache } from '../passes/with-cache.ts';
import { isFloat } from '../tensor/dtype.ts';
import { type BufferedOptions, BufferedSteps } from './buffered-steps.ts';
import { bucket, type DecoderSteps, decoderInputs, isClose, PlainSteps, requireRoom } from './decoder-steps.ts';
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

export interface ScoreOptions {
  /** Whether the tokens begin a text; else all but the last are those of the call before. */
  readonly first: boolean;
  /** Tokens that the text can come to have, which a cache must hold; the context's length, or 256 more than there are, when left out. */
  readonly most?: number;
  readonly feeds?: Readonly<Record<string, Feed>>;
  readonly signal?: AbortSignal | undefined;
}

const unknownRoom = 256;

/** A language model that writes token by token. */
export class Decoder {
  readonly #steps: DecoderSteps;
  readonly #contextLength: number;

  private constructor(steps: DecoderSteps, contextLength: number) {
    this.#steps = steps;
    this.#contextLength = contextLength;
  }

  /**
   * Opens a decoder-only model, or the decoder of an encoder–decoder.
   * @throws EngineError `invalid-argument` when the model has no `input_ids` or no scores
   */
  static async open(engine: Engine, model: { readonly graph: Graph }, options: DecoderOptions = {}): Promise<Decoder> {
    const { graph } = model;
    const logits = options.logits ?? scoresOf(graph);
    if (!graph.inputs.includes(decoderInputs.tokens) || logits === undefined) {
      throw new EngineError('invalid-argument', 'the model is no decoder', {
        where: graph.name,
        expected: `an input '${decoderInputs.tokens}' and an output of scores [batch, tokens, vocabulary]`,
        got: `${graph.inputs.join(', ')} → ${graph.outputs.join(', ')}`,
      });
    }
    const states = options.states ?? findStates(graph);
    const contextLength = options.contextLength ?? Number.POSITIVE_INFINITY;
    const openPlain = async () => {
      const session = await engine.load(graph, { states, outputs: [logits, ...Object.values(states)] });
      return new PlainSteps(session, graph, logits, contextLength);
    };
    const plain = await openPlain();
    const choices = { engine, graph, logits, states, contextLength, openPlain };
    const better = options.cache === 'none' ? undefined : await openCache(choices, plain);
    return new Decoder(better ?? plain, contextLength);
  }

  /** Whether keys and values of past tokens are kept on the device; without them every step computes all tokens. */
  get cached(): boolean {
    return this.#steps.cached;
  }

  /** The session that runs it, for `explain`. */
  get session(): Session {
    return this.#steps.session;
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
    this.#steps.reset();
    for (let step = 0; step < maxTokens && tokens.length <= this.#contextLength; step++) {
      throwIfCancelled(signal, 'generating');
      const scores = await this.scores(tokens, { ...options, first: step === 0, most: tokens.length + maxTokens - step });
      const token = sampleToken(scores, tokens, step, options);
      if (stops.has(token)) return;
      tokens.push(token);
      yield token;
    }
  }

  /**
   * Scores of the token after the last one, for whoever chooses tokens by rules of their own.
   * @param tokens the text so far, at least one token
   * @returns [vocabulary]
   * @throws EngineError `invalid-argument` for a text longer than `most` of where it began; `cancelled`
   */
  async scores(tokens: readonly number[], { first, most, feeds = {}, signal }: ScoreOptions): Promise<Float32Array> {
    requireRoom(tokens.length, this.#contextLength);
    const room = most ?? (Number.isFinite(this.#contextLength) ? this.#contextLength : tokens.length + unknownRoom);
    return this.#steps.scores({ tokens, first, most: Math.min(Math.max(room, tokens.length), this.#contextLength), feeds, signal });
  }

  dispose(): void {
    this.#steps.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

function scoresOf(graph: Graph): string | undefined {
  if (graph.outputs.includes('logits')) return 'logits';
  return graph.outputs.find((name) => {
    const type = graph.types.get(name);
    return type && isFloat(type.dtype) && type.shape.length === 3;
  });
}

/** A cache where the file has none, or one that all steps share a plan for; undefined where that is of no use or not understood. */
async function openCache(options: BufferedOptions, plain: PlainSteps): Promise<DecoderSteps | undefined> {
  const { engine, graph, logits, contextLength } = options;
  // In onnxruntime a cache that grows costs no more than one that does not.
  if (plain.cached) return engine.backend === 'webgpu' ? BufferedSteps.open(options, plain) : undefined;
  await loadFurtherOps();
  const rewritten = withCache(graph, decoderInputs.tokens);
  if (!rewritten) return undefined;
  const loaded = engine.load(rewritten.graph, { states: rewritten.states, outputs: [logits, ...Object.values(rewritten.states)] });
  const cached = await loaded.then(
    (session) => new PlainSteps(session, rewritten.graph, logits, contextLength),
    () => undefined,
  );
  if (cached && (await agree(plain, cached))) {
    plain.dispose();
    return cached;
  }
  cached?.dispose();
  return undefined;
}

/** Whether the next token's scores are the same with a cache as without one. */
async function agree(plain: DecoderSteps, cached: DecoderSteps): Promise<boolean> {
  try {
    const expected = await probe(plain, [[1, 2, 3, 4, 5]]);
    return isClose(await probe(cached, [[1, 2, 3], [4], [5]]), expected);
  } catch (error) {
    if (error instanceof EngineError) return false;
    throw error;
  }
}

/** Scores of the token after a text that comes in parts. */
async function probe(steps: DecoderSteps, parts: readonly (readonly number[])[]): Promise<Float32Array> {
  const tokens: number[] = [];
  let scores: Float32Array = new Float32Array();
  for (const [index, part] of parts.entries()) {
    tokens.push(...part);
    scores = await steps.scores({ tokens, first: index === 0, most: bucket, feeds: {}, signal: undefined });
  }
  steps.reset();
  return scores;
}

import { EngineError } from '../errors.ts';
import { type Graph, isBound, type ValueType } from '../ir/graph.ts';
import { cacheNames } from '../passes/with-cache.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Feed, Session } from './engine.ts';

/** What a decoder is fed by whoever writes with it. */
export const decoderInputs = { tokens: 'input_ids', mask: 'attention_mask', branch: 'use_cache_branch' } as const;

/** Token counts are rounded up to a multiple of this where that changes nothing, so that few plans exist. */
export const bucket = 16;

/** One run: the scores of the token after the last one. */
export interface Step {
  readonly tokens: readonly number[];
  /** Whether it begins a text; else all tokens but the last are those of the step before. */
  readonly first: boolean;
  /** Tokens that the text can come to have. */
  readonly most: number;
  readonly feeds: Readonly<Record<string, Feed>>;
  readonly signal: AbortSignal | undefined;
}

/** How a decoder computes its steps. */
export interface DecoderSteps {
  /** Whether keys and values of past tokens are kept on the device. */
  readonly cached: boolean;
  /** The session of the latest step, for `explain`. */
  readonly session: Session;
  scores(step: Step): Promise<Float32Array>;
  reset(): void;
  dispose(): void;
}

/** The graph as it is, or as `withCache` has made it. */
export class PlainSteps implements DecoderSteps {
  readonly session: Session;
  readonly #graph: Graph;
  readonly #logits: string;
  readonly #contextLength: number;
  /** Whether the cache is a buffer of fixed size, which `withCache` has made. */
  readonly #buffered: boolean;
  /** Tokens that the buffers of this text hold. */
  #capacity = Number.POSITIVE_INFINITY;

  constructor(session: Session, graph: Graph, logits: string, contextLength: number) {
    this.#buffered = graph.inputs.includes(cacheNames.past);
    this.session = session;
    this.#graph = graph;
    this.#logits = logits;
    this.#contextLength = contextLength;
  }

  get cached(): boolean {
    return this.session.states.length > 0;
  }

  async scores({ tokens, first, most, feeds, signal }: Step): Promise<Float32Array> {
    if (first) this.reset();
    // With a cache only what is new is computed; without one, zeros after the end are not seen by what stands before them.
    const fresh = this.cached && !first ? tokens.slice(-1) : tokens;
    const start = tokens.length - fresh.length;
    const rounded = (count: number) => Math.min(Math.ceil(count / bucket) * bucket, Math.max(this.#contextLength, count));
    const whole = first && this.#buffered;
    const length = this.cached && !whole ? fresh.length : rounded(fresh.length);
    const padded = [...fresh, ...new Array<number>(length - fresh.length).fill(0)];
    const own = tokenFeeds(this.#graph, padded, start, first, start + length, new Set([...Object.keys(feeds), ...this.session.states]));
    if (whole) {
      this.#capacity = rounded(Math.max(most, tokens.length));
      for (const name of this.session.states) own[name] = this.#buffer(name, this.#capacity);
    }
    if (this.#buffered) requireRoom(tokens.length, this.#capacity);
    const outputs = await this.session.run({ ...own, ...feeds }, signal ? { signal } : {});
    const logits = outputs[this.#logits] as Tensor;
    return rowOf(logits, logits.shape.at(-2) === padded.length ? fresh.length - 1 : (logits.shape.at(-2) as number) - 1);
  }

  reset(): void {
    this.session.resetStates();
  }

  dispose(): void {
    this.session.dispose();
  }

  /** An empty cache for so many tokens. */
  #buffer(name: string, capacity: number): Tensor {
    const { dtype, shape } = this.#graph.types.get(name) as ValueType;
    return Tensor.zeros(
      shape.map((dim) => (typeof dim === 'number' ? dim : dim === cacheNames.capacity ? capacity : 1)),
      dtype,
    );
  }
}

/** Feeds of a decoder that are its tokens, their positions and masks. */
export function tokenFeeds(
  graph: Graph,
  tokens: readonly number[],
  start: number,
  first: boolean,
  total: number,
  others: ReadonlySet<string>,
): Record<string, Feed> {
  const feeds: Record<string, Feed> = {};
  for (const name of graph.inputs) {
    if (others.has(name)) continue;
    const type = graph.types.get(name);
    const integers = (values: readonly number[]) => Tensor.from(values, [1, values.length], 'float64').cast(type?.dtype ?? 'int64');
    if (name === decoderInputs.tokens || name === 'decoder_input_ids') feeds[name] = integers(tokens);
    else if (name === cacheNames.past) feeds[name] = Tensor.from([BigInt(start)], [1], 'int64');
    else if (name === decoderInputs.mask) {
      feeds[name] = integers(Array.from({ length: total }, (_, index) => (index < start + tokens.length ? 1 : 0)));
    } else if (name === 'position_ids' || name === 'cache_position') {
      const positions = integers(tokens.map((_, index) => start + index));
      feeds[name] = type?.shape.length === 1 ? positions.reshape([tokens.length]) : positions;
    } else if (name === decoderInputs.branch) {
      feeds[name] = Tensor.from([!first], isBound(type?.shape ?? []) ? (type?.shape as number[]) : [1], 'bool');
    }
  }
  return feeds;
}

/** Whether scores are the same to float32 sums in another order. */
export function isClose(actual: ArrayLike<number>, expected: ArrayLike<number>): boolean {
  const values = Array.from(expected);
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return actual.length === values.length && values.every((value, index) => Math.abs((actual[index] as number) - value) <= 1e-3 * scale);
}

/** A row of scores [..., tokens, vocabulary]. */
export function rowOf(logits: Tensor, row: number): Float32Array {
  const vocabulary = logits.shape.at(-1) as number;
  const { data } = logits.dtype === 'float32' ? logits : logits.cast('float32');
  return (data as Float32Array).slice(row * vocabulary, (row + 1) * vocabulary);
}

/** @throws EngineError `invalid-argument` for more tokens than the buffers of a cache hold */
export function requireRoom(tokens: number, capacity: number): void {
  if (tokens <= capacity) return;
  throw new EngineError('invalid-argument', 'the text is longer than there is room for', {
    where: 'scores',
    expected: `at most ${capacity} tokens`,
    got: `${tokens}`,
    hint: '`most` tells where a text begins how long it can come to be; `contextLength` bounds it.',
  });
}

import type { Graph } from '../ir/graph.ts';
import { resampleFilters } from '../ops/resample-audio/filters.ts';
import type { Pooling } from '../session/cuts.ts';
import type { Engine, Session } from '../session/engine.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { AudioPreprocessing } from './audio.ts';

/** Features of the windows that became complete. */
export interface StreamedFeatures {
  /** End of each window, seconds from the beginning of the signal. */
  readonly times: readonly number[];
  /** float32[windows, D] */
  readonly values: Tensor;
}

export interface StreamParts {
  readonly engine: Engine;
  /** From the waveform to the features [N, D]. */
  readonly graph: Graph;
  /** From the waveform to the cut's value [N, D, windows, 1], where that value is local in time. */
  readonly local: Graph | undefined;
  readonly audio: AudioPreprocessing;
  readonly pooling: Pooling;
  readonly dimension: number;
  readonly precision: 'f32' | 'f16';
}

/** Vectors computed in one run, most first: each number is a plan of its own. */
const blocks = [64, 8, 1] as const;
/** Windows a stretch where nothing is shared between them. */
const windowsPerStretch = 8;

/**
 * Features of a window that slides over a continuous signal at the model's rate. Where the model is local in time (`audio.local`), each of its
 * vectors is computed once, in runs that share the layers below, and a window only pools those it holds: the numbers are those of a clip
 * cut out there. Otherwise each window is computed anew.
 */
export class FeatureStream {
  /** Seconds between two windows, and of one window. */
  readonly hop: number;
  readonly window: number;
  readonly #parts: StreamParts;
  readonly #sessions = new Map<number, Promise<Session>>();
  #waiting = new Float32Array(0);
  /** Samples before the first of those that wait. */
  #passed = 0;
  /** The latest vectors, oldest first. */
  #vectors: Float32Array[] = [];

  constructor(parts: StreamParts) {
    this.#parts = parts;
    const { rate, seconds, local } = parts.audio;
    this.window = seconds;
    this.hop = local && parts.local ? local.hop / rate : seconds / windowsPerStretch;
  }

  /** @param samples the next samples of the signal, at the model's rate, full scale at ±1; any number of them */
  async push(samples: Float32Array): Promise<StreamedFeatures> {
    const joined = new Float32Array(this.#waiting.length + samples.length);
    joined.set(this.#waiting);
    joined.set(samples, this.#waiting.length);
    this.#waiting = joined;
    const { rate, local } = this.#parts.audio;
    const shared = this.#parts.local !== undefined && local !== undefined;
    const hop = Math.round(this.hop * rate);
    const reach = shared ? local.samples : Math.round(this.window * rate);
    const times: number[] = [];
    const rows: Float32Array[] = [];
    for (;;) {
      const ready = Math.floor((this.#waiting.length - reach) / hop) + 1;
      const count = blocks.find((block) => block <= ready);
      if (count === undefined) break;
      const vectors = shared ? await this.#local(count, reach + (count - 1) * hop) : await this.#whole(count, reach, hop);
      vectors.forEach((vector, index) => {
        const row = shared ? this.#pool(vector) : vector;
        if (!row) return;
        rows.push(row);
        times.push((this.#passed + index * hop + reach) / rate);
      });
      this.#waiting = this.#waiting.subarray(count * hop);
      this.#passed += count * hop;
    }
    // What is over must not hold on to all that came.
    this.#waiting = this.#waiting.slice();
    const { dimension } = this.#parts;
    const values = new Float32Array(rows.length * dimension);
    rows.forEach((row, index) => {
      values.set(row, index * dimension);
    });
    return { times, values: Tensor.from(values, [rows.length, dimension]) };
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.then((each) => each.dispose()).catch(() => undefined);
    this.#sessions.clear();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** `count` vectors of the model over one stretch. */
  async #local(count: number, length: number): Promise<Float32Array[]> {
    const graph = this.#parts.local as Graph;
    const output = await this.#run(count, graph, Tensor.from(this.#waiting.slice(0, length), [1, length]));
    const [, width = 0] = output.shape;
    // [1, D, count, 1]: a vector is a column.
    return Array.from({ length: count }, (_, column) => Float32Array.from({ length: width }, (__, row) => output.at(row * count + column)));
  }

  async #whole(count: number, length: number, hop: number): Promise<Float32Array[]> {
    const windows = new Float32Array(count * length);
    for (let index = 0; index < count; index++) windows.set(this.#waiting.subarray(index * hop, index * hop + length), index * length);
    const output = await this.#run(count, this.#parts.graph, Tensor.from(windows, [count, length]));
    const { dimension } = this.#parts;
    const data = output.data as Float32Array;
    return Array.from({ length: count }, (_, row) => data.slice(row * dimension, (row + 1) * dimension));
  }

  async #run(count: number, graph: Graph, waveform: Tensor): Promise<Tensor> {
    const { engine, precision } = this.#parts;
    let session = this.#sessions.get(count);
    if (!session) {
      session = engine.load(graph, { dimensions: { batch: waveform.shape[0] as number }, precision });
      this.#sessions.set(count, session);
      session.catch(() => this.#sessions.delete(count));
    }
    const [input = ''] = graph.inputs;
    const [output = ''] = graph.outputs;
    return (await (await session).run({ [input]: waveform }))[output] as Tensor;
  }

  /** The window that ends in a vector, once there are enough of them: their mean, and behind it their maximum where it is asked for. */
  #pool(vector: Float32Array): Float32Array | undefined {
    const { audio, pooling, dimension } = this.#parts;
    const { samples = 0, hop = 1 } = audio.local ?? {};
    const size = Math.floor((Math.round(audio.seconds * audio.rate) - samples) / hop) + 1;
    this.#vectors.push(vector);
    if (this.#vectors.length < size) return undefined;
    if (this.#vectors.length > size) this.#vectors.shift();
    const width = vector.length;
    const out = new Float32Array(dimension);
    for (let at = 0; at < width; at++) {
      let [sum, most] = [0, Number.NEGATIVE_INFINITY];
      for (const each of this.#vectors) {
        sum += each[at] as number;
        most = Math.max(most, each[at] as number);
      }
      out[at] = sum / size;
      if (pooling === 'mean-max') out[width + at] = most;
    }
    return out;
  }
}

/** A continuous signal at another rate: the same numbers as the whole at once, as soon as the samples that they need are there. */
export class RateChanger {
  readonly #filters: ReturnType<typeof resampleFilters> | undefined;
  #held = new Float32Array(0);
  /** Place of the first held sample, and of the next output. */
  #first = 0;
  #next = 0;

  /**
   * @param from rate of what comes, Hz
   * @param to rate of what is given, Hz
   */
  constructor(from: number, to: number) {
    this.#filters = from === to ? undefined : resampleFilters(from, to);
  }

  push(samples: Float32Array): Float32Array {
    if (!this.#filters) return samples;
    const { from, to, table, taps, before } = this.#filters;
    const joined = new Float32Array(this.#held.length + samples.length);
    joined.set(this.#held);
    joined.set(samples, this.#held.length);
    const end = this.#first + joined.length;
    const out: number[] = [];
    let start = Math.floor((this.#next * from) / to) - before;
    while (start + taps <= end) {
      const row = (this.#next % to) * taps;
      let sum = 0;
      for (let tap = Math.max(0, -start); tap < taps; tap++)
        sum += (joined[start + tap - this.#first] as number) * (table[row + tap] as number);
      out.push(sum);
      this.#next++;
      start = Math.floor((this.#next * from) / to) - before;
    }
    const drop = Math.min(joined.length, Math.max(0, start - this.#first));
    this.#held = joined.slice(drop);
    this.#first += drop;
    return Float32Array.from(out);
  }
}

import type { Graph } from '../ir/graph.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { type ResampleFilters, resampledLength, resampleFilters } from '../ops/resample-audio/filters.ts';
import type { Clip } from '../platform/platform.ts';
import type { DeviceTensor, Engine, Feed, Session } from '../session/engine.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { AudioFrontend } from './frontend.ts';
import { RecentSessions } from './recent-sessions.ts';

/** How a clip becomes a model's input. All of it is ours and the same in every front end; decoding too. */
export interface AudioPreprocessing {
  /** Samples a second that the model takes, Hz. */
  readonly rate: number;
  /** Seconds of the stretch that a clip is put in the middle of, silence around it. */
  readonly seconds: number;
  /** Seconds up to which longer clips get longer stretches, one second at a time; beyond, a clip's middle is taken. */
  readonly longest: number;
  readonly frontend: AudioFrontend;
  /**
   * Where the cut's value is local in time: it has one vector for every `hop` samples, which depends on `samples` samples from there on
   * and on nothing else, so that a stream need not compute it twice.
   */
  readonly local?: { readonly samples: number; readonly hop: number };
}

/** Samples of the stretch that a clip gets. */
export function stretchOf({ rate, samples }: Clip, spec: AudioPreprocessing): number {
  const seconds = samples.length / rate;
  const more = Math.max(0, Math.ceil(seconds - spec.seconds - 1e-6));
  return Math.round(Math.min(spec.seconds + more, Math.max(spec.seconds, spec.longest)) * spec.rate);
}

/** Turns clips into waveforms [N, samples] of one rate and length, on one engine. */
export class AudioPreprocessor {
  readonly #engine: Engine;
  readonly #spec: AudioPreprocessing;
  /** One session for each rate and length, and one to stack each number of clips. */
  readonly #sessions = new RecentSessions();
  readonly #filters = new Map<number, ResampleFilters>();

  constructor(engine: Engine, spec: AudioPreprocessing) {
    this.#engine = engine;
    this.#spec = spec;
  }

  /**
   * Waveforms of a batch, float32[N, length]; dispose of them when they were used.
   * @param length samples at the model's rate
   */
  async prepare(clips: readonly Clip[], length: number): Promise<DeviceTensor> {
    // Clips of the right rate need no arithmetic, only a place.
    if (this.#engine.backend === 'wasm' || clips.every(({ rate }) => rate === this.#spec.rate)) {
      const values = new Float32Array(clips.length * length);
      clips.forEach((clip, row) => {
        values.set(this.#onHost(clip, length), row * length);
      });
      return this.#engine.upload(Tensor.from(values, [clips.length, length]));
    }
    const parts: DeviceTensor[] = [];
    try {
      for (const clip of clips) parts.push(await this.#prepareOne(clip, length));
      if (parts.length === 1) return parts.pop() as DeviceTensor;
      const session = await this.#session(`stack ${parts.length} ${length}`, () => stackGraph(parts));
      const feeds: Record<string, Feed> = Object.fromEntries(parts.map((part, index) => [`x${index}`, part]));
      return (await session.runOnDevice(feeds)).stacked as DeviceTensor;
    } finally {
      for (const part of parts) part.dispose();
    }
  }

  dispose(): void {
    this.#sessions.dispose();
  }

  #onHost(clip: Clip, length: number): Float32Array {
    if (clip.rate === this.#spec.rate) return placed(clip.samples, length);
    const { graph, feeds } = this.#job(clip, length);
    return (evaluate(graph(), feeds).waveform as Tensor).data as Float32Array;
  }

  async #prepareOne(clip: Clip, length: number): Promise<DeviceTensor> {
    const { key, graph, feeds } = this.#job(clip, length);
    const { waveform } = await (await this.#session(key, graph)).runOnDevice(feeds);
    return waveform as DeviceTensor;
  }

  #job(clip: Clip, length: number) {
    const filters = this.#filtersOf(clip.rate);
    // Room for powers of two samples, so that few plans serve all clips.
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(1024, clip.samples.length)));
    const samples = new Float32Array(capacity);
    samples.set(clip.samples);
    const whole = resampledLength(clip.samples.length, clip.rate, this.#spec.rate);
    return {
      key: `resample ${clip.rate} ${capacity} ${length}`,
      graph: () => resampleGraph(filters, capacity, length),
      feeds: {
        samples: Tensor.from(samples),
        place: Tensor.from(Int32Array.of(clip.samples.length, Math.floor((whole - length) / 2))),
      },
    };
  }

  #filtersOf(rate: number): ResampleFilters {
    const known = this.#filters.get(rate);
    if (known) return known;
    const filters = resampleFilters(rate, this.#spec.rate);
    this.#filters.set(rate, filters);
    return filters;
  }

  #session(key: string, graph: () => Graph): Promise<Session> {
    return this.#sessions.get(key, () => this.#engine.load(graph()));
  }
}

/** A clip at another rate, all of it. */
export function resampleClip(clip: Clip, rate: number): Clip {
  if (clip.rate === rate) return clip;
  const length = resampledLength(clip.samples.length, clip.rate, rate);
  const feeds = { samples: Tensor.from(clip.samples), place: Tensor.from(Int32Array.of(clip.samples.length, 0)) };
  const graph = resampleGraph(resampleFilters(clip.rate, rate), clip.samples.length, length);
  return { rate, samples: (evaluate(graph, feeds).waveform as Tensor).data as Float32Array<ArrayBuffer> };
}

function resampleGraph({ from, to, before, table, taps }: ResampleFilters, capacity: number, length: number): Graph {
  const g = newBuilder();
  const inputs = [
    g.input('samples', 'float32', [capacity]),
    g.input('place', 'int32', [2]),
    g.constant(Tensor.from(table, [to, taps]), 'filters'),
  ];
  return g.build([g.add('ResampleAudio', inputs, { length, from, to, before }, { domain: 'headstart', outputs: ['waveform'] })]);
}

/** Samples in the middle of a stretch, or their middle. */
function placed(samples: Float32Array<ArrayBuffer>, length: number): Float32Array {
  const start = Math.floor((samples.length - length) / 2);
  const out = new Float32Array(length);
  if (start >= 0) out.set(samples.subarray(start, start + length));
  else out.set(samples, -start);
  return out;
}

function stackGraph(parts: readonly DeviceTensor[]): Graph {
  const g = newBuilder();
  const inputs = parts.map(({ dtype, shape }, index) => g.input(`x${index}`, dtype, shape));
  return g.build([g.add('Concat', inputs, { axis: 0 }, { outputs: ['stacked'] })]);
}

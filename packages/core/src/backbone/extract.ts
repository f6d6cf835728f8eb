import { throwIfCancelled } from '../errors.ts';
import type { Graph } from '../ir/graph.ts';
import type { Engine, Feed, Session } from '../session/engine.ts';
import type { ValueSummary } from '../session/model.ts';
import { openEngine } from '../session/open-engine.ts';
import { Tensor } from '../tensor/tensor.ts';
import { type AudioPreprocessing, AudioPreprocessor, stretchOf } from './audio.ts';
import type { BackboneReference } from './backbone.ts';
import { type Batch, batchesOf, type Hashed, hashSample, pictureOf } from './batches.ts';
import { type ImagePreprocessing, ImagePreprocessor } from './image.ts';
import { checkParity } from './parity.ts';
import { prefetch } from './prefetch.ts';
import { type ExtractionProgress, Meter } from './progress.ts';
import type { Sample, SkippedSample } from './sample.ts';
import { FeatureStore, requireFinite } from './store.ts';
import { textFeeds } from './text.ts';
import type { TextTokenizer } from './tokenizer.ts';
import { version } from './version.ts';

export interface ExtractOptions {
  /** Folder of feature stores; the shared cache when left out; false keeps nothing. */
  readonly store?: string | boolean;
  readonly batchSize?: number;
  /** Fill every batch up to `batchSize`, the first one too: one plan serves calls with any number of samples. It has no meaning on `wasm`. */
  readonly fill?: boolean;
  readonly onProgress?: (progress: ExtractionProgress) => void;
  readonly signal?: AbortSignal;
  /** Compare the first batch with onnxruntime before features are kept; true unless said otherwise. It has no meaning on `wasm`. */
  readonly parityCheck?: boolean;
}

/** Features of samples, one row each. */
export interface Features {
  /** Of the samples that could be used, in the order given, [N]. */
  readonly ids: readonly string[];
  /** float32[N, D] */
  readonly values: Tensor;
  /** Class name of each sample, [N]; '' where it has none. */
  readonly labels: readonly string[];
  /** What samples have in common, [N], where some say so or are copies of others. */
  readonly groups?: readonly string[];
  readonly dimension: number;
  readonly skipped: readonly SkippedSample[];
  /** Samples whose features came from the store. */
  readonly reused: number;
  readonly backbone: BackboneReference;
}

/** Tokens that take about as long as all that a run takes however little it computes (minilm-l6 on two cores: 48 ms and 0.8 ms a token). */
const tokensOfARun = 64;

interface ExtractorParts {
  readonly engine: Engine;
  readonly graph: Graph;
  readonly reference: BackboneReference;
  readonly inputs: readonly ValueSummary[];
  readonly image: ImagePreprocessing | undefined;
  readonly tokenizer: TextTokenizer | undefined;
  readonly audio: AudioPreprocessing | undefined;
}

/** Makes the inputs of pictures or clips, on one engine. */
interface Preprocessors {
  readonly image: ImagePreprocessor | undefined;
  readonly audio: AudioPreprocessor | undefined;
}

/** Turns samples into features on one engine. */
export class Extractor {
  readonly #parts: ExtractorParts;
  readonly #preprocessors: Preprocessors;
  /** onnxruntime makes no plans for shapes: one session takes batches of any size, and nothing need be filled up or rounded. */
  readonly #anySize: boolean;
  readonly #sessions = new Map<number, Promise<Session>>();
  #mapSession: Promise<Session> | undefined;
  #trusted = false;

  constructor(parts: ExtractorParts) {
    this.#parts = parts;
    this.#preprocessors = this.#preprocessorsOn(parts.engine);
    const { engine, graph } = parts;
    this.#anySize = engine.backend === 'wasm' && graph.inputs.every((name) => typeof graph.types.get(name)?.shape[0] === 'string');
  }

  async extract(samples: readonly Sample[], options: ExtractOptions): Promise<Features> {
    const { reference } = this.#parts;
    const { dimension } = reference;
    const skipped: SkippedSample[] = [];
    const hashed = await this.#hashAll(samples, skipped, options.signal);
    const store = options.store === false ? undefined : await this.#openStore(options.store);
    try {
      const rows = (await store?.load(new Set(hashed.map(({ hash }) => hash)))) ?? new Map<string, Float32Array>();
      const todo = [...new Map(hashed.filter(({ hash }) => !rows.has(hash)).map((each) => [each.hash, each])).values()];
      const failed = new Map<string, string>();
      const reused = hashed.filter(({ hash }) => rows.has(hash)).length;
      const meter = new Meter(hashed, reused, options.onProgress);
      meter.report(rows, failed);
      const batchSize = options.batchSize ?? this.#defaultBatchSize();
      const padding = this.#anySize ? tokensOfARun : Number.POSITIVE_INFINITY;
      const batches = prefetch(batchesOf(todo, this.#parts, { batchSize, padding, failed, signal: options.signal }));
      const full = new Set<number>();
      for await (const batch of batches) {
        throwIfCancelled(options.signal, 'Extraction');
        if (options.parityCheck !== false) await this.#requireParity(batch);
        // One plan serves all batches: a last, smaller one is filled up with copies of its first member.
        const length = this.#stretch(batch);
        const filled = !this.#anySize && (options.fill || full.has(length));
        const values = await this.#run(batch, filled ? batchSize : batch.members.length);
        if (batch.members.length === batchSize) full.add(length);
        requireFinite(
          values,
          dimension,
          batch.members.map(({ sample }) => sample.id),
          reference.name,
        );
        await store?.append(
          batch.members.map(({ hash }) => hash),
          values,
        );
        batch.members.forEach(({ hash }, row) => {
          rows.set(hash, values.subarray(row * dimension, (row + 1) * dimension));
        });
        meter.computed(batch.members.length);
        meter.report(rows, failed);
      }
      for (const { sample, hash } of hashed) {
        const reason = failed.get(hash);
        if (reason !== undefined) skipped.push({ id: sample.id, reason });
      }
      return this.#assemble(
        hashed.filter(({ hash }) => rows.has(hash)),
        rows,
        skipped,
        reused,
      );
    } finally {
      await store?.close();
    }
  }

  /** float32[C, h, w] of one picture at the value that pooling averages; see `featureMapOf`. */
  async featureMap(sample: Sample, value: string): Promise<Tensor> {
    const { engine, graph, reference } = this.#parts;
    this.#mapSession ??= engine.load(graph, { outputs: [value], dimensions: this.#dimensions(1), precision: reference.precision });
    const batch: Batch = { members: [{ sample, hash: '' }], pictures: [await pictureOf(sample)] };
    const feeds = await this.#feeds(batch, 1, this.#preprocessors);
    try {
      const { data, shape } = ((await (await this.#mapSession).run(feeds))[value] as Tensor).cast('float32');
      return Tensor.from(data, shape.slice(1));
    } finally {
      for (const feed of Object.values(feeds)) if (!(feed instanceof Tensor)) feed.dispose();
    }
  }

  dispose(): void {
    this.#preprocessors.image?.dispose();
    this.#preprocessors.audio?.dispose();
    this.#mapSession?.then((each) => each.dispose()).catch(() => undefined);
    for (const session of this.#sessions.values()) session.then((each) => each.dispose()).catch(() => undefined);
    this.#sessions.clear();
  }

  #openStore(store: string | boolean | undefined): Promise<FeatureStore> {
    const { name: _name, source: _source, licence: _licence, ...what } = this.#parts.reference;
    return FeatureStore.open(
      { ...what, engine: this.#parts.engine.backend, version },
      what.dimension,
      typeof store === 'string' ? store : undefined,
    );
  }

  #defaultBatchSize(): number {
    // Ranges that are measured as the model runs span the batch: a sample's features would depend on those beside it.
    if (this.#parts.graph.nodes.some(({ type }) => type === 'DynamicQuantizeLinear')) return 1;
    const hardware = this.#parts.engine.adapter?.kind === 'hardware';
    return this.#parts.image || this.#parts.audio ? (hardware ? 32 : 8) : hardware ? 64 : 16;
  }

  /** Hashes of all samples that can be read; a few at a time, so that no more than those are in memory. */
  async #hashAll(samples: readonly Sample[], skipped: SkippedSample[], signal: AbortSignal | undefined): Promise<Hashed[]> {
    const hashes = new Array<string | undefined>(samples.length);
    let next = 0;
    const worker = async () => {
      for (let index = next++; index < samples.length; index = next++) {
        throwIfCancelled(signal, 'Extraction');
        const sample = samples[index] as Sample;
        try {
          hashes[index] = await hashSample(sample, this.#parts);
        } catch (error) {
          skipped.push({ id: sample.id, reason: `It cannot be read: ${messageOf(error)}` });
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    return samples.flatMap((sample, index) => {
      const hash = hashes[index];
      return hash === undefined ? [] : [{ sample, hash }];
    });
  }

  /** Samples that the clips of a batch get room for; 0 for other samples. */
  #stretch({ clips: [clip] = [] }: Batch): number {
    return clip && this.#parts.audio ? stretchOf(clip, this.#parts.audio) : 0;
  }

  #preprocessorsOn(engine: Engine): Preprocessors {
    const { image, audio, inputs } = this.#parts;
    return {
      image: image && new ImagePreprocessor(engine, image, inputs[0]?.dtype),
      audio: audio && new AudioPreprocessor(engine, audio),
    };
  }

  /** float32[members, D] */
  async #run(batch: Batch, size: number): Promise<Float32Array> {
    const feeds = await this.#feeds(batch, size, this.#preprocessors);
    const [output = ''] = this.#parts.graph.outputs;
    try {
      const session = await this.#session(size);
      const values = (await session.run(feeds))[output] as Tensor;
      return (values.data as Float32Array).subarray(0, batch.members.length * this.#parts.reference.dimension);
    } finally {
      for (const feed of Object.values(feeds)) if (!(feed instanceof Tensor)) feed.dispose();
    }
  }

  async #feeds(batch: Batch, size: number, { image, audio }: Preprocessors): Promise<Record<string, Feed>> {
    const { pictures, tokens, clips } = batch;
    const { inputs, tokenizer } = this.#parts;
    const filled = <T>(items: readonly T[]) => Array.from({ length: size }, (_, index) => items[index] ?? (items[0] as T));
    if (tokens && tokenizer) return textFeeds(filled(tokens), inputs, tokenizer.padId, this.#anySize);
    const name = inputs[0]?.name ?? '';
    if (clips && audio) return { [name]: await audio.prepare(filled(clips), this.#stretch(batch)) };
    return { [name]: await (image as ImagePreprocessor).prepare(filled(pictures ?? [])) };
  }

  #session(size: number): Promise<Session> {
    const key = this.#anySize ? 0 : size;
    let session = this.#sessions.get(key);
    if (!session) {
      const { engine, graph, reference } = this.#parts;
      const { batch, ...open } = this.#dimensions(size);
      const dimensions = this.#anySize ? open : { batch: size, ...open };
      session = engine.load(graph, { dimensions, precision: reference.precision });
      this.#sessions.set(key, session);
      session.catch(() => this.#sessions.delete(key));
    }
    return session;
  }

  /** Sizes to bind: those the file fixes otherwise or leaves open. Token counts stay open and follow the feeds. */
  #dimensions(size: number): Record<string, number> {
    const { image } = this.#parts;
    return { batch: size, ...(image && image.layout !== 'NHWC' ? { height: image.height, width: image.width } : {}) };
  }

  async #requireParity(batch: Batch): Promise<void> {
    const { engine, graph, reference } = this.#parts;
    if (engine.backend !== 'webgpu' || this.#trusted) return;
    // Two samples tell as much as a batch, and the reference engine is slow.
    const size = Math.min(2, batch.members.length);
    const few: Batch = {
      members: batch.members.slice(0, size),
      ...(batch.pictures ? { pictures: batch.pictures.slice(0, size) } : {}),
      ...(batch.tokens ? { tokens: batch.tokens.slice(-size) } : {}),
      ...(batch.clips ? { clips: batch.clips.slice(0, size) } : {}),
    };
    await checkParity(engine, () => openEngine({ backend: 'wasm' }), {
      graph,
      precision: reference.precision,
      dimensions: this.#dimensions(size),
      feedsFor: async (other) => {
        return this.#feeds(few, size, other === engine ? this.#preprocessors : this.#preprocessorsOn(other));
      },
      remember: { backbone: reference, adapter: engine.adapter, version },
    });
    this.#trusted = true;
  }

  #assemble(kept: readonly Hashed[], rows: ReadonlyMap<string, Float32Array>, skipped: readonly SkippedSample[], reused: number): Features {
    const { reference } = this.#parts;
    const { dimension } = reference;
    const values = new Float32Array(kept.length * dimension);
    kept.forEach(({ hash }, row) => {
      values.set(rows.get(hash) as Float32Array, row * dimension);
    });
    return {
      ids: kept.map(({ sample }) => sample.id),
      values: Tensor.from(values, [kept.length, dimension]),
      labels: kept.map(({ sample }) => sample.label ?? ''),
      ...(kept.some(({ sample }) => sample.group !== undefined || sample.augmentation)
        ? { groups: kept.map(({ sample }) => groupOf(sample)) }
        : {}),
      dimension,
      skipped,
      reused,
      backbone: reference,
    };
  }
}

/** A copy belongs with what it is a copy of. */
function groupOf({ id, group, augmentation }: Sample): string {
  return group ?? (augmentation ? id.replace(/#\d+$/, '') : id);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

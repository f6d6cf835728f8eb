import { hash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Backbone,
  type Bundle,
  type Engine,
  EngineError,
  exportOnnx,
  type HubOptions,
  loadBackbone,
  openBundle,
  openEngine,
  readDataset,
  reportPage,
  type Sample,
  Tensor,
  trainHead,
} from '@headstart/core';
import { readClip } from './clips.ts';
import type { Item, JobSample, Methods, OpenSpec, Outcome, Rows, TableRow, ThreadOptions, ThreadProgress } from './protocol.ts';

/** What a call may report to and be stopped by. */
export interface Call {
  readonly signal: AbortSignal;
  progress(event: ThreadProgress): void;
}

interface Loaded {
  readonly backbone: Promise<Backbone>;
  users: number;
}

/** The engine with the backbones and heads that are in memory: what the engine thread holds. */
export class Workbench {
  readonly #options: ThreadOptions;
  readonly #open: () => Promise<Engine>;
  #engine: Promise<Engine> | undefined;
  /** By key, the one used longest ago first. */
  readonly #backbones = new Map<string, Loaded>();
  readonly #bundles = new Map<string, Bundle>();

  constructor(options: ThreadOptions, open = () => openEngine({ backend: options.engine })) {
    this.#options = options;
    this.#open = open;
  }

  readonly methods: { readonly [M in keyof Methods]: (input: Parameters<Methods[M]>[0], call: Call) => ReturnType<Methods[M]> } = {
    serve: ({ spec, items, batch }, call) => this.#use(spec, call, (backbone) => this.#serve(backbone, items, batch)),

    extract: ({ spec, samples, store }, call) =>
      this.#use(spec, call, async (backbone) => {
        const { ids, labels, values, skipped, reused } = await backbone.extract(samples.map(toSample), {
          store,
          signal: call.signal,
          onProgress: ({ done, total }) => call.progress({ phase: 'extract', done, total }),
        });
        const rows = { ids, labels, values: values.data as Float32Array<ArrayBuffer> };
        return { rows, skipped, reused, reference: backbone.reference, engine: backbone.engine.backend };
      }),

    train: (input, call) => this.#retried(async () => this.#train(input, await this.#openEngine(), call)),

    export: ({ spec, bundle, out }, call) =>
      this.#use(spec, call, async (backbone) => {
        call.progress({ phase: 'export', done: 0, total: 1 });
        const opened = await openBundle(bundle);
        return exportOnnx(opened, out, { engine: backbone.engine, loaded: backbone, signal: call.signal });
      }),

    inspect: async ({ spec, from }, call) => {
      using backbone = await loadBackbone(from, { ...this.#hub(call), ...sizeOf(spec), engine: await this.#openEngine() });
      return { card: backbone.card, dimension: backbone.dimension, notes: backbone.notes };
    },

    table: async ({ path, ...columns }) => {
      const { samples, skipped, modality } = await readDataset(path, { ...columns, labelled: false });
      return { modality, rows: samples.map((sample) => tableRow(sample, path)), skipped };
    },

    clip: async ({ path, bytes, ...wanted }) =>
      readClip(path === undefined ? (bytes ?? new Uint8Array(0)) : new Uint8Array(await readFile(path)), wanted),

    engine: async () => {
      const { backend, adapter, reason } = await this.#openEngine();
      return { backend, adapter: adapter?.description ?? '', reason };
    },
  };

  /** Keys of the backbones in memory. */
  get loaded(): readonly string[] {
    return [...this.#backbones.keys()];
  }

  dispose(): void {
    for (const { backbone } of this.#backbones.values()) backbone.then((each) => each.dispose()).catch(() => undefined);
    this.#backbones.clear();
    this.#engine?.then((engine) => engine.dispose()).catch(() => undefined);
    this.#engine = undefined;
  }

  async #serve(backbone: Backbone, items: readonly Item[], batch: number): Promise<Outcome[]> {
    const samples = items.map(({ text, bytes, clip }, index): Sample => {
      const id = String(index);
      if (clip) return { id, clip };
      // Hashed here, since the way round by the system's threads takes longer than the hash of a text.
      return text === undefined ? { id, read: async () => bytes ?? new Uint8Array(0) } : { id, text, hash: hash('sha256', text) };
    });
    const { ids, values, skipped } = await backbone.extract(samples, { store: false, batchSize: batch, fill: true });
    const { dimension } = backbone;
    const rows = values.data as Float32Array;
    const outcomes = new Array<Outcome>(items.length);
    for (const { id, reason } of skipped) outcomes[Number(id)] = { error: reason };
    const byModel = Map.groupBy(ids.keys(), (row) => items[Number(ids[row])]?.model?.id);
    for (const [model, members] of byModel) {
      if (model === undefined) {
        for (const row of members) {
          const index = Number(ids[row]);
          const features = rows.slice(row * dimension, (row + 1) * dimension);
          outcomes[index] = { features, tokens: backbone.countTokens(items[index]?.text ?? '') };
        }
        continue;
      }
      const bundle = await this.#bundle(items[Number(ids[members[0] as number])]?.model as NonNullable<Item['model']>);
      const chosen = new Float32Array(members.length * dimension);
      members.forEach((row, position) => {
        chosen.set(rows.subarray(row * dimension, (row + 1) * dimension), position * dimension);
      });
      const predictions = bundle.predictFeatures(Tensor.from(chosen, [members.length, dimension]));
      members.forEach((row, position) => {
        outcomes[Number(ids[row])] = { probabilities: predictions[position]?.probabilities ?? [] };
      });
    }
    return outcomes;
  }

  async #train(input: Parameters<Methods['train']>[0], engine: Engine, call: Call): ReturnType<Methods['train']> {
    const { train, test, reference, options, title, samples } = input;
    const features = (rows: Rows) => ({
      ids: rows.ids,
      labels: rows.labels,
      ...(rows.groups ? { groups: rows.groups } : {}),
      values: Tensor.from(rows.values, [rows.ids.length, reference.dimension]),
      backbone: reference,
    });
    const result = await trainHead(features(train), {
      ...options,
      engine,
      signal: call.signal,
      onProgress: ({ iteration }) => call.progress({ phase: 'train', done: iteration, total: 0 }),
    });
    const { training, labels } = result;
    if (test.ids.length === 0) {
      await result.save(input.bundle);
      return { metrics: undefined, training, labels };
    }
    const held = features(test);
    const metrics = result.evaluate(held);
    await result.save(input.bundle);
    const page = await reportPage({
      title,
      summary: `A head on ${reference.name}, trained on ${train.ids.length} samples of ${labels.length} classes.`,
      metrics,
      predictions: result.predict(held.values),
      samples: samples.map(toSample),
      test: held,
      training,
      backbone: reference,
    });
    await writeFile(input.report, page);
    return { metrics, training, labels };
  }

  async #bundle({ id, path }: NonNullable<Item['model']>): Promise<Bundle> {
    let bundle = this.#bundles.get(id);
    if (!bundle) {
      bundle = await openBundle(path);
      this.#bundles.set(id, bundle);
      // A head is some kilobytes; thousands of them are not.
      if (this.#bundles.size > 256) this.#bundles.delete(this.#bundles.keys().next().value as string);
    }
    return bundle;
  }

  async #use<T>(spec: OpenSpec, call: Call, work: (backbone: Backbone) => Promise<T>): Promise<T> {
    return this.#retried(async () => {
      const loaded = this.#load(spec, call);
      loaded.users++;
      try {
        return await work(await loaded.backbone);
      } finally {
        loaded.users--;
        this.#makeRoom();
      }
    });
  }

  /** Once more on a new device where the device was lost. */
  async #retried<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#engine;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EngineError && error.code === 'device-lost')) throw error;
      // Calls that fail together open one new engine together.
      if (this.#engine === before || before === undefined) this.dispose();
      return await work();
    }
  }

  #load(spec: OpenSpec, call: Call): Loaded {
    let loaded = this.#backbones.get(spec.key);
    if (loaded) this.#backbones.delete(spec.key);
    else {
      const backbone = this.#openEngine().then((engine) => loadBackbone(spec.card, { ...this.#hub(call), ...sizeOf(spec), engine }));
      loaded = { backbone, users: 0 };
      backbone.catch(() => this.#backbones.delete(spec.key));
    }
    // The one used last stands last.
    this.#backbones.set(spec.key, loaded);
    return loaded;
  }

  #makeRoom(): void {
    for (const [key, { users, backbone }] of this.#backbones) {
      if (this.#backbones.size <= this.#options.backbones) return;
      if (users > 0) continue;
      this.#backbones.delete(key);
      backbone.then((each) => each.dispose()).catch(() => undefined);
    }
  }

  #openEngine(): Promise<Engine> {
    if (!this.#engine) {
      const engine = this.#open();
      this.#engine = engine;
      engine.catch(() => {
        if (this.#engine === engine) this.#engine = undefined;
      });
    }
    return this.#engine;
  }

  #hub(call: Call): HubOptions {
    const { cache, offline } = this.#options;
    return {
      ...(cache === undefined ? {} : { cache: join(cache, 'hub') }),
      ...(offline ? { offline } : {}),
      signal: call.signal,
      onProgress: ({ bytes, total }) => call.progress({ phase: 'download', done: bytes, total: total ?? bytes }),
    };
  }
}

function toSample({ id, label, text, path }: JobSample): Sample {
  return {
    id,
    ...(label === undefined ? {} : { label }),
    ...(text === undefined ? {} : { text }),
    ...(path === undefined ? {} : { path }),
  };
}

/** The file that a list names is part of a sample's id, with the part that is meant and, where several are the same, the line. */
function tableRow({ id, text, label, group, start, end }: Sample, table: string): TableRow {
  const common = { ...(label === undefined ? {} : { label }), ...(group === undefined ? {} : { group }) };
  if (text !== undefined) return { id, text, ...common };
  const name = table.replace(/^.*[/\\]/, '');
  const [, listed = id, line] = /^(.*) \(([^()]*:\d+)\)$/s.exec(id) ?? [];
  const unique = line?.startsWith(`${name}:`) ? listed : id;
  const part = start === undefined && end === undefined ? '' : ` ${start ?? 0}–${end ?? 'end'} s`;
  return {
    id,
    file: part !== '' && unique.endsWith(part) ? unique.slice(0, -part.length) : unique,
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...common,
  };
}

function sizeOf({ size }: OpenSpec) {
  return size === undefined ? {} : { image: { height: size, width: size } };
}

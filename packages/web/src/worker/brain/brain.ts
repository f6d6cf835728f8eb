import {
  type Backbone,
  type Bundle,
  builtInCards,
  type Engine,
  EngineError,
  type FoundSamples,
  type ImagePreprocessing,
  newProject,
  openProject,
  type Project,
  readFiles,
  type Sample,
  saveProject,
} from '@headstart/core';
import type {
  BackboneChoice,
  Calls,
  EngineInfo,
  Exported,
  ExportKind,
  HeatMap,
  ModelInfo,
  OpenRequest,
  PredictionInput,
  PredictionResult,
  TrainEvent,
  WorkerEvent,
} from '../protocol.ts';
import { openFolder, readBlob, writeWhole } from '../samples/files.ts';
import { things } from '../samples/import.ts';
import type { SampleStore } from '../samples/store.ts';
import type { CallContext } from '../worker.ts';
import { Backbones, type LoadContext } from './backbones.ts';
import type { Ear } from './ear.ts';
import { Engines } from './engines.ts';
import { exportAs } from './exporting.ts';
import { pictureSample, soundSample } from './given.ts';
import { classActivation } from './heat-map.ts';
import { isSame, type Model, modelOf, unmeasured } from './model.ts';
import { readProjectFile } from './project-file.ts';
import { samplesOf, trainMeasured, trainUnmeasured } from './training.ts';

const defaults: Readonly<Record<string, string>> = { image: 'densenet121', text: 'minilm-l6', audio: 'speech-embedding' };

/** All that computes: the engine, the backbone in use, the head, and the project they belong to. */
export class Brain {
  readonly #request: OpenRequest;
  readonly #path: string;
  readonly #store: SampleStore | undefined;
  readonly #engines: Engines;
  readonly #backbones: Backbones;
  #project: Project;
  #loaded: { readonly key: string; readonly engine: Engine; readonly backbone: Backbone } | undefined;
  #trained: Model | undefined;
  #other: Model | undefined;
  /** What was predicted last. */
  #probe: Sample | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #ear: Ear | undefined;

  private constructor(
    request: OpenRequest,
    path: string,
    store: SampleStore | undefined,
    project: Project,
    tell: (event: WorkerEvent) => void,
  ) {
    this.#request = request;
    this.#path = path;
    this.#store = store;
    this.#project = project;
    this.#engines = new Engines(request.backend, (engine) => tell({ event: 'engine', engine }));
    this.#backbones = new Backbones(request.base, request.hub);
  }

  static async open(
    request: OpenRequest,
    path: string,
    store: SampleStore | undefined,
    tell: (event: WorkerEvent) => void,
  ): Promise<Brain> {
    const fresh = newProject(request.project, request.modality, request.backbone ?? defaults[request.modality] ?? '');
    // A file from elsewhere, or of another version, must not keep the samples from opening.
    const project = (store && (await openProject(path).catch(() => undefined))) ?? fresh;
    const brain = new Brain(request, path, store, request.backbone ? { ...project, backbone: { name: request.backbone } } : project, tell);
    await brain.#restore();
    return brain;
  }

  /** Its classes are those of the samples, in their order. */
  get project(): Project {
    const classes = this.#store?.state.classes.map(({ name }) => name);
    return { ...this.#project, ...(classes ? { classes } : {}) };
  }

  /** Names of classes in the order in which a project that was opened has them. */
  get classOrder(): readonly string[] {
    return this.#project.classes;
  }

  get model(): ModelInfo | undefined {
    return (this.#other ?? this.#trained)?.info;
  }

  /** The built-in backbones for the project's kind of samples. */
  choices(): readonly BackboneChoice[] {
    const known = builtInCards.filter(({ modality }) => modality === this.#request.modality);
    return known.map(({ name, title, licence, bytes }) => ({ name, title, licence, bytes }));
  }

  async chooseEngine(backend: OpenRequest['backend']): Promise<EngineInfo> {
    return this.#alone(async () => {
      await this.#engines.choose(backend);
      return this.#engines.describe();
    });
  }

  async changeSettings(changes: Calls['settings']['in']): Promise<Project> {
    this.#project = { ...this.#project, ...changes };
    await this.#saveProject();
    return this.project;
  }

  readFiles(files: readonly { readonly path: string; readonly blob: Blob }[], labelled: boolean): Promise<FoundSamples> {
    return readFiles(files, { labelled });
  }

  train({ signal, progress }: CallContext<'train'>): Promise<ModelInfo> {
    return this.#alone(async () => {
      const run = { id: crypto.randomUUID(), startedAt: new Date().toISOString(), backbone: this.#project.backbone.name };
      try {
        const context = { ...(await this.#ready({ signal, progress })), signal, progress };
        const samples = await this.#samples();
        const { result, heldOut, findings, notes } = await trainMeasured(samples, this.#project.head, context);
        await result.save(`${this.#path}/model.headstart`);
        const extra = { heldOut, findings, notes, heatMap: context.backbone.hasFeatureMap };
        await writeWhole(await openFolder(this.#path), 'model.json', JSON.stringify(extra));
        this.#trained = await modelOf('trained', this.#project.name, await this.#saved('model.headstart'), extra);
        this.#other = undefined;
        const { accuracy, macroF1, logLoss } = result.metrics ?? {};
        await this.#noteRun(
          { ...run, status: 'done', engine: context.engine.backend, samples: samples.length, bundle: 'model.headstart' },
          { accuracy, macroF1, logLoss },
        );
        return this.#trained.info;
      } catch (error) {
        const stopped = error instanceof EngineError && error.code === 'cancelled';
        const reason = error instanceof Error ? error.message : String(error);
        await this.#noteRun({ ...run, status: stopped ? 'stopped' : 'failed', ...(stopped ? {} : { error: reason }) }, {});
        throw error;
      }
    }, signal);
  }

  trainLive({ signal, progress }: CallContext<'trainLive'>): Promise<ModelInfo> {
    return this.#alone(async () => {
      const context = { ...(await this.#ready({ signal, progress })), signal, progress };
      const result = await trainUnmeasured(await this.#samples(), this.#project.head, context);
      await result.save(`${this.#path}/live.headstart`);
      const heatMap = context.backbone.hasFeatureMap;
      this.#other = await modelOf('live', this.#project.name, await this.#saved('live.headstart'), { ...unmeasured, heatMap });
      return this.#other.info;
    }, signal);
  }

  /** A bundle to predict with, or a project file to go on from. */
  async openFile(name: string, file: Blob): Promise<Calls['openFile']['out']> {
    if (/\.(json|zip)$/i.test(name)) {
      const { project, files } = await readProjectFile(name, file);
      if (project.modality !== this.#request.modality) {
        throw new EngineError('invalid-data', `this project is of ${things[project.modality]}`, {
          where: name,
          hint: 'Switch above, then open it again.',
        });
      }
      const { head, backbone, classes } = project;
      this.#project = { ...this.#project, classes };
      await this.changeSettings({ head, backbone, name: project.name });
      return { project: this.project, files };
    }
    // Only the backbone, once it is loaded, tells whether it keeps a map of the picture.
    this.#other = await modelOf('opened', name, file, { ...unmeasured, heatMap: true });
    return { model: this.#other.info };
  }

  async closeModel(): Promise<ModelInfo | undefined> {
    this.#other = undefined;
    return this.model;
  }

  predict(input: Calls['predict']['in'], { signal, progress }: CallContext<'predict'>): Promise<PredictionResult> {
    return this.#alone(async () => {
      const started = performance.now();
      const { bundle } = this.#current();
      const backbone = await this.#backboneOf(bundle, { signal, progress });
      const sample = await sampleToPredict(input);
      const { values, skipped } = await backbone.extract([sample], { store: false, parityCheck: false, batchSize: 1, signal });
      // Its hash would stand for every picture.
      const { hash: _hash, ...probe }: Sample = sample;
      this.#probe = probe;
      const [prediction] = bundle.predictFeatures(values);
      if (!prediction) throw new EngineError('invalid-data', skipped[0]?.reason ?? 'nothing could be predicted');
      return { ...prediction, milliseconds: performance.now() - started };
    }, signal);
  }

  listen({ clip, first }: Calls['listen']['in'], { signal, progress }: CallContext<'listen'>): Promise<PredictionResult | undefined> {
    return this.#alone(async () => {
      const started = performance.now();
      const { bundle } = this.#current();
      const backbone = await this.#backboneOf(bundle, { signal, progress });
      if (first || this.#ear?.backbone !== backbone || this.#ear.rate !== clip.rate) {
        this.#ear?.dispose();
        const { Ear } = await import('./ear.ts');
        this.#ear = new Ear(backbone, clip.rate);
      }
      const heard = await this.#ear.hear(clip, bundle);
      return heard && { ...heard, milliseconds: performance.now() - started };
    }, signal);
  }

  heatMap({ picture, classIndex }: Calls['heatMap']['in'], { signal }: CallContext<'heatMap'>): Promise<HeatMap> {
    return this.#alone(async () => {
      const { bundle } = this.#current();
      const backbone = await this.#backboneOf(bundle, { signal, progress: () => undefined });
      const sample = await pictureSample(picture);
      const map = await backbone.featureMap(sample);
      return classActivation(map, bundle.head, classIndex, backbone.reference.image as ImagePreprocessing, sample.picture);
    }, signal);
  }

  export(kind: ExportKind, { signal, progress }: CallContext<'export'>): Promise<Exported> {
    return this.#alone(async () => {
      const store = this.#store;
      if (kind === 'project' || kind === 'settings') return exportAs(kind, { project: this.project, store, path: this.#path });
      // A live head was not measured, and is not taken away.
      const model = this.#other?.info.kind === 'opened' ? this.#other : this.#trained;
      if (!model) throw new EngineError('invalid-argument', 'there is no trained model to take away', { hint: 'Train first.' });
      const backbone = await this.#backboneOf(model.bundle, { signal, progress });
      const mirror = await this.#backbones.mirrorOf(backbone.reference.name);
      const { bundle, file } = model;
      return exportAs(kind, {
        project: this.project,
        store,
        path: this.#path,
        model: { bundle, file, backbone, mirror },
        signal,
        base: this.#request.base,
      });
    }, signal);
  }

  /** Compares webgpu with onnxruntime on what was seen last; features that cannot be trusted end the use of webgpu. */
  verify(): Promise<{ readonly checked: boolean }> {
    return this.#alone(async () => {
      const { backbone, engine } = this.#loaded ?? {};
      const samples = this.#probe ? [this.#probe] : (await this.#samples()).slice(0, 2);
      if (!backbone || engine?.backend !== 'webgpu' || samples.length === 0) return { checked: false };
      try {
        await backbone.extract(samples, { store: false, parityCheck: true });
        return { checked: true };
      } catch (error) {
        if (!(error instanceof EngineError && error.code === 'parity')) throw error;
        await this.#engines.distrust('WebGPU gave other numbers than onnxruntime on this machine, so the CPU computes.');
        this.#loaded = undefined;
        if (this.#other?.info.kind !== 'opened') await this.#forgetModel();
        throw error;
      }
    });
  }

  async forget(): Promise<void> {
    await this.#forgetModel();
    this.#project = { ...this.#project, runs: [], excluded: [] };
    await this.#saveProject();
  }

  dispose(): void {
    this.#ear?.dispose();
    this.#loaded?.backbone.dispose();
    this.#loaded = undefined;
    void this.#engines.drop();
  }

  /** The engine and the project's backbone. */
  async #ready({
    signal,
    progress,
  }: {
    readonly signal: AbortSignal;
    progress(event: TrainEvent): void;
  }): Promise<{ engine: Engine; backbone: Backbone }> {
    const { name, cut, size } = this.#project.backbone;
    const asked = { ...(cut === undefined ? {} : { cut }), ...(size === undefined ? {} : { image: { height: size, width: size } }) };
    const load = (context: LoadContext) => this.#backbones.load(name, { ...context, ...asked });
    const backbone = await this.#load(JSON.stringify([name, cut, size]), progress, load, signal);
    return { engine: backbone.engine, backbone };
  }

  async #backboneOf(
    bundle: Bundle,
    { signal, progress }: { readonly signal: AbortSignal; progress(event: TrainEvent): void },
  ): Promise<Backbone> {
    if (this.#loaded && this.#loaded.engine === (await this.#engines.get()) && isSame(this.#loaded.backbone.reference, bundle.backbone))
      return this.#loaded.backbone;
    const key = JSON.stringify(bundle.backbone);
    return this.#load(key, progress, (context) => this.#backbones.reload(bundle.backbone, context), signal);
  }

  async #load(
    key: string,
    progress: (event: TrainEvent) => void,
    load: (context: LoadContext) => Promise<Backbone>,
    signal: AbortSignal,
  ): Promise<Backbone> {
    const engine = await this.#engines.get();
    if (this.#loaded?.key === key && this.#loaded.engine === engine) return this.#loaded.backbone;
    progress({ phase: 'loading' });
    const backbone = await load({ engine, signal, onProgress: (event) => progress({ phase: 'backbone', progress: event }) });
    this.#loaded?.backbone.dispose();
    this.#loaded = { key, engine, backbone };
    return backbone;
  }

  async #samples(): Promise<readonly Sample[]> {
    return this.#store ? samplesOf(this.#store, this.#project) : [];
  }

  #current(): Model {
    const model = this.#other ?? this.#trained;
    if (model) return model;
    throw new EngineError('invalid-argument', 'there is no trained model yet', { hint: 'Train one, or open a bundle.' });
  }

  async #restore(): Promise<void> {
    if (!this.#store) return;
    try {
      const extra = await readBlob(this.#store.folder, 'model.json');
      if (extra) {
        this.#trained = await modelOf('trained', this.#project.name, await this.#saved('model.headstart'), JSON.parse(await extra.text()));
      }
    } catch {
      // A model of another version, or one cut short: training makes a new one.
    }
  }

  async #saved(name: string): Promise<Blob> {
    const blob = await readBlob(await openFolder(this.#path), name);
    if (!blob) throw new EngineError('disk', 'the trained model is not where it was kept', { where: name, hint: 'Train again.' });
    // In memory: a later training replaces the file, and a Blob of the old one could not be read any more.
    return new Blob([await blob.arrayBuffer()], { type: 'application/octet-stream' });
  }

  async #forgetModel(): Promise<void> {
    this.#trained = undefined;
    this.#other = undefined;
    const folder = await openFolder(this.#path);
    for (const name of ['model.json', 'model.headstart']) await folder.removeEntry(name).catch(() => undefined);
  }

  async #noteRun(
    run: Omit<Project['runs'][number], 'finishedAt'>,
    scores: { accuracy?: number | undefined; macroF1?: number | undefined; logLoss?: number | undefined },
  ): Promise<void> {
    const known = Object.fromEntries(Object.entries(scores).filter(([, value]) => value !== undefined));
    const runs = [...this.#project.runs, { ...run, ...known, finishedAt: new Date().toISOString() }].slice(-20);
    this.#project = { ...this.project, runs };
    await this.#saveProject();
  }

  async #saveProject(): Promise<void> {
    if (this.#store) await saveProject(this.#path, this.project);
  }

  /**
   * One thing at a time: the device is one, and so is the head that is in use.
   * @param signal of a call that may be taken back while it waits
   */
  #alone<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const next = this.#last.then(async () => {
      try {
        if (signal?.aborted) throw new EngineError('cancelled', 'This was cancelled before it began');
        return await work();
      } catch (error) {
        if (error instanceof EngineError && error.code === 'device-lost') {
          this.#loaded = undefined;
          await this.#engines.drop();
        }
        throw error;
      }
    });
    this.#last = next.catch(() => undefined);
    return next;
  }
}

function sampleToPredict(input: PredictionInput): Promise<Sample> | Sample {
  if ('text' in input) return { id: 'text', text: input.text };
  return 'sound' in input ? soundSample(input.sound) : pictureSample(input.picture);
}

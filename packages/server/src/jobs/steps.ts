import { rm } from 'node:fs/promises';
import { type BackboneReference, EngineError, type SkippedSample, stratifiedSplit } from '@headstart/core';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { type Catalogue, downloadSum } from '../backbones/catalogue.ts';
import type { BackboneSpec } from '../backbones/spec.ts';
import { type Config, foldersOf } from '../config.ts';
import type { EngineThread } from '../engine/host.ts';
import type { JobSample, Rows } from '../engine/protocol.ts';
import { notFound, Problem } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Blobs } from '../store/blobs.ts';
import type { Db } from '../store/database.ts';
import { aliases, datasets, jobs as jobsTable, models, samples, shards } from '../store/schema.ts';
import type { Board, JobRow, Step } from './board.ts';
import type { JobParams } from './job.ts';
import { decodeRows, encodeRows, joinRows, type Manifest, type ManifestSample, pickRows } from './manifest.ts';
import { type StepContext, workerName } from './worker.ts';

export interface StepDeps {
  readonly db: Db;
  readonly blobs: Blobs;
  readonly board: Board;
  readonly catalogue: Catalogue;
  readonly engine: EngineThread;
  readonly config: Config;
  /** Where clients reach this server: bundles say that their uploaded backbones are there. */
  readonly publicUrl: () => Promise<string>;
}

/** What the steps of jobs do. */
export class Steps {
  readonly #deps: StepDeps;
  #manifest: { readonly blob: string; readonly manifest: Manifest } | undefined;

  constructor(deps: StepDeps) {
    this.#deps = deps;
  }

  run(step: Step, job: JobRow, context: StepContext): Promise<unknown> {
    return this[step.step](step, job, context);
  }

  /** Writes down which samples the job is on, and cuts them into shards. */
  async plan(step: Step, job: JobRow, { progress }: StepContext): Promise<void> {
    const { db, blobs, board, catalogue, config } = this.#deps;
    const params = job.params as Extract<JobParams, { kind: 'train' | 'extract' }>;
    progress({ phase: 'plan', done: 0, total: 1, unit: 'steps' });
    const { spec } = await catalogue.find(params.backbone);
    const [dataset] = await db.select().from(datasets).where(eq(datasets.id, params.dataset));
    if (!dataset) throw notFound('dataset', params.dataset);
    const rows = await db.select().from(samples).where(eq(samples.datasetId, dataset.id)).orderBy(asc(samples.position));
    const members = rows.filter(({ label }) => params.kind === 'extract' || label !== null).map(manifestSample);
    const { card } = spec;
    requireUsable(members, params.kind === 'train', dataset.name, dataset.modality, card);
    const used = usedAs(spec, params);
    const manifest: Manifest = { spec: used, modality: dataset.modality as Manifest['modality'], samples: members };
    const blob = await blobs.put(JSON.stringify(manifest));
    const count = Math.ceil(members.length / config.shardSamples);
    const parts = Array.from({ length: count }, (_, number) => ({
      jobId: job.id,
      number,
      samples: Math.min(config.shardSamples, members.length - number * config.shardSamples),
    }));
    await board.change(step, async (tx) => {
      await tx.delete(shards).where(eq(shards.jobId, job.id));
      for (let start = 0; start < parts.length; start += 1000) await tx.insert(shards).values(parts.slice(start, start + 1000));
      await tx.update(jobsTable).set({ manifest: blob.sha256 }).where(eq(jobsTable.id, job.id));
      await board.send(
        tx,
        parts.map(({ number }) => ({ job: job.id, attempt: step.attempt, step: 'shard', number })),
      );
    });
    const without = rows.length - members.length;
    if (without > 0) await board.log(step, 'info', `${without} samples without a label are left out.`);
    await board.log(step, 'info', `${members.length} samples in ${count} ${count === 1 ? 'part' : 'parts'}, backbone ${card.name}.`);
  }

  /** Features of one shard; whoever does the last one has the job finished. */
  async shard(step: Step, job: JobRow, { progress, signal, log }: StepContext): Promise<void> {
    const { db, blobs, board, catalogue, engine, config } = this.#deps;
    const number = step.number ?? 0;
    const at = and(eq(shards.jobId, job.id), eq(shards.number, number));
    const [shard] = await db.select().from(shards).where(at);
    if (!shard || shard.features !== null) return;
    const { spec, samples: all } = await this.#read(job);
    const start = number * config.shardSamples;
    const members = all.slice(start, start + shard.samples);
    const found = await engine.call(
      'extract',
      { spec: await catalogue.open(spec), samples: await this.#local(members), store: foldersOf(config).features },
      {
        signal,
        onProgress: ({ phase, done, total }) => progress({ phase, done, total, unit: phase === 'download' ? 'bytes' : 'samples' }),
      },
    );
    const { rows, skipped, reused, reference } = found;
    if (reused > 0) await log('info', `${reused} of ${members.length} samples of part ${number + 1} were in the feature store.`);
    for (const { id, reason } of skipped.slice(0, 20)) await log('warn', `${id} is left out: ${reason}`);
    const blob = await blobs.put(encodeRows(rows, reference.dimension, { skipped, reference: { ...reference, engine: found.engine } }));
    await board.change(step, async (tx) => {
      await tx.update(shards).set({ features: blob.sha256, done: shard.samples, worker: workerName }).where(at);
      await board.showExtraction(tx, job.id);
      const left = await tx
        .select({ number: shards.number })
        .from(shards)
        .where(and(eq(shards.jobId, job.id), isNull(shards.features)));
      if (left.length === 0) await board.send(tx, [{ job: job.id, attempt: step.attempt, step: 'finish' }]);
    });
  }

  async finish(step: Step, job: JobRow, context: StepContext): Promise<void> {
    const { db, blobs, board } = this.#deps;
    const parts = await db.select().from(shards).where(eq(shards.jobId, job.id)).orderBy(asc(shards.number));
    const decoded: ReturnType<typeof decodeRows>[] = [];
    for (const { features } of parts) decoded.push(decodeRows(await blobs.get(features as string)));
    const rows = joinRows(decoded.map((each) => each.rows));
    const skipped = decoded.flatMap((each) => each.skipped);
    const [first] = decoded as [(typeof decoded)[number]];
    const { engine, ...reference } = first.reference as BackboneReference & { readonly engine: string };
    const workers = new Set(parts.map(({ worker }) => worker));
    await context.log(
      'info',
      `Features of ${rows.ids.length} samples are there, by ${workers.size === 1 ? 'one worker' : `${workers.size} workers`}.`,
    );
    if (job.params.kind === 'train') return this.#train(step, job, context, { rows, skipped, reference, engine });
    const blob = await blobs.put(encodeRows(rows, reference.dimension, { skipped, reference }));
    const result = {
      features: blob.sha256,
      samples: rows.ids.length,
      dimension: reference.dimension,
      engine,
      skipped: skipped.slice(0, 100),
    };
    await board.end(step, { result });
  }

  async export(step: Step, job: JobRow, context: StepContext): Promise<void> {
    const { db, board } = this.#deps;
    const { model: id } = job.params as Extract<JobParams, { kind: 'export' }>;
    const [model] = await db.select().from(models).where(eq(models.id, id));
    if (!model) throw notFound('model', id);
    const onnx = await this.#export(model.spec, model.bundle, context);
    await board.end(step, { result: { model: id } }, async (tx) => {
      await tx.update(models).set({ onnx }).where(eq(models.id, id));
    });
  }

  async download(step: Step, job: JobRow, { progress, signal }: StepContext): Promise<void> {
    const { catalogue, board } = this.#deps;
    const { backbone } = job.params as Extract<JobParams, { kind: 'download' }>;
    const tell = downloadSum((done, total) => progress({ phase: 'download', done, total, unit: 'bytes' }));
    await catalogue.download(backbone, { signal, onProgress: tell });
    await board.end(step, { result: {} });
  }

  async #train(
    step: Step,
    job: JobRow,
    context: StepContext,
    { rows, skipped, reference, engine }: { rows: Rows; skipped: readonly SkippedSample[]; reference: BackboneReference; engine: string },
  ): Promise<void> {
    const { blobs, board, engine: thread, publicUrl } = this.#deps;
    const { signal, progress, log } = context;
    const params = job.params as Extract<JobParams, { kind: 'train' }>;
    const { spec, samples: members, modality } = await this.#read(job);
    const usable = new Set(rows.ids);
    const split = splitOf(
      members.filter(({ id }) => usable.has(id)),
      params,
    );
    const groups = new Set(split.test.map(({ group }) => group)).size;
    const whole = split.test.some(({ group }) => group !== undefined) ? `, ${groups} whole ${groups === 1 ? 'group' : 'groups'}` : '';
    await log('info', `${split.train.length} samples to learn from, ${split.test.length} held out${whole}.`);
    const part = (which: readonly ManifestSample[]) =>
      withGroups(pickRows(rows, new Set(which.map(({ id }) => id)), reference.dimension), which);
    const source = spec.files ? `${await publicUrl()}/v1/backbones/${encodeURIComponent(spec.card.name)}/files/` : reference.source;
    const [bundle, report] = [blobs.temporary('.headstart'), blobs.temporary('.html')];
    try {
      const trained = await thread.call(
        'train',
        {
          train: part(split.train),
          test: part(split.test),
          reference: { ...reference, source },
          options: { l2: params.l2, folds: params.folds, seed: params.seed, classWeights: params.classWeights },
          title: params.name,
          samples: await this.#local(split.test),
          bundle,
          report,
        },
        { signal, onProgress: ({ done }) => progress({ phase: 'train', done, total: 0, unit: 'steps' }) },
      );
      const { metrics, training, labels } = trained;
      for (const note of training.notes) await log('info', `Training: ${note}.`);
      const kept = await blobs.keepFile(bundle);
      const page = metrics && (await blobs.keepFile(report));
      const onnx = params.exportOnnx ? await this.#exportOrSay(spec, kept.sha256, context) : undefined;
      const id = newId('mdl');
      const model = {
        id,
        name: params.name,
        jobId: job.id,
        datasetId: params.dataset,
        spec,
        modality,
        labels: [...labels],
        metrics: metrics && { ...metrics },
        training: { ...training },
        bundle: kept.sha256,
        report: page?.sha256,
        onnx,
      };
      const accuracy = metrics === undefined ? {} : { accuracy: metrics.accuracy };
      const result = {
        model: id,
        samples: rows.ids.length,
        dimension: reference.dimension,
        engine,
        skipped: skipped.slice(0, 100),
        ...accuracy,
      };
      await board.end(step, { result }, async (tx) => {
        await tx.insert(models).values(model);
        const { alias } = params;
        if (alias === undefined) return;
        const set = { modelId: id, updatedAt: sql`now()` };
        await tx.insert(aliases).values({ alias, modelId: id }).onConflictDoUpdate({ target: aliases.alias, set });
      });
    } finally {
      await rm(bundle, { force: true });
      await rm(report, { force: true });
    }
  }

  /** A model that cannot be exported is a model all the same. */
  async #exportOrSay(spec: BackboneSpec, bundle: string, context: StepContext): Promise<string | undefined> {
    try {
      return await this.#export(spec, bundle, context);
    } catch (error) {
      if (!(error instanceof EngineError) || error.code === 'cancelled') throw error;
      await context.log('warn', `No ONNX file was written: ${error.message}`);
      return undefined;
    }
  }

  async #export(spec: BackboneSpec, bundle: string, { signal, progress }: StepContext): Promise<string> {
    const { blobs, engine, catalogue } = this.#deps;
    const out = blobs.temporary('.onnx');
    progress({ phase: 'export', done: 0, total: 1, unit: 'steps' });
    try {
      await engine.call('export', { spec: await catalogue.open(spec), bundle: await blobs.path(bundle), out }, { signal });
      return (await blobs.keepFile(out)).sha256;
    } finally {
      await rm(out, { force: true });
    }
  }

  async #read(job: JobRow): Promise<Manifest> {
    const blob = job.manifest as string;
    if (this.#manifest?.blob !== blob) this.#manifest = { blob, manifest: JSON.parse(await this.#deps.blobs.text(blob)) };
    return (this.#manifest as { manifest: Manifest }).manifest;
  }

  #local(members: readonly ManifestSample[]): Promise<JobSample[]> {
    return Promise.all(
      members.map(async ({ id, label, text, blob }) => ({
        id,
        ...(label === undefined ? {} : { label }),
        ...(text === undefined ? {} : { text }),
        ...(blob === undefined ? {} : { path: await this.#deps.blobs.path(blob) }),
      })),
    );
  }
}

/** A backbone with the cut and size that a job asks for. */
function usedAs(
  spec: BackboneSpec,
  { size, ...params }: { readonly size?: number | undefined; readonly cut?: string | undefined },
): BackboneSpec {
  const sized = size === undefined ? spec : { ...spec, size };
  if (params.cut === undefined || params.cut === spec.card.cut) return sized;
  // How the value becomes a vector depends on which it is.
  const { pooling: _, dimension: _dimension, ...card } = spec.card;
  return { ...sized, card: { ...card, cut: params.cut } };
}

function manifestSample({ name, label, split, group, text, blob }: typeof samples.$inferSelect): ManifestSample {
  return {
    id: name,
    ...(label === null ? {} : { label }),
    ...(split === null ? {} : { split }),
    ...(group === null ? {} : { group }),
    ...(text === null ? {} : { text }),
    ...(blob === null ? {} : { blob }),
  };
}

/** The split that the data came with, or one of its own, the same as the command line's. */
function splitOf(members: readonly ManifestSample[], { testShare, seed }: { testShare: number; seed: number }) {
  const test = members.filter(({ split }) => split === 'test');
  if (test.length > 0) return { train: members.filter(({ split }) => split !== 'test'), test };
  return stratifiedSplit(members, { fraction: testShare, seed }) as { train: ManifestSample[]; test: ManifestSample[] };
}

/** Rows with the groups of their samples, where some have one; a sample without is a group of its own. */
function withGroups(rows: Rows, members: readonly ManifestSample[]): Rows {
  if (members.every(({ group }) => group === undefined)) return rows;
  const groups = new Map(members.map(({ id, group }) => [id, group === undefined ? `sample ${id}` : `group ${group}`]));
  return { ...rows, groups: rows.ids.map((id) => groups.get(id) ?? id) };
}

/** @throws Problem 422 for a backbone of another kind than the dataset's samples */
export function requireModality(modality: string | null, dataset: string, card: BackboneSpec['card']): void {
  if (modality === null || modality === card.modality) return;
  const detail = `Backbone '${card.name}' takes ${card.modality} samples, and dataset '${dataset}' holds ${modality} samples.`;
  throw new Problem(422, 'invalid-data', detail, { hint: 'GET /v1/backbones lists the backbones of each kind.' });
}

function requireUsable(
  members: readonly ManifestSample[],
  labelled: boolean,
  dataset: string,
  modality: string | null,
  card: BackboneSpec['card'],
): void {
  const classes = new Set(members.map(({ label }) => label));
  if (members.length === 0) {
    const hint = labelled ? 'Upload samples into class folders, or label those that are there.' : 'Upload some.';
    throw new Problem(422, 'invalid-data', `Dataset '${dataset}' has no ${labelled ? 'labelled ' : ''}sample.`, { hint });
  }
  requireModality(modality, dataset, card);
  if (labelled && classes.size < 2) {
    throw new Problem(422, 'invalid-data', `Dataset '${dataset}' has only one class, '${[...classes][0]}'.`, {
      hint: 'Add samples of another class: a head tells classes apart.',
    });
  }
}

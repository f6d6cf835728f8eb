import {
  type Backbone,
  checkData,
  type Engine,
  type Features,
  type Finding,
  type Project,
  type Sample,
  stratifiedSplit,
  Tensor,
  type TrainResult,
  trainHead,
} from '@headstart/core';
import type { HeldOut, TrainEvent } from '../protocol.ts';
import type { SampleRecord } from '../samples/state.ts';
import type { SampleStore } from '../samples/store.ts';

export interface TrainContext {
  readonly engine: Engine;
  readonly backbone: Backbone;
  readonly signal: AbortSignal;
  progress(event: TrainEvent): void;
}

export interface Trained {
  readonly result: TrainResult;
  readonly heldOut: readonly HeldOut[];
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** Samples of a project as core takes them; what they hold is read from disk when it is needed. */
export async function samplesOf(store: SampleStore, project: Project): Promise<readonly Sample[]> {
  const names = new Map(store.state.classes.map(({ id, name }) => [id, name]));
  const excluded = new Set(project.excluded);
  const records = [...store.state.samples.values()].filter(({ id }) => !excluded.has(id));
  return Promise.all(records.map((record) => sampleOf(store, project, record, names.get(record.classId) ?? '')));
}

async function sampleOf(store: SampleStore, { modality }: Project, record: SampleRecord, label: string): Promise<Sample> {
  const { id, hash, start, end, group } = record;
  if (modality === 'text') return { id, label, hash, text: (await (await store.content(id))?.text()) ?? '' };
  const part = {
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(group === undefined ? {} : { group }),
  };
  return {
    id,
    label,
    hash,
    ...part,
    read: async () => new Uint8Array((await (await store.content(id))?.arrayBuffer()) ?? new ArrayBuffer(0)),
  };
}

/**
 * Trains on a part of the samples and measures on the rest: the same split, folds and start as every front end has for the same
 * samples and seed.
 */
export async function trainMeasured(samples: readonly Sample[], head: Project['head'], context: TrainContext): Promise<Trained> {
  const { train, test } = stratifiedSplit(samples, { fraction: head.testShare, seed: head.seed });
  const features = await extract(samples, context);
  const [trainFeatures, testFeatures] = [pick(features, train), pick(features, test)];
  const result = await trainHead(trainFeatures, {
    engine: context.engine,
    l2: head.l2,
    folds: head.folds,
    seed: head.seed,
    classWeights: head.classWeights,
    signal: context.signal,
    onProgress: (progress) => context.progress({ phase: 'head', progress }),
  });
  context.progress({ phase: 'evaluate' });
  const known = withLabels(testFeatures, new Set(result.labels));
  if (known.ids.length > 0) result.evaluate(known);
  const heldOut = result.predict(known.values).map(({ label, confidence }, row): HeldOut => {
    const index = (name: string) => result.labels.indexOf(name);
    return { id: known.ids[row] as string, truth: index(known.labels[row] as string), predicted: index(label), confidence };
  });
  const notes = [...result.training.notes, ...skippedNotes(features), ...context.backbone.notes];
  return { result, heldOut, findings: findingsOf(result, trainFeatures, known, samples), notes };
}

/** A head on every sample, at one fixed strength: quick enough to follow each sample that comes in. */
export async function trainUnmeasured(samples: readonly Sample[], head: Project['head'], context: TrainContext): Promise<TrainResult> {
  const features = await extract(samples, context);
  const l2 = head.l2 === 'auto' ? liveStrength : head.l2;
  return trainHead(features, { engine: context.engine, l2, seed: head.seed, classWeights: 'balanced', signal: context.signal });
}

/** λ of heads that follow the camera; strong, for there are few samples. */
const liveStrength = 0.3;

function extract(samples: readonly Sample[], { backbone, signal, progress }: TrainContext): Promise<Features> {
  // The engines are compared in idle time after the first features: the reference engine is a large download.
  const onProgress = (event: Parameters<NonNullable<Parameters<Backbone['extract']>[1]>['onProgress'] & {}>[0]) =>
    progress({ phase: 'features', progress: event });
  return backbone.extract(samples, { signal, parityCheck: false, onProgress });
}

/** The rows of some of the samples. */
function pick(features: Features, samples: readonly Sample[]): Features {
  const wanted = new Set(samples.map(({ id }) => id));
  return rowsOf(features, (row) => wanted.has(features.ids[row] as string));
}

function withLabels(features: Features, labels: ReadonlySet<string>): Features {
  return rowsOf(features, (row) => labels.has(features.labels[row] as string));
}

function rowsOf(features: Features, keep: (row: number) => boolean): Features {
  const rows = features.ids.map((_, row) => row).filter(keep);
  const { dimension } = features;
  const from = features.values.data as Float32Array;
  const values = new Float32Array(rows.length * dimension);
  rows.forEach((row, at) => {
    values.set(from.subarray(row * dimension, (row + 1) * dimension), at * dimension);
  });
  return {
    ...features,
    ids: rows.map((row) => features.ids[row] as string),
    labels: rows.map((row) => features.labels[row] as string),
    ...(features.groups ? { groups: rows.map((row) => features.groups?.[row] as string) } : {}),
    values: Tensor.from(values, [rows.length, dimension]),
  };
}

function findingsOf(result: TrainResult, train: Features, test: Features, samples: readonly Sample[]): readonly Finding[] {
  const hashes = new Map(samples.map(({ id, hash }) => [id, hash ?? id]));
  const split = (name: string, { ids, labels }: Features) => ({
    name,
    ids,
    classes: labels.map((label) => result.labels.indexOf(label)),
    hashes: ids.map((id) => hashes.get(id) as string),
  });
  const { outOfFold } = result;
  const complete = outOfFold && outOfFold.rows.length === train.ids.length ? { outOfFold: outOfFold.probabilities } : {};
  return checkData({ labels: result.labels, splits: [split('train', train), split('test', test)], ...complete });
}

function skippedNotes({ skipped }: Features): readonly string[] {
  const [first] = skipped;
  if (!first) return [];
  return [`${skipped.length === 1 ? 'One sample was' : `${skipped.length} samples were`} left out, such as ${first.id}: ${first.reason}`];
}

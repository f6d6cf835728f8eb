import { join, resolve } from 'node:path';
import {
  type Backbone,
  type BackboneCard,
  type BackboneOptions,
  type Engine,
  EngineError,
  type Features,
  loadBackbone,
  type Sample,
  Tensor,
} from '@headstart/core';
import { type CommonFlags, type Context, downloadMeter, hubOptions, pathOf } from '../commands/command.ts';
import { reportSkipped } from './data.ts';

/** The backbone used when none is named. */
export const defaultBackbones = { image: 'densenet121', text: 'minilm-l6', audio: 'speech-embedding' } as const;

export interface BackboneFlags {
  readonly backbone?: string | undefined;
  readonly size?: number | undefined;
  readonly batch?: number | undefined;
}

/** Loads a backbone, downloading it with a bar when it is not there yet. */
export async function openBackbone(
  context: Context,
  name: string | BackboneCard,
  engine: Engine,
  flags: CommonFlags & BackboneFlags,
  options: Pick<BackboneOptions, 'shuffleSeed' | 'text'> = {},
): Promise<Backbone> {
  const label = typeof name === 'string' ? name : name.name;
  const meter = downloadMeter(context, `Fetching ${label}`);
  const backbone = await loadBackbone(typeof name === 'string' && name.endsWith('.onnx') ? pathOf(context, name) : name, {
    ...hubOptions(context, flags),
    ...options,
    engine,
    ...(flags.size === undefined ? {} : { image: { height: flags.size, width: flags.size } }),
    onProgress: meter.onProgress,
  });
  meter.finish();
  for (const note of backbone.notes) context.report.warn(note);
  return backbone;
}

/** Features of samples, with a bar; what the store holds already is not computed again. */
export async function extractFeatures(
  context: Context,
  backbone: Backbone,
  samples: readonly Sample[],
  { task, store, batch }: { readonly task: string; readonly store: string | boolean; readonly batch?: number | undefined },
): Promise<Features> {
  const { report, signal } = context;
  const features = await backbone.extract(samples, {
    store,
    ...(batch === undefined ? {} : { batchSize: batch }),
    signal,
    onProgress: ({ done, total }) => report.progress({ task, done, total, unit: 'samples' }),
  });
  reportSkipped(context, features.skipped);
  if (features.reused > 0) {
    const share = features.reused === features.ids.length ? 'All' : `${features.reused} of ${features.ids.length}`;
    report.say(report.paint.dim(`  ${share} were in the feature store; nothing is computed twice.`));
  }
  return features;
}

/** The folder of feature stores that `--cache` means; true for the shared one. */
export function storeOf({ io }: Context, { cache }: Pick<CommonFlags, 'cache'>): string | true {
  return cache === undefined ? true : join(resolve(io.cwd, cache), 'features');
}

/** The rows of some samples, in their order; those without a row are left out. */
export function rowsOf(features: Features, samples: readonly Pick<Sample, 'id'>[]): Features {
  const rows = new Map(features.ids.map((id, row) => [id, row]));
  const kept = samples.flatMap(({ id }) => rows.get(id) ?? []);
  const { dimension } = features;
  const from = features.values.data as Float32Array;
  const values = new Float32Array(kept.length * dimension);
  for (const [row, source] of kept.entries()) values.set(from.subarray(source * dimension, (source + 1) * dimension), row * dimension);
  return {
    ...features,
    ids: kept.map((row) => features.ids[row] as string),
    labels: kept.map((row) => features.labels[row] as string),
    ...(features.groups ? { groups: kept.map((row) => features.groups?.[row] ?? '') } : {}),
    values: Tensor.from(values, [kept.length, dimension]),
  };
}

/** Features of several extractions by one backbone, one after the other. */
export function joinFeatures(parts: readonly Features[]): Features {
  const [first] = parts;
  if (!first) throw new EngineError('invalid-data', 'there are no samples to extract features of');
  const ids = parts.flatMap((part) => part.ids);
  const values = new Float32Array(ids.length * first.dimension);
  let row = 0;
  for (const part of parts) {
    values.set(part.values.data as Float32Array, row * first.dimension);
    row += part.ids.length;
  }
  return {
    ...first,
    ids,
    labels: parts.flatMap((part) => part.labels),
    ...(parts.some(({ groups }) => groups) ? { groups: parts.flatMap((part) => part.groups ?? part.ids) } : {}),
    skipped: parts.flatMap((part) => part.skipped),
    reused: parts.reduce((sum, part) => sum + part.reused, 0),
    values: Tensor.from(values, [ids.length, first.dimension]),
  };
}

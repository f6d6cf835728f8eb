import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Backbone,
  EngineError,
  type Features,
  loadBackbone,
  type ProjectRun,
  type Sample,
  type TrainResult,
  trainHead,
} from '@headstart/core';
import { nodeFiles } from '../../io.ts';
import { type Bench, speedKey } from './bench.ts';
import { downloadMeter } from './download-meter.ts';
import { problemOf } from './problem.ts';
import { splitOf } from './project-data.ts';
import { backboneAt } from './project-paths.ts';
import type { Answer, EngineRequest, Results } from './protocol.ts';

type TrainRequest = Extract<EngineRequest, { type: 'train' }>;

/** Fewer computed samples than this tell little of a backbone's speed. */
const enoughToMeasure = 24;

/**
 * Trains a project's head: features of both splits, the head, its scores, the bundle. Each step can be paused and stopped; features
 * that are done stay in the feature store, so that the next run goes on there.
 */
export async function trainProject(bench: Bench, { folder, project, runId }: TrainRequest): Promise<void> {
  const { tell, engine, signal, checkpoint, now } = bench;
  const run: ProjectRun = {
    id: runId,
    status: 'running',
    startedAt: now().toISOString(),
    backbone: project.backbone.name,
    engine: engine.backend,
  };
  tell({ type: 'train-started', run });
  try {
    checkpoint();
    tell({ type: 'train-phase', phase: 'load', text: `Opening ${project.backbone.name}` });
    const split = await splitOf(folder, project);
    using backbone = await openBackbone(bench, { folder, project });
    const train = await extract(bench, backbone, split.train, 'train');
    const test = await extract(bench, backbone, split.test, 'test');
    tell({ type: 'train-phase', phase: 'head', text: `Fitting the head on ${train.ids.length} samples` });
    const { l2, folds, seed, classWeights } = project.head;
    const result = await trainHead(train, {
      engine,
      l2,
      folds,
      seed,
      classWeights,
      signal,
      onProgress({ phase, l2: strength, iteration, objective }) {
        tell({ type: 'iteration', phase, l2: strength, iteration, objective });
        checkpoint();
      },
      onStrength: (point) => tell({ type: 'strength', ...point }),
    });
    for (const note of result.training.notes) tell({ type: 'note', text: note });
    tell({ type: 'train-phase', phase: 'write', text: 'Measuring, and writing the bundle' });
    const results = resultsOf(result, test);
    const bundle = join('runs', runId, `${fileName(project.name)}.headstart`);
    await mkdir(join(folder, 'runs', runId), { recursive: true });
    await result.save(join(folder, bundle));
    await nodeFiles.write(join(folder, 'runs', runId, 'results.json'), JSON.stringify(results));
    const { accuracy, macroF1, logLoss, samples } = results.metrics;
    const done: ProjectRun = {
      ...run,
      status: 'done',
      finishedAt: now().toISOString(),
      samples: train.ids.length + samples,
      accuracy,
      macroF1,
      logLoss,
      bundle,
    };
    tell({ type: 'trained', run: done, results });
  } catch (error) {
    const stopped = signal.aborted || (error instanceof EngineError && error.code === 'cancelled');
    const problem = problemOf(error);
    const ended = { ...run, finishedAt: now().toISOString() };
    tell({ type: 'train-ended', run: stopped ? { ...ended, status: 'stopped' } : { ...ended, status: 'failed', error: problem.what } });
    if (!stopped) tell({ type: 'failed', job: 'train', problem });
  }
}

async function openBackbone(
  { engine, hub, signal, tell, checkpoint }: Bench,
  { folder, project: { backbone } }: Pick<TrainRequest, 'folder' | 'project'>,
): Promise<Backbone> {
  const meter = downloadMeter(backbone.name, 0, tell);
  const opened = await loadBackbone(backboneAt(folder, backbone.name), {
    ...hub,
    engine,
    signal,
    ...(backbone.cut === undefined ? {} : { cut: backbone.cut }),
    ...(backbone.size === undefined ? {} : { image: { height: backbone.size, width: backbone.size } }),
    onProgress(progress) {
      meter(progress);
      checkpoint();
    },
  });
  for (const note of opened.notes) tell({ type: 'note', text: note });
  return opened;
}

async function extract(bench: Bench, backbone: Backbone, samples: readonly Sample[], split: 'train' | 'test'): Promise<Features> {
  const { tell, signal, store, checkpoint } = bench;
  const of = split === 'train' ? 'to train on' : 'held out';
  tell({ type: 'train-phase', phase: split, text: `Features of ${samples.length} samples ${of}` });
  let last = { rate: 0, computed: 0 };
  const features = await backbone.extract(samples, {
    store,
    signal,
    onProgress(progress) {
      tell({ type: 'extraction', split, ...progress });
      last = { rate: progress.rate, computed: progress.done - progress.reused };
      checkpoint();
    },
  });
  for (const { id, reason } of features.skipped.slice(0, 5)) tell({ type: 'note', text: `Skipped ${id}: ${reason}` });
  if (last.computed >= enoughToMeasure) {
    const { name } = backbone.card;
    tell({ type: 'measured', key: speedKey(name, bench.engine), name, rate: last.rate });
  }
  return features;
}

function resultsOf(result: TrainResult, test: Features): Results {
  const metrics = result.evaluate(test);
  const answers = result.predict(test.values).map(
    ({ label, confidence }, row): Answer => ({
      id: test.ids[row] ?? '',
      truth: test.labels[row] ?? '',
      predicted: label,
      confidence,
    }),
  );
  return { metrics, training: result.training, answers };
}

/** A name without what file systems refuse. */
export function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') || 'model';
}

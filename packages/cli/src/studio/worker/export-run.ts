import { dirname, join, resolve } from 'node:path';
import { EngineError, exportOnnx, openBundle, reportPage } from '@headstart/core';
import { nodeFiles } from '../../io.ts';
import { formatBytes } from '../../plain.ts';
import type { Bench } from './bench.ts';
import { splitOf } from './project-data.ts';
import type { EngineRequest, Results, WorkerEvent } from './protocol.ts';

type ExportRequest = Extract<EngineRequest, { type: 'export' }>;

/** Writes what a run can be handed on as, beside its bundle. */
export async function exportRun(bench: Bench, { folder, run, project, what }: ExportRequest): Promise<WorkerEvent> {
  if (run.bundle === undefined)
    throw new EngineError('invalid-argument', 'this run has no bundle', { where: run.id, hint: 'Train again.' });
  const stem = run.bundle.replace(/\.headstart$/, '');
  const bundle = await openBundle(resolve(folder, run.bundle));
  if (what === 'onnx') {
    const file = `${stem}.onnx`;
    const { bytes, difference } = await exportOnnx(bundle, resolve(folder, file), {
      ...bench.hub,
      engine: bench.engine,
      signal: bench.signal,
    });
    return {
      type: 'exported',
      runId: run.id,
      what,
      file,
      text: `${formatBytes(bytes)}; onnxruntime agrees within ${difference.toExponential(0)}`,
    };
  }
  const file = `${stem}.report.html`;
  const { answers, metrics } = await resultsAt(join(resolve(folder, dirname(run.bundle)), 'results.json'));
  const split = await splitOf(folder, project);
  const page = await reportPage({
    title: project.name,
    summary: `A head on ${run.backbone}, trained on ${bundle.training.samples} samples of ${bundle.labels.length} classes.`,
    metrics,
    predictions: answers.map(({ predicted, confidence }) => ({ label: predicted, confidence, probabilities: [] })),
    samples: [...split.train, ...split.test],
    test: { ids: answers.map(({ id }) => id), labels: answers.map(({ truth }) => truth) },
    training: bundle.training,
    backbone: bundle.backbone,
  });
  await nodeFiles.write(resolve(folder, file), page);
  return { type: 'exported', runId: run.id, what, file, text: `${formatBytes(page.length)}; open it in a browser` };
}

async function resultsAt(path: string): Promise<Results> {
  if ((await nodeFiles.kind(path)) !== 'file') {
    throw new EngineError('invalid-data', 'what this run found is no longer there', { where: path, hint: 'Train again to have a report.' });
  }
  return JSON.parse(new TextDecoder().decode(await nodeFiles.read(path))) as Results;
}

import { indexLabels, openBundle, reportPage, type SkippedSample, scorePredictions } from '@headstart/core';
import { commands } from '../args.ts';
import { UsageError } from '../flags.ts';
import { exitCodes } from '../help.ts';
import { readLabelled, reportSkipped } from '../workflow/data.ts';
import { storeOf } from '../workflow/features.ts';
import { metricsText } from '../workflow/figures.ts';
import { stemOf } from '../workflow/names.ts';
import { downloadMeter, handler, hubOptions, openNamedEngine, pathOf } from './command.ts';

export const evaluate = handler(commands.evaluate.flags, async ({ flags, positionals }, context) => {
  const { io, report, signal } = context;
  const [file, path, extra] = positionals;
  if (file === undefined || path === undefined || extra !== undefined) throw new UsageError('BUNDLE and DATA are expected');
  const data = await readLabelled(context, pathOf(context, path), flags);
  const samples = data.test ?? data.samples;
  using engine = await openNamedEngine(context, flags.engine);
  using bundle = await openBundle(pathOf(context, file), {
    ...hubOptions(context, flags),
    engine,
    onProgress: downloadMeter(context, 'Fetching the backbone').onProgress,
  });
  // A class that the head does not know ends it here, not after the work.
  indexLabels(
    samples.map(({ label }) => label ?? ''),
    bundle.labels,
    samples.map(({ id }) => id),
  );
  const skipped: SkippedSample[] = [];
  const predictions = await bundle.predict(samples, {
    store: storeOf(context, flags),
    ...(flags.batch === undefined ? {} : { batchSize: flags.batch }),
    signal,
    onSkipped: (sample) => skipped.push(sample),
    onProgress: ({ done, total }) => report.progress({ task: 'Classifying', done, total, unit: 'samples' }),
  });
  reportSkipped(context, skipped);
  const labelOf = new Map(samples.map(({ id, label }) => [id, label ?? '']));
  const ids = predictions.map(({ id }) => id);
  const labels = ids.map((id) => labelOf.get(id) ?? '');
  const { seed, classCounts } = bundle.training;
  const metrics = scorePredictions(
    indexLabels(labels, bundle.labels, ids),
    predictions.flatMap(({ probabilities }) => probabilities),
    bundle.labels,
    { seed, majorityClass: classCounts.indexOf(Math.max(...classCounts)) },
  );
  if (flags.out !== undefined) {
    const page = await reportPage({
      title: `${stemOf(file)} on ${stemOf(path)}`,
      summary: `${ids.length} samples that the head was not trained on.`,
      metrics,
      predictions,
      samples,
      test: { ids, labels },
      training: bundle.training,
      backbone: bundle.backbone,
    });
    await io.files.write(pathOf(context, flags.out), page);
  }
  report.result(
    { metrics, engine: engine.backend, ...(flags.out === undefined ? {} : { report: flags.out }) },
    ['', ...metricsText(metrics, report.paint), ...(flags.out === undefined ? [] : ['', `Report: ${report.paint.cyan(flags.out)}`])].join(
      '\n',
    ),
  );
  return exitCodes.ok;
});

import { augmentSamples, type Dataset, exportOnnx, reportPage } from '@headstart/core';
import { commands } from '../args.ts';
import { UsageError } from '../flags.ts';
import { exitCodes } from '../help.ts';
import { columns } from '../layout.ts';
import { limitSamples, readLabelled, splitData } from '../workflow/data.ts';
import { defaultBackbones, extractFeatures, openBackbone, storeOf } from '../workflow/features.ts';
import { metricsText } from '../workflow/figures.ts';
import { fitHead, parseStrength } from '../workflow/head.ts';
import { outputsOf, stemOf } from '../workflow/names.ts';
import { handler, only, openNamedEngine, pathOf, shownPath } from './command.ts';

export const train = handler(commands.train.flags, async ({ flags, positionals }, context) => {
  const { io, report } = context;
  const { paint } = report;
  const path = only(positionals, 'DATA');
  const l2 = parseStrength(flags.l2);
  const data = await readLabelled(context, pathOf(context, path), flags);
  const other = flags['test-data'];
  const test: Dataset | undefined = other === undefined ? undefined : await readLabelled(context, pathOf(context, other), flags);
  const limited = { ...data, samples: limitSamples(data.samples, flags.limit, flags.seed) };
  const split = test ? { train: limited.samples, test: test.samples } : splitData(limited, flags.test, flags.seed);

  using engine = await openNamedEngine(context, flags.engine);
  using backbone = await openBackbone(context, flags.backbone ?? defaultBackbones[data.modality], engine, flags);
  const extract = (samples: typeof split.train, task: string) =>
    extractFeatures(context, backbone, samples, { task, store: storeOf(context, flags), batch: flags.batch });
  if (flags.augment > 0 && data.modality !== 'audio') throw new UsageError('--augment is for clips');
  const learned = flags.augment > 0 ? augmentSamples(split.train, { copies: flags.augment, seed: flags.seed }) : split.train;
  const trainFeatures = await extract(learned, 'Features to train on');
  const testFeatures = await extract(split.test, 'Features held out');
  const result = await fitHead(context, trainFeatures, { engine, l2, folds: flags.folds, seed: flags.seed });
  const metrics = result.evaluate(testFeatures);

  const outputs = outputsOf(pathOf(context, flags.out ?? `${stemOf(path)}.headstart`));
  await result.save(outputs.bundle);
  const merged = await exportOnnx(result, outputs.onnx, { engine, loaded: backbone, signal: context.signal });
  const page = await reportPage({
    title: stemOf(path),
    summary: `A head on ${backbone.card.name}, trained on ${trainFeatures.ids.length} samples of ${data.classes.length} classes.`,
    metrics,
    predictions: result.predict(testFeatures.values),
    samples: split.test,
    test: testFeatures,
    training: result.training,
    backbone: result.backbone,
  });
  await io.files.write(outputs.report, page);

  const shown = (file: string) => shownPath(context, file);
  const bundle = shown(outputs.bundle);
  report.result(
    { outputs, metrics, training: result.training, backbone: backbone.card.name, engine: engine.backend },
    [
      '',
      ...metricsText(metrics, paint),
      '',
      paint.bold('Written'),
      ...columns([
        [paint.cyan(bundle), 'the bundle: head, labels, where the backbone comes from, seed'],
        [
          paint.cyan(shown(outputs.onnx)),
          `one ONNX file for any runtime; its logits differ from ours by at most ${merged.difference.toExponential(0)}`,
        ],
        [paint.cyan(shown(outputs.report)), 'the report, with the most confident mistakes'],
      ]),
      '',
      paint.bold('Next'),
      ...columns([
        [`headstart predict ${bundle} ${{ image: 'picture.jpg', text: '-', audio: 'clip.wav' }[data.modality]}`, ''],
        [`headstart evaluate ${bundle} OTHER-DATA`, ''],
      ]),
    ].join('\n'),
  );
  return exitCodes.ok;
});

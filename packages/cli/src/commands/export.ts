import { exportOnnx, openBundle } from '@headstart/core';
import { commands } from '../args.ts';
import { exitCodes } from '../help.ts';
import { formatBytes } from '../plain.ts';
import { outputsOf, stemOf } from '../workflow/names.ts';
import { downloadMeter, handler, hubOptions, only, openNamedEngine, pathOf } from './command.ts';

export const exportCommand = handler(commands.export.flags, async ({ flags, positionals }, context) => {
  const { report } = context;
  const file = only(positionals, 'BUNDLE');
  using engine = await openNamedEngine(context, flags.engine);
  const bundle = await openBundle(pathOf(context, file));
  const target = flags.out ?? outputsOf(`${stemOf(file)}.headstart`).onnx;
  const meter = downloadMeter(context, 'Fetching the backbone');
  const summary = await exportOnnx(bundle, pathOf(context, target), {
    ...hubOptions(context, flags),
    engine,
    signal: context.signal,
    onProgress: meter.onProgress,
  });
  const { bytes, difference, inputs, outputs } = summary;
  report.result(
    { file: target, bytes, difference, inputs, outputs, labels: bundle.labels },
    `${report.paint.green('✓')} ${report.paint.cyan(target)} (${formatBytes(bytes)}): ${inputs.join(', ')} → ${outputs.join(', ')}; ` +
      `in onnxruntime its logits differ from ours by at most ${difference.toExponential(0)}`,
  );
  return exitCodes.ok;
});

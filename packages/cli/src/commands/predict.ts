import { join } from 'node:path';
import { EngineError, type Modality, openBundle, readDataset, type Sample, type SkippedSample } from '@headstart/core';
import { commands } from '../args.ts';
import { UsageError } from '../flags.ts';
import { exitCodes } from '../help.ts';
import { reportSkipped } from '../workflow/data.ts';
import { percent } from '../workflow/figures.ts';
import { type Context, downloadMeter, handler, hubOptions, openNamedEngine, pathOf } from './command.ts';

export const predict = handler(commands.predict.flags, async ({ flags, positionals }, context) => {
  const { report, signal } = context;
  const [file, ...inputs] = positionals;
  if (file === undefined) throw new UsageError('BUNDLE is missing');
  if (inputs.length === 0) throw new UsageError('INPUT is missing');
  using engine = await openNamedEngine(context, flags.engine);
  using bundle = await openBundle(pathOf(context, file), {
    ...hubOptions(context, flags),
    engine,
    onProgress: downloadMeter(context, 'Fetching the backbone').onProgress,
  });
  const modality = bundle.backbone?.modality ?? 'image';
  const samples = (await Promise.all(inputs.map((input) => readInputs(context, input, modality)))).flat();
  const skipped: SkippedSample[] = [];
  const predictions = await bundle.predict(samples, {
    ...(flags.batch === undefined ? {} : { batchSize: flags.batch }),
    signal,
    onSkipped: (sample) => skipped.push(sample),
    ...(samples.length > 16
      ? { onProgress: ({ done, total }) => report.progress({ task: 'Classifying', done, total, unit: 'samples' }) }
      : {}),
  });
  reportSkipped(context, skipped);
  const width = Math.max(...predictions.map(({ id }) => id.length), 0);
  for (const { id, probabilities, label, confidence } of predictions) {
    const ranked = bundle.labels
      .map((name, index) => ({ label: name, probability: probabilities[index] ?? 0 }))
      .sort((a, b) => b.probability - a.probability)
      .slice(0, Math.max(1, flags.top));
    const text = ranked.map((each) => `${each.label} ${report.paint.dim(percent(each.probability))}`).join('  ');
    report.item({ id, label, confidence, top: ranked }, `${id.padEnd(Math.min(width, 60))}  ${text}`);
  }
  if (flags.json) report.result({ samples: predictions.length, skipped: skipped.length }, '');
  if (predictions.length === 0) {
    throw new EngineError('invalid-data', 'none of the inputs could be classified', { where: inputs.join(', ') });
  }
  return exitCodes.ok;
});

/** Samples of one argument: `-` for a text a line, a text file, a picture, or a folder of pictures. */
async function readInputs(context: Context, input: string, modality: Modality): Promise<readonly Sample[]> {
  const { io } = context;
  if (input === '-') {
    if (modality !== 'text') throw new UsageError(`- reads texts, and this bundle takes ${modality === 'audio' ? 'clips' : 'pictures'}`);
    return lines(await readAll(io.stdin));
  }
  const path = pathOf(context, input);
  if (modality === 'text') {
    if ((await io.files.kind(path)) !== 'file') {
      throw new EngineError('invalid-data', 'there is no such text file', {
        where: input,
        hint: 'This bundle takes texts; - reads them from standard input.',
      });
    }
    if (!/\.(csv|tsv|jsonl|ndjson)$/i.test(input)) return [{ id: input, text: new TextDecoder().decode(await io.files.read(path)) }];
  }
  const { samples } = await readDataset(path, { labelled: false });
  // Named as the reader would find them again.
  return samples.map((sample) => ({ ...sample, id: samples.length === 1 && sample.id === path ? input : join(input, sample.id) }));
}

function lines(text: string): Sample[] {
  return text.split(/\r?\n/).flatMap((line, index) => (line.trim() === '' ? [] : [{ id: `line ${index + 1}`, text: line }]));
}

async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

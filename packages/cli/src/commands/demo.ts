import { join } from 'node:path';
import {
  type Backbone,
  type ComparisonRow,
  exportOnnx,
  type Features,
  type HubOptions,
  type Metrics,
  type Prediction,
  reportPage,
  type Sample,
  stratifiedSplit,
  type TrainResult,
} from '@headstart/core';
import { commands } from '../args.ts';
import { askPhrases } from '../demo/ask-phrases.ts';
import { pictureLines } from '../demo/blocks.ts';
import { fetchMails } from '../demo/mails.ts';
import { defaultPhrases, synthesisePhrases } from '../demo/phrases.ts';
import { fetchPictures } from '../demo/pictures.ts';
import { tryListening } from '../demo/signal.ts';
import { synthesiserBytes } from '../demo/voices.ts';
import { UsageError } from '../flags.ts';
import { exitCodes } from '../help.ts';
import type { Io } from '../io.ts';
import { columns, visibleLength } from '../layout.ts';
import { joinFeatures, openBackbone, rowsOf, storeOf } from '../workflow/features.ts';
import { percent } from '../workflow/figures.ts';
import { fitHead } from '../workflow/head.ts';
import { outputsOf } from '../workflow/names.ts';
import { type Context, downloadMeter, handler, hubOptions, openNamedEngine, pathOf, shownPath } from './command.ts';
import { detectionText } from './listen.ts';

interface Fetch {
  readonly io: Io;
  readonly hub: HubOptions;
  readonly phrases: readonly string[];
  readonly seed: number;
  readonly onMade: (made: number) => void;
}

/** What differs between the demos. */
const kinds = {
  text: {
    title: 'Spam or not',
    task: 'tell spam from other mail (SpamAssassin corpus, 2002)',
    things: 'mails',
    backbone: 'minilm-l6',
    most: 1000,
    // Of a hundred mails a few are empty or repeat others.
    spare: 1.15,
    bytes: 7_000_000,
    fetch: (count: number, { io, hub }: Fetch) => fetchMails(io.files, count, hub),
    size: undefined,
    // What most mails decide themselves in.
    tokens: 64,
  },
  image: {
    title: 'Ten kinds of pictures',
    task: 'tell ten kinds of pictures apart (CIFAR-10, 32 × 32 pixels)',
    things: 'pictures',
    backbone: 'densenet121',
    most: 1200,
    spare: 1,
    bytes: 23_200_000,
    fetch: (count: number, { io, hub }: Fetch) => fetchPictures(io.files, count, hub),
    // Twice the pictures' own size, and an eighth of the work of the size the backbone was trained with.
    size: 64,
    tokens: undefined,
  },
  audio: {
    title: 'Voice commands',
    task: 'tell spoken phrases from each other and from other speech, in voices never heard',
    things: 'clips',
    backbone: 'speech-embedding',
    most: 600,
    spare: 1,
    bytes: synthesiserBytes,
    fetch: synthesisePhrases,
    size: undefined,
    tokens: undefined,
  },
} as const;

/** Seconds from the start until which features may be computed; heads, export and report take the rest of three minutes. */
const featureSeconds = 90;
/** Samples between two looks at the clock. */
const turn = 64;
/** Fewer would measure nothing, however slow the machine. */
const fewest = 192;
const shown = 6;

export const demo = handler(commands.demo.flags, async ({ flags, positionals }, context) => {
  const { io, report } = context;
  const { paint } = report;
  const [name = 'text', ...rest] = positionals;
  if (name !== 'text' && name !== 'image' && name !== 'audio') throw new UsageError("'text', 'image' or 'audio' is expected");
  if (name !== 'audio' && rest.length > 0) throw new UsageError(`'${rest[0]}' is one too many: only the audio demo takes phrases`);
  const kind = kinds[name];
  report.say(`${paint.bold(kind.title)}: ${kind.task}.`);
  const phrases = rest.length > 0 ? rest : name === 'audio' && !flags.json ? await askPhrases(context) : defaultPhrases;
  const started = io.now();
  if (name === 'audio') report.say(`Phrases: ${phrases.join(' · ')}`);
  const meter = downloadMeter(context, `Fetching ${name === 'audio' ? 'the synthesiser' : `the ${kind.things}`}`, kind.bytes);
  let fetched = false;
  const fetchDone = () => {
    if (!fetched) meter.finish();
    fetched = true;
  };
  const wanted = Math.ceil((flags.samples ?? kind.most) * kind.spare);
  const all = await kind.fetch(wanted, {
    io,
    hub: { ...hubOptions(context, flags), onProgress: meter.onProgress },
    phrases,
    seed: flags.seed,
    onMade(done) {
      fetchDone();
      report.progress({ task: 'Speaking the phrases', done, total: wanted, unit: 'clips' });
    },
  });
  fetchDone();

  using engine = await openNamedEngine(context, flags.engine);
  const sized = { ...flags, size: kind.size };
  const options = kind.tokens === undefined ? {} : { text: { maxTokens: kind.tokens } };
  using backbone = await openBackbone(context, kind.backbone, engine, sized, options);
  using shuffled = await openBackbone(context, kind.backbone, engine, sized, { ...options, shuffleSeed: flags.seed });
  const [own, control] = await featuresInTurns(context, [backbone, shuffled], all.slice(0, flags.samples ?? kind.most), {
    task: `Features of ${kind.backbone}, pretrained and shuffled`,
    until: flags.samples === undefined ? started + featureSeconds * 1000 : Number.POSITIVE_INFINITY,
    store: storeOf(context, flags),
  });
  const used = all.slice(0, own.ids.length);
  const { train, test } = stratifiedSplit(used, { fraction: 0.3, seed: flags.seed });
  report.say(`${train.length} ${kind.things} to learn from, ${test.length} held out to measure with.`);
  const learn = async (features: Features) => {
    const held = rowsOf(features, test);
    const result = await fitHead(context, rowsOf(features, train), { engine, seed: flags.seed, folds: 3 });
    return { result, metrics: result.evaluate(held), predictions: result.predict(held.values), test: held };
  };
  const pretrained = await learn(own);
  const baseline = await learn(control);
  const rows = comparison(kind.backbone, pretrained.metrics, baseline.metrics);
  report.say(['', paint.bold('What pretraining is worth'), ...comparisonText(rows, context), ''].join('\n'));
  report.say(seenText(context, test, pretrained).join('\n'));

  const heard = name === 'audio' ? await listenToHeldOut(context, test, pretrained.result, backbone, flags.seed) : undefined;
  const folder = pathOf(context, flags.out ?? join('headstart-out', `demo-${name}`));
  const outputs = outputsOf(join(folder, `${name}.headstart`));
  await pretrained.result.save(outputs.bundle, heard ? { detection: heard.detection } : {});
  await exportOnnx(pretrained.result, outputs.onnx, { engine, loaded: backbone, signal: context.signal });
  const page = await reportPage({
    title: kind.title,
    summary: `A head on ${kind.backbone} learned to ${kind.task} from ${train.length} ${kind.things}.`,
    metrics: pretrained.metrics,
    predictions: pretrained.predictions,
    samples: test,
    test: pretrained.test,
    training: pretrained.result.training,
    backbone: pretrained.result.backbone,
    comparison: rows,
  });
  await io.files.write(outputs.report, page);
  const seconds = (io.now() - started) / 1000;
  const place = (file: string) => shownPath(context, file);
  report.result(
    {
      comparison: rows,
      outputs,
      samples: used.length,
      seconds,
      engine: engine.backend,
      reason: engine.reason,
      metrics: pretrained.metrics,
      ...(heard ? { detection: heard.detection, listening: heard.metrics } : {}),
    },
    [
      paint.bold('Written'),
      ...columns([
        [paint.cyan(place(outputs.bundle)), `the bundle, for headstart ${heard ? 'listen, ' : ''}predict, evaluate and export`],
        [paint.cyan(place(outputs.onnx)), 'backbone and head in one ONNX file, for any runtime'],
        [paint.cyan(place(outputs.report)), 'the report; open it in a browser'],
      ]),
      paint.dim(`${Math.round(seconds)} s on ${engine.backend}, since ${engine.reason}.`),
    ].join('\n'),
  );
  return exitCodes.ok;
});

/** The head on a continuous signal of the clips that were held out. */
async function listenToHeldOut(
  { report }: Context,
  samples: readonly Sample[],
  result: TrainResult,
  backbone: Backbone,
  seed: number,
): Promise<Awaited<ReturnType<typeof tryListening>>> {
  const heard = await tryListening(samples, result, backbone, {
    seed,
    onProgress: (done, total) => report.progress({ task: 'Listening to voices held out', done, total, unit: 'seconds' }),
  });
  report.say(
    [
      report.paint.bold('As a listener, on a continuous signal of voices held out'),
      `  ${detectionText(heard.metrics)}`,
      report.paint.dim(`  Threshold ${heard.detection.threshold}, chosen on another part of them.`),
      '',
    ].join('\n'),
  );
  return heard;
}

/**
 * Features of the same samples by several backbones, in turns, until the time is over: a machine that slows down does less, and
 * what was done is complete.
 */
async function featuresInTurns(
  { io, report, signal }: Context,
  backbones: readonly [Backbone, Backbone],
  samples: readonly Sample[],
  { task, until, store }: { readonly task: string; readonly until: number; readonly store: string | true },
): Promise<readonly [Features, Features]> {
  const parts: [Features, Features][] = [];
  for (let done = 0; done < samples.length && (done < fewest || io.now() < until); done += turn) {
    report.progress({ task, done, total: samples.length, unit: 'samples' });
    const some = samples.slice(done, done + turn);
    const [first, second] = backbones;
    parts.push([await first.extract(some, { store, signal }), await second.extract(some, { store, signal })]);
  }
  const [own, other] = [joinFeatures(parts.map(([each]) => each)), joinFeatures(parts.map(([, each]) => each))];
  report.progress({ task, done: own.ids.length, total: own.ids.length, unit: 'samples' });
  return [own, other];
}

interface Learned {
  readonly predictions: readonly Prediction[];
  readonly test: Features;
}

function comparison(backbone: string, pretrained: Metrics, shuffled: Metrics): readonly ComparisonRow[] {
  const { majority } = pretrained;
  const row = ({ accuracy, macroF1, logLoss }: Metrics) => ({ accuracy, macroF1, logLoss });
  return [
    { name: `always '${majority.label}'`, note: 'no model at all', accuracy: majority.accuracy },
    { name: `${backbone}, weights shuffled`, note: 'the same architecture, nothing learned', ...row(shuffled) },
    { name: `${backbone}, pretrained`, note: 'the same head', ...row(pretrained), best: true },
  ];
}

function comparisonText(rows: readonly ComparisonRow[], { report: { paint } }: Context): string[] {
  const width = 24;
  return columns(
    [
      ['', 'accuracy', 'macro F1', 'log loss'].map(paint.dim),
      ...rows.map(({ name, accuracy, macroF1, logLoss, best }) => {
        const filled = Math.round(accuracy * width);
        const bar = (best ? paint.green : paint.dim)('█'.repeat(filled)) + ' '.repeat(width - filled);
        const cells = [percent(accuracy), macroF1?.toFixed(3) ?? '', logLoss?.toFixed(3) ?? '', bar];
        return [best ? paint.bold(name) : name, ...cells];
      }),
    ],
    ['left', 'right', 'right', 'right'],
  );
}

/** A few held-out samples, spread over the test split, and what the head says of them. */
function seenText({ io, report: { paint } }: Context, samples: readonly Sample[], { test, predictions }: Learned): string[] {
  const step = Math.max(1, Math.floor(test.ids.length / shown));
  const byId = new Map(samples.map((sample) => [sample.id, sample]));
  const rows = predictions
    .map((_, row) => row)
    .filter((row) => row % step === 0)
    .slice(0, shown);
  const chosen = rows.map((row) => ({
    sample: byId.get(test.ids[row] ?? ''),
    truth: test.labels[row] ?? '',
    prediction: predictions[row] as Prediction,
  }));
  const pictures = chosen.flatMap(({ sample }) => (sample?.picture ? [sample.picture] : []));
  const colours = io.stderr.isTerminal && /truecolor|24bit/i.test(io.env.COLORTERM ?? '') && !io.env.NO_COLOR;
  const size = 16;
  const drawn = colours && pictures.length === chosen.length && pictures.length * (size + 2) <= io.stderr.columns;
  const heading = paint.bold('Some that it has not seen');
  const mark = (right: boolean) => (right ? paint.green('✓') : paint.red('✗'));
  if (drawn) {
    const under = (text: (each: (typeof chosen)[number]) => string) => `  ${chosen.map((each) => fit(text(each), size)).join('  ')}`;
    return [
      heading,
      ...pictureLines(pictures, size).map((line) => `  ${line}`),
      under(({ truth, prediction }) => `${mark(prediction.label === truth)} ${prediction.label}`),
      under(({ prediction }) => paint.dim(percent(prediction.confidence))),
      under(({ truth, prediction }) => (prediction.label === truth ? '' : paint.dim(`is ${truth}`))),
      '',
    ];
  }
  return [
    heading,
    ...columns(
      chosen.map(({ sample, truth, prediction }) => [
        mark(prediction.label === truth),
        prediction.label,
        percent(prediction.confidence),
        prediction.label === truth ? '' : paint.dim(`is ${truth}`),
        paint.dim(sample?.text === undefined ? (sample?.id ?? '') : `${sample.text.slice(0, 60)}…`),
      ]),
      ['left', 'left', 'right'],
    ),
    '',
  ];
}

/** A text in exactly `width` characters. */
function fit(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleLength(text)));
}

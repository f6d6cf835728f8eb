import {
  type Bundle,
  chooseThreshold,
  type Detection,
  type DetectionMetrics,
  type DetectionSettings,
  decodeClip,
  EngineError,
  EventFinder,
  findEvents,
  measureDetections,
  openBundle,
  parseOccurrences,
  RateChanger,
  usualDetection,
  type WindowScores,
} from '@headstart/core';
import { commands } from '../args.ts';
import { UsageError } from '../flags.ts';
import { exitCodes } from '../help.ts';
import { percent } from '../workflow/figures.ts';
import { type Context, downloadMeter, handler, hubOptions, openNamedEngine, pathOf } from './command.ts';

/** Seconds of a file that are worked on at once: enough to share what neighbouring windows have in common. */
const stretch = 6;

export const listen = handler(commands.listen.flags, async ({ flags, positionals }, context) => {
  const [file, input, extra] = positionals;
  if (file === undefined || input === undefined || extra !== undefined) throw new UsageError('BUNDLE and INPUT are expected');
  if (input === '-' && flags.truth !== undefined) throw new UsageError('--truth goes with a file, not with -');
  using engine = await openNamedEngine(context, flags.engine);
  using bundle = await openBundle(pathOf(context, file), {
    ...hubOptions(context, flags),
    engine,
    onProgress: downloadMeter(context, 'Fetching the backbone').onProgress,
  });
  const rate = bundle.backbone?.audio?.rate;
  if (rate === undefined) {
    throw new EngineError('invalid-argument', 'this bundle does not take sound', {
      where: file,
      expected: 'a bundle trained on clips',
      got: bundle.backbone?.modality ?? 'loose features',
    });
  }
  const settings = settingsOf(bundle, flags);
  if (input === '-') return fromPcm(context, bundle, settings, flags.rate, rate);
  const clip = await decodeClip(new Uint8Array(await context.io.files.read(pathOf(context, input)))).catch((cause: unknown) => {
    throw new EngineError('invalid-data', cause instanceof Error ? cause.message : 'it cannot be decoded', { where: input, cause });
  });
  const scores = await scoresOf(context, bundle, settings, clip.samples, clip.rate, rate);
  const seconds = clip.samples.length / clip.rate;
  const truth = flags.truth === undefined ? undefined : await readTruth(context, flags.truth);
  const chosen =
    truth && flags.threshold === undefined
      ? chooseThreshold(scores, bundle.labels, settings, {
          occurrences: truth,
          seconds,
          falseAcceptsPerHour: flags['false-accepts'],
        })
      : undefined;
  const used = chosen ? { ...settings, threshold: chosen.chosen.threshold } : settings;
  const detections = findEvents(scores, bundle.labels.length, new EventFinder(bundle.labels, used));
  for (const each of detections) report(context, each);
  const metrics = truth && measureDetections(detections, truth, seconds);
  context.report.result(
    {
      detections: detections.length,
      seconds,
      settings: used,
      engine: engine.backend,
      ...(metrics ? { metrics } : {}),
      ...(chosen ? { curve: chosen.curve } : {}),
    },
    summary(context, detections.length, seconds, used, metrics, chosen !== undefined),
  );
  return exitCodes.ok;
});

function settingsOf(
  bundle: Bundle,
  flags: {
    readonly threshold?: number | undefined;
    readonly smoothing?: number | undefined;
    readonly refractory?: number | undefined;
    readonly ignore: readonly string[];
  },
): DetectionSettings {
  const { threshold, smoothing, refractory, ignore } = flags;
  return {
    ...usualDetection(bundle.labels),
    ...bundle.detection,
    ...(threshold === undefined ? {} : { threshold }),
    ...(smoothing === undefined ? {} : { smoothing }),
    ...(refractory === undefined ? {} : { refractory }),
    ...(ignore.length === 0 ? {} : { ignore }),
  };
}

/** Signed 16-bit little-endian samples of one channel, as they come. */
async function fromPcm(
  { io, report: out, signal }: Context,
  bundle: Bundle,
  settings: DetectionSettings,
  from: number,
  to: number,
): Promise<number> {
  if (from < 1) throw new UsageError('--rate takes the samples a second of the sound');
  using listener = await bundle.listen(settings);
  const changer = new RateChanger(from, to);
  let rest = new Uint8Array(0);
  let count = 0;
  let samples = 0;
  out.say(out.paint.dim(`Listening: 16-bit mono at ${from} Hz on standard input.`));
  for await (const chunk of io.stdin) {
    if (signal.aborted) break;
    if (typeof chunk === 'string' && chunk !== '')
      throw new EngineError('invalid-data', 'text came where sound was expected', { where: '-', expected: 'raw 16-bit samples' });
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    if (typeof chunk !== 'string') bytes.set(chunk, rest.length);
    const whole = bytes.length & ~1;
    rest = bytes.slice(whole);
    const view = new DataView(bytes.buffer);
    const values = Float32Array.from({ length: whole / 2 }, (_, at) => view.getInt16(2 * at, true) / 32768);
    samples += values.length;
    for (const each of await listener.push(changer.push(values))) {
      report({ io, report: out, signal }, each);
      count++;
    }
  }
  out.result({ detections: count, seconds: samples / from, settings }, `${count} commands in ${length(samples / from)}.`);
  return exitCodes.ok;
}

async function scoresOf(
  { report: out, signal }: Context,
  bundle: Bundle,
  settings: DetectionSettings,
  samples: Float32Array,
  from: number,
  to: number,
): Promise<WindowScores> {
  using listener = await bundle.listen(settings);
  const changer = new RateChanger(from, to);
  const times: number[] = [];
  const rows: number[] = [];
  // Silence around it, so that what is said first and last comes to the middle of a window too.
  const lead = (bundle.backbone?.audio?.seconds ?? 0) / 2;
  const whole = new Float32Array(samples.length + Math.round(2.2 * lead * from));
  whole.set(samples, Math.round(lead * from));
  for (let start = 0; start < whole.length; start += stretch * from) {
    if (signal.aborted) throw new EngineError('cancelled', 'listening was stopped');
    out.progress({ task: 'Listening', done: start / from, total: samples.length / from, unit: 'seconds' });
    const part = await listener.score(changer.push(whole.subarray(start, start + stretch * from)));
    times.push(...part.times.map((time) => time - lead));
    rows.push(...part.probabilities);
  }
  out.progress({ task: 'Listening', done: samples.length / from, total: samples.length / from, unit: 'seconds' });
  return { times, probabilities: Float64Array.from(rows) };
}

async function readTruth(context: Context, path: string) {
  return parseOccurrences(new TextDecoder().decode(await context.io.files.read(pathOf(context, path))), path);
}

function report({ report: out }: Context, { time, label, confidence }: Detection): void {
  out.item(
    { time, label, confidence },
    `${time.toFixed(2).padStart(8)} s  ${out.paint.green(label)}  ${out.paint.dim(percent(confidence))}`,
  );
}

function summary(
  { report: { paint } }: Context,
  count: number,
  seconds: number,
  { threshold }: DetectionSettings,
  metrics: DetectionMetrics | undefined,
  chosen: boolean,
): string {
  const lines = ['', `${count} commands in ${length(seconds)}, at a threshold of ${threshold}${chosen ? ', chosen on this signal' : ''}.`];
  if (metrics) lines.push(detectionText(metrics));
  if (chosen) lines.push(paint.dim(`Use it with --threshold ${threshold}; measure it on another signal, for on this one it flatters.`));
  return lines.join('\n');
}

/** `Misses 4.2 % (2 of 48), false accepts 1.5 an hour (1 in 40 min)` */
export function detectionText({ missRate, missed, occurrences, falseAccepts, falseAcceptsPerHour, seconds }: DetectionMetrics): string {
  return `Misses ${percent(missRate)} (${missed} of ${occurrences}), false accepts ${falseAcceptsPerHour.toFixed(1)} an hour (${falseAccepts} in ${length(seconds)}).`;
}

function length(seconds: number): string {
  return seconds < 90 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`;
}

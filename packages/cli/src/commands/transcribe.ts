import { decodeClip, EngineError, loadTranscriber, type Transcript, whisperTiny, wordErrorRate } from '@headstart/core';
import { commands } from '../args.ts';
import { UsageError } from '../flags.ts';
import { exitCodes } from '../help.ts';
import { percent } from '../workflow/figures.ts';
import { downloadMeter, handler, hubOptions, only, openNamedEngine, pathOf } from './command.ts';

export const transcribe = handler(commands.transcribe.flags, async ({ flags, positionals }, context) => {
  const { io, report, signal } = context;
  const { paint } = report;
  const input = only(positionals, 'CLIP');
  if (flags.out !== undefined && !/\.(txt|srt)$/i.test(flags.out))
    throw new UsageError(`--out takes a .txt or .srt file, not '${flags.out}'`);
  const clip = await decodeClip(new Uint8Array(await io.files.read(pathOf(context, input)))).catch((cause: unknown) => {
    throw new EngineError('invalid-data', cause instanceof Error ? cause.message : 'it cannot be decoded', { where: input, cause });
  });
  using engine = await openNamedEngine(context, flags.engine);
  const meter = downloadMeter(context, `Fetching ${whisperTiny.name}`, whisperTiny.bytes);
  using transcriber = await loadTranscriber({ ...hubOptions(context, flags), engine, onProgress: meter.onProgress });
  meter.finish();
  const started = io.now();
  const transcript = await transcriber.transcribe(clip, {
    ...(flags.language === undefined ? {} : { language: flags.language }),
    onSegment: (segment) =>
      report.item({ ...segment }, `${paint.dim(`[${clock(segment.start)} → ${clock(segment.end)}]`)}  ${segment.text}`),
    onProgress: (done, total) => report.progress({ task: 'Transcribing', done: tenths(done), total: tenths(total), unit: 'seconds' }),
    signal,
  });
  const rate = flags.reference === undefined ? undefined : wordErrorRate(await referenceOf(flags.reference), transcript.text);
  if (flags.out !== undefined)
    await io.files.write(pathOf(context, flags.out), /\.srt$/i.test(flags.out) ? srt(transcript) : `${transcript.text}\n`);
  const seconds = clip.samples.length / clip.rate;
  const took = (io.now() - started) / 1000;
  report.result(
    {
      ...transcript,
      seconds,
      engine: engine.backend,
      reason: engine.reason,
      ...(rate === undefined ? {} : { wordErrorRate: rate }),
      ...(flags.out === undefined ? {} : { file: flags.out }),
    },
    [
      ...(transcript.segments.length === 0 ? ['Nobody speaks in it.'] : []),
      paint.dim(`${seconds.toFixed(1)} s of sound (${transcript.language}) in ${took.toFixed(1)} s.`),
      ...(rate === undefined ? [] : [`Word error rate ${percent(rate)}`]),
      ...(flags.out === undefined ? [] : [`Written: ${paint.cyan(flags.out)}`]),
    ].join('\n'),
  );
  return exitCodes.ok;

  /** The text of `--reference`: that of a file of this name, or the words themselves. */
  async function referenceOf(given: string): Promise<string> {
    const path = pathOf(context, given);
    return (await io.files.kind(path)) === 'file' ? new TextDecoder().decode(await io.files.read(path)) : given;
  }
});

function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

/** `1:02.34` */
function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${(seconds - 60 * minutes).toFixed(2).padStart(5, '0')}`;
}

/** SubRip subtitles. */
export function srt({ segments }: Pick<Transcript, 'segments'>): string {
  const time = (seconds: number) => {
    const whole = Math.round(seconds * 1000);
    const parts = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60, Math.floor(whole / 1000) % 60];
    return `${parts.map((part) => `${part}`.padStart(2, '0')).join(':')},${`${whole % 1000}`.padStart(3, '0')}`;
  };
  return segments.map(({ start, end, text }, index) => `${index + 1}\n${time(start)} --> ${time(end)}\n${text}\n`).join('\n');
}

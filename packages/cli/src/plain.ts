import type { TrainProgress } from '@headstart/core';
import type { Io } from './io.ts';
import { type Paint, paintFor, wantsColour } from './paint.ts';

/** How far a piece of work is. */
export interface Progress {
  readonly task: string;
  readonly done: number;
  readonly total: number;
  /** What is counted: `samples`, `bytes`. */
  readonly unit: string;
}

/** Where commands say what they do: to people (bars or lines on standard error) or to programs (NDJSON on standard output). */
export interface Reporter {
  readonly paint: Paint;
  /** A sentence about what happens now. */
  say(text: string): void;
  /** Something the reader should know that does not stop the work. */
  warn(text: string): void;
  progress(progress: Progress): void;
  /** The result: `text` for people, `data` as the last JSON line for programs. */
  result(data: Readonly<Record<string, unknown>>, text: string): void;
  /** A part of the result, printed as it is found. */
  item(data: Readonly<Record<string, unknown>>, text: string): void;
  /** Told how the fitting of a head goes, where someone watches. */
  readonly training?: TrainingWatch;
  error(data: { readonly code: string; readonly message: string; readonly hint?: string }): void;
}

export interface TrainingWatch {
  iteration(progress: TrainProgress): void;
  strength(point: { readonly l2: number; readonly logLoss: number; readonly accuracy: number }): void;
}

export function reporterFor(io: Io, json: boolean): Reporter {
  if (io.reporter) return io.reporter;
  return json ? jsonReporter(io) : textReporter(io);
}

function jsonReporter(io: Io): Reporter {
  const emit = (event: string, data: object) => io.stdout.write(`${JSON.stringify({ event, ...data })}\n`);
  const gate = rateGate(io, 500);
  return {
    paint: paintFor(false),
    say: (message) => emit('message', { message }),
    warn: (message) => emit('warning', { message }),
    progress: (progress) => {
      if (gate(progress)) emit('progress', progress);
    },
    result: (data) => emit('result', data),
    item: (data) => emit('item', data),
    error: (data) => emit('error', data),
  };
}

function textReporter(io: Io): Reporter {
  const paint = paintFor(wantsColour(io.env, io.stderr.isTerminal));
  const meter = io.stderr.isTerminal ? barMeter(io, paint) : lineMeter(io);
  const line = (text: string) => {
    meter.clear();
    io.stderr.write(`${text}\n`);
  };
  const out = (text: string) => {
    meter.clear();
    io.stdout.write(`${text}\n`);
  };
  return {
    paint,
    say: line,
    warn: (text) => line(`${paint.yellow('!')} ${text}`),
    progress: meter.show,
    result: (_, text) => out(text),
    item: (_, text) => out(text),
    error: ({ message }) => line(`${paint.red('✗')} ${message}`),
  };
}

interface Meter {
  show(progress: Progress): void;
  clear(): void;
}

/** A bar that is redrawn in place, with rate and time left; a finished task leaves one line. */
function barMeter(io: Io, paint: Paint): Meter {
  const gate = rateGate(io, 80);
  const clock = rateClock(io);
  let drawn = false;
  const clear = () => {
    if (drawn) io.stderr.write('\r\x1b[2K');
    drawn = false;
  };
  return {
    clear,
    show(progress) {
      const finished = progress.done >= progress.total;
      const { rate, seconds } = clock(progress);
      if (!gate(progress)) return;
      clear();
      if (finished) {
        io.stderr.write(`${paint.green('✓')} ${progress.task}  ${paint.dim(summary(progress, seconds, rate))}\n`);
        return;
      }
      const left = rate > 0 ? `${formatSeconds((progress.total - progress.done) / rate)} left` : '';
      const tail = `${formatShare(progress)}  ${formatRate(progress, rate)}  ${left}`;
      const width = Math.max(10, Math.min(30, io.stderr.columns - progress.task.length - tail.length - 6));
      const filled = Math.round((width * progress.done) / Math.max(1, progress.total));
      const bar = `${paint.cyan('━'.repeat(filled))}${paint.dim('─'.repeat(width - filled))}`;
      io.stderr.write(`  ${progress.task} ${bar} ${tail}`);
      drawn = true;
    },
  };
}

/** Off a terminal: a line at the start, every tenth at most once in five seconds, and at the end. */
function lineMeter(io: Io): Meter {
  const gate = rateGate(io, 5000);
  const clock = rateClock(io);
  return {
    clear: () => undefined,
    show(progress) {
      const { rate, seconds } = clock(progress);
      if (!gate(progress)) return;
      const finished = progress.done >= progress.total;
      const left = rate > 0 && !finished ? `, ${formatSeconds((progress.total - progress.done) / rate)} left` : '';
      io.stderr.write(`${progress.task}: ${finished ? summary(progress, seconds, rate) : formatShare(progress)}${left}\n`);
    },
  };
}

/** Lets the first and the last of a task pass, and in between one each `milliseconds`. */
function rateGate(io: Io, milliseconds: number): (progress: Progress) => boolean {
  let task = '';
  let last = 0;
  let finished = false;
  return (progress) => {
    const now = io.now();
    const isNew = progress.task !== task;
    if (isNew) finished = false;
    if (finished) return false;
    finished = progress.done >= progress.total;
    if (!isNew && !finished && now - last < milliseconds) return false;
    task = progress.task;
    last = now;
    return true;
  };
}

/** Rate in units a second since the task's first report, so that what a cache held does not count as speed. */
function rateClock(io: Io): (progress: Progress) => { rate: number; seconds: number } {
  let task = '';
  let from = 0;
  let start = 0;
  return ({ task: name, done }) => {
    if (name !== task) {
      task = name;
      from = done;
      start = io.now();
    }
    const seconds = (io.now() - start) / 1000;
    return { rate: seconds > 0.05 ? (done - from) / seconds : 0, seconds };
  };
}

function summary(progress: Progress, seconds: number, rate: number): string {
  const total = progress.unit === 'bytes' ? formatBytes(progress.total) : `${progress.total} ${progress.unit}`;
  return `${total} in ${formatSeconds(seconds)}${rate > 0 ? ` (${formatRate(progress, rate)})` : ''}`;
}

function formatShare({ done, total, unit }: Progress): string {
  return unit === 'bytes' ? `${formatBytes(done)} of ${formatBytes(total)}` : `${done} of ${total} ${unit}`;
}

function formatRate({ unit }: Progress, rate: number): string {
  if (rate <= 0) return '';
  return unit === 'bytes' ? `${formatBytes(rate)}/s` : `${rate >= 10 ? Math.round(rate) : rate.toFixed(1)} ${unit}/s`;
}

/** `4.2 s`, `1 min 20 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** `812 kB`, `21.4 MB`: powers of ten. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit > 0 && value < 100 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

import { join, relative, resolve } from 'node:path';
import type { DownloadProgress, Engine, HubOptions } from '@headstart/core';
import { commonFlags } from '../args.ts';
import { type Flags, type FlagValues, parseFlags, UsageError } from '../flags.ts';
import type { Io } from '../io.ts';
import type { Reporter } from '../plain.ts';

export interface Context {
  readonly io: Io;
  readonly report: Reporter;
  readonly signal: AbortSignal;
}

/** Arguments after the command's name in, exit code out. */
export type Handler = (argv: readonly string[], context: Context) => Promise<number>;

export type CommonFlags = FlagValues<typeof commonFlags>;

/** A handler from a table of flags and what to do with their values. */
export function handler<T extends Flags>(
  flags: T,
  work: (
    input: { readonly flags: FlagValues<T> & CommonFlags; readonly positionals: readonly string[] },
    context: Context,
  ) => Promise<number>,
): Handler {
  return (argv, context) => {
    const { values, positionals } = parseFlags(argv, { ...commonFlags, ...flags });
    return work({ flags: values as FlagValues<T> & CommonFlags, positionals }, context);
  };
}

/** The one positional of a command. */
export function only(positionals: readonly string[], what: string): string {
  const [first, second] = positionals;
  if (first === undefined) throw new UsageError(`${what} is missing`);
  if (second !== undefined) throw new UsageError(`one ${what} is expected, and '${second}' is one too many`);
  return first;
}

/** An absolute path, from the folder the command runs in. */
export function pathOf(context: Context, path: string): string {
  return resolve(context.io.cwd, path);
}

/** A path as the reader would type it: from the folder the command runs in, where it is below it. */
export function shownPath({ io }: Context, path: string): string {
  const short = relative(io.cwd, path);
  return short === '' || short.startsWith('..') ? path : short;
}

/** Opens the engine of `--engine` and says which one it is and why. */
export async function openNamedEngine(context: Context, backend: CommonFlags['engine']): Promise<Engine> {
  // Loaded here and not above: the studio's first frame does not wait for core.
  const { openEngine } = await import('@headstart/core');
  const engine = await openEngine({ backend });
  context.report.say(context.report.paint.dim(`Engine: ${engine.backend}, since ${engine.reason}.`));
  return engine;
}

/** Where downloads go and who is told of them, from the flags of every command. */
export function hubOptions({ io, signal }: Context, { cache, offline }: Pick<CommonFlags, 'cache' | 'offline'>): HubOptions {
  return {
    ...(cache === undefined ? {} : { cache: join(resolve(io.cwd, cache), 'hub') }),
    ...(offline ? { offline } : {}),
    signal,
  };
}

/** One bar for all the files of a download. */
export function downloadMeter({ report }: Context, task: string, expectedBytes = 0) {
  const files = new Map<string, { readonly bytes: number; readonly total: number }>();
  const sum = (key: 'bytes' | 'total') => [...files.values()].reduce((total, file) => total + file[key], 0);
  return {
    onProgress({ file, bytes, total }: DownloadProgress): void {
      files.set(file, { bytes, total: total ?? bytes });
      // The last byte is announced by `finish`, when hashes are checked too.
      report.progress({ task, done: sum('bytes'), total: Math.max(sum('total'), expectedBytes) + 1, unit: 'bytes' });
    },
    finish(): void {
      if (files.size > 0) report.progress({ task, done: sum('bytes'), total: sum('bytes'), unit: 'bytes' });
    },
  };
}

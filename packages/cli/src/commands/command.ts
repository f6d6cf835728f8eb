import { resolve } from 'node:path';
import { type Engine, openEngine } from '@headstart/core';
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

type Common = FlagValues<typeof commonFlags>;

/** A handler from a table of flags and what to do with their values. */
export function handler<T extends Flags>(
  flags: T,
  work: (input: { readonly flags: FlagValues<T> & Common; readonly positionals: readonly string[] }, context: Context) => Promise<number>,
): Handler {
  return (argv, context) => {
    const { values, positionals } = parseFlags(argv, { ...commonFlags, ...flags });
    return work({ flags: values as FlagValues<T> & Common, positionals }, context);
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

/** Opens the engine of `--engine` and says which one it is and why. */
export async function openNamedEngine(context: Context, backend: Common['engine']): Promise<Engine> {
  const engine = await openEngine({ backend });
  context.report.say(context.report.paint.dim(`Engine: ${engine.backend}, since ${engine.reason}.`));
  return engine;
}

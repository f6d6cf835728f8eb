import { commands, isCommand } from './args.ts';
import { handlers } from './commands/table.ts';
import { UsageError } from './flags.ts';
import { commandHelp, exitCodes, guide, markdownReference } from './help.ts';
import type { Io } from './io.ts';
import { paintFor, wantsColour } from './paint.ts';
import { reporterFor } from './plain.ts';
import { version } from './version.ts';

/**
 * The whole command: arguments in, exit code out.
 * @param signal aborted by Ctrl-C; commands stop between two steps and leave what can be resumed
 */
export async function main(argv: readonly string[], io: Io, signal: AbortSignal): Promise<number> {
  const [first, ...rest] = argv;
  const paint = paintFor(wantsColour(io.env, io.stdout.isTerminal));
  const print = (text: string) => io.stdout.write(`${text}\n`);
  const isHelp = first === 'help' || first === '--help' || first === '-h';
  if (first === undefined && io.interactive) {
    const { openStudio } = await import('./studio/open.ts');
    return openStudio(io, { engine: 'auto', offline: false }, signal);
  }
  if (first === undefined || (isHelp && rest.length === 0)) {
    print(guide(paint));
    return exitCodes.ok;
  }
  if (first === '--version' || first === '-v') {
    print(version);
    return exitCodes.ok;
  }
  if (isHelp && rest[0] === '--markdown') {
    io.stdout.write(markdownReference());
    return exitCodes.ok;
  }
  const name = isHelp ? (rest[0] ?? '') : first;
  if (!isCommand(name)) {
    const near = nearest(name, Object.keys(commands));
    io.stderr.write(`headstart: no command '${name}'.${near ? ` Did you mean '${near}'?` : ''} \`headstart --help\` lists them.\n`);
    return exitCodes.usage;
  }
  if (isHelp || rest.includes('--help') || rest.includes('-h')) {
    print(commandHelp(name, paint, io.stdout.columns));
    return exitCodes.ok;
  }
  if (name === 'train' && io.interactive && !rest.includes('--json') && !rest.includes('--plain')) {
    const { liveCommand } = await import('./studio/live.ts');
    return liveCommand(argv, io, signal);
  }
  const report = reporterFor(io, rest.includes('--json'));
  try {
    const handler = await handlers[name]();
    return await handler(rest, { io, report, signal });
  } catch (error) {
    return fail(error);
  }

  async function fail(error: unknown): Promise<number> {
    if (error instanceof UsageError) {
      const { usage } = commands[name as keyof typeof commands];
      report.error({
        code: 'usage',
        message: `${error.message}.\n  Usage: headstart ${name} ${usage}\n  \`headstart ${name} --help\` explains it.`,
      });
      return exitCodes.usage;
    }
    // Loaded here and not above: help, and the studio's first frame, do not wait for core.
    const { EngineError } = await import('@headstart/core');
    if (signal.aborted || (error instanceof EngineError && error.code === 'cancelled')) {
      report.error({ code: 'cancelled', message: 'Stopped. Run the same command again to go on where it stopped.' });
      return exitCodes.cancelled;
    }
    if (error instanceof EngineError) {
      report.error({ code: error.code, message: error.message, ...(error.hint ? { hint: error.hint } : {}) });
      return exitCodes.failure;
    }
    const trouble = error instanceof Error ? error : new Error(String(error));
    report.error({ code: 'internal', message: io.env.HEADSTART_DEBUG ? (trouble.stack ?? trouble.message) : systemMessage(trouble) });
    return exitCodes.failure;
  }
}

/** Errors of the operating system in words; anything else as it is, with how to see more. */
function systemMessage(error: Error): string {
  const code = 'code' in error ? error.code : undefined;
  const path = 'path' in error ? `${error.path}: ` : '';
  if (code === 'ENOSPC') return `${path}the disk is full. Make room and run the same command again; what was written before is whole.`;
  if (code === 'EACCES' || code === 'EPERM') return `${path}not permitted to read or write there.`;
  if (code === 'ENOENT') return `${path}no such file or folder.`;
  return `${error.message} (HEADSTART_DEBUG=1 shows where)`;
}

/** The candidate at most two edits away, if any. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const scored = candidates.map((candidate) => ({ candidate, distance: editDistance(word, candidate) }));
  const best = scored.sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= 2 ? best.candidate : undefined;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

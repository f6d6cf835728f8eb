import { commands } from '../args.ts';
import { UsageError } from '../flags.ts';
import { handler } from './command.ts';

export const studio = handler(commands.studio.flags, async ({ flags, positionals: [folder, extra] }, { io, signal }) => {
  if (extra !== undefined) throw new UsageError(`one FOLDER is expected, and '${extra}' is one too many`);
  if (!io.interactive || flags.json) throw new UsageError('the studio needs a terminal; `headstart train` does the same work without one');
  const { openStudio } = await import('../studio/open.ts');
  return openStudio(io, { folder, engine: flags.engine, cache: flags.cache, offline: flags.offline }, signal);
});

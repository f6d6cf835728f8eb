import { resolve } from 'node:path';
import type { Config, Listening, Log } from '@headstart/server';
import { commands } from '../args.ts';
import { type FlagValues, UsageError } from '../flags.ts';
import { exitCodes } from '../help.ts';
import { type CommonFlags, type Context, handler, pathOf } from './command.ts';

export const serve = handler(commands.serve.flags, async ({ flags, positionals }, context) => {
  const { report, signal } = context;
  const { paint } = report;
  const [folder, second] = positionals;
  if (second !== undefined) throw new UsageError(`one FOLDER is expected, and '${second}' is one too many`);
  // Loaded when it is needed: the other commands start without it.
  const { serve: listen, defaultServing, requireProject } = await import('@headstart/server');
  if (folder !== undefined) await requireProject(pathOf(context, folder));
  const config = {
    ...(await serverConfig(context, flags)),
    open: flags.open,
    ...(flags.cors.length > 0 ? { cors: flags.cors } : {}),
    serving: { ...defaultServing, latencyMs: flags.latency, maxBatch: Math.max(1, flags['max-batch']) },
    work: !flags['no-jobs'],
  };
  const { host, port } = flags;
  const server = await listen(config, { host, port, publicUrl: flags['public-url'], log: logTo(context, flags) });
  const { url, firstKey } = server;
  const { kind } = server.backend.database;
  report.say(`${paint.green('✓')} Headstart listens on ${paint.cyan(url)}`);
  report.say(
    paint.dim(`  API reference: ${url}/v1/docs   data: ${config.data}   database: ${kind === 'pglite' ? 'embedded' : 'PostgreSQL'}`),
  );
  if (firstKey) {
    report.say('');
    report.say(`  The first key, with every right. It is shown this once: ${paint.bold(firstKey)}`);
    report.say(paint.dim(`  curl -H 'Authorization: Bearer ${firstKey.slice(0, 7)}…' ${url}/v1/datasets`));
  }
  if (folder !== undefined) {
    try {
      await openProject(context, server, pathOf(context, folder));
    } catch (error) {
      await server.close();
      throw error;
    }
  }
  if (flags.open) report.say(paint.dim('  Open mode: whoever uses this machine may use the server.'));
  await stopped(signal);
  report.say('Stopping: requests are answered, steps of jobs go back to the queue…');
  await server.close();
  return exitCodes.ok;
});

/** Takes the project of a folder, and tells what it became. */
async function openProject({ report }: Context, { backend, url }: Listening, folder: string): Promise<void> {
  const { paint } = report;
  const { dataset, report: taken, alias, models, notes } = await backend.deps.projects.open(folder);
  const { name } = await backend.deps.datasetFor(dataset);
  const what = models.length > 0 ? `, ${models.length} new ${models.length === 1 ? 'model' : 'models'}` : '';
  report.say(`${paint.green('✓')} Project ${paint.bold(name)}: ${taken.accepted} samples in dataset ${dataset}${what}`);
  if (alias !== undefined) report.say(paint.dim(`  Predictions: ${url}/v1/models/${alias}/predict`));
  for (const note of notes) report.warn(note);
  for (const { name: skipped, reason } of taken.skipped.slice(0, 5)) report.warn(`skipped ${skipped}: ${reason}`);
  if (taken.skipped.length > 5) report.warn(`and ${taken.skipped.length - 5} more skipped`);
}

export type ServerFlags = CommonFlags & FlagValues<typeof commands.worker.flags>;

/** What server and worker are told alike: environment first, then flags. */
export async function serverConfig(context: Context, flags: ServerFlags): Promise<Partial<Config> & { data: string }> {
  const { configFromEnvironment } = await import('@headstart/server');
  const { io } = context;
  const fromEnvironment = configFromEnvironment(io.env);
  return {
    ...fromEnvironment,
    data: pathOf(context, flags.data ?? fromEnvironment.data ?? 'headstart-data'),
    engine: flags.engine,
    offline: flags.offline,
    ...(flags.cache === undefined ? {} : { cache: resolve(io.cwd, flags.cache) }),
  };
}

/** JSON lines with --json; else a line for what a person must know, and for everything with --verbose. */
export function logTo({ io, report }: Context, { json, verbose }: Pick<ServerFlags, 'json' | 'verbose'>): Log {
  return (level, event, fields = {}) => {
    if (json) return io.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
    if (level === 'info' && !verbose) return;
    const { stack, cause, ...shown } = fields;
    const text = Object.entries(shown).map(([name, value]) => `${name}=${value}`);
    const line = [event, ...text].join('  ');
    if (level === 'info') report.say(report.paint.dim(line));
    else report.warn(verbose && stack ? `${line}\n${stack}` : line);
  };
}

/** Returns once Ctrl-C or SIGTERM came. */
export function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

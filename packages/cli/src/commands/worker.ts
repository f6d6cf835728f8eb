import { commands } from '../args.ts';
import { exitCodes } from '../help.ts';
import { handler } from './command.ts';
import { logTo, serverConfig, stopped } from './serve.ts';

export const worker = handler(commands.worker.flags, async ({ flags }, context) => {
  const { report, signal } = context;
  const { work } = await import('@headstart/server');
  const config = await serverConfig(context, flags);
  const working = await work(config, logTo(context, flags), flags['public-url']);
  report.say(
    `${report.paint.green('✓')} Worker ${process.pid} takes jobs; files are in ${config.s3 ? `bucket ${config.s3.bucket}` : config.data}`,
  );
  await stopped(signal);
  report.say('Stopping: the steps at hand go back to the queue…');
  await working.close();
  return exitCodes.ok;
});

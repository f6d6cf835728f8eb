// A server or a worker as a process: `main.ts serve|work CONFIG`, CONFIG as JSON.
import { jsonLog } from '../../src/log.ts';
import { serve, work } from '../../src/server.ts';

const [role, config = '{}'] = process.argv.slice(2);
const log = jsonLog((line) => process.stderr.write(line));
const running =
  role === 'serve'
    ? await serve(JSON.parse(config), { port: 0, log })
    : { url: '', firstKey: undefined, ...(await work(JSON.parse(config), log)) };
process.stdout.write(`ready ${JSON.stringify({ url: running.url, firstKey: running.firstKey })}\n`);
process.once('SIGTERM', async () => {
  await running.close();
  process.exit(0);
});

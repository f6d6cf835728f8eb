// `npm run headstart -- COMMAND …`: the command line, built first.
import { spawnSync } from 'node:child_process';
import { check, root } from './steps.ts';

const { failed } = await check('build', 'turbo', ['run', 'build', '--filter=@headstart/cli...', '--output-logs=errors-only'], true);
if (failed > 0) process.exit(1);
const cwd = process.env.HEADSTART_CWD ?? root;
// Ctrl-C is for the command.
process.on('SIGINT', () => undefined);
const { status } = spawnSync(process.execPath, [`${root}/packages/cli/dist/index.js`, ...process.argv.slice(2)], { cwd, stdio: 'inherit' });
process.exit(status ?? 130);

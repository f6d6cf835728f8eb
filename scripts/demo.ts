// `npm run demo` (or `npm run demo -- image`): builds the command line and runs its demo.
import { check, root, run } from './steps.ts';

const { failed } = await check('build', 'turbo', ['run', 'build', '--filter=@headstart/cli...', '--output-logs=errors-only']);
process.exitCode = failed > 0 ? 1 : await run(process.execPath, [`${root}/packages/cli/dist/index.js`, 'demo', ...process.argv.slice(2)]);

// `npm run fuzz`: 100,000 random or damaged models through `readModel` and `load`; `-- --rounds N`, `-- --models DIR`, `-- --json`.
import { run } from './steps.ts';

process.exitCode = await run('node', ['--conditions=source', 'packages/testkit/src/fuzz/main.ts', ...process.argv.slice(2)]);

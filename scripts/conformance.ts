// `npm run conformance`: the ONNX project's own cases (Debian's libonnx-testdata) on the webgpu engine; `-- --json` ends with the totals.
import { existsSync } from 'node:fs';
import { run } from './steps.ts';

const folder = '/usr/share/libonnx-testdata/data';
const args = process.argv.slice(2);
if (!args.some((each) => each.startsWith('--data')) && !existsSync(folder)) {
  console.error(
    `${folder} is absent. Install the cases first: apt-get install libonnx-testdata (or name a folder that has them with --data DIR).`,
  );
  process.exitCode = 2;
} else process.exitCode = await run('node', ['--conditions=source', 'packages/testkit/src/conformance/main.ts', ...args]);

// All that CI runs: the README's two commands as a reader runs them, with an empty cache, and the suites over ../shared on each software
// adapter that this machine has. `npm test` comes before Mesa is installed: it has to find its adapter in npm alone.
// Ends with the checks and tests that failed and the sum of all counts.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { add, closingLine, failuresIn, nothing, readClosingLine, root, run, runAndRead, type Totals, vitest } from './steps.ts';

const hasShared = existsSync(join(root, '..', 'shared'));
const out = mkdtempSync(join(tmpdir(), 'headstart-ci-'));

const swiftshader = { HEADSTART_ADAPTER: 'swiftshader' };
const results = join(out, 'results');
mkdirSync(results);
process.env.HEADSTART_CACHE = join(out, 'cache');
process.env.HEADSTART_TEST_RESULTS = results;

let totals = nothing;
await step('npm test, on swiftshader', npmTest);
await run('bash', ['.ci/install-llvmpipe']);
const hasLlvmpipe = existsSync('/usr/share/vulkan/icd.d/lvp_icd.json');
if (hasShared) {
  const main = hasLlvmpipe ? 'llvmpipe' : 'swiftshader';
  await step(`suites over ../shared on ${main}`, () => vitest(['--project', 'shared'], { HEADSTART_ADAPTER: main }));
  // What depends on the adapter, on the other one too.
  const onGpu = ['test/shared/models', 'test/shared/logistic', 'test/shared/resize'];
  if (hasLlvmpipe) await step('suites over ../shared on swiftshader', () => vitest(['--project', 'shared', ...onGpu], swiftshader));
}
if (!existsSync('/usr/lib/postgresql') && !process.env.DATABASE_URL)
  console.log('PostgreSQL is absent: the suites of the server ran on PGlite alone.');
if (!hasShared) console.log('../shared is absent: the suites over its models and datasets did not run.');
await step('npm run demo', () => demo([]));
await step('npm run demo -- image, in short', () => demo(['image', '--samples', '240']));
for (const { file, test, message } of failuresIn(results)) console.log(`\n✗ ${file}${test && ` > ${test}`}\n${message}`);
rmSync(out, { recursive: true, force: true });
console.log(`\n${closingLine(totals)}`);
process.exitCode = totals.failed === 0 ? 0 : 1;

async function step(name: string, work: () => Promise<Totals>): Promise<void> {
  console.log(`\n── ${name}`);
  const started = performance.now();
  totals = add(totals, await work());
  console.log(`── ${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

async function npmTest(): Promise<Totals> {
  const { code, lastLine } = await runAndRead('npm', ['test'], swiftshader);
  const counted = readClosingLine(lastLine);
  return counted && (code === 0) === (counted.failed === 0) ? counted : { ...nothing, failed: 1 };
}

/** One demo counts as one test. */
async function demo(args: readonly string[]): Promise<Totals> {
  const code = await run('npm', ['run', 'demo', '--', ...args, '--out', join(out, args[0] ?? 'text')]);
  return { ...nothing, [code === 0 ? 'passed' : 'failed']: 1 };
}

// All that CI runs, on each software adapter that this machine has; ends with the sum of all counts.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks } from './checks.ts';
import { add, closingLine, root, run, type Totals, vitest } from './steps.ts';

const hasLlvmpipe = existsSync('/usr/share/vulkan/icd.d/lvp_icd.json');
const hasShared = existsSync(join(root, '..', 'shared'));
const out = mkdtempSync(join(tmpdir(), 'headstart-ci-'));

let totals = await checks();
await step('tests on swiftshader', () => vitest(['--project', 'unit'], { HEADSTART_ADAPTER: 'swiftshader' }));
if (hasShared) {
  const main = hasLlvmpipe ? 'llvmpipe' : 'swiftshader';
  await step(`suites over ../shared on ${main}`, () => vitest(['--project', 'shared'], { HEADSTART_ADAPTER: main }));
  // What depends on the adapter, on the other one too.
  const onGpu = ['test/shared/models', 'test/shared/logistic', 'test/shared/resize'];
  if (hasLlvmpipe)
    await step('suites over ../shared on swiftshader', () =>
      vitest(['--project', 'shared', ...onGpu], { HEADSTART_ADAPTER: 'swiftshader' }),
    );
}
if (!existsSync('/usr/lib/postgresql') && !process.env.DATABASE_URL)
  console.log('PostgreSQL is absent: the suites of the server ran on PGlite alone.');
if (!hasShared) console.log('../shared is absent: the suites over its models and datasets did not run.');
for (const kind of ['text', 'image']) {
  await step(`demo ${kind}, in short`, () => demo(kind));
}
rmSync(out, { recursive: true, force: true });
console.log(`\n${closingLine(totals)}`);
process.exitCode = totals.failed === 0 ? 0 : 1;

async function step(name: string, work: () => Promise<Totals>): Promise<void> {
  console.log(`\n── ${name}`);
  const started = performance.now();
  totals = add(totals, await work());
  console.log(`── ${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** One demo counts as one test. */
async function demo(kind: string): Promise<Totals> {
  const code = await run('node', ['scripts/demo.ts', kind, '--samples', '240', '--out', join(out, kind)]);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

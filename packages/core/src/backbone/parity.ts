import { cacheFolder, joinPath, stat, writeFile } from '#platform';
import { EngineError } from '../errors.ts';
import { describeNode, type Graph } from '../ir/graph.ts';
import type { Engine, Feed } from '../session/engine.ts';
import { isFloat } from '../tensor/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { canonical, hashText } from './store.ts';

/** Cosine between the engines' features below which `webgpu` is not trusted. */
export const leastCosine = { full: 0.9999, reduced: 0.999 } as const;

/** Operators whose weights or activations are codes: the engines may round them differently. */
const quantisedTypes = /^(MatMulNBits|QLinear\w+|QGemm|DequantizeLinear|MatMulInteger|ConvInteger|DynamicQuantize\w+)$/;

export interface ParityJob {
  /** Up to the features, its one output. */
  readonly graph: Graph;
  readonly precision: 'f32' | 'f16';
  /** Input feeds made for an engine: the preprocessing is compared too. */
  feedsFor(engine: Engine): Promise<Record<string, Feed>>;
  /** Sizes for `load`. */
  readonly dimensions: Readonly<Record<string, number>>;
  /** All that the features depend on, and the adapter; the passing result is remembered under it. */
  readonly remember: Readonly<Record<string, unknown>>;
  readonly cache?: string | undefined;
}

/** What a check found. */
export interface ParityResult {
  /** Least cosine of any sample's features; undefined when an earlier run's result was remembered. */
  readonly cosine: number | undefined;
  readonly threshold: number;
}

/**
 * Computes the same batch on `webgpu` and on onnxruntime's wasm engine and compares the features. Passing is remembered in the cache,
 * so that it costs once for each backbone, adapter and version.
 * @throws EngineError `parity` that names the first value the engines differ in
 */
export async function checkParity(engine: Engine, openReference: () => Promise<Engine>, job: ParityJob): Promise<ParityResult> {
  const threshold = isReduced(job.graph, job.precision) ? leastCosine.reduced : leastCosine.full;
  const memory = joinPath(job.cache ?? joinPath(cacheFolder(), 'parity'), `${(await hashText(canonical(job.remember))).slice(0, 32)}.json`);
  if (await stat(memory)) return { cosine: undefined, threshold };
  const reference = await openReference();
  try {
    const [features = ''] = job.graph.outputs;
    const compare = async (value: string) => {
      const [ours, theirs] = [await compute(engine, job, value), await compute(reference, job, value)];
      return rowCosine(ours, theirs);
    };
    const cosine = await compare(features);
    if (cosine >= threshold) {
      const text = JSON.stringify({ cosine, threshold, ...job.remember }, undefined, 2);
      // Remembering saves time only; a folder that cannot be written to is no reason to stop.
      await writeFile(memory, new TextEncoder().encode(`${text}\n`)).catch(() => undefined);
      return { cosine, threshold };
    }
    const { value, cosine: worst } = await firstDivergence(job.graph, threshold, compare, { value: features, cosine });
    const node = job.graph.nodes.find(({ outputs }) => outputs.includes(value));
    throw new EngineError('parity', 'the webgpu engine gives other features than onnxruntime', {
      where: engine.adapter?.description ?? engine.backend,
      expected: `cosine ≥ ${threshold}`,
      got: `${cosine.toFixed(6)}; the first value that differs is '${value}'${node ? ` of ${describeNode(node)}` : ''} (${worst.toFixed(6)})`,
      hint: "Use the wasm engine (backend: 'wasm', --engine wasm), and please report the adapter and the model.",
      ...(node ? { node: node.name } : {}),
    });
  } finally {
    reference.dispose();
  }
}

async function compute(engine: Engine, job: ParityJob, value: string): Promise<Tensor> {
  const session = await engine.load(job.graph, {
    outputs: [value],
    dimensions: job.dimensions,
    precision: engine.backend === 'webgpu' ? job.precision : 'f32',
  });
  try {
    const feeds = await job.feedsFor(engine);
    // A cut in the middle may need fewer inputs.
    const needed = Object.fromEntries(Object.entries(feeds).filter(([name]) => inputsFor(job.graph, value).has(name)));
    return (await session.run(needed))[value] as Tensor;
  } finally {
    session.dispose();
  }
}

/** The earliest value, in graph order, that differs: by bisection, as what follows a wrong value is wrong too. */
async function firstDivergence(
  graph: Graph,
  threshold: number,
  compare: (value: string) => Promise<number>,
  known: { readonly value: string; readonly cosine: number },
): Promise<{ readonly value: string; readonly cosine: number }> {
  const needed = ancestors(graph, known.value);
  const values = graph.nodes.flatMap(({ outputs }) =>
    outputs.filter((output) => needed.has(output) && isFloat(graph.types.get(output)?.dtype ?? 'int64')),
  );
  let [low, high, found] = [0, values.indexOf(known.value), known];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const value = values[middle] as string;
    const cosine = await compare(value);
    if (cosine < threshold) {
      high = middle;
      found = { value, cosine };
    } else low = middle + 1;
  }
  return found;
}

function ancestors(graph: Graph, value: string): ReadonlySet<string> {
  const needed = new Set([value]);
  for (const { inputs, outputs } of graph.nodes.toReversed()) {
    if (outputs.some((output) => needed.has(output))) for (const input of inputs) needed.add(input);
  }
  return needed;
}

function inputsFor(graph: Graph, value: string): ReadonlySet<string> {
  const needed = ancestors(graph, value);
  return new Set(graph.inputs.filter((input) => needed.has(input)));
}

/** Whether a graph computes with less than float32: engines then differ by more than the order of sums. */
export function isReduced(graph: Graph, precision: 'f32' | 'f16'): boolean {
  return precision === 'f16' || graph.nodes.some(({ type }) => quantisedTypes.test(type)) || halfPrecision(graph);
}

function halfPrecision(graph: Graph): boolean {
  return (
    graph.inputs.some((input) => graph.types.get(input)?.dtype === 'float16') ||
    [...graph.constants.values()].some(({ dtype, size }) => dtype === 'float16' && size > 16)
  );
}

/** Least cosine between the rows of two tensors of one shape, rows along axis 0. 1 where both rows are zero. */
export function rowCosine(a: Tensor, b: Tensor): number {
  const rows = a.shape[0] ?? 1;
  const length = a.size / Math.max(1, rows);
  if (a.size !== b.size) return -1;
  let least = 1;
  for (let row = 0; row < rows; row++) {
    let [product, left, right] = [0, 0, 0];
    for (let index = row * length; index < (row + 1) * length; index++) {
      const [x, y] = [a.at(index), b.at(index)];
      product += x * y;
      left += x * x;
      right += y * y;
    }
    const cosine = left === 0 && right === 0 ? 1 : product / Math.sqrt(left * right);
    least = Number.isNaN(cosine) ? -1 : Math.min(least, cosine);
  }
  return least;
}

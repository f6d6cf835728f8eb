import type { Graph } from '../ir/graph.ts';
import { dtypes, type TypedArray } from '../tensor/dtype.ts';
import { randomWords } from '../tensor/random.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Inputs that say how, not what: their values are sizes and factors, which no training learned. */
const settings: Readonly<Record<string, readonly number[]>> = { Resize: [1, 2], Upsample: [1], Clip: [1, 2], Pad: [2] };

/**
 * The same architecture with nothing learned: the elements of every weight tensor in a random order. Each tensor keeps its shape,
 * mean and variance, so activations stay in range; what is lost is only where each weight was. Floats are permuted one by one,
 * and packed or quantised weights byte by byte. Integers that address or count (int32, int64) and booleans stay.
 * @param seed of the permutations; one seed gives one result on every platform
 */
export function shuffleWeights(graph: Graph, seed: number): Graph {
  const kept = new Set(graph.nodes.flatMap(({ type, inputs }) => (settings[type] ?? []).map((index) => inputs[index])));
  const constants = new Map(
    [...graph.constants].map(([name, tensor]) => [name, isWeight(tensor) && !kept.has(name) ? shuffled(tensor, seed, name) : tensor]),
  );
  return { ...graph, constants };
}

function isWeight({ dtype, size }: Tensor): boolean {
  const { kind, bytes } = dtypes[dtype];
  return size > 1 && (kind === 'float' || (kind !== 'bool' && kind !== 'string' && bytes <= 1));
}

/** Fisher–Yates in place. One block of the generator serves four elements: models have tens of millions. */
function shuffled(tensor: Tensor, seed: number, name: string): Tensor {
  const { data, dtype, shape } = tensor;
  const out = data.slice() as TypedArray;
  let words = randomWords(seed, `shuffle ${name}`, (out.length - 1) >>> 2);
  for (let last = out.length - 1; last > 0; last--) {
    if ((last & 3) === 3) words = randomWords(seed, `shuffle ${name}`, last >>> 2);
    const other = Math.floor(((words[last & 3] as number) / 2 ** 32) * (last + 1));
    const held = out[last];
    out[last] = out[other] as never;
    out[other] = held as never;
  }
  return Tensor.from(out, shape, dtype);
}

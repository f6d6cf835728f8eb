import { EngineError } from '../errors.ts';
import type { Dim, Graph, Node, ValueType } from '../ir/graph.ts';
import { producersOf } from '../ir/order.ts';
import { specialise } from '../passes/specialise.ts';
import { type DType, isFloat } from '../tensor/dtype.ts';

/**
 * How a cut's value becomes one vector a sample.
 * - `none`: it is one already; axes of size 1 are dropped
 * - `mean`: average over the spatial axes of [N, D, …]
 * - `mean-max`: that average and the maximum, one after the other, [N, 2D]
 * - `cls`: the first token of [N, T, D]
 * - `last`: the last token of [N, T, D] that the attention mask keeps
 * - `mean-mask`: average over the tokens of [N, T, D] that the attention mask keeps, all of them where the model has no mask
 */
export type Pooling = 'none' | 'mean' | 'mean-max' | 'cls' | 'mean-mask' | 'last';

/** A place where features may leave a backbone. */
export interface Cut {
  /** Name of the value. */
  readonly name: string;
  readonly dtype: DType;
  /** At batch 1 and usual sizes (224 × 224 pixels, 128 tokens) where the file leaves sizes open. */
  readonly shape: readonly Dim[];
  /** Features a sample, D. */
  readonly dimension: number;
  readonly pooling: Pooling;
  /** Why it is suggested: one sentence. */
  readonly reason: string;
}

/** Layers with weights: the last of them before an output is its classifier, unless a residual path leads around it. */
const linearTypes = new Set([
  'Gemm',
  'MatMul',
  'Conv',
  'MatMulNBits',
  'QLinearMatMul',
  'QLinearConv',
  'MatMulInteger',
  'ConvInteger',
  'QGemm',
  'FusedMatMul',
  'FusedGemm',
]);
const poolTypes = new Set(['GlobalAveragePool', 'GlobalMaxPool', 'QLinearGlobalAveragePool', 'AveragePool', 'ReduceMean', 'MaxPool']);
/** What leaves a vector's numbers as they are. */
const transparentTypes = new Set(['Identity', 'Flatten', 'Reshape', 'Squeeze', 'Unsqueeze', 'Dropout', 'Cast']);
const featureName = /feature|embed|hidden|pooler|pooled/i;
const defaultTokens = 128;
const defaultPixels = 224;

/** Values where features may leave a classifier or encoder, best first. Empty when the graph has nothing of the kind. */
export function suggestCuts(graph: Graph): readonly Cut[] {
  return new CutFinder(bindDefaults(graph)).find();
}

/** Numbers for symbols, so that shapes can be told; the graph as it is where an operator cannot follow. */
function bindDefaults(graph: Graph): Graph {
  const sizes: Record<string, number> = {};
  for (const name of graph.inputs) {
    const shape = graph.types.get(name)?.shape ?? [];
    shape.forEach((dim, axis) => {
      if (typeof dim === 'string') sizes[dim] ??= axis === 0 ? 1 : shape.length === 4 && axis > 1 ? defaultPixels : defaultTokens;
    });
  }
  try {
    return Object.keys(sizes).length === 0 ? graph : specialise(graph, sizes);
  } catch (error) {
    if (error instanceof EngineError) return graph;
    throw error;
  }
}

class CutFinder {
  readonly #graph: Graph;
  readonly #producers: ReadonlyMap<string, Node>;
  readonly #positions: ReadonlyMap<Node, number>;
  readonly #varying: ReadonlySet<string>;
  readonly #cuts: Cut[] = [];
  readonly #seen = new Set<string>();
  readonly #readByHead = new Set<string>();

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#producers = producersOf(graph);
    this.#positions = new Map(graph.nodes.map((node, position) => [node, position]));
    const varying = new Set(graph.inputs);
    for (const { inputs, outputs } of graph.nodes) {
      if (inputs.some((input) => varying.has(input))) for (const output of outputs) varying.add(output);
    }
    this.#varying = varying;
  }

  find(): readonly Cut[] {
    const named = this.#graph.outputs.filter((output) => featureName.test(output));
    const heads = this.#graph.outputs
      .filter((output) => !named.includes(output))
      .map((output) => ({ output, layer: this.#classifierOf(output) }));
    for (const { layer } of heads) if (layer) this.#readByHead.add(this.#resolve(this.#dataInput(layer)));
    for (const output of named) this.#propose(output, 'It is an output of the model, named as features are.');
    for (const { output, layer } of heads) {
      if (layer) this.#propose(this.#dataInput(layer), `It is what the last layer (${layer.type}) turns into '${output}'.`);
      else this.#propose(output, 'It is what the model gives: an encoder without a classifier.');
    }
    const layers = heads.flatMap(({ layer }) => (layer ? [this.#positions.get(layer) as number] : []));
    this.#proposePooling(Math.min(this.#graph.nodes.length, ...layers));
    for (const { output, layer } of heads) {
      if (layer) this.#propose(output, "It is the model's own answer: useful only where its classes are like yours.");
    }
    return this.#cuts;
  }

  /** The last layer with weights before an output, when all that the output knows of the inputs goes through it. */
  #classifierOf(output: string): Node | undefined {
    const before = this.#ancestorsOf(output, undefined);
    const last = this.#graph.nodes.findLast((node) => before.nodes.has(node) && this.#isLinear(node));
    if (!last || this.#ancestorsOf(output, last).reachesInput) return undefined;
    // A first layer has pixels before it, not features.
    return this.#graph.inputs.includes(this.#resolve(this.#dataInput(last))) ? undefined : last;
  }

  #ancestorsOf(output: string, without: Node | undefined): { readonly nodes: ReadonlySet<Node>; readonly reachesInput: boolean } {
    const nodes = new Set<Node>();
    const waiting = [output];
    let reachesInput = false;
    for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
      if (this.#graph.inputs.includes(value)) reachesInput = true;
      const node = this.#producers.get(value);
      if (!node || node === without || nodes.has(node)) continue;
      nodes.add(node);
      waiting.push(...node.inputs.filter((input) => this.#varying.has(input)));
    }
    return { nodes, reachesInput };
  }

  #isLinear(node: Node): boolean {
    if (!linearTypes.has(node.type)) return false;
    return node.inputs.filter((input) => this.#varying.has(input)).length === 1;
  }

  #dataInput(node: Node): string {
    return node.inputs.find((input) => this.#varying.has(input)) ?? '';
  }

  /** The last pooling down to one position before the classifier, and the feature map it pools. */
  #proposePooling(end: number): void {
    const pooling = this.#graph.nodes.slice(0, end).findLast((node) => this.#poolsAll(node));
    if (pooling) {
      this.#propose(pooling.outputs[0] as string, `It is the last global pooling (${pooling.type}).`);
      this.#propose(this.#dataInput(pooling), 'It is the last feature map, before global pooling.');
      return;
    }
    if (!this.#graph.inputs.some((name) => this.#graph.types.get(name)?.shape.length === 4)) return;
    const map = this.#graph.nodes.slice(0, end).findLast(({ outputs: [output = ''] }) => {
      const type = this.#graph.types.get(output);
      return type?.shape.length === 4 && isFloat(type.dtype) && type.shape.slice(2).every((dim) => dim !== 1);
    });
    if (map) this.#propose(map.outputs[0] as string, 'It is the last feature map.');
  }

  #poolsAll(node: Node): boolean {
    if (!poolTypes.has(node.type)) return false;
    const input = this.#graph.types.get(this.#dataInput(node))?.shape ?? [];
    const output = this.#graph.types.get(node.outputs[0] ?? '')?.shape ?? [];
    if (input.length !== 4 || output.length < 2 || input.slice(2).every((dim) => dim === 1)) return false;
    return output[1] === input[1] && output.slice(2).every((dim) => dim === 1);
  }

  #propose(name: string, reason: string): void {
    const type = this.#graph.types.get(name);
    if (!type || !this.#varying.has(name) || this.#graph.inputs.includes(name)) return;
    const resolved = this.#resolve(name);
    // An output that is the same vector under the name its author gave it is the better handle.
    const named = this.#graph.outputs.find((output) => this.#resolve(output) === resolved && this.#graph.types.has(output)) ?? name;
    const own = this.#graph.types.get(named) as ValueType;
    if (this.#seen.has(resolved)) return;
    for (const { pooling, dimension } of this.#poolingsOf(own, this.#readByHead.has(resolved))) {
      if (dimension < 2) continue;
      this.#seen.add(resolved);
      const quantised = isFloat(own.dtype) ? '' : ' Its values are quantised codes.';
      this.#cuts.push({ name: named, dtype: own.dtype, shape: own.shape, dimension, pooling, reason: reason + quantised });
    }
  }

  #poolingsOf({ shape }: ValueType, readByHead: boolean): readonly { readonly pooling: Pooling; readonly dimension: number }[] {
    const wide = shape.slice(1).filter((dim): dim is number => typeof dim === 'number' && dim !== 1);
    const known = shape.slice(1).every((dim) => typeof dim === 'number');
    if (shape.length >= 2 && known && wide.length === 1) return [{ pooling: 'none', dimension: wide[0] as number }];
    const channels = shape[1];
    if (shape.length >= 4 && typeof channels === 'number') return [{ pooling: 'mean', dimension: channels }];
    const depth = shape[2];
    if (shape.length !== 3 || typeof depth !== 'number') return [];
    const cls = { pooling: 'cls', dimension: depth } as const;
    const mean = { pooling: 'mean-mask', dimension: depth } as const;
    if (this.#hasClassToken(shape[1])) return [cls, mean];
    if (!this.#readsTokens()) return [mean];
    // A language model predicts from every token, and its last token has seen all others.
    return [mean, readByHead ? { pooling: 'last', dimension: depth } : cls];
  }

  /** Vision transformers put one token before a square of patches. */
  #hasClassToken(tokens: Dim | undefined): boolean {
    const image = this.#graph.inputs.some((name) => this.#graph.types.get(name)?.shape.length === 4);
    return image && typeof tokens === 'number' && !Number.isInteger(Math.sqrt(tokens));
  }

  #readsTokens(): boolean {
    return this.#graph.inputs.some((name) => this.#graph.types.get(name)?.dtype.startsWith('int'));
  }

  /** The value whose numbers these are. */
  #resolve(name: string): string {
    let value = name;
    for (let node = this.#producers.get(value); node && transparentTypes.has(node.type); node = this.#producers.get(value)) {
      const [input = ''] = node.inputs;
      if (!this.#varying.has(input) || this.#poolsTokens(input, value)) break;
      value = input;
    }
    return value;
  }

  /** Whether a reshape changes what a sample's vector is, not only how its axes are written. */
  #poolsTokens(input: string, output: string): boolean {
    const before = this.#graph.types.get(input)?.shape;
    const after = this.#graph.types.get(output)?.shape;
    const wide = (shape: readonly Dim[] | undefined) =>
      shape
        ?.slice(1)
        .filter((dim) => dim !== 1)
        .join();
    return wide(before) !== wide(after);
  }
}

import { EngineError } from '../errors.ts';
import { formatType, type Graph, type Node, type ValueType } from '../ir/graph.ts';
import { encodeModel } from '../onnx/encode.ts';
import { exportGraph } from '../onnx/export.ts';
import { isFloat } from '../tensor/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { createWasmSession } from '../wasm/session.ts';
import type { LinearHead } from './linear-head.ts';

/** Names of the merged model's outputs: float32 [N, C] each. */
export const mergedOutputs = { logits: 'logits', probabilities: 'probabilities' } as const;

/**
 * One graph from samples to class probabilities: the backbone up to its features, then the head (Gemm) and Softmax, all of the
 * backbone's own operator-set version. Inputs keep their names and symbolic dimensions.
 * @param backbone a graph whose one output is the features [N, D], pooling included
 * @throws EngineError `invalid-argument` when the output is no feature matrix of the head's width
 */
export function graft(backbone: Graph, head: LinearHead): Graph {
  const [features = ''] = backbone.outputs;
  const type = backbone.types.get(features);
  requireFeatures(backbone, type, head);
  const taken = new Set([...backbone.inputs, ...backbone.constants.keys(), ...backbone.nodes.flatMap((node) => node.outputs)]);
  const name = (hint: string) => {
    let free = `headstart.${hint}`;
    while (taken.has(free)) free += '_';
    taken.add(free);
    return free;
  };
  const opset = backbone.nodes.reduce((newest, node) => (node.domain === '' ? Math.max(newest, node.opset) : newest), 0) || 17;
  const node = (kind: string, inputs: readonly string[], output: string, attributes: Node['attributes'] = {}): Node => {
    return { name: output, type: kind, domain: '', opset, inputs, outputs: [output], attributes };
  };
  const [weights, bias, logits, probabilities] = [name('weights'), name('bias'), name('logits'), name('probabilities')];
  const wide = type?.dtype === 'float32' ? features : name('features');
  const widen = wide === features ? [] : [node('Cast', [features], wide, { to: 1 })];
  const product = name('product');
  const affine =
    opset >= 7
      ? [node('Gemm', [wide, weights, bias], logits)]
      : [node('MatMul', [wide, weights], product), node('Add', [product, bias], logits, { broadcast: 1 })]; // before 7, broadcasting had to be asked for
  const batch = type?.shape[0] ?? 'batch';
  const scores: ValueType = { dtype: 'float32', shape: [batch, head.labels.length] };
  return {
    ...backbone,
    outputs: [logits, probabilities],
    nodes: [...backbone.nodes, ...widen, ...affine, node('Softmax', [logits], probabilities, { axis: 1 })],
    constants: new Map([...backbone.constants, [weights, head.weights], [bias, head.bias]]),
    types: new Map<string, ValueType>([
      ...backbone.types,
      [weights, head.weights],
      [bias, head.bias],
      [wide, { dtype: 'float32', shape: [batch, head.weights.shape[0] as number] }],
      ...(opset >= 7 ? [] : [[product, scores] as const]),
      [logits, scores],
      [probabilities, scores],
    ]),
  };
}

/**
 * The merged model as the bytes of one ONNX file, weights inside, outputs called `logits` and `probabilities`.
 * @param metadata added to the file's metadata_props
 */
export function encodeMerged(backbone: Graph, head: LinearHead, metadata: Readonly<Record<string, string>>): Uint8Array {
  const merged = graft(backbone, head);
  const [logits = '', probabilities = ''] = merged.outputs;
  const final: Record<string, string> = { [logits]: mergedOutputs.logits, [probabilities]: mergedOutputs.probabilities };
  const aside = Object.values(mergedOutputs).filter((name) => merged.types.has(name));
  return encodeModel(
    exportGraph(merged, {
      names: { ...Object.fromEntries(aside.map((name) => [name, `backbone.${name}`])), ...final },
      metadata: { ...metadata, 'headstart.labels': JSON.stringify(head.labels) },
    }),
  );
}

/**
 * Runs a merged file in onnxruntime-web on some samples and compares its logits with ours.
 * @param expected our logits of the same samples, row-major [N, C]
 * @param tolerance absolute, and relative to the largest logit where that is above 1
 * @returns the largest difference
 * @throws EngineError `parity` when a logit differs by more
 */
export async function verifyMerged(
  bytes: Uint8Array,
  feeds: Readonly<Record<string, Tensor>>,
  expected: ArrayLike<number>,
  tolerance: number,
): Promise<number> {
  const session = await createWasmSession(bytes);
  try {
    const { logits } = await session.run(feeds, [mergedOutputs.logits]);
    const actual = logits?.toNumbers() ?? [];
    if (actual.length !== expected.length) {
      throw new EngineError('parity', 'the merged model gives another number of logits', {
        where: 'export',
        expected: `${expected.length}`,
        got: `${actual.length}`,
      });
    }
    let [difference, largest] = [0, 1];
    actual.forEach((value, offset) => {
      // A NaN must not pass as a small difference.
      const own = Math.abs(value - (expected[offset] as number));
      difference = Number.isNaN(own) ? Number.POSITIVE_INFINITY : Math.max(difference, own);
      largest = Math.max(largest, Math.abs(value));
    });
    if (difference > tolerance * largest) {
      throw new EngineError('parity', 'the merged model does not give our logits in onnxruntime, so it was not written', {
        where: 'export',
        expected: `a difference of at most ${tolerance * largest}`,
        got: `${difference}`,
        hint: "Extract the features with backend: 'wasm', train again, and please report the model.",
      });
    }
    return difference;
  } finally {
    session.dispose();
  }
}

function requireFeatures(backbone: Graph, type: ValueType | undefined, { weights }: LinearHead): void {
  const [dimension] = weights.shape;
  const width = type?.shape[1];
  const fits = type && isFloat(type.dtype) && type.shape.length === 2 && (typeof width === 'string' || width === dimension);
  if (backbone.outputs.length === 1 && fits) return;
  throw new EngineError('invalid-argument', 'the backbone does not end in the features that the head was trained on', {
    where: `graph '${backbone.name}'`,
    expected: `one output [batch, ${dimension}]`,
    got: backbone.outputs.map((output) => `'${output}' ${formatType(backbone.types.get(output))}`).join(', '),
  });
}

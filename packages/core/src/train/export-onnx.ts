import type { Backbone, BackboneOptions, BackboneReference } from '../backbone/backbone.ts';
import { isReduced } from '../backbone/parity.ts';
import { textFeeds, textRole } from '../backbone/text.ts';
import { version } from '../backbone/version.ts';
import { throwIfCancelled } from '../errors.ts';
import type { Graph } from '../ir/graph.ts';
import { specialise } from '../passes/specialise.ts';
import type { Engine } from '../session/engine.ts';
import { normal, randomInteger } from '../tensor/random.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { encodeMerged, verifyMerged } from './graft.ts';
import { headLogits, type LinearHead } from './linear-head.ts';
import { reloadBackbone } from './reload.ts';
import type { Training } from './result.ts';
import { writeResult } from './write-result.ts';

/** What is exported: a `TrainResult` or a `Bundle`. */
export interface Exportable {
  readonly head: LinearHead;
  readonly training: Training;
  readonly backbone: BackboneReference | undefined;
}

export interface ExportOptions extends Pick<BackboneOptions, 'cache' | 'offline' | 'onProgress' | 'signal'> {
  /** Where our own logits are computed for the check; `auto` when left out. */
  readonly engine?: Engine;
  /** The backbone, where it is loaded already; else it is loaded as the head remembers it. */
  readonly loaded?: Backbone;
}

export interface ExportSummary {
  readonly path: string;
  readonly bytes: number;
  /** Largest difference between our logits and those of onnxruntime on the written file. */
  readonly difference: number;
  /** Names of the file's inputs and outputs. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Differences of logits that pass: absolute, and relative to the largest where that is above 1. */
const tolerance = { full: 1e-4, reduced: 5e-2 } as const;

/**
 * Writes backbone, pooling, head and softmax as one ONNX file that runs in any ONNX runtime: inputs as the backbone has them (samples
 * preprocessed as metadata `headstart.preprocessing` says), outputs `logits` and `probabilities`, class names in `headstart.labels`. The file is
 * run in onnxruntime-web and compared with our own result before it is written, under a temporary name that is then renamed.
 * @throws EngineError `parity` when onnxruntime gives other logits; `invalid-argument` for a head without a backbone; `disk`
 */
export async function exportOnnx(source: Exportable, path: string, options: ExportOptions = {}): Promise<ExportSummary> {
  const { loaded, signal, ...loading } = options;
  const backbone = loaded ?? (await reloadBackbone(source.backbone, { ...loading, ...(signal ? { signal } : {}) }));
  try {
    throwIfCancelled(signal, 'the export');
    const { reference } = backbone;
    const graph = atTrainedSize(backbone.graph, reference);
    const bytes = encodeMerged(graph, source.head, metadataOf(source, reference));
    const feeds = probe(graph, reference);
    const ours = await backbone.engine.load(graph, { precision: reference.precision });
    try {
      const features = (await ours.run(feeds))[graph.outputs[0] ?? ''] as Tensor;
      const allowed = isReduced(graph, reference.precision) ? tolerance.reduced : tolerance.full;
      throwIfCancelled(signal, 'the export');
      const difference = await verifyMerged(bytes, feeds, headLogits(source.head, features), allowed);
      throwIfCancelled(signal, 'the export');
      await writeResult(path, bytes);
      return { path, bytes: bytes.length, difference, inputs: graph.inputs, outputs: ['logits', 'probabilities'] };
    } finally {
      ours.dispose();
    }
  } finally {
    if (!loaded) backbone.dispose();
  }
}

/** The graph at the picture size the head was trained at, where the file fixes another one. The batch stays as it is. */
function atTrainedSize(graph: Graph, { image }: BackboneReference): Graph {
  const shape = graph.types.get(graph.inputs[0] ?? '')?.shape ?? [];
  if (!image || image.layout === 'NHWC' || shape.length !== 4) return graph;
  const [height, width] = [shape[2], shape[3]];
  const other = (typeof height === 'number' && height !== image.height) || (typeof width === 'number' && width !== image.width);
  return other ? specialise(graph, { height: image.height, width: image.width }) : graph;
}

function metadataOf({ training }: Exportable, reference: BackboneReference): Record<string, string> {
  const { image, text, audio } = reference;
  return {
    'headstart.version': version,
    'headstart.backbone': JSON.stringify(reference),
    'headstart.preprocessing': JSON.stringify(image ? { image } : audio ? { audio } : { text }),
    'headstart.training': JSON.stringify({
      l2: training.l2,
      seed: training.seed,
      samples: training.samples,
      classWeights: training.classWeights,
    }),
  };
}

/** Inputs as preprocessing would give them, of random content: two samples, or as many as the file fixes. */
function probe(graph: Graph, { image, audio }: BackboneReference): Record<string, Tensor> {
  const inputs = graph.inputs.map((name) => ({ name, dtype: graph.types.get(name)?.dtype, shape: graph.types.get(name)?.shape ?? [] }));
  const batch = inputs.map(({ shape }) => shape[0]).find((dim) => typeof dim === 'number') ?? 2;
  if (!image && inputs.some(({ name }) => textRole(name) === 'ids')) {
    // Two texts of different lengths, of ids that any vocabulary has.
    const tokens = Array.from({ length: batch as number }, (_, row) =>
      Array.from({ length: 16 - 5 * (row % 2) }, (__, index) => 1 + randomInteger(0, `probe ${row}`, index, 24)),
    );
    return textFeeds(tokens, inputs, 0);
  }
  const sizes: readonly (number | undefined)[] = audio
    ? [undefined, Math.round(audio.rate * audio.seconds)]
    : image?.layout === 'NHWC'
      ? [undefined, image.height, image.width]
      : [undefined, undefined, image?.height, image?.width];
  return Object.fromEntries(
    inputs.map(({ name, dtype, shape }) => {
      const bound = shape.map((dim, axis) => (typeof dim === 'number' ? dim : axis === 0 ? (batch as number) : (sizes[axis] ?? 16)));
      // Noise a tenth of full scale loud, for clips.
      const values = Float32Array.from({ length: sizeOf(bound) }, (_, index) => (audio ? 0.1 : 1) * normal(0, `probe ${name}`, index));
      return [name, Tensor.from(values, bound).cast(dtype ?? 'float32')];
    }),
  );
}

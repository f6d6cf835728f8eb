import { EngineError } from '../errors.ts';
import { type Graph, isBound } from '../ir/graph.ts';
import { specialise } from '../passes/specialise.ts';
import type { Pooling } from '../session/cuts.ts';
import type { Engine } from '../session/engine.ts';
import type { ValueSummary } from '../session/model.ts';
import { openEngine } from '../session/open-engine.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { AudioPreprocessing } from './audio.ts';
import type { BackboneCard, Modality } from './card.ts';
import { type ExtractOptions, Extractor, type Features } from './extract.ts';
import { featureMapOf } from './feature-map.ts';
import { attachFrontend } from './frontend.ts';
import type { HubOptions } from './hub.ts';
import { type ImagePreprocessing, imageNetPreprocessing } from './image.ts';
import { attachPooling } from './pooling.ts';
import { audioPreprocessingOf, imagePreprocessingOf, maxTokensOf } from './preprocessor-config.ts';
import { type ResolvedCard, resolveBackbone } from './resolve.ts';
import { type SampleLike, toSample } from './sample.ts';
import { shuffleWeights } from './shuffle.ts';
import { FeatureStream } from './stream.ts';
import type { TextPreprocessing } from './text.ts';
import type { TextTokenizer } from './tokenizer.ts';

export interface BackboneOptions extends HubOptions {
  /** What computes; opened as `auto` when left out, and then closed with the backbone. */
  readonly engine?: Engine;
  readonly precision?: 'f32' | 'f16';
  /** Overrides of the card. */
  readonly cut?: string;
  readonly pooling?: Pooling;
  readonly normalise?: boolean;
  readonly image?: Partial<ImagePreprocessing>;
  readonly text?: Partial<TextPreprocessing>;
  readonly audio?: Partial<Omit<AudioPreprocessing, 'frontend'>>;
  /** The same architecture with nothing learned: each weight tensor's elements in a random order of this seed. A baseline. */
  readonly shuffleSeed?: number;
}

/** All that features depend on, the samples aside: bundles carry it, and feature stores are named by its hash. */
export interface BackboneReference {
  readonly name: string;
  readonly source: string;
  readonly model: string;
  /** sha256 of every file, by its path in the source. */
  readonly files: Readonly<Record<string, string>>;
  readonly modality: Modality;
  readonly cut: string;
  readonly pooling: Pooling;
  readonly normalise: boolean;
  readonly dimension: number;
  readonly precision: 'f32' | 'f16';
  readonly image?: ImagePreprocessing;
  readonly text?: TextPreprocessing;
  readonly audio?: AudioPreprocessing;
  readonly shuffleSeed?: number;
  readonly licence: string;
}

/** A pretrained model ready to turn samples into features. */
export interface Backbone {
  readonly card: BackboneCard;
  readonly reference: BackboneReference;
  readonly engine: Engine;
  /** The model up to its features: one output, float32[N, D]. */
  readonly graph: Graph;
  /** Length of a feature vector, D. */
  readonly dimension: number;
  /** What was assumed because nothing said it: sentences for people. */
  readonly notes: readonly string[];
  /**
   * Features of samples, in their order. What the feature store has is not computed again; a sample that cannot be read is left out
   * and named in `skipped`.
   * @throws EngineError `parity` before anything is kept when the engines disagree; `cancelled`, `disk`: the store keeps what was done
   */
  extract(samples: readonly SampleLike[], options?: ExtractOptions): Promise<Features>;
  /** Tokens that a text becomes, those cut off at the end left out; 0 where the backbone takes no texts. */
  countTokens(text: string): number;
  /**
   * What a picture looks like to the network just before its features are averaged over the picture: float32[C, h, w] with C = D, so that a
   * linear head on the features can be read at every place (class activation maps: Zhou et al., "Learning deep features for discriminative
   * localization", CVPR 2016).
   * @throws EngineError `unsupported` where features are no such average (`hasFeatureMap`)
   */
  featureMap(sample: SampleLike): Promise<Tensor>;
  readonly hasFeatureMap: boolean;
  /**
   * Features of a window that slides over a continuous signal; audio backbones only.
   * @throws EngineError `invalid-argument` for a backbone of another modality
   */
  stream(): FeatureStream;
  dispose(): void;
  [Symbol.dispose](): void;
}

/**
 * Fetches a backbone, or finds it in the cache, and makes it ready.
 * @param from a card, the name of a built-in one (`minilm-l6`, `densenet121`, …), the path or URL of an ONNX file, or an `hf:` or `npm:` address
 */
export async function loadBackbone(from: string | BackboneCard, options: BackboneOptions = {}): Promise<Backbone> {
  const resolved = await resolveBackbone(from, options);
  const notes: string[] = [];
  const { cut, pooling } = chooseCut(resolved, options);
  const normalise = options.normalise ?? resolved.card.normalise ?? false;
  const audio = resolved.card.modality === 'audio' ? await audioPreprocessing(resolved, options, notes) : undefined;
  // A front end has learned nothing: only the model's own weights are shuffled.
  const { graph: read } = resolved.model;
  const own = options.shuffleSeed === undefined ? read : shuffleWeights(read, options.shuffleSeed);
  const whole = audio ? await withFrontend(resolved, withCut(own, cut), audio) : own;
  const graph = attachPooling(whole, cut, { pooling, normalise });
  const inputs = audio
    ? graph.inputs.map((name) => summaryOf(graph, name))
    : resolved.model.inputs.filter(({ name }) => graph.inputs.includes(name));

  const image = resolved.card.modality === 'image' ? await imagePreprocessing(resolved, inputs, options, notes) : undefined;
  const tokenizer = resolved.card.modality === 'text' ? await readTokenizer(resolved, options) : undefined;
  const dimension = dimensionOf(graph, image);
  const { card } = resolved;
  const reference: BackboneReference = {
    name: card.name,
    source: card.source,
    model: card.model,
    files: Object.fromEntries(resolved.files.map(({ path, sha256 }) => [path, sha256])),
    modality: card.modality,
    cut,
    pooling,
    normalise,
    dimension,
    precision: options.precision ?? 'f32',
    ...(image ? { image } : {}),
    ...(tokenizer ? { text: { maxTokens: tokenizer.maxTokens } } : {}),
    ...(audio ? { audio } : {}),
    ...(options.shuffleSeed === undefined ? {} : { shuffleSeed: options.shuffleSeed }),
    licence: card.licence,
  };
  const engine = options.engine ?? (await openEngine());
  const extractor = new Extractor({ engine, graph, reference, inputs, image, tokenizer, audio });
  const map = image && !normalise ? featureMapOf(graph, dimension) : undefined;
  const dispose = () => {
    extractor.dispose();
    if (!options.engine) engine.dispose();
  };
  return {
    card,
    reference,
    engine,
    graph,
    dimension,
    notes,
    extract: (samples, each = {}) =>
      extractor.extract(
        samples.map((sample) => toSample(sample, card.modality)),
        each,
      ),
    countTokens: (text) => tokenizer?.encode(text).length ?? 0,
    hasFeatureMap: map !== undefined,
    featureMap: async (sample) => {
      if (map !== undefined) return extractor.featureMap(toSample(sample, card.modality), map);
      throw new EngineError('unsupported', 'its features are no average over the picture, so there is no map of it', { where: card.name });
    },
    stream() {
      if (!audio) {
        throw new EngineError('invalid-argument', 'only clips come as a continuous signal', {
          where: card.name,
          expected: 'an audio backbone',
          got: card.modality,
        });
      }
      const poolable = (pooling === 'mean' || pooling === 'mean-max') && !normalise;
      const local = audio.local && poolable ? withCut(whole, cut) : undefined;
      return new FeatureStream({ engine, graph, local, audio, pooling, dimension, precision: reference.precision });
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
}

function chooseCut({ card, model }: ResolvedCard, options: BackboneOptions): { cut: string; pooling: Pooling } {
  const asked = options.cut ?? card.cut;
  const suggestions = model.suggestCuts();
  const suggestion = asked === undefined ? suggestions[0] : suggestions.find(({ name }) => name === asked);
  const cut = asked ?? suggestion?.name;
  if (cut === undefined) {
    throw new EngineError('unsupported', 'no value of this model looks like features', {
      where: card.name,
      hint: 'Name one as `cut`; `headstart inspect` lists the values of a model.',
    });
  }
  const shape = model.graph.types.get(cut)?.shape ?? [];
  const likely: Pooling = shape.length === 3 ? 'mean-mask' : shape.length > 3 ? 'mean' : 'none';
  return { cut, pooling: options.pooling ?? card.pooling ?? suggestion?.pooling ?? likely };
}

async function imagePreprocessing(
  { card, json }: ResolvedCard,
  inputs: readonly ValueSummary[],
  options: BackboneOptions,
  notes: string[],
): Promise<ImagePreprocessing> {
  const said = imagePreprocessingOf(await json('preprocessor_config.json'), await json('config.json'));
  const shape = inputs[0]?.shape ?? [];
  const last = shape.length === 4 && (shape[3] === 3 || shape[3] === 1) && shape[1] !== 3 && shape[1] !== 1;
  const [channels, height, width] = last ? [shape[3], shape[1], shape[2]] : [shape[1], shape[2], shape[3]];
  const fixed = {
    ...(typeof height === 'number' ? { height } : {}),
    ...(typeof width === 'number' ? { width } : {}),
    ...(channels === 1 ? { channels: 'grey' as const } : {}),
    ...(last ? { layout: 'NHWC' as const } : {}),
  };
  // Models of small inputs are trained on whole pictures of that size.
  const small = typeof height === 'number' && typeof width === 'number' && Math.max(height, width) <= smallInput;
  const base = said ?? (small ? { ...imageNetPreprocessing, fit: 'stretch' as const } : imageNetPreprocessing);
  const spec = withCropSize({ ...base, ...fixed, ...card.image, ...options.image }, base, card.image?.shortest ?? options.image?.shortest);
  if (!said && card.image?.mean === undefined && options.image?.mean === undefined) {
    const size = `${spec.height} × ${spec.width}`;
    const taken = spec.fit === 'crop' ? `the shorter edge to ${spec.shortest}, the middle ${size}` : `resized to ${size}`;
    notes.push(
      `Nothing says how this model was fed: pictures are taken as ${spec.channels.toUpperCase()}, ${taken}, ImageNet mean and deviation.`,
    );
  }
  return spec;
}

async function audioPreprocessing({ card, json }: ResolvedCard, options: BackboneOptions, notes: string[]): Promise<AudioPreprocessing> {
  const said = audioPreprocessingOf(await json('preprocessor_config.json'));
  const { frontend } = { ...said, ...card.audio };
  if (!frontend) notes.push('Nothing says how this model was fed: clips are taken at 16 kHz, each scaled to mean 0 and variance 1.');
  const spec: AudioPreprocessing = {
    rate: 16000,
    seconds: 2,
    longest: 10,
    frontend: { kind: 'waveform', normalise: true },
    ...said,
    ...card.audio,
    ...options.audio,
  };
  if (spec.rate > 0 && spec.seconds > 0 && Number.isFinite(spec.seconds)) return { ...spec, longest: Math.max(spec.longest, spec.seconds) };
  throw new EngineError('invalid-argument', 'clips cannot be taken like this', {
    where: card.name,
    expected: 'a rate and seconds above 0',
    got: `${spec.rate} Hz, ${spec.seconds} s`,
  });
}

async function withFrontend({ chained }: ResolvedCard, graph: Graph, { frontend, seconds, longest }: AudioPreprocessing): Promise<Graph> {
  return attachFrontend(graph, frontend, { chained: await chained(frontend), seconds: longest === seconds ? seconds : undefined });
}

/** The graph with `value` as its output, so that nothing behind it is built. */
function withCut(graph: Graph, value: string): Graph {
  return graph.types.has(value) ? { ...graph, outputs: [value] } : graph;
}

function summaryOf(graph: Graph, name: string): ValueSummary {
  const type = graph.types.get(name);
  return { name, dtype: type?.dtype, shape: type?.shape };
}

/** Edge in pixels up to which a fixed input is taken to want the whole picture. */
const smallInput = 96;

/** A smaller input keeps the proportion that the crop was meant to have. */
function withCropSize(spec: ImagePreprocessing, base: ImagePreprocessing, shortest: number | undefined): ImagePreprocessing {
  if (spec.fit !== 'crop' || base.shortest === undefined || shortest !== undefined) return spec;
  const edge = Math.max(spec.height, spec.width);
  return { ...spec, shortest: Math.round((base.shortest * edge) / Math.max(base.height, base.width)) };
}

async function readTokenizer({ card, json }: ResolvedCard, options: BackboneOptions): Promise<TextTokenizer> {
  const tokenizer = await json('tokenizer.json');
  if (!tokenizer) {
    throw new EngineError('invalid-model', 'a text model without its tokenizer', {
      where: card.name,
      expected: 'tokenizer.json beside the model, or in the folder above it',
      hint: 'Copy tokenizer.json and tokenizer_config.json from where the model came from.',
    });
  }
  const config = await json('tokenizer_config.json');
  const maxTokens = options.text?.maxTokens ?? card.text?.maxTokens ?? maxTokensOf(config, await json('config.json'));
  // Only texts need it; pages load it when they come.
  const { TextTokenizer: Encoder } = await import('./tokenizer.ts');
  try {
    return new Encoder(tokenizer, config ?? {}, maxTokens);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('unsupported', 'its tokenizer cannot be built', { where: `${card.name}/tokenizer.json`, cause: error });
  }
}

/** D, from the graph's own types or from those it has at real sizes. */
function dimensionOf(graph: Graph, image: ImagePreprocessing | undefined): number {
  const [output = ''] = graph.outputs;
  const last = (each: Graph) => each.types.get(output)?.shape[1];
  const known = last(graph);
  if (typeof known === 'number') return known;
  const sizes: Record<string, number> = { batch: 1, ...(image ? { height: image.height, width: image.width } : {}) };
  for (const input of graph.inputs) {
    graph.types.get(input)?.shape.forEach((dim, axis) => {
      if (typeof dim === 'string' && axis > 0 && !(image && axis > 1)) sizes[dim] ??= 16;
    });
  }
  const bound = specialise(graph, sizes);
  const dimension = last(bound);
  if (typeof dimension === 'number' && isBound(bound.types.get(output)?.shape ?? [])) return dimension;
  throw new EngineError('unsupported', 'the length of the feature vector cannot be told', {
    where: `cut '${output}'`,
    hint: 'Choose another cut; `headstart inspect` lists those that suit.',
  });
}

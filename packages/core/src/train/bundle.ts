import { readFile, resolvePath } from '#platform';
import type { Backbone, BackboneOptions, BackboneReference } from '../backbone/backbone.ts';
import type { ExtractOptions } from '../backbone/extract.ts';
import type { SampleLike, SkippedSample } from '../backbone/sample.ts';
import { EngineError } from '../errors.ts';
import type { Metrics } from '../evaluate/metrics.ts';
import type { Engine } from '../session/engine.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type BundleContents, decodeBundle } from './bundle-format.ts';
import type { LinearHead } from './linear-head.ts';
import { type DetectionSettings, Listener, usualDetection } from './listener.ts';
import { reloadBackbone } from './reload.ts';
import { type Prediction, predictionsOf, type Training } from './result.ts';

/** How a bundle's backbone is loaded, when it is needed: where to compute, the cache, whether to touch the network. */
export type BundleOptions = Pick<BackboneOptions, 'cache' | 'offline' | 'mirror' | 'onProgress'> & { readonly engine?: Engine };

export interface PredictOptions extends ExtractOptions {
  /** Told of each sample that cannot be read; it is absent from the result. */
  readonly onSkipped?: (sample: SkippedSample) => void;
}

export interface SamplePrediction extends Prediction {
  readonly id: string;
}

/** A trained head, and its backbone once a sample is to be predicted. */
export class Bundle {
  readonly head: LinearHead;
  readonly training: Training;
  /** Scores on the held-out split, where it was evaluated before saving. */
  readonly metrics: Metrics | undefined;
  readonly backbone: BackboneReference | undefined;
  /** How commands are told in a continuous signal, where it was chosen on held-out audio. */
  readonly detection: DetectionSettings | undefined;
  readonly #options: BundleOptions;
  #loading: Promise<Backbone> | undefined;

  constructor({ head, training, metrics, backbone, detection }: BundleContents, options: BundleOptions = {}) {
    this.head = head;
    this.training = training;
    this.metrics = metrics;
    this.backbone = backbone;
    this.detection = detection;
    this.#options = options;
  }

  get labels(): readonly string[] {
    return this.head.labels;
  }

  /**
   * Class probabilities of samples, in their order; the backbone is fetched and opened on the first call. Features are not kept
   * unless `store` says so.
   * @throws EngineError `integrity` when the backbone's files are not those it was trained on; what `backbone.extract` throws
   */
  async predict(samples: readonly SampleLike[], { onSkipped, ...options }: PredictOptions = {}): Promise<SamplePrediction[]> {
    const { ids, values, skipped } = await (await this.#loadBackbone()).extract(samples, { store: false, ...options });
    for (const sample of skipped) onSkipped?.(sample);
    return predictionsOf(this.head, values).map((prediction, row) => ({ id: ids[row] as string, ...prediction }));
  }

  /**
   * Listens to a continuous signal at `backbone.audio.rate`; dispose of it before the bundle.
   * @param settings what differs from the bundle's own `detection`, or from the usual
   * @throws EngineError `invalid-argument` for a bundle of pictures or texts; what loading the backbone throws
   */
  async listen(settings: Partial<DetectionSettings> = {}): Promise<Listener> {
    const stream = (await this.#loadBackbone()).stream();
    return new Listener(stream, this.head, { ...usualDetection(this.labels), ...this.detection, ...settings });
  }

  /** @param values features [N, D] of this bundle's backbone */
  predictFeatures(values: Tensor): Prediction[] {
    return predictionsOf(this.head, values);
  }

  dispose(): void {
    this.#loading?.then((backbone) => backbone.dispose()).catch(() => undefined);
    this.#loading = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #loadBackbone(): Promise<Backbone> {
    if (!this.#loading) {
      const loading = reloadBackbone(this.backbone, this.#options);
      this.#loading = loading;
      loading.catch(() => {
        // Another call may try again: the network may be back.
        if (this.#loading === loading) this.#loading = undefined;
      });
    }
    return this.#loading;
  }
}

/**
 * Opens a bundle; nothing is fetched or loaded but the file itself.
 * @param source a path, or the file's bytes
 * @throws EngineError `invalid-data` when it is no bundle, is cut short or is of a newer version; `invalid-argument` when it cannot be read
 */
export async function openBundle(source: string | Uint8Array, options: BundleOptions = {}): Promise<Bundle> {
  if (typeof source !== 'string') return new Bundle(decodeBundle(source, 'bundle'), options);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolvePath(source));
  } catch (error) {
    throw new EngineError('invalid-argument', 'the bundle cannot be read', { where: source, hint: 'Check the path.', cause: error });
  }
  return new Bundle(decodeBundle(bytes, source), options);
}

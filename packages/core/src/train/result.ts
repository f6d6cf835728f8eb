import type { BackboneReference } from '../backbone/backbone.ts';
import { type Metrics, scorePredictions } from '../evaluate/metrics.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { encodeBundle } from './bundle-format.ts';
import { indexLabels, type LabelledFeatures } from './features.ts';
import { headLogits, type LinearHead, softmaxRows } from './linear-head.ts';
import type { DetectionSettings } from './listener.ts';
import { writeResult } from './write-result.ts';

/** How a head came about. */
export interface Training {
  readonly kind: 'logistic';
  /** λ */
  readonly l2: number;
  readonly seed: number;
  readonly classWeights: 'none' | 'balanced';
  /** Mean cross-entropy + λ/2·‖W‖² at the end, in nats. */
  readonly objective: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly samples: number;
  /** Samples of each class, [C]. */
  readonly classCounts: readonly number[];
  /** What cross-validation saw, strong to weak; empty where λ was given. */
  readonly sweep: readonly { readonly l2: number; readonly logLoss: number; readonly accuracy: number }[];
  readonly folds: number;
  readonly engine: 'webgpu' | 'wasm';
  readonly adapter: string;
  readonly notes: readonly string[];
}

export interface Prediction {
  readonly label: string;
  /** Probability of `label`, 0..1. */
  readonly confidence: number;
  /** Probability of each class, [C], in the order of the head's labels. */
  readonly probabilities: readonly number[];
}

/** A trained head. */
export class TrainResult {
  readonly head: LinearHead;
  readonly training: Training;
  /** What made the features; undefined for a head trained on loose features. */
  readonly backbone: BackboneReference | undefined;
  /** Probabilities of train samples by cross-validation heads that did not see them: `rows` of the features, [rows, C]. */
  readonly outOfFold: { readonly rows: Int32Array; readonly probabilities: Float64Array } | undefined;

  #metrics: Metrics | undefined;

  constructor(parts: {
    readonly head: LinearHead;
    readonly training: Training;
    readonly backbone?: BackboneReference;
    readonly outOfFold?: TrainResult['outOfFold'];
  }) {
    this.head = parts.head;
    this.training = parts.training;
    this.backbone = parts.backbone;
    this.outOfFold = parts.outOfFold;
  }

  get labels(): readonly string[] {
    return this.head.labels;
  }

  /** @param values features [N, D] */
  predict(values: Tensor): Prediction[] {
    return predictionsOf(this.head, values);
  }

  /** Scores labelled features that were not trained on; the baseline answers the most frequent class of the train split. */
  evaluate({ ids, values, labels }: LabelledFeatures): Metrics {
    const truth = indexLabels(labels, this.labels, ids);
    const probabilities = softmaxRows(headLogits(this.head, values), this.labels.length);
    const { classCounts, seed } = this.training;
    const majorityClass = classCounts.indexOf(Math.max(...classCounts));
    this.#metrics = scorePredictions(truth, probabilities, this.labels, { seed, majorityClass });
    return this.#metrics;
  }

  /** What `evaluate` found last; a saved bundle carries it. */
  get metrics(): Metrics | undefined {
    return this.#metrics;
  }

  /**
   * Writes the bundle (`*.headstart`) under a temporary name and renames it.
   * @throws EngineError `disk` when there is no room; a file that was there before stays as it was
   */
  async save(path: string, { detection }: { readonly detection?: DetectionSettings } = {}): Promise<void> {
    const { head, training, backbone, metrics } = this;
    const rest = { ...(metrics ? { metrics } : {}), ...(backbone ? { backbone } : {}), ...(detection ? { detection } : {}) };
    await writeResult(path, encodeBundle({ head, training, ...rest }));
  }
}

/** Class probabilities of features [N, D] by a head, the most probable class first named. */
export function predictionsOf(head: LinearHead, values: Tensor): Prediction[] {
  const classes = head.labels.length;
  const all = softmaxRows(headLogits(head, values), classes);
  return Array.from({ length: all.length / classes }, (_, row) => {
    const probabilities = [...all.subarray(row * classes, (row + 1) * classes)];
    const best = probabilities.indexOf(Math.max(...probabilities));
    return { label: head.labels[best] as string, confidence: probabilities[best] as number, probabilities };
  });
}

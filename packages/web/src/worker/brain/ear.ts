import { type Backbone, type Bundle, type Clip, RateChanger } from '@headstart/core';
import type { PredictionResult } from '../protocol.ts';

/** Hears a continuous sound: the backbone's features of a window that slides over it. */
export class Ear {
  readonly backbone: Backbone;
  /** Hz of what comes. */
  readonly rate: number;
  readonly #stream: ReturnType<Backbone['stream']>;
  readonly #rateChanger: RateChanger;
  #begun = false;

  constructor(backbone: Backbone, rate: number) {
    this.backbone = backbone;
    this.rate = rate;
    this.#stream = backbone.stream();
    this.#rateChanger = new RateChanger(rate, modelRate(backbone));
  }

  /** What is heard after more of the sound: the mean over the windows that it completes. */
  async hear({ samples }: Clip, bundle: Bundle): Promise<Omit<PredictionResult, 'milliseconds'> | undefined> {
    if (!this.#begun) {
      this.#begun = true;
      await this.#stream.push(new Float32Array(Math.round(this.#stream.window * modelRate(this.backbone))));
    }
    const { times, values } = await this.#stream.push(this.#rateChanger.push(samples));
    if (times.length === 0) return undefined;
    const rows = bundle.predictFeatures(values);
    const probabilities = bundle.labels.map(
      (_, index) => rows.reduce((sum, row) => sum + (row.probabilities[index] as number), 0) / rows.length,
    );
    const best = probabilities.indexOf(Math.max(...probabilities));
    return { label: bundle.labels[best] as string, confidence: probabilities[best] as number, probabilities };
  }

  dispose(): void {
    this.#stream.dispose();
  }
}

function modelRate(backbone: Backbone): number {
  return backbone.reference.audio?.rate ?? 16_000;
}

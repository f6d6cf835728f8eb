import { readFile, writeFile } from 'node:fs/promises';
import {
  type BackboneReference,
  confidentMistakes,
  type Features,
  type Metrics,
  type Prediction,
  type ReportSample,
  renderReport,
  type Sample,
  type Training,
  thumbnail,
} from '@headstart/core';

const shownSamples = 12;

/** Writes the HTML report of a training, with the most confident mistakes and some samples, pictures included. */
export async function reportPage(
  file: string,
  parts: {
    readonly title: string;
    readonly summary: string;
    readonly metrics: Metrics;
    readonly predictions: readonly Prediction[];
    readonly samples: readonly Sample[];
    readonly test: Pick<Features, 'ids' | 'labels'>;
    readonly training: Training;
    readonly backbone: BackboneReference;
  },
): Promise<void> {
  const { metrics, predictions, test, samples, training, backbone } = parts;
  const byId = new Map(samples.map((sample) => [sample.id, sample]));
  const step = Math.max(1, Math.floor(predictions.length / shownSamples));
  const examples = predictions.map((_, row) => row).filter((row) => row % step === 0);
  const show = (row: number) => reportSample(byId.get(test.ids[row] ?? ''), test.labels[row], predictions[row] as Prediction);
  const hash = backbone.files[backbone.model];
  const page = renderReport({
    title: parts.title,
    summary: parts.summary,
    metrics,
    mistakes: await Promise.all(confidentMistakes(test.labels, predictions, shownSamples).map(show)),
    examples: await Promise.all(examples.slice(0, shownSamples).map(show)),
    ...(training.sweep.length > 0 ? { sweep: { points: training.sweep, chosen: training.l2 } } : {}),
    reproducibility: [
      ['Backbone', backbone.name],
      ...(hash ? [['Model, SHA-256', hash] as const] : []),
      ['Features leave at', `${backbone.cut}, pooling ${backbone.pooling}`],
      ['Seed', `${training.seed}`],
      ['Samples', `${training.samples}`],
      ['Strength λ', `${training.l2}`],
      ['Engine', training.adapter ? `${training.engine} on ${training.adapter}` : training.engine],
    ],
  });
  await writeFile(file, page);
}

async function reportSample(sample: Sample | undefined, truth: string | undefined, prediction: Prediction): Promise<ReportSample> {
  const path = sample?.path;
  const read = path === undefined ? undefined : async () => new Uint8Array(await readFile(path));
  const image = sample && read && (await thumbnail({ ...sample, read }));
  return {
    id: sample?.id ?? '',
    ...(truth === undefined ? {} : { truth }),
    predicted: prediction.label,
    confidence: prediction.confidence,
    ...(image === undefined ? {} : { image }),
    ...(sample?.text === undefined ? {} : { text: sample.text.slice(0, 280) }),
  };
}

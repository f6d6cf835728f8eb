import type { BackboneReference } from '../backbone/backbone.ts';
import type { Features } from '../backbone/extract.ts';
import { type Sample, toSample } from '../backbone/sample.ts';
import type { Prediction, Training } from '../train/result.ts';
import type { Metrics } from './metrics.ts';
import { type ComparisonRow, confidentMistakes, type ReportSample, renderReport } from './report.ts';
import { thumbnail } from './thumbnail.ts';

export interface ReportParts {
  readonly title: string;
  readonly summary: string;
  readonly metrics: Metrics;
  readonly predictions: readonly Prediction[];
  /** Samples of the test features, in their order. */
  readonly samples: readonly Sample[];
  readonly test: Pick<Features, 'ids' | 'labels'>;
  readonly training: Training;
  readonly backbone: BackboneReference | undefined;
  readonly comparison?: readonly ComparisonRow[];
}

const shownSamples = 12;

/** The HTML report of an evaluation, with the most confident mistakes and some samples, pictures included. */
export async function reportPage(parts: ReportParts): Promise<string> {
  const { metrics, predictions, test, samples, training } = parts;
  const byId = new Map(samples.map((sample) => [sample.id, sample]));
  const mistakes = confidentMistakes(test.labels, predictions, shownSamples);
  const step = Math.max(1, Math.floor(predictions.length / shownSamples));
  const examples = predictions.map((_, row) => row).filter((row) => row % step === 0);
  const show = (row: number) => reportSample(byId.get(test.ids[row] ?? ''), test.labels[row], predictions[row] as Prediction);
  return renderReport({
    title: parts.title,
    summary: parts.summary,
    metrics,
    ...(parts.comparison ? { comparison: parts.comparison } : {}),
    mistakes: await Promise.all(mistakes.map(show)),
    examples: await Promise.all(examples.slice(0, shownSamples).map(show)),
    ...(training.sweep.length > 0 ? { sweep: { points: training.sweep, chosen: training.l2 } } : {}),
    reproducibility: factsOf(training, parts.backbone),
  });
}

async function reportSample(sample: Sample | undefined, truth: string | undefined, prediction: Prediction): Promise<ReportSample> {
  const image = sample && (await thumbnail(toSample(sample, 'image')));
  return {
    id: sample?.id ?? '',
    ...(truth === undefined ? {} : { truth }),
    predicted: prediction.label,
    confidence: prediction.confidence,
    ...(image === undefined ? {} : { image }),
    ...(sample?.text === undefined ? {} : { text: sample.text.slice(0, 280) }),
  };
}

/** What it takes to get a result again. */
function factsOf({ seed, samples, l2, engine, adapter }: Training, backbone: BackboneReference | undefined): [string, string][] {
  const hash = backbone?.files[backbone.model];
  return [
    ...(backbone ? [['Backbone', `${backbone.name} (${backbone.source})`] as [string, string]] : []),
    ...(hash ? [['Model, SHA-256', hash] as [string, string]] : []),
    ...(backbone ? [['Features leave at', `${backbone.cut}, pooling ${backbone.pooling}`] as [string, string]] : []),
    ['Seed', `${seed}`],
    ['Samples', `${samples}`],
    ['Strength λ', `${l2}`],
    ['Engine', adapter ? `${engine} on ${adapter}` : engine],
  ];
}

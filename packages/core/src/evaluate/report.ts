import { EngineError } from '../errors.ts';
import type { Finding } from './checks.ts';
import { html, type Markup } from './html.ts';
import type { Metrics } from './metrics.ts';
import { confusionFigure, reliabilityFigure, sweepFigure } from './report-figures.ts';
import { reportStyle } from './report-style.ts';

/** A classified sample as the report shows it. */
export interface ReportSample {
  readonly id: string;
  /** True class; left out for a sample without a label. */
  readonly truth?: string;
  readonly predicted: string;
  /** Probability of the predicted class, 0..1. */
  readonly confidence: number;
  /** A thumbnail as a `data:image/…` URI. */
  readonly image?: string;
  /** The text, or its beginning. */
  readonly text?: string;
}

export interface ComparisonRow {
  readonly name: string;
  readonly note?: string;
  readonly accuracy: number;
  readonly macroF1?: number;
  readonly logLoss?: number;
  /** The row the report is about. */
  readonly best?: boolean;
}

export interface ReportInput {
  readonly title: string;
  /** One sentence: what was learnt, from what. */
  readonly summary?: string;
  readonly metrics: Metrics;
  readonly comparison?: readonly ComparisonRow[];
  /** Mistakes to show, the most confident first (`confidentMistakes`). */
  readonly mistakes?: readonly ReportSample[];
  /** Some held-out samples and what the head says of them. */
  readonly examples?: readonly ReportSample[];
  readonly findings?: readonly Finding[];
  /** Cross-validated log loss of each strength tried, and the strength chosen. */
  readonly sweep?: { readonly points: readonly { readonly l2: number; readonly logLoss: number }[]; readonly chosen: number };
  /** Facts needed to get the same result again: seed, hashes, engine, adapter, versions. */
  readonly reproducibility: readonly (readonly [name: string, value: string])[];
}

/** Rows of the mistakes a classifier was surest of, the surest first. */
export function confidentMistakes(
  truth: readonly string[],
  predictions: readonly { readonly label: string; readonly confidence: number }[],
  count = 12,
): number[] {
  const confidence = (row: number) => predictions[row]?.confidence ?? 0;
  const wrong = [...predictions.keys()].filter((row) => predictions[row]?.label !== truth[row]);
  return wrong.sort((a, b) => confidence(b) - confidence(a)).slice(0, count);
}

/**
 * The report as one HTML file: no script, no request, light and dark.
 * @throws EngineError `invalid-argument` when a thumbnail is not a data URI, since the file must stand alone
 */
export function renderReport(input: ReportInput): string {
  const { metrics, comparison, mistakes = [], examples = [], findings = [], sweep } = input;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${input.title} · Headstart report</title><style>${{ markup: reportStyle }}</style></head>
<body><main>
<header><h1>${input.title}</h1>${input.summary !== undefined && html`<p class="lead">${input.summary}</p>`}</header>
${headline(metrics)}
${comparison && comparison.length > 0 && comparisonTable(comparison)}
${findings.length > 0 && findingList(findings)}
<div class="pair">
<section><h2>Where classes are confused</h2><p class="hint">Each row adds up to the samples of one class; the diagonal is right.</p>${confusionFigure(metrics.confusion, metrics.labels)}</section>
<section><h2>Can its confidence be trusted?</h2><p class="hint">On the dashed line, an answer given with 80\u00a0% confidence is right 80\u00a0% of the time. Columns show how many answers fall in each range. Expected calibration error: ${percent(metrics.calibration.error)}.</p>${reliabilityFigure(metrics.calibration.bins)}</section>
</div>
${classTable(metrics)}
${mistakes.length > 0 && sampleGrid('Most confident mistakes', 'Look here first: each is either a hard case or a wrong label.', mistakes)}
${examples.length > 0 && sampleGrid('Held-out samples', 'Samples the head has not seen in training.', examples)}
<div class="pair">
${sweep && sweep.points.length > 1 && html`<section><h2>How the strength was chosen</h2><p class="hint">Cross-validated log loss for each strength tried; the dashed line marks the chosen λ = ${Number(sweep.chosen.toPrecision(3))}.</p>${sweepFigure(sweep.points, sweep.chosen)}</section>`}
<section><h2>To get this result again</h2><p class="hint">The same inputs and seed on the same adapter give the same weights, bit for bit.</p><dl class="facts">${input.reproducibility.map(([name, value]) => html`<dt>${name}</dt><dd class="${/^[0-9a-f:-]{12,}$/.test(value) ? 'code' : ''}">${value}</dd>`)}</dl></section>
</div>
<footer>Made by Headstart. This file is self-contained: it loads nothing from elsewhere.</footer>
</main></body></html>
`;
  return page.markup;
}

function headline({ accuracy, accuracyInterval, macroF1, logLoss, majority, samples, topK }: Metrics): Markup {
  const range = `${percent(accuracyInterval.low)} – ${percent(accuracyInterval.high)}`;
  const top = topK.find(({ k }) => k === 3) ?? topK.at(-1);
  return html`<section class="tiles">
<dl class="tile"><dt>Accuracy</dt><dd>${percent(accuracy)}<small>${Math.round(accuracyInterval.level * 100)}\u00a0% interval ${range}, on ${samples} held-out samples</small></dd></dl>
<dl class="tile"><dt>Always '${majority.label}'</dt><dd>${percent(majority.accuracy)}<small>majority baseline</small></dd></dl>
<dl class="tile"><dt>Macro F1</dt><dd>${macroF1.toFixed(3)}<small>mean over classes</small></dd></dl>
<dl class="tile"><dt>Log loss</dt><dd>${logLoss.toFixed(3)}<small>${top ? `top-${top.k} accuracy ${percent(top.accuracy)}` : 'nats per sample'}</small></dd></dl>
</section>`;
}

function comparisonTable(rows: readonly ComparisonRow[]): Markup {
  const number = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(3));
  return html`<section><h2>What the pretrained backbone is worth</h2><p class="hint">The same samples and the same head throughout; only what the features come from differs.</p>
<div class="scroll"><table><thead><tr><th>features</th><th>accuracy</th><th>macro F1</th><th>log loss</th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr class="${row.best ? 'best' : ''}"><td class="name">${row.name}${row.note !== undefined && html`<small>${row.note}</small>`}</td><td>${bar(row.accuracy)}${percent(row.accuracy)}</td><td>${number(row.macroF1)}</td><td>${number(row.logLoss)}</td></tr>`,
  )}</tbody></table></div></section>`;
}

function classTable({ perClass, notes }: Metrics): Markup {
  return html`<section><h2>Class by class</h2><p class="hint">Precision: of the answers with this class, the share that is right. Recall: of the samples of this class, the share that was found.</p>
<div class="scroll"><table><thead><tr><th>class</th><th>precision</th><th>recall</th><th>F1</th><th>samples</th><th>predicted</th></tr></thead><tbody>${perClass.map(
    (each) =>
      html`<tr><td class="name">${each.label}</td><td>${percent(each.precision)}</td><td>${percent(each.recall)}</td><td>${bar(each.f1)}${each.f1.toFixed(3)}</td><td>${each.support}</td><td>${each.predicted}</td></tr>`,
  )}</tbody></table></div>${notes.map((note) => html`<p class="hint">Note: ${note}.</p>`)}</section>`;
}

function findingList(findings: readonly Finding[]): Markup {
  return html`<section><h2>About the data</h2><ul class="findings">${findings.map(
    ({ level, message, ids }) =>
      html`<li class="${level}">${message}${ids.length > 0 && html`<small>${ids.slice(0, 8).join(', ')}${ids.length > 8 && ` and ${ids.length - 8} more`}</small>`}</li>`,
  )}</ul></section>`;
}

function sampleGrid(title: string, hint: string, samples: readonly ReportSample[]): Markup {
  const texts = samples.every(({ image }) => image === undefined);
  return html`<section><h2>${title}</h2><p class="hint">${hint}</p><div class="samples${texts ? ' texts' : ''}">${samples.map(sampleFigure)}</div></section>`;
}

function sampleFigure({ id, truth, predicted, confidence, image, text }: ReportSample): Markup {
  if (image !== undefined && !/^data:image\/[a-z0-9.+-]+[;,]/i.test(image)) {
    throw new EngineError('invalid-argument', 'a thumbnail is not a data URI', {
      where: `report, sample '${id}'`,
      expected: 'data:image/…',
      got: `'${image.slice(0, 40)}'`,
    });
  }
  const right = truth === undefined || truth === predicted;
  return html`<figure>${image !== undefined && html`<img src="${image}" alt="${id}" loading="lazy">`}${text !== undefined && html`<blockquote>${text}</blockquote>`}
<figcaption><b class="${truth === undefined ? '' : right ? 'ok' : 'wrong'}">${predicted}</b> ${percent(confidence)}${!right && html`<br>labelled <b>${truth}</b>`}<span class="id" title="${id}">${id}</span></figcaption></figure>`;
}

function bar(share: number): Markup {
  return html`<span class="bar"><i style="width: ${(share * 100).toFixed(1)}%"></i></span>`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}\u00a0%`;
}

import { html, type Markup } from './html.ts';
import type { CalibrationBin } from './metrics.ts';

const matrixLimit = 30;

/**
 * Confusion matrix as a heat map; the shade is the share of the true class. Past 30 classes, the most frequent confusions as a list.
 * @param confusion counts, row = true class, column = predicted class
 */
export function confusionFigure(confusion: readonly (readonly number[])[], labels: readonly string[]): Markup {
  if (labels.length > matrixLimit) return confusionList(confusion, labels);
  const flat = labels.length <= 4;
  return html`<div class="scroll"><table class="${flat ? 'matrix wide' : 'matrix'}">
<thead><tr><th></th>${labels.map((label) => html`<th class="${flat ? 'flat' : ''}" scope="col" title="predicted ${label}"><span>${label}</span></th>`)}</tr></thead>
<tbody>${confusion.map((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return html`<tr><th scope="row" title="${labels[truth]}">${labels[truth]}</th>${row.map((count, predicted) => {
      const share = total === 0 ? 0 : count / total;
      const kind = `${count === 0 ? 'none' : ''}${truth === predicted ? ' right' : ''}`.trim();
      const shade = count === 0 ? '' : `background: rgb(var(--accent) / ${(0.08 + 0.62 * share).toFixed(3)})`;
      return html`<td class="${kind}" style="${shade}" title="${count} of ${total} samples of ${labels[truth]}, predicted ${labels[predicted]}">${count}</td>`;
    })}</tr>`;
  })}</tbody></table></div><p class="axis">rows: true class · columns: predicted class</p>`;
}

function confusionList(confusion: readonly (readonly number[])[], labels: readonly string[]): Markup {
  const pairs = confusion.flatMap((row, truth) => row.map((count, predicted) => ({ truth, predicted, count })));
  const worst = pairs.filter(({ truth, predicted, count }) => truth !== predicted && count > 0).sort((a, b) => b.count - a.count);
  return html`<table><thead><tr><th>true class</th><th>predicted</th><th>samples</th></tr></thead><tbody>${worst
    .slice(0, 15)
    .map(
      ({ truth, predicted, count }) => html`<tr><td>${labels[truth]}</td><td>${labels[predicted]}</td><td>${count}</td></tr>`,
    )}</tbody></table>`;
}

/** Reliability diagram: accuracy against confidence, with the gap to the diagonal, over columns of how many samples each bin has. */
export function reliabilityFigure(bins: readonly CalibrationBin[]): Markup {
  const frame = { width: 420, height: 340, left: 46, right: 12, top: 12, bottom: 44 };
  const x = (value: number) => (frame.left + value * (frame.width - frame.left - frame.right)).toFixed(1);
  const y = (value: number) => (frame.height - frame.bottom - value * (frame.height - frame.top - frame.bottom)).toFixed(1);
  const most = Math.max(...bins.map(({ count }) => count), 1);
  const filled = bins.filter(({ count }) => count > 0);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const points = filled.map(({ confidence, accuracy }) => `${x(confidence)},${y(accuracy)}`).join(' ');
  return html`<svg viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-label="Reliability diagram: accuracy against confidence">
${ticks.map((tick) => html`<line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${frame.left - 8}" y="${y(tick)}" dy="4" text-anchor="end">${Math.round(tick * 100)}</text><text x="${x(tick)}" y="${frame.height - frame.bottom + 18}" text-anchor="middle">${Math.round(tick * 100)}</text>`)}
${filled.map(({ low, high, count }) => {
  const height = (count / most) * 0.28;
  return html`<rect class="column" x="${Number(x(low)) + 2}" width="${(Number(x(high)) - Number(x(low)) - 4).toFixed(1)}" y="${y(height)}" height="${(Number(y(0)) - Number(y(height))).toFixed(1)}" rx="2"><title>${count} samples with confidence ${Math.round(low * 100)}–${Math.round(high * 100)} %</title></rect>`;
})}
<line class="diagonal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>
${filled.map(({ confidence, accuracy }) => html`<line class="gap" x1="${x(confidence)}" x2="${x(confidence)}" y1="${y(accuracy)}" y2="${y(confidence)}"/>`)}
<polyline class="line" points="${points}"/>
${filled.map(({ confidence, accuracy, count }) => html`<circle class="dot" cx="${x(confidence)}" cy="${y(accuracy)}" r="5"><title>${count} samples: ${(confidence * 100).toFixed(1)} % confident, ${(accuracy * 100).toFixed(1)} % right</title></circle>`)}
<text x="${x(0.5)}" y="${frame.height - 6}" text-anchor="middle">confidence, %</text>
<text transform="translate(13 ${y(0.5)}) rotate(-90)" text-anchor="middle">right answers, %</text>
</svg>`;
}

/** Cross-validated log loss against the strength of regularisation (logarithmic axis), the chosen one marked. */
export function sweepFigure(points: readonly { readonly l2: number; readonly logLoss: number }[], chosen: number): Markup {
  const frame = { width: 420, height: 230, left: 46, right: 16, top: 14, bottom: 44 };
  const logs = points.map(({ l2 }) => Math.log10(l2));
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const losses = points.map(({ logLoss }) => logLoss);
  const [floor, ceiling] = [Math.min(...losses) * 0.95, Math.max(...losses) * 1.03];
  const x = (l2: number) =>
    (frame.left + ((Math.log10(l2) - low) / (high - low || 1)) * (frame.width - frame.left - frame.right)).toFixed(1);
  const y = (loss: number) =>
    (frame.height - frame.bottom - ((loss - floor) / (ceiling - floor || 1)) * (frame.height - frame.top - frame.bottom)).toFixed(1);
  const ticks = [0, 0.5, 1].map((part) => floor + part * (ceiling - floor));
  return html`<svg viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-label="Cross-validated log loss by strength of regularisation">
${ticks.map((tick) => html`<line class="grid" x1="${frame.left}" x2="${frame.width - frame.right}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${frame.left - 8}" y="${y(tick)}" dy="4" text-anchor="end">${tick.toFixed(2)}</text>`)}
<line class="diagonal" x1="${x(chosen)}" x2="${x(chosen)}" y1="${frame.top}" y2="${frame.height - frame.bottom}"/>
<polyline class="line" points="${points.map(({ l2, logLoss }) => `${x(l2)},${y(logLoss)}`).join(' ')}"/>
${points.map(({ l2, logLoss }, index) => html`<circle class="dot" cx="${x(l2)}" cy="${y(logLoss)}" r="${l2 === chosen ? 6 : 4}"><title>λ = ${l2.toPrecision(3)}: log loss ${logLoss.toFixed(4)}</title></circle>${index % 2 === 0 && html`<text x="${x(l2)}" y="${frame.height - frame.bottom + 18}" text-anchor="middle">${Number(l2.toPrecision(2))}</text>`}`)}
<text x="${(frame.left + frame.width - frame.right) / 2}" y="${frame.height - 6}" text-anchor="middle">strength of regularisation λ</text>
</svg>`;
}

import type { Metrics } from '@headstart/core';
import { columns } from '../layout.ts';
import type { Paint } from '../paint.ts';

/** `91.7 %` */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Classes shown one by one; more of them would fill the screen and say less. */
const shownClasses = 15;

/** How good a head is, for a terminal. */
export function metricsText(metrics: Metrics, paint: Paint): string[] {
  const { accuracy, accuracyInterval, majority, macroF1, logLoss, perClass, samples } = metrics;
  const interval = `${Math.round(accuracyInterval.level * 100)} % interval ${percent(accuracyInterval.low)} to ${percent(accuracyInterval.high)}`;
  return [
    `${paint.bold(`Accuracy ${percent(accuracy)}`)} on ${samples} held-out samples (${interval})`,
    `Always '${majority.label}' would reach ${percent(majority.accuracy)}. Macro F1 ${macroF1.toFixed(3)}, log loss ${logLoss.toFixed(3)}.`,
    '',
    ...columns(
      [
        ['class', 'precision', 'recall', 'F1', 'samples'].map(paint.dim),
        ...perClass
          .slice(0, shownClasses)
          .map(({ label, precision, recall, f1, support }) => [label, percent(precision), percent(recall), f1.toFixed(3), `${support}`]),
      ],
      ['left', 'right', 'right', 'right', 'right'],
    ),
    ...(perClass.length > shownClasses ? [`  … and ${perClass.length - shownClasses} classes more: the report has them all`] : []),
    ...(perClass.length <= shownClasses ? ['', ...confusionText(metrics, paint)] : []),
  ];
}

function confusionText({ confusion, labels }: Metrics, paint: Paint): string[] {
  return [
    paint.dim('Confusion: rows are the true class, columns what was answered'),
    ...columns(
      [
        ['', ...labels.map((label) => paint.dim(label.slice(0, 10)))],
        ...confusion.map((row, truth) => [
          labels[truth] ?? '',
          ...row.map((count, answer) =>
            count === 0 ? paint.dim('·') : answer === truth ? paint.green(`${count}`) : paint.red(`${count}`),
          ),
        ]),
      ],
      ['left', ...labels.map(() => 'right' as const)],
    ),
  ];
}

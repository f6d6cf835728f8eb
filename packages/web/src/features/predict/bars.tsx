import type { ReactNode } from 'react';
import { percent, useMessages } from '../../support/messages.ts';
import type { PredictionResult } from '../../worker/protocol.ts';
import { classColour } from '../dataset/class-samples.ts';
import { useStudio } from '../use-studio.ts';

/** The probability of every class. Without a prediction the bars are empty, so that nothing jumps when one comes. */
export function Bars({ prediction }: { readonly prediction: PredictionResult | undefined }): ReactNode {
  const messages = useMessages();
  const labels = useStudio((state) => state.model?.labels);
  const classes = useStudio((state) => state.samples.classes);
  if (!labels) return null;
  const probabilities = prediction?.probabilities.length === labels.length ? prediction.probabilities : undefined;
  const order = labels.map((_, index) => index);
  // Many classes: the likeliest first, and no more than fit.
  if (labels.length > 8 && probabilities) order.sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number));
  const shown = order.slice(0, 8);
  const answer = probabilities && prediction ? prediction.label : undefined;
  return (
    <div className="bars" part="bars">
      <p className="answer" aria-live="polite">
        <span className="visually-hidden">{messages.answer}: </span>
        {answer ?? ' '}
        {prediction && answer !== undefined && <small aria-hidden="true"> {messages.milliseconds(prediction.milliseconds)}</small>}
      </p>
      <ul>
        {shown.map((index) => {
          const label = labels[index] as string;
          const share = probabilities?.[index] ?? 0;
          const place = classes.findIndex(({ name }) => name === label);
          return (
            <li key={label} style={classColour(place < 0 ? index : place)} className={label === answer ? 'likely' : ''}>
              <span className="bar-label" title={label}>
                {label}
              </span>
              <span className="bar" aria-hidden="true">
                <span className="bar-fill" part="bar" style={{ inlineSize: `${share * 100}%` }} />
              </span>
              <span className="bar-share">{probabilities ? percent(messages, share, 0) : '–'}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

import type { Metrics } from '@headstart/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { type Messages, percent, useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Dialog } from '../../ui/overlays.tsx';
import type { TrainEvent } from '../../worker/protocol.ts';
import { useController, useStudio } from '../use-studio.ts';
import { Curve } from './curve.tsx';
import { progressText, progressValue } from './progress.ts';
import { Settings } from './settings.tsx';

const Results = lazy(() => import('./results.tsx'));

/** Which backbone, the button, and what comes of it. */
export function TrainPanel(): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const training = useStudio((state) => state.training);
  const curve = useStudio((state) => state.curve);
  const measured = useStudio((state) => state.trained);
  const stale = useStudio((state) => state.stale);
  const ready = useStudio(({ samples }) => new Set([...samples.samples.values()].map(({ classId }) => classId)).size >= 2);
  const verification = useStudio((state) => state.verification);
  const missing = useStudio((state) => state.engine?.missing);
  const [details, setDetails] = useState(false);

  return (
    <section className="panel train-panel" part="panel" aria-labelledby="train-title">
      <header className="panel-header">
        <h2 id="train-title">{messages.trainTitle}</h2>
      </header>
      {missing && (
        <p className="why" role="note">
          {messages.engineHelp[missing]}
        </p>
      )}
      <Settings />
      {training ? (
        <Running event={training} onCancel={() => controller.cancel()} />
      ) : (
        <Button look="primary" className="train" disabled={!ready} onClick={() => void controller.train()}>
          {measured ? messages.trainAgain : messages.train}
        </Button>
      )}
      {!ready && !training && <p className="hint">{messages.needClasses}</p>}
      {curve.length > 1 && <Curve points={curve} />}
      {measured && !training && (
        <div className="score" part="score">
          {measured.metrics ? (
            <>
              <p className="score-line">
                <span className="score-label">{messages.accuracy}</span>
                <strong>{percent(messages, measured.metrics.accuracy)}</strong>
              </p>
              <p className="hint">
                {accuracyText(measured.metrics, messages)}.{' '}
                {messages.majority(measured.metrics.majority.label, percent(messages, measured.metrics.majority.accuracy, 0))}
              </p>
              {stale && <p className="hint stale">{messages.stale}</p>}
              <Button className="details" onClick={() => setDetails(true)}>
                {messages.details}
              </Button>
            </>
          ) : (
            <p className="hint">{messages.notMeasured}</p>
          )}
          {verification !== 'none' && <p className="hint">{verification === 'running' ? messages.verifying : messages.verified}</p>}
        </div>
      )}
      <Dialog open={details} onClose={() => setDetails(false)} title={messages.resultsTitle} wide>
        <Suspense fallback={<p className="hint">…</p>}>
          {measured?.metrics && <Results model={measured} metrics={measured.metrics} />}
        </Suspense>
      </Dialog>
    </section>
  );
}

/** On how many samples, and how far off the number may be. A resampling of nothing but right answers says nothing of that. */
function accuracyText({ samples, accuracyInterval: { low, high } }: Metrics, messages: Messages): string {
  if (low === high) return messages.accuracyPlain(samples);
  return messages.accuracyOn(samples, percent(messages, low, 0), percent(messages, high, 0));
}

function Running({ event, onCancel }: { readonly event: TrainEvent; readonly onCancel: () => void }): ReactNode {
  const messages = useMessages();
  const { title, detail } = progressText(event, messages);
  return (
    <div className="running">
      <p className="running-title" role="status">
        {title}
      </p>
      <Meter label={title} value={progressValue(event)} />
      <div className="row">
        <p className="hint grow">{detail}</p>
        <Button onClick={onCancel}>{messages.cancel}</Button>
      </div>
    </div>
  );
}

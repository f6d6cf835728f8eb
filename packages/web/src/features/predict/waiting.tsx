import type { ReactNode } from 'react';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Meter } from '../../ui/meter.tsx';
import { progressText, progressValue } from '../train/progress.ts';
import { useController, useStudio } from '../use-studio.ts';

/** What a prediction waits for, how far it is, and a way to stop it. */
export function Waiting(): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const waiting = useStudio((state) => state.waiting);
  if (!waiting) return null;
  const { title, detail } = progressText(waiting, messages);
  return (
    <div className="running">
      <p className="hint" role="status">
        {title}
      </p>
      <Meter label={title} value={progressValue(waiting)} />
      <div className="row">
        <p className="hint grow">{detail}</p>
        <Button onClick={() => controller.stopPredicting()}>{messages.cancel}</Button>
      </div>
    </div>
  );
}

/** Says that there is no answer because it was stopped, and asks again. */
export function Stopped({ onAgain }: { readonly onAgain: () => void }): ReactNode {
  const messages = useMessages();
  return (
    <div className="row">
      <p className="hint grow" role="status">
        {messages.predictionStopped}
      </p>
      <Button onClick={onAgain}>{messages.tryAgain}</Button>
    </div>
  );
}

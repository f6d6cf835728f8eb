import type { ReactNode } from 'react';
import { useMessages } from '../support/messages.ts';
import { Notices } from '../ui/notices.tsx';
import { Inputs } from './predict/predict-panel.tsx';
import { Waiting } from './predict/waiting.tsx';
import { NotReady } from './studio.tsx';
import { useStudio } from './use-studio.ts';

/** A predictor has no samples to follow. */
const unwatched = () => () => undefined;

/** A trained model to try, and nothing else. */
export function Predictor(): ReactNode {
  const messages = useMessages();
  const phase = useStudio((state) => state.phase);
  const model = useStudio((state) => state.model);
  if (phase !== 'ready') return <NotReady />;
  return (
    <div className="studio predictor">
      <section className="panel predict-panel" part="panel" aria-label={model?.name ?? messages.loadingModel}>
        {model ? <Inputs modality={model.modality} onWatch={unwatched} /> : <p className="hint">{messages.loadingModel}</p>}
        <Waiting />
      </section>
      <Notices />
    </div>
  );
}

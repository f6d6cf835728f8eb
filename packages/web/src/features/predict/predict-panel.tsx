import { Tabs } from '@base-ui/react/tabs';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import { canFollow } from '../state.ts';
import { useController, useStudio } from '../use-studio.ts';
import { CameraPrediction } from './camera-prediction.tsx';
import { PicturePrediction } from './picture-prediction.tsx';
import { TextPrediction } from './text-prediction.tsx';
import { Waiting } from './waiting.tsx';
import type { Watch } from './watch.ts';

const SoundPrediction = lazy(() => import('../sound/sound-prediction.tsx'));

/** A place to try the model on something it has not seen. */
export function PredictPanel(): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const model = useStudio((state) => state.model);
  const trained = useStudio((state) => state.trained);
  const modality = useStudio((state) => state.modality);
  const follow = useStudio((state) => canFollow(state.samples));
  const [watchers, setWatchers] = useState(0);
  const watch = useCallback(() => {
    setWatchers((count) => count + 1);
    return () => setWatchers((count) => count - 1);
  }, []);
  const usable = model !== undefined || follow;

  useEffect(() => {
    controller.followSamples(watchers > 0 && follow);
  }, [controller, watchers, follow]);

  return (
    <section className="panel predict-panel" part="panel" aria-labelledby="try-title">
      <header className="panel-header">
        <h2 id="try-title">{messages.tryTitle}</h2>
        {model?.kind === 'live' && (
          <span className="badge" title={messages.liveHelp}>
            {messages.live}
          </span>
        )}
      </header>
      {(model?.kind === 'opened' || (model?.kind === 'live' && trained)) && (
        <div className="row opened">
          <p className="grow">{model.kind === 'opened' ? messages.opened(model.name) : messages.live}</p>
          <Button onClick={() => void controller.closeModel().catch(controller.report)}>
            {model.kind === 'opened' ? messages.closeModel : messages.closeLive}
          </Button>
        </div>
      )}
      {usable ? (
        <Inputs modality={modality} onWatch={watch} />
      ) : (
        <div className="try-empty">
          <p>{messages.tryEmpty}</p>
          {modality !== 'text' && <p className="hint">{messages.tryLive}</p>}
        </div>
      )}
      {model?.kind === 'live' && <p className="hint">{messages.liveHelp}</p>}
      <Waiting />
    </section>
  );
}

/** What can be predicted from, by the kind of the samples. */
export function Inputs({ modality, onWatch }: { readonly modality: string; readonly onWatch: Watch }): ReactNode {
  const messages = useMessages();
  if (modality === 'text') return <TextPrediction onWatch={onWatch} />;
  if (modality === 'audio') {
    return (
      <Suspense fallback={<p className="hint">…</p>}>
        <SoundPrediction onWatch={onWatch} />
      </Suspense>
    );
  }
  return (
    <Tabs.Root defaultValue="picture" className="tabs">
      <Tabs.List className="tab-list" part="tabs" aria-label={messages.tryTitle}>
        <Tabs.Tab className="tab" value="picture">
          {messages.picture}
        </Tabs.Tab>
        <Tabs.Tab className="tab" value="camera">
          {messages.camera}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="picture" className="tab-panel">
        <PicturePrediction onWatch={onWatch} />
      </Tabs.Panel>
      <Tabs.Panel value="camera" className="tab-panel">
        <CameraPrediction onWatch={onWatch} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

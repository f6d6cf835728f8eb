import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useMessages } from '../support/messages.ts';
import { Button } from '../ui/button.tsx';
import { Notices } from '../ui/notices.tsx';
import { SamplesPanel } from './dataset/samples-panel.tsx';
import { ExportPanel } from './export/export-panel.tsx';
import { Header } from './header.tsx';
import { PredictPanel } from './predict/predict-panel.tsx';
import { TrainPanel } from './train/train-panel.tsx';
import { useController, useStudio } from './use-studio.ts';

/** The whole studio: samples, training, and what comes of it. */
export function Studio({
  fixedModality,
  onTheme,
}: {
  readonly fixedModality: boolean;
  readonly onTheme: (() => void) | undefined;
}): ReactNode {
  const controller = useController();
  const phase = useStudio((state) => state.phase);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = root.current;
    const onKey = (event: KeyboardEvent) => {
      const editing = event
        .composedPath()
        .some((target) => target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
      if (editing || event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      event.preventDefault();
      void controller.undo();
    };
    element?.addEventListener('keydown', onKey);
    return () => element?.removeEventListener('keydown', onKey);
  }, [controller]);
  return (
    <div className="studio" ref={root}>
      <Header fixedModality={fixedModality} onTheme={onTheme} />
      {phase === 'ready' ? (
        <div className="columns">
          <SamplesPanel />
          <TrainPanel />
          <div className="stack">
            <PredictPanel />
            <ExportPanel />
          </div>
        </div>
      ) : (
        <NotReady />
      )}
      <Notices />
    </div>
  );
}

/** Why there is nothing to see yet, and what to do. */
export function NotReady(): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const phase = useStudio((state) => state.phase);
  const failure = useStudio((state) => state.failure);
  // What opens at once need not say that it opens.
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 400);
    return () => clearTimeout(timer);
  }, []);
  const texts = {
    opening: { title: slow ? messages.openingTitle : ' ', text: '' },
    ready: { title: '', text: '' },
    elsewhere: { title: messages.elsewhereTitle, text: messages.elsewhereText },
    failed: { title: messages.failedTitle, text: failure },
    insecure: { title: messages.insecureTitle, text: messages.insecureText },
  }[phase];
  return (
    <div className="not-ready" role={phase === 'failed' ? 'alert' : 'status'}>
      <h2>{texts.title}</h2>
      <p>{texts.text}</p>
      {phase === 'elsewhere' && (
        <Button look="primary" onClick={() => void controller.open(true)}>
          {messages.useHere}
        </Button>
      )}
      {phase === 'failed' && <Button onClick={() => void controller.open()}>{messages.tryAgain}</Button>}
    </div>
  );
}

import { type ReactNode, useEffect, useId, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import type { PredictionResult } from '../../worker/protocol.ts';
import { useController, useStudio } from '../use-studio.ts';
import { Bars } from './bars.tsx';
import type { Watch } from './watch.ts';

/** A text, and what it is; answered while it is typed. */
export function TextPrediction({ onWatch }: { readonly onWatch: Watch }): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const model = useStudio((state) => state.model);
  const [text, setText] = useState('');
  const [prediction, setPrediction] = useState<PredictionResult>();
  const id = useId();
  const typed = text.trim();

  const watching = typed !== '';
  useEffect(() => (watching ? onWatch() : undefined), [watching, onWatch]);

  useEffect(() => {
    if (typed === '' || !model) {
      setPrediction(undefined);
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      controller.predict({ text: typed }).then((next) => wanted && setPrediction(next), controller.report);
    }, 200);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [controller, typed, model]);

  return (
    <>
      <label className="field" htmlFor={id}>
        {messages.typeText}
      </label>
      <textarea
        id={id}
        rows={4}
        value={text}
        placeholder={messages.typeTextPlaceholder}
        onChange={(event) => setText(event.target.value)}
      />
      <Bars prediction={prediction} />
    </>
  );
}

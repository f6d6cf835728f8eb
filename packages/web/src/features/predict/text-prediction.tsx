import { type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { Bars } from './bars.tsx';
import { usePrediction } from './use-prediction.ts';
import { Stopped } from './waiting.tsx';
import type { Watch } from './watch.ts';

/** A text, and what it is; answered while it is typed. */
export function TextPrediction({ onWatch }: { readonly onWatch: Watch }): ReactNode {
  const messages = useMessages();
  const [text, setText] = useState('');
  const [settled, setSettled] = useState('');
  const id = useId();
  const typed = text.trim();

  const watching = typed !== '';
  useEffect(() => (watching ? onWatch() : undefined), [watching, onWatch]);

  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), typed === '' ? 0 : 200);
    return () => clearTimeout(timer);
  }, [typed]);
  const input = useMemo(() => (settled === '' ? undefined : { text: settled }), [settled]);
  const { prediction, stopped, again } = usePrediction(input, true);

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
      {stopped && <Stopped onAgain={again} />}
      <Bars prediction={prediction} />
    </>
  );
}

import type { ReactNode } from 'react';
import { useMessages } from '../../support/messages.ts';
import type { MicrophoneFailure } from '../../support/microphone.ts';
import { Button } from '../../ui/button.tsx';
import { soundWords } from './words.ts';

/** Why nothing is heard, and what to do; or that it is about to. */
export function MicrophoneTrouble({
  failure,
  onRetry,
}: {
  readonly failure: MicrophoneFailure | undefined;
  readonly onRetry: () => void;
}): ReactNode {
  const messages = useMessages();
  const words = soundWords(messages);
  if (failure === undefined) return <p className="level-wait">{words.starting}</p>;
  return (
    <div className="level-wait" role="alert">
      <p>{words[failure]}</p>
      <Button onClick={onRetry}>{messages.tryAgain}</Button>
    </div>
  );
}

import type { ReactNode } from 'react';
import { useController, useStudio } from '../features/use-studio.ts';
import { useMessages } from '../support/messages.ts';
import { Button } from './button.tsx';

/** What happened, and a way back where there is one. */
export function Notices(): ReactNode {
  const controller = useController();
  const messages = useMessages();
  const notices = useStudio(({ notices: all }) => all);
  return (
    <div className="notices" aria-live="polite">
      {notices.map(({ id, tone, text, action }) => (
        <div key={id} className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
          <p>{text}</p>
          {action && (
            <Button
              look="quiet"
              onClick={() => {
                controller.dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <Button look="quiet" icon="close" label={messages.dismiss} onClick={() => controller.dismiss(id)} />
        </div>
      ))}
    </div>
  );
}

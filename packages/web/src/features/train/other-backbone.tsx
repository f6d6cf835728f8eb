import { type ReactNode, useId, useRef, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/overlays.tsx';

interface OtherBackboneProps {
  readonly open: boolean;
  readonly onUse: (name: string) => void;
  readonly onClose: () => void;
}

/** A backbone by its address, or by its name in a folder beside the page. */
export function OtherBackbone({ open, onUse, onClose }: OtherBackboneProps): ReactNode {
  const messages = useMessages();
  const [name, setName] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  // `owner/name` is how everybody writes a repository of the Hub.
  const wanted = name
    .trim()
    .replace(/^https:\/\/huggingface\.co\/([^/]+\/[^/]+)\/?$/, 'hf:$1')
    .replace(/^([\w.-]+\/[\w.-]+)(?=$|[@/])/, 'hf:$1');
  return (
    <Dialog open={open} onClose={onClose} title={messages.otherBackboneTitle} focus={field}>
      <form
        className="other-backbone"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== '') onUse(wanted);
        }}
      >
        <label className="field" htmlFor={id}>
          {messages.otherBackboneLabel}
        </label>
        <input
          ref={field}
          id={id}
          type="text"
          value={name}
          placeholder="hf:owner/name"
          spellCheck={false}
          autoCapitalize="off"
          onChange={(event) => setName(event.target.value)}
        />
        <p className="hint">{messages.otherBackboneHelp}</p>
        <div className="row end">
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button look="primary" type="submit" disabled={wanted === ''}>
            {messages.use}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

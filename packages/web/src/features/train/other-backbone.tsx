import { type ReactNode, useId, useState } from 'react';
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
  const id = useId();
  // `owner/name` is how everybody writes a repository of the Hub.
  const wanted = name
    .trim()
    .replace(/^https:\/\/huggingface\.co\/([^/]+\/[^/]+)\/?$/, 'hf:$1')
    .replace(/^([\w.-]+\/[\w.-]+)(?=$|[@/])/, 'hf:$1');
  return (
    <Dialog open={open} onClose={onClose} title={messages.otherBackboneTitle}>
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
          id={id}
          type="text"
          value={name}
          placeholder="hf:onnx-community/mobilenetv4_conv_small.e2400_r224_in1k"
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

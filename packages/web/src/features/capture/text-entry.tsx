import { type ReactNode, useId, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import { useController } from '../use-studio.ts';

/** A place to type or paste texts of a class. */
export function TextEntry({
  classId,
  name,
  onClose,
}: {
  readonly classId: string;
  readonly name: string;
  readonly onClose: () => void;
}): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const [text, setText] = useState('');
  const [byLine, setByLine] = useState(true);
  const id = useId();
  const add = () => {
    const texts = byLine ? text.split(/\r?\n/) : [text];
    setText('');
    void controller.addTexts(classId, texts);
  };
  return (
    <div className="text-entry">
      <textarea
        id={id}
        rows={4}
        value={text}
        aria-label={messages.writeFor(name)}
        placeholder={messages.textPlaceholder}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim() !== '') add();
        }}
      />
      <div className="row">
        <label className="check">
          <input type="checkbox" checked={byLine} onChange={(event) => setByLine(event.target.checked)} />
          {messages.oneTextPerLine}
        </label>
        <span className="grow" />
        <Button look="primary" disabled={text.trim() === ''} onClick={add}>
          {messages.addTexts}
        </Button>
        <Button look="quiet" icon="close" label={messages.close} onClick={onClose} />
      </div>
    </div>
  );
}

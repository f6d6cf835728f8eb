import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useMessages } from '../../support/messages.ts';

interface TextEditorProps {
  readonly text: string;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly onSave: (text: string) => void;
  readonly onClose: () => void;
}

/** A field over a text of the list: Enter keeps what is written, Escape leaves it as it was. */
export function TextEditor({ text, top, onSave, onClose }: TextEditorProps): ReactNode {
  const messages = useMessages();
  const [draft, setDraft] = useState(text);
  const field = useRef<HTMLTextAreaElement>(null);
  const done = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, [text]);
  const end = (keep: boolean) => {
    if (done.current) return;
    done.current = true;
    if (keep && draft.trim() !== '' && draft.trim() !== text) onSave(draft);
    onClose();
  };
  return (
    <textarea
      ref={field}
      className="text-editor"
      aria-label={messages.editText}
      aria-description={messages.editHelp}
      rows={Math.min(8, Math.max(2, Math.ceil(text.length / 48)))}
      style={{ top }}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') end(false);
        else if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault();
          end(true);
        }
      }}
    />
  );
}

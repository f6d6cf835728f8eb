import type { ReactNode } from 'react';
import { percent, useMessages } from '../../support/messages.ts';
import { useThumbnail } from '../../support/thumbnails.ts';
import type { HeldOut } from '../../worker/protocol.ts';
import { shortName, useSampleText } from '../dataset/tiles.tsx';
import { useController, useStudio } from '../use-studio.ts';

const most = 120;

/** Held-out samples with what they were answered as, the most confident first. */
export function MistakeList({ samples, labels }: { readonly samples: readonly HeldOut[]; readonly labels: readonly string[] }): ReactNode {
  const messages = useMessages();
  const text = useStudio((state) => state.modality === 'text');
  if (samples.length === 0) return <p className="hint">{messages.noneHere}</p>;
  return (
    <ul className={text ? 'mistake-texts' : 'mistake-pictures'}>
      {samples.slice(0, most).map((sample) => {
        const answer = messages.answeredAs(labels[sample.predicted] ?? '', percent(messages, sample.confidence, 0));
        return (
          <li key={sample.id}>
            {text ? <TextMistake id={sample.id} answer={answer} /> : <PictureMistake id={sample.id} answer={answer} />}
          </li>
        );
      })}
    </ul>
  );
}

function PictureMistake({ id, answer }: { readonly id: string; readonly answer: string }): ReactNode {
  const { thumbnails } = useController();
  const url = useThumbnail(thumbnails, id);
  return (
    <figure>
      {url === undefined ? <div className="picture" /> : <img className="picture" src={url} alt={shortName(id)} />}
      <figcaption>{answer}</figcaption>
    </figure>
  );
}

function TextMistake({ id, answer }: { readonly id: string; readonly answer: string }): ReactNode {
  const { worker } = useController();
  return (
    <>
      <p>{useSampleText(worker, id) ?? '…'}</p>
      <p className="hint">{answer}</p>
    </>
  );
}

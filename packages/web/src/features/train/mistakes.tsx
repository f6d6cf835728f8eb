import type { ReactNode } from 'react';
import { percent, useMessages } from '../../support/messages.ts';
import { useThumbnail } from '../../support/thumbnails.ts';
import { Icon } from '../../ui/icons.tsx';
import type { HeldOut } from '../../worker/protocol.ts';
import { shortName, useSampleText, Waveform } from '../dataset/tiles.tsx';
import { soundWords } from '../sound/words.ts';
import { useController, useStudio } from '../use-studio.ts';

const most = 120;

/** Held-out samples with what they were answered as, the most confident first. */
export function MistakeList({ samples, labels }: { readonly samples: readonly HeldOut[]; readonly labels: readonly string[] }): ReactNode {
  const messages = useMessages();
  const modality = useStudio((state) => state.modality);
  const Mistake = { image: PictureMistake, text: TextMistake, audio: SoundMistake }[modality];
  if (samples.length === 0) return <p className="hint">{messages.noneHere}</p>;
  return (
    <ul className={{ image: 'mistake-pictures', text: 'mistake-texts', audio: 'mistake-sounds' }[modality]}>
      {samples.slice(0, most).map((sample) => {
        const answer = messages.answeredAs(labels[sample.predicted] ?? '', percent(messages, sample.confidence, 0));
        return (
          <li key={sample.id}>
            <Mistake id={sample.id} answer={answer} />
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
  const sample = useStudio((state) => state.samples.samples.get(id));
  return (
    <>
      <p>{useSampleText(worker, sample) ?? '…'}</p>
      <p className="hint">{answer}</p>
    </>
  );
}

/** To be heard: the whole of it is a button. */
function SoundMistake({ id, answer }: { readonly id: string; readonly answer: string }): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const playing = useStudio((state) => state.playing === id);
  return (
    <button type="button" className="sound-mistake" aria-pressed={playing} onClick={() => void controller.play(id)}>
      <Icon name={playing ? 'stop' : 'play'} />
      <span className="visually-hidden">{soundWords(messages).playSample(shortName(id))}</span>
      <Waveform thumbnails={controller.thumbnails} id={id} />
      <small>{answer}</small>
    </button>
  );
}

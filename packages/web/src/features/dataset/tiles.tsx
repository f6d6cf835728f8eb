import { type CSSProperties, type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { type Thumbnails, useThumbnail } from '../../support/thumbnails.ts';
import { Icon } from '../../ui/icons.tsx';
import type { StudioWorker } from '../../worker/client.ts';
import type { SampleRecord } from '../../worker/samples/state.ts';

interface TileProps {
  readonly id: string;
  readonly sample: SampleRecord;
  readonly place: CSSProperties;
  /** Counted from 1. */
  readonly position: number;
  readonly count: number;
  readonly selected: boolean;
  readonly focused: boolean;
  readonly onChoose: (range: boolean) => void;
}

function optionProps({ id, place, position, count, selected, focused, onChoose }: TileProps, kind: string, label: string | undefined) {
  return {
    id,
    role: 'option',
    'aria-label': label,
    className: focused ? `${kind} focused` : kind,
    style: place,
    'aria-selected': selected,
    'aria-setsize': count,
    'aria-posinset': position,
    onClick: (event: MouseEvent) => onChoose(event.shiftKey),
  } as const;
}

/** A picture. The list handles the keys. */
export function Tile({ thumbnails, ...props }: TileProps & { readonly thumbnails: Thumbnails }): ReactNode {
  const url = useThumbnail(thumbnails, props.sample.id);
  return (
    <div {...optionProps(props, 'tile', shortName(props.sample.id))}>
      {url !== undefined && <img src={url} alt="" decoding="async" draggable={false} />}
    </div>
  );
}

interface SoundTileProps extends TileProps {
  readonly thumbnails: Thumbnails;
  readonly playing: boolean;
  readonly onPlay: () => void;
}

/** A sound by its waveform, and a place to point at that plays it. The list handles the keys. */
export function SoundTile({ thumbnails, playing, onPlay, ...props }: SoundTileProps): ReactNode {
  const { tag } = useMessages();
  const { id, seconds = 0 } = props.sample;
  const length = `${seconds.toLocaleString(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;
  return (
    <div {...optionProps(props, playing ? 'sound-tile playing' : 'sound-tile', `${shortName(id)}, ${length}`)} title={shortName(id)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: an option holds no controls; the list plays it by key. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the list does the same. */}
      <span
        className="sound-play"
        onClick={(event) => {
          event.stopPropagation();
          onPlay();
        }}
      >
        <Icon name={playing ? 'stop' : 'play'} />
      </span>
      <Waveform thumbnails={thumbnails} id={id} />
      <span className="sound-length">{length}</span>
    </div>
  );
}

/** A sample's waveform, in the colour of the text around it. */
export function Waveform({ thumbnails, id }: { readonly thumbnails: Thumbnails; readonly id: string }): ReactNode {
  const url = useThumbnail(thumbnails, id);
  return <span className="waveform" style={url === undefined ? {} : { maskImage: `url("${url}")` }} data-drawn={url !== undefined} />;
}

/** A text, on one line. */
export function TextTile({
  worker,
  onEdit,
  ...props
}: TileProps & { readonly worker: StudioWorker; readonly onEdit: () => void }): ReactNode {
  const text = useSampleText(worker, props.sample);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: optionProps makes it an option; Enter and F2 in the list edit it too.
    <div {...optionProps(props, 'text-tile', undefined)} title={text} onDoubleClick={onEdit}>
      {text ?? ' '}
    </div>
  );
}

export function shortName(id: string): string {
  return id.replace(/^.*\//, '');
}

const mostTexts = 500;
/** By the hash of their bytes: a text that was edited is another one. */
const texts = new Map<string, string>();

/** What a text sample says, read from disk when it comes on screen. */
export function useSampleText(worker: StudioWorker, sample: SampleRecord | undefined): string | undefined {
  const { id = '', hash = '' } = sample ?? {};
  const [, setLoaded] = useState(0);
  const known = texts.get(hash);
  useEffect(() => {
    if (hash === '' || texts.has(hash)) return;
    let wanted = true;
    void worker
      .call('contents', { ids: [id] })
      .then(async ([blob]) => {
        texts.set(hash, (await blob?.text()) ?? '');
        for (const key of texts.keys()) {
          if (texts.size <= mostTexts) break;
          texts.delete(key);
        }
        if (wanted) setLoaded((count) => count + 1);
      })
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [worker, id, hash]);
  return known;
}

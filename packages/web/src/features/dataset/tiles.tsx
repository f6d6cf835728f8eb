import { type CSSProperties, type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { type Thumbnails, useThumbnail } from '../../support/thumbnails.ts';
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

/** A text, on one line. */
export function TextTile({ worker, ...props }: TileProps & { readonly worker: StudioWorker }): ReactNode {
  const text = useSampleText(worker, props.sample.id);
  return (
    <div {...optionProps(props, 'text-tile', undefined)} title={text}>
      {text ?? ' '}
    </div>
  );
}

export function shortName(id: string): string {
  return id.replace(/^.*\//, '');
}

const mostTexts = 500;
const texts = new Map<string, string>();

/** What a text sample says, read from disk when it comes on screen. */
export function useSampleText(worker: StudioWorker, id: string): string | undefined {
  const [, setLoaded] = useState(0);
  const known = texts.get(id);
  useEffect(() => {
    if (texts.has(id)) return;
    let wanted = true;
    void worker
      .call('contents', { ids: [id] })
      .then(async ([blob]) => {
        texts.set(id, (await blob?.text()) ?? '');
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
  }, [worker, id]);
  return known;
}

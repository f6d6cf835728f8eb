import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import type { SampleRecord } from '../../worker/samples/state.ts';
import { useController, useStudio } from '../use-studio.ts';
import { TextEditor } from './text-editor.tsx';
import { SoundTile, TextTile, Tile, useSampleText } from './tiles.tsx';

interface SampleGridProps {
  readonly name: string;
  readonly samples: readonly SampleRecord[];
  readonly selection: ReadonlySet<string>;
  readonly onSelect: (selection: ReadonlySet<string>) => void;
  readonly onRemove: (ids: readonly string[]) => void;
  /** The text that is being edited, where one is. */
  readonly editing: string | undefined;
  readonly onEdit: (id: string | undefined) => void;
}

/** Edges in pixels, gaps included. */
const pitch = { image: 76, audio: 132 };
/** Heights of rows that are not as high as wide. */
const rowHeight = { text: 40, audio: 52 };
const gap = 4;
const rowsBeyond = 2;

/** The field over a text, once its whole text is there. */
function Edited({
  sample,
  top,
  onClose,
}: {
  readonly sample: SampleRecord;
  readonly top: number;
  readonly onClose: () => void;
}): ReactNode {
  const controller = useController();
  const text = useSampleText(controller.worker, sample);
  if (text === undefined) return null;
  return <TextEditor text={text} top={top} onSave={(next) => controller.editText(sample.id, next)} onClose={onClose} />;
}

/** The samples of one class. Only what is on screen is drawn, so that thousands scroll as tens do. */
export function SampleGrid({ name, samples, selection, onSelect, onRemove, editing, onEdit }: SampleGridProps): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const { thumbnails, worker } = controller;
  const modality = useStudio((state) => state.modality);
  const playing = useStudio((state) => state.playing);
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ width: 320, height: 240, top: 0 });
  const [focus, setFocus] = useState(0);
  const [anchor, setAnchor] = useState(0);
  const prefix = useId();
  const columns = modality === 'text' ? 1 : Math.max(1, Math.floor((view.width + gap) / pitch[modality]));
  // Tiles are as wide as fills the row.
  const width = (view.width + gap) / columns;
  const height = modality === 'image' ? width : rowHeight[modality];
  const rows = Math.ceil(samples.length / columns);
  const first = Math.max(0, Math.floor(view.top / height) - rowsBeyond);
  const last = Math.min(rows, Math.ceil((view.top + view.height) / height) + rowsBeyond);
  const shown = samples.slice(first * columns, last * columns);
  const focused = Math.min(focus, samples.length - 1);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setView({ width: element.clientWidth, height: element.clientHeight, top: element.scrollTop });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  const choose = (index: number, range: boolean) => {
    const sample = samples[index];
    if (!sample) return;
    const next = new Set(selection);
    if (range) for (const each of samples.slice(Math.min(anchor, index), Math.max(anchor, index) + 1)) next.add(each.id);
    else if (!next.delete(sample.id)) next.add(sample.id);
    setAnchor(index);
    onSelect(next);
  };

  const play = (index: number) => {
    const sample = samples[index];
    if (sample) void controller.play(sample.id);
  };

  const reveal = (index: number) => {
    const element = box.current;
    const top = Math.floor(index / columns) * height;
    if (element && top < element.scrollTop) element.scrollTop = top;
    else if (element && top + height > element.scrollTop + element.clientHeight) element.scrollTop = top + height - element.clientHeight;
  };

  const go = (index: number) => {
    const next = Math.min(samples.length - 1, Math.max(0, index));
    setFocus(next);
    reveal(next);
  };

  // A panel that opens beside the samples makes the rows shorter: what the keys are on stays on screen.
  useEffect(() => {
    if (columns > 0 && box.current?.matches(':focus')) reveal(focused);
  }, [columns]);

  const onKey = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowLeft: focused - 1,
      ArrowRight: focused + 1,
      ArrowUp: focused - columns,
      ArrowDown: focused + columns,
      Home: 0,
      End: samples.length - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) go(move);
    else if (event.key === 'Enter' && modality === 'audio') play(focused);
    else if ((event.key === 'Enter' || event.key === 'F2') && modality === 'text') onEdit(samples[focused]?.id);
    else if (event.key === ' ' || event.key === 'Enter') choose(focused, event.shiftKey);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) onSelect(new Set(samples.map(({ id }) => id)));
    else if (event.key === 'Escape' && selection.size > 0) onSelect(new Set());
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      const focusedId = samples[focused]?.id;
      onRemove(selection.size > 0 ? [...selection] : focusedId === undefined ? [] : [focusedId]);
    } else return;
    event.preventDefault();
  };

  const editedAt = editing === undefined ? -1 : samples.findIndex(({ id }) => id === editing);
  const edited = samples[editedAt];

  return (
    <div className="samples-frame">
      <div
        ref={box}
        className={`samples ${modality}`}
        part="samples"
        role="listbox"
        aria-multiselectable="true"
        aria-label={messages.samplesOf(name)}
        aria-description={messages.gridHelp[modality]}
        aria-activedescendant={samples[focused] ? `${prefix}${focused}` : undefined}
        tabIndex={0}
        onKeyDown={onKey}
      >
        <div className="samples-space" role="presentation" style={{ blockSize: rows * height }}>
          {shown.map((sample, offset) => {
            const index = first * columns + offset;
            const [row, column] = [Math.floor(index / columns), index % columns];
            const place =
              modality === 'text'
                ? { top: row * height }
                : { top: row * height, left: column * width, inlineSize: width - gap, blockSize: height - gap };
            const common = {
              id: `${prefix}${index}`,
              sample,
              place,
              position: index + 1,
              count: samples.length,
              selected: selection.has(sample.id),
              focused: index === focused,
              onChoose: (range: boolean) => {
                setFocus(index);
                choose(index, range);
              },
            };
            if (modality === 'text') return <TextTile key={sample.id} worker={worker} onEdit={() => onEdit(sample.id)} {...common} />;
            if (modality === 'image') return <Tile key={sample.id} thumbnails={thumbnails} {...common} />;
            return (
              <SoundTile
                key={sample.id}
                thumbnails={thumbnails}
                playing={playing === sample.id}
                onPlay={() => {
                  setFocus(index);
                  play(index);
                }}
                {...common}
              />
            );
          })}
        </div>
      </div>
      {edited && (
        <Edited
          key={edited.id}
          sample={edited}
          top={editedAt * height - view.top}
          onClose={() => {
            onEdit(undefined);
            box.current?.focus();
          }}
        />
      )}
    </div>
  );
}

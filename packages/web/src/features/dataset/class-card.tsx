import { lazy, memo, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/overlays.tsx';
import type { ClassRecord } from '../../worker/samples/state.ts';
import { CameraCapture } from '../capture/camera-capture.tsx';
import { dropTarget, usePicker } from '../capture/pickers.tsx';
import { TextEntry } from '../capture/text-entry.tsx';
import { useController, useStudio } from '../use-studio.ts';
import { classColour, samplesOfClass } from './class-samples.ts';
import { SampleGrid } from './sample-grid.tsx';

const SoundCapture = lazy(() => import('../sound/sound-capture.tsx'));

/** What feeds a class besides files. */
export type ClassInput = 'camera' | 'write' | 'microphone';

interface ClassCardProps {
  readonly each: ClassRecord;
  readonly index: number;
  /** What this class is fed with at the moment. */
  readonly input: ClassInput | undefined;
  readonly onInput: (input: ClassInput | undefined) => void;
}

/** One class: its name, ways to add samples, and the samples. */
export const ClassCard = memo(function ClassCard({ each, index, input, onInput }: ClassCardProps): ReactNode {
  const { id, name } = each;
  const messages = useMessages();
  const controller = useController();
  const modality = useStudio((state) => state.modality);
  const classes = useStudio((state) => state.samples.classes);
  const samples = useStudio((state) => samplesOfClass(state.samples, id));
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [over, setOver] = useState(false);
  const [editing, setEditing] = useState<string>();
  const accept = { text: '.txt,.csv,.tsv,.jsonl,.ndjson', image: 'image/*,.zip', audio: 'audio/*,.flac,.oga,.ogg,.opus,.zip' }[modality];
  const [picker, pick] = usePicker({ accept, onFiles: (files) => void controller.importFiles(files, id) });
  const chosen = samples.filter((sample) => selection.has(sample.id)).map((sample) => sample.id);
  const card = useRef<HTMLElement>(null);
  // The tools go with the selection, and with them what was focused: the samples are next.
  const clear = () => {
    setSelection(new Set());
    requestAnimationFrame(() => card.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus());
  };
  const remove = (ids: readonly string[]) => {
    clear();
    if (ids.length > 0) void controller.remove(ids).catch(controller.report);
  };

  return (
    <section
      ref={card}
      className={over ? 'class over' : 'class'}
      part="class"
      aria-label={name}
      style={classColour(index)}
      data-class={name}
      {...dropTarget(setOver, (files) => void controller.importFiles(files, id))}
      onPaste={(event) => {
        const files = Array.from(event.clipboardData.files);
        if (modality === 'text' || files.length === 0) return;
        event.preventDefault();
        void controller.importFiles(
          files.map((file, number) => ({ path: `pasted/${modality === 'image' ? `${Date.now()}-${number}.png` : file.name}`, file })),
          id,
        );
      }}
    >
      {picker}
      <header className="class-header">
        <span className="swatch" aria-hidden="true" />
        <NameField key={name} id={id} name={name} index={index} />
        <span className="count">{messages.samples(samples.length)}</span>
        <Menu
          trigger={<Button look="quiet" icon="more" label={messages.classMenu(name)} />}
          entries={[
            {
              label: messages.selectAll,
              icon: 'check',
              disabled: samples.length === 0,
              run: () => setSelection(new Set(samples.map((sample) => sample.id))),
            },
            {
              label: messages.moveUp,
              icon: 'up',
              hint: messages.moveKeys,
              disabled: index === 0,
              run: () => controller.moveClass(id, index - 1),
            },
            {
              label: messages.moveDown,
              icon: 'down',
              disabled: index === classes.length - 1,
              run: () => controller.moveClass(id, index + 1),
            },
            {
              label: messages.removeClass(name),
              icon: 'trash',
              danger: true,
              run: () => void controller.removeClass(id, name).catch(controller.report),
            },
          ]}
        />
      </header>
      {chosen.length > 0 ? (
        <div className="row tools" role="toolbar" aria-label={messages.selected(chosen.length)}>
          <span className="chosen">{messages.selected(chosen.length)}</span>
          <Menu
            trigger={<Button icon="move">{messages.moveTo}</Button>}
            entries={classes
              .filter((other) => other.id !== id)
              .map((other) => ({
                label: other.name,
                run: () => {
                  clear();
                  void controller.move(chosen, other.id, other.name).catch(controller.report);
                },
              }))}
          />
          {modality === 'text' && chosen.length === 1 && (
            <Button icon="pen" onClick={() => setEditing(chosen[0])}>
              {messages.edit}
            </Button>
          )}
          <Button icon="trash" onClick={() => remove(chosen)}>
            {messages.remove}
          </Button>
          <Button look="quiet" icon="close" label={messages.clearSelection} onClick={clear} />
        </div>
      ) : (
        <div className="row tools">
          {modality === 'audio' ? (
            <Button
              icon="microphone"
              aria-label={messages.recordSoundFor(name)}
              aria-expanded={input === 'microphone'}
              onClick={() => onInput(input === 'microphone' ? undefined : 'microphone')}
            >
              {messages.microphone}
            </Button>
          ) : modality === 'image' ? (
            <Button
              icon="camera"
              aria-label={messages.recordFor(name)}
              aria-expanded={input === 'camera'}
              onClick={() => onInput(input === 'camera' ? undefined : 'camera')}
            >
              {messages.camera}
            </Button>
          ) : (
            <Button
              icon="pen"
              aria-label={messages.writeFor(name)}
              aria-expanded={input === 'write'}
              onClick={() => onInput(input === 'write' ? undefined : 'write')}
            >
              {messages.write}
            </Button>
          )}
          <Button icon="upload" aria-label={messages.addFiles(name)} onClick={pick}>
            {messages.files}
          </Button>
          {modality === 'image' && 'clipboard' in navigator && 'read' in navigator.clipboard && (
            <Button aria-label={`${messages.paste}: ${name}`} onClick={() => void pastePictures(id, controller)}>
              {messages.paste}
            </Button>
          )}
        </div>
      )}
      {input === 'camera' && <CameraCapture classId={id} onClose={() => onInput(undefined)} />}
      {input === 'microphone' && (
        <Suspense fallback={<p className="hint">…</p>}>
          <SoundCapture classId={id} onClose={() => onInput(undefined)} />
        </Suspense>
      )}
      {input === 'write' && <TextEntry classId={id} name={name} onClose={() => onInput(undefined)} />}
      {samples.length > 0 ? (
        <SampleGrid
          name={name}
          samples={samples}
          selection={selection}
          onSelect={setSelection}
          onRemove={remove}
          editing={editing}
          onEdit={(next) => {
            setEditing(next);
            if (next === undefined) setSelection(new Set());
          }}
        />
      ) : (
        input === undefined && <p className="no-samples">{over ? messages.dropHere : messages.noSamples}</p>
      )}
    </section>
  );
});

function NameField({ id, name, index }: { readonly id: string; readonly name: string; readonly index: number }): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const [text, setText] = useState(name);
  const classes = useStudio((state) => state.samples.classes.length);
  const field = useRef<HTMLInputElement>(null);
  const moved = useRef(false);
  // A card that changes its place loses what was focused in it.
  useEffect(() => {
    if (moved.current) field.current?.focus();
    moved.current = false;
  }, [index]);
  return (
    <input
      ref={field}
      className="name"
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
      aria-label={messages.className}
      value={text}
      maxLength={80}
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => (text.trim() === '' ? setText(name) : text !== name && controller.renameClass(id, text))}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
        if (by === undefined || index + by < 0 || index + by >= classes) return;
        event.preventDefault();
        moved.current = true;
        controller.moveClass(id, index + by);
      }}
    />
  );
}

async function pastePictures(classId: string, controller: ReturnType<typeof useController>): Promise<void> {
  try {
    const items = await navigator.clipboard.read();
    const files = items.flatMap((item) => item.types.filter((type) => type.startsWith('image/')).map((type) => item.getType(type)));
    const blobs = await Promise.all(files);
    await controller.importFiles(
      blobs.map((file, number) => ({ path: `pasted/${Date.now()}-${number}.png`, file })),
      classId,
    );
  } catch (error) {
    controller.report(error);
  }
}

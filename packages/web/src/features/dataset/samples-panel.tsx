import { type ReactNode, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Dialog, Menu } from '../../ui/overlays.tsx';
import { dropTarget, usePicker } from '../capture/pickers.tsx';
import { useController, useStudio } from '../use-studio.ts';
import { ClassCard, type ClassInput } from './class-card.tsx';

/** All classes, and what adds to several at once. */
export function SamplesPanel(): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const modality = useStudio((state) => state.modality);
  const classes = useStudio((state) => state.samples.classes);
  const empty = useStudio((state) => state.samples.samples.size === 0);
  const importing = useStudio((state) => state.importing);
  const skipped = useStudio((state) => state.skipped);
  const undo = useStudio((state) => state.undo);
  const [input, setInput] = useState<{ readonly id: string; readonly kind: ClassInput }>();
  const [over, setOver] = useState(false);
  const [showSkipped, setShowSkipped] = useState(false);
  const add = (files: Parameters<typeof controller.importFiles>[0]) => void controller.importFiles(files);
  const [folderPicker, pickFolder] = usePicker({ accept: '', folder: true, onFiles: add });
  const accept = modality === 'text' ? '.csv,.tsv,.jsonl,.ndjson' : '.zip';
  const [filePicker, pickFile] = usePicker({ accept, multiple: false, onFiles: add });

  return (
    <section
      className={over ? 'panel samples-panel over' : 'panel samples-panel'}
      part="panel"
      aria-labelledby="samples-title"
      {...dropTarget(setOver, add)}
    >
      {folderPicker}
      {filePicker}
      <header className="panel-header">
        <h2 id="samples-title">{messages.samplesTitle}</h2>
        <span className="grow" />
        <Button look="quiet" icon="undo" label={messages.undo} disabled={undo === undefined} onClick={() => void controller.undo()} />
        {modality !== 'text' ? (
          <Menu
            trigger={<Button icon="folder">{messages.importAll}</Button>}
            entries={[
              { label: messages.chooseFolder, icon: 'folder', hint: messages.importFolder[modality], run: pickFolder },
              { label: messages.chooseZip, icon: 'box', ...(modality === 'audio' ? { hint: messages.importManifest } : {}), run: pickFile },
            ]}
          />
        ) : (
          <Button icon="folder" title={messages.importTexts} onClick={pickFile}>
            {messages.chooseTable}
          </Button>
        )}
      </header>
      {empty && importing === undefined && (
        <div className="teach">
          <p className="teach-title">{messages.emptyTitle[modality]}</p>
          <p>{messages.emptyText[modality]}</p>
          <p className="private">
            <Icon name="lock" />
            {messages.emptyPrivacy}
          </p>
        </div>
      )}
      {importing && (
        <div className="row importing" role="status">
          <div className="grow">
            <p>{messages.importing(importing.done, importing.total)}</p>
            <Meter
              label={messages.importing(importing.done, importing.total)}
              value={importing.total > 0 ? importing.done / importing.total : undefined}
            />
          </div>
          <Button onClick={() => controller.cancel()}>{messages.cancel}</Button>
        </div>
      )}
      {skipped.length > 0 && importing === undefined && (
        <p className="row hint">
          {messages.imported(0, 0, skipped.length).replace(/^[^,]*, /, '')}
          <Button look="quiet" onClick={() => setShowSkipped(true)}>
            {messages.showSkipped}
          </Button>
        </p>
      )}
      <div className="classes">
        {classes.map((each, index) => (
          <ClassCard
            key={each.id}
            each={each}
            index={index}
            input={input?.id === each.id ? input.kind : undefined}
            onInput={(kind) => setInput(kind && { id: each.id, kind })}
          />
        ))}
        <button
          type="button"
          className="add-class"
          part="add-class"
          onClick={() => void controller.addClass(messages.newClass(classes.length + 1)).catch(controller.report)}
        >
          <Icon name="plus" />
          {messages.addClass}
        </button>
      </div>
      <Dialog open={showSkipped} onClose={() => setShowSkipped(false)} title={messages.skippedTitle}>
        <ul className="skipped">
          {skipped.slice(0, 200).map(({ id, reason }) => (
            <li key={id}>
              <b>{id}</b> {reason}
            </li>
          ))}
        </ul>
      </Dialog>
    </section>
  );
}

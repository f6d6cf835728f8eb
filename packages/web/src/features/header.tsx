import { type ReactNode, useState } from 'react';
import { useMessages } from '../support/messages.ts';
import { Button } from '../ui/button.tsx';
import { Icon, Logo } from '../ui/icons.tsx';
import { Dialog, Menu } from '../ui/overlays.tsx';
import { usePicker } from './capture/pickers.tsx';
import { useController, useStudio } from './use-studio.ts';

/** What it is, what it works on, what computes, and the project. */
export function Header({
  fixedModality,
  onTheme,
}: {
  readonly fixedModality: boolean;
  readonly onTheme: (() => void) | undefined;
}): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const modality = useStudio((state) => state.modality);
  const ready = useStudio((state) => state.phase === 'ready');
  const [clearing, setClearing] = useState(false);
  const [picker, pick] = usePicker({
    accept: '.headstart,.json,.zip',
    multiple: false,
    onFiles: ([first]) => {
      if (first?.file instanceof File) void controller.openFile(first.file);
    },
  });
  return (
    <header className="header" part="header">
      {picker}
      <Logo />
      <h1 className="title">Headstart</h1>
      {!fixedModality && (
        <fieldset className="switch">
          <legend className="visually-hidden">{messages.kind}</legend>
          {(['image', 'audio', 'text'] as const).map((each) => (
            <label key={each} className={modality === each ? 'chosen' : ''}>
              <input
                type="radio"
                className="visually-hidden"
                name="modality"
                checked={modality === each}
                onChange={() => void controller.switchTo(each)}
              />
              {messages.modalities[each]}
            </label>
          ))}
        </fieldset>
      )}
      <span className="grow" />
      <EngineChip />
      {onTheme && <Button look="quiet" icon="theme" label={messages.theme} onClick={onTheme} />}
      <Menu
        trigger={<Button look="quiet" icon="more" label={messages.menu} disabled={!ready} />}
        entries={[
          { label: messages.open, icon: 'folder', hint: messages.openHelp, run: pick },
          { label: messages.project, icon: 'download', hint: messages.projectHelp, run: () => void controller.export('project') },
          { label: messages.settingsFile, icon: 'download', hint: 'headstart.json', run: () => void controller.export('settings') },
          { label: messages.clearAll, icon: 'trash', danger: true, run: () => setClearing(true) },
        ]}
      />
      <Dialog open={clearing} onClose={() => setClearing(false)} title={messages.clearAllTitle}>
        <p>{messages.clearAllText}</p>
        <div className="row end">
          <Button onClick={() => setClearing(false)}>{messages.cancel}</Button>
          <Button
            look="danger"
            onClick={() => {
              setClearing(false);
              void controller.reset().catch(controller.report);
            }}
          >
            {messages.clearAll}
          </Button>
        </div>
      </Dialog>
    </header>
  );
}

/** Which engine computes; where it is not the GPU, why, and what to do. */
function EngineChip(): ReactNode {
  const messages = useMessages();
  const engine = useStudio((state) => state.engine);
  const [open, setOpen] = useState(false);
  const text = !engine ? messages.engineWaiting : engine.backend === 'webgpu' ? messages.engineGpu(engine.adapter) : messages.engineCpu;
  return (
    <>
      <button
        type="button"
        className={`chip ${engine?.backend ?? 'waiting'}`}
        part="engine"
        disabled={!engine}
        onClick={() => setOpen(true)}
      >
        <Icon name="chip" />
        <span className="chip-text">{text}</span>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={text}>
        {engine?.missing && <p>{messages.engineHelp[engine.missing]}</p>}
        <p className="hint">{engine?.reason}</p>
      </Dialog>
    </>
  );
}

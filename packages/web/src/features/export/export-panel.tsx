import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Dialog } from '../../ui/overlays.tsx';
import type { ExportKind } from '../../worker/protocol.ts';
import { useController, useStudio } from '../use-studio.ts';

const Snippets = lazy(() => import('./snippets-view.tsx'));

const kinds: readonly (readonly [kind: 'bundle' | 'onnx' | 'site', icon: IconName])[] = [
  ['bundle', 'box'],
  ['onnx', 'chip'],
  ['site', 'page'],
];

/** What can be taken away of a model that was measured, or opened. */
export function ExportPanel(): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const model = useStudio((state) => (state.model?.kind === 'opened' ? state.model : state.trained));
  const exporting = useStudio((state) => state.exporting);
  const training = useStudio((state) => state.training !== undefined);
  const [code, setCode] = useState(false);
  if (!model) return null;
  const help: Record<'bundle' | 'onnx' | 'site', string> = {
    bundle: messages.bundleHelp,
    onnx: messages.onnxHelp,
    site: messages.siteHelp,
  };
  return (
    <section className="panel export-panel" part="panel" aria-labelledby="take-title">
      <header className="panel-header">
        <h2 id="take-title">{messages.takeTitle}</h2>
      </header>
      <ul className="exports">
        {kinds.map(([kind, icon]) => (
          <li key={kind}>
            <ExportButton
              icon={icon}
              title={messages[kind]}
              text={exporting === kind ? messages.exporting : help[kind]}
              busy={exporting === kind}
              disabled={exporting !== undefined || training}
              onClick={() => void controller.export(kind as ExportKind)}
            />
          </li>
        ))}
        <li>
          <ExportButton
            icon="code"
            title={messages.code}
            text={messages.codeHelp}
            busy={false}
            disabled={false}
            onClick={() => setCode(true)}
          />
        </li>
      </ul>
      <Dialog open={code} onClose={() => setCode(false)} title={messages.codeTitle} wide>
        <Suspense fallback={<p className="hint">…</p>}>
          <Snippets model={model} />
        </Suspense>
      </Dialog>
    </section>
  );
}

interface ExportButtonProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly busy: boolean;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function ExportButton({ icon, title, text, busy, disabled, onClick }: ExportButtonProps): ReactNode {
  return (
    <button type="button" className="export" part="export" aria-busy={busy} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
      <span>
        <b>{title}</b>
        <small>{text}</small>
      </span>
    </button>
  );
}

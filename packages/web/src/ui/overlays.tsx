import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { Menu as BaseMenu } from '@base-ui/react/menu';
import { createContext, type ReactElement, type ReactNode, type RefObject, useContext } from 'react';
import { useMessages } from '../support/messages.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icons.tsx';

/** Where dialogs and menus are put: inside the element's shadow root, where its styles reach. */
const OverlayContext = createContext<HTMLElement | null>(null);

export const OverlayProvider = OverlayContext.Provider;

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly wide?: boolean;
  /** What has the keys first; what can be reached first when left out. */
  readonly focus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

export function Dialog({ open, onClose, title, wide = false, focus, children }: DialogProps): ReactNode {
  const container = useContext(OverlayContext);
  const messages = useMessages();
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <BaseDialog.Portal container={container}>
        <BaseDialog.Backdrop className="backdrop" />
        <BaseDialog.Popup className={wide ? 'dialog wide' : 'dialog'} part="dialog" {...(focus ? { initialFocus: focus } : {})}>
          <header className="dialog-header">
            <BaseDialog.Title className="dialog-title">{title}</BaseDialog.Title>
            <BaseDialog.Close render={<Button look="quiet" icon="close" label={messages.close} />} />
          </header>
          <div className="dialog-body">{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

export interface MenuEntry {
  readonly label: string;
  readonly icon?: IconName;
  readonly hint?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  run(): void;
}

/** A button that opens a list of things to do. */
export function Menu({ trigger, entries }: { readonly trigger: ReactElement; readonly entries: readonly MenuEntry[] }): ReactNode {
  const container = useContext(OverlayContext);
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal container={container}>
        <BaseMenu.Positioner className="menu-positioner" sideOffset={6} align="end">
          <BaseMenu.Popup className="menu" part="menu">
            {entries.map(({ label, icon, hint, danger, disabled, run }) => (
              <BaseMenu.Item key={label} className={danger ? 'menu-item danger' : 'menu-item'} disabled={disabled ?? false} onClick={run}>
                {icon && <Icon name={icon} />}
                <span>
                  {label}
                  {hint && <small>{hint}</small>}
                </span>
              </BaseMenu.Item>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

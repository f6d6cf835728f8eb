import type { Backend } from '@headstart/core';
import { type ReactNode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Announce, StudioController } from '../features/controller.ts';
import { Predictor } from '../features/predictor.tsx';
import { Studio } from '../features/studio.tsx';
import { ControllerProvider } from '../features/use-studio.ts';
import { loadMessages, type Messages, MessagesProvider } from '../support/messages.ts';
import { OverlayProvider } from '../ui/overlays.tsx';
import { styles } from '../ui/styles.ts';
import type { Modality } from '../worker/protocol.ts';
import type { Mounted } from './headstart-element.ts';

interface ViewOptions {
  readonly backend: Backend;
  readonly base: string;
  readonly hub?: string;
  readonly locale: string;
  readonly announce: Announce;
}

export interface StudioViewOptions extends ViewOptions {
  readonly modality: Modality;
  readonly fixedModality: boolean;
  readonly project: string;
  readonly backbone?: string;
  readonly onTheme: (() => void) | undefined;
}

export interface PredictorViewOptions extends ViewOptions {
  /** Address of the bundle. */
  readonly src: string;
}

export async function mountStudio(shadow: ShadowRoot, options: StudioViewOptions): Promise<Mounted> {
  const { fixedModality, onTheme, locale, announce, ...rest } = options;
  const messages = await loadMessages(locale);
  const controller = new StudioController(rest, messages, announce);
  void controller.open();
  return draw(shadow, controller, messages, <Studio fixedModality={fixedModality} onTheme={onTheme} />);
}

export async function mountPredictor(shadow: ShadowRoot, { locale, announce, ...rest }: PredictorViewOptions): Promise<Mounted> {
  const messages = await loadMessages(locale);
  // A predictor keeps no samples: its project has no name.
  const controller = new StudioController({ modality: 'image', project: '', ...rest }, messages, announce);
  void controller.open();
  return draw(shadow, controller, messages, <Predictor />);
}

function draw(shadow: ShadowRoot, controller: StudioController, messages: Messages, view: ReactNode): Mounted {
  shadow.adoptedStyleSheets = [styles()];
  const host = document.createElement('div');
  host.className = 'host';
  host.lang = messages.tag;
  shadow.replaceChildren(host);
  // A view that broke says so in its place; an empty box would tell nobody anything.
  const onUncaughtError = (error: unknown) => {
    console.error(error);
    host.replaceChildren(error instanceof Error ? error.message : String(error));
  };
  const root = createRoot(host, { onUncaughtError });
  root.render(
    <MessagesProvider value={messages}>
      <ControllerProvider value={controller}>
        <WithOverlays>{view}</WithOverlays>
      </ControllerProvider>
    </MessagesProvider>,
  );
  return {
    controller,
    unmount() {
      root.unmount();
      controller.dispose();
      host.remove();
    },
  };
}

/** Dialogs and menus beside the view, in the same shadow root. */
function WithOverlays({ children }: { readonly children: ReactNode }): ReactNode {
  const [container, setContainer] = useState<HTMLElement | null>(null);
  return (
    <OverlayProvider value={container}>
      {children}
      <div className="overlays" ref={setContainer} />
    </OverlayProvider>
  );
}

import { type Instance, render } from 'ink';
import { Root } from './root.tsx';
import type { Store } from './store.ts';

/** Puts the studio on the terminal's other screen. */
export function mountStudio(store: Store, terminal: { readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream }): Instance {
  return render(<Root store={store} />, {
    stdin: terminal.input,
    stdout: terminal.output,
    // Continuous integration runs the studio in terminals of its own.
    interactive: true,
    alternateScreen: true,
    exitOnCtrlC: false,
    incrementalRendering: true,
    maxFps: 60,
  });
}

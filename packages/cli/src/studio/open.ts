import { resolve } from 'node:path';
import { exitCodes } from '../help.ts';
import type { Io } from '../io.ts';
import { wantsColour } from '../paint.ts';
import { backgroundOf } from './background.ts';
import { Crew } from './crew.ts';
import { initialState } from './model/state.ts';
import { Store } from './store.ts';

export interface StudioOptions {
  /** Of the project; the folder the command runs in when left out. */
  readonly folder?: string | undefined;
  readonly engine: 'auto' | 'webgpu' | 'wasm';
  readonly cache?: string | undefined;
  readonly offline: boolean;
}

/**
 * Opens the studio on this process's terminal, until the reader quits.
 * @param signal aborted when the process is told to end
 * @returns an exit code
 */
export async function openStudio(io: Io, { folder, engine, cache, offline }: StudioOptions, signal: AbortSignal): Promise<number> {
  // React's own checks are for those who write components.
  process.env.NODE_ENV ??= 'production';
  const terminal = { input: process.stdin, output: process.stdout };
  const [background, { mountStudio }] = await Promise.all([backgroundOf(io.env, terminal), import('./mount.tsx')]);
  const size = () => ({ columns: terminal.output.columns ?? 80, rows: terminal.output.rows ?? 24 });
  const place = resolve(io.cwd, folder ?? '.');
  const look = { colours: wantsColour(io.env, true), background };

  return new Promise((settle) => {
    const store = new Store(initialState(place, size(), look), (effect) => {
      if (effect.type === 'quit') void quit();
      else if (effect.type === 'repaint') repaint();
      else crew.perform(effect);
    });
    const settings = { engine, offline: offline || /^(1|true|yes)$/i.test(io.env.HEADSTART_OFFLINE ?? '') };
    const crew = new Crew(cache === undefined ? settings : { ...settings, cache: resolve(io.cwd, cache) }, (message) =>
      store.send(message),
    );
    const instance = mountStudio(store, terminal);
    const resized = () => store.send({ type: 'resize', ...size() });
    terminal.output.on('resize', resized);
    signal.addEventListener('abort', () => void quit(), { once: true });
    // The first frame is out: only now is core loaded, in threads of its own.
    crew.perform({ type: 'files', request: { type: 'scan', folder: place } });
    crew.perform({ type: 'engine', request: { type: 'open' } });

    function repaint(): void {
      terminal.output.write('\x1b[H\x1b[2J');
      instance.clear();
      store.touch();
    }

    let leaving = false;
    async function quit(): Promise<void> {
      if (leaving) return;
      leaving = true;
      terminal.output.off('resize', resized);
      await crew.end(() => store.send({ type: 'interrupted' }));
      instance.unmount();
      await instance.waitUntilExit();
      settle(exitCodes.ok);
    }
  });
}

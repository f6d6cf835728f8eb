import { Worker } from 'node:worker_threads';
import { exitCodes } from '../help.ts';
import type { Io } from '../io.ts';
import { wantsColour } from '../paint.ts';
import { initialState, type State } from './model/state.ts';
import { update } from './model/update.ts';
import { Control } from './worker/control.ts';
import type { CommandEvent, CommandSettings } from './worker/serve-command.ts';
import { workerUrl } from './worker-link.ts';

/** What the live view of a command is drawn from. */
export interface LiveState {
  /** As the studio has it; only its training is shown. */
  readonly studio: State;
  /** Lines said on the way. */
  readonly said: readonly { readonly id: number; readonly text: string }[];
  readonly over: boolean;
}

/** Lines of the live view, as many as the terminal has room for. */
export function liveRows(rows: number): number {
  return Math.max(9, Math.min(18, rows - 6));
}

/**
 * Runs a command in a thread of its own and shows how it goes: bars, curves, keys that pause and stop it. What it says stays on the
 * terminal, as it would without the view.
 * @returns the command's exit code
 */
export async function liveCommand(argv: readonly string[], io: Io, signal: AbortSignal): Promise<number> {
  process.env.NODE_ENV ??= 'production';
  const { mountLive } = await import('./mount-live.tsx');
  const control = new Control();
  const colours = wantsColour(io.env, true);
  const output = process.stdout;
  const size = () => ({ columns: output.columns ?? 80, rows: liveRows(output.rows ?? 24) });
  let state: LiveState = { studio: begun(initialState(io.cwd, size(), { colours, background: 'dark' })), said: [], over: false };
  const result: string[] = [];
  const settings: CommandSettings = {
    argv,
    cwd: io.cwd,
    env: { ...io.env },
    columns: output.columns ?? 80,
    colours,
    control: control.memory,
  };

  return new Promise((settle) => {
    const listeners = new Set<() => void>();
    const change = (next: LiveState) => {
      state = next;
      for (const listener of listeners) listener();
    };
    const store = {
      get: () => state,
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const instance = mountLive(store, press);
    const resized = () => change({ ...state, studio: { ...state.studio, size: size() } });
    output.on('resize', resized);
    const worker = new Worker(workerUrl('command'), { workerData: settings, stdout: true, stderr: true });
    worker.stdout.resume();
    worker.stderr.resume();
    worker.on('message', (event: CommandEvent) => {
      if (event.type === 'exit') void leave(event.code);
      else if (event.type === 'result') result.push(event.text);
      else change(foldLive(state, event));
    });
    worker.on('error', (error) => {
      change(foldLive(state, { type: 'said', text: `✗ ${error.message}` }));
      void leave(exitCodes.failure);
    });
    signal.addEventListener('abort', () => press('x'), { once: true });

    function press(key: string): void {
      const { status } = state.studio.train;
      if (key === 'ctrl-c' && status === 'stopping') void leave(exitCodes.cancelled);
      else if (key === 'q' || key === 'x' || key === 'ctrl-c') {
        change(withStatus(state, 'stopping'));
        control.set('stop');
      } else if ((key === 'p' || key === 'space') && status !== 'stopping') {
        const pause = status === 'running';
        change(withStatus(state, pause ? 'pausing' : 'running'));
        control.set(pause ? 'pause' : 'run');
      }
    }

    let leaving = false;
    async function leave(code: number): Promise<void> {
      if (leaving) return;
      leaving = true;
      output.off('resize', resized);
      change({ ...state, over: true });
      await instance.waitUntilRenderFlush();
      instance.unmount();
      await instance.waitUntilExit();
      await worker.terminate();
      for (const text of result) io.stdout.write(`${text}\n`);
      settle(code);
    }
  });
}

function begun(state: State): State {
  return { ...state, train: { ...state.train, status: 'running', text: 'Reading the data, opening the engine' } };
}

function withStatus(state: LiveState, status: State['train']['status']): LiveState {
  return { ...state, studio: { ...state.studio, train: { ...state.studio.train, status } } };
}

/** The state after an event of the command. */
export function foldLive(state: LiveState, event: Exclude<CommandEvent, { type: 'exit' | 'result' }>): LiveState {
  if (event.type === 'said') return { ...state, said: [...state.said, { id: state.said.length, text: event.text }] };
  return { ...state, studio: update(state.studio, event).state };
}

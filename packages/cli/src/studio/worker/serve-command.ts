import { nodeFiles } from '../../io.ts';
import { main } from '../../main.ts';
import { paintFor } from '../../paint.ts';
import type { Progress, Reporter } from '../../plain.ts';
import { Control } from './control.ts';
import type { WorkerEvent } from './protocol.ts';

export interface CommandSettings {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly columns: number;
  readonly colours: boolean;
  /** Of `Control`. */
  readonly control: SharedArrayBuffer;
}

/** What a command in a thread tells its live view. */
export type CommandEvent =
  | Extract<WorkerEvent, { type: 'extraction' | 'iteration' | 'strength' | 'train-phase' | 'download' | 'paused' }>
  /** A line of what is said on the way. */
  | { readonly type: 'said'; readonly text: string }
  /** Text of the result, for standard output. */
  | { readonly type: 'result'; readonly text: string }
  | { readonly type: 'exit'; readonly code: number };

/** Runs a command as it runs without a view, with a reporter that tells the view. */
export async function serveCommand(settings: CommandSettings, tell: (event: CommandEvent) => void): Promise<void> {
  const { argv, cwd, env, columns, colours } = settings;
  const control = new Control(settings.control);
  const stop = new AbortController();
  const checkpoint = () => {
    if (control.wish === 'pause') {
      tell({ type: 'paused' });
      control.waitWhilePaused();
    }
    if (control.wish === 'stop') stop.abort();
  };
  const output = (type: 'said' | 'result') => ({
    isTerminal: true,
    columns,
    write: (text: string) => tell({ type, text: text.replace(/\n$/, '') }),
  });
  const io = {
    env,
    cwd,
    stdin: (async function* () {})(),
    stdout: output('result'),
    stderr: output('said'),
    interactive: false,
    files: nodeFiles,
    now: () => performance.now(),
    reporter: reporterOf(tell, checkpoint, colours),
  };
  tell({ type: 'exit', code: await main(argv, io, stop.signal) });
}

function reporterOf(tell: (event: CommandEvent) => void, checkpoint: () => void, colours: boolean): Reporter {
  const paint = paintFor(colours);
  const said = (text: string) => tell({ type: 'said', text });
  let fitting = false;
  let clock = { task: '', from: 0, start: 0 };

  function progress({ task, done, total, unit }: Progress): void {
    if (task !== clock.task) {
      clock = { task, from: done, start: performance.now() };
      tell({ type: 'train-phase', phase: unit === 'bytes' ? 'load' : task.includes('held') ? 'test' : 'train', text: task });
    }
    if (unit === 'bytes') tell({ type: 'download', name: task, bytes: done, total });
    else {
      const seconds = (performance.now() - clock.start) / 1000;
      const rate = seconds > 0.05 ? (done - clock.from) / seconds : 0;
      const secondsLeft = rate > 0 ? (total - done) / rate : undefined;
      tell({ type: 'extraction', split: task.includes('held') ? 'test' : 'train', done, total, reused: clock.from, rate, secondsLeft });
    }
    checkpoint();
  }

  return {
    paint,
    say: said,
    warn: (text) => said(`${paint.yellow('!')} ${text}`),
    progress,
    result: (_, text) => tell({ type: 'result', text }),
    item: (_, text) => tell({ type: 'result', text }),
    error: ({ message }) => said(`${paint.red('✗')} ${message}`),
    training: {
      iteration({ phase, l2, iteration, objective }) {
        if (!fitting) tell({ type: 'train-phase', phase: 'head', text: 'Fitting the head' });
        fitting = true;
        tell({ type: 'iteration', phase, l2, iteration, objective });
        checkpoint();
      },
      strength: (point) => tell({ type: 'strength', ...point }),
    },
  };
}

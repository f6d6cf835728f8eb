import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** The command as it is built: what readers run. */
export const builtCommand = fileURLToPath(new URL('../dist/index.js', import.meta.url));

/** Bytes that terminals send for keys. */
const bytes: Readonly<Record<string, string>> = {
  enter: '\r',
  escape: '\x1b',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  'ctrl-c': '\x03',
  'ctrl-k': '\x0b',
  'ctrl-u': '\x15',
};

export interface TerminalOptions {
  readonly argv?: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly rows: number;
}

/** The command in a pseudo-terminal, with an emulator that keeps its screen as a person would see it. */
export class TerminalRun {
  readonly emulator: InstanceType<typeof xterm.Terminal>;
  readonly #pty: ReturnType<typeof spawn>;
  readonly #exit: Promise<number>;
  #ended: number | undefined;

  constructor({ argv = [], cwd, env = {}, columns, rows }: TerminalOptions) {
    this.emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 2000 });
    const { NO_COLOR: _, FORCE_COLOR: __, NODE_ENV: ___, CI: ____, ...inherited } = process.env;
    this.#pty = spawn(process.execPath, [builtCommand, ...argv], {
      name: 'xterm-256color',
      cols: columns,
      rows,
      cwd,
      env: { ...inherited, COLORTERM: 'truecolor', HEADSTART_THEME: 'dark', ...env } as Record<string, string>,
    });
    this.#pty.onData((data) => this.emulator.write(data));
    // Questions of the program, such as who the terminal is.
    this.emulator.onData((data) => this.#pty.write(data));
    this.#exit = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => {
        this.#ended = exitCode;
        resolve(exitCode);
      });
    });
  }

  /** Told of all that the program writes. */
  onWritten(hear: (data: string) => void): void {
    this.#pty.onData(hear);
  }

  /** Text, or names of keys, one after the other. */
  keys(...keys: readonly string[]): void {
    for (const key of keys) this.#pty.write(bytes[key] ?? key);
  }

  resize(columns: number, rows: number): void {
    this.emulator.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** What stands on the screen, line by line. */
  screen(): string {
    const { active } = this.emulator.buffer;
    return Array.from(
      { length: this.emulator.rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    ).join('\n');
  }

  /** Waits until the screen holds a text. @throws with the screen as it was, when it never does or the program ends before */
  async until(wanted: string | RegExp, patience = 120_000): Promise<string> {
    const there = () => (typeof wanted === 'string' ? this.screen().includes(wanted) : wanted.test(this.screen()));
    const end = Date.now() + patience;
    while (!there()) {
      if (Date.now() > end || this.#ended !== undefined) {
        const why = this.#ended === undefined ? 'never' : `ended with ${this.#ended} before it`;
        throw new Error(`the screen ${why} showed ${wanted}; it shows\n${this.screen()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.screen();
  }

  /** What stands on the screen and above it, once all that was written has arrived. */
  async settled(): Promise<string> {
    await new Promise<void>((resolve) => this.emulator.write('', resolve));
    const { active } = this.emulator.buffer;
    return Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join('\n');
  }

  exit(): Promise<number> {
    return this.#exit;
  }

  /** As a crash or a pulled plug would. */
  async kill(): Promise<void> {
    if (this.#ended === undefined) this.#pty.kill('SIGKILL');
    await this.#exit;
    this.emulator.dispose();
  }
}

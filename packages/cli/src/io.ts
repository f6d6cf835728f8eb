import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Reporter } from './plain.ts';

/** Everything of the outside that commands touch; tests hand in their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Whether keys come in and frames go out: standard input and output are one terminal that can move its cursor. */
  readonly interactive: boolean;
  /**
   * Asks for a line, with the editing that terminals have; undefined at the end of input, and once `signal` is aborted. Only where standard
   * input and error are a terminal.
   */
  readonly ask?: (question: string, signal: AbortSignal) => Promise<string | undefined>;
  readonly files: Files;
  /** Where commands report, in place of lines on the streams. */
  readonly reporter?: Reporter;
  /** Milliseconds since some fixed moment. */
  now(): number;
}

export interface Output {
  readonly isTerminal: boolean;
  readonly columns: number;
  write(text: string): void;
}

export interface Files {
  read(path: string): Promise<Uint8Array>;
  /** Whole or not at all: to a temporary name, then renamed. Makes the folders above it. */
  write(path: string, bytes: Uint8Array | string): Promise<void>;
  /** Names in a folder, sorted. */
  list(path: string): Promise<readonly string[]>;
  kind(path: string): Promise<'file' | 'folder' | undefined>;
  size(path: string): Promise<number>;
}

export const nodeFiles: Files = {
  read: (path) => readFile(path),
  async write(path, bytes) {
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}.part`;
    try {
      await writeFile(temporary, bytes);
      const file = await open(temporary, 'r+');
      await file.sync().finally(() => file.close());
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  },
  list: async (path) => (await readdir(path)).sort(),
  kind: async (path) => {
    const found = await stat(path).catch(() => undefined);
    return found?.isDirectory() ? 'folder' : found ? 'file' : undefined;
  },
  size: async (path) => (await stat(path)).size,
};

/** The streams of a real process. */
export function processIo(): Io {
  const output = (stream: NodeJS.WriteStream): Output => ({
    get isTerminal() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 100;
    },
    write: (text) => void stream.write(text),
  });
  return {
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true && process.env.TERM !== 'dumb',
    ...(process.stdin.isTTY === true && process.stderr.isTTY === true ? { ask: askOnTerminal } : {}),
    files: nodeFiles,
    now: () => performance.now(),
  };
}

function askOnTerminal(question: string, signal: AbortSignal): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answered = new Promise<string | undefined>((resolve) => {
    lines.once('close', () => resolve(undefined));
    signal.addEventListener('abort', () => lines.close(), { once: true });
    // While a line is edited, Ctrl-C is a key.
    lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    lines.question(question, resolve);
  });
  return answered.finally(() => lines.close());
}

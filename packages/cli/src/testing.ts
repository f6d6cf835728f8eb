import { type Io, nodeFiles } from './io.ts';

export interface FakeIo extends Io {
  /** All that was written to standard output. */
  out(): string;
  err(): string;
}

/** Streams in memory, a clock that stands still unless `now` is given, real files. For tests. */
export function fakeIo(
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    readonly stdin?: string;
    readonly terminal?: boolean;
    readonly columns?: number;
    readonly now?: () => number;
    readonly signal?: AbortSignal;
  } = {},
): FakeIo {
  const written = { out: '', err: '' };
  const output = (name: keyof typeof written) => ({
    isTerminal: options.terminal ?? false,
    columns: options.columns ?? 100,
    write(text: string) {
      written[name] += text;
    },
  });
  return {
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    stdin: (async function* () {
      yield options.stdin ?? '';
    })(),
    stdout: output('out'),
    stderr: output('err'),
    interactive: false,
    files: nodeFiles,
    now: options.now ?? (() => 0),
    out: () => written.out,
    err: () => written.err,
  };
}

import { parseArgs } from 'node:util';

/** One flag of a command: what it takes, what it is when left out, and what help says of it. */
export interface Flag {
  readonly type: 'string' | 'number' | 'integer' | 'boolean';
  /** Placeholder in help; the type's name when left out. */
  readonly value?: string;
  readonly short?: string;
  readonly choices?: readonly string[];
  readonly default?: string | number;
  /** May be given several times. */
  readonly multiple?: true;
  readonly help: string;
}

export type Flags = Readonly<Record<string, Flag>>;

type One<F extends Flag> = F extends { readonly choices: readonly (infer C)[] }
  ? C
  : F extends { readonly type: 'string' }
    ? string
    : number;
type Value<F extends Flag> = F extends { readonly type: 'boolean' }
  ? boolean
  : F extends { readonly multiple: true }
    ? readonly One<F>[]
    : F extends { readonly default: string | number }
      ? One<F>
      : One<F> | undefined;

/** What the flags of a table parse to. */
export type FlagValues<T extends Flags> = { readonly [K in keyof T]: Value<T[K]> };

/** A flag or argument that cannot be meant: exit code 2, and the command's usage is shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Parses `argv` by a table of flags. @throws UsageError */
export function parseFlags<T extends Flags>(
  argv: readonly string[],
  flags: T,
): { readonly values: FlagValues<T>; readonly positionals: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      {
        type: flag.type === 'boolean' ? ('boolean' as const) : ('string' as const),
        ...(flag.short ? { short: flag.short } : {}),
        ...(flag.multiple ? { multiple: true } : {}),
      },
    ]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's message is a sentence for people up to its advice on `--`.
    throw new UsageError(error instanceof Error ? (error.message.split(/\. To specify|\n/)[0] ?? error.message) : String(error));
  }
  const values = Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, readFlag(name, flag, parsed.values[name])]));
  return { values: values as FlagValues<T>, positionals: parsed.positionals };
}

function readFlag(name: string, flag: Flag, raw: unknown): unknown {
  if (flag.type === 'boolean') return raw === true;
  if (flag.multiple) return Array.isArray(raw) ? raw.map((each) => readValue(name, flag, String(each))) : [];
  return raw === undefined ? flag.default : readValue(name, flag, String(raw));
}

function readValue(name: string, flag: Flag, text: string): string | number {
  if (flag.choices && !flag.choices.includes(text)) {
    throw new UsageError(`--${name} takes one of ${flag.choices.join(', ')}, not '${text}'`);
  }
  if (flag.type === 'string') return text;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const fits = flag.type === 'integer' ? Number.isSafeInteger(number) && number >= 0 : Number.isFinite(number);
  if (!fits) throw new UsageError(`--${name} takes ${flag.type === 'integer' ? 'a whole number' : 'a number'}, not '${text}'`);
  return number;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** What a run counts; `toString` is the closing line that CI reads. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const nothing: Totals = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Totals, b: Totals): Totals {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

export function closingLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The counts of a closing line; undefined when it is none. */
export function readClosingLine(line: string): Totals | undefined {
  const match = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(line);
  return match ? { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3] ?? 0) } : undefined;
}

/** Runs a command of node_modules/.bin with its output as it comes; resolves to its exit code. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  return exitCodeOf(command, child);
}

/** As `run`, and keeps the last line of the output that is not empty. */
export async function runAndRead(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly code: number; readonly lastLine: string }> {
  const child = spawn(command, args, { cwd: root, stdio: ['inherit', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  let tail = '';
  child.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    tail = `${tail}${chunk}`.slice(-4096);
  });
  const code = await exitCodeOf(command, child);
  return { code, lastLine: tail.trimEnd().split('\n').at(-1) ?? '' };
}

function exitCodeOf(command: string, child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Runs a check silently, one line for it (none when `quiet`); its output shows only when it fails. */
export async function check(name: string, command: string, args: readonly string[], quiet = false): Promise<Totals> {
  const started = performance.now();
  const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (!quiet || code !== 0) console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(44)} ${seconds.padStart(6)} s`);
  if (code === 0) return { passed: 1, failed: 0, skipped: 0 };
  console.error(`${output.trimEnd()}\n✗ ${name} failed: ${[command, ...args].join(' ')}\n`);
  if (process.env.HEADSTART_TEST_RESULTS) keepFailure(process.env.HEADSTART_TEST_RESULTS, name, output.trim().slice(-1500));
  return { passed: 0, failed: 1, skipped: 0 };
}

/** Keeps a failed check beside what the runs of Vitest found, in their form. */
function keepFailure(folder: string, name: string, message: string): void {
  const testResults: Results['testResults'] = [{ name: join(root, name), status: 'failed', message, assertionResults: [] }];
  writeFileSync(join(folder, `${name.replace(/\W+/g, '-')}.json`), JSON.stringify({ testResults }));
}

/**
 * Runs Vitest and counts tests; a file that does not load counts as one failure.
 * `HEADSTART_TEST_RESULTS` names a folder that keeps what every run of Vitest found.
 */
export async function vitest(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Totals> {
  const kept = process.env.HEADSTART_TEST_RESULTS;
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'headstart-tests-'));
  const file = join(folder, `${Date.now()}.json`);
  try {
    const code = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args], env);
    const totals = count(file);
    return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
  } finally {
    if (!kept) rmSync(folder, { recursive: true, force: true });
  }
}

export interface Failure {
  /** Path of the test file within the repository, or the name of a check. */
  readonly file: string;
  /** Empty where the whole of it failed. */
  readonly test: string;
  /** The start of its message. */
  readonly message: string;
}

/** The checks and tests that failed, of those whose results a folder keeps. */
export function failuresIn(folder: string): Failure[] {
  return readdirSync(folder).flatMap((name) => {
    const { testResults }: Pick<Results, 'testResults'> = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return testResults.flatMap(({ name: path, status, message, assertionResults }) => {
      const failed = assertionResults.filter((each) => each.status === 'failed');
      const file = relative(root, path);
      if (status === 'failed' && failed.length === 0) return [{ file, test: '', message }];
      return failed.map((each) => ({ file, test: each.fullName, message: each.failureMessages.join('\n').slice(0, 1500) }));
    });
  });
}

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function count(file: string): Totals {
  let results: Results;
  try {
    results = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error('Vitest wrote no results.');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const unloaded = results.testResults.filter((each) => each.status === 'failed' && each.assertionResults.length === 0).length;
  return { passed: results.numPassedTests, failed: results.numFailedTests + unloaded, skipped: results.numPendingTests };
}

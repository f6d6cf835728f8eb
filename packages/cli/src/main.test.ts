import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from './args.ts';
import { main } from './main.ts';
import { fakeIo } from './testing.ts';

async function headstart(argv: readonly string[], options: Parameters<typeof fakeIo>[0] = {}) {
  const io = fakeIo(options);
  const code = await main(argv, io, options.signal ?? new AbortController().signal);
  return { code, out: io.out(), err: io.err() };
}

test('alone it prints the guide, with every command and the exit codes', async () => {
  const { code, out } = await headstart([]);
  expect(code).toBe(0);
  for (const name of Object.keys(commands)) expect(out).toContain(`  ${name}`);
  expect(out).toContain('130  stopped by Ctrl-C');
});

test.each(Object.keys(commands))('%s --help teaches: usage, an example, every flag', async (name) => {
  const { code, out } = await headstart([name, '--help']);
  expect(code).toBe(0);
  const spec = commands[name as keyof typeof commands];
  expect(out).toContain(`headstart ${name} ${spec.usage}`.trim());
  for (const [example] of spec.examples) expect(out).toContain(example);
  for (const flag of [...Object.keys(spec.flags), 'json', 'seed', 'offline']) expect(out).toContain(`--${flag}`);
  expect((await headstart(['help', name])).out).toBe(out);
});

test('help fits a screen of 110 columns', async () => {
  for (const name of Object.keys(commands)) {
    const { out } = await headstart([name, '--help'], { columns: 200 });
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(118);
  }
});

test.each([
  [['trian'], "no command 'trian'. Did you mean 'train'?"],
  [['frobnicate'], "no command 'frobnicate'. `headstart --help`"],
  [['train', '--bogus'], "Unknown option '--bogus'"],
  [['train', './x', '--engine', 'cuda'], "--engine takes one of auto, webgpu, wasm, not 'cuda'"],
  [['train', './x', '--seed', 'minus one'], "--seed takes a whole number, not 'minus one'"],
  [['inspect'], 'FILE is missing'],
  [['inspect', 'a', 'b'], "'b' is one too many"],
])('%j is a usage error: exit code 2 and what is wrong', async (argv, message) => {
  const { code, out, err } = await headstart(argv);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(message);
});

test('usage errors say where to read on', async () => {
  expect((await headstart(['inspect'])).err).toContain('Usage: headstart inspect FILE');
});

test('with --json an error is one JSON line on standard output', async () => {
  const { code, out, err } = await headstart(['inspect', 'nowhere.onnx', '--json']);
  expect(code).toBe(1);
  expect(err).toBe('');
  const lines = out.trim().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ event: 'error' });
});

test('a command that was stopped says that it can go on, with exit code 130', async () => {
  const stop = new AbortController();
  stop.abort();
  const { code, err } = await headstart(['inspect', 'nowhere.onnx'], { signal: stop.signal });
  expect(code).toBe(130);
  expect(err).toContain('Run the same command again');
});

test('colours go to a terminal, unless NO_COLOR is set', async () => {
  const sequence = '\x1b[';
  expect((await headstart([], { terminal: true })).out).toContain(sequence);
  expect((await headstart([], { terminal: true, env: { NO_COLOR: '1' } })).out).not.toContain(sequence);
  expect((await headstart([])).out).not.toContain(sequence);
});

test('docs/commands.md is what the table prints', async () => {
  const { out } = await headstart(['help', '--markdown']);
  expect(readFileSync(new URL('../../../docs/commands.md', import.meta.url), 'utf8')).toBe(out);
});

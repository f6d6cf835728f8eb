import { access, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBundle, parseProject, readModel } from '@headstart/core';
import { writeTinyProject } from '@headstart/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { TerminalRun } from './terminal.ts';

let root = '';
let material = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'headstart-studio-'));
  material = join(root, 'material');
  await writeTinyProject(material);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const open: TerminalRun[] = [];
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.kill();
});

async function studio(name: string, size: { readonly columns: number; readonly rows: number }, env: Readonly<Record<string, string>> = {}) {
  const cwd = join(root, name);
  await mkdir(cwd, { recursive: true });
  const argv = ['studio', '--engine', 'wasm', '--cache', join(root, 'cache'), '--offline'];
  const terminal = new TerminalRun({ argv, cwd, env, ...size });
  open.push(terminal);
  return { terminal, cwd, project: async () => parseProject(await readFile(join(cwd, 'headstart.json'), 'utf8')) };
}

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 140, rows: 45 },
];
const kinds = [
  { kind: 'pictures', data: 'photos', model: 'image.onnx', labels: ['blue', 'red'], input: 'photos/red/3.png', answer: 'red' },
  {
    kind: 'texts',
    data: 'reviews.csv',
    model: join('text', 'model.onnx'),
    labels: ['bad', 'good'],
    input: 'the film was good',
    answer: 'good',
  },
  { kind: 'clips', data: 'clips', model: 'audio.onnx', labels: ['high', 'low'], input: 'clips/low_bob_1.wav', answer: 'low' },
];

describe.each(sizes)('by keys alone, at $columns × $rows', (size) => {
  // Clips go the way of pictures: once is enough.
  const tried = kinds.filter(({ kind }) => kind !== 'clips' || size === sizes[1]);
  test.each(tried)('from an empty folder to a trained, exported model on $kind', async ({ kind, data, model, labels, input, answer }) => {
    const { terminal, cwd, project } = await studio(`${kind}-${size.columns}`, size);
    await terminal.until('Other data…');
    terminal.keys('o');
    await terminal.until('Path of your data');
    terminal.keys(join(material, data), 'enter');
    await terminal.until('No problems found');
    await terminal.until('headstart.json is written');
    terminal.keys('3');
    await terminal.until('your own ONNX file…');
    terminal.keys('o');
    await terminal.until('Its path');
    terminal.keys(join(material, model), 'enter');
    await terminal.until('Where features could leave it');
    terminal.keys('enter');
    await terminal.until('is the backbone now');
    terminal.keys('4');
    await terminal.until('s starts it');
    terminal.keys('s');
    await terminal.until('run-1 is trained');
    terminal.keys('5');
    await terminal.until(/accurate on \d+ samples it has not seen/);
    await terminal.until('is ╲ said');
    terminal.keys('6');
    await terminal.until('What the model says');
    const typed = kind === 'texts' ? input : join(material, input);
    terminal.keys(typed, 'enter');
    await terminal.until(new RegExp(`│ ${answer} .*█.* %`));
    terminal.keys('escape');
    // Escape and a key in one piece would be Alt and that key.
    await terminal.until('⏎ type');
    terminal.keys('7');
    await terminal.until('not written yet');
    terminal.keys('a');
    await terminal.until('report.html is written');
    terminal.keys('q');
    expect(await terminal.exit()).toBe(0);

    const [run] = (await project()).runs;
    expect(run).toMatchObject({ id: 'run-1', status: 'done', samples: 24 });
    expect((await openBundle(join(cwd, run?.bundle ?? ''))).labels).toEqual(labels);
    expect((await readModel(join(cwd, run?.onnx ?? ''))).outputs.map(({ name }) => name)).toEqual(['logits', 'probabilities']);
    await access(join(cwd, run?.report ?? ''));
  });
});

test('a killed studio offers to go on; results, mistakes and the runs before are there again', async () => {
  const size = { columns: 100, rows: 30 };
  const first = await studio('killed', size);
  await first.terminal.until('Other data…');
  first.terminal.keys('o', join(material, 'reviews.csv'), 'enter');
  await first.terminal.until('No problems found');
  first.terminal.keys('3', 'o', join(material, 'text', 'model.onnx'), 'enter');
  await first.terminal.until('Where features could leave it');
  first.terminal.keys('enter', '4', 's');
  // The run is on the disk as soon as it begins.
  await expect.poll(async () => (await first.project()).runs[0]?.id, { timeout: 60_000 }).toBe('run-1');
  await first.terminal.kill();

  const second = await studio('killed', size);
  await second.terminal.until(/Go on with run-1|Results of run-1/);
  second.terminal.keys('enter');
  await second.terminal.until(/run-1 is trained|accurate on/);
  second.terminal.keys('5');
  await second.terminal.until(/accurate on \d+ samples/);
  second.terminal.keys('q');
  expect(await second.terminal.exit()).toBe(0);
  expect((await second.project()).runs).toHaveLength(1);

  const third = await studio('killed', size);
  await third.terminal.until('Results of run-1');
  third.terminal.keys('enter');
  await third.terminal.until(/accurate on \d+ samples/);
  third.terminal.keys('ctrl-c');
  expect(await third.terminal.exit()).toBe(0);
});

test('an error is a panel that says what, where and what to do; the studio goes on', async () => {
  const { terminal } = await studio('wrong', { columns: 80, rows: 24 });
  await terminal.until('Other data…');
  terminal.keys('o', '/nowhere/photos', 'enter');
  const screen = await terminal.until('This did not work');
  expect(screen).toMatch(/What +There is no such file or folder/);
  expect(screen).toMatch(/Where +\/nowhere\/photos/);
  expect(screen).toMatch(/What to do +Check the path\./);
  terminal.keys('escape');
  await terminal.until('Path of your data');
});

test('a window that changes its size is drawn anew, whole', async () => {
  const { terminal } = await studio('resized', { columns: 80, rows: 24 });
  await terminal.until('Other data…');
  for (const [columns, rows] of [
    [120, 40],
    [64, 18],
    [100, 30],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.until('─'.repeat(columns));
    const lines = (await terminal.until(/\? help .*q quit/)).split('\n');
    expect(lines).toHaveLength(rows);
    expect(lines.filter((line) => line.includes('1 Home'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('q quit'))).toHaveLength(1);
  }
});

test('without colours no colour is written', async () => {
  const { terminal } = await studio('plain', { columns: 80, rows: 24 }, { NO_COLOR: '1' });
  let written = '';
  terminal.onWritten((data) => {
    written += data;
  });
  await terminal.until('Other data…');
  terminal.keys('o', join(material, 'photos'), 'enter');
  await terminal.until('No problems found');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  expect(written).not.toMatch(/\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7])(?:;\d+)*m/);
});

test('headstart train shows its live view on a terminal, and leaves what a pipe would get', async () => {
  const cwd = join(root, 'live');
  await mkdir(cwd, { recursive: true });
  const argv = [
    'train',
    join(material, 'photos'),
    '--backbone',
    join(material, 'image.onnx'),
    '--cache',
    join(root, 'cache'),
    '--engine',
    'wasm',
  ];
  const terminal = new TerminalRun({ argv, cwd, columns: 100, rows: 30 });
  open.push(terminal);
  let written = '';
  terminal.onWritten((data) => {
    written += data;
  });
  expect(await terminal.exit()).toBe(0);
  expect(written).toContain('to train on');
  const screen = await terminal.settled();
  expect(screen).toContain('24 pictures in 2 classes: blue, red');
  expect(screen).toContain('Accuracy 100.0 %');
  expect(screen).not.toContain('p pause');
  await access(join(cwd, 'photos.onnx'));
});

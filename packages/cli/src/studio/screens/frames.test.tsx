import { builtInCards, newProject } from '@headstart/core';
import { renderToString } from 'ink';
import { describe, expect, test } from 'vitest';
import { classRows } from '../model/data-keys.ts';
import { screens } from '../model/screens.ts';
import { type Effect, initialState, type Message, type State } from '../model/state.ts';
import { update } from '../model/update.ts';
import type { Results, WorkerEvent } from '../worker/protocol.ts';
import { App } from './app.tsx';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 140, rows: 45 },
  { columns: 60, rows: 16 },
];
const plain = { colours: false, background: 'dark' } as const;
const classes = ['airplane', 'automobile', 'bird'];
const samples = classes.flatMap((label, at) => Array.from({ length: 6 - at }, (_, index) => ({ id: `${label}/${index}.jpg`, label })));
const project = { ...newProject('planes', 'image', 'densenet121'), data: [{ path: 'planes' }] };
const picture = { width: 4, height: 4, data: Uint8Array.from({ length: 48 }, (_, index) => index * 5), size: '32 × 32' };

const results = {
  metrics: {
    labels: classes,
    samples: 6,
    accuracy: 4 / 6,
    accuracyInterval: { low: 0.3, high: 0.9, level: 0.95 },
    macroF1: 0.61,
    perClass: classes.map((label) => ({ label, precision: 0.5, recall: 0.6, f1: 0.55, support: 2, predicted: 2 })),
    confusion: [
      [2, 0, 0],
      [0, 1, 1],
      [1, 0, 1],
    ],
    logLoss: 0.7,
    majority: { label: 'airplane', accuracy: 1 / 3 },
    calibration: { error: 0.1, bins: [] },
    topK: [],
    notes: [],
  },
  training: {
    kind: 'logistic',
    l2: 0.0316,
    seed: 0,
    classWeights: 'none',
    objective: 0.4,
    iterations: 20,
    converged: true,
    samples: 9,
    classCounts: [3, 3, 3],
    sweep: [],
    folds: 5,
    engine: 'wasm',
    adapter: '',
    notes: [],
  },
  answers: [
    { id: 'automobile/4.jpg', truth: 'automobile', predicted: 'bird', confidence: 0.83 },
    { id: 'bird/1.jpg', truth: 'bird', predicted: 'airplane', confidence: 0.52 },
  ],
} satisfies Results;

const run = {
  id: 'run-1',
  status: 'done',
  startedAt: '2026-01-01T00:00:00.000Z',
  backbone: 'densenet121',
  bundle: 'runs/run-1/planes.headstart',
  accuracy: 4 / 6,
} as const;
const scanned: WorkerEvent = {
  type: 'scanned',
  folder: '/work',
  project,
  found: [{ path: 'planes', modality: 'image', note: '3 class folders' }],
  recents: [],
  speeds: {},
};
const data: WorkerEvent = {
  type: 'data',
  modality: 'image',
  samples,
  classes,
  split: false,
  problems: [{ level: 'note', message: 'Skipped notes.txt: It is not a picture of a known kind.', ids: [] }],
};
const engine: WorkerEvent = { type: 'engine', backend: 'wasm', reason: 'the wasm engine was asked for', adapter: '' };

/** The state after some messages, and all that it asked for on the way. */
function fold(
  messages: readonly Message[],
  size = sizes[0] as (typeof sizes)[number],
  look: State['look'] = plain,
): { state: State; effects: Effect[] } {
  const effects: Effect[] = [];
  let state = initialState('/work', size, look);
  for (const message of messages) {
    const next = update(state, message);
    state = next.state;
    effects.push(...next.effects);
  }
  return { state, effects };
}

const keys = (...names: readonly string[]) => names.map((key): Message => ({ type: 'key', key }));
const begun: readonly Message[] = [
  engine,
  scanned,
  data,
  {
    type: 'findings',
    problems: [
      { level: 'warning', message: 'Fewer than 10 samples of bird (4): scores of such classes are guesses.', ids: ['bird/0.jpg'] },
    ],
  },
];
const trained: readonly Message[] = [...begun, { type: 'trained', run, results }];

/** The frame as text. */
function frame(state: State): string {
  return renderToString(<App state={state} />, { columns: state.size.columns });
}

function linesOf(state: State): readonly string[] {
  return frame(state).split('\n');
}

/** Every screen with something on it. */
const scenes: Readonly<Record<string, readonly Message[]>> = {
  home: begun,
  'home, empty folder': [engine, { ...scanned, project: undefined, found: [] }],
  'home, typing a path': [engine, scanned, ...keys('o', '/', 'd')],
  'home, interrupted run': [engine, { ...scanned, project: { ...project, runs: [{ ...run, status: 'running' }] } }],
  data: [...begun, ...keys('2', 'enter'), { type: 'preview', id: 'airplane/0.jpg', picture }],
  'data, clip': [
    ...begun,
    ...keys('2', 'enter'),
    {
      type: 'preview',
      id: 'airplane/0.jpg',
      wave: {
        parts: Array.from({ length: 80 }, (_, part) => [-Math.abs(Math.sin(part / 25)), Math.abs(Math.sin(part / 25))] as const),
        seconds: 0.64,
        rate: 8000,
      },
    },
  ],
  'data, problems': [...begun, ...keys('2', 'p', 'down', 'x')],
  backbone: [
    ...begun,
    ...keys('3'),
    { type: 'cards', cards: builtInCards.map((card) => ({ card, downloaded: card.name === 'densenet121' })) },
  ],
  'backbone, own model': [
    ...begun,
    ...keys('3', 'o', 'm', 'enter'),
    {
      type: 'inspected',
      path: 'm',
      inputs: [{ name: 'input', dtype: 'float32', shape: ['batch', 3, 224, 224] }],
      outputs: [{ name: 'logits', dtype: 'float32', shape: ['batch', 1000] }],
      unsupported: [{ type: 'Foo', domain: 'bar', count: 2, supported: false }],
      operators: 120,
      bytes: 14_000_000,
      cuts: [{ name: 'features', dimension: 1280, pooling: 'none', reason: 'It is an output of the model, named as features are.' }],
    },
  ],
  train: [...begun, ...keys('4')],
  'train, live': [
    ...begun,
    ...keys('4', 's'),
    { type: 'train-phase', phase: 'train', text: 'Features of 12 samples to train on' },
    { type: 'extraction', split: 'train', done: 6, total: 12, reused: 2, rate: 3.4, secondsLeft: 2 },
    ...Array.from(
      { length: 30 },
      (_, iteration): Message => ({ type: 'iteration', phase: 'cross-validation', l2: 0.1, iteration, objective: 1 / (1 + iteration) }),
    ),
    { type: 'strength', l2: 1, logLoss: 0.9, accuracy: 0.6 },
    { type: 'strength', l2: 0.3, logLoss: 0.8, accuracy: 0.7 },
  ],
  results: [...trained, ...keys('5', 'right')],
  'results, classes': [...trained, ...keys('5', 't')],
  'results, samples': [...trained, ...keys('5', 'enter'), { type: 'preview', id: 'automobile/4.jpg', picture }],
  'try it': [
    ...trained,
    ...keys('6', 'a', 'enter'),
    {
      type: 'predicted',
      input: 'a',
      predictions: [
        {
          id: '/data/a',
          ranked: [
            { label: 'bird', probability: 0.75 },
            { label: 'airplane', probability: 0.25 },
          ],
        },
      ],
    },
    { type: 'preview', id: '/data/a', picture },
  ],
  export: [...trained, ...keys('7', 'enter')],
  columns: [
    engine,
    {
      type: 'columns',
      source: { path: 'tickets.csv' },
      columns: [
        { name: 'id', first: '1' },
        { name: 'what', first: 'my parcel never arrived' },
        { name: 'team', first: 'delivery' },
      ],
    },
    ...keys('enter'),
  ],
  help: [...begun, ...keys('2', '?')],
  palette: [...begun, ...keys('ctrl-k', 't', 'r')],
  problem: [
    ...begun,
    {
      type: 'failed',
      job: 'read',
      problem: { code: 'invalid-data', where: '/data/planes', what: 'There is no such file or folder.', hint: 'Check the path.' },
    },
  ],
  quit: [...begun, ...keys('4', 's', 'q')],
};

describe.each(sizes)('at $columns × $rows', (size) => {
  test.each(Object.entries(scenes))('%s fills the terminal and no more', (_, messages) => {
    const lines = linesOf(fold(messages, size).state);
    expect(lines).toHaveLength(size.rows);
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(size.columns);
    expect(lines[0]).toContain('1 Home');
    // Nothing of a panel is pushed out of it.
    const corners = (corner: string) => lines.join('').split(corner).length - 1;
    expect(corners('╭')).toBe(corners('╯'));
    expect(corners('╮')).toBe(corners('╰'));
  });
});

describe('frames', () => {
  test.each(Object.entries(scenes).filter(([name]) => name !== 'palette'))('%s', (_, messages) => {
    expect(frame(fold(messages).state)).toMatchSnapshot();
  });
});

test('pictures are half-blocks, or shades of grey without colours', () => {
  const scene = scenes.data as readonly Message[];
  expect(frame(fold(scene, sizes[0], { colours: true, background: 'dark' }).state)).toContain('▀');
  expect(frame(fold(scene).state)).toMatch(/[░▒▓]/);
});

describe('keys', () => {
  test('every screen is reached by its number and by the palette', () => {
    screens.forEach(({ name, title }, index) => {
      expect(fold([...trained, ...keys(String(index + 1))]).state.screen).toBe(name);
      const typed = [...`go to ${title.toLowerCase()}`].map((each) => (each === ' ' ? 'space' : each));
      expect(fold([...trained, ...keys('ctrl-k', ...typed, 'enter')]).state.screen).toBe(name);
    });
  });

  test('arrows and vim keys are the same', () => {
    const arrows = fold([...trained, ...keys('5', 'down', 'right', 'up', 'left', 'end', 'home')]).state.results;
    const letters = fold([...trained, ...keys('5', 'j', 'l', 'k', 'h', 'G', 'g')]).state.results;
    expect(letters).toEqual(arrows);
  });

  test('results begin at the cell with the most mistakes, and walking asks for a preview', () => {
    const { state, effects } = fold([...trained, ...keys('5')]);
    expect(state.results).toMatchObject({ row: 1, column: 2 });
    expect(effects).toContainEqual({ type: 'files', request: { type: 'preview', of: 'data', id: 'automobile/4.jpg', folder: '/work' } });
  });

  test('x leaves out what is under the cursor, again takes it in, and the project is written each time', () => {
    const once = fold([...begun, ...keys('2', 'enter', 'down', 'x')]);
    expect(once.state.project?.excluded).toEqual(['airplane/1.jpg']);
    expect(once.effects.filter((effect) => effect.type === 'files' && effect.request.type === 'save')).toHaveLength(1);
    expect(fold([...begun, ...keys('2', 'enter', 'down', 'x', 'x')]).state.project?.excluded).toEqual([]);
    expect(fold([...begun, ...keys('2', 'x')]).state.project?.excluded).toHaveLength(6);
    expect(fold([...begun, ...keys('2', 'p', 'x')]).state.project?.excluded).toEqual(['bird/0.jpg']);
  });

  test('J and K move a class with the cursor on it, within the list, and the project keeps the order', () => {
    const { state, effects } = fold([...begun, ...keys('2', 'K', 'J', 'J', 'J')]);
    expect(classRows(state).map(({ label }) => label)).toEqual(['automobile', 'bird', 'airplane']);
    expect(state.project?.classes).toEqual(['automobile', 'bird', 'airplane']);
    expect(state.data.classIndex).toBe(2);
    expect(effects.filter((effect) => effect.type === 'files' && effect.request.type === 'save')).toHaveLength(2);
  });

  test('typing goes into a field, whatever the keys do elsewhere', () => {
    const { state, effects } = fold([...trained, ...keys('6', 'q', '1', 'x', '?'), { type: 'paste', text: ' y\nz' }]);
    expect(state.screen).toBe('try');
    expect(state.tryIt.field.text).toBe('q1x? y z');
    expect(effects.some(({ type }) => type === 'quit')).toBe(false);
  });

  test('columns that no name tells are asked for: the text, then the label', () => {
    const { effects } = fold([...(scenes.columns as readonly Message[]), ...keys('down', 'down', 'enter')]);
    const source = { path: 'tickets.csv', text: 'what', label: 'team' };
    expect(effects).toContainEqual({ type: 'files', request: { type: 'read', folder: '/work', source, share: 0.2, seed: 0 } });
  });

  test('an empty folder offers sample data, which becomes the project', () => {
    const empty: readonly Message[] = [engine, { ...scanned, project: undefined, found: [] }];
    const asked = fold([...empty, ...keys('enter')]);
    expect(asked.effects).toContainEqual({ type: 'files', request: { type: 'sample', folder: '/work', kind: 'mails' } });
    const { effects } = fold([...empty, ...keys('enter'), { type: 'sampled', path: 'mail.csv' }]);
    expect(effects).toContainEqual({
      type: 'files',
      request: { type: 'read', folder: '/work', source: { path: 'mail.csv' }, share: 0.2, seed: 0 },
    });
  });

  test('settings walk through their values and stay at the ends', () => {
    const { state } = fold([...begun, ...keys('4', 'down', 'right', 'right', 'right', 'down', 'left', 'left', 'left')]);
    expect(state.project?.head).toMatchObject({ folds: 10, testShare: 0.1 });
  });
});

describe('a training', () => {
  const live = scenes['train, live'] as readonly Message[];

  test('pauses, goes on and stops through the worker’s shared memory', () => {
    const wishes = (...names: readonly string[]) =>
      fold([...live, ...keys(...names)]).effects.flatMap((effect) => (effect.type === 'control' ? [effect.wish] : []));
    expect(wishes('p')).toEqual(['run', 'pause']);
    expect(wishes('p', 'p', 'x')).toEqual(['run', 'pause', 'run', 'stop']);
    expect(fold([...live, ...keys('p'), { type: 'paused' }]).state.train.status).toBe('paused');
  });

  test('that was stopped goes on under the same name; one that is done begins another run', () => {
    const again = (last: 'stopped' | 'done' | 'running') =>
      fold([engine, { ...scanned, project: { ...project, runs: [{ ...run, status: last }] } }, data, ...keys('4', 's')]).state.train.runId;
    expect(again('stopped')).toBe('run-1');
    expect(again('running')).toBe('run-1');
    expect(again('done')).toBe('run-2');
  });

  test('is asked about before the studio is quit, and cut short by quitting', () => {
    const asked = fold([...live, ...keys('q')]);
    expect(asked.state.overlay?.kind).toBe('quit');
    expect(fold([...live, ...keys('q', 'enter')]).effects.at(-1)).toEqual({ type: 'quit' });
    const { state } = fold([...live, { type: 'train-started', run: { ...run, status: 'running' } }, { type: 'interrupted' }]);
    expect(state.project?.runs.at(-1)?.status).toBe('stopped');
  });

  test('a thread that dies is a panel, and the run can go on', () => {
    const { state } = fold([
      ...live,
      { type: 'train-started', run: { ...run, status: 'running' } },
      { type: 'worker-died', job: undefined, problem: { code: 'internal', what: 'The thread of the engine ended.' } },
    ]);
    expect(frame(state)).toContain('The thread of the engine ended.');
    expect(state.project?.runs.at(-1)?.status).toBe('stopped');
  });
});

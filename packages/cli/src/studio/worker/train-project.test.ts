import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, newProject, openBundle, openEngine, type Project } from '@headstart/core';
import { writeTinyProject } from '@headstart/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bench } from './bench.ts';
import { classify } from './classify.ts';
import { Control } from './control.ts';
import { exportRun } from './export-run.ts';
import type { WorkerEvent } from './protocol.ts';
import { trainProject } from './train-project.ts';

let folder = '';
let engine: Engine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-train-'));
  await writeTinyProject(folder);
  engine = await openEngine({ backend: 'wasm' });
});
afterAll(async () => {
  engine.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** A bench without threads: what is told is heard at once, and may change the wish before the next step. */
function benchOf(store: string, hear: (event: WorkerEvent, control: Control) => void = () => undefined) {
  const control = new Control();
  const stop = new AbortController();
  const events: WorkerEvent[] = [];
  const bench: Bench = {
    engine,
    hub: { cache: join(folder, 'hub'), offline: true },
    store: join(folder, store),
    control,
    signal: stop.signal,
    now: () => new Date('2026-01-02T03:04:05Z'),
    tell(event) {
      events.push(event);
      hear(event, control);
    },
    checkpoint() {
      if (control.wish === 'stop') stop.abort();
      stop.signal.throwIfAborted();
    },
  };
  const of = <T extends WorkerEvent['type']>(type: T) =>
    events.filter((event): event is Extract<WorkerEvent, { type: T }> => event.type === type);
  return { bench, of };
}

const project: Project = {
  ...newProject('two colours', 'image', 'image.onnx'),
  data: [{ path: 'photos' }],
  excluded: ['blue/0.png', 'red/0.png'],
};

test('stopped in the middle, it keeps what was computed; the next run goes on there and ends with a bundle', async () => {
  const first = benchOf('kept', (event, control) => {
    if (event.type === 'extraction' && event.done > 0) control.set('stop');
  });
  await trainProject(first.bench, { type: 'train', folder, project, runId: 'run-1' });
  expect(first.of('train-ended')[0]?.run).toMatchObject({ id: 'run-1', status: 'stopped' });
  expect(first.of('failed')).toEqual([]);
  const computed = first.of('extraction').at(-1)?.done ?? 0;
  expect(computed).toBeGreaterThan(0);
  expect(computed).toBeLessThan(18);

  const second = benchOf('kept');
  await trainProject(second.bench, { type: 'train', folder, project, runId: 'run-1' });
  expect(second.of('extraction')[0]).toMatchObject({ split: 'train', done: computed, total: 18, reused: computed });
  const [{ run, results } = { run: undefined, results: undefined }] = second.of('trained');
  expect(run).toMatchObject({ status: 'done', samples: 22, accuracy: 1, bundle: join('runs', 'run-1', 'two-colours.headstart') });
  expect(results?.answers).toHaveLength(4);
  expect(second.of('strength').length).toBe(results?.training.sweep.length);
  expect((await openBundle(join(folder, run?.bundle ?? ''))).labels).toEqual(['blue', 'red']);

  const classified = await classify(second.bench, folder, run?.bundle ?? '', 'photos/red');
  expect(classified).toHaveLength(12);
  expect(classified.every(({ ranked }) => ranked[0]?.label === 'red')).toBe(true);
  if (!run) return;
  expect(await exportRun(second.bench, { type: 'export', folder, project, run, what: 'onnx' })).toMatchObject({
    type: 'exported',
    file: join('runs', 'run-1', 'two-colours.onnx'),
  });
  expect(await exportRun(second.bench, { type: 'export', folder, project, run, what: 'report' })).toMatchObject({
    file: join('runs', 'run-1', 'two-colours.report.html'),
  });
});

test('stopped while the head is fitted, it is a stopped run too', async () => {
  const { bench, of } = benchOf('kept', (event, control) => {
    if (event.type === 'iteration') control.set('stop');
  });
  await trainProject(bench, { type: 'train', folder, project, runId: 'run-2' });
  expect(of('train-ended')[0]?.run.status).toBe('stopped');
  expect(of('iteration')).toHaveLength(1);
});

test('what fails is a failed run with its reason, and a problem with its place', async () => {
  const { bench, of } = benchOf('kept');
  await trainProject(bench, { type: 'train', folder, project: { ...project, data: [{ path: 'nowhere' }] }, runId: 'run-3' });
  expect(of('train-ended')[0]?.run).toMatchObject({ status: 'failed', error: 'There is no such file or folder.' });
  expect(of('failed')[0]?.problem.where).toBe(join(folder, 'nowhere'));
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { newProject } from '@headstart/core';
import { writeTinyProject } from '@headstart/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Control } from '../src/studio/worker/control.ts';
import type { EngineRequest, WorkerEvent } from '../src/studio/worker/protocol.ts';
import type { WorkerSettings } from '../src/studio/worker/settings.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-thread-'));
  await writeTinyProject(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a training in the engine’s thread waits while it is paused, and goes on', async () => {
  const control = new Control();
  const settings: WorkerSettings = { engine: 'wasm', cache: join(folder, 'cache'), offline: true, control: control.memory };
  const worker = new Worker(new URL('../dist/studio/worker/engine.js', import.meta.url), { workerData: settings });
  try {
    const heard: WorkerEvent['type'][] = [];
    const until = (type: WorkerEvent['type']) =>
      new Promise<void>((resolve, reject) => {
        worker.on('error', reject);
        worker.on('message', (event: WorkerEvent) => {
          heard.push(event.type);
          if (event.type === type) resolve();
        });
      });
    const project = { ...newProject('two', 'image', 'image.onnx'), data: [{ path: 'photos' }] };
    control.set('pause');
    const paused = until('paused');
    worker.postMessage({ type: 'train', folder, project, runId: 'run-1' } satisfies EngineRequest);
    await paused;
    expect(heard).toEqual(['train-started', 'paused']);
    const trained = until('trained');
    control.set('run');
    await trained;
    expect(heard).not.toContain('failed');
  } finally {
    await worker.terminate();
  }
});

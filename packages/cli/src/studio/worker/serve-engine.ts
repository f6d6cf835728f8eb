import { join } from 'node:path';
import { cacheFolder, type Engine, loadBackbone, openEngine, readDataset } from '@headstart/core';
import { type Bench, speedKey } from './bench.ts';
import { classify } from './classify.ts';
import { Control } from './control.ts';
import { exportRun } from './export-run.ts';
import { problemOf } from './problem.ts';
import { backboneAt, sourceAt } from './project-paths.ts';
import type { EngineRequest, WorkerEvent } from './protocol.ts';
import type { WorkerSettings } from './settings.ts';
import { trainProject } from './train-project.ts';

type Of<T extends EngineRequest['type']> = Extract<EngineRequest, { type: T }>;

/** Samples that a backbone's speed is measured on, after one batch to warm up. */
const measured = 16;

/** Answers requests of the studio that compute, one after the other. */
export function serveEngine(settings: WorkerSettings, tell: (event: WorkerEvent) => void): (request: EngineRequest) => void {
  const root = settings.cache ?? cacheFolder();
  const control = new Control(settings.control);
  let engine: Promise<Engine> | undefined;
  let turn = Promise.resolve();

  async function bench(): Promise<Bench> {
    const stop = new AbortController();
    return {
      engine: await openOnce(),
      hub: { cache: join(root, 'hub'), ...(settings.offline ? { offline: true } : {}) },
      store: join(root, 'features'),
      control,
      signal: stop.signal,
      tell,
      now: () => new Date(),
      checkpoint() {
        if (control.wish === 'pause') {
          tell({ type: 'paused' });
          control.waitWhilePaused();
        }
        if (control.wish === 'stop') stop.abort();
        stop.signal.throwIfAborted();
      },
    };
  }

  async function openOnce(): Promise<Engine> {
    engine ??= openEngine({ backend: settings.engine });
    try {
      return await engine;
    } catch (error) {
      engine = undefined;
      throw error;
    }
  }

  const handlers: { readonly [T in EngineRequest['type']]: (request: Of<T>) => Promise<void> } = {
    async open() {
      const { backend, reason, adapter } = await openOnce();
      tell({ type: 'engine', backend, reason, adapter: adapter?.description ?? '' });
    },
    async measure({ folder, name, source, size }) {
      const { engine: opened, hub, checkpoint } = await bench();
      const data = await readDataset(sourceAt(folder, source), {
        ...(source.text === undefined ? {} : { textColumn: source.text }),
        ...(source.label === undefined ? {} : { labelColumn: source.label }),
      });
      using backbone = await loadBackbone(backboneAt(folder, name), {
        ...hub,
        engine: opened,
        ...(size === undefined ? {} : { image: { height: size, width: size } }),
      });
      const some = data.samples.slice(0, measured);
      await backbone.extract(some.slice(0, 1), { store: false, batchSize: 4 });
      checkpoint();
      const started = performance.now();
      await backbone.extract(some, { store: false, batchSize: 4, parityCheck: false });
      const rate = some.length / ((performance.now() - started) / 1000);
      tell({ type: 'measured', key: speedKey(name, opened), name, rate });
    },
    async train(request) {
      await trainProject(await bench(), request);
    },
    async predict({ folder, bundle, input }) {
      const { engine: opened, hub } = await bench();
      tell({ type: 'predicted', input, predictions: await classify({ engine: opened, hub }, folder, bundle, input) });
    },
    async export(request) {
      tell(await exportRun(await bench(), request));
    },
  };

  return (request) => {
    turn = turn.then(async () => {
      try {
        await handlers[request.type](request as never);
      } catch (error) {
        tell({ type: 'failed', job: request.type, problem: problemOf(error) });
      }
    });
  };
}

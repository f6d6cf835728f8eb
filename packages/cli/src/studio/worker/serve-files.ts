import { join, resolve } from 'node:path';
import {
  builtInCards,
  cacheFolder,
  EngineError,
  findCard,
  listSource,
  openProject,
  projectFile,
  provideFiles,
  readDataset,
  readModel,
  saveProject,
} from '@headstart/core';
import { nodeFiles } from '../../io.ts';
import { columnsOf } from './columns.ts';
import { DataDesk } from './data-desk.ts';
import { downloadMeter } from './download-meter.ts';
import { completePath } from './paths.ts';
import { problemOf } from './problem.ts';
import type { FilesRequest, Results, WorkerEvent } from './protocol.ts';
import { sampleKinds, writeSampleData } from './sample-data.ts';
import { findData } from './scan.ts';
import type { WorkerSettings } from './settings.ts';
import { StudioMemory } from './studio-memory.ts';

type Of<T extends FilesRequest['type']> = Extract<FilesRequest, { type: T }>;

/** Answers requests of the studio for files, each as soon as it can. */
export function serveFiles(settings: WorkerSettings, tell: (event: WorkerEvent) => void): (request: FilesRequest) => void {
  const desk = new DataDesk(tell);
  const root = settings.cache ?? cacheFolder();
  const memory = new StudioMemory(join(root, 'studio.json'), nodeFiles);
  const hub = { cache: join(root, 'hub'), ...(settings.offline ? { offline: true } : {}) };
  let fetching: AbortController | undefined;
  // Writes of a project one after the other, so that the last one asked for is the one that stays.
  let saving = Promise.resolve();

  const handlers: { readonly [T in FilesRequest['type']]: (request: Of<T>) => Promise<void> | void } = {
    async scan({ folder }) {
      const project = await openProject(folder);
      if (project) await memory.opened(folder, project);
      const { recents: all, speeds } = await memory.read();
      const there = await Promise.all(all.map(async (each) => (await nodeFiles.kind(join(each.folder, projectFile))) === 'file'));
      const recents = all.filter((_, index) => there[index]);
      const found = await findData(folder, nodeFiles);
      tell({ type: 'scanned', folder, project, found, recents: recents.filter((each) => each.folder !== folder), speeds });
    },
    save({ folder, project }) {
      saving = saving
        .then(() => saveProject(folder, project))
        .catch((problem: unknown) => tell({ type: 'failed', job: 'save', problem: problemOf(problem) }))
        .then(() => tell({ type: 'saved' }));
      return saving.then(() => memory.opened(folder, project)).then(() => undefined);
    },
    'remember-speed': ({ key, rate }) => memory.measured(key, rate),
    read: ({ folder, source, share, seed }) =>
      desk.read(
        () =>
          readDataset(resolve(folder, source.path), {
            ...(source.text === undefined ? {} : { textColumn: source.text }),
            ...(source.label === undefined ? {} : { labelColumn: source.label }),
          }),
        share,
        seed,
      ),
    async sample({ folder, kind }) {
      fetching = new AbortController();
      const { bytes } = sampleKinds[kind];
      const onProgress = downloadMeter(kind, bytes, tell);
      tell({ type: 'download', name: kind, bytes: 0, total: bytes });
      tell({ type: 'sampled', path: await writeSampleData(kind, folder, nodeFiles, { ...hub, signal: fetching.signal, onProgress }) });
    },
    preview: ({ of, id, folder }) => desk.preview(of, id, folder),
    async complete({ folder, text }) {
      tell({ type: 'completions', text, ...(await completePath(folder, text, nodeFiles)) });
    },
    cards: tellCards,
    async fetch({ name }) {
      const card = findCard(name);
      fetching = new AbortController();
      tell({ type: 'download', name, bytes: 0, total: card.bytes ?? 0 });
      const wanted = [{ path: card.model, ...(card.sha256 ? { sha256: card.sha256 } : {}) }, ...card.files];
      await provideFiles(card.source, wanted, {
        ...hub,
        signal: fetching.signal,
        onProgress: downloadMeter(name, card.bytes ?? 0, tell),
      });
      await tellCards();
    },
    'cancel-fetch': () => fetching?.abort(),
    async inspect({ folder, path }) {
      const model = await readModel(/^https?:/.test(path) ? path : resolve(folder, path));
      tell({
        type: 'inspected',
        path,
        inputs: model.inputs,
        outputs: model.outputs,
        operators: model.operators.reduce((sum, { count }) => sum + count, 0),
        unsupported: model.operators.filter(({ supported }) => !supported),
        bytes: [...model.external.values()].reduce((sum, each) => sum + each.byteLength, model.bytes.byteLength),
        cuts: model.suggestCuts().map(({ name, dimension, pooling, reason }) => ({ name, dimension, pooling, reason })),
      });
    },
    async results({ folder, run }) {
      const file = run.bundle && join(resolve(folder, run.bundle), '..', 'results.json');
      const there = file && (await nodeFiles.kind(file)) === 'file';
      const results = there ? (JSON.parse(new TextDecoder().decode(await nodeFiles.read(file))) as Results) : undefined;
      tell({ type: 'results', runId: run.id, results });
    },
  };

  async function tellCards(): Promise<void> {
    const cards = await Promise.all(
      builtInCards.map(async (card) => {
        const files = await listSource(card.source, { ...hub, offline: true }).catch((): readonly string[] => []);
        return { card, downloaded: files.includes(card.model) };
      }),
    );
    tell({ type: 'cards', cards });
  }

  /** Asks which columns are meant, where that is what is wrong. */
  async function askForColumns({ folder, source }: Of<'read'>, error: unknown): Promise<boolean> {
    if (!(error instanceof EngineError) || !/no (text|label) column/.test(error.message)) return false;
    const columns = await columnsOf(folder, source.path, nodeFiles).catch(() => []);
    if (columns.length < 2) return false;
    tell({ type: 'columns', source, columns });
    return true;
  }

  return async (request) => {
    try {
      await handlers[request.type](request as never);
    } catch (error) {
      if (request.type === 'read' && (await askForColumns(request, error))) return;
      tell({ type: 'failed', job: request.type, problem: problemOf(error) });
      if (request.type === 'fetch') await tellCards();
    }
  };
}

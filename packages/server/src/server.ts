import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { EngineError } from '@headstart/core';
import { serve as listen } from '@hono/node-server';
import { eq, sql } from 'drizzle-orm';
import { createApp, type Deps } from './app.ts';
import { Catalogue } from './backbones/catalogue.ts';
import { type Config, defaultConfig, foldersOf } from './config.ts';
import { Batcher } from './engine/batcher.ts';
import { EngineThread } from './engine/host.ts';
import type { ThreadOptions } from './engine/protocol.ts';
import { notFound } from './errors.ts';
import { Ear } from './ingest/ear.ts';
import { Intake } from './ingest/intake.ts';
import { Board } from './jobs/board.ts';
import { Steps } from './jobs/steps.ts';
import { JobWorker } from './jobs/worker.ts';
import { errorFields, type Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { findStudio } from './pages/studio.ts';
import { Projects } from './projects/import.ts';
import { isLoopback } from './security/guard.ts';
import { Keys } from './security/keys.ts';
import { Serving } from './serving.ts';
import { Blobs } from './store/blobs.ts';
import { type Database, openDatabase } from './store/database.ts';
import { datasets, facts } from './store/schema.ts';

export const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

/** Milliseconds that requests and steps at hand have to end when the server stops. */
const grace = 20_000;

/** Milliseconds between two looks for archives that nobody works on any more. */
const sweep = 60_000;

/** Everything behind the application, with or without a port. */
export interface Backend {
  readonly deps: Deps;
  readonly database: Database;
  /** The key that was made now, at the first start. */
  readonly firstKey: string | undefined;
  /** Ends streams, stops taking steps, and returns when those at hand are given back. */
  quiesce(): Promise<void>;
  /** After `quiesce`, closes engine and database. */
  close(): Promise<void>;
}

/** Opens database, storage, engine and queue, and goes on with what an earlier process left. */
export async function openBackend(given: Partial<Config>, log: Log, publicUrl?: string): Promise<Backend> {
  const config: Config = { ...defaultConfig, ...given };
  const folders = foldersOf(config);
  await mkdir(config.data, { recursive: true });
  const database = await openDatabase({ url: config.databaseUrl, folder: folders.database, log });
  const { db, boss } = database;
  const alone = database.kind === 'pglite';
  const closing = new AbortController();
  const started = performance.now();
  const threadOptions: ThreadOptions = {
    engine: config.engine,
    cache: config.cache,
    offline: config.offline,
    backbones: config.serving.backbones,
  };
  const blobs = await Blobs.open(config);
  await blobs.clean(alone);
  const keys = new Keys(db);
  const board = new Board(database);
  const catalogue = new Catalogue(db, blobs, config);
  const reader = new EngineThread({ ...threadOptions, engine: 'wasm' }, { heapMiB: 4096 });
  // Predictions do not wait for recordings that are uploaded.
  const [ear, servingEar] = [new Ear(threadOptions, config.limits), new Ear(threadOptions, config.limits)];
  const intake = new Intake({ db, blobs, config, reader, ear, log });
  const projects = new Projects({ db, blobs, config, threadOptions, intake });
  const serve = new EngineThread(threadOptions);
  const metrics: Metrics = new Metrics({ queued: () => batcher.queued, jobs: () => board.counts() });
  const batcher = new Batcher(config.serving, (spec, items, batch) => serve.call('serve', { spec, items, batch }), {
    onRun: (samples, seconds) => {
      metrics.runs.observe(seconds);
      metrics.runSamples.inc(samples);
    },
  });
  const serving = new Serving({ db, blobs, catalogue, batcher, ear: servingEar, limits: config.limits });
  const address = async () => publicUrl ?? (await fact(database, 'public-url')) ?? 'http://127.0.0.1:4300';
  await board.openQueues();
  const resumed = alone ? await board.resumeAll() : 0;
  if (resumed > 0) log('info', 'jobs.resumed', { jobs: resumed });
  const firstKey = config.open ? undefined : await keys.createFirst();
  const compute = new EngineThread(threadOptions);
  const worker = new JobWorker(boss, board, new Steps({ db, blobs, board, catalogue, engine: compute, config, publicUrl: address }), log);
  if (config.work) await worker.start();
  const resume = (all: boolean) => intake.resume(all).catch((error) => log('error', 'upload.resume', errorFields(error)));
  void resume(alone);
  const sweeping = setInterval(() => void resume(false), sweep);
  sweeping.unref();
  const deps: Deps = {
    version,
    config,
    db,
    blobs,
    keys,
    catalogue,
    intake,
    projects,
    board,
    serving,
    metrics,
    log,
    threadOptions,
    studio: await findStudio(),
    closing: closing.signal,
    uptime: () => (performance.now() - started) / 1000,
    publicUrl: address,
    checks: async () => ({
      server: closing.signal.aborted ? 'it is about to stop' : 'ok',
      database: await check(() => db.execute(sql`select 1`)),
      storage: await check(() => blobs.probe()),
      engine: await check(() => serve.call('engine', {})),
    }),
    datasetFor: async (id) => {
      const [row] = await db.select().from(datasets).where(eq(datasets.id, id));
      if (!row) throw notFound('dataset', id);
      return row;
    },
  };
  const quiesce = async () => {
    closing.abort();
    clearInterval(sweeping);
    await within(grace, worker.close());
  };
  return {
    deps,
    database,
    firstKey,
    quiesce,
    close: async () => {
      await quiesce();
      await Promise.all([compute.close(), serve.close(), reader.close(), ear.close(), servingEar.close()]);
      await database.close();
    },
  };
}

export interface Listening {
  readonly url: string;
  readonly firstKey: string | undefined;
  readonly backend: Backend;
  /** Answers what came, gives steps back to the queue, closes everything. */
  close(): Promise<void>;
}

/**
 * Milliseconds that a connection is kept for a next request: longer than proxies keep theirs (60 s as a rule), for one that closes first may
 * close while a request is on its way.
 */
const keepAlive = 75_000;

/**
 * Serves the API and the studio on a port.
 * @throws EngineError `invalid-argument` for open mode beyond this machine, a port that is taken, or a database that another process has
 */
export async function serve(
  given: Partial<Config>,
  { host = '127.0.0.1', port = 4300, publicUrl, log }: { host?: string; port?: number; publicUrl?: string | undefined; log: Log },
): Promise<Listening> {
  if (given.open && !isLoopback(host)) {
    throw new EngineError('invalid-argument', 'open mode lets everybody in who can reach the address', {
      where: `--open on ${host}`,
      expected: 'a loopback address such as 127.0.0.1',
      hint: 'Leave --open out, and use the key that the first start prints.',
    });
  }
  let reachable = publicUrl?.replace(/\/$/, '');
  let backend: Backend | undefined;
  // The port first: a server that cannot listen must not take jobs.
  const server = listen({ fetch: (request, env) => app.fetch(request, env), port, hostname: host }) as import('node:http').Server;
  server.keepAliveTimeout = keepAlive;
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new EngineError('invalid-argument', 'the port is taken', { where: `${host}:${port}`, hint: 'Choose another one with --port.' })
          : error,
      ),
    );
  });
  let app: { fetch(request: Request, env?: unknown): Response | Promise<Response> } = {
    fetch: () =>
      new Response('{"status":503,"title":"Not ready","detail":"The server starts.","code":"starting","type":"about:blank"}', {
        status: 503,
        headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '1' },
      }),
  };
  const bound = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`;
  reachable ??= url;
  try {
    backend = await openBackend(given, log, reachable);
    const values = { name: 'public-url', value: reachable };
    await backend.deps.db.insert(facts).values(values).onConflictDoUpdate({ target: facts.name, set: values });
    app = createApp(backend.deps);
  } catch (error) {
    server.close();
    server.closeAllConnections();
    throw error;
  }
  const { firstKey } = backend;
  return {
    url,
    firstKey,
    backend,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Connections that are kept open for a next request would hold the server up.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      await Promise.all([within(grace, closed), backend.quiesce()]);
      clearInterval(idle);
      server.closeAllConnections();
      await backend.close();
    },
  };
}

/** Works on the jobs of a PostgreSQL that others serve. @throws EngineError `invalid-argument` without one */
export async function work(given: Partial<Config>, log: Log, publicUrl?: string): Promise<{ close(): Promise<void> }> {
  if (given.databaseUrl === undefined) {
    throw new EngineError('invalid-argument', 'a worker needs a database that it shares with the server', {
      where: 'headstart worker',
      expected: 'DATABASE_URL=postgres://…',
      hint: '`headstart serve` alone works on jobs by itself, in its embedded database.',
    });
  }
  return openBackend({ ...given, work: true }, log, publicUrl);
}

async function fact({ db }: Database, name: string): Promise<string | undefined> {
  const [row] = await db.select().from(facts).where(eq(facts.name, name));
  return row?.value;
}

async function check(work: () => PromiseLike<unknown>): Promise<string> {
  try {
    await work();
    return 'ok';
  } catch (error) {
    // Why is for the log; this answer needs no key.
    return error instanceof EngineError ? `failed: ${error.code}` : 'failed';
  }
}

function within(milliseconds: number, work: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return Promise.race([work.finally(() => clearTimeout(timer)), late]);
}

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTinyProject } from '@headstart/testkit';
import { createApp } from '../../src/app.ts';
import { createClient } from '../../src/client.ts';
import { type Config, defaultLimits } from '../../src/config.ts';
import type { Log } from '../../src/log.ts';
import { type Backend, type Listening, openBackend, serve } from '../../src/server.ts';
import { hasPostgres, type Postgres, startPostgres } from './postgres.ts';

/** The databases that suites run on. */
export const kinds = hasPostgres ? (['pglite', 'postgres'] as const) : (['pglite'] as const);
if (!hasPostgres) console.warn('PostgreSQL is absent (no DATABASE_URL, no /usr/lib/postgresql): these suites run on PGlite alone.');

/** Everything a suite needs, in a folder of its own that goes with it. */
export class Harness implements AsyncDisposable {
  readonly folder: string;
  readonly #postgres: Postgres | undefined;
  readonly #url: string | undefined;
  readonly #servers: Listening[] = [];
  readonly #backends: Backend[] = [];
  /** What was logged, as JSON. */
  readonly lines: string[] = [];

  private constructor(folder: string, postgres: Postgres | undefined, url: string | undefined) {
    this.folder = folder;
    this.#postgres = postgres;
    this.#url = url;
  }

  static async open(kind: 'pglite' | 'postgres' = 'pglite'): Promise<Harness> {
    const folder = await mkdtemp(join(tmpdir(), 'headstart-server-'));
    await writeTinyProject(join(folder, 'project'));
    const postgres = kind === 'postgres' ? await startPostgres() : undefined;
    return new Harness(folder, postgres, await postgres?.database());
  }

  get config(): Partial<Config> & Pick<Config, 'data'> {
    return {
      data: join(this.folder, 'data'),
      cache: join(this.folder, 'cache'),
      engine: 'wasm',
      ...(this.#url === undefined ? {} : { databaseUrl: this.#url }),
      limits: { ...defaultLimits, rate: 100_000, burst: 100_000 },
    };
  }

  readonly log: Log = (level, event, fields) => void this.lines.push(JSON.stringify({ level, event, ...fields }));

  async serve(more: Partial<Config> = {}): Promise<Listening> {
    const server = await serve({ ...this.config, ...more }, { port: 0, log: this.log });
    this.#servers.push(server);
    return server;
  }

  /** The application without a port, and ways to ask it with the first key. */
  async app(more: Partial<Config> = {}) {
    const backend = await openBackend({ ...this.config, ...more }, this.log, 'http://headstart.test');
    this.#backends.push(backend);
    const app = createApp(backend.deps);
    return { backend, ...asking(async (path, init) => app.request(path, init), 'http://localhost', backend.firstKey ?? '') };
  }

  /** The same on a port. */
  async port(more: Partial<Config> = {}) {
    const server = await this.serve(more);
    return { backend: server.backend, ...this.asking(server) };
  }

  asking({ url, firstKey }: Listening, key = firstKey ?? '') {
    return asking((path, init) => fetch(new URL(path, url), init), url, key);
  }

  /** Stops a server before the end of the suite. */
  async stop(server: Listening): Promise<void> {
    this.#servers.splice(this.#servers.indexOf(server), 1);
    await server.close();
  }

  project(...path: string[]): string {
    return join(this.folder, 'project', ...path);
  }

  /** The tiny project's pictures, named by their class folders. */
  async photos(): Promise<{ name: string; content: Uint8Array<ArrayBuffer> }[]> {
    const files: { name: string; content: Uint8Array<ArrayBuffer> }[] = [];
    for (const label of ['blue', 'red']) {
      for (const file of (await readdir(this.project('photos', label))).sort()) {
        files.push({ name: `${label}/${file}`, content: new Uint8Array(await readFile(this.project('photos', label, file))) });
      }
    }
    return files;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of [...this.#servers, ...this.#backends]) await each.close();
    await this.#postgres?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function asking(send: (path: string, init: RequestInit) => Promise<Response>, url: string, key: string) {
  const ask = (path: string, init: RequestInit = {}, as = key): Promise<Response> =>
    send(path, { ...init, headers: { ...(as ? { Authorization: `Bearer ${as}` } : {}), ...(init.headers as Record<string, string>) } });
  const post = (path: string, json: unknown, as = key, method = 'POST') =>
    ask(path, { method, body: JSON.stringify(json), headers: { 'Content-Type': 'application/json' } }, as);
  /** The typed client, over the same way. */
  const client = createClient(url, { key, fetch: ((input: string, init: RequestInit = {}) => send(input, init)) as typeof fetch });
  return { key, ask, post, client };
}

export type Client = ReturnType<typeof createClient>;

/** Uploads the tiny project's two backbones: `tiny-image` and `tiny-text`. */
export async function uploadTinyBackbones(client: Client, harness: Harness): Promise<void> {
  const read = async (...path: string[]) => new Uint8Array(await readFile(harness.project(...path)));
  await client.uploadBackbone('tiny-image', [{ name: 'image.onnx', content: await read('image.onnx') }]);
  await client.uploadBackbone('tiny-text', [
    { name: 'model.onnx', content: await read('text', 'model.onnx') },
    { name: 'tokenizer.json', content: await read('text', 'tokenizer.json') },
    { name: 'tokenizer_config.json', content: await read('text', 'tokenizer_config.json') },
  ]);
}

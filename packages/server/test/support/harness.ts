import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTinyProject } from '@headstart/testkit';
import type { createClient } from '../../src/client.ts';
import { type Config, defaultLimits } from '../../src/config.ts';
import type { Log } from '../../src/log.ts';
import { type Listening, serve } from '../../src/server.ts';
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
    for (const server of this.#servers) await server.close();
    await this.#postgres?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
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

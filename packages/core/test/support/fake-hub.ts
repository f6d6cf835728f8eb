import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A file of a repository on the fake Hub; `lfs` files are redirected to the storage host, with their sha256 as ETag. */
export interface FakeFile {
  bytes: Uint8Array;
  readonly lfs?: boolean;
}

export interface FakeHub extends AsyncDisposable {
  readonly url: string;
  /** `owner/name` → path → file. Change it to change the repository. */
  readonly repositories: Map<string, Map<string, FakeFile>>;
  /** Requests for file bytes, as `path range`. */
  readonly requests: string[];
  /** Break the connection after so many bytes of the body, once for each entry. */
  readonly breaks: number[];
  /** Answer file bytes a chunk at a time, with so many milliseconds between; 0 at once. */
  delay: number;
  /** Only this bearer token may read. */
  token: string | undefined;
  /** Whether pages of other origins may read, as the Hub lets them. */
  cors: boolean;
  commit: string;
}

/** A local server with the Hugging Face Hub's routes: revision, tree, resolve with redirect, ETag, Range and If-Range. */
export async function startFakeHub(): Promise<FakeHub> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const state = {
    repositories: new Map<string, Map<string, FakeFile>>(),
    requests: [] as string[],
    breaks: [] as number[],
    delay: 0,
    token: undefined as string | undefined,
    cors: true,
    commit: '1234567890123456789012345678901234567890',
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(request.url ?? '/', url).pathname);
    if (state.cors) {
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader(
        'access-control-expose-headers',
        'X-Repo-Commit, X-Error-Code, ETag, Link, Accept-Ranges, Content-Range, X-Linked-Size, X-Linked-ETag',
      );
    }
    const storage = /^\/storage\/([^/]+\/[^/]+)\/(.+)$/.exec(path);
    // The storage host must not see the Hub's token: fetch drops it on another origin only, so here it may come along.
    if (state.token && !storage && request.headers.authorization !== `Bearer ${state.token}`) {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"Invalid credentials"}');
      return;
    }
    const api = /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\/([^/]+)/.exec(path);
    if (api) {
      const files = state.repositories.get(api[1] as string);
      if (!files) return notFound(response, 'RepoNotFound');
      const known = ['main', 'v1', state.commit].includes(api[3] as string);
      if (!known) return notFound(response, 'RevisionNotFound');
      const body =
        api[2] === 'revision'
          ? {
              id: api[1],
              _id: '1',
              modelId: api[1],
              sha: state.commit,
              private: false,
              gated: false,
              downloads: 0,
              likes: 0,
              lastModified: '2025-01-01T00:00:00Z',
            }
          : [...files].map(([file, { bytes }]) => ({ type: 'file', path: file, size: bytes.length, oid: sha1(bytes) }));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    const resolve = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path);
    const match = resolve ?? storage;
    const file = state.repositories.get(match?.[1] ?? '')?.get((resolve ? resolve[3] : storage?.[2]) ?? '');
    if (!match || !file) return notFound(response, 'EntryNotFound');
    if (resolve && file.lfs) {
      response
        .writeHead(302, {
          location: `/storage/${match[1]}/${resolve[3]}`,
          'x-linked-size': file.bytes.length,
          'x-linked-etag': `"${sha256(file.bytes)}"`,
          'x-repo-commit': state.commit,
        })
        .end();
      return;
    }
    await sendBytes(request, response, path, file);
  }

  async function sendBytes(request: IncomingMessage, response: ServerResponse, path: string, file: FakeFile): Promise<void> {
    const etag = `"${file.lfs ? sha256(file.bytes) : sha1(file.bytes)}"`;
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const valid = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    const probe = range?.[1] === '0' && range[2] === '0';
    if (!probe) state.requests.push(`${path} ${request.headers.range ?? 'all'}`);
    const start = range && valid ? Number(range[1]) : 0;
    const end = range && valid && range[2] ? Number(range[2]) + 1 : file.bytes.length;
    if (start >= file.bytes.length && start > 0) {
      response.writeHead(416, { 'content-range': `bytes */${file.bytes.length}` }).end();
      return;
    }
    response.writeHead(range && valid ? 206 : 200, {
      etag,
      'accept-ranges': 'bytes',
      'content-length': end - start,
      ...(range && valid ? { 'content-range': `bytes ${start}-${end - 1}/${file.bytes.length}` } : {}),
    });
    const limit = probe ? undefined : state.breaks.shift();
    const body = file.bytes.subarray(start, limit === undefined ? end : Math.min(end, start + limit));
    const step = state.delay > 0 ? 4096 : body.length;
    for (let offset = 0; offset < body.length && !response.destroyed; offset += step) {
      await new Promise((done) => response.write(body.subarray(offset, offset + step), done));
      if (state.delay > 0) await new Promise((done) => setTimeout(done, state.delay));
    }
    if (limit === undefined) response.end();
    else {
      // A reset that overtakes the data would take it along.
      await new Promise((done) => setTimeout(done, 100));
      response.destroy();
    }
  }

  return Object.assign(state, {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  });
}

function notFound(response: ServerResponse, code: string): void {
  response.writeHead(404, { 'content-type': 'application/json', 'x-error-code': code }).end(JSON.stringify({ error: code }));
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

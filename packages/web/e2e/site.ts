import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, createLogger, defaultClientConditions } from 'vite';

export interface SiteFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A page as Vite builds it from the sources. */
export interface BuiltSite {
  /** By path, without the leading slash. */
  readonly files: ReadonlyMap<string, SiteFile>;
  /** What the build complained of. */
  readonly warnings: readonly string[];
  /** Bytes of each script, style sheet and page after gzip, by path. */
  readonly compressed: ReadonlyMap<string, number>;
}

export const webFolder = join(import.meta.dirname, '..');

/** Builds a page as the package's own build does, with @headstart/core from its sources; nothing is written. */
export async function buildSite(root: string): Promise<BuiltSite> {
  const warnings: string[] = [];
  const logger = createLogger('silent');
  const note = (message: string) => void warnings.push(message);
  // The test runner sets another one, and React would be built for development.
  process.env.NODE_ENV = 'production';
  const result = await build({
    root,
    configFile: join(webFolder, 'vite.config.ts'),
    logLevel: 'silent',
    customLogger: { ...logger, warn: note, warnOnce: note, error: note },
    resolve: { conditions: ['source', ...defaultClientConditions] },
    build: { write: false },
  });
  const files = new Map<string, SiteFile>();
  const compressed = new Map<string, number>();
  for (const bundle of [result].flat()) {
    if (!('output' in bundle)) throw new Error('Vite watches instead of building');
    for (const each of bundle.output) {
      const bytes = Buffer.from(each.type === 'chunk' ? each.code : each.source);
      files.set(each.fileName, { type: typeOf(each.fileName), bytes });
      if (/\.(js|css|html)$/.test(each.fileName)) compressed.set(each.fileName, gzipSync(bytes, { level: 9 }).length);
    }
  }
  return { files, warnings, compressed };
}

/** Nothing but the page's own origin: what a page asks of another is refused, and the console says so. */
const policy = (friends: readonly string[]) =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    ["connect-src 'self'", ...friends].join(' '),
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

export interface RunningSite {
  readonly origin: string;
  /** Paths asked for so far. */
  readonly requests: string[];
  close(): Promise<void>;
}

/**
 * Serves files on the loopback address.
 * @param isolated whether pages are cross-origin isolated, so that WebAssembly may use threads
 * @param friends other origins that pages may fetch from
 */
export async function serveSite(
  files: ReadonlyMap<string, SiteFile>,
  isolated: boolean,
  friends: readonly string[] = [],
): Promise<RunningSite> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname.slice(1);
    requests.push(path);
    const file = files.get(path === '' ? 'index.html' : path);
    response.setHeader('content-security-policy', policy(friends));
    if (isolated) {
      response.setHeader('cross-origin-opener-policy', 'same-origin');
      response.setHeader('cross-origin-embedder-policy', 'require-corp');
    }
    if (file) response.setHeader('content-type', file.type).end(file.bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The media type of a file by its name. */
export function typeOf(path: string): string {
  if (path.endsWith('.html')) return 'text/html';
  if (path.endsWith('.js')) return 'text/javascript';
  if (path.endsWith('.css')) return 'text/css';
  if (path.endsWith('.wasm')) return 'application/wasm';
  if (path.endsWith('.json')) return 'application/json';
  if (path.endsWith('.webmanifest')) return 'application/manifest+json';
  return path.endsWith('.svg') ? 'image/svg+xml' : 'application/octet-stream';
}

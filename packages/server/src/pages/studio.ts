import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { secureHeaders } from 'hono/secure-headers';
import { sendFile } from '../routes/common.ts';
import type { Env } from '../security/guard.ts';
import { pageStyle } from './style.ts';

interface StudioFile {
  readonly location: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The files of the built web studio by their path under `/`. */
export type Studio = ReadonlyMap<string, StudioFile>;

/** Isolated, so that the studio's engines may use threads; it runs WebAssembly and workers, and takes pictures and sound. */
export const pageHeaders: Parameters<typeof secureHeaders>[0] = {
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginEmbedderPolicy: 'require-corp',
  crossOriginResourcePolicy: 'same-origin',
  xFrameOptions: 'DENY',
  referrerPolicy: 'no-referrer',
  permissionsPolicy: { camera: ['self'], microphone: ['self'], geolocation: [], payment: [], usb: [] },
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'", "'wasm-unsafe-eval'", 'blob:'],
    workerSrc: ["'self'", 'blob:'],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    mediaSrc: ["'self'", 'blob:'],
    connectSrc: ["'self'", 'https:', 'data:', 'blob:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

/** Finds the studio that is built in the workspace or installed beside this package; undefined when it is not built. */
export async function findStudio(): Promise<Studio | undefined> {
  let folder: string;
  try {
    folder = dirname(createRequire(import.meta.url).resolve('@headstart/web/index.html'));
  } catch {
    return undefined;
  }
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, StudioFile>();
  for (const entry of entries.filter((each) => each.isFile())) {
    const location = join(entry.parentPath, entry.name);
    const path = `/${location.slice(folder.length + 1).replaceAll('\\', '/')}`;
    const sha256 = createHash('sha256')
      .update(await readFile(location))
      .digest('hex');
    files.set(path, { location, bytes: (await stat(location)).size, sha256 });
  }
  return files.has('/index.html') ? files : undefined;
}

/** The studio at `/`; the files are those that were there at the start, so that no path leads elsewhere. */
export function studioRoutes(studio: Studio | undefined, version: string) {
  return new Hono<Env>().on(['GET', 'HEAD'], '/*', (c, next) => {
    const path = c.req.path === '/' ? '/index.html' : c.req.path;
    const found = studio?.get(path);
    if (found) {
      const type = types[extname(path)] ?? 'application/octet-stream';
      // Vite names what is in assets/ after its content.
      return Promise.resolve(sendFile(c, { ...found, type, immutable: path.startsWith('/assets/'), shared: true }));
    }
    return path === '/index.html' ? Promise.resolve(c.html(emptyPage(version))) : next();
  });
}

function emptyPage(version: string) {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Headstart server</title>
    <style>${raw(pageStyle)}</style>
  </head>
  <body>
    <main>
      <h1>Headstart ${version}</h1>
      <p class="lead">The server runs. The web studio, which would be here, is not built.</p>
      <pre>npx turbo run build --filter=@headstart/web</pre>
      <p>builds it in a checkout; then start the server again. The API is all there:</p>
      <ul>
        <li><a href="v1/docs">/v1/docs</a>: every route, for people.</li>
        <li><a href="v1/openapi.json">/v1/openapi.json</a>: the same for programs.</li>
        <li><a href="v1/health">/v1/health</a>: version, and since when it runs.</li>
      </ul>
    </main>
  </body>
</html>`;
}

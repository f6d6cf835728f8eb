import { isDiskFull, isOnline, move, openAppend, openBlob, readFile, remove, runtime, sha256, stat, writeFile } from '#platform';
import { EngineError, throwIfCancelled } from '../../errors.ts';
import type { FetchContext } from './source.ts';

export interface Download {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What messages call the file. */
  readonly name: string;
  /** Where it ends up. */
  readonly target: string;
  readonly sha256?: string;
  /** Size in bytes, where known. */
  readonly bytes?: number;
}

const attempts = 5;

/**
 * Fetches one file over HTTP into `target`. Bytes go to `target.partial` first; when the connection breaks, the next attempt, or the
 * next run, asks for the rest with Range and If-Range (RFC 9110 sections 13.1.5 and 14.2), so that a changed file starts anew.
 * @returns sha256 of the file
 * @throws EngineError `network`, `integrity` (the file is removed), `disk` (what is there is kept), `cancelled`, `invalid-argument` for 404
 */
export async function download(file: Download, context: FetchContext): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    throwIfCancelled(context.signal, `The download of ${file.name}`);
    if (await anotherIsAtIt(file)) {
      await pause(500, context.signal);
      attempt = 0;
      continue;
    }
    if (await stat(file.target)) return hashOf(file.target);
    const before = (await stat(partialOf(file)))?.bytes ?? 0;
    try {
      return await fetchOnce(file, context);
    } catch (error) {
      throwIfCancelled(context.signal, `The download of ${file.name}`);
      if (error instanceof EngineError) throw error;
      if (isDiskFull(error)) throw diskFull(file.target, error);
      const there = (await stat(partialOf(file)))?.bytes ?? 0;
      // Attempts that bring bytes do not count against the limit: a line that breaks every minute still ends some day.
      if (there > before) attempt = 0;
      // Without a network, which browsers know of, further attempts only keep somebody waiting.
      else if (attempt >= attempts || !isOnline()) throw unreachable(file.name, file.url, there, error);
      await pause(Math.min(8000, 250 * 2 ** attempt), context.signal);
    }
  }
}

async function fetchOnce(file: Download, context: FetchContext): Promise<string> {
  const partial = partialOf(file);
  const noteFile = noteOf(file);
  const last = await readNote(noteFile);
  const found = (await stat(partial))?.bytes ?? 0;
  const resume = found > 0 && last?.url === file.url && last.validator !== undefined;
  const headers = {
    ...file.headers,
    // Browsers ask another host for its leave before they send If-Range, which few grant; Range alone needs none.
    ...(resume ? { Range: `bytes=${found}-`, ...(runtime === 'browser' ? {} : { 'If-Range': last.validator }) } : {}),
    // Ranges count bytes of the encoded body, so no encoding.
    'Accept-Encoding': 'identity',
  };
  const response = await fetch(file.url, { headers, ...(context.signal ? { signal: context.signal } : {}) });
  if (response.status === 416) {
    // The file is shorter now, or was complete: begin again.
    await Promise.all([remove(partial), remove(noteFile)]);
    throw new Error('the server could not continue the download');
  }
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw refused(file, response);
  }
  const continued = response.status === 206;
  if (continued && runtime === 'browser' && validatorOf(response) !== last?.validator) {
    await Promise.all([response.body.cancel(), remove(partial), remove(noteFile)]);
    throw new Error('the file has changed since the download began');
  }
  const length = response.headers.get('content-length');
  const total = file.bytes ?? (length === null ? undefined : Number(length) + (continued ? found : 0));

  const validator = validatorOf(response);
  const hash = sha256();
  const out = await openAppend(partial);
  try {
    if (continued) for await (const chunk of (await openBlob(partial)).stream()) hash.update(chunk);
    else if (out.bytes > 0) await out.truncate(0);
    let noted = await note(file, validator);
    context.onProgress({ file: file.name, bytes: out.bytes, total });
    for await (const chunk of response.body as ReadableStream<Uint8Array<ArrayBuffer>>) {
      await out.append(chunk);
      hash.update(chunk);
      context.onProgress({ file: file.name, bytes: out.bytes, total });
      if (Date.now() - noted > freshMilliseconds / 3) noted = await note(file, validator);
    }
    if (total !== undefined && out.bytes < total) throw new Error(`the connection ended after ${out.bytes} of ${total} bytes`);
    await out.flush();
  } catch (error) {
    // Let go, so that the next attempt of any process need not wait.
    await note(file, validator, 0).catch(() => undefined);
    throw error;
  } finally {
    await out.close();
  }
  if ((await stat(partial))?.bytes !== out.bytes) {
    await Promise.all([remove(partial), remove(noteFile)]);
    throw new Error('two processes wrote to the same download');
  }
  const digest = await hash.hex();
  if (file.sha256 !== undefined && digest !== file.sha256) {
    await Promise.all([remove(partial), remove(noteFile)]);
    throw wrongHash(file.name, file.sha256, digest);
  }
  await move(partial, file.target);
  await remove(noteFile);
  return digest;
}

/** A strong validator for If-Range: a strong ETag, else the date of the last change. */
function validatorOf(response: Response): string | undefined {
  const etag = response.headers.get('etag');
  if (etag && !etag.startsWith('W/')) return etag;
  return response.headers.get('last-modified') ?? undefined;
}

/** Who writes to a partial file: other processes wait for it, and take over when it falls silent. */
const writer = crypto.randomUUID();
const freshMilliseconds = 15_000;

interface Note {
  readonly url: string;
  readonly validator?: string;
  readonly writer: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

async function note(file: Download, validator: string | undefined, time: number = Date.now()): Promise<number> {
  const content: Note = { url: file.url, writer, time, ...(validator === undefined ? {} : { validator }) };
  await writeFile(noteOf(file), new TextEncoder().encode(JSON.stringify(content)));
  return time;
}

async function anotherIsAtIt(file: Download): Promise<boolean> {
  const last = await readNote(noteOf(file));
  return last !== undefined && last.writer !== writer && Date.now() - last.time < freshMilliseconds;
}

async function hashOf(path: string): Promise<string> {
  const hash = sha256();
  for await (const chunk of (await openBlob(path)).stream()) hash.update(chunk);
  return hash.hex();
}

function noteOf(file: Download): string {
  return `${file.target}.partial.json`;
}

async function readNote(path: string): Promise<Note | undefined> {
  if (!(await stat(path))) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(await readFile(path)));
  } catch {
    // A note cut short by a crash: the download begins again.
    return undefined;
  }
}

function partialOf(file: Download): string {
  return `${file.target}.partial`;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function refused(file: Download, response: Response): Error {
  const got = `${response.status} ${response.statusText}`.trim();
  // Servers say these when they are busy; worth another attempt.
  if (response.status === 408 || response.status === 429 || response.status >= 500) return new Error(`${file.url} answered ${got}`);
  const hint =
    response.status === 401 || response.status === 403
      ? 'The file needs a login: set HF_TOKEN (hf:), or check that the address is public.'
      : 'Check the name, the revision and the path.';
  return new EngineError('invalid-argument', `${file.url} does not give the file`, { where: file.name, expected: 'status 200', got, hint });
}

export function wrongHash(name: string, expected: string, got: string): EngineError {
  return new EngineError('integrity', 'the file is not the one this card was made with', {
    where: name,
    expected: `sha256 ${expected}`,
    got,
    hint: 'It was removed; run again to fetch it anew. If this repeats, the source has changed, or something between rewrites downloads.',
  });
}

export function unreachable(name: string, address: string, bytes: number, cause: unknown): EngineError {
  const reason = cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : String(cause);
  return new EngineError('network', `could not be fetched from ${address}: ${reason}`, {
    where: name,
    hint: `${whatToDo()}${bytes > 0 ? ` It continues after the ${bytes} bytes that are here.` : ''}`,
    cause,
  });
}

/** A page is not told why a request failed: the host may be gone, or may not let pages of other origins read from it. */
function whatToDo(): string {
  if (runtime !== 'browser') return 'Check the connection and run again.';
  if (!isOnline()) return 'Connect to a network and try again.';
  return 'Check the connection and try again. A host that does not let pages read from it (CORS), or that the page’s content security policy leaves out, looks the same; then put the files into backbones/ beside the page, or open it from `headstart serve`.';
}

export function notCached(name: string, address: string): EngineError {
  return new EngineError('offline', `is not in the cache, and this run is offline`, {
    where: name,
    hint: `Run once without --offline (and without HEADSTART_OFFLINE) to fetch it from ${address}.`,
  });
}

export function diskFull(path: string, cause: unknown): EngineError {
  return new EngineError('disk', 'no room left on the disk', {
    where: path,
    hint: 'Free some space, or set HEADSTART_CACHE to a folder on another disk, and run again; what was written before is kept.',
    cause,
  });
}

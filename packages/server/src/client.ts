import { hc } from 'hono/client';
import type { App } from './app.ts';
import type { UploadOptions } from './ingest/options.ts';

export type { App } from './app.ts';

/** An error of the server as a client meets it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, { detail, code, hint }: { detail?: string; code?: string; hint?: string }, retryAfter: number | undefined) {
    super([detail ?? `The server answered ${status}.`, hint].filter(Boolean).join(' '));
    this.name = 'ApiError';
    this.status = status;
    this.code = code ?? 'unknown';
    this.hint = hint;
    this.retryAfter = retryAfter;
  }
}

export interface ClientOptions {
  /** An API key; none in open mode. */
  readonly key?: string;
  readonly fetch?: typeof fetch;
}

/** What a project became on the server. */
export interface ImportedProject {
  readonly dataset: { readonly id: string; readonly name: string; readonly modality: string | null; readonly samples: number };
  readonly report: { readonly accepted: number; readonly skipped: readonly { readonly name: string; readonly reason: string }[] };
  readonly models: readonly string[];
  readonly alias: string | null;
  readonly notes: readonly string[];
}

/** What a job tells on its way. */
export interface JobEvent {
  readonly id: number;
  readonly event: 'status' | 'progress' | 'log';
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * A client with the types of the server: `client.api.v1.datasets.$get()` and so on, and what types alone cannot do: uploads and events.
 * Answers that are errors throw `ApiError`.
 * @param url where the server is, such as `http://127.0.0.1:4300`
 */
export function createClient(url: string, { key, fetch: send = fetch }: ClientOptions = {}) {
  const base = url.replace(/\/$/, '');
  const headers: Record<string, string> = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const checked = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const response = await send(input, { ...init, headers: { ...headers, ...Object.fromEntries(new Headers(init?.headers)) } });
    if (response.ok || response.status === 304) return response;
    const body = (await response.json().catch(() => ({}))) as { detail?: string; code?: string; hint?: string };
    const retryAfter = response.headers.get('retry-after');
    throw new ApiError(response.status, body, retryAfter === null ? undefined : Number(retryAfter));
  };
  const api = hc<App>(base, { fetch: checked as typeof fetch });

  async function* events(job: string, { signal, after = 0 }: { signal?: AbortSignal; after?: number } = {}): AsyncGenerator<JobEvent> {
    let last = after;
    for (;;) {
      let response: Response;
      try {
        response = await checked(`${base}/v1/jobs/${encodeURIComponent(job)}/events`, {
          headers: { Accept: 'text/event-stream', ...(last > 0 ? { 'Last-Event-ID': String(last) } : {}) },
          ...(signal ? { signal } : {}),
        });
      } catch (error) {
        if (error instanceof ApiError || signal?.aborted) throw error;
        // A server that restarts comes back.
        await new Promise((resolve) => setTimeout(resolve, 1000));
        continue;
      }
      if (response.status === 204 || !response.body) return;
      try {
        for await (const event of parseEvents(response.body)) {
          last = event.id;
          yield event;
        }
      } catch (error) {
        if (signal?.aborted) throw error;
      }
    }
  }

  return {
    api,
    /** Sends files into a dataset; each is named by its path, whose folder is its class, and `label` and `group` apply to all. */
    async upload(
      dataset: string,
      files: readonly { readonly name: string; readonly content: Blob | Uint8Array<ArrayBuffer> | string }[],
      fields: UploadOptions = {},
    ) {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, String(value));
      for (const { name, content } of files) form.append('files', content instanceof Blob ? content : new Blob([content]), name);
      const response = await checked(`${base}/v1/datasets/${encodeURIComponent(dataset)}/upload`, { method: 'POST', body: form });
      return (await response.json()) as { accepted: number; skipped: { name: string; reason: string }[]; skippedCount: number };
    },
    /** Sends a project of the terminal or the web studio: a zip with a headstart.json in it, or that file. */
    async importProject(name: string, content: Blob | Uint8Array<ArrayBuffer> | string) {
      const form = new FormData();
      form.append('files', content instanceof Blob ? content : new Blob([content]), name);
      const response = await checked(`${base}/v1/projects`, { method: 'POST', body: form });
      return (await response.json()) as ImportedProject;
    },
    /** Sends a backbone of your own. */
    async uploadBackbone(
      name: string,
      files: readonly { readonly name: string; readonly content: Blob | Uint8Array<ArrayBuffer> | string }[],
      card?: Readonly<Record<string, unknown>>,
    ) {
      const form = new FormData();
      form.append('name', name);
      if (card) form.append('card', JSON.stringify(card));
      for (const { name: file, content } of files) form.append('files', content instanceof Blob ? content : new Blob([content]), file);
      const response = await checked(`${base}/v1/backbones`, { method: 'POST', body: form });
      return (await response.json()) as { name: string; modality: string; dimension: number | null; notes: string[] };
    },
    /** What a job tells, from the beginning or after an event, until it ends; goes on by itself after a lost connection. */
    events,
    /** Waits for a job. @throws ApiError when it fails or is cancelled */
    async finished(job: string, signal?: AbortSignal) {
      for await (const _ of events(job, signal ? { signal } : {})) {
        // Waiting is all that is wanted.
      }
      const response = await checked(`${base}/v1/jobs/${encodeURIComponent(job)}`);
      const row = (await response.json()) as {
        status: string;
        result: Record<string, unknown> | null;
        error: { status: number; code: string; detail: string; hint?: string } | null;
      };
      if (row.status === 'succeeded') return row.result ?? {};
      throw new ApiError(row.error?.status ?? 409, row.error ?? { code: row.status, detail: `The job was ${row.status}.` }, undefined);
    },
  };
}

/** Server-sent events of a stream (WHATWG HTML, 9.2): the fields that this server sends. */
async function* parseEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<JobEvent> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const fields = new Map(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]),
        );
        text = text.slice(end + 2);
        const data = fields.get('data');
        if (data === undefined) continue;
        yield { id: Number(fields.get('id')), event: fields.get('event') as JobEvent['event'], data: JSON.parse(data) };
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

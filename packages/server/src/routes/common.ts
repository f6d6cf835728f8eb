import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { Problem } from '../errors.ts';
import type { Env } from '../security/guard.ts';

/** A router whose requests are refused with every member that cannot be meant. */
export function router() {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return;
      const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      const [first] = errors;
      const where = first?.path ? `'${first.path}'` : `the ${result.target}`;
      throw new Problem(
        400,
        'invalid-request',
        `${where} cannot be meant: ${first?.message ?? 'it is not understood'}.`.replace(/\.\.$/, '.'),
        {
          hint: 'GET /v1/openapi.json describes every request.',
          errors,
        },
      );
    },
  });
}

/** A name for people: short, and nothing that a database or a terminal chokes on. */
export const nameText = z
  .string()
  .trim()
  .min(1)
  .max(200)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get in
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'it holds control characters');

/** A name that stands in addresses. */
export const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'expected 1 to 64 of a-z, 0-9, dot, dash and underscore, a letter or digit first');

export const time = z.iso.datetime().openapi({ example: '2026-01-31T12:00:00.000Z' });

export const idParam = z.object({ id: z.string().max(64) });

export const limitQuery = z.coerce.number().int().min(1).max(1000).default(100);

export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

export function body<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** A response that is a file. */
export function file(type: string, description: string) {
  return { description, content: { [type]: { schema: z.string().openapi({ format: 'binary' }) } } };
}

/** What describes a multipart body without having it read: our routes stream it. */
export function multipart(description: string, properties: Readonly<Record<string, string>>) {
  return {
    description,
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object' as const,
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, about]) => [
              name,
              name === 'files'
                ? { type: 'array' as const, items: { type: 'string' as const, format: 'binary' }, description: about }
                : { type: 'string' as const, description: about },
            ]),
          ),
        },
      },
    },
  };
}

export interface SentFile {
  readonly location: string;
  readonly bytes: number;
  /** Of the content: it is the entity tag. */
  readonly sha256: string;
  readonly type: string;
  /** File name to save under. */
  readonly saveAs?: string;
  /** Whether the address will always give these bytes. */
  readonly immutable?: boolean;
  readonly shared?: boolean;
}

/** Answers with a file: whole, a part (`Range`), or nothing new (`If-None-Match`). */
export function sendFile(c: Context, { location, bytes, sha256, type, saveAs, immutable, shared }: SentFile): Response {
  const etag = `"${sha256}"`;
  const headers: Record<string, string> = {
    ETag: etag,
    'Accept-Ranges': 'bytes',
    'Cache-Control': `${shared ? 'public' : 'private'}, ${immutable ? 'max-age=31536000, immutable' : 'no-cache'}`,
    'Content-Type': type,
  };
  if (saveAs !== undefined) headers['Content-Disposition'] = attachment(saveAs);
  if (matches(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
  const asked = c.req.header('range');
  const condition = c.req.header('if-range');
  const range = asked !== undefined && (condition === undefined || condition === etag) ? parseRange(asked, bytes) : undefined;
  if (range === 'unsatisfiable') {
    return c.body(null, 416, { ...headers, 'Content-Range': `bytes */${bytes}` });
  }
  const { start, end } = range ?? { start: 0, end: bytes - 1 };
  headers['Content-Length'] = String(Math.max(0, end - start + 1));
  if (range) headers['Content-Range'] = `bytes ${start}-${end}/${bytes}`;
  if (c.req.method === 'HEAD' || bytes === 0) return c.body(null, range ? 206 : 200, headers);
  const stream = Readable.toWeb(createReadStream(location, { start, end })) as ReadableStream;
  return c.body(stream, range ? 206 : 200, headers);
}

function matches(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((each) => ['*', etag, `W/${etag}`].includes(each.trim())) ?? false;
}

/** One range of bytes (RFC 9110, 14.1.2); undefined for what may be ignored: other units, several ranges. */
export function parseRange(header: string, bytes: number): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') {
    const last = Number(match[2]);
    return last === 0 || bytes === 0 ? 'unsatisfiable' : { start: Math.max(0, bytes - last), end: bytes - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? bytes - 1 : Math.min(Number(match[2]), bytes - 1);
  if (match[2] !== '' && Number(match[2]) < start) return undefined;
  return start >= bytes ? 'unsatisfiable' : { start, end };
}

/** RFC 6266: a plain name for old readers, the real one for the others. */
export function attachment(name: string): string {
  const plain = name.normalize('NFKD').replace(/[^\w.-]+/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

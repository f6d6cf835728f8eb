import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Config } from '../config.ts';
import { Problem } from '../errors.ts';
import type { Keys, Scope } from './keys.ts';
import { RateLimiter } from './rate.ts';

export interface Variables {
  /** Of the key that the request came with; everything in open mode. */
  readonly scopes: readonly string[];
  readonly requestId: string;
}

export type Env = { Variables: Variables };

const loopback = /^(localhost|127(\.\d+){3}|\[::1\]|::1)$/i;

export function isLoopback(host: string): boolean {
  return loopback.test(host);
}

/** Finds out who asks, bounds how often, and refuses pages of strangers. Routes then say what they take with `needs`. */
export function guard({ open, limits, cors }: Config, keys: Keys): MiddlewareHandler<Env> {
  const limiter = new RateLimiter(limits.rate, limits.burst);
  return createMiddleware<Env>(async (c, next) => {
    if (open) requireOwnPage(c, cors);
    const key = bearer(c);
    const row = key === undefined ? undefined : await keys.find(key);
    const who = row?.id ?? addressOf(c);
    const wait = limiter.take(who);
    if (wait > 0) {
      throw new Problem(429, 'rate', 'Too many requests came in a short time.', {
        hint: 'Wait as long as Retry-After tells, or send several samples in one request.',
        retryAfter: Math.ceil(wait),
      });
    }
    if (key !== undefined && !row && !open) throw new Problem(401, 'invalid-key', 'This key is not known, was revoked, or has expired.');
    c.set('scopes', open ? ['admin'] : (row?.scopes ?? []));
    await next();
  });
}

/** Part of a route: refuses requests whose key does not have a scope, and says so in its description. */
export function needs(scope: Scope) {
  const middleware = createMiddleware<Env>(async (c, next) => {
    requireScope(c, scope);
    await next();
  });
  return { middleware, security: [{ key: [scope] }] };
}

export function requireScope(c: Context<Env>, scope: Scope): void {
  const granted = c.get('scopes');
  if (granted.includes(scope) || granted.includes('admin')) return;
  if (granted.length > 0)
    throw new Problem(403, 'scope', `This key lacks the scope '${scope}'.`, { hint: 'Use another key, or have one made with that scope.' });
  throw new Problem(401, 'key-needed', 'This takes an API key.', {
    hint: 'Send it as Authorization: Bearer hs_…; the first start of the server printed one.',
  });
}

/** Without keys, a page of any site could reach a server on the reader's own machine through the reader's browser. */
function requireOwnPage(c: Context, cors: readonly string[]): void {
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  if (!isLoopback(host.replace(/:\d+$/, ''))) {
    throw new Problem(403, 'foreign-host', `This server is open to this machine only, and was asked for as '${host}'.`, {
      hint: 'Start it with keys to reach it by name.',
    });
  }
  const origin = c.req.header('origin');
  if (origin === undefined || cors.includes('*') || cors.includes(origin)) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new Problem(403, 'foreign-origin', `Pages of ${origin} may not use this server.`, {
    hint: 'Name the origin with --cors to allow it.',
  });
}

function bearer(c: Context): string | undefined {
  const header = c.req.header('authorization');
  return header === undefined ? undefined : /^Bearer\s+(\S+)$/i.exec(header)?.[1];
}

function addressOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown';
  } catch {
    // Without a socket: `app.request()`.
    return 'local';
  }
}

import { EngineError, type ErrorCode } from '@headstart/core';
import { HTTPException } from 'hono/http-exception';

/** An error as clients get it: RFC 9457, with the code and the hint of `EngineError`. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** For programs. */
  readonly code: string;
  /** What the reader can do about it: one full sentence. */
  readonly hint?: string;
  /** Members of the request that cannot be meant. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  401: 'A key is needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'The method does not exist here',
  408: 'The request took too long',
  409: 'It does not go together with what is there',
  411: 'The length is needed',
  413: 'Too large',
  415: 'The kind of content is not understood',
  416: 'There is no such range',
  422: 'The data cannot be used',
  429: 'Too many requests',
  500: 'Something broke in the server',
  501: 'Not supported',
  502: 'Another server could not be used',
  503: 'Not ready',
  507: 'The disk is full',
};

/** An error that a client caused or has to know of. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly errors: ProblemBody['errors'];
  /** Seconds after which the client may try again. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    code: string,
    detail: string,
    more: {
      readonly hint?: string | undefined;
      readonly errors?: ProblemBody['errors'];
      readonly retryAfter?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(detail, more.cause === undefined ? {} : { cause: more.cause });
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.hint = more.hint;
    this.errors = more.errors;
    this.retryAfter = more.retryAfter;
  }

  body(): ProblemBody {
    return {
      type: 'about:blank',
      title: titles[this.status] ?? titles[500] ?? '',
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.errors ? { errors: this.errors } : {}),
    };
  }
}

export function notFound(what: string, name: string): Problem {
  return new Problem(404, 'not-found', `There is no ${what} '${name}'.`);
}

const statusOf: Readonly<Partial<Record<ErrorCode, number>>> = {
  'invalid-model': 422,
  'invalid-data': 422,
  'invalid-argument': 422,
  unsupported: 422,
  'out-of-range': 422,
  parity: 422,
  network: 502,
  offline: 503,
  integrity: 502,
  disk: 507,
  cancelled: 503,
  'out-of-memory': 503,
};

/** Any error as a problem; what is no fault of the client tells nothing of the server's inside. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof EngineError) {
    // `where` is part of the message, and the sentence ends with the hint already.
    const detail = error.hint ? error.message.slice(0, -error.hint.length).trim() : error.message;
    return new Problem(statusOf[error.code] ?? 500, error.code, detail, { hint: error.hint, cause: error });
  }
  if (error instanceof HTTPException) return new Problem(error.status, 'invalid-request', error.message || (titles[error.status] ?? ''));
  const code = codeOf(error);
  // What PostgreSQL says of a NUL character, as bytes or as an escape in JSON.
  if (code === '22021' || code === '22P05') {
    return new Problem(422, 'invalid-data', 'Something in the request holds a NUL character, which cannot be kept.', { cause: error });
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const hint = 'Make room on the server and try again; what was accepted before is whole.';
    return new Problem(507, 'disk', 'The server has no room left.', { hint, cause: error });
  }
  return new Problem(500, 'internal', 'The server failed to answer; its log says why.', { cause: error });
}

/** The code of an error, or of what caused it: drivers wrap what the database says. */
function codeOf(error: unknown): unknown {
  for (let each = error; each instanceof Error; each = each.cause) if ('code' in each && each.code !== undefined) return each.code;
  return undefined;
}

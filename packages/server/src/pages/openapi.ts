import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from '../security/guard.ts';

export type Description = ReturnType<OpenAPIHono<Env>['getOpenAPI31Document']>;

const problem = {
  type: 'object' as const,
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' as const },
    title: { type: 'string' as const },
    status: { type: 'integer' as const },
    detail: { type: 'string' as const, description: 'What went wrong: where, what was expected, what came.' },
    code: { type: 'string' as const, description: 'For programs.' },
    hint: { type: 'string' as const, description: 'What to do about it.' },
    errors: {
      type: 'array' as const,
      items: { type: 'object' as const, properties: { path: { type: 'string' as const }, message: { type: 'string' as const } } },
    },
  },
};

/** The OpenAPI 3.1 document of all routes. */
export function describeApi(app: Pick<OpenAPIHono<Env>, 'getOpenAPI31Document'>, version: string): Description {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Headstart',
      version,
      description: 'Train classifiers on pretrained models, and serve them. Errors are problem details (RFC 9457).',
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
  });
  const components = document.components ?? {};
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path as Record<string, { responses?: Record<string, unknown> }>)) {
      if (operation.responses) operation.responses.default = { $ref: '#/components/responses/Problem' };
    }
  }
  return {
    ...document,
    components: {
      ...components,
      schemas: { ...components.schemas, Problem: problem },
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key, hs_…' } },
      responses: {
        Problem: {
          description: 'What went wrong.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

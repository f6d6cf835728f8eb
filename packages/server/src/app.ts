import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { page } from './page.ts';

/** What the application needs of the outside. */
export interface Deps {
  /** Of the package that serves. */
  readonly version: string;
  /** Seconds since the server started. */
  uptime(): number;
}

const healthRoute = createRoute({
  method: 'get',
  path: '/v1/health',
  responses: {
    200: {
      description: 'The server answers.',
      content: {
        'application/json': {
          schema: z.object({
            status: z.literal('ok'),
            version: z.string(),
            uptimeSeconds: z.number().nonnegative(),
          }),
        },
      },
    },
  },
});

/** The HTTP application, without a port: tests call `app.request()`, `main.ts` listens. */
export function createApp({ version, uptime }: Deps) {
  return new OpenAPIHono()
    .openapi(healthRoute, (c) => c.json({ status: 'ok' as const, version, uptimeSeconds: uptime() }, 200))
    .doc31('/v1/openapi.json', { openapi: '3.1.0', info: { title: 'Headstart', version } })
    .get('/', (c) => c.html(page(version)))
    .notFound((c) =>
      c.json({ error: { code: 'not-found', message: `Nothing is at ${c.req.method} ${c.req.path}. / says what exists.` } }, 404),
    );
}

/** For typed clients (`hono/client`). */
export type App = ReturnType<typeof createApp>;

import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../app.ts';
import { needs } from '../security/guard.ts';
import { json, router } from './common.ts';

const tags = ['health'];

const health = createRoute({
  method: 'get',
  path: '/health',
  tags,
  summary: 'Whether the process lives',
  security: [],
  responses: { 200: json(z.object({ status: z.literal('ok'), version: z.string(), uptimeSeconds: z.number().nonnegative() }), 'It does.') },
});
const Ready = z.object({ ready: z.boolean(), checks: z.record(z.string(), z.string()) }).openapi('Ready');
const ready = createRoute({
  method: 'get',
  path: '/ready',
  tags,
  summary: 'Whether requests can be served: database, storage, engine',
  security: [],
  responses: { 200: json(Ready, 'They can.'), 503: json(Ready, 'They cannot, or the server is about to stop.') },
});
const prometheus = createRoute({
  method: 'get',
  path: '/metrics',
  tags,
  summary: 'Metrics for Prometheus',
  ...needs('read'),
  responses: { 200: { description: 'In its text format.', content: { 'text/plain': { schema: z.string() } } } },
});

export function healthRoutes({ version, uptime, checks, metrics }: Deps) {
  return router()
    .openapi(health, (c) => c.json({ status: 'ok' as const, version, uptimeSeconds: uptime() }, 200))
    .openapi(ready, async (c) => {
      const found = await checks();
      const fine = Object.values(found).every((each) => each === 'ok');
      return c.json({ ready: fine, checks: { ...found } }, fine ? 200 : 503);
    })
    .openapi(prometheus, async (c) => c.text(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType }));
}

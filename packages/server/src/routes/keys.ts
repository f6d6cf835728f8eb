import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../app.ts';
import { needs } from '../security/guard.ts';
import { type KeyRow, scopes } from '../security/keys.ts';
import { body, idParam, json, nameText, router, time } from './common.ts';

const Key = z
  .object({ id: z.string(), name: z.string(), hint: z.string(), scopes: z.array(z.string()), createdAt: time, expiresAt: time.nullable() })
  .openapi('Key');

const tags = ['keys'];
const admin = needs('admin');

const listKeys = createRoute({
  method: 'get',
  path: '/keys',
  tags,
  summary: 'List keys; only their beginnings',
  ...admin,
  responses: { 200: json(z.object({ keys: z.array(Key) }), 'Those not revoked.') },
});
const createKey = createRoute({
  method: 'post',
  path: '/keys',
  tags,
  summary: 'Make a key; it is shown this once',
  ...admin,
  request: { body: body(z.object({ name: nameText, scopes: z.array(z.enum(scopes)).min(1), expiresAt: z.iso.datetime().optional() })) },
  responses: { 201: json(Key.extend({ key: z.string() }), 'The key.') },
});
const revokeKey = createRoute({
  method: 'delete',
  path: '/keys/{id}',
  tags,
  summary: 'Revoke a key',
  ...admin,
  request: { params: idParam },
  responses: { 204: { description: 'It works no more; in other processes within five seconds.' } },
});
const me = createRoute({
  method: 'get',
  path: '/me',
  tags,
  summary: 'What this request may do',
  responses: { 200: json(z.object({ open: z.boolean(), scopes: z.array(z.string()) }), 'In open mode, everything.') },
});

export function keyRoutes({ keys, config }: Deps) {
  return router()
    .openapi(me, (c) => c.json({ open: config.open, scopes: [...c.get('scopes')] }, 200))
    .openapi(listKeys, async (c) => c.json({ keys: (await keys.list()).map(show) }, 200))
    .openapi(createKey, async (c) => {
      const { name, scopes: granted, expiresAt } = c.req.valid('json');
      const { key, row } = await keys.create(name, granted, expiresAt === undefined ? null : new Date(expiresAt));
      return c.json({ ...show(row), key }, 201);
    })
    .openapi(revokeKey, async (c) => {
      await keys.revoke(c.req.valid('param').id);
      return c.body(null, 204);
    });
}

function show({ id, name, hint, scopes: granted, createdAt, expiresAt }: KeyRow): z.infer<typeof Key> {
  return { id, name, hint, scopes: granted, createdAt: createdAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null };
}

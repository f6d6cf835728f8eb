import { createRoute, z } from '@hono/zod-openapi';
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Deps } from '../app.ts';
import { notFound, Problem } from '../errors.ts';
import { safeLabel } from '../ingest/names.ts';
import { thumbnailOf } from '../ingest/picture.ts';
import { waveform } from '../ingest/waveform.ts';
import { needs } from '../security/guard.ts';
import { samples } from '../store/schema.ts';
import { body, file, idParam, json, limitQuery, router, sendFile } from './common.ts';

const Sample = z
  .object({
    id: z.string(),
    name: z.string(),
    label: z.string().nullable(),
    split: z.enum(['train', 'test']).nullable(),
    group: z.string().nullable().openapi({ description: 'What it has in common with others that stay on its side of the split.' }),
    text: z.string().nullable(),
    type: z.string().nullable(),
    bytes: z.number().int().nullable(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    seconds: z.number().nullable().openapi({ description: 'Of a clip.' }),
  })
  .openapi('Sample');

const tags = ['samples'];
const binary = z.string().openapi({ format: 'binary' });
const sampleParams = idParam.extend({ sample: z.string().max(64) });
const label = z.string().nullable().optional().openapi({ description: 'The new class; null takes the label away.' });
const group = z.string().nullable().optional().openapi({ description: 'The new group; null takes it away.' });

const listSamples = createRoute({
  method: 'get',
  path: '/datasets/{id}/samples',
  tags,
  summary: 'List samples in the order they came in',
  ...needs('read'),
  request: {
    params: idParam,
    query: z.object({
      label: z.string().optional().openapi({ description: 'Only of this class; empty for those without a label.' }),
      after: z.coerce.number().int().nonnegative().optional().openapi({ description: 'What `next` said on the page before.' }),
      limit: limitQuery,
    }),
  },
  responses: { 200: json(z.object({ samples: z.array(Sample), next: z.number().int().nullable() }), 'A page of samples.') },
});
const relabelSamples = createRoute({
  method: 'patch',
  path: '/datasets/{id}/samples',
  tags,
  summary: 'Label several samples, or group them',
  ...needs('write'),
  request: { params: idParam, body: body(z.object({ samples: z.array(z.string().max(64)).min(1).max(10_000), label, group })) },
  responses: { 200: json(z.object({ changed: z.number().int() }), 'How many were changed.') },
});
const relabelSample = createRoute({
  method: 'patch',
  path: '/datasets/{id}/samples/{sample}',
  tags,
  summary: 'Label a sample, or group it',
  ...needs('write'),
  request: { params: sampleParams, body: body(z.object({ label, group })) },
  responses: { 200: json(Sample, 'The sample.') },
});
const deleteSample = createRoute({
  method: 'delete',
  path: '/datasets/{id}/samples/{sample}',
  tags,
  summary: 'Delete a sample',
  ...needs('write'),
  request: { params: sampleParams },
  responses: { 204: { description: 'It is gone.' } },
});
const sampleFile = createRoute({
  method: 'get',
  path: '/datasets/{id}/samples/{sample}/file',
  tags,
  summary: 'The file of a sample, as it was uploaded',
  ...needs('read'),
  request: { params: sampleParams },
  responses: { 200: file('application/octet-stream', 'The file.') },
});
const sampleThumbnail = createRoute({
  method: 'get',
  path: '/datasets/{id}/samples/{sample}/thumbnail',
  tags,
  summary: 'A small picture: of a picture itself, of a clip its waveform',
  ...needs('read'),
  request: { params: sampleParams, query: z.object({ size: z.coerce.number().int().min(16).max(512).default(160) }) },
  responses: {
    200: {
      description: 'WebP of a picture, SVG of a clip; at most `size` pixels on its longer side.',
      content: { 'image/webp': { schema: binary }, 'image/svg+xml': { schema: binary } },
    },
  },
});

export function sampleRoutes({ db, blobs, config }: Deps) {
  return router()
    .openapi(listSamples, async (c) => {
      const { id } = c.req.valid('param');
      const { label, after, limit } = c.req.valid('query');
      const rows = await db
        .select()
        .from(samples)
        .where(
          and(
            eq(samples.datasetId, id),
            label === undefined ? undefined : label === '' ? isNull(samples.label) : eq(samples.label, label),
            after === undefined ? undefined : gt(samples.position, after),
          ),
        )
        .orderBy(asc(samples.position))
        .limit(limit);
      const last = rows.length === limit ? rows.at(-1)?.position : undefined;
      return c.json({ samples: rows.map(show), next: last ?? null }, 200);
    })
    .openapi(relabelSamples, async (c) => {
      const { id } = c.req.valid('param');
      const { samples: ids, ...change } = c.req.valid('json');
      const changed = await db
        .update(samples)
        .set(changeOf(change))
        .where(and(eq(samples.datasetId, id), inArray(samples.id, ids)))
        .returning({ id: samples.id });
      return c.json({ changed: changed.length }, 200);
    })
    .openapi(relabelSample, async (c) => {
      const { id, sample } = c.req.valid('param');
      const [row] = await db
        .update(samples)
        .set(changeOf(c.req.valid('json')))
        .where(and(eq(samples.datasetId, id), eq(samples.id, sample)))
        .returning();
      if (!row) throw notFound('sample', sample);
      return c.json(show(row), 200);
    })
    .openapi(deleteSample, async (c) => {
      const row = await find(c.req.valid('param'));
      await db.delete(samples).where(eq(samples.id, row.id));
      if (row.blob !== null && (await db.$count(samples, eq(samples.blob, row.blob))) === 0) await blobs.remove(row.blob);
      return c.body(null, 204);
    })
    .openapi(sampleFile, async (c) => {
      const { blob, bytes, type, name } = await find(c.req.valid('param'));
      if (blob === null) throw notFound('file of sample', c.req.valid('param').sample);
      const saveAs = name.replace(/^.*\//, '');
      return sendFile(c, {
        location: await blobs.path(blob),
        bytes: bytes ?? 0,
        sha256: blob,
        type: type ?? 'application/octet-stream',
        saveAs,
        immutable: true,
      });
    })
    .openapi(sampleThumbnail, async (c) => {
      const { blob, outline } = await find(c.req.valid('param'));
      if (blob === null) throw notFound('picture of sample', c.req.valid('param').sample);
      const { size } = c.req.valid('query');
      const etag = `"${blob.slice(0, 32)}-${size}"`;
      const headers = { ETag: etag, 'Cache-Control': 'private, max-age=31536000, immutable' };
      if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers) as never;
      if (outline !== null) return c.body(waveform(outline, size), 200, { ...headers, 'Content-Type': 'image/svg+xml' });
      const picture = await thumbnailOf(await blobs.path(blob), size, config.limits);
      return c.body(new Uint8Array(picture), 200, { ...headers, 'Content-Type': 'image/webp' });
    });

  async function find({ id, sample }: { id: string; sample: string }) {
    const [row] = await db
      .select()
      .from(samples)
      .where(and(eq(samples.datasetId, id), eq(samples.id, sample)));
    if (!row) throw notFound('sample', sample);
    return row;
  }
}

/** What a request changes of a sample. @throws Problem 400 when it is nothing, 422 */
function changeOf(change: { label?: string | null | undefined; group?: string | null | undefined }) {
  const { label, group } = change;
  if (label === undefined && group === undefined) {
    throw new Problem(400, 'invalid-request', "There is neither a 'label' nor a 'group' in the body.", {
      hint: 'Send {"label": "cat"}, or null to take it away.',
    });
  }
  return {
    ...(label === undefined ? {} : { label: label === null ? null : safeLabel(label) }),
    ...(group === undefined ? {} : { group: group === null ? null : safeLabel(group, 'group') }),
  };
}

function show(row: typeof samples.$inferSelect): z.infer<typeof Sample> {
  const { id, name, label, split, group, text, type, bytes, width, height, seconds } = row;
  return { id, name, label, split, group, text, type, bytes, width, height, seconds };
}

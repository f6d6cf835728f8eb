import type { BackboneCard } from '@headstart/core';
import { createRoute, z } from '@hono/zod-openapi';
import { eq } from 'drizzle-orm';
import type { Deps } from '../app.ts';
import type { BackboneFile, Entry } from '../backbones/catalogue.ts';
import { takeBackbone } from '../backbones/intake.ts';
import { notFound, Problem } from '../errors.ts';
import { needs, requireScope } from '../security/guard.ts';
import { backbones, models } from '../store/schema.ts';
import { file, json, multipart, router, sendFile } from './common.ts';
import { Job, showJob } from './jobs.ts';

const Backbone = z
  .object({
    name: z.string(),
    title: z.string(),
    modality: z.string(),
    dimension: z.number().int().nullable(),
    bytes: z.number().nullable(),
    licence: z.string(),
    homepage: z.string(),
    own: z.boolean().openapi({ description: 'Uploaded here.' }),
    downloaded: z.boolean(),
    notes: z.array(z.string()).openapi({ description: 'What was assumed because nothing said it.' }),
  })
  .openapi('Backbone');

const tags = ['backbones'];
const nameParam = z.object({ name: z.string().max(64) });

const listBackbones = createRoute({
  method: 'get',
  path: '/backbones',
  tags,
  summary: 'List the pretrained models there are to start from',
  ...needs('read'),
  responses: { 200: json(z.object({ backbones: z.array(Backbone) }), 'Built-in ones, then your own.') },
});
const getBackbone = createRoute({
  method: 'get',
  path: '/backbones/{name}',
  tags,
  summary: 'Show a backbone',
  ...needs('read'),
  request: { params: nameParam },
  responses: { 200: json(Backbone, 'The backbone.') },
});
const uploadBackbone = createRoute({
  method: 'post',
  path: '/backbones',
  tags,
  summary: 'Upload an ONNX model of your own, as a stream',
  description: 'The model is opened before it is taken: what cannot be run is refused with the reason.',
  ...needs('write'),
  request: {
    body: multipart('The name first, then the files.', {
      name: 'Name of the backbone: a-z, 0-9, dot, dash, underscore.',
      card: 'Fields of a card as JSON (cut, pooling, image, text, licence, …), where the model does not say enough.',
      files: 'model.onnx, its external data, tokenizer.json, preprocessor_config.json and the like.',
    }),
  },
  responses: { 201: json(Backbone, 'The backbone.') },
});
const deleteBackbone = createRoute({
  method: 'delete',
  path: '/backbones/{name}',
  tags,
  summary: 'Delete a backbone that was uploaded',
  ...needs('write'),
  request: { params: nameParam },
  responses: { 204: { description: 'It is gone.' } },
});
const downloadBackbone = createRoute({
  method: 'post',
  path: '/backbones/{name}/download',
  tags,
  summary: 'Fetch a built-in backbone; the job tells the progress',
  ...needs('write'),
  request: { params: nameParam },
  responses: { 202: json(Job, 'The job that fetches it.') },
});
const listFiles = createRoute({
  method: 'get',
  path: '/backbones/{name}/files',
  tags,
  summary: 'List the files of a backbone',
  request: { params: nameParam },
  responses: {
    200: json(z.object({ files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })) }), 'The model first.'),
  },
});
const getFile = createRoute({
  method: 'get',
  path: '/backbones/{name}/files/{path}',
  tags,
  summary: 'A file of a backbone, for browsers',
  description:
    '`card.json` is the card itself. Parts (`Range`) and entity tags are understood. Files of built-in backbones need no key once they are downloaded.',
  request: { params: nameParam.extend({ path: z.string() }) },
  responses: { 200: file('application/octet-stream', 'The file.') },
});

export function backboneRoutes(deps: Deps) {
  const { catalogue, db, board, publicUrl } = deps;
  const app = router();
  app.openAPIRegistry.registerPath(getFile);
  return app
    .openapi(listBackbones, async (c) => c.json({ backbones: (await catalogue.list()).map(show) }, 200))
    .openapi(getBackbone, async (c) => c.json(show(await catalogue.find(c.req.valid('param').name)), 200))
    .openapi(uploadBackbone, async (c) => c.json(show(await takeBackbone(c.req.raw, deps)), 201))
    .openapi(deleteBackbone, async (c) => {
      const { name } = c.req.valid('param');
      const { spec, own } = await catalogue.find(name);
      if (!own) throw new Problem(409, 'built-in', `'${name}' comes with Headstart and cannot be deleted.`);
      const kept = new Set(spec.files?.map(({ blob }) => blob));
      const used = (await db.select().from(models)).find((model) => model.spec.files?.some(({ blob }) => kept.has(blob)));
      if (used)
        throw new Problem(409, 'in-use', `Model '${used.name}' needs this backbone.`, { hint: `DELETE /v1/models/${used.id} first.` });
      const gone = await db.delete(backbones).where(eq(backbones.name, name)).returning();
      if (gone.length === 0) throw notFound('backbone', name);
      const others = new Set((await db.select().from(backbones)).flatMap((row) => row.spec.files?.map(({ blob }) => blob) ?? []));
      for (const { blob } of spec.files ?? []) if (!others.has(blob)) await deps.blobs.remove(blob);
      return c.body(null, 204);
    })
    .openapi(downloadBackbone, async (c) => {
      const { name } = c.req.valid('param');
      const { own } = await catalogue.find(name);
      if (own) throw new Problem(409, 'own', `'${name}' was uploaded here; there is nothing to download.`);
      return c.json(showJob(await board.create({ kind: 'download', backbone: name })), 202);
    })
    .openapi(listFiles, async (c) => {
      const { name } = c.req.valid('param');
      const files = await filesFor(c, name);
      return c.json({ files: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })) }, 200);
    })
    .on(['GET', 'HEAD'], '/backbones/:name/files/:path{.+}', async (c) => {
      const { name, path } = c.req.param();
      if (path === 'card.json') {
        const { spec, own } = await catalogue.find(name);
        if (own) requireScope(c, 'read');
        const source = `${await publicUrl()}/v1/backbones/${encodeURIComponent(name)}/files/`;
        const card: BackboneCard = own ? { ...spec.card, source } : spec.card;
        return c.json(card, 200, { 'Cache-Control': 'no-cache' });
      }
      const found = (await filesFor(c, name)).find((each) => each.path === path);
      if (!found) throw notFound(`file of backbone '${name}'`, path);
      const type = path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
      // A built-in card is pinned to its files; an uploaded name may be given to other files later.
      const { own } = await catalogue.find(name);
      return sendFile(c, { ...found, type, immutable: !own, shared: !own });
    });

  /** Anyone may have the files of built-in backbones that are here; those with a key also have them fetched. */
  async function filesFor(c: Parameters<typeof requireScope>[0], name: string): Promise<readonly BackboneFile[]> {
    const { own, downloaded } = await catalogue.find(name);
    if (own || !downloaded) requireScope(c, 'read');
    return catalogue.files(name, true);
  }
}

function show({ spec, own, downloaded, dimension, notes }: Entry): z.infer<typeof Backbone> {
  const { name, title, modality, bytes, licence, homepage } = spec.card;
  const kept = spec.files?.reduce((sum, each) => sum + each.bytes, 0);
  return {
    name,
    title,
    modality,
    dimension: dimension ?? null,
    bytes: kept ?? bytes ?? null,
    licence,
    homepage,
    own,
    downloaded,
    notes: [...notes],
  };
}

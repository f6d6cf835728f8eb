import { createRoute, z } from '@hono/zod-openapi';
import { asc, desc, eq, sql } from 'drizzle-orm';
import type { Deps } from '../app.ts';
import { notFound } from '../errors.ts';
import { needs } from '../security/guard.ts';
import type { ModelRow } from '../serving.ts';
import { aliases, backbones, models } from '../store/schema.ts';
import { body, file, json, nameText, router, sendFile, slug, time } from './common.ts';

const Model = z
  .object({
    id: z.string(),
    name: z.string(),
    aliases: z.array(z.string()),
    modality: z.string(),
    backbone: z.string(),
    labels: z.array(z.string()),
    accuracy: z.number().nullable().openapi({ description: 'On the held-out samples, 0 to 1.' }),
    samples: z.number().int().openapi({ description: 'Trained on.' }),
    onnx: z.boolean().openapi({ description: 'Whether the merged ONNX file is there.' }),
    report: z.boolean(),
    dataset: z.string().nullable(),
    job: z.string().nullable(),
    createdAt: time,
  })
  .openapi('Model');

const tags = ['models'];
const modelParam = z.object({ model: z.string().max(64).openapi({ description: 'Id or alias of a model.' }) });
const get = <P extends string>(path: P, summary: string) => ({ method: 'get' as const, path, tags, summary, ...needs('read') });

const listModels = createRoute({
  ...get('/models', 'List models, the newest first'),
  responses: { 200: json(z.object({ models: z.array(Model) }), 'All of them.') },
});
const getModel = createRoute({
  ...get('/models/{model}', 'Show a model'),
  request: { params: modelParam },
  responses: { 200: json(Model, 'The model.') },
});
const getMetrics = createRoute({
  ...get('/models/{model}/metrics', 'How good a model is, and how it was trained'),
  request: { params: modelParam },
  responses: {
    200: json(
      z.object({ metrics: z.record(z.string(), z.unknown()).nullable(), training: z.record(z.string(), z.unknown()) }),
      'Metrics on the held-out samples.',
    ),
  },
});
const getReport = createRoute({
  ...get('/models/{model}/report', 'The report, a page that stands alone'),
  request: { params: modelParam },
  responses: { 200: file('text/html', 'The page.') },
});
const getBundle = createRoute({
  ...get('/models/{model}/bundle', 'The bundle: head, labels, where the backbone comes from'),
  request: { params: modelParam },
  responses: { 200: file('application/octet-stream', 'A .headstart file.') },
});
const getOnnx = createRoute({
  ...get('/models/{model}/onnx', 'Backbone and head as one ONNX file for any runtime'),
  request: { params: modelParam },
  responses: { 200: file('application/octet-stream', 'An .onnx file.') },
});
const renameModel = createRoute({
  method: 'patch',
  path: '/models/{model}',
  tags,
  summary: 'Rename a model',
  ...needs('train'),
  request: { params: modelParam, body: body(z.object({ name: nameText })) },
  responses: { 200: json(Model, 'The model.') },
});
const deleteModel = createRoute({
  method: 'delete',
  path: '/models/{model}',
  tags,
  summary: 'Delete a model and the aliases that lead to it',
  ...needs('train'),
  request: { params: modelParam },
  responses: { 204: { description: 'It is gone.' } },
});
const Alias = z.object({ alias: z.string(), model: z.string(), updatedAt: time }).openapi('Alias');
const listAliases = createRoute({
  ...get('/aliases', 'List aliases'),
  responses: { 200: json(z.object({ aliases: z.array(Alias) }), 'All of them.') },
});
const setAlias = createRoute({
  method: 'put',
  path: '/aliases/{alias}',
  tags,
  summary: 'Lead an alias to a model, whatever it led to before',
  ...needs('train'),
  request: { params: z.object({ alias: slug }), body: body(z.object({ model: z.string().max(64) })) },
  responses: { 200: json(Alias, 'The alias.') },
});
const deleteAlias = createRoute({
  method: 'delete',
  path: '/aliases/{alias}',
  tags,
  summary: 'Delete an alias; the model stays',
  ...needs('train'),
  request: { params: z.object({ alias: slug }) },
  responses: { 204: { description: 'It is gone.' } },
});

export function modelRoutes({ db, blobs, serving }: Deps) {
  return router()
    .openapi(listModels, async (c) => {
      const [rows, names] = [await db.select().from(models).orderBy(desc(models.id)), await db.select().from(aliases)];
      return c.json(
        {
          models: rows.map((row) =>
            show(
              row,
              names.flatMap(({ alias, modelId }) => (modelId === row.id ? [alias] : [])),
            ),
          ),
        },
        200,
      );
    })
    .openapi(getModel, async (c) => c.json(await full(c.req.valid('param').model), 200))
    .openapi(getMetrics, async (c) => {
      const { metrics, training } = await serving.model(c.req.valid('param').model);
      return c.json({ metrics, training }, 200);
    })
    .openapi(getReport, async (c) => {
      const { report, name } = await serving.model(c.req.valid('param').model);
      if (report === null) throw notFound('report of model', name);
      // The page holds names of files and texts of others: it may show itself and do nothing.
      c.header('Content-Security-Policy', "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'");
      return c.body((await blobs.text(report)) as never, 200, { 'Content-Type': 'text/html; charset=utf-8' });
    })
    .openapi(getBundle, async (c) => {
      const { bundle, name } = await serving.model(c.req.valid('param').model);
      return sendFile(c, {
        location: await blobs.path(bundle),
        ...(await blobs.stat(bundle)),
        type: 'application/octet-stream',
        saveAs: `${name}.headstart`,
      });
    })
    .openapi(getOnnx, async (c) => {
      const { onnx, name, id } = await serving.model(c.req.valid('param').model);
      if (onnx === null) {
        const problem = notFound('ONNX file of model', name);
        throw Object.assign(problem, { hint: `POST /v1/jobs {"kind":"export","model":"${id}"} writes it.` });
      }
      return sendFile(c, {
        location: await blobs.path(onnx),
        ...(await blobs.stat(onnx)),
        type: 'application/octet-stream',
        saveAs: `${name}.onnx`,
      });
    })
    .openapi(renameModel, async (c) => {
      const { id } = await serving.model(c.req.valid('param').model);
      await db.update(models).set(c.req.valid('json')).where(eq(models.id, id));
      serving.forget();
      return c.json(await full(id), 200);
    })
    .openapi(deleteModel, async (c) => {
      const { id, bundle, report, onnx, spec } = await serving.model(c.req.valid('param').model);
      await db.delete(models).where(eq(models.id, id));
      serving.forget();
      // The same training twice gives the same files.
      const left = await db.select({ bundle: models.bundle, report: models.report, onnx: models.onnx, spec: models.spec }).from(models);
      const own = await db.select({ spec: backbones.spec }).from(backbones);
      const filesOf = ({ spec: each }: Pick<ModelRow, 'spec'>) => each.files?.map(({ blob }) => blob) ?? [];
      const used = new Set([...left.flatMap((row) => [row.bundle, row.report, row.onnx]), ...[...left, ...own].flatMap(filesOf)]);
      // A backbone that came with a project may be nobody else's.
      for (const blob of [bundle, report, onnx, ...filesOf({ spec })]) if (blob !== null && !used.has(blob)) await blobs.remove(blob);
      return c.body(null, 204);
    })
    .openapi(listAliases, async (c) =>
      c.json({ aliases: (await db.select().from(aliases).orderBy(asc(aliases.alias))).map(showAlias) }, 200),
    )
    .openapi(setAlias, async (c) => {
      const { alias } = c.req.valid('param');
      const { id: modelId } = await serving.model(c.req.valid('json').model);
      const set = { modelId, updatedAt: sql`now()` };
      const [row] = await db.insert(aliases).values({ alias, modelId }).onConflictDoUpdate({ target: aliases.alias, set }).returning();
      serving.forget();
      return c.json(showAlias(row as typeof aliases.$inferSelect), 200);
    })
    .openapi(deleteAlias, async (c) => {
      const { alias } = c.req.valid('param');
      const gone = await db.delete(aliases).where(eq(aliases.alias, alias)).returning();
      if (gone.length === 0) throw notFound('alias', alias);
      serving.forget();
      return c.body(null, 204);
    });

  async function full(name: string): Promise<z.infer<typeof Model>> {
    const row = await serving.model(name);
    const names = await db.select().from(aliases).where(eq(aliases.modelId, row.id)).orderBy(asc(aliases.alias));
    return show(
      row,
      names.map(({ alias }) => alias),
    );
  }
}

function show(row: ModelRow, names: string[]): z.infer<typeof Model> {
  const { id, name, modality, spec, labels, metrics, training, onnx, report, datasetId, jobId, createdAt } = row;
  return {
    id,
    name,
    aliases: names,
    modality,
    backbone: spec.card.name,
    labels,
    accuracy: typeof metrics?.accuracy === 'number' ? metrics.accuracy : null,
    samples: Number(training.samples),
    onnx: onnx !== null,
    report: report !== null,
    dataset: datasetId,
    job: jobId,
    createdAt: createdAt.toISOString(),
  };
}

function showAlias({ alias, modelId, updatedAt }: typeof aliases.$inferSelect): z.infer<typeof Alias> {
  return { alias, model: modelId, updatedAt: updatedAt.toISOString() };
}

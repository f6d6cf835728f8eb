import { rm } from 'node:fs/promises';
import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../app.ts';
import { Problem } from '../errors.ts';
import { readMultipart } from '../ingest/multipart.ts';
import { safeName } from '../ingest/names.ts';
import { describeProject, zipOf } from '../projects/export.ts';
import type { Imported } from '../projects/import.ts';
import { needs, requireScope } from '../security/guard.ts';
import { attachment, idParam, json, multipart, router } from './common.ts';
import { Dataset, Report, showDataset, showReport } from './dataset-view.ts';

const Answer = z
  .object({
    dataset: Dataset,
    report: Report,
    models: z.array(z.string()).openapi({ description: 'Ids of what its finished runs became, the newest last.' }),
    alias: z.string().nullable().openapi({ description: 'Leads to the newest of them.' }),
    notes: z.array(z.string()).openapi({ description: 'What was not taken as it is.' }),
  })
  .openapi('ImportedProject');

const tags = ['projects'];
const binary = z.string().openapi({ format: 'binary' });

const importProject = createRoute({
  method: 'post',
  path: '/projects',
  tags,
  summary: 'Take a project of the terminal or the web studio',
  description:
    'A zip with a headstart.json at its top or in a folder, or that file alone. Its data become a dataset, samples that it excludes left out; its backbone and head settings are what trainings on the dataset take; its finished runs become models, and an alias named after the project leads to the newest. The key also needs the scope `train`.',
  ...needs('write'),
  request: { body: multipart('One file.', { files: 'The .zip, or headstart.json.' }) },
  responses: { 201: json(Answer, 'What it became.') },
});
const exportProject = createRoute({
  method: 'get',
  path: '/datasets/{id}/project',
  tags,
  summary: 'A dataset as a project that the terminal and the web studio open',
  description: 'headstart.json, the samples by class, the models trained on them with report and ONNX file, and a backbone of your own.',
  ...needs('read'),
  request: {
    params: idParam,
    query: z.object({ format: z.enum(['zip', 'json']).default('zip').openapi({ description: '`json` is headstart.json alone.' }) }),
  },
  responses: {
    200: {
      description: 'The project.',
      content: { 'application/zip': { schema: binary }, 'application/json': { schema: z.record(z.string(), z.unknown()) } },
    },
  },
});

export function projectRoutes({ db, blobs, catalogue, config, projects, datasetFor }: Deps) {
  return router()
    .openapi(importProject, async (c) => {
      // Models and aliases come of it too.
      requireScope(c, 'train');
      let imported: Imported | undefined;
      await readMultipart(
        c.req.raw,
        { bytes: config.limits.uploadBytes, files: 1 },
        {
          file: async ({ name: given, stream }) => {
            const name = safeName(given);
            if (!/\.(zip|json)$/i.test(name)) {
              throw new Problem(
                422,
                'invalid-data',
                `'${name}' is no project: a zip with a headstart.json in it, or that file, is expected.`,
              );
            }
            const received = await blobs.receive(stream, config.limits.uploadBytes, `'${name}'`);
            try {
              imported = await projects.take(received, name);
            } finally {
              await rm(received.path, { force: true });
            }
          },
        },
      );
      if (!imported)
        throw new Problem(422, 'invalid-data', 'There was no file in the body.', { hint: "With curl: -F 'files=@project.zip'." });
      const { dataset, report, models, alias, notes } = imported;
      return c.json(
        {
          dataset: await showDataset(db, dataset),
          report: showReport(report),
          models: [...models],
          alias: alias ?? null,
          notes: [...notes],
        },
        201,
      );
    })
    .openapi(exportProject, async (c) => {
      const { id } = c.req.valid('param');
      const dataset = await datasetFor(id);
      const { classes } = await showDataset(db, id);
      const { project, entries } = await describeProject(
        dataset,
        classes.map(({ label }) => label),
        { db, catalogue },
      );
      if (c.req.valid('query').format === 'json') return c.json({ ...project }, 200);
      return c.body(zipOf(entries, blobs), 200, {
        'Content-Type': 'application/zip',
        'Content-Disposition': attachment(`${dataset.name}.zip`),
      }) as never;
    });
}

import { createRoute, z } from '@hono/zod-openapi';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Deps } from '../app.ts';
import { notFound, Problem } from '../errors.ts';
import { newId } from '../ids.ts';
import { readMultipart } from '../ingest/multipart.ts';
import { safeLabel } from '../ingest/names.ts';
import type { UploadOptions } from '../ingest/options.ts';
import type { IntakeReport } from '../ingest/writer.ts';
import { Settings } from '../projects/settings.ts';
import { needs } from '../security/guard.ts';
import { datasets, jobs, samples } from '../store/schema.ts';
import { body, idParam, json, multipart, nameText, router } from './common.ts';
import { Dataset, Report, showDataset, showReport } from './dataset-view.ts';

const tags = ['datasets'];

const createDataset = createRoute({
  method: 'post',
  path: '/datasets',
  tags,
  summary: 'Make an empty dataset',
  ...needs('write'),
  request: { body: body(z.object({ name: nameText })) },
  responses: { 201: json(Dataset, 'The dataset.') },
});
const listDatasets = createRoute({
  method: 'get',
  path: '/datasets',
  tags,
  summary: 'List datasets, the newest first',
  ...needs('read'),
  responses: { 200: json(z.object({ datasets: z.array(Dataset) }), 'All of them.') },
});
const getDataset = createRoute({
  method: 'get',
  path: '/datasets/{id}',
  tags,
  summary: 'Show a dataset with its classes',
  ...needs('read'),
  request: { params: idParam },
  responses: { 200: json(Dataset, 'The dataset.') },
});
const renameDataset = createRoute({
  method: 'patch',
  path: '/datasets/{id}',
  tags,
  summary: 'Rename a dataset, or change what its trainings take',
  ...needs('write'),
  request: { params: idParam, body: body(z.object({ name: nameText.optional(), settings: Settings.optional() })) },
  responses: { 200: json(Dataset, 'The dataset.') },
});
const deleteDataset = createRoute({
  method: 'delete',
  path: '/datasets/{id}',
  tags,
  summary: 'Delete a dataset and its samples; models stay',
  ...needs('write'),
  request: { params: idParam },
  responses: { 204: { description: 'It is gone.' } },
});
const upload = createRoute({
  method: 'post',
  path: '/datasets/{id}/upload',
  tags,
  summary: 'Upload pictures, clips, zip archives and tables, as a stream',
  description:
    'The class of a picture or clip is the field `label` before it, the folder in its file name (`cat/1.jpg`), or for clips what stands before the first `_` (`yes_ann_3.wav`). A zip holds class folders, `train/` and `test/` above them or not; or files and a table that lists them (columns `path`, `label`, and for clips `start` and `end` in seconds and `speaker`); or tables of texts. CSV, TSV and JSONL have a text and a label column. What is of one group (a speaker, a scene) stays on one side of the split. Files of the same name replace each other, so that an upload that broke off is simply sent again.',
  ...needs('write'),
  request: {
    params: idParam,
    body: multipart('Fields apply to the files after them.', {
      label: 'Class of the files that follow.',
      textColumn: 'Column of the texts, for tables; found by name when left out.',
      labelColumn: 'Column of the labels, for tables; found by name when left out.',
      groupColumn: 'Column of the groups, for tables; `speaker` and `group` of lists are found by name.',
      group: 'Group of the files that follow, such as who speaks in all of them.',
      groupPart: 'Which part of a file’s name is its group, the name cut at `_`: 2 for `yes_ann_3.wav`.',
      files: 'Pictures (JPEG, PNG, WebP, GIF, AVIF, TIFF, BMP), clips (WAV, MP3, FLAC, Ogg Vorbis or Opus), .zip, .csv, .tsv, .jsonl.',
    }),
  },
  responses: { 201: json(Report, 'What was taken, and what was not.') },
});
const addTexts = createRoute({
  method: 'post',
  path: '/datasets/{id}/samples',
  tags,
  summary: 'Add texts',
  ...needs('write'),
  request: {
    params: idParam,
    body: body(
      z.object({
        samples: z
          .array(
            z.object({
              text: z.string(),
              label: z.string().optional(),
              group: z.string().optional(),
              name: z.string().max(400).optional(),
            }),
          )
          .min(1)
          .max(10_000),
      }),
    ),
  },
  responses: { 201: json(Report, 'What was taken, and what was not.') },
});

export function datasetRoutes({ db, blobs, intake, config }: Deps) {
  return router()
    .openapi(createDataset, async (c) => {
      const { name } = c.req.valid('json');
      const id = newId('ds');
      await db.insert(datasets).values({ id, name });
      return c.json(await showDataset(db, id), 201);
    })
    .openapi(listDatasets, async (c) => {
      const rows = await db.select({ id: datasets.id }).from(datasets).orderBy(desc(datasets.id));
      return c.json({ datasets: await Promise.all(rows.map(({ id }) => showDataset(db, id))) }, 200);
    })
    .openapi(getDataset, async (c) => c.json(await showDataset(db, c.req.valid('param').id), 200))
    .openapi(renameDataset, async (c) => {
      const { id } = c.req.valid('param');
      const { name, settings } = c.req.valid('json');
      if (name === undefined && settings === undefined)
        throw new Problem(400, 'invalid-request', "There is neither a 'name' nor 'settings' in the body.");
      const change = { ...(name === undefined ? {} : { name }), ...(settings === undefined ? {} : { settings }) };
      await db.update(datasets).set(change).where(eq(datasets.id, id));
      return c.json(await showDataset(db, id), 200);
    })
    .openapi(deleteDataset, async (c) => {
      const { id } = c.req.valid('param');
      const gone = await db.transaction(async (tx) => {
        const using = await tx
          .select({ id: jobs.id })
          .from(jobs)
          .where(and(inArray(jobs.status, ['queued', 'running']), sql`${jobs.params}->>'dataset' = ${id}`));
        const [job] = using;
        if (job) throw new Problem(409, 'in-use', `Job '${job.id}' is on this dataset.`, { hint: 'Cancel the job or wait for it.' });
        const kept = await tx.selectDistinct({ blob: samples.blob }).from(samples).where(eq(samples.datasetId, id));
        const deleted = await tx.delete(datasets).where(eq(datasets.id, id)).returning();
        if (deleted.length === 0) throw notFound('dataset', id);
        return kept.flatMap(({ blob }) => blob ?? []);
      });
      for (const blob of gone) if ((await db.$count(samples, eq(samples.blob, blob))) === 0) await blobs.remove(blob);
      return c.body(null, 204);
    })
    .openapi(upload, async (c) => {
      const { id } = c.req.valid('param');
      await showDataset(db, id);
      const { limits } = config;
      const report: IntakeReport = { accepted: 0, skipped: [] };
      let options: UploadOptions = {};
      await readMultipart(
        c.req.raw,
        { bytes: limits.uploadBytes, files: limits.samples },
        {
          field: (name, value) => {
            options = withField(options, name, value);
          },
          file: ({ name, stream }) => intake.file(id, name, stream, options, report),
        },
      );
      return c.json(finished(report), 201);
    })
    .openapi(addTexts, async (c) => {
      const { id } = c.req.valid('param');
      await showDataset(db, id);
      const report: IntakeReport = { accepted: 0, skipped: [] };
      const given = c.req.valid('json').samples.map(({ text, label, group, name }) => ({ text, label, group, name: name ?? newId('smp') }));
      await intake.texts(id, given, report);
      return c.json(finished(report), 201);
    });
}

/** @throws Problem 422 when nothing could be taken */
function finished({ accepted, skipped }: IntakeReport): z.infer<typeof Report> {
  if (accepted === 0) {
    const [first] = skipped;
    const hint = 'Send pictures, clips, a zip of class folders, or a table with a text column.';
    if (!first) throw new Problem(422, 'invalid-data', 'There was no file in the upload.', { hint });
    const detail =
      skipped.length === 1
        ? first.reason
        : `None of the ${skipped.length} files could be taken. The first, '${first.name}': ${first.reason}`;
    throw new Problem(422, 'invalid-data', detail, {
      hint,
      errors: skipped.slice(0, 100).map(({ name, reason }) => ({ path: name, message: reason })),
    });
  }
  return showReport({ accepted, skipped });
}

/** The options with a field of the form; an empty one takes back what was said before. @throws Problem 400, 422 */
function withField(options: UploadOptions, name: string, value: string): UploadOptions {
  if (!isField(name)) return options;
  const { [name]: _, ...rest } = options;
  if (value === '') return rest;
  if (name === 'label' || name === 'group') return { ...rest, [name]: safeLabel(value, name) };
  if (name !== 'groupPart') return { ...rest, [name]: value };
  if (/^[1-9]\d?$/.test(value)) return { ...rest, groupPart: Number(value) };
  throw new Problem(400, 'invalid-request', "The field 'groupPart' cannot be meant: a whole number from 1 to 99 is expected.", {
    hint: 'It counts the parts of a file name between underscores: 2 is ann in yes_ann_3.wav.',
  });
}

function isField(name: string): name is keyof UploadOptions {
  return ['label', 'textColumn', 'labelColumn', 'groupColumn', 'group', 'groupPart'].includes(name);
}

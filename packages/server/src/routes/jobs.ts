import { createRoute, z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import type { Deps } from '../app.ts';
import { notFound, Problem } from '../errors.ts';
import type { JobRow } from '../jobs/board.ts';
import { requireModality } from '../jobs/steps.ts';
import { headOf, headShape } from '../projects/settings.ts';
import { needs } from '../security/guard.ts';
import { body, file, idParam, json, nameText, router, sendFile, slug, time } from './common.ts';

const TrainParams = z
  .object({
    kind: z.literal('train'),
    dataset: z.string().max(64),
    backbone: z.string().max(64).optional().openapi({
      description: 'The dataset’s when left out, else densenet121 for pictures, minilm-l6 for texts and speech-embedding for clips.',
    }),
    name: nameText.optional().openapi({ description: 'Of the model; the dataset’s when left out.' }),
    cut: z
      .string()
      .max(400)
      .optional()
      .openapi({ description: 'The value of the model that features leave by; the card’s when left out.' }),
    size: z.number().int().min(16).max(1024).optional().openapi({ description: 'Height and width of image inputs, in pixels.' }),
    ...z.object(headShape).partial().shape,
    alias: slug.optional().openapi({ description: 'Leads to the model once it is there, such as `prod`.' }),
    exportOnnx: z.boolean().default(true),
  })
  .openapi('TrainParams', {
    description:
      'What is left out is what the settings of the dataset say, else l2 `auto`, 5 folds, seed 0, a test share of 0.2 and no class weights.',
  });
const ExtractParams = z
  .object({
    kind: z.literal('extract'),
    dataset: z.string().max(64),
    backbone: z.string().max(64),
    size: z.number().int().min(16).max(1024).optional(),
  })
  .openapi('ExtractParams');
const ExportParams = z.object({ kind: z.literal('export'), model: z.string().max(64) }).openapi('ExportParams');
const DownloadParams = z.object({ kind: z.literal('download'), backbone: z.string().max(64) }).openapi('DownloadParams');

const status = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);

export const Job = z
  .object({
    id: z.string(),
    kind: z.enum(['train', 'extract', 'export', 'download']),
    status,
    params: z.record(z.string(), z.unknown()),
    progress: z.object({ phase: z.string(), done: z.number(), total: z.number(), unit: z.string() }).nullable(),
    result: z
      .object({
        model: z.string().optional(),
        samples: z.number().optional(),
        dimension: z.number().optional(),
        accuracy: z.number().optional(),
        engine: z.string().optional(),
        skipped: z.array(z.object({ id: z.string(), reason: z.string() })).optional(),
      })
      .nullable(),
    error: z.object({ status: z.number(), code: z.string(), detail: z.string(), hint: z.string().optional() }).nullable(),
    attempt: z.number().int(),
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
  })
  .openapi('Job');

const tags = ['jobs'];

const createJob = createRoute({
  method: 'post',
  path: '/jobs',
  tags,
  summary: 'Train, extract, export or download',
  ...needs('train'),
  request: { body: body(z.discriminatedUnion('kind', [TrainParams, ExtractParams, ExportParams, DownloadParams])) },
  responses: { 202: json(Job, 'The job, in the queue.') },
});
const listJobs = createRoute({
  method: 'get',
  path: '/jobs',
  tags,
  summary: 'List jobs, the newest first',
  ...needs('read'),
  request: {
    query: z.object({
      status: status.optional(),
      before: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: json(z.object({ jobs: z.array(Job) }), 'A page of jobs; `before` takes the id of the last one.') },
});
const getJob = createRoute({
  method: 'get',
  path: '/jobs/{id}',
  tags,
  summary: 'Show a job',
  ...needs('read'),
  request: { params: idParam },
  responses: { 200: json(Job, 'The job.') },
});
const jobEvents = createRoute({
  method: 'get',
  path: '/jobs/{id}/events',
  tags,
  summary: 'Follow a job: server-sent events',
  description:
    'Events `status`, `progress` and `log`, from the first one on, or from the one after `Last-Event-ID`. The stream ends with the job; after that, 204 tells that nothing more will come.',
  ...needs('read'),
  request: { params: idParam, headers: z.object({ 'last-event-id': z.string().optional() }) },
  responses: {
    200: { description: 'The events.', content: { 'text/event-stream': { schema: z.string() } } },
    204: { description: 'The job has ended, and everything was told.' },
  },
});
const jobLogs = createRoute({
  method: 'get',
  path: '/jobs/{id}/logs',
  tags,
  summary: 'What a job said on its way',
  ...needs('read'),
  request: { params: idParam },
  responses: {
    200: json(z.object({ logs: z.array(z.object({ time, level: z.string(), message: z.string() })) }), 'In order; the last thousand.'),
  },
});
const jobFeatures = createRoute({
  method: 'get',
  path: '/jobs/{id}/features',
  tags,
  summary: 'The features of an extraction, as safetensors',
  ...needs('read'),
  request: { params: idParam },
  responses: { 200: file('application/octet-stream', '`features` float32[N, D]; ids and labels are in its metadata.') },
});
const cancelJob = createRoute({
  method: 'post',
  path: '/jobs/{id}/cancel',
  tags,
  summary: 'Cancel a job; what it extracted is kept for the next one',
  ...needs('train'),
  request: { params: idParam },
  responses: { 200: json(Job, 'The job.') },
});
const retryJob = createRoute({
  method: 'post',
  path: '/jobs/{id}/retry',
  tags,
  summary: 'Start a failed or cancelled job again where it stopped',
  ...needs('train'),
  request: { params: idParam },
  responses: { 202: json(Job, 'The job, in the queue.') },
});

/** The backbones of trainings that name none, as the command line has them. */
const usual = { image: 'densenet121', text: 'minilm-l6', audio: 'speech-embedding' } as const;

/** Milliseconds between two looks at what other processes wrote, and between two signs of life. */
const poll = 1000;
const keepAlive = 15_000;

export function jobRoutes({ board, blobs, catalogue, datasetFor, serving, closing }: Deps) {
  return router()
    .openapi(createJob, async (c) => {
      const asked = c.req.valid('json');
      if (asked.kind === 'export')
        return c.json(showJob(await board.create({ ...asked, model: (await serving.model(asked.model)).id })), 202);
      if (asked.kind === 'download') {
        if ((await catalogue.find(asked.backbone)).own)
          throw new Problem(409, 'own', `'${asked.backbone}' was uploaded here; there is nothing to download.`);
        return c.json(showJob(await board.create(asked)), 202);
      }
      const dataset = await datasetFor(asked.dataset);
      const { backbone: own, head = {} } = dataset.settings;
      const { spec } = await catalogue.find(asked.backbone ?? own?.name ?? usual[dataset.modality ?? 'image']);
      requireModality(dataset.modality, dataset.name, spec.card);
      const backbone = spec.card.name;
      if (asked.kind === 'extract') return c.json(showJob(await board.create({ ...asked, backbone })), 202);
      // Cut and size are of a backbone: of another one they mean nothing.
      const { cut, size } = asked.backbone === undefined || asked.backbone === own?.name ? { ...own, ...asked } : asked;
      const settings = { ...asked, ...headOf(asked, head), backbone, cut, size, name: asked.name ?? dataset.name };
      return c.json(showJob(await board.create(settings)), 202);
    })
    .openapi(listJobs, async (c) => c.json({ jobs: (await board.list(c.req.valid('query'))).map(showJob) }, 200))
    .openapi(getJob, async (c) => c.json(showJob(await board.find(c.req.valid('param').id)), 200))
    .openapi(jobEvents, async (c) => {
      const { id } = c.req.valid('param');
      const given = Number(c.req.valid('header')['last-event-id'] ?? 0);
      let last = Number.isSafeInteger(given) && given >= 0 ? given : 0;
      const ended = async () => !['queued', 'running'].includes((await board.find(id)).status);
      if ((await ended()) && (await board.eventsAfter(id, last, 1)).length === 0) return c.body(null, 204);
      c.header('X-Accel-Buffering', 'no');
      return streamSSE(c, async (stream) => {
        let quiet = 0;
        while (!stream.aborted && !closing.aborted) {
          // Asked before the events are read, so that none that comes in between is missed.
          const over = await ended();
          const events = await board.eventsAfter(id, last);
          for (const { id: event, event: name, data, createdAt } of events) {
            last = event;
            await stream.writeSSE({
              id: String(event),
              event: name,
              data: JSON.stringify({ ...(data as object), time: createdAt.toISOString() }),
            });
          }
          if (over && events.length === 0) return;
          if (events.length > 0) {
            quiet = 0;
            continue;
          }
          await changed(id, stream);
          quiet += poll;
          if (quiet >= keepAlive) {
            quiet = 0;
            await stream.write(': still here\n\n');
          }
        }
      }) as never;
    })
    .openapi(jobLogs, async (c) => {
      const { id } = c.req.valid('param');
      await board.find(id);
      const events = await board.eventsAfter(id, 0, 100_000);
      const logs = events
        .filter(({ event }) => event === 'log')
        .map(({ data, createdAt }) => ({ time: createdAt.toISOString(), ...(data as { level: string; message: string }) }));
      return c.json({ logs: logs.slice(-1000) }, 200);
    })
    .openapi(jobFeatures, async (c) => {
      const { id } = c.req.valid('param');
      const { result } = await board.find(id);
      if (!result?.features) throw notFound('file of features of job', id);
      const location = await blobs.path(result.features);
      return sendFile(c, {
        location,
        ...(await blobs.stat(result.features)),
        type: 'application/octet-stream',
        saveAs: `${id}.safetensors`,
        immutable: true,
      });
    })
    .openapi(cancelJob, async (c) => c.json(showJob(await board.cancel(c.req.valid('param').id)), 200))
    .openapi(retryJob, async (c) => c.json(showJob(await board.retry(c.req.valid('param').id)), 202));

  /** Returns when the job changes in this process, and after a while in any case. */
  function changed(id: string, stream: { onAbort(listener: () => void): void }): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        board.changes.off(id, end);
        closing.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, poll);
      board.changes.once(id, end);
      closing.addEventListener('abort', end, { once: true });
      stream.onAbort(end);
    });
  }
}

export function showJob(row: JobRow): z.infer<typeof Job> {
  const { id, kind, status, params, progress, result, error, attempt, createdAt, startedAt, finishedAt } = row;
  const { features: _, skipped, ...shown } = result ?? {};
  return {
    id,
    kind,
    status,
    params: { ...params },
    progress: progress ?? null,
    result: result ? { ...shown, ...(skipped ? { skipped: [...skipped] } : {}) } : null,
    error: error ? { status: error.status, code: error.code, detail: error.detail, ...(error.hint ? { hint: error.hint } : {}) } : null,
    attempt,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type { BackboneSpec } from '../backbones/spec.ts';
import type { ProblemBody } from '../errors.ts';
import type { UploadOptions } from '../ingest/options.ts';
import type { JobParams, JobProgress, JobResult } from '../jobs/job.ts';
import type { DatasetSettings } from '../projects/settings.ts';

export type Modality = 'image' | 'text' | 'audio';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const created = () => time('created_at').notNull().defaultNow();

/** Keys of the API: only what a key hashes to is kept. */
export const apiKeys = pgTable('api_keys', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** SHA-256 of the key, hexadecimal; a key has 256 random bits, so that no slow hash is needed. */
  hash: text('hash').notNull().unique(),
  /** The first characters, to tell keys apart. */
  hint: text('hint').notNull(),
  scopes: text('scopes').array().notNull(),
  createdAt: created(),
  expiresAt: time('expires_at'),
  revokedAt: time('revoked_at'),
});

export const datasets = pgTable('datasets', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Of its samples; unset until the first one. */
  modality: text('modality').$type<Modality>(),
  /** What trainings on it take where they are told nothing else, and the order of its classes. */
  settings: jsonb('settings').$type<DatasetSettings>().notNull().default({}),
  /** Folder of the project that it is of, where the server was started on one. */
  origin: text('origin').unique(),
  createdAt: created(),
});

export const samples = pgTable(
  'samples',
  {
    id: text('id').primaryKey(),
    datasetId: text('dataset_id')
      .notNull()
      .references(() => datasets.id, { onDelete: 'cascade' }),
    /** Order of arrival; lists are paged by it. */
    position: bigserial('position', { mode: 'number' }).notNull(),
    /** As the upload called it: a path, or a table and a line. Unique in its dataset. */
    name: text('name').notNull(),
    label: text('label'),
    /** `train` or `test` where the data came split. */
    split: text('split').$type<'train' | 'test'>(),
    /** What it has in common with others that must not be on both sides of a split: a speaker, a scene. */
    group: text('group_name'),
    text: text('text'),
    /** SHA-256 of a picture's or clip's file. */
    blob: text('blob'),
    type: text('type'),
    bytes: bigint('bytes', { mode: 'number' }),
    /** Of a picture, in pixels. */
    width: integer('width'),
    height: integer('height'),
    /** Of a clip. */
    seconds: doublePrecision('seconds'),
    /** Lowest and highest value of equal parts of a clip, base64 of signed bytes in turn: what its picture is drawn from. */
    outline: text('outline'),
    createdAt: created(),
  },
  (table) => [
    unique('samples_name').on(table.datasetId, table.name),
    index('samples_order').on(table.datasetId, table.position),
    index('samples_label').on(table.datasetId, table.label),
    index('samples_blob').on(table.blob),
  ],
);

/** Archives and tables that are stored and being unpacked; a row that is left by a crash is gone on with. */
export const uploads = pgTable('uploads', {
  id: text('id').primaryKey(),
  datasetId: text('dataset_id')
    .notNull()
    .references(() => datasets.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  blob: text('blob').notNull(),
  options: jsonb('options').$type<UploadOptions>().notNull(),
  /** Moved on while somebody works on it. */
  touchedAt: time('touched_at').notNull().defaultNow(),
});

/** Backbones of the user's own. */
export const backbones = pgTable('backbones', {
  name: text('name').primaryKey(),
  spec: jsonb('spec').$type<BackboneSpec>().notNull(),
  dimension: integer('dimension').notNull(),
  notes: text('notes').array().notNull(),
  createdAt: created(),
});

export const jobs = pgTable(
  'jobs',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<JobParams['kind']>().notNull(),
    status: text('status').$type<'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'>().notNull(),
    params: jsonb('params').$type<JobParams>().notNull(),
    progress: jsonb('progress').$type<JobProgress>(),
    result: jsonb('result').$type<JobResult>(),
    error: jsonb('error').$type<ProblemBody>(),
    /** Blob with the samples as they were when the job was planned. */
    manifest: text('manifest'),
    /** Raised by every retry, so that what an earlier attempt left in the queue is nothing. */
    attempt: integer('attempt').notNull().default(1),
    createdAt: created(),
    startedAt: time('started_at'),
    finishedAt: time('finished_at'),
  },
  (table) => [index('jobs_order').on(table.createdAt), index('jobs_status').on(table.status)],
);

/** What subscribers of a job are told, in order; `id` is their Last-Event-ID. */
export const jobEvents = pgTable(
  'job_events',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    event: text('event').$type<'status' | 'progress' | 'log'>().notNull(),
    data: jsonb('data').notNull(),
    createdAt: created(),
  },
  (table) => [index('job_events_order').on(table.jobId, table.id)],
);

/** Parts of an extraction, taken by any worker. */
export const shards = pgTable(
  'shards',
  {
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    samples: integer('samples').notNull(),
    done: integer('done').notNull().default(0),
    /** Blob with its features, once they are there. */
    features: text('features'),
    /** Who computed it: host and process. */
    worker: text('worker'),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.number] })],
);

export const models = pgTable(
  'models',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    jobId: text('job_id'),
    datasetId: text('dataset_id'),
    spec: jsonb('spec').$type<BackboneSpec>().notNull(),
    modality: text('modality').$type<BackboneSpec['card']['modality']>().notNull(),
    labels: text('labels').array().notNull(),
    /** `Metrics` of core, on the held-out samples. */
    metrics: jsonb('metrics').$type<Record<string, unknown>>(),
    training: jsonb('training').$type<Record<string, unknown>>().notNull(),
    bundle: text('bundle').notNull(),
    report: text('report'),
    onnx: text('onnx'),
    createdAt: created(),
  },
  (table) => [index('models_order').on(table.createdAt)],
);

/** Names that lead to a model and can be led to another one. */
export const aliases = pgTable('aliases', {
  alias: text('alias').primaryKey(),
  modelId: text('model_id')
    .notNull()
    .references(() => models.id, { onDelete: 'cascade' }),
  updatedAt: time('updated_at').notNull().defaultNow(),
});

/** Facts of the installation, such as whether its first key was printed. */
export const facts = pgTable('facts', { name: text('name').primaryKey(), value: text('value').notNull() });

export const now = sql`now()`;

import { z } from '@hono/zod-openapi';
import { asc, eq, sql } from 'drizzle-orm';
import { notFound } from '../errors.ts';
import type { IntakeReport } from '../ingest/writer.ts';
import { Settings } from '../projects/settings.ts';
import type { Db } from '../store/database.ts';
import { datasets, samples } from '../store/schema.ts';
import { time } from './common.ts';

export const Dataset = z
  .object({
    id: z.string(),
    name: z.string(),
    modality: z.enum(['image', 'text', 'audio']).nullable(),
    samples: z.number().int(),
    unlabelled: z.number().int(),
    classes: z.array(z.object({ label: z.string(), samples: z.number().int() })),
    settings: Settings,
    createdAt: time,
  })
  .openapi('Dataset');

export const Report = z
  .object({
    accepted: z.number().int().openapi({ description: 'Samples that are in the dataset now; one that was there already is replaced.' }),
    skipped: z
      .array(z.object({ name: z.string(), reason: z.string() }))
      .openapi({ description: 'What was left out, and why; the first thousand.' }),
    skippedCount: z.number().int(),
  })
  .openapi('IntakeReport');

/** @throws Problem 404 */
export async function showDataset(db: Db, id: string): Promise<z.infer<typeof Dataset>> {
  const [row] = await db.select().from(datasets).where(eq(datasets.id, id));
  if (!row) throw notFound('dataset', id);
  const counts = await db
    .select({ label: samples.label, count: sql<number>`count(*)::int` })
    .from(samples)
    .where(eq(samples.datasetId, id))
    .groupBy(samples.label)
    .orderBy(asc(samples.label));
  const order = new Map(row.settings.classes?.map((label, index) => [label, index]));
  const place = (label: string) => order.get(label) ?? order.size;
  const classes = counts
    .flatMap(({ label, count }) => (label === null ? [] : [{ label, samples: count }]))
    .sort((x, y) => place(x.label) - place(y.label));
  return {
    id,
    name: row.name,
    modality: row.modality,
    samples: counts.reduce((sum, { count }) => sum + count, 0),
    unlabelled: counts.find(({ label }) => label === null)?.count ?? 0,
    classes,
    settings: row.settings,
    createdAt: row.createdAt.toISOString(),
  };
}

export function showReport({ accepted, skipped }: IntakeReport): z.infer<typeof Report> {
  return { accepted, skipped: skipped.slice(0, 1000), skippedCount: skipped.length };
}

import { and, eq, sql } from 'drizzle-orm';
import type { Limits } from '../config.ts';
import { notFound, Problem } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Db } from '../store/database.ts';
import { datasets, type Modality, samples } from '../store/schema.ts';

export interface IntakeReport {
  /** Samples that are in the dataset now, those replaced included. */
  accepted: number;
  readonly skipped: { readonly name: string; readonly reason: string }[];
}

export type NewSample = Omit<typeof samples.$inferInsert, 'id' | 'datasetId' | 'position' | 'createdAt'>;

/** Milliseconds that a count is good for. */
const remembered = 5000;

/** Rows of one statement. */
const chunk = 500;

/** Writes samples into datasets; one of a name that is there already takes its place. */
export class SampleWriter {
  readonly #db: Db;
  readonly #limits: Pick<Limits, 'samples'>;
  /** Samples of datasets that are written to now: counting them for each sample would take ever longer. */
  readonly #counts = new Map<string, { count: number; readonly at: number }>();

  constructor(db: Db, limits: Pick<Limits, 'samples'>) {
    this.#db = db;
    this.#limits = limits;
  }

  /** Whether a sample of this name has this file already. */
  async has(dataset: string, name: string, blob: string): Promise<boolean> {
    const where = and(eq(samples.datasetId, dataset), eq(samples.name, name), eq(samples.blob, blob));
    return (await this.#db.$count(samples, where)) > 0;
  }

  /**
   * @param keep whether samples with the same content stay as they are, whatever is said of them now
   * @throws Problem 404, 413 for too many, 422 `other-kind` where the dataset holds samples of another kind
   */
  async insert(dataset: string, modality: Modality, rows: readonly NewSample[], report: IntakeReport, keep = false): Promise<void> {
    if (rows.length === 0) return;
    await this.#require(dataset, modality, rows.length);
    for (let start = 0; start < rows.length; start += chunk) {
      // A table that names a line twice would make one statement touch a row twice.
      const part = [...new Map(rows.slice(start, start + chunk).map((row) => [row.name, row])).values()];
      const excluded = (name: string) => sql.raw(`excluded.${name}`);
      await this.#db
        .insert(samples)
        .values(part.map((row) => ({ ...row, id: newId('smp'), datasetId: dataset })))
        .onConflictDoUpdate({
          target: [samples.datasetId, samples.name],
          ...(keep
            ? { setWhere: sql`${samples.text} is distinct from excluded.text or ${samples.blob} is distinct from excluded.blob` }
            : {}),
          set: {
            // Labels and groups that people gave since are kept where an upload says nothing.
            label: sql`coalesce(excluded.label, ${samples.label})`,
            group: sql`coalesce(excluded.group_name, ${samples.group})`,
            split: excluded('split'),
            text: excluded('text'),
            blob: excluded('blob'),
            type: excluded('type'),
            bytes: excluded('bytes'),
            width: excluded('width'),
            height: excluded('height'),
            seconds: excluded('seconds'),
            outline: excluded('outline'),
          },
        });
      report.accepted += part.length;
    }
  }

  async #require(dataset: string, modality: Modality, coming: number): Promise<void> {
    const { samples: most } = this.#limits;
    const [row] = await this.#db.select().from(datasets).where(eq(datasets.id, dataset));
    if (!row) throw notFound('dataset', dataset);
    if (row.modality === null) await this.#db.update(datasets).set({ modality }).where(eq(datasets.id, dataset));
    else if (row.modality !== modality) {
      throw new Problem(422, 'other-kind', `Dataset '${row.name}' holds ${row.modality} samples, and ${modality} samples came.`, {
        hint: 'Make a dataset of its own for them.',
      });
    }
    let known = this.#counts.get(dataset);
    if (!known || Date.now() - known.at > remembered || known.count + coming > most) {
      known = { count: await this.#db.$count(samples, eq(samples.datasetId, dataset)), at: Date.now() };
      if (this.#counts.size > 1000) this.#counts.clear();
      this.#counts.set(dataset, known);
    }
    if (known.count + coming > most) throw new Problem(413, 'too-many', `Dataset '${row.name}' would have more than ${most} samples.`);
    known.count += coming;
  }
}

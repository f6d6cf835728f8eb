import { EventEmitter } from 'node:events';
import { and, asc, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import { type DrizzleTransactionLike, fromDrizzle, type PgBoss } from 'pg-boss';
import { notFound, Problem, type ProblemBody } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Database, Db } from '../store/database.ts';
import { jobEvents, jobs, shards } from '../store/schema.ts';
import type { JobParams, JobProgress, JobResult } from './job.ts';

export type JobRow = typeof jobs.$inferSelect;
export type JobEvent = typeof jobEvents.$inferSelect;
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

/** A piece of a job that a worker takes from the queue. */
export interface Step {
  readonly job: string;
  /** Of the job; a step of an earlier attempt is nothing. */
  readonly attempt: number;
  readonly step: 'plan' | 'shard' | 'finish' | 'export' | 'download';
  /** Of the shard. */
  readonly number?: number;
}

/** Steps that compute, steps that wait for the network, and steps whose workers died again and again. */
export const queues = { compute: 'compute', network: 'network', dead: 'dead' } as const;

const open: readonly JobRow['status'][] = ['queued', 'running'];

/** The jobs as the database has them: the truth. The queue only carries steps to workers, and can be filled anew from here. */
export class Board {
  readonly #db: Db;
  readonly #boss: PgBoss;
  /** Wakes those in this process who wait for a job; those elsewhere look by themselves. */
  readonly changes = new EventEmitter<Record<string, []>>().setMaxListeners(0);

  readonly #wakes: (() => void)[] = [];

  constructor({ db, boss }: Pick<Database, 'db' | 'boss'>) {
    this.#db = db;
    this.#boss = boss;
  }

  /** Has a worker of this process told when there are new steps, before it looks by itself. */
  onSend(wake: () => void): void {
    this.#wakes.push(wake);
  }

  async openQueues(): Promise<void> {
    const { compute, network, dead } = queues;
    await this.#boss.createQueue(dead, { retryLimit: 20 });
    // A worker that says nothing for ten seconds is taken for dead, and another one takes over.
    const options = { deadLetter: dead, heartbeatSeconds: 10, expireInSeconds: 86_400 - 1, retryLimit: 10, retryDelay: 0 };
    for (const name of [compute, network]) await this.#boss.createQueue(name, options);
  }

  async create(params: JobParams): Promise<JobRow> {
    const id = newId('job');
    const row = await this.#db.transaction(async (tx) => {
      const [created] = await tx.insert(jobs).values({ id, kind: params.kind, status: 'queued', params }).returning();
      await tx.insert(jobEvents).values({ jobId: id, event: 'status', data: { status: 'queued' } });
      await this.send(tx, [{ job: id, attempt: 1, step: firstStep(params.kind) }]);
      return created as JobRow;
    });
    this.#tell(id);
    return row;
  }

  async find(id: string): Promise<JobRow> {
    const [row] = await this.#db.select().from(jobs).where(eq(jobs.id, id));
    if (!row) throw notFound('job', id);
    return row;
  }

  list({
    status,
    before,
    limit,
  }: {
    status?: JobRow['status'] | undefined;
    before?: string | undefined;
    limit: number;
  }): Promise<JobRow[]> {
    const conditions = [...(status ? [eq(jobs.status, status)] : []), ...(before ? [lt(jobs.id, before)] : [])];
    return this.#db
      .select()
      .from(jobs)
      .where(and(...conditions))
      .orderBy(desc(jobs.id))
      .limit(limit);
  }

  /** The job, if this attempt of it is still to be worked on; it is running from here on. */
  async begin(step: Step): Promise<JobRow | undefined> {
    const job = await this.#db.transaction(async (tx) => {
      const row = await lock(tx, step.job);
      if (!row || row.attempt !== step.attempt || !open.includes(row.status)) return undefined;
      if (row.status === 'running') return row;
      const [started] = await tx
        .update(jobs)
        .set({ status: 'running', startedAt: sql`coalesce(${jobs.startedAt}, now())` })
        .where(eq(jobs.id, row.id))
        .returning();
      await tx.insert(jobEvents).values({ jobId: row.id, event: 'status', data: { status: 'running' } });
      return started;
    });
    if (job) this.#tell(job.id);
    return job;
  }

  /** Changes an open job with its row locked, so that events are in the order they happen in; does nothing when it is not open any more. */
  async change(step: Pick<Step, 'job' | 'attempt'>, work: (tx: Tx, row: JobRow) => Promise<void>): Promise<boolean> {
    const changed = await this.#db.transaction(async (tx) => {
      const row = await lock(tx, step.job);
      if (!row || row.attempt !== step.attempt || !open.includes(row.status)) return false;
      await work(tx, row);
      return true;
    });
    if (changed) this.#tell(step.job);
    return changed;
  }

  progress(step: Step, progress: JobProgress): Promise<boolean> {
    return this.change(step, async (tx) => {
      // Of a shard only the extraction is part of the whole job's count.
      if (step.step !== 'shard' || progress.phase !== 'extract') return this.#show(tx, step.job, progress);
      const where = and(eq(shards.jobId, step.job), eq(shards.number, step.number ?? 0));
      await tx.update(shards).set({ done: progress.done }).where(where);
      return this.showExtraction(tx, step.job);
    });
  }

  /** Tells how far all shards of a job are together. */
  async showExtraction(tx: Tx, job: string): Promise<void> {
    const [sum] = await tx
      .select({ done: sql<number>`sum(${shards.done})::int`, total: sql<number>`sum(${shards.samples})::int` })
      .from(shards)
      .where(eq(shards.jobId, job));
    await this.#show(tx, job, { phase: 'extract', done: sum?.done ?? 0, total: sum?.total ?? 0, unit: 'samples' });
  }

  async #show(tx: Tx, job: string, progress: JobProgress): Promise<void> {
    await tx.update(jobs).set({ progress }).where(eq(jobs.id, job));
    await tx.insert(jobEvents).values({ jobId: job, event: 'progress', data: progress });
  }

  log(step: Step, level: 'info' | 'warn', message: string): Promise<boolean> {
    return this.change(step, async (tx) => {
      await tx.insert(jobEvents).values({ jobId: step.job, event: 'log', data: { level, message } });
    });
  }

  /** Ends a job; `also` is part of the same transaction. */
  end(
    step: Pick<Step, 'job' | 'attempt'>,
    outcome: { readonly result: JobResult } | { readonly error: ProblemBody },
    also: (tx: Tx) => Promise<void> = async () => undefined,
  ): Promise<boolean> {
    return this.change(step, async (tx) => {
      await also(tx);
      const status = 'result' in outcome ? 'succeeded' : 'failed';
      await tx
        .update(jobs)
        .set({ status, finishedAt: sql`now()`, ...outcome })
        .where(eq(jobs.id, step.job));
      await tx.insert(jobEvents).values({ jobId: step.job, event: 'status', data: { status, ...outcome } });
    });
  }

  async cancel(id: string): Promise<JobRow> {
    const row = await this.find(id);
    const done = await this.change({ job: id, attempt: row.attempt }, async (tx) => {
      await tx.update(jobs).set({ status: 'cancelled', finishedAt: sql`now()` }).where(eq(jobs.id, id));
      await tx.insert(jobEvents).values({ jobId: id, event: 'status', data: { status: 'cancelled' } });
    });
    if (!done) throw new Problem(409, 'not-running', `Job '${id}' is ${row.status}; there is nothing to cancel.`);
    return this.find(id);
  }

  /** Starts a failed or cancelled job again; parts that were done are kept. */
  async retry(id: string): Promise<JobRow> {
    const row = await this.find(id);
    if (row.status !== 'failed' && row.status !== 'cancelled') {
      throw new Problem(409, 'not-failed', `Job '${id}' is ${row.status}; only failed and cancelled jobs can be tried again.`);
    }
    await this.#restart(row, true);
    return this.find(id);
  }

  /** Puts every open job into the queue anew: for a process that is alone with its database, where whoever had them is dead. */
  async resumeAll(): Promise<number> {
    for (const name of [queues.compute, queues.network]) await this.#boss.deleteAllJobs(name);
    const left = await this.#db
      .select()
      .from(jobs)
      .where(inArray(jobs.status, [...open]));
    for (const row of left) await this.#restart(row, false);
    return left.length;
  }

  eventsAfter(id: string, after: number, limit = 500): Promise<JobEvent[]> {
    const where = and(eq(jobEvents.jobId, id), gt(jobEvents.id, after));
    return this.#db.select().from(jobEvents).where(where).orderBy(asc(jobEvents.id)).limit(limit);
  }

  async send(tx: Tx, steps: readonly Step[]): Promise<void> {
    // Both drivers give rows; Drizzle's type of what a transaction gives leaves the driver open.
    const db = fromDrizzle(tx as unknown as DrizzleTransactionLike, sql);
    for (const [name, members] of Map.groupBy(steps, ({ step }) => (step === 'download' ? queues.network : queues.compute))) {
      await this.#boss.insert(
        name,
        members.map((data) => ({ data: { ...data } })),
        { db },
      );
    }
  }

  async counts(): Promise<Readonly<Record<string, number>>> {
    const rows = await this.#db.select({ status: jobs.status, count: sql<number>`count(*)::int` }).from(jobs).groupBy(jobs.status);
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }

  #tell(id: string): void {
    this.changes.emit(id);
    for (const wake of this.#wakes) wake();
  }

  async #restart(row: JobRow, asked: boolean): Promise<void> {
    await this.#db.transaction(async (tx) => {
      const locked = await lock(tx, row.id);
      if (!locked || locked.attempt !== row.attempt || locked.status !== row.status) return;
      const attempt = row.attempt + 1;
      const cleared = asked ? { status: 'queued' as const, error: null, finishedAt: null } : {};
      await tx
        .update(jobs)
        .set({ attempt, ...cleared })
        .where(eq(jobs.id, row.id));
      if (asked) await tx.insert(jobEvents).values({ jobId: row.id, event: 'status', data: { status: 'queued', attempt } });
      else
        await tx
          .insert(jobEvents)
          .values({ jobId: row.id, event: 'log', data: { level: 'info', message: 'Gone on with after a restart.' } });
      await this.send(tx, await this.#nextSteps(tx, row, attempt));
    });
    this.#tell(row.id);
  }

  async #nextSteps(tx: Tx, { id, kind, manifest }: JobRow, attempt: number): Promise<Step[]> {
    if (manifest === null) return [{ job: id, attempt, step: firstStep(kind) }];
    const parts = await tx.select({ number: shards.number, features: shards.features }).from(shards).where(eq(shards.jobId, id));
    const missing = parts.filter(({ features }) => features === null);
    if (missing.length === 0) return [{ job: id, attempt, step: 'finish' }];
    return missing.map(({ number }) => ({ job: id, attempt, step: 'shard' as const, number }));
  }
}

function firstStep(kind: JobParams['kind']): Step['step'] {
  return kind === 'export' || kind === 'download' ? kind : 'plan';
}

async function lock(tx: Tx, id: string): Promise<JobRow | undefined> {
  const [row] = await tx.select().from(jobs).where(eq(jobs.id, id)).for('update');
  return row;
}

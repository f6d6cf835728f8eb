import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { fromPglite, PgBoss } from 'pg-boss';
import { errorFields, type Log } from '../log.ts';
import { lockFolder } from './lock.ts';
import * as schema from './schema.ts';

export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

/** The database, embedded or PostgreSQL: the same tables and the same queue on both. */
export interface Database {
  readonly kind: 'pglite' | 'postgres';
  readonly db: Db;
  readonly boss: PgBoss;
  close(): Promise<void>;
}

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Of the advisory lock that processes which start together take turns by; any number that nobody else uses. */
const migrationLock = 0x6865_6164;

/** Opens the database and brings its tables up to date. @throws EngineError when another process has the embedded one */
export async function openDatabase({ url, folder, log }: { url: string | undefined; folder: string; log: Log }): Promise<Database> {
  return url === undefined ? openEmbedded(folder, log) : openPostgres(url, log);
}

async function openEmbedded(folder: string, log: Log): Promise<Database> {
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
      import('@electric-sql/pglite'),
      import('drizzle-orm/pglite'),
      import('drizzle-orm/pglite/migrator'),
    ]);
    const client = await PGlite.create(folder);
    const db = drizzle(client, { schema });
    await migrate(db, { migrationsFolder });
    const boss = await startBoss(new PgBoss({ db: fromPglite(client), backend: 'pglite', ...supervision }), log);
    return {
      kind: 'pglite',
      db,
      boss,
      close: async () => {
        await boss.stop({ graceful: false });
        await client.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openPostgres(url: string, log: Log): Promise<Database> {
  const [{ default: pg }, { drizzle }, { migrate }] = await Promise.all([
    import('pg'),
    import('drizzle-orm/node-postgres'),
    import('drizzle-orm/node-postgres/migrator'),
  ]);
  const pool = new pg.Pool({ connectionString: url, max: 10, application_name: 'headstart' });
  // Without a listener, a connection that the database ends would end the process.
  pool.on('error', (error) => log('warn', 'database.connection', errorFields(error)));
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle(client), { migrationsFolder });
    const boss = await startBoss(new PgBoss({ connectionString: url, max: 4, application_name: 'headstart-queue', ...supervision }), log);
    await client.query('select pg_advisory_unlock($1)', [migrationLock]);
    client.release();
    return {
      kind: 'postgres',
      db: drizzle(pool, { schema }),
      boss,
      close: async () => {
        await boss.stop({ graceful: false });
        await pool.end();
      },
    };
  } catch (error) {
    client.release(true);
    await pool.end();
    throw error;
  }
}

/** A worker that was killed is found out within seconds. */
const supervision = { superviseIntervalSeconds: 2, monitorIntervalSeconds: 2, schedule: false } as const;

async function startBoss(boss: PgBoss, log: Log): Promise<PgBoss> {
  boss.on('error', (error) => log('error', 'queue.error', errorFields(error)));
  await boss.start();
  return boss;
}

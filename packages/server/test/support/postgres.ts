import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

/** A PostgreSQL for a test file, or the one of DATABASE_URL. */
export interface Postgres {
  /** Address of a new, empty database. */
  database(): Promise<string>;
  stop(): Promise<void>;
}

const debian = '/usr/lib/postgresql';

/** Whether there is a PostgreSQL to test on: Debian's package, or the server that DATABASE_URL names. */
export const hasPostgres = process.env.DATABASE_URL !== undefined || existsSync(debian);

/** Starts Debian's PostgreSQL in a folder of its own, reached by a socket in it; as another user where we are root, which it refuses. */
export async function startPostgres(): Promise<Postgres> {
  const given = process.env.DATABASE_URL;
  if (given !== undefined)
    return {
      database: () => createDatabase(given, (name) => Object.assign(new URL(given), { pathname: `/${name}` }).href),
      stop: async () => undefined,
    };
  const [newest] = (await readdir(debian)).sort((a, b) => Number(b) - Number(a));
  const bin = join(debian, newest ?? '', 'bin');
  const folder = await mkdtemp(join(tmpdir(), 'headstart-pg-'));
  const owner = process.getuid?.() === 0 ? await userOf('postgres') : undefined;
  if (owner) await chown(folder, owner.uid, owner.gid);
  const as = { ...owner, cwd: folder };
  const data = join(folder, 'data');
  await promisify(execFile)(join(bin, 'initdb'), ['-D', data, '-U', 'headstart', '-A', 'trust', '-E', 'UTF8', '--no-sync'], as);
  const settings = ['-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=100'];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings], { ...as, stdio: 'ignore' });
  const url = (name: string) => `postgres://headstart@localhost/${name}?host=${encodeURIComponent(folder)}`;
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url('postgres') });
    try {
      await client.connect();
      await client.end();
      break;
    } catch (error) {
      if (tries > 600 || server.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    database: () => createDatabase(url('postgres'), url),
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGQUIT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createDatabase(admin: string, url: (name: string) => string): Promise<string> {
  const name = `t${crypto.randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return url(name);
}

async function userOf(name: string): Promise<{ uid: number; gid: number }> {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((each) => each.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined) throw new Error(`there is no user '${name}' to run PostgreSQL as`);
  return { uid: Number(uid), gid: Number(gid) };
}

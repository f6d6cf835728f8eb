import { createHash } from 'node:crypto';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '@headstart/core';

/**
 * Takes a folder for this process: the embedded database has one owner. A socket is listened on, which the system closes with the
 * process however it ends, so that no lock outlives a crash.
 * @returns gives the folder back
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const name = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 24);
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\headstart-${name}` : join(tmpdir(), `headstart-${name}.sock`);
  const server =
    (await listen(address)) ?? ((await answers(address)) ? undefined : await rm(address, { force: true }).then(() => listen(address)));
  if (!server) {
    throw new EngineError('invalid-argument', 'another process has this database', {
      where: folder,
      hint: 'Stop the other server, choose another folder (--data DIR), or set DATABASE_URL to a PostgreSQL that both may use.',
    });
  }
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(address, () => resolve(server));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

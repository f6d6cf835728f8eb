import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../src/config.ts';
import { Blobs } from '../src/store/blobs.ts';

const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

/** The part of S3's protocol that keeping files takes: objects by path, put, read, asked for and deleted. */
function objectStore(objects: Map<string, Buffer>): Server {
  return createServer(async (request, response) => {
    const key = new URL(request.url ?? '', 'http://s3').pathname;
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const found = objects.get(key);
    if (request.method === 'PUT') {
      const body = Buffer.concat(pieces);
      objects.set(key, request.headers['content-encoding']?.includes('aws-chunked') ? unchunk(body) : body);
      response.writeHead(200, { ETag: '"x"' }).end();
    } else if (request.method === 'DELETE') {
      objects.delete(key);
      response.writeHead(204).end();
    } else if (!found) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'Content-Length': found.length, ETag: '"x"', 'Last-Modified': new Date(0).toUTCString() })
        .end(request.method === 'HEAD' ? undefined : found);
  });
}

/** Bytes out of `aws-chunked`: a length in hexadecimal, a line end, as many bytes, a line end; the last one is of no bytes. */
function unchunk(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at);
    const length = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}

describe.each(['disk', 's3'] as const)('files on %s', (kind) => {
  const objects = new Map<string, Buffer>();
  let folder = '';
  let server: Server | undefined;
  let blobs: Blobs;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headstart-blobs-'));
    let s3: Config['s3'];
    if (kind === 's3') {
      const listening = objectStore(objects).listen(0, '127.0.0.1');
      server = listening;
      await new Promise((resolve) => listening.once('listening', resolve));
      process.env.AWS_ACCESS_KEY_ID = 'test';
      process.env.AWS_SECRET_ACCESS_KEY = 'test';
      s3 = { bucket: 'files', region: 'us-east-1', endpoint: `http://127.0.0.1:${(listening.address() as AddressInfo).port}` };
    }
    blobs = await Blobs.open({ data: folder, s3 });
  });
  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    await rm(folder, { recursive: true });
  });

  test('are named by their content, kept once, read, and removed', async () => {
    const content = new Uint8Array(200_000).map((_, index) => (index * 31) % 251);
    const received = await blobs.receive(Readable.from([content.subarray(0, 1000), content.subarray(1000)]), 1e6, 'it');
    expect(received).toMatchObject({ sha256: hashOf(content), bytes: content.length });
    const kept = await blobs.keep(received);
    expect(await blobs.put(content)).toEqual(kept);
    expect(new Uint8Array(await blobs.get(kept.sha256))).toEqual(content);
    expect(new Uint8Array(await readFile(await blobs.path(kept.sha256)))).toEqual(content);
    expect(await blobs.stat(kept.sha256)).toEqual(kept);
    expect([...objects.keys()]).toEqual(kind === 's3' ? [`/files/${kept.sha256.slice(0, 2)}/${kept.sha256}`] : []);
    await blobs.probe();
    await blobs.remove(kept.sha256);
    await expect(blobs.get(kept.sha256)).rejects.toThrow();
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  });

  test('that are too large leave nothing behind', async () => {
    await expect(blobs.receive(Readable.from([new Uint8Array(600), new Uint8Array(600)]), 1000, "'big'")).rejects.toMatchObject({
      status: 413,
      message: "'big' is too large: at most 1000 bytes are taken.",
    });
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  });
});

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface FakeRegistry extends AsyncDisposable {
  readonly url: string;
  /** Requests for tarballs. */
  downloads: number;
  /** Break the connection after so many bytes of the next tarballs. */
  readonly breaks: number[];
  /** Send other bytes than the registry's integrity value promises. */
  corrupt: boolean;
}

/** A local npm registry with one package at one version. */
export async function startFakeRegistry(name: string, version: string, files: Readonly<Record<string, Uint8Array>>): Promise<FakeRegistry> {
  const tarball = gzipSync(tar(files));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    if (path === `/${name}`) {
      const dist = {
        tarball: `${state.url}/${name}/-/package.tgz`,
        integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
      };
      const body = { name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, dist } } };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    } else if (path.endsWith('.tgz')) {
      state.downloads++;
      const limit = state.breaks.shift();
      const bytes = state.corrupt ? gzipSync(tar({ ...files, extra: new Uint8Array(1) })) : tarball;
      response.writeHead(200, { 'content-length': bytes.length });
      if (limit === undefined) response.end(bytes);
      else response.write(bytes.subarray(0, limit), () => setTimeout(() => response.destroy(), 50));
    } else response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const state = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    downloads: 0,
    breaks: [] as number[],
    corrupt: false,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return state;
}

/** A tar file (ustar; paths over 100 bytes by a pax header). */
export function tar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const [path, bytes] of Object.entries(files)) {
    if (path.length > 100) {
      const record = ` path=${path}\n`;
      let length = record.length + 1;
      while (`${length}${record}`.length !== length) length = `${length}${record}`.length;
      blocks.push(...entry('pax', 'x', new TextEncoder().encode(`${length}${record}`)));
    }
    blocks.push(...entry(path.slice(0, 100), '0', bytes));
  }
  blocks.push(new Uint8Array(1024));
  return Buffer.concat(blocks);
}

function entry(path: string, kind: string, bytes: Uint8Array): Uint8Array[] {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write('0000644\0', 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(kind, 156);
  header.write('ustar\x0000', 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return [header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)];
}

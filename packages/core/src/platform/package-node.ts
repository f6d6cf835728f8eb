/// <reference path="./npmcli-config.d.ts" />
import type { EventEmitter } from 'node:events';
import { dirname } from 'node:path';
import type { PackageOptions } from './platform.ts';

/**
 * Reads a registry package through npm's own client, so that .npmrc files and npm_config_ variables (registry, scopes, tokens,
 * proxies, certificates) count. The client checks the tarball against the registry's integrity value.
 */
export async function readPackage<T>(
  spec: string,
  options: PackageOptions,
  read: (tarball: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<T>,
): Promise<T> {
  const { default: pacote } = await import('pacote');
  const client = { ...(await npmOptions()), signal: options.signal };
  return pacote.tarball.stream(spec, (tarball) => read(toWebStream(tarball)), client);
}

/** The client's stream is a Minipass: it flows and pauses like a Readable but is not one, so `Readable.toWeb` does not take it. */
function toWebStream(
  tarball: EventEmitter & { pause(): unknown; resume(): unknown; destroy(): unknown },
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let open = true;
  return new ReadableStream({
    start(controller) {
      tarball.on('data', (chunk: Uint8Array<ArrayBuffer>) => {
        if (!open) return;
        controller.enqueue(chunk);
        if ((controller.desiredSize ?? 1) <= 0) tarball.pause();
      });
      tarball.on('end', () => {
        if (open) controller.close();
        open = false;
      });
      tarball.on('error', (error: unknown) => {
        if (open) controller.error(error);
        open = false;
      });
    },
    pull: () => void tarball.resume(),
    cancel() {
      open = false;
      tarball.destroy();
    },
  });
}

async function npmOptions(): Promise<Record<string, unknown>> {
  const [
    { default: Config },
    {
      default: { definitions, shorthands, flatten },
    },
  ] = await Promise.all([import('@npmcli/config'), import('@npmcli/config/lib/definitions/index.js')]);
  const config = new Config({
    npmPath: dirname(process.execPath),
    definitions,
    shorthands,
    flatten,
    argv: [],
    env: process.env,
    warn: false,
  });
  await config.load();
  return config.flat;
}

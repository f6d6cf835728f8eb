import { isDiskFull, joinPath, move, openAppend, readPackage, remove, stat } from '#platform';
import { EngineError, throwIfCancelled } from '../../errors.ts';
import { diskFull, notCached, unreachable } from './download.ts';
import { filesUnder } from './local.ts';
import type { FetchContext, Source } from './source.ts';
import { readTar } from './tar.ts';

/**
 * A package of the npm registry that .npmrc names. The tarball streams through and only the wanted files are kept; paths are those
 * inside the tarball (`package/…`). A tarball cannot be continued in the middle: an interrupted one is fetched again, from its start.
 */
export function npmSource(name: string, version: string): Source {
  const spec = `${name}@${version}`;
  const address = `npm:${spec}`;
  const folderOf = (context: FetchContext) => joinPath(context.cache, 'npm', ...spec.split('/'));
  return {
    address,
    async provide(files, context) {
      const folder = folderOf(context);
      const missing: string[] = [];
      for (const { path, optional } of files) if (!optional && !(await stat(joinPath(folder, path)))) missing.push(path);
      const [first] = missing;
      if (first === undefined) return folder;
      if (context.offline) throw notCached(`${address}/${first}`, 'the npm registry');
      const left = await unpack(spec, folder, new Set(files.map(({ path }) => path)), context);
      const absent = missing.find((path) => left.has(path));
      if (absent !== undefined) {
        throw new EngineError('invalid-argument', 'the package has no such file', {
          where: `${address}/${absent}`,
          hint: 'Paths are those inside the tarball and begin with package/.',
        });
      }
      return folder;
    },
    list: (context) => filesUnder(folderOf(context)),
  };
}

/** Keeps the wanted files of a package's tarball; returns those that it lacks. */
async function unpack(spec: string, folder: string, wanted: ReadonlySet<string>, context: FetchContext): Promise<ReadonlySet<string>> {
  const temporary = joinPath(folder, `.download-${Date.now().toString(36)}`);
  try {
    return await readPackage(spec, context.signal ? { signal: context.signal } : {}, async (tarball) => {
      const left = new Set(wanted);
      for await (const { path, bytes, body } of readTar(tarball.pipeThrough(new DecompressionStream('gzip')))) {
        throwIfCancelled(context.signal, `The download of ${spec}`);
        if (!left.delete(path)) continue;
        const part = joinPath(temporary, `file-${left.size}`);
        const out = await openAppend(part);
        try {
          await out.truncate(0);
          for await (const chunk of body) {
            throwIfCancelled(context.signal, `The download of ${spec}`);
            await out.append(chunk);
            context.onProgress({ file: path, bytes: out.bytes, total: bytes });
          }
          await out.flush();
        } finally {
          await out.close();
        }
        await move(part, joinPath(folder, path));
      }
      return left;
    });
  } catch (error) {
    throwIfCancelled(context.signal, `The download of ${spec}`);
    if (error instanceof EngineError) throw error;
    if (isDiskFull(error)) throw diskFull(folder, error);
    throw explain(spec, error);
  } finally {
    await remove(temporary);
  }
}

function explain(spec: string, error: unknown): EngineError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'E404' || code === 'ETARGET') {
    return new EngineError('invalid-argument', 'the npm registry has no such package or version', {
      where: `npm:${spec}`,
      hint: 'Check the name and the version, and which registry `npm config get registry` names.',
      cause: error,
    });
  }
  if (code === 'ENOREGISTRY') {
    return new EngineError('unsupported', 'a page cannot fetch npm packages', {
      where: `npm:${spec}`,
      hint: 'Open the page from `headstart serve`, which hands on the files, put them into backbones/ beside it (docs/web.md), or choose a backbone of the Hub.',
      cause: error,
    });
  }
  if (code === 'EINTEGRITY') {
    return new EngineError('integrity', 'the tarball does not have the hash that the registry states', {
      where: `npm:${spec}`,
      hint: 'Nothing was kept; run again. If this repeats, something between here and the registry rewrites downloads.',
      cause: error,
    });
  }
  return unreachable(`npm:${spec}`, 'the npm registry', 0, error);
}

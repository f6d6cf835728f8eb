import { fileDownloadInfo, listFiles, modelInfo } from '@huggingface/hub';
import { environment, joinPath, readFile, runtime, stat, writeFile } from '#platform';
import { EngineError } from '../../errors.ts';
import { download, notCached, unreachable } from './download.ts';
import { filesUnder } from './local.ts';
import type { FetchContext, Source } from './source.ts';

/**
 * A model repository of the Hugging Face Hub, or of a server that speaks its routes (HF_ENDPOINT); HF_TOKEN opens private ones.
 * A revision (branch, tag or commit) is resolved to its commit, and files are kept by commit, so that all come from one state.
 */
export function huggingFaceSource(repository: string, revision: string): Source {
  const address = `hf:${repository}@${revision}`;
  const root = (context: FetchContext) => joinPath(context.cache, 'hf', ...repository.split('/'));
  const refFile = (context: FetchContext) => joinPath(root(context), 'refs', encodeURIComponent(revision));

  async function commitOf(context: FetchContext): Promise<string> {
    if (/^[0-9a-f]{40}$/.test(revision)) return revision;
    const known = (await stat(refFile(context))) ? new TextDecoder().decode(await readFile(refFile(context))) : undefined;
    if (context.offline) {
      if (known) return known;
      throw notCached(address, context.hub);
    }
    try {
      const { sha } = await modelInfo({ name: repository, revision, additionalFields: ['sha'], ...access(context) });
      await writeFile(refFile(context), new TextEncoder().encode(sha));
      return sha;
    } catch (error) {
      throw explain(error, address, context);
    }
  }

  return {
    address,
    async provide(files, context) {
      const commit = await commitOf(context);
      const folder = joinPath(root(context), commit);
      for (const { path, sha256: pinned, optional } of files) {
        const target = joinPath(folder, path);
        if (await stat(target)) continue;
        if (context.offline && optional) continue;
        if (context.offline) throw notCached(`${address}/${path}`, context.hub);
        const info = await fileDownloadInfo({ repo: repository, path, revision: commit, ...access(context) }).catch((error: unknown) => {
          throw explain(error, `${address}/${path}`, context);
        });
        if (!info && optional) continue;
        if (!info) {
          throw new EngineError('invalid-argument', `the repository has no such file`, {
            where: `${address}/${path}`,
            hint: 'Check the path and the revision.',
          });
        }
        // Files in large-file storage carry their sha256 as ETag.
        const expected = pinned ?? /^"?([0-9a-f]{64})"?$/.exec(info.etag)?.[1];
        await download(
          {
            url: `${context.hub}/${repository}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`,
            headers: authorization(),
            name: path,
            target,
            bytes: info.size,
            ...(expected ? { sha256: expected } : {}),
          },
          context,
        );
      }
      return folder;
    },
    async list(context) {
      const commit = await commitOf(context);
      if (context.offline) return filesUnder(joinPath(root(context), commit));
      const paths: string[] = [];
      try {
        for await (const { type, path } of listFiles({ repo: repository, recursive: true, revision: commit, ...access(context) })) {
          if (type === 'file') paths.push(path);
        }
      } catch (error) {
        throw explain(error, address, context);
      }
      return paths.sort();
    },
  };
}

function authorization(): Record<string, string> {
  const token = environment('HF_TOKEN');
  return token ? { Authorization: `Bearer ${token}` } : {};
}

function access(context: FetchContext) {
  const token = environment('HF_TOKEN');
  const cancellable: typeof fetch = (input, init) => fetch(input, { ...init, ...(context.signal ? { signal: context.signal } : {}) });
  return { hubUrl: context.hub, fetch: cancellable, ...(token ? { accessToken: token } : {}) };
}

function explain(error: unknown, where: string, context: FetchContext): EngineError {
  if (error instanceof EngineError) return error;
  if (context.signal?.aborted) return new EngineError('cancelled', `The download of ${where} was cancelled`, { cause: error });
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (status === 401 || status === 403 || status === 404) {
    return new EngineError('invalid-argument', 'the Hub does not give this repository or file', {
      where,
      got: `status ${status}`,
      hint:
        runtime === 'browser'
          ? 'Check the name and the revision. Private and gated repositories cannot be read by a page: open it from `headstart serve` with HF_TOKEN set, or put the files into backbones/ beside it.'
          : 'Check the name and the revision; for a private or gated repository set HF_TOKEN.',
      cause: error,
    });
  }
  // The client refuses arguments it cannot mean (a token that is none); a failed fetch is a TypeError too, but has a cause.
  const failed = /fetch|network|load failed/i.test(error instanceof Error ? error.message : '');
  if (error instanceof TypeError && error.cause === undefined && !failed)
    return new EngineError('invalid-argument', error.message, { where, cause: error });
  return unreachable(where, context.hub, 0, error);
}

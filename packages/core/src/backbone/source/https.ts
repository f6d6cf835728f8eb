import { joinPath, sha256, stat } from '#platform';
import { EngineError } from '../../errors.ts';
import { download, notCached } from './download.ts';
import { filesUnder } from './local.ts';
import type { Source } from './source.ts';

/** A folder on a web server, by its URL with a trailing slash. http: is for loopback addresses only. */
export function httpsSource(address: string): Source {
  const base = new URL(address.endsWith('/') ? address : `${address}/`);
  if (base.protocol !== 'https:' && !isLoopback(base.hostname)) {
    throw new EngineError('invalid-argument', 'models are fetched over https only', {
      where: address,
      hint: 'Use https:, or download the file and give its path.',
    });
  }
  const folderOf = async (cache: string) => {
    const hash = sha256();
    hash.update(new TextEncoder().encode(base.href));
    return joinPath(cache, 'https', (await hash.hex()).slice(0, 32));
  };
  return {
    address: base.href,
    async provide(files, context) {
      const folder = await folderOf(context.cache);
      for (const { path, sha256: expected, optional } of files) {
        const target = joinPath(folder, path);
        if (await stat(target)) continue;
        if (context.offline && optional) continue;
        if (context.offline) throw notCached(path, base.href);
        const url = new URL(path.split('/').map(encodeURIComponent).join('/'), base).href;
        try {
          await download({ url, name: path, target, ...(expected ? { sha256: expected } : {}) }, context);
        } catch (error) {
          if (!optional || !(error instanceof EngineError) || error.code !== 'invalid-argument') throw error;
        }
      }
      return folder;
    },
    // A web server lists nothing; what was fetched is what is known.
    list: async (context) => filesUnder(await folderOf(context.cache)),
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}

import { joinPath, listFolder, resolvePath, stat } from '#platform';
import { EngineError } from '../../errors.ts';
import type { Source } from './source.ts';

/** Files that lie on this machine, where they are: `file:` URLs and plain paths of folders. */
export function localSource(address: string): Source {
  const folder = resolvePath(address);
  return {
    address,
    async provide(files) {
      for (const { path, optional } of files) {
        if (optional || (await stat(joinPath(folder, path)))) continue;
        throw new EngineError('invalid-argument', 'there is no such file', {
          where: joinPath(folder, path),
          hint: 'Check the path; a model with external data needs its data files beside it.',
        });
      }
      return folder;
    },
    list: () => filesUnder(folder),
  };
}

/** All files under a folder by slash-separated path, ascending; hidden ones and downloads in progress left out. */
export async function filesUnder(folder: string): Promise<readonly string[]> {
  if ((await stat(folder))?.kind !== 'folder') return [];
  const paths: string[] = [];
  for (const { name, kind } of await listFolder(folder)) {
    if (name.startsWith('.') || name.includes('.partial')) continue;
    if (kind === 'file') paths.push(name);
    else paths.push(...(await filesUnder(joinPath(folder, name))).map((path) => `${name}/${path}`));
  }
  return paths;
}

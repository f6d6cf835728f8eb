import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, posix, resolve, sep } from 'node:path';
import type { Limits } from '../config.ts';
import { type ArchiveFile, openArchive } from '../ingest/archive.ts';
import { isClutter } from '../ingest/names.ts';

/** The files of a project, by slash-separated path from where its headstart.json lies. */
export interface ProjectFiles {
  /** One file, if it is there. */
  file(path: string): Promise<ArchiveFile | undefined>;
  /** All files under a folder, by their path from it. */
  under(folder: string): Promise<readonly ArchiveFile[]>;
  close(): Promise<void>;
}

/** A project in a zip, at its top or in a folder of it; undefined where there is no headstart.json. */
export async function filesOfZip(path: string, where: string, limits: Limits): Promise<ProjectFiles | undefined> {
  const archive = await openArchive(path, where, limits);
  const mains = archive.files.filter(({ name }) => name === 'headstart.json' || name.endsWith('/headstart.json'));
  const [main] = mains.toSorted((a, b) => a.name.length - b.name.length);
  if (!main) {
    await archive.close();
    return undefined;
  }
  const root = main.name.slice(0, -'headstart.json'.length);
  const inside = (given: string) => `${root}${posix.normalize(given).replace(/^\.\/?/, '')}`.replace(/\/$/, '');
  return {
    file: async (given) => archive.files.find(({ name }) => name === inside(given)),
    under: async (given) => {
      const folder = inside(given);
      const prefix = folder === '' ? '' : `${folder}/`;
      return archive.files.filter(({ name }) => name.startsWith(prefix)).map((file) => ({ ...file, name: file.name.slice(prefix.length) }));
    },
    close: () => archive.close(),
  };
}

/**
 * A project in a folder of this machine, which whoever starts the server names; its paths lead where they lead.
 * @param not a folder that is no part of it: the server's own may lie in it
 */
export function filesOfFolder(root: string, not: string): ProjectFiles {
  const own = `${resolve(not)}${sep}`;
  const at = (given: string) => (isAbsolute(given) ? given : join(root, given));
  const fileAt = async (path: string, name: string): Promise<ArchiveFile | undefined> => {
    const found = await stat(path).catch(() => undefined);
    return found?.isFile() ? { name, bytes: found.size, stream: () => createReadStream(path) } : undefined;
  };
  return {
    file: (given) => fileAt(at(given), given.replace(/^.*[/\\]/, '')),
    async under(given) {
      const folder = at(given);
      const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      const paths = names
        .filter((each) => each.isFile())
        .map((each) => join(each.parentPath, each.name))
        .filter((path) => !resolve(path).startsWith(own));
      const files: ArchiveFile[] = [];
      for (const path of paths.sort()) {
        const name = path.slice(folder.replace(/[/\\]$/, '').length + 1).replace(/\\/g, '/');
        const file = isClutter(name) ? undefined : await fileAt(path, name.normalize('NFC'));
        if (file) files.push(file);
      }
      return files;
    },
    close: async () => undefined,
  };
}

import { EngineError, type Project, parseProject, projectFile } from '@headstart/core';
import type { GivenFile } from '../protocol.ts';

/** A project out of a `headstart.json`, or out of a zip that holds one, with the samples beside it. */
export async function readProjectFile(
  name: string,
  file: Blob,
): Promise<{ readonly project: Project; readonly files: readonly GivenFile[] }> {
  if (/\.json$/i.test(name)) return { project: parseProject(await file.text(), name), files: [] };
  const { BlobReader, BlobWriter, configure, ZipReader } = await import('@zip.js/zip.js');
  configure({ useWebWorkers: false });
  const reader = new ZipReader(new BlobReader(file));
  try {
    const entries = (await reader.getEntries()).filter((entry) => !entry.directory);
    const main = entries.find(({ filename }) => filename === projectFile || filename.endsWith(`/${projectFile}`));
    if (!main) {
      throw new EngineError('invalid-data', `no ${projectFile} in it`, {
        where: name,
        hint: 'Zips of pictures go to “Add a folder or zip”; this opens projects and bundles.',
      });
    }
    const read = async (entry: typeof main) => (await entry.getData(new BlobWriter())) as Blob;
    const project = parseProject(await (await read(main)).text(), name);
    const root = main.filename.slice(0, -projectFile.length);
    const files: GivenFile[] = [];
    for (const { path } of project.data) {
      const inside = root + path.replace(/^\.\//, '').replace(/\/$/, '');
      // A table that lists files may name any of those beside it.
      const lists = project.modality !== 'text' && /\.(csv|tsv|jsonl|ndjson)$/i.test(path);
      for (const entry of entries) {
        const { filename } = entry;
        const beside = lists && filename.startsWith(root) && !/\.(json|headstart)$/i.test(filename);
        if (filename !== inside && !beside && !filename.startsWith(`${inside}/`)) continue;
        files.push({ path: filename.slice(root.length), file: await read(entry) });
      }
    }
    return { project, files };
  } finally {
    await reader.close();
  }
}

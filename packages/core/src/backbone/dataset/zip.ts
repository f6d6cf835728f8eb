import { BlobReader, configure, type FileEntry, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { EngineError } from '../../errors.ts';
import { type DataFile, isClutter } from './folder.ts';

/** All files of a zip archive, ascending by path; each is unpacked when it is read. */
export async function filesOfZip(archive: Blob, where: string): Promise<readonly DataFile[]> {
  // Workers would have to be started and stopped; unpacking a picture takes less.
  configure({ useWebWorkers: false });
  const reader = new ZipReader(new BlobReader(archive));
  try {
    const files: DataFile[] = [];
    for (const entry of await reader.getEntries()) {
      const names = entry.filename.split('/');
      if (entry.directory || names.some((name) => isClutter(name) || name === '..')) continue;
      if (entry.encrypted) {
        throw new EngineError('invalid-data', 'the archive is encrypted', { where, hint: 'Unpack it and give the folder.' });
      }
      files.push({ path: names.join('/'), read: () => unpack(entry) });
    }
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('invalid-data', 'not a whole zip archive', { where, hint: 'Copy or download it again.', cause: error });
  } finally {
    await reader.close();
  }
}

async function unpack(entry: FileEntry): Promise<Uint8Array<ArrayBuffer>> {
  return (await entry.getData(new Uint8ArrayWriter(), { checkSignature: true })) as Uint8Array<ArrayBuffer>;
}

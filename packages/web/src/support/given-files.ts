import type { GivenFile } from '../worker/protocol.ts';

/** Files of a picker or of the clipboard, with the folders they were picked in. */
export function filesOfList(list: FileList | readonly File[]): GivenFile[] {
  return Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** What was dropped, folders with all in them. Must be called while the event lasts. */
export async function filesOfDrop(transfer: DataTransfer): Promise<GivenFile[]> {
  const entries = Array.from(transfer.items, (item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  const files = filesOfList(transfer.files);
  if (!entries.some((entry) => entry?.isDirectory)) return files;
  return (await Promise.all(entries.flatMap((entry) => (entry ? [filesOfEntry(entry, '')] : [])))).flat();
}

async function filesOfEntry(entry: FileSystemEntry, prefix: string): Promise<GivenFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: prefix + entry.name, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: GivenFile[] = [];
  // A reader gives a hundred entries at a time, and none at the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    for (const each of batch) found.push(...(await filesOfEntry(each, `${prefix}${entry.name}/`)));
  }
}

/* What workers have and TypeScript's `dom` library leaves to its `webworker` one, which cannot be loaded beside it. */

interface FileSystemSyncAccessHandle {
  getSize(): number;
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  truncate(bytes: number): void;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle {
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
}

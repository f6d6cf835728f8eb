/*
 * The part of the browser's types that `browser.ts` uses. TypeScript's own `dom` library would let the rest of core use
 * what Node does not have.
 */

interface FileSystemHandleBase {
  readonly name: string;
}

interface FileSystemWritableFileStream extends WritableStream {
  write(data: Uint8Array<ArrayBuffer> | Blob): Promise<void>;
}

interface FileSystemSyncAccessHandle {
  getSize(): number;
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(bytes: number): void;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle extends FileSystemHandleBase {
  readonly kind: 'file';
  getFile(): Promise<File>;
  createWritable(): Promise<FileSystemWritableFileStream>;
  /** Dedicated workers only. */
  createSyncAccessHandle?(): Promise<FileSystemSyncAccessHandle>;
  /** Chromium and WebKit. */
  move?(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
}

interface FileSystemDirectoryHandle extends FileSystemHandleBase {
  readonly kind: 'directory';
  entries(): AsyncIterableIterator<[string, FileSystemFileHandle | FileSystemDirectoryHandle]>;
  getFileHandle(name: string, options?: { create?: boolean }): Promise<FileSystemFileHandle>;
  getDirectoryHandle(name: string, options?: { create?: boolean }): Promise<FileSystemDirectoryHandle>;
  removeEntry(name: string, options?: { recursive?: boolean }): Promise<void>;
}

interface Navigator {
  readonly onLine?: boolean;
  readonly storage: { getDirectory(): Promise<FileSystemDirectoryHandle> };
}

declare function createImageBitmap(
  image: Blob,
  options?: { imageOrientation?: 'from-image'; premultiplyAlpha?: 'none'; colorSpaceConversion?: 'default' },
): Promise<{ readonly width: number; readonly height: number; close(): void }>;

declare class OffscreenCanvas {
  constructor(width: number, height: number);
  getContext(
    kind: '2d',
    options: { alpha: boolean; colorSpace: 'srgb'; willReadFrequently: boolean },
  ): {
    fillStyle: string;
    fillRect(x: number, y: number, width: number, height: number): void;
    drawImage(image: object, x: number, y: number): void;
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  } | null;
}

import type { DownloadProgress } from '@headstart/core';
import type { WorkerEvent } from './protocol.ts';

/** Milliseconds between two reports; a chunk is a few kilobytes, and a screen is drawn far less often than they come. */
const pace = 100;

/** One sum over all files of a download, told now and then. */
export function downloadMeter(name: string, expected: number, tell: (event: WorkerEvent) => void): (progress: DownloadProgress) => void {
  const files = new Map<string, { readonly bytes: number; readonly total: number }>();
  const sum = (key: 'bytes' | 'total') => [...files.values()].reduce((total, file) => total + file[key], 0);
  let last = Number.NEGATIVE_INFINITY;
  return ({ file, bytes, total }) => {
    files.set(file, { bytes, total: total ?? bytes });
    if (performance.now() - last < pace) return;
    last = performance.now();
    tell({ type: 'download', name, bytes: sum('bytes'), total: Math.max(sum('total'), expected) });
  };
}

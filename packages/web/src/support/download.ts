/** Has the browser keep a file. */
export function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has begun when the click returns; the address is kept a while for slow disks.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

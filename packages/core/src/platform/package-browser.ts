import type { PackageOptions } from './platform.ts';

/** Pages get backbones from their own server or the Hub: which registry serves npm packages is npm's to know, and a page has no npm. */
export function readPackage<T>(
  _spec: string,
  _options: PackageOptions,
  _read: (tarball: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<T>,
): Promise<T> {
  return Promise.reject(Object.assign(new Error('a page cannot fetch npm packages'), { code: 'ENOREGISTRY' }));
}

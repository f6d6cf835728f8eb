import type { PackageOptions } from './platform.ts';

const registry = 'https://registry.npmjs.org';

/** Reads a package from the public registry, which answers pages of any origin. */
export async function readPackage<T>(
  spec: string,
  options: PackageOptions,
  read: (tarball: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<T>,
): Promise<T> {
  const at = spec.lastIndexOf('@');
  const [name, version] = at > 0 ? [spec.slice(0, at), spec.slice(at + 1)] : [spec, 'latest'];
  const init = options.signal ? { signal: options.signal } : {};
  const manifest = await fetch(`${registry}/${name.replace('/', '%2f')}/${version}`, init);
  if (!manifest.ok) throw new Error(`the registry answered ${manifest.status} for ${spec}`);
  const { dist } = (await manifest.json()) as { dist: { tarball: string } };
  const tarball = await fetch(dist.tarball, init);
  if (!tarball.ok || !tarball.body) throw new Error(`the registry answered ${tarball.status} for ${dist.tarball}`);
  return read(tarball.body);
}

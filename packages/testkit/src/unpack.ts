import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

/** Archives of `@sparticuz/chromium`: a browser for servers, a software Vulkan driver, libraries and fonts. */
export type Archive = 'chromium.br' | 'swiftshader.tar.br' | 'al2023.tar.br' | 'fonts.tar.br';

/**
 * Unpacks archives of the npm package `@sparticuz/chromium` into one folder, once a package version.
 * @param name of the folder, beside the version
 * @returns the folder
 */
export async function unpack(name: string, archives: readonly Archive[]): Promise<string> {
  const require = createRequire(import.meta.url);
  const packageFolder = dirname(dirname(require.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `headstart-${name}-${version}`);
  if (existsSync(folder)) return folder;
  const draft = await mkdtemp(join(tmpdir(), `headstart-${name}-draft-`));
  for (const archive of archives) {
    const bytes = await promisify(brotliDecompress)(await readFile(join(packageFolder, 'bin', archive)));
    const files = archive.endsWith('.tar.br') ? untar(bytes) : [{ name: archive.slice(0, -'.br'.length), bytes }];
    for (const file of files) {
      await mkdir(dirname(join(draft, file.name)), { recursive: true });
      await writeFile(join(draft, file.name), file.bytes, { mode: 0o755 });
    }
  }
  await rename(draft, folder).catch(async (error: unknown) => {
    // Another worker was first.
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

/** Regular files of a tar archive (POSIX.1-1988 ustar: 512-byte blocks, size in octal at byte 124). */
function* untar(archive: Buffer): Generator<{ name: string; bytes: Buffer }> {
  for (let block = 0; block + 512 <= archive.length; ) {
    const name = archive.toString('utf8', block, block + 100).replace(/\0.*$/s, '');
    if (name === '') return;
    const size = Number.parseInt(archive.toString('utf8', block + 124, block + 136), 8);
    const regular = archive[block + 156] === 0x30 || archive[block + 156] === 0;
    if (regular) yield { name, bytes: archive.subarray(block + 512, block + 512 + size) };
    block += 512 + Math.ceil(size / 512) * 512;
  }
}

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** Debian's Mesa puts the description of its software Vulkan driver here. */
const llvmpipeIcd = '/usr/share/vulkan/icd.d/lvp_icd.json';

export type SoftwareAdapter = 'swiftshader' | 'llvmpipe' | 'system';

/**
 * Points Vulkan at a software driver, before Dawn is loaded: llvmpipe where Mesa is installed, else SwiftShader out of the npm
 * package `@sparticuz/chromium`. `HEADSTART_ADAPTER` (`swiftshader`, `llvmpipe`, `system`) decides otherwise.
 * @returns the adapter that was installed
 */
export async function installSoftwareAdapter(choice = process.env.HEADSTART_ADAPTER): Promise<SoftwareAdapter> {
  if (choice === 'system') return 'system';
  if (choice === 'llvmpipe' || (!choice && existsSync(llvmpipeIcd))) {
    if (!existsSync(llvmpipeIcd))
      throw new Error('HEADSTART_ADAPTER=llvmpipe, but Mesa’s llvmpipe is not installed (Debian: mesa-vulkan-drivers 25 or newer)');
    process.env.VK_ICD_FILENAMES = llvmpipeIcd;
    return 'llvmpipe';
  }
  if (choice && choice !== 'swiftshader') throw new Error(`HEADSTART_ADAPTER is '${choice}', expected swiftshader, llvmpipe or system`);
  const folder = await unpackSwiftshader();
  process.env.VK_ICD_FILENAMES = join(folder, 'vk_swiftshader_icd.json');
  try {
    // Not a Node addon, so Node complains after loading it; loaded globally, it serves Dawn's own dlopen.
    process.dlopen({ exports: {} }, join(folder, 'libvulkan.so.1'), constants.dlopen.RTLD_NOW | constants.dlopen.RTLD_GLOBAL);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('did not self-register'))) throw error;
  }
  return 'swiftshader';
}

/** Folder with SwiftShader's libraries, unpacked once a package version. */
async function unpackSwiftshader(): Promise<string> {
  const require = createRequire(import.meta.url);
  const packageFolder = dirname(dirname(require.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `headstart-swiftshader-${version}`);
  if (existsSync(folder)) return folder;
  const archive = brotliDecompressSync(await readFile(join(packageFolder, 'bin', 'swiftshader.tar.br')));
  const draft = await mkdtemp(join(tmpdir(), 'headstart-swiftshader-draft-'));
  for (const { name, bytes } of untar(archive)) {
    await mkdir(dirname(join(draft, name)), { recursive: true });
    await writeFile(join(draft, name), bytes, { mode: 0o755 });
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

import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { unpack } from './unpack.ts';

/** Debian's Mesa puts the description of its software Vulkan driver here. */
const llvmpipeIcd = '/usr/share/vulkan/icd.d/lvp_icd.json';

/** RTLD_NODELETE of dlopen(3) on Linux, which `os.constants.dlopen` lacks. */
const rtldNoDelete = 0x1000;

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
  const folder = await unpack('swiftshader', ['swiftshader.tar.br']);
  process.env.VK_ICD_FILENAMES = join(folder, 'vk_swiftshader_icd.json');
  try {
    // Not a Node addon, so Node complains after loading it and closes it; told not to delete it, the loader keeps it for Dawn's own dlopen.
    const { RTLD_NOW, RTLD_GLOBAL } = constants.dlopen;
    process.dlopen({ exports: {} }, join(folder, 'libvulkan.so.1'), RTLD_NOW | RTLD_GLOBAL | rtldNoDelete);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('did not self-register'))) throw error;
  }
  return 'swiftshader';
}

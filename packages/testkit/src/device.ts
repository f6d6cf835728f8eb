import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { unpack } from './unpack.ts';

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
  const folder = await unpack('swiftshader', ['swiftshader.tar.br']);
  process.env.VK_ICD_FILENAMES = join(folder, 'vk_swiftshader_icd.json');
  try {
    // Not a Node addon, so Node complains after loading it; loaded globally, it serves Dawn's own dlopen.
    process.dlopen({ exports: {} }, join(folder, 'libvulkan.so.1'), constants.dlopen.RTLD_NOW | constants.dlopen.RTLD_GLOBAL);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('did not self-register'))) throw error;
  }
  return 'swiftshader';
}

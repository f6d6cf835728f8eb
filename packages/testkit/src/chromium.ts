import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { unpack } from './unpack.ts';

/**
 * Starts the headless Chromium of the npm package `@sparticuz/chromium`, with WebGPU on SwiftShader. It reaches the loopback address
 * only: every other host name is unknown to it. Fonts, and libraries that the system lacks, come out of the package too.
 * Close it when done.
 */
export async function launchChromium(): Promise<Browser> {
  const folder = await unpack('chromium', ['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br', 'fonts.tar.br']);
  const executablePath = join(folder, 'chromium');
  // The package's own names folders of the cloud it is made for.
  const fonts = join(folder, 'fonts.conf');
  await writeFile(fonts, `<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>`);
  const { VK_ICD_FILENAMES: _, ...inherited } = process.env;
  const env = { ...inherited, FONTCONFIG_FILE: fonts };
  const withLibraries = { ...env, LD_LIBRARY_PATH: [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') };
  return chromium.launch({
    executablePath,
    env: (await starts(executablePath, env)) ? env : withLibraries,
    args: [
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--disable-gpu',
      '--font-render-hinting=none',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** Whether the program's libraries are all there. */
function starts(executable: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  return promisify(execFile)(executable, ['--version'], { env }).then(
    () => true,
    () => false,
  );
}

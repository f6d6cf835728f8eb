import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { unpack } from './unpack.ts';

/**
 * Starts a headless Chromium with WebGPU on SwiftShader: the one of the npm package `@sparticuz/chromium`, or the one that
 * `HEADSTART_CHROMIUM` names. It reaches the loopback address only: every other host name is unknown to it. Close it when done.
 * @param more further switches
 */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const own = process.env.HEADSTART_CHROMIUM;
  const { executablePath, env } = own ? { executablePath: own, env: process.env } : await packagedChromium();
  return chromium.launch({
    executablePath,
    env,
    args: [
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--disable-gpu',
      '--font-render-hinting=none',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ...more,
    ],
  });
}

/** The package's Chromium with its fonts, and with its libraries where the system lacks them. */
async function packagedChromium(): Promise<{ executablePath: string; env: NodeJS.ProcessEnv }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the packaged Chromium is for Linux on x64; set HEADSTART_CHROMIUM to the program file of a Chromium or Chrome');
  }
  const folder = await unpack('chromium', ['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br', 'fonts.tar.br']);
  const executablePath = join(folder, 'chromium');
  // The package's own names folders of the cloud it is made for.
  const fonts = join(folder, 'fonts.conf');
  await writeFile(fonts, `<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>`);
  const env = { ...process.env, FONTCONFIG_FILE: fonts };
  const libraries = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return { executablePath, env: (await starts(executablePath, env)) ? env : { ...env, LD_LIBRARY_PATH: libraries } };
}

/** Whether the program's libraries are all there. */
function starts(executable: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  return promisify(execFile)(executable, ['--version'], { env }).then(
    () => true,
    () => false,
  );
}

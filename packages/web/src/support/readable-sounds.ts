import type { GivenFile } from '../worker/protocol.ts';

/** What browsers decode and core does not. */
const ownSound = /\.(m4a|aac|mp4|webm|weba|caf|aiff?|3gp)$/i;

/** Files with those sounds that only the browser reads as WAV files. */
export async function readableSounds(files: readonly GivenFile[]): Promise<readonly GivenFile[]> {
  if (!files.some(({ path }) => ownSound.test(path))) return files;
  const { toWav } = await import('./convert-sound.ts');
  return Promise.all(
    files.map(async (given) => {
      const wav = ownSound.test(given.path) ? await toWav(given.file) : undefined;
      return wav ? { path: given.path.replace(ownSound, '.wav'), file: wav } : given;
    }),
  );
}

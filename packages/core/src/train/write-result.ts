import { isDiskFull, resolvePath, writeFile } from '#platform';
import { EngineError } from '../errors.ts';

/**
 * Writes a finished file: under a temporary name, then renamed, so that a reader sees the old bytes or the new ones.
 * @throws EngineError `disk`; what was there before stays as it was
 */
export async function writeResult(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(resolvePath(path), bytes);
  } catch (error) {
    const full = isDiskFull(error);
    throw new EngineError('disk', full ? 'no room left on the disk' : 'the file cannot be written', {
      where: path,
      hint: full
        ? 'Free some space, or write to another disk; what was there before is unchanged.'
        : 'Check that the folder may be written to.',
      cause: error,
    });
  }
}

import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import type { Files } from '../../io.ts';

/** `~` as shells take it. */
export function expandHome(text: string): string {
  return text === '~' || text.startsWith('~/') ? join(homedir(), text.slice(1)) : text;
}

/** What a typed path can go on as: the longest beginning that all candidates share, and their names. */
export async function completePath(
  folder: string,
  text: string,
  files: Files,
): Promise<{ readonly completed: string; readonly matches: readonly string[] }> {
  const whole = resolve(folder, expandHome(text));
  const inside = text === '' || text.endsWith('/') || text.endsWith(sep);
  const parent = inside ? whole : dirname(whole);
  const start = inside ? '' : whole.slice(parent === '/' ? 1 : parent.length + 1);
  if ((await files.kind(parent)) !== 'folder') return { completed: text, matches: [] };
  const names = (await files.list(parent)).filter((name) => name.startsWith(start) && (start.startsWith('.') || !name.startsWith('.')));
  const matches = await Promise.all(
    names.slice(0, 200).map(async (name) => ((await files.kind(join(parent, name))) === 'folder' ? `${name}/` : name)),
  );
  const [first = ''] = matches;
  let shared = first;
  for (const match of matches) while (!match.startsWith(shared)) shared = shared.slice(0, -1);
  return { completed: shared.length > start.length ? text.slice(0, text.length - start.length) + shared : text, matches };
}

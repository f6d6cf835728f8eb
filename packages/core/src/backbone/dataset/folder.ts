import { joinPath, listFolder, readFile } from '#platform';
import type { FoundSamples, Sample } from '../sample.ts';

/** A file of a folder or an archive, by slash-separated path. */
export interface DataFile {
  readonly path: string;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** A folder of an archive or disk that holds no file at all is kept as its path with a slash at the end. */
export function isPictureName(name: string): boolean {
  return /\.(jpe?g|png|webp|gif|bmp|tiff?|avif)$/i.test(name);
}

export function isClipName(name: string): boolean {
  return /\.(wav|wave|mp3|flac|ogg|oga|opus)$/i.test(name);
}

export function isTableName(name: string): boolean {
  return /\.(csv|tsv|jsonl|ndjson)$/i.test(name);
}

/** What groups files: the first parenthesis of the pattern in a file's path, or all that it matches. */
export function groupOf(path: string, pattern: RegExp | undefined): { readonly group?: string } {
  const found = pattern?.exec(path);
  return found ? { group: found[1] ?? found[0] } : {};
}

/** All files under a folder, ascending by path; hidden ones and what operating systems leave about are not seen. */
export async function filesOfFolder(folder: string, prefix = ''): Promise<readonly DataFile[]> {
  const files: DataFile[] = [];
  const entries = (await listFolder(folder)).filter(({ name }) => !isClutter(name));
  if (entries.length === 0 && prefix) files.push({ path: prefix, read: async () => new Uint8Array(0) });
  for (const { name, kind } of entries) {
    const location = joinPath(folder, name);
    if (kind === 'folder') files.push(...(await filesOfFolder(location, `${prefix}${name}/`)));
    else files.push({ path: `${prefix}${name}`, read: () => readFile(location) });
  }
  return files;
}

export function isClutter(name: string): boolean {
  return name.startsWith('.') || /^(__MACOSX|Thumbs\.db|desktop\.ini)$/i.test(name);
}

/**
 * Samples of class folders, pictures or clips: the first folder of a file's path is its class, however deep it lies below. Where the only
 * folders are `train` and `test` (or `val`, `valid`, `validation`), those are the split and the classes lie in them. Clips that lie in no
 * folder are named `<label>_<anything>`.
 * @param pattern what groups files; see `groupOf`
 */
export function readClassFolders(files: readonly DataFile[], where: string, labelled: boolean, pattern?: RegExp): FoundSamples {
  const clips = files.filter(({ path }) => isClipName(path)).length;
  const kind = clips > files.filter(({ path }) => isPictureName(path)).length ? kinds.audio : kinds.image;
  const inside = dropCommonFolder(files);
  const tops = [...new Set(inside.filter(({ path }) => path.includes('/')).map(({ path }) => path.slice(0, path.indexOf('/'))))];
  const train = tops.find((name) => /^train(ing)?$/i.test(name));
  const test = tops.find((name) => /^test(ing)?$/i.test(name)) ?? tops.find((name) => /^val(id|idation)?$/i.test(name));
  const split = train !== undefined && tops.every((name) => /^(train(ing)?|test(ing)?|val(id|idation)?)$/i.test(name));
  const under = (folder: string) =>
    inside
      .filter(({ path }) => path.startsWith(`${folder}/`))
      .map((file) => ({ ...file, path: file.path.slice(folder.length + 1), id: file.path }));
  const whole = inside.map((file) => ({ ...file, id: file.path }));
  const first = samplesOf(split ? under(train) : whole, where, { kind, labelled, pattern });
  const { modality } = kind;
  if (!split || test === undefined) return { modality, ...first };
  const second = samplesOf(under(test), where, { kind, labelled, pattern });
  return {
    modality,
    samples: first.samples,
    test: second.samples,
    skipped: [...first.skipped, ...second.skipped],
    warnings: [...first.warnings, ...second.warnings],
  };
}

interface Kind {
  readonly modality: 'image' | 'audio';
  readonly thing: string;
  readonly known: (name: string) => boolean;
}

const kinds: Readonly<Record<Kind['modality'], Kind>> = {
  image: { modality: 'image', thing: 'picture', known: isPictureName },
  audio: { modality: 'audio', thing: 'clip', known: isClipName },
};

function samplesOf(
  files: readonly (DataFile & { id: string })[],
  where: string,
  { kind, labelled, pattern }: { readonly kind: Kind; readonly labelled: boolean; readonly pattern: RegExp | undefined },
): Omit<FoundSamples, 'modality'> {
  const named = kind.modality === 'audio' && !files.some(({ path }) => path.includes('/'));
  const samples: Sample[] = [];
  const skipped: { id: string; reason: string }[] = [];
  const classes = new Map<string, number>();
  for (const { path, id, read } of files) {
    const slash = path.indexOf('/');
    const label = slash >= 0 ? path.slice(0, slash) : named ? /^([^_]+)_/.exec(path)?.[1] : undefined;
    if (label !== undefined && !classes.has(label)) classes.set(label, 0);
    if (path.endsWith('/')) continue;
    if (!kind.known(path)) skipped.push({ id, reason: `It is not a ${kind.thing} of a known kind.` });
    else if (label === undefined && labelled)
      skipped.push({
        id,
        reason: named ? 'It lies in no class folder, and is not named <label>_<anything>.' : 'It lies in no class folder.',
      });
    else {
      samples.push({ id, read, ...(label === undefined || (named && !labelled) ? {} : { label }), ...groupOf(id, pattern) });
      if (label !== undefined) classes.set(label, (classes.get(label) ?? 0) + 1);
    }
  }
  const empty = [...classes].filter(([, count]) => count === 0).map(([name]) => name);
  const warnings = labelled ? empty.map((name) => `Class folder '${name}' of ${where} holds no ${kind.thing}; it is left out.`) : [];
  return { samples, skipped, warnings };
}

/** Archives often hold everything in one folder; it says nothing. */
function dropCommonFolder(files: readonly DataFile[]): readonly DataFile[] {
  const [first] = files;
  const top = first?.path.slice(0, first.path.indexOf('/') + 1);
  if (!top || !files.every(({ path }) => path.startsWith(top) && path.slice(top.length).includes('/'))) return files;
  return dropCommonFolder(files.map((file) => ({ ...file, path: file.path.slice(top.length) })));
}

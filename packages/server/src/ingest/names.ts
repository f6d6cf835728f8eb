import { Problem } from '../errors.ts';

/** Longest name or label, in characters. */
export const nameLength = 400;
const labelLength = 200;

/** Control characters, and what PostgreSQL cannot keep. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get in
const control = /[\u0000-\u001f\u007f]/;

/**
 * A file's name as it may be kept: slash-separated, relative, without steps upwards. Names are never paths on the server; they are
 * refused all the same, since somebody will write them to a disk.
 * @throws Problem 422
 */
export function safeName(given: string): string {
  const name = given
    .normalize('NFC')
    .replace(/\\/g, '/')
    .replace(/^(\.\/)+/, '');
  const refuse = (why: string) =>
    new Problem(422, 'invalid-name', `The file name '${shown(given)}' is refused: ${why}.`, {
      hint: 'Use a relative path such as cat/1.jpg.',
    });
  if (name === '') throw refuse('it is empty');
  if (name.length > nameLength) throw refuse(`it is longer than ${nameLength} characters`);
  if (control.test(name)) throw refuse('it holds control characters');
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) throw refuse('it is an absolute path');
  if (name.split('/').includes('..')) throw refuse('it leads out of its folder');
  return name.replace(/\/+/g, '/');
}

/** @throws Problem 422 */
export function safeLabel(given: string, what = 'label'): string {
  const label = given.normalize('NFC').trim();
  if (label === '' || label.length > labelLength || control.test(label)) {
    throw new Problem(
      422,
      'invalid-label',
      `The ${what} '${shown(given)}' is refused: 1 to ${labelLength} characters are expected, none of them a control character.`,
    );
  }
  return label;
}

/** Why a text cannot be kept; undefined when it can. */
export function textTrouble(text: string, limit: number): string | undefined {
  if (text.trim() === '') return 'The text is empty.';
  if (text.length > limit) return `The text has ${text.length} characters; at most ${limit} are taken.`;
  return text.includes('\u0000') ? 'The text holds a NUL character.' : undefined;
}

export const isTable = (name: string) => /\.(csv|tsv|tab|jsonl|ndjson)$/i.test(name);
export const isArchive = (name: string) => /\.zip$/i.test(name);
export const isPicture = (name: string) => /\.(jpe?g|png|webp|gif|bmp|tiff?|avif)$/i.test(name);
export const isClip = (name: string) => /\.(wav|wave|mp3|flac|ogg|oga|opus)$/i.test(name);
/** Also what recorders write and we do not read, so that its error is about sound. */
export const isSoundName = (name: string) => isClip(name) || /\.(m4a|aac|aiff?|wma|weba)$/i.test(name);
export const isClutter = (name: string) =>
  name.split('/').some((part) => part.startsWith('.') || /^(__MACOSX|Thumbs\.db|desktop\.ini)$/i.test(part));

/** The class folder that a picture or clip lies in: the last one of its path. */
export function folderLabel(name: string): string | undefined {
  return name.split('/').at(-2);
}

/** The label in the name of a clip, `<label>_<anything>`. */
export function namedLabel(name: string): string | undefined {
  return isClip(name) ? /^([^_]+)_/.exec(name.replace(/^.*\//, ''))?.[1] : undefined;
}

/** The part of a file's name that is its group, the name cut at `_` and counted from 1. */
export function namedGroup(name: string, part: number): string | undefined {
  const base = name.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
  return base.split('_')[part - 1] || undefined;
}

/**
 * Classes and splits of an archive's files: the first folder, what all share left out; `train/` and `test/` above the classes or not. Clips
 * that all lie in one folder are named `<label>_<anything>`, where that gives two classes at least.
 */
export function placeFiles(names: readonly string[]): Map<string, { readonly label?: string; readonly split?: 'train' | 'test' }> {
  const inside = dropCommon(names.map((name) => ({ name, path: name })));
  const tops = new Set(inside.filter(({ path }) => path.includes('/')).map(({ path }) => path.slice(0, path.indexOf('/'))));
  const isTrain = (name: string) => /^train(ing)?$/i.test(name);
  const isTest = (name: string) => /^(test(ing)?|val(id|idation)?)$/i.test(name);
  const folders = new Set(names.map((name) => name.slice(0, name.lastIndexOf('/') + 1)));
  const flat = folders.size === 1 && (tops.size === 0 || new Set(names.map(namedLabel)).size > 1);
  const split = [...tops].some(isTrain) && [...tops].every((name) => isTrain(name) || isTest(name));
  return new Map(
    inside.map(({ name, path }) => {
      const parts = path.split('/').slice(0, -1);
      const which = split ? parts.shift() : undefined;
      const label = (flat ? namedLabel(name) : undefined) ?? parts[0];
      return [
        name,
        { ...(label === undefined ? {} : { label }), ...(which === undefined ? {} : { split: isTrain(which) ? 'train' : 'test' }) },
      ] as const;
    }),
  );
}

function dropCommon(files: readonly { name: string; path: string }[]): readonly { name: string; path: string }[] {
  const [first] = files;
  const top = first?.path.slice(0, first.path.indexOf('/') + 1);
  if (!top || !files.every(({ path }) => path.startsWith(top) && path.slice(top.length).includes('/'))) return files;
  return dropCommon(files.map(({ name, path }) => ({ name, path: path.slice(top.length) })));
}

function shown(name: string): string {
  return name.slice(0, 80).replace(new RegExp(control.source, 'g'), '?');
}

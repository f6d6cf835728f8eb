import { joinPath, listFolder, openBlob, readFile, resolvePath, stat } from '#platform';
import { EngineError } from '../errors.ts';
import type { Modality } from './card.ts';
import {
  type DataFile,
  filesOfFolder,
  groupOf,
  isClipName,
  isClutter,
  isPictureName,
  isTableName,
  readClassFolders,
} from './dataset/folder.ts';
import { isIdxName, readIdx } from './dataset/idx.ts';
import type { TableOptions } from './dataset/table.ts';
import type { FoundSamples, Sample, SkippedSample } from './sample.ts';

export interface DatasetOptions extends TableOptions {
  /** Whether every sample must have a label: true to train and evaluate, false to predict. */
  readonly labelled?: boolean;
  /** What groups files (speakers, scenes): the first parenthesis in a file's path. A split keeps a group on one side. Tables have a column. */
  readonly groupPattern?: RegExp;
}

export interface Dataset {
  readonly modality: Modality;
  /** All samples, or the train split where the data comes split. */
  readonly samples: readonly Sample[];
  /** The test split where the data comes with one (`train/` and `test/` folders). */
  readonly test: readonly Sample[] | undefined;
  /** Class names in code point order; empty when not labelled. */
  readonly classes: readonly string[];
  readonly skipped: readonly SkippedSample[];
  /** Sentences for people: what is odd but no error. */
  readonly warnings: readonly string[];
}

/**
 * Reads a labelled dataset: a folder (or zip) with a folder of pictures or clips for each class, `train/` and `test/` above them or not;
 * a folder of clips named `<label>_<anything>`; a folder (or zip) of files beside a table that lists them with their labels; a CSV, TSV or
 * JSONL file with a text and a label column, or with the paths of files and a label column; or IDX files. Pictures and clips are read
 * when they are used.
 * @throws EngineError `invalid-data` when there is nothing to read, no label column, no class, or one class only
 */
export async function readDataset(path: string, options: DatasetOptions = {}): Promise<Dataset> {
  const found = await findSamples(path, options);
  const every = [...found.samples, ...(found.test ?? [])];
  const classes = options.labelled === false ? [] : classNames(found.samples, path);
  if (every.length === 0) {
    throw new EngineError('invalid-data', 'there is no usable sample', {
      where: path,
      hint: 'Expected a folder with a folder of pictures or clips for each class, or a CSV, TSV or JSONL file.',
    });
  }
  const warnings = [...found.warnings];
  const unknown = new Set(found.test?.flatMap(({ label }) => (label !== undefined && !classes.includes(label) ? [label] : [])));
  if (options.labelled !== false && unknown.size > 0) {
    warnings.push(`The test split has classes that the train split lacks: ${[...unknown].sort().join(', ')}.`);
  }
  return { modality: found.modality, samples: found.samples, test: found.test, classes, skipped: found.skipped, warnings };
}

async function findSamples(path: string, options: DatasetOptions): Promise<FoundSamples> {
  const location = resolvePath(path);
  const there = await stat(location);
  if (!there) throw new EngineError('invalid-data', 'there is no such file or folder', { where: path, hint: 'Check the path.' });
  const labelled = options.labelled !== false;
  if (there.kind === 'folder') {
    const names = (await listFolder(location)).filter(({ kind }) => kind === 'file').map(({ name }) => name);
    if (names.some(isIdxName)) return readIdx(location, names.filter(isIdxName), labelled);
    return samplesOfFiles(await filesOfFolder(location), path, options);
  }
  if (/\.zip$/i.test(path)) {
    return samplesOfFiles(await unzip(await openBlob(location), path), path, options);
  }
  if (isTableName(path)) {
    const beside = location.replace(/[^/\\]*$/, '');
    const { readTable } = await import('./dataset/table.ts');
    return readTable(await readFile(location), path, options, (file) =>
      readFile(/^([/\\]|[A-Za-z]:)/.test(file) ? file : joinPath(beside, file)),
    );
  }
  if (isMedium(path) && !labelled) {
    const sample = { id: path, read: () => readFile(location), ...groupOf(path, options.groupPattern) };
    return { modality: isPictureName(path) ? 'image' : 'audio', samples: [sample], skipped: [], warnings: [] };
  }
  throw new EngineError('invalid-data', 'this kind of file is not known as a dataset', {
    where: path,
    expected: 'a folder of class folders, .zip, .csv, .tsv or .jsonl',
    hint: 'Parquet is not read yet.',
  });
}

function isMedium(name: string): boolean {
  return isPictureName(name) || isClipName(name);
}

/**
 * Samples of files that are at hand, such as those dropped on a page, by the rules of `readDataset`. One zip alone stands for what is in it.
 * One class is enough, and none where `labelled` is false.
 * @param files by slash-separated path
 * @throws EngineError `invalid-data` when nothing in them can be read
 */
export async function readFiles(
  files: readonly { readonly path: string; readonly blob: Blob }[],
  options: DatasetOptions = {},
): Promise<FoundSamples> {
  const [only] = files;
  if (only && files.length === 1 && /\.zip$/i.test(only.path)) return samplesOfFiles(await unzip(only.blob, only.path), only.path, options);
  const readable = files
    .filter(({ path }) => !path.split('/').some(isClutter))
    .map(({ path, blob }) => ({ path, read: async () => new Uint8Array(await blob.arrayBuffer()) }));
  return samplesOfFiles(withoutOuterFolder(readable), only?.path.replace(/\/.*$/, '') ?? '', options);
}

/** A folder that was picked, dropped or zipped comes with its own name in front, which is a class only where pictures lie in it directly. */
function withoutOuterFolder(files: readonly DataFile[]): readonly DataFile[] {
  const outer = files[0]?.path.match(/^[^/]+\//)?.[0] ?? '';
  const inside = files.map((file) => ({ ...file, path: file.path.slice(outer.length) }));
  const isOuter = outer !== '' && files.every(({ path }) => path.startsWith(outer)) && inside.some(({ path }) => path.includes('/'));
  return isOuter && !inside.some(({ path }) => !path.includes('/') && isMedium(path)) ? inside : files;
}

async function samplesOfFiles(files: readonly DataFile[], where: string, options: DatasetOptions): Promise<FoundSamples> {
  const tables = files.filter(({ path }) => isTableName(path));
  const media = files.filter(({ path }) => isMedium(path));
  if (media.length === 0 && tables.length > 0) return readTables(tables, options);
  const listed = tables.length > 0 && options.textColumn === undefined ? await readManifest(tables, media, options) : undefined;
  return listed ?? readClassFolders(files, where, options.labelled !== false, options.groupPattern);
}

/** Pictures or clips that a table beside them lists with their labels; undefined where no table does, and folders tell the classes. */
async function readManifest(
  tables: readonly DataFile[],
  media: readonly DataFile[],
  options: DatasetOptions,
): Promise<FoundSamples | undefined> {
  try {
    const found = await readTables(tables, options, (table) => opener(media, table));
    return found.modality === 'text' ? undefined : found;
  } catch (error) {
    if (media.some(({ path }) => path.includes('/'))) return undefined;
    throw error;
  }
}

/** Finds files as a table names them: from its own folder, from the outermost, or by their last name where only one file has it. */
function opener(media: readonly DataFile[], table: string): (file: string) => Promise<Uint8Array<ArrayBuffer>> {
  const byPath = new Map(media.map((file) => [file.path, file]));
  const byName = Map.groupBy(media, ({ path }) => path.replace(/^.*\//, ''));
  const beside = table.replace(/[^/]*$/, '');
  return async (named) => {
    const path = named.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');
    const alike = byName.get(path.replace(/^.*\//, '')) ?? [];
    const file = byPath.get(beside + path) ?? byPath.get(path) ?? (alike.length === 1 ? alike[0] : undefined);
    if (file) return file.read();
    throw new EngineError('invalid-data', 'the table names a file that is not there', { where: table, got: named });
  };
}

/** Loads what unpacks archives when there is one: it weighs more than all else that reads datasets. */
async function unzip(archive: Blob, where: string): Promise<readonly DataFile[]> {
  const { filesOfZip } = await import('./dataset/zip.ts');
  return withoutOuterFolder(await filesOfZip(archive, where));
}

/**
 * A folder or zip that holds tables: one, or a pair named train and test.
 * @param open for tables that list files: gives what reads those that one of them names
 */
async function readTables(
  tables: readonly DataFile[],
  options: DatasetOptions,
  open?: (table: string) => (file: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<FoundSamples> {
  const role = (pattern: RegExp) => tables.find(({ path }) => pattern.test(path.replace(/^.*\//, '')));
  const train = role(/^train\b|[-_.]train\b/i);
  const test = role(/^(test|val|valid|validation|dev)\b|[-_.](test|val|valid|validation|dev)\b/i);
  const [only] = tables;
  const { readTable } = await import('./dataset/table.ts');
  const samplesIn = async (table: DataFile) => readTable(await table.read(), table.path, options, open?.(table.path));
  if (tables.length === 1 && only) return samplesIn(only);
  if (!train || !test) {
    throw new EngineError('invalid-data', 'several tables, and none is named train', {
      expected: 'one table, or train and test',
      got: tables
        .map(({ path }) => path)
        .slice(0, 6)
        .join(', '),
      hint: 'Give the path of one of them.',
    });
  }
  const [first, second] = [await samplesIn(train), await samplesIn(test)];
  return {
    ...first,
    test: second.samples,
    skipped: [...first.skipped, ...second.skipped],
    warnings: [...first.warnings, ...second.warnings],
  };
}

function classNames(samples: readonly Sample[], path: string): readonly string[] {
  const names = [...new Set(samples.flatMap(({ label }) => (label === undefined ? [] : [label])))].sort((a, b) => (a < b ? -1 : 1));
  if (names.length >= 2) return names;
  throw new EngineError(
    'invalid-data',
    names.length === 0 ? 'there is no class with a usable sample' : `there is only one class, '${names[0]}'`,
    {
      where: path,
      expected: 'samples of at least two classes',
      hint: 'Put the files of each class into a folder of its own, or write at least two values into the label column.',
    },
  );
}

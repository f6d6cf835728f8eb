import { parse } from 'csv-parse/browser/esm/sync';
import { EngineError } from '../../errors.ts';
import type { FoundSamples, Sample, SkippedSample } from '../sample.ts';
import { isClipName, isPictureName } from './folder.ts';

export interface TableOptions {
  /** Column that holds the text; guessed by name when left out. */
  readonly textColumn?: string;
  /** Column that holds the label; guessed by name when left out. */
  readonly labelColumn?: string;
  readonly labelled?: boolean;
  /** Column of what groups samples (a speaker); found by name in manifests when left out. */
  readonly groupColumn?: string;
}

/** Column names by preference. */
const textNames = [
  'text',
  'sentence',
  'message',
  'review',
  'content',
  'body',
  'comment',
  'tweet',
  'question',
  'document',
  'description',
  'title',
];
const fileNames = ['path', 'file', 'filename', 'file_name', 'audio', 'clip', 'wav', 'image', 'picture'];
const startNames = ['start', 'start_seconds', 'begin', 'onset'];
const endNames = ['end', 'end_seconds', 'stop'];
const groupNames = ['group', 'speaker', 'speaker_id', 'client_id'];
const labelNames = ['label', 'class', 'category', 'target', 'sentiment', 'intent', 'topic', 'tag', 'type', 'y'];

interface Row {
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Samples of a CSV (RFC 4180; `;` and `|` are recognised too), TSV or JSON Lines file with a text and a label column, or a manifest: a
 * column of paths of clips or pictures, and for clips columns `start` and `end` in seconds.
 * @param open reads a file by its path in a manifest; a table that comes without it holds texts
 */
export function readTable(
  bytes: Uint8Array,
  where: string,
  options: TableOptions,
  open?: (path: string) => Promise<Uint8Array<ArrayBuffer>>,
): FoundSamples {
  const name = where.replace(/^.*[/\\]/, '');
  const text = decode(bytes, where);
  const { columns, rows, skipped } = /\.(jsonl|ndjson)$/i.test(where) ? parseLines(text, name) : parseColumns(text, name, where);
  const labelled = options.labelled !== false;
  const group = options.groupColumn === undefined ? undefined : pickColumn(columns, options.groupColumn, [], 'group', where);
  const manifest = open && options.textColumn === undefined ? manifestOf(columns, rows) : undefined;
  const textColumn = manifest ? manifest.file : pickColumn(columns, options.textColumn, textNames, 'text', where);
  const labelColumn =
    labelled || options.labelColumn !== undefined || labelNames.some((each) => columns.some((column) => column.toLowerCase() === each))
      ? pickColumn(columns, options.labelColumn, labelNames, 'label', where)
      : undefined;
  const samples: Sample[] = [];
  const ids = new Set<string>();
  for (const { line, fields } of rows) {
    const id = `${name}:${line}`;
    const content = fields[textColumn]?.trim() ?? '';
    const label = labelColumn === undefined ? '' : (fields[labelColumn]?.trim() ?? '');
    const part = manifest ? partOf(fields, manifest) : {};
    const grouped = fields[group ?? manifest?.group ?? '']?.trim();
    const common = { ...(label === '' ? {} : { label }), ...(grouped ? { group: grouped } : {}) };
    if (content === '') skipped.push({ id, reason: `Its ${manifest ? 'path' : 'text'} ('${textColumn}') is empty.` });
    else if (!part) skipped.push({ id, reason: 'Its start or end is no number of seconds.' });
    else if (labelled && label === '') skipped.push({ id, reason: `Its label ('${labelColumn}') is empty.` });
    else if (manifest && open) {
      const named = part.start === undefined && part.end === undefined ? content : `${content} ${part.start ?? 0}–${part.end ?? 'end'} s`;
      const unique = ids.has(named) ? `${named} (${id})` : named;
      ids.add(unique);
      samples.push({ id: unique, read: () => open(content), ...part, ...common });
    } else samples.push({ id, text: content, ...common });
  }
  return { modality: manifest?.modality ?? 'text', samples, skipped, warnings: [] };
}

interface Manifest {
  readonly modality: 'image' | 'audio';
  readonly file: string;
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly group: string | undefined;
}

/** The columns of a table that lists files: one of them holds names of clips or pictures, most of the time at least. */
function manifestOf(columns: readonly string[], rows: readonly Row[]): Manifest | undefined {
  const named = (names: readonly string[]) => names.flatMap((name) => columns.find((column) => column.toLowerCase() === name) ?? []);
  const share = (column: string, known: (name: string) => boolean) =>
    rows.filter(({ fields }) => known(fields[column] ?? '')).length / rows.length;
  for (const file of named(fileNames)) {
    const modality = share(file, isClipName) > 0.5 ? 'audio' : share(file, isPictureName) > 0.5 ? 'image' : undefined;
    if (!modality) continue;
    const [start] = named(startNames);
    const [end] = named(endNames);
    const [group] = named(groupNames);
    return { modality, file, start, end, group };
  }
  return undefined;
}

/** Start and end of a row, where it has them; undefined when one is no number. */
function partOf(fields: Row['fields'], { start, end }: Manifest): { readonly start?: number; readonly end?: number } | undefined {
  const seconds = (column: string | undefined) => {
    const text = column === undefined ? '' : (fields[column]?.trim() ?? '');
    return text === '' ? undefined : Number(text);
  };
  const part = { start: seconds(start), end: seconds(end) };
  if (Number.isNaN(part.start) || Number.isNaN(part.end)) return undefined;
  return { ...(part.start === undefined ? {} : { start: part.start }), ...(part.end === undefined ? {} : { end: part.end }) };
}

function decode(bytes: Uint8Array, where: string): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (bytes.includes(0)) throw new EngineError('invalid-data', 'not a text file', { where, expected: 'CSV, TSV or JSON Lines', cause });
    // Spreadsheets of the West still write it.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function parseColumns(text: string, name: string, where: string): { columns: string[]; rows: Row[]; skipped: SkippedSample[] } {
  const skipped: SkippedSample[] = [];
  const delimiter = /\.tsv$/i.test(name) ? '\t' : delimiterOf(text);
  const records = parse(text, {
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      skipped.push({
        id: `${name}:${error && 'lines' in error ? error.lines : '?'}`,
        reason: `It is no record: ${error?.message ?? 'unreadable'}.`,
      });
      return undefined;
    },
  }) as unknown as { info: { lines: number }; record: string[] }[];
  const [header, ...body] = records;
  if (!header) throw new EngineError('invalid-data', 'the table is empty', { where, expected: 'a line of column names, then records' });
  const columns = header.record.map((column) => column.trim());
  const rows = body.map(({ info, record }) => ({
    line: info.lines,
    fields: Object.fromEntries(columns.map((column, index) => [column, record[index] ?? ''])),
  }));
  return { columns, rows, skipped };
}

/** The one of the usual delimiters that the first line has most of, outside quotes. */
function delimiterOf(text: string): string {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).delimiter;
}

function parseLines(text: string, name: string): { columns: string[]; rows: Row[]; skipped: SkippedSample[] } {
  const rows: Row[] = [];
  const skipped: SkippedSample[] = [];
  const columns = new Set<string>();
  text.split(/\r?\n/).forEach((content, index) => {
    if (content.trim() === '') return;
    const line = index + 1;
    try {
      const value: unknown = JSON.parse(content);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('it is no JSON object');
      const fields = Object.entries(value).flatMap(([key, field]) =>
        typeof field === 'string' || typeof field === 'number' || typeof field === 'boolean' ? [[key, String(field)] as const] : [],
      );
      for (const [key] of fields) columns.add(key);
      rows.push({ line, fields: Object.fromEntries(fields) });
    } catch (error) {
      skipped.push({ id: `${name}:${line}`, reason: `It is no JSON object: ${error instanceof Error ? error.message : error}.` });
    }
  });
  return { columns: [...columns], rows, skipped };
}

function pickColumn(
  columns: readonly string[],
  asked: string | undefined,
  names: readonly string[],
  role: 'text' | 'label' | 'group',
  where: string,
): string {
  const lower = (name: string) => columns.find((column) => column.toLowerCase() === name.toLowerCase());
  const column = asked === undefined ? names.map(lower).find((found) => found !== undefined) : lower(asked);
  if (column !== undefined) return column;
  throw new EngineError('invalid-data', asked === undefined ? `no ${role} column` : `no column '${asked}'`, {
    where,
    expected: asked === undefined ? `a column named ${names.slice(0, 5).join(', ')} or the like` : 'a column of that name',
    got:
      columns.length === 0
        ? 'no columns'
        : columns
            .slice(0, 12)
            .map((each) => `'${each}'`)
            .join(', '),
    hint: `Name it: --${role} COLUMN on the command line, ${role}Column from code.`,
  });
}

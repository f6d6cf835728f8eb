import { resolve } from 'node:path';
import type { Files } from '../../io.ts';

/** A column of a table, with the beginning of what stands in it first. */
export interface Column {
  readonly name: string;
  readonly first: string;
}

/** Longest beginning of a table that is looked at, in bytes. */
const beginning = 65_536;

/** Columns of a CSV, TSV or JSON Lines file, by its first two lines; none for what is no such file. */
export async function columnsOf(folder: string, path: string, files: Files): Promise<readonly Column[]> {
  if (!/\.(csv|tsv|jsonl|ndjson)$/i.test(path)) return [];
  const bytes = (await files.read(resolve(folder, path))).subarray(0, beginning);
  const text = new TextDecoder().decode(bytes).replace(/^\ufeff/, '');
  if (/\.(jsonl|ndjson)$/i.test(path)) {
    const row: unknown = JSON.parse(text.split(/\r?\n/, 1)[0] ?? '');
    return typeof row === 'object' && row !== null
      ? Object.entries(row).map(([name, value]) => ({ name, first: short(String(value)) }))
      : [];
  }
  const delimiter = /\.tsv$/i.test(path) ? '\t' : delimiterOf(text);
  const [names = [], values = []] = twoRecords(text, delimiter);
  return names.map((name, index) => ({ name: name.trim(), first: short(values[index] ?? '') }));
}

function delimiterOf(text: string): string {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  return [',', ';', '\t', '|'].reduce((best, each) => (line.split(each).length > line.split(best).length ? each : best));
}

/** The first two records, quotes as RFC 4180 has them. */
function twoRecords(text: string, delimiter: string): readonly (readonly string[])[] {
  const records: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length && records.length <= 2; at++) {
    const each = text[at] as string;
    if (quoted) {
      if (each !== '"') cell += each;
      else if (text[at + 1] === '"') cell += text[at++];
      else quoted = false;
    } else if (each === '"') quoted = true;
    else if (each === delimiter) {
      records.at(-1)?.push(cell);
      cell = '';
    } else if (each === '\n') {
      records.at(-1)?.push(cell.replace(/\r$/, ''));
      cell = '';
      records.push([]);
    } else cell += each;
  }
  if (records.length <= 2) records.at(-1)?.push(cell);
  return records.slice(0, 2);
}

function short(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 80);
}

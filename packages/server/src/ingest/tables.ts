import { copyFile, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { EngineError } from '@headstart/core';
import type { Config } from '../config.ts';
import type { EngineThread } from '../engine/host.ts';
import type { TableRow } from '../engine/protocol.ts';
import { Problem, toProblem } from '../errors.ts';
import type { Blobs } from '../store/blobs.ts';
import type { ArchiveFile } from './archive.ts';
import { safeLabel, textTrouble } from './names.ts';
import type { UploadOptions } from './options.ts';
import type { IntakeReport, NewSample, SampleWriter } from './writer.ts';

export interface TableDeps {
  readonly blobs: Blobs;
  readonly limits: Config['limits'];
  readonly reader: EngineThread;
  readonly writer: SampleWriter;
}

/** How samples are taken. */
export interface Taking {
  readonly options: UploadOptions;
  /** Ids of samples that are left out, as readers of datasets name them. */
  readonly excluded?: ReadonlySet<string>;
  /** Whether samples that are there already, with the same content, stay as they are. */
  readonly keep?: boolean;
}

/** Reads tables, in the reader's thread, and takes the texts that are in them. */
export class TableIntake {
  readonly #blobs: Blobs;
  readonly #limits: Config['limits'];
  readonly #reader: EngineThread;
  readonly #writer: SampleWriter;

  constructor({ blobs, limits, reader, writer }: TableDeps) {
    this.#blobs = blobs;
    this.#limits = limits;
    this.#reader = reader;
    this.#writer = writer;
  }

  /** Rows of a table that lies in an archive or folder. */
  async readFile(file: ArchiveFile, options: UploadOptions, report: IntakeReport): Promise<readonly TableRow[]> {
    const received = await this.#blobs.receive(file.stream(), this.#limits.tableBytes, `'${file.name}'`);
    try {
      return await this.read(received.path, file.name, options, report);
    } finally {
      await rm(received.path, { force: true });
    }
  }

  /** Rows of a table, named by it and their line. */
  async read(path: string, name: string, options: UploadOptions, report: IntakeReport): Promise<readonly TableRow[]> {
    const { textColumn, labelColumn, groupColumn } = options;
    const named = this.#blobs.temporary(extname(name).toLowerCase());
    const [own, file] = [named.replace(/^.*[/\\]/, ''), name.replace(/^.*\//, '')];
    await copyFile(path, named);
    try {
      const found = await this.#reader.call('table', {
        path: named,
        ...(textColumn === undefined ? {} : { textColumn }),
        ...(labelColumn === undefined ? {} : { labelColumn }),
        ...(groupColumn === undefined ? {} : { groupColumn }),
      });
      const nameOf = (id: string) => id.replace(own, file);
      for (const { id, reason } of found.skipped) report.skipped.push({ name: nameOf(id), reason });
      return found.rows.map((row) => ({
        ...row,
        id: row.text === undefined ? nameOf(row.id) : `${name}:${row.id.slice(row.id.lastIndexOf(':') + 1)}`,
      }));
    } catch (error) {
      if (error instanceof EngineError) throw aboutTable(error, named, name);
      throw error;
    } finally {
      await rm(named, { force: true });
    }
  }

  /** Takes the texts of rows. */
  async insert(
    dataset: string,
    found: readonly TableRow[],
    { options, excluded, keep, split }: Taking & { readonly split?: 'test' | undefined },
    report: IntakeReport,
  ): Promise<void> {
    const rows: NewSample[] = [];
    for (const { id: name, text, label: own, group: column } of found) {
      if (excluded?.has(name)) continue;
      if (text === undefined) {
        throw new Problem(422, 'invalid-data', 'The table lists files, and came without them.', {
          hint: 'Send it in one zip with the files that it lists.',
        });
      }
      const trouble = textTrouble(text, this.#limits.textLength);
      const label = options.label ?? own;
      const group = options.group ?? column;
      try {
        if (trouble) throw new Problem(422, 'invalid-data', trouble);
        rows.push({
          name,
          text,
          label: label === undefined ? null : safeLabel(label),
          group: group === undefined ? null : safeLabel(group, 'group'),
          split: split ?? null,
        });
      } catch (error) {
        report.skipped.push({ name, reason: toProblem(error).message });
      }
    }
    await this.#writer.insert(dataset, 'text', rows, report, keep);
  }
}

/** The split that a table's name tells. */
export function splitOf(table: string): 'test' | undefined {
  const base = table.replace(/^.*\//, '');
  return /^(test|val|valid|validation|dev)\b|[-_.](test|val|valid|validation|dev)\b/i.test(base) ? 'test' : undefined;
}

/** An error of the table's reader, with the name that the client knows. */
function aboutTable(error: EngineError, path: string, name: string): Problem {
  const problem = toProblem(error);
  const file = path.replace(/^.*\//, '');
  const hint = /--(text|label|group) COLUMN/.test(problem.hint ?? '')
    ? 'Name the columns in the fields textColumn, labelColumn and groupColumn, before the file.'
    : problem.hint;
  return new Problem(problem.status, problem.code, problem.message.replaceAll(path, name).replaceAll(file, name), { hint, cause: error });
}

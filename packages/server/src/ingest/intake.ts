import { copyFile, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import { EngineError } from '@headstart/core';
import { eq, lt, sql } from 'drizzle-orm';
import type { Config } from '../config.ts';
import type { EngineThread } from '../engine/host.ts';
import { notFound, Problem, toProblem } from '../errors.ts';
import { newId } from '../ids.ts';
import { errorFields, type Log } from '../log.ts';
import { type Blobs, tooLarge } from '../store/blobs.ts';
import type { Db } from '../store/database.ts';
import { datasets, samples, uploads } from '../store/schema.ts';
import { type ArchiveFile, openArchive } from './archive.ts';
import { folderLabel, isArchive, isTable, placeFiles, safeLabel, safeName, textTrouble } from './names.ts';
import { inspectPicture } from './picture.ts';

export interface UploadOptions {
  /** Label of every sample, instead of that of its folder. */
  readonly label?: string;
  readonly textColumn?: string;
  readonly labelColumn?: string;
}

export interface IntakeReport {
  /** Samples that are in the dataset now, those replaced included. */
  accepted: number;
  readonly skipped: { readonly name: string; readonly reason: string }[];
}

export type NewSample = Omit<typeof samples.$inferInsert, 'id' | 'datasetId' | 'position' | 'createdAt'>;

/** Rows of one statement. */
const chunk = 500;
const stale = 60_000;

/** Takes samples into datasets. Each file is safe once it is counted; archives and tables are kept until all that is in them is. */
export class Intake {
  readonly #db: Db;
  readonly #blobs: Blobs;
  readonly #config: Config;
  readonly #reader: EngineThread;
  readonly #log: Log;

  /** @param reader parses tables: a thread of its own, so that a hostile one harms nobody */
  constructor({ db, blobs, config, reader, log }: { db: Db; blobs: Blobs; config: Config; reader: EngineThread; log: Log }) {
    this.#db = db;
    this.#blobs = blobs;
    this.#config = config;
    this.#reader = reader;
    this.#log = log;
  }

  /** One file of an upload, by its name a picture, an archive or a table. */
  async file(dataset: string, givenName: string, stream: Readable, options: UploadOptions, report: IntakeReport): Promise<void> {
    const { limits } = this.#config;
    let name: string;
    try {
      name = safeName(givenName);
    } catch (error) {
      stream.resume();
      report.skipped.push({ name: givenName.slice(0, 100), reason: toProblem(error).message });
      return;
    }
    const whole = isArchive(name) || isTable(name);
    const limit = isArchive(name) ? limits.uploadBytes : isTable(name) ? limits.tableBytes : limits.pictureBytes;
    const received = await this.#blobs.receive(stream, limit, `'${name}'`);
    if (!whole) {
      try {
        await this.#picture(dataset, name, received, placeOne(name, options), report);
      } finally {
        await rm(received.path, { force: true });
      }
      return;
    }
    const { sha256: blob } = await this.#blobs.keep(received);
    const row = { id: newId('up'), datasetId: dataset, name, blob, options };
    await this.#db.insert(uploads).values(row);
    await this.#unpack(row, report);
  }

  /** Text samples that came one by one. */
  async texts(
    dataset: string,
    given: readonly { readonly text: string; readonly label?: string | undefined; readonly name: string }[],
    report: IntakeReport,
  ): Promise<void> {
    const rows: NewSample[] = [];
    for (const { text, label, name } of given) {
      const trouble = textTrouble(text, this.#config.limits.textLength);
      if (trouble) report.skipped.push({ name, reason: trouble });
      else rows.push({ name: safeName(name), text, label: label === undefined ? null : safeLabel(label) });
    }
    await this.#insert(dataset, 'text', rows, report);
  }

  /**
   * Goes on with archives and tables that a crash left half done.
   * @param all also those that somebody may be working on: for a process that is alone with its database
   */
  async resume(all: boolean): Promise<void> {
    const old = all ? undefined : lt(uploads.touchedAt, new Date(Date.now() - stale));
    for (const row of await this.#db.select().from(uploads).where(old)) {
      const report: IntakeReport = { accepted: 0, skipped: [] };
      try {
        await this.#unpack(row, report);
        this.#log('info', 'upload.resumed', { dataset: row.datasetId, accepted: report.accepted, skipped: report.skipped.length });
      } catch (error) {
        this.#log('warn', 'upload.resumed', { dataset: row.datasetId, ...errorFields(error) });
      }
    }
  }

  async #unpack(
    row: Pick<typeof uploads.$inferSelect, 'id' | 'datasetId' | 'name' | 'blob' | 'options'>,
    report: IntakeReport,
  ): Promise<void> {
    const touch = setInterval(() => {
      this.#db
        .update(uploads)
        .set({ touchedAt: sql`now()` })
        .where(eq(uploads.id, row.id))
        .catch(() => undefined);
    }, stale / 4);
    try {
      const path = await this.#blobs.path(row.blob);
      if (isArchive(row.name)) await this.#archive(row.datasetId, row.name, path, row.options, report);
      else await this.#table(row.datasetId, row.name, path, row.options, undefined, report);
      await this.#forget(row);
    } catch (error) {
      // What cannot be used will not be usable after a restart either.
      if (toProblem(error).status < 500) await this.#forget(row);
      throw error;
    } finally {
      clearInterval(touch);
    }
  }

  async #forget({ id, blob }: Pick<typeof uploads.$inferSelect, 'id' | 'blob'>): Promise<void> {
    await this.#db.delete(uploads).where(eq(uploads.id, id));
    if ((await this.#db.$count(uploads, eq(uploads.blob, blob))) === 0) await this.#blobs.remove(blob);
  }

  async #archive(dataset: string, where: string, path: string, options: UploadOptions, report: IntakeReport): Promise<void> {
    const archive = await openArchive(path, where, this.#config.limits);
    try {
      report.skipped.push(...archive.skipped);
      const tables = archive.files.filter(({ name }) => isTable(name));
      const pictures = archive.files.filter(({ name }) => /\.(jpe?g|png|webp|gif|bmp|tiff?|avif)$/i.test(name));
      if (pictures.length === 0 && tables.length > 0) {
        for (const file of tables) await this.#archivedTable(dataset, file, options, report);
        return;
      }
      const places = placeFiles(archive.files.map(({ name }) => name));
      for (const file of archive.files)
        await this.#archivedPicture(dataset, file, { ...places.get(file.name), ...labelOf(options) }, report);
    } finally {
      await archive.close();
    }
  }

  async #archivedPicture(dataset: string, file: ArchiveFile, place: Place, report: IntakeReport): Promise<void> {
    const { pictureBytes } = this.#config.limits;
    try {
      if (file.bytes > pictureBytes) throw tooLarge(`'${file.name}'`, pictureBytes);
      const stream = file.stream();
      const received = await this.#blobs.receive(stream, pictureBytes, `'${file.name}'`);
      try {
        await this.#picture(dataset, file.name, received, place, report);
      } finally {
        await rm(received.path, { force: true });
      }
    } catch (error) {
      // One damaged file is no reason to lose the others; what is wrong with the dataset itself is.
      if (!(error instanceof Problem) || error.status === 404 || error.code === 'other-kind' || error.code === 'too-many') throw error;
      report.skipped.push({ name: file.name, reason: error.message });
    }
  }

  async #archivedTable(dataset: string, file: ArchiveFile, options: UploadOptions, report: IntakeReport): Promise<void> {
    const stream = file.stream();
    const received = await this.#blobs.receive(stream, this.#config.limits.tableBytes, `'${file.name}'`);
    const base = file.name.replace(/^.*\//, '');
    const split = /^(test|val|valid|validation|dev)\b|[-_.](test|val|valid|validation|dev)\b/i.test(base) ? 'test' : undefined;
    try {
      await this.#table(dataset, file.name, received.path, options, split, report);
    } finally {
      await rm(received.path, { force: true });
    }
  }

  async #picture(
    dataset: string,
    name: string,
    received: { path: string; sha256: string; bytes: number },
    place: Place,
    report: IntakeReport,
  ): Promise<void> {
    let facts: Awaited<ReturnType<typeof inspectPicture>>;
    let label: string | null;
    try {
      facts = await inspectPicture(received.path, name, this.#config.limits);
      label = place.label === undefined ? null : safeLabel(place.label);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      report.skipped.push({ name, reason: error.message });
      return;
    }
    const { sha256: blob, bytes } = await this.#blobs.keep(received);
    await this.#insert(dataset, 'image', [{ name, label, split: place.split ?? null, blob, bytes, ...facts }], report);
  }

  async #table(
    dataset: string,
    name: string,
    path: string,
    options: UploadOptions,
    split: 'test' | undefined,
    report: IntakeReport,
  ): Promise<void> {
    const { textColumn, labelColumn } = options;
    const named = this.#blobs.temporary(extname(name).toLowerCase());
    await copyFile(path, named);
    try {
      const columns = { ...(textColumn === undefined ? {} : { textColumn }), ...(labelColumn === undefined ? {} : { labelColumn }) };
      const found = await this.#reader.call('table', { path: named, ...columns });
      const lineOf = (id: string) => `${name}:${id.slice(id.lastIndexOf(':') + 1)}`;
      for (const { id, reason } of found.skipped) report.skipped.push({ name: lineOf(id), reason });
      const rows: NewSample[] = [];
      for (const sample of found.samples) {
        const trouble = textTrouble(sample.text, this.#config.limits.textLength);
        const label = options.label ?? sample.label;
        try {
          if (trouble) throw new Problem(422, 'invalid-data', trouble);
          rows.push({
            name: lineOf(sample.id),
            text: sample.text,
            label: label === undefined ? null : safeLabel(label),
            split: split ?? null,
          });
        } catch (error) {
          report.skipped.push({ name: lineOf(sample.id), reason: toProblem(error).message });
        }
      }
      await this.#insert(dataset, 'text', rows, report);
    } catch (error) {
      if (error instanceof EngineError) throw aboutTable(error, named, name);
      throw error;
    } finally {
      await rm(named, { force: true });
    }
  }

  async #insert(dataset: string, modality: 'image' | 'text', rows: readonly NewSample[], report: IntakeReport): Promise<void> {
    if (rows.length === 0) return;
    await this.#require(dataset, modality, rows.length);
    for (let start = 0; start < rows.length; start += chunk) {
      // A table that names a line twice would make one statement touch a row twice.
      const part = [...new Map(rows.slice(start, start + chunk).map((row) => [row.name, row])).values()];
      const excluded = (name: string) => sql.raw(`excluded.${name}`);
      await this.#db
        .insert(samples)
        .values(part.map((row) => ({ ...row, id: newId('smp'), datasetId: dataset })))
        .onConflictDoUpdate({
          target: [samples.datasetId, samples.name],
          set: {
            // Labels that people gave since are kept where an upload says nothing.
            label: sql`coalesce(excluded.label, ${samples.label})`,
            split: excluded('split'),
            text: excluded('text'),
            blob: excluded('blob'),
            type: excluded('type'),
            bytes: excluded('bytes'),
            width: excluded('width'),
            height: excluded('height'),
          },
        });
      report.accepted += part.length;
    }
  }

  async #require(dataset: string, modality: 'image' | 'text', coming: number): Promise<void> {
    const { samples: most } = this.#config.limits;
    const [row] = await this.#db.select().from(datasets).where(eq(datasets.id, dataset));
    if (!row) throw notFound('dataset', dataset);
    if (row.modality === null) await this.#db.update(datasets).set({ modality }).where(eq(datasets.id, dataset));
    else if (row.modality !== modality) {
      throw new Problem(422, 'other-kind', `Dataset '${row.name}' holds ${row.modality} samples, and ${modality} samples came.`, {
        hint: 'Make a dataset of its own for them.',
      });
    }
    const count = await this.#db.$count(samples, eq(samples.datasetId, dataset));
    if (count + coming > most) throw new Problem(413, 'too-many', `Dataset '${row.name}' would have more than ${most} samples.`);
  }
}

interface Place {
  readonly label?: string;
  readonly split?: 'train' | 'test';
}

function placeOne(name: string, options: UploadOptions): Place {
  const label = options.label ?? folderLabel(name);
  return label === undefined ? {} : { label };
}

function labelOf({ label }: UploadOptions): Place {
  return label === undefined ? {} : { label };
}

/** An error of the table's reader, with the name that the client knows. */
function aboutTable(error: EngineError, path: string, name: string): Problem {
  const problem = toProblem(error);
  const file = path.replace(/^.*\//, '');
  const hint = /--(text|label) COLUMN/.test(problem.hint ?? '')
    ? 'Name the columns in the fields textColumn and labelColumn, before the file.'
    : problem.hint;
  return new Problem(problem.status, problem.code, problem.message.replaceAll(path, name).replaceAll(file, name), { hint, cause: error });
}

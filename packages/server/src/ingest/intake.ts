import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { eq, lt, sql } from 'drizzle-orm';
import type { Config } from '../config.ts';
import type { EngineThread } from '../engine/host.ts';
import type { TableRow } from '../engine/protocol.ts';
import { toProblem } from '../errors.ts';
import { newId } from '../ids.ts';
import { errorFields, type Log } from '../log.ts';
import { type Blobs, tooLarge } from '../store/blobs.ts';
import type { Db } from '../store/database.ts';
import { uploads } from '../store/schema.ts';
import { type ArchiveFile, openArchive } from './archive.ts';
import type { Ear } from './ear.ts';
import { MediaIntake, type Place, type Received, skip } from './media.ts';
import {
  folderLabel,
  isArchive,
  isClip,
  isPicture,
  isSoundName,
  isTable,
  namedGroup,
  namedLabel,
  placeFiles,
  safeLabel,
  safeName,
  textTrouble,
} from './names.ts';
import type { UploadOptions } from './options.ts';
import { splitOf, TableIntake, type Taking } from './tables.ts';
import { type IntakeReport, type NewSample, SampleWriter } from './writer.ts';

const stale = 60_000;

export interface IntakeDeps {
  readonly db: Db;
  readonly blobs: Blobs;
  readonly config: Config;
  readonly reader: EngineThread;
  readonly ear: Ear;
  readonly log: Log;
}

/** Files that belong together, and how they are taken. */
export interface FileSet extends Taking {
  readonly files: readonly ArchiveFile[];
}

/** Takes samples into datasets. Each file is safe once it is counted; archives and tables are kept until all that is in them is. */
export class Intake {
  readonly #db: Db;
  readonly #blobs: Blobs;
  readonly #config: Config;
  readonly #writer: SampleWriter;
  readonly #media: MediaIntake;
  readonly #tables: TableIntake;
  readonly #log: Log;
  /** Goes on with an archive that is a project. */
  project: ((dataset: string, path: string, name: string, report: IntakeReport) => Promise<unknown>) | undefined;

  /** @param reader parses tables: a thread of its own, so that a hostile one harms nobody */
  constructor({ db, blobs, config, reader, ear, log }: IntakeDeps) {
    this.#db = db;
    this.#blobs = blobs;
    this.#config = config;
    this.#writer = new SampleWriter(db, config.limits);
    this.#media = new MediaIntake({ blobs, limits: config.limits, ear, writer: this.#writer });
    this.#tables = new TableIntake({ blobs, limits: config.limits, reader, writer: this.#writer });
    this.#log = log;
  }

  /** One file of an upload, by its name a picture, a clip, an archive or a table. */
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
    if (!isArchive(name) && !isTable(name)) {
      const received = await this.#blobs.receive(stream, this.#mediumLimit(name), `'${name}'`);
      const label = folderLabel(name) ?? namedLabel(name);
      return this.#medium(dataset, name, received, { ...(label === undefined ? {} : { label }), ...said(name, options) }, report);
    }
    const received = await this.#blobs.receive(stream, isArchive(name) ? limits.uploadBytes : limits.tableBytes, `'${name}'`);
    const { sha256: blob } = await this.#blobs.keep(received);
    const row = { id: newId('up'), datasetId: dataset, name, blob, options };
    await this.hold(row, (path) => this.#unpack(row, path, report));
  }

  /** Works on an archive or table that is kept until all that is in it is; a crash in between is gone on with by `resume`. */
  async hold<T>(row: Upload, work: (path: string) => Promise<T>): Promise<T> {
    await this.#db.insert(uploads).values(row).onConflictDoNothing();
    const touch = setInterval(() => {
      this.#db
        .update(uploads)
        .set({ touchedAt: sql`now()` })
        .where(eq(uploads.id, row.id))
        .catch(() => undefined);
    }, stale / 4);
    try {
      const result = await work(await this.#blobs.path(row.blob));
      await this.#forget(row);
      return result;
    } catch (error) {
      // What cannot be used will not be usable after a restart either.
      if (toProblem(error).status < 500) await this.#forget(row);
      throw error;
    } finally {
      clearInterval(touch);
    }
  }

  /** Text samples that came one by one. */
  async texts(
    dataset: string,
    given: readonly {
      readonly text: string;
      readonly label?: string | undefined;
      readonly group?: string | undefined;
      readonly name: string;
    }[],
    report: IntakeReport,
  ): Promise<void> {
    const rows: NewSample[] = [];
    for (const { text, label, group, name } of given) {
      const trouble = textTrouble(text, this.#config.limits.textLength);
      if (trouble) report.skipped.push({ name, reason: trouble });
      else {
        rows.push({
          name: safeName(name),
          text,
          label: label === undefined ? null : safeLabel(label),
          group: group === undefined ? null : safeLabel(group, 'group'),
        });
      }
    }
    await this.#writer.insert(dataset, 'text', rows, report);
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
        await this.hold(row, (path) => this.#unpack(row, path, report));
        this.#log('info', 'upload.resumed', { dataset: row.datasetId, accepted: report.accepted, skipped: report.skipped.length });
      } catch (error) {
        this.#log('warn', 'upload.resumed', { dataset: row.datasetId, ...errorFields(error) });
      }
    }
  }

  async #unpack(row: Upload, path: string, report: IntakeReport): Promise<void> {
    const { datasetId, name, options } = row;
    if (options.project) await this.project?.(datasetId, path, name, report);
    else if (isArchive(name)) await this.#archive(datasetId, name, path, options, report);
    else await this.#tables.insert(datasetId, await this.#tables.read(path, name, options, report), { options }, report);
  }

  async #forget({ id, blob }: Pick<typeof uploads.$inferSelect, 'id' | 'blob'>): Promise<void> {
    await this.#db.delete(uploads).where(eq(uploads.id, id));
    if ((await this.#db.$count(uploads, eq(uploads.blob, blob))) === 0) await this.#blobs.remove(blob);
  }

  async #archive(dataset: string, where: string, path: string, options: UploadOptions, report: IntakeReport): Promise<void> {
    const archive = await openArchive(path, where, this.#config.limits);
    try {
      report.skipped.push(...archive.skipped);
      await this.files(dataset, { files: archive.files, options }, report);
    } finally {
      await archive.close();
    }
  }

  /** Files of an archive or folder: class folders, files and lists of them, or tables of texts. */
  async files(dataset: string, set: FileSet, report: IntakeReport): Promise<void> {
    const { files, options, excluded } = set;
    const tables = files.filter(({ name }) => isTable(name));
    if (tables.length > 0 && !files.some(({ name }) => isPicture(name) || isClip(name))) {
      for (const file of tables) await this.#textsOf(dataset, file, set, report);
      return;
    }
    const listed = await this.#listed(tables, set, report);
    if (listed) {
      const unlisted = files.filter((file) => !isTable(file.name) && !listed.has(file));
      for (const { name } of unlisted) report.skipped.push({ name, reason: 'No list in the archive names it.' });
      for (const [file, parts] of listed) await this.#archivedMedium(dataset, file, parts, set, report);
      return;
    }
    const media = files.filter(({ name }) => !isTable(name));
    const places = placeFiles(media.map(({ name }) => name));
    for (const file of media) {
      if (excluded?.has(file.name)) continue;
      const part = { name: file.name, ...places.get(file.name), ...said(file.name, options) };
      await this.#archivedMedium(dataset, file, [part], set, report);
    }
  }

  /** One table, of texts or of files beside it; the others are not looked at. */
  async table(dataset: string, table: ArchiveFile, set: FileSet, report: IntakeReport): Promise<void> {
    const listed = await this.#listed([table], set, report, (file, rows) =>
      this.#tables.insert(dataset, rows, { ...set, split: splitOf(file.name) }, report),
    );
    for (const [file, parts] of listed ?? []) await this.#archivedMedium(dataset, file, parts, set, report);
  }

  async #textsOf(dataset: string, file: ArchiveFile, set: FileSet, report: IntakeReport): Promise<void> {
    const rows = await this.#tables.readFile(file, set.options, report);
    await this.#tables.insert(dataset, rows, { ...set, split: splitOf(file.name) }, report);
  }

  /**
   * What lists say of the files beside them; undefined where there is no list.
   * @param otherwise takes the rows of a table that lists nothing
   */
  async #listed(
    tables: readonly ArchiveFile[],
    { files: all, options, excluded }: FileSet,
    report: IntakeReport,
    otherwise?: (table: ArchiveFile, rows: readonly TableRow[]) => Promise<void>,
  ): Promise<Map<ArchiveFile, ListedPart[]> | undefined> {
    const files = new Map(all.map((file) => [file.name, file]));
    const parts = new Map<ArchiveFile, ListedPart[]>();
    const names = new Map<string, number>();
    let lists = 0;
    for (const table of tables) {
      let rows: readonly TableRow[];
      try {
        rows = await this.#tables.readFile(table, options, report);
      } catch (error) {
        if (otherwise) throw error;
        skip(error, table.name, report);
        continue;
      }
      if (!rows.some(({ file }) => file !== undefined)) {
        if (otherwise) await otherwise(table, rows);
        else report.skipped.push({ name: table.name, reason: 'It is no list of the files beside it.' });
        continue;
      }
      lists++;
      const split = splitOf(table.name);
      for (const { id, file: listed = '', start, end, label, group } of rows) {
        if (excluded?.has(id)) continue;
        const file = [`${table.name.replace(/[^/]*$/, '')}${listed}`, listed].map((name) => files.get(plain(name))).find(Boolean);
        if (!file) {
          report.skipped.push({ name: id, reason: `The archive has no file '${listed.slice(0, 100)}'.` });
          continue;
        }
        const name = start === undefined && end === undefined ? file.name : `${file.name} ${start ?? 0}–${end ?? 'end'} s`;
        const times = (names.get(name) ?? 0) + 1;
        names.set(name, times);
        const part: ListedPart = {
          name: times > 1 ? `${name} (${times})` : name,
          ...(start === undefined ? {} : { start }),
          ...(end === undefined ? {} : { end }),
          ...(label === undefined ? {} : { label }),
          ...(split === undefined ? {} : { split }),
          ...said(file.name, options),
          ...(group === undefined ? {} : { group }),
        };
        parts.set(file, [...(parts.get(file) ?? []), part]);
      }
    }
    return lists === 0 ? undefined : parts;
  }

  async #archivedMedium(
    dataset: string,
    file: ArchiveFile,
    parts: readonly ListedPart[],
    { keep }: FileSet,
    report: IntakeReport,
  ): Promise<void> {
    const limit = this.#mediumLimit(file.name);
    try {
      if (file.bytes > limit) throw tooLarge(`'${file.name}'`, limit);
      const received = await this.#blobs.receive(file.stream(), limit, `'${file.name}'`);
      const [part] = parts;
      if (keep && part && parts.length === 1 && (await this.#writer.has(dataset, part.name, received.sha256))) {
        await rm(received.path, { force: true });
        report.accepted++;
        return;
      }
      await this.#medium(dataset, file.name, received, parts, report);
    } catch (error) {
      skip(error, file.name, report);
    }
  }

  async #medium(
    dataset: string,
    name: string,
    received: Received,
    place: Place | readonly ListedPart[],
    report: IntakeReport,
  ): Promise<void> {
    const parts: readonly ListedPart[] = Array.isArray(place) ? place : [{ name, ...place }];
    try {
      if (isSoundName(name)) await this.#media.clip(dataset, name, received, parts, report);
      else for (const part of parts) await this.#media.picture(dataset, part.name, received, part, report);
    } finally {
      await rm(received.path, { force: true });
    }
  }

  #mediumLimit(name: string): number {
    const { clipBytes, pictureBytes } = this.#config.limits;
    return isSoundName(name) ? clipBytes : pictureBytes;
  }
}

type Upload = Pick<typeof uploads.$inferSelect, 'id' | 'datasetId' | 'name' | 'blob' | 'options'>;

type ListedPart = Parameters<MediaIntake['clip']>[3][number];

/** What the upload says of a file, whatever its folder says. */
function said(name: string, { label, group, groupPart }: UploadOptions): Place {
  const own = group ?? (groupPart === undefined ? undefined : namedGroup(name, groupPart));
  return { ...(label === undefined ? {} : { label }), ...(own === undefined ? {} : { group: own }) };
}

/** A path in a list as the archive calls it; what leads out of it is no file of it. */
function plain(path: string): string {
  return path
    .replace(/\\/g, '/')
    .replace(/^(\.\/)+/, '')
    .normalize('NFC');
}

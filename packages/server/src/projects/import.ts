import { randomUUID } from 'node:crypto';
import { readFile, realpath, rm } from 'node:fs/promises';
import { builtInCards, EngineError, openProject, type Project, type ProjectRun, parseProject, projectFile } from '@headstart/core';
import { and, eq, inArray } from 'drizzle-orm';
import { type BackboneDeps, takeBackboneFiles } from '../backbones/intake.ts';
import { notFound, Problem, toProblem } from '../errors.ts';
import { newId } from '../ids.ts';
import { type ArchiveFile, openArchive } from '../ingest/archive.ts';
import type { Intake } from '../ingest/intake.ts';
import { isArchive, isTable } from '../ingest/names.ts';
import type { IntakeReport } from '../ingest/writer.ts';
import { aliases, backbones, datasets, models, samples } from '../store/schema.ts';
import { type KnownFile, readBundle } from './bundle.ts';
import { filesOfFolder, filesOfZip, type ProjectFiles } from './files.ts';

/** What came of a project. */
export interface Imported {
  readonly dataset: string;
  readonly report: IntakeReport;
  /** Models of its finished runs, the newest last. */
  readonly models: readonly string[];
  /** Leads to the newest of them. */
  readonly alias: string | undefined;
  /** What was not taken as it is: sentences for people. */
  readonly notes: readonly string[];
}

/** Bytes of a bundle: a head is small, whatever its backbone. */
const bundleBytes = 256 * 2 ** 20;
const projectBytes = 16 * 2 ** 20;

export interface ProjectDeps extends BackboneDeps {
  readonly intake: Intake;
}

/** Takes projects, as the terminal and the web studio write them: samples become a dataset, settings its usual ones, runs models. */
export class Projects {
  readonly #deps: ProjectDeps;

  constructor(deps: ProjectDeps) {
    this.#deps = deps;
    deps.intake.project = (dataset, path, name, report) => this.#unpack(dataset, path, name, report);
  }

  /**
   * A project in a zip, or its headstart.json alone.
   * @param path of the file; it is gone afterwards
   * @throws Problem 422; EngineError `invalid-data`, `unsupported` for a file that is no project
   */
  async take(received: { readonly path: string; readonly sha256: string; readonly bytes: number }, name: string): Promise<Imported> {
    const { db, blobs, intake, config } = this.#deps;
    const alone = /\.json$/i.test(name);
    const files = alone ? undefined : await filesOfZip(received.path, name, config.limits);
    try {
      if (!alone && !files) {
        const hint = 'POST /v1/datasets/{id}/upload takes a zip of samples; a project has a headstart.json at its top.';
        throw new Problem(422, 'invalid-data', `There is no ${projectFile} in '${name}'.`, { hint });
      }
      const project = parseProject(files ? await textOf(files, projectFile) : await readFile(received.path, 'utf8'), name);
      const dataset = newId('ds');
      await db.insert(datasets).values({ id: dataset, ...rowOf(project) });
      const report: IntakeReport = { accepted: 0, skipped: [] };
      if (!files) {
        const notes = project.data.length > 0 ? [`The samples did not come: ${project.data.map(({ path }) => path).join(', ')}.`] : [];
        return { dataset, report, models: [], alias: undefined, notes };
      }
      const { sha256: blob } = await blobs.keep(received);
      const row = { id: newId('up'), datasetId: dataset, name, blob, options: { project: true as const } };
      try {
        return await intake.hold(row, (path) => this.#unpack(dataset, path, name, report));
      } catch (error) {
        // A project that cannot be used leaves nothing behind.
        if (toProblem(error).status < 500) await db.delete(datasets).where(eq(datasets.id, dataset));
        throw error;
      }
    } finally {
      await files?.close();
      await rm(received.path, { force: true });
    }
  }

  async #unpack(dataset: string, path: string, name: string, report: IntakeReport): Promise<Imported> {
    const files = await filesOfZip(path, name, this.#deps.config.limits);
    if (!files) throw new Problem(422, 'invalid-data', `There is no ${projectFile} in '${name}'.`);
    try {
      const project = parseProject(await textOf(files, projectFile), name);
      return await this.#import(dataset, project, files, { report, trusted: false });
    } finally {
      await files.close();
    }
  }

  /**
   * The project of a folder of this machine: its dataset the first time, what is new in it every other time.
   * @throws EngineError `invalid-argument` where there is none
   */
  async open(folder: string): Promise<Imported> {
    const { db } = this.#deps;
    const project = await requireProject(folder);
    const origin = await realpath(folder);
    const row = rowOf(project);
    const [known] = await db
      .insert(datasets)
      .values({ id: newId('ds'), ...row, origin })
      .onConflictDoUpdate({ target: datasets.origin, set: { name: row.name, settings: row.settings } })
      .returning();
    if (!known) throw notFound('dataset of', folder);
    const report: IntakeReport = { accepted: 0, skipped: [] };
    const imported = await this.#import(known.id, project, filesOfFolder(origin, await realpath(this.#deps.config.data)), {
      report,
      trusted: true,
    });
    if (project.excluded.length > 0) {
      await db.delete(samples).where(and(eq(samples.datasetId, known.id), inArray(samples.name, project.excluded)));
    }
    return imported;
  }

  async #import(
    dataset: string,
    project: Project,
    files: ProjectFiles,
    { report, trusted }: { readonly report: IntakeReport; readonly trusted: boolean },
  ): Promise<Imported> {
    const notes: string[] = [];
    for (const source of project.data) await this.#data(dataset, project, source, files, report);
    await this.#backbone(dataset, project, files, notes);
    const { taken, newest } = await this.#runs(dataset, project, files, { notes, trusted });
    const alias = newest === undefined ? undefined : await this.#alias(dataset, project.name, newest, notes);
    return { dataset, report, models: taken, alias, notes };
  }

  async #data(
    dataset: string,
    { data, excluded, modality }: Project,
    { path, text, label }: Project['data'][number],
    files: ProjectFiles,
    report: IntakeReport,
  ): Promise<void> {
    const { intake, blobs, config } = this.#deps;
    const options = { ...(text === undefined ? {} : { textColumn: text }), ...(label === undefined ? {} : { labelColumn: label }) };
    // Ids are those of one source: of several, only the names can tell them apart.
    const named = (all: readonly ArchiveFile[]) =>
      data.length === 1 ? all : all.map((file) => ({ ...file, name: `${path.replace(/^\.\/|\/$/g, '')}/${file.name}` }));
    const set = { options, excluded: new Set(excluded), keep: true };
    const file = await files.file(path);
    if (!file) {
      const under = (await files.under(path)).filter(({ name }) => !notData.test(name));
      if (under.length > 0) return intake.files(dataset, { ...set, files: named(under) }, report);
      const hint = 'Put the data into the zip, by the path that headstart.json names.';
      throw new Problem(422, 'invalid-data', `The project's data '${path}' is not there.`, { hint });
    }
    if (isTable(path)) {
      const folder = /[/\\]/.test(path) ? path.replace(/[/\\][^/\\]*$/, '') : '.';
      const base = { ...file, name: path.replace(/^.*[/\\]/, '') };
      const groups = modality === 'text' && (await hasColumn(file, 'group')) ? { groupColumn: 'group' } : {};
      return intake.table(dataset, base, { ...set, options: { ...options, ...groups }, files: await files.under(folder) }, report);
    }
    if (!isArchive(path)) throw new Problem(422, 'invalid-data', `The project's data '${path}' is no folder, table or zip.`);
    const received = await blobs.receive(file.stream(), config.limits.uploadBytes, `'${path}'`);
    const inner = await openArchive(received.path, path, config.limits);
    try {
      await intake.files(dataset, { ...set, files: named(inner.files) }, report);
    } finally {
      await inner.close();
      await rm(received.path, { force: true });
    }
  }

  /** A backbone that lies in the project is kept under a name of its own, which trainings on the dataset take. */
  async #backbone(dataset: string, project: Project, files: ProjectFiles, notes: string[]): Promise<void> {
    const { db } = this.#deps;
    const { name } = project.backbone;
    if (builtInCards.some((card) => card.name === name)) return;
    if ((await db.$count(backbones, eq(backbones.name, name))) > 0) return;
    const file = await files.file(name);
    let taken: string | undefined;
    if (file) {
      try {
        const folder = /[/\\]/.test(name) ? name.replace(/[/\\][^/\\]*$/, '') : '.';
        const model = name.replace(/^.*[/\\]/, '');
        const beside = (await files.under(folder)).filter((each) => !each.name.includes('/') && besideModel.test(each.name));
        taken = await takeBackboneFiles(model, [{ ...file, name: model }, ...beside.filter((each) => each.name !== model)], this.#deps);
      } catch (error) {
        notes.push(`The backbone '${name}' cannot be used: ${toProblem(error).message}`);
      }
    } else notes.push(`The backbone '${name}' is not here; trainings take the usual one unless they name another.`);
    const { backbone: _, ...rest } = rowOf(project).settings;
    const settings = taken === undefined ? rest : { ...rest, backbone: { ...project.backbone, name: taken } };
    await db.update(datasets).set({ settings }).where(eq(datasets.id, dataset));
  }

  async #runs(
    dataset: string,
    project: Project,
    files: ProjectFiles,
    { notes, trusted }: { readonly notes: string[]; readonly trusted: boolean },
  ): Promise<{ readonly taken: readonly string[]; readonly newest: string | undefined }> {
    const { db, blobs } = this.#deps;
    const taken: string[] = [];
    let newest: string | undefined;
    const find = await this.#finder(files);
    const finished = project.runs.filter(({ status, bundle }) => status === 'done' && bundle !== undefined);
    for (const run of finished.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1))) {
      try {
        const file = await files.file(run.bundle as string);
        if (!file) throw new Problem(422, 'invalid-data', `The bundle '${run.bundle}' is not there.`);
        const received = await blobs.receive(file.stream(), bundleBytes, `'${run.bundle}'`);
        const where = and(eq(models.datasetId, dataset), eq(models.bundle, received.sha256));
        const [known] = await db.select({ id: models.id }).from(models).where(where);
        if (known) {
          newest = known.id;
          await rm(received.path, { force: true });
          continue;
        }
        newest = await this.#model(dataset, project, run, { received, files, find, trusted });
        taken.push(newest);
      } catch (error) {
        notes.push(`Run ${run.id} became no model: ${toProblem(error).message}`);
      }
    }
    return { taken, newest };
  }

  async #model(datasetId: string, project: Project, run: ProjectRun, { received, files, find, trusted }: RunParts): Promise<string> {
    const { db, blobs } = this.#deps;
    try {
      const { bundle, spec } = await readBundle(await readFile(received.path), run.bundle as string, find, trusted);
      const keep = async (path: string | undefined, limit: number) => {
        const file = path === undefined ? undefined : await files.file(path);
        return file && (await blobs.keep(await blobs.receive(file.stream(), limit, `'${path}'`))).sha256;
      };
      const id = newId('mdl');
      const model = {
        id,
        name: project.name,
        datasetId,
        spec,
        modality: spec.card.modality,
        labels: [...bundle.labels],
        metrics: bundle.metrics && { ...bundle.metrics },
        training: { ...bundle.training },
        report: await keep(run.report, projectBytes),
        onnx: await keep(run.onnx, this.#deps.config.limits.backboneBytes),
        bundle: (await blobs.keep(received)).sha256,
      };
      await db.insert(models).values(model);
      return id;
    } finally {
      await rm(received.path, { force: true });
    }
  }

  /** The project's name as an alias, unless it leads to a model of something else already. */
  async #alias(dataset: string, name: string, modelId: string, notes: string[]): Promise<string | undefined> {
    const { db } = this.#deps;
    const alias = slugOf(name);
    const [there] = await db
      .select({ dataset: models.datasetId })
      .from(aliases)
      .innerJoin(models, eq(models.id, aliases.modelId))
      .where(eq(aliases.alias, alias));
    if (there && there.dataset !== dataset) {
      notes.push(`The alias '${alias}' leads to a model of other data and stays there; PUT /v1/aliases/{alias} leads one to '${modelId}'.`);
      return undefined;
    }
    await db.insert(aliases).values({ alias, modelId }).onConflictDoUpdate({ target: aliases.alias, set: { modelId } });
    return alias;
  }

  /** Files by their hash: those of backbones uploaded here, and those of the project, which are kept once they are asked for. */
  async #finder(files: ProjectFiles): Promise<(sha: string) => Promise<KnownFile | undefined>> {
    const { db, blobs, config } = this.#deps;
    const own = (await db.select().from(backbones)).flatMap(({ spec }) => spec.files ?? []);
    let inside: Promise<Map<string, ArchiveFile>> | undefined;
    return async (sha) => {
      const there = own.find(({ blob }) => blob === sha);
      if (there) return { blob: sha, bytes: there.bytes };
      inside ??= (async () => {
        const found = new Map<string, ArchiveFile>();
        for (const file of await files.under('.')) {
          if (!besideModel.test(file.name) || file.bytes > config.limits.backboneBytes) continue;
          const received = await blobs.receive(file.stream(), config.limits.backboneBytes, `'${file.name}'`);
          found.set(received.sha256, file);
          await rm(received.path, { force: true });
        }
        return found;
      })();
      const file = (await inside).get(sha);
      if (!file) return undefined;
      const { bytes } = await blobs.keep(await blobs.receive(file.stream(), config.limits.backboneBytes, `'${file.name}'`));
      return { blob: sha, bytes };
    };
  }
}

/** The project of a folder. @throws EngineError `invalid-argument` where there is none, `invalid-data`, `unsupported` */
export async function requireProject(folder: string): Promise<Project> {
  const project = await openProject(folder);
  if (project) return project;
  throw new EngineError('invalid-argument', 'there is no project', {
    where: folder,
    expected: `a folder with a ${projectFile}`,
    hint: '`headstart studio FOLDER` makes one.',
  });
}

interface RunParts {
  readonly received: { readonly path: string; readonly sha256: string; readonly bytes: number };
  readonly files: ProjectFiles;
  readonly find: (sha: string) => Promise<KnownFile | undefined>;
  readonly trusted: boolean;
}

/** What lies beside the data of a project whose data are its folder itself. */
const notData = /(^|\/)headstart\.json$|\.(headstart|onnx|html)$|^(runs|backbones|unlabelled)\//i;

/** Files that models are made of. */
const besideModel = /\.(onnx|onnx_data|data|bin|weights)$|(^|\/)(tokenizer|tokenizer_config|preprocessor_config|config)\.json$/i;

/** Whether the first line of a table names a column. */
async function hasColumn(file: ArchiveFile, name: string): Promise<boolean> {
  const stream = file.stream();
  for await (const piece of stream) {
    stream.destroy();
    const [line = ''] = (piece as Buffer)
      .subarray(0, 65_536)
      .toString('utf8')
      .split(/[\r\n]/);
    return line.split(/[,;\t|]/).some((column) => column.trim().replace(/^\uFEFF|^"|"$/g, '') === name);
  }
  return false;
}

async function textOf(files: ProjectFiles, path: string): Promise<string> {
  const file = await files.file(path);
  if (!file || file.bytes > projectBytes) throw new Problem(422, 'invalid-data', `${path} is not there, or is no file of settings.`);
  const pieces: Buffer[] = [];
  for await (const piece of file.stream()) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

/** What a dataset has of a project. */
function rowOf({ name, modality, classes, backbone, head }: Project) {
  return {
    // A name that our own routes would refuse comes from no front end.
    name:
      name
        .replace(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, 200) || 'Project',
    modality,
    settings: { ...(classes.length > 0 ? { classes } : {}), backbone, head },
  };
}

function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-');
  return (
    plain
      .replace(/^[^a-z0-9]+/, '')
      .slice(0, 64)
      .replace(/-+$/, '') || `project-${randomUUID().slice(0, 8)}`
  );
}

import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { joinPath, readFile, resolvePath, stat } from '#platform';
import { EngineError } from '../errors.ts';
import { writeResult } from '../train/write-result.ts';

/** The file that makes a folder a project. */
export const projectFile = 'headstart.json';

const share = z.number().check(z.gt(0), z.lt(1));
const time = z.iso.datetime();

const sourceSchema = z.strictObject({
  /** A folder of class folders, a zip of one, or a table; relative to the project's folder. In the browser, a name under the project's storage. */
  path: z.string().check(z.minLength(1)),
  /** Column of the texts, for tables. */
  text: z.optional(z.string()),
  /** Column of the labels, for tables. */
  label: z.optional(z.string()),
});

const runSchema = z.strictObject({
  /** Unique within the project. */
  id: z.string().check(z.minLength(1)),
  status: z.enum(['running', 'stopped', 'failed', 'done']),
  startedAt: time,
  finishedAt: z.optional(time),
  backbone: z.string(),
  engine: z.optional(z.enum(['webgpu', 'wasm'])),
  samples: z.optional(z.int().check(z.nonnegative())),
  accuracy: z.optional(z.number()),
  macroF1: z.optional(z.number()),
  logLoss: z.optional(z.number()),
  /** Files it wrote, relative to the project's folder. */
  bundle: z.optional(z.string()),
  onnx: z.optional(z.string()),
  report: z.optional(z.string()),
  /** Why it failed, one sentence. */
  error: z.optional(z.string()),
});

const projectSchema = z.strictObject({
  /** Of this schema. */
  version: z.literal(1),
  name: z.string().check(z.minLength(1)),
  modality: z.enum(['image', 'text', 'audio']),
  data: z.array(sourceSchema),
  /** Class names in the order they are shown; classes that the data has and this leaves out follow by name. */
  classes: z.array(z.string()),
  /** Ids of samples that are left out. */
  excluded: z.array(z.string()),
  backbone: z.strictObject({
    /** A built-in card's name, an `hf:` or `npm:` address, or a path relative to the project's folder. */
    name: z.string().check(z.minLength(1)),
    cut: z.optional(z.string()),
    /** Height and width of image inputs, in pixels. */
    size: z.optional(z.int().check(z.positive())),
  }),
  head: z.strictObject({
    l2: z.union([z.literal('auto'), z.number().check(z.nonnegative())]),
    folds: z.int().check(z.gte(2)),
    seed: z.int(),
    /** Share of the samples held out to measure with. */
    testShare: share,
    classWeights: z.enum(['none', 'balanced']),
  }),
  runs: z.array(runSchema),
});

/** What a project is made of: where its samples are, what to train, and what was trained. One file, `headstart.json`, that every front end opens. */
export type Project = z.infer<typeof projectSchema>;
export type ProjectSource = z.infer<typeof sourceSchema>;
export type ProjectRun = z.infer<typeof runSchema>;

/** A project with nothing in it yet, and the settings that most begin with. */
export function newProject(name: string, modality: Project['modality'], backbone: string): Project {
  return {
    version: 1,
    name,
    modality,
    data: [],
    classes: [],
    excluded: [],
    backbone: { name: backbone },
    head: { l2: 'auto', folds: 5, seed: 0, testShare: 0.2, classWeights: 'none' },
    runs: [],
  };
}

/**
 * Reads the text of a project file.
 * @param where what errors call it, such as its path
 * @throws EngineError `invalid-data` naming the first member that cannot be meant; `unsupported` for a newer version
 */
export function parseProject(text: string, where: string = projectFile): Project {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new EngineError('invalid-data', 'not JSON', {
      where,
      hint: 'Restore it from a backup, or delete it to start anew.',
      cause: error,
    });
  }
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (typeof version === 'number' && version > 1) {
    const hint = 'Update Headstart.';
    throw new EngineError('unsupported', 'written by a newer Headstart', { where, expected: 'version 1', got: `version ${version}`, hint });
  }
  const result = z.safeParse(projectSchema, value, { error: en().localeError });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const member = issue?.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  throw new EngineError('invalid-data', `'${member?.replace(/^\./, '') || 'the whole'}' cannot be meant: ${issue?.message ?? ''}`, {
    where,
    hint: 'Correct it by hand, or delete the file to start anew.',
    cause: result.error,
  });
}

export function encodeProject(project: Project): string {
  return `${JSON.stringify(project, null, 2)}\n`;
}

/** The project of a folder, or undefined where there is none. */
export async function openProject(folder: string): Promise<Project | undefined> {
  const path = joinPath(resolvePath(folder), projectFile);
  if (!(await stat(path))) return undefined;
  return parseProject(new TextDecoder().decode(await readFile(path)), path);
}

/**
 * Writes a project into its folder: under a temporary name, then renamed.
 * @throws EngineError `disk`; the file that was there stays as it was
 */
export async function saveProject(folder: string, project: Project): Promise<void> {
  await writeResult(joinPath(resolvePath(folder), projectFile), new TextEncoder().encode(encodeProject(project)));
}

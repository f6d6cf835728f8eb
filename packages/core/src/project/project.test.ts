import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { EngineError } from '../errors.ts';
import { encodeProject, newProject, openProject, parseProject, projectFile, saveProject } from './project.ts';

const folder = mkdtempSync(join(tmpdir(), 'headstart-project-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const project = {
  ...newProject('Tickets', 'text', 'minilm-l6'),
  data: [{ path: 'tickets.csv', text: 'body', label: 'queue' }],
  runs: [
    {
      id: '1',
      status: 'done' as const,
      startedAt: '2026-01-02T03:04:05Z',
      backbone: 'minilm-l6',
      accuracy: 0.9,
      bundle: 'tickets.headstart',
    },
  ],
};

test('a folder without the file has no project', async () => {
  expect(await openProject(folder)).toBeUndefined();
});

test('what is saved is what is opened, and nothing else is left behind', async () => {
  await saveProject(folder, project);
  expect(await openProject(folder)).toEqual(project);
  expect(readdirSync(folder)).toEqual([projectFile]);
});

test('an error of the file names its path', async () => {
  writeFileSync(join(folder, projectFile), '{');
  await expect(openProject(folder)).rejects.toThrow(new RegExp(`^${join(folder, projectFile)}: not JSON`));
});

describe('bad files', () => {
  const text = (change: object) => encodeProject({ ...project, ...change } as never);
  test.each([
    [
      'a newer version',
      text({ version: 2 }),
      'unsupported',
      'headstart.json: written by a newer Headstart, expected version 1, got version 2. Update Headstart.',
    ],
    ['another modality', text({ modality: 'smell' }), 'invalid-data', "headstart.json: 'modality' cannot be meant: Invalid option"],
    [
      'a member of a member',
      text({ head: { ...project.head, folds: 1 } }),
      'invalid-data',
      "headstart.json: 'head.folds' cannot be meant: Too small",
    ],
    ['a run', text({ runs: [{ id: '1' }] }), 'invalid-data', "headstart.json: 'runs[0].status' cannot be meant"],
    ['a number', '5', 'invalid-data', "headstart.json: 'the whole' cannot be meant"],
  ])('%s', (_, bad, code, message) => {
    const error = errorOf(() => parseProject(bad));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});

function errorOf(work: () => unknown): EngineError {
  try {
    work();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

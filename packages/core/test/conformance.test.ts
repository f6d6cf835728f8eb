import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CaseResult, conformanceRoot, exceptions, listCases, renderOps, runCase, totalsOf } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../src/session/engine.ts';
import { openEngine } from '../src/session/open-engine.ts';

const present = existsSync(conformanceRoot);
const opsFile = resolve(import.meta.dirname, '../../../OPS.md');

/** Percent of all cases that pass, and that run wholly on the GPU: what was reached, and only rises. */
const reached = { passed: 98.7, gpuOnly: 86.5 };

describe.skipIf(!present)(`the ONNX project's cases (${present ? conformanceRoot : 'libonnx-testdata is not installed'})`, () => {
  let engine: Engine;
  const results: CaseResult[] = [];
  beforeAll(async () => {
    engine = await openEngine({ backend: 'webgpu' });
  });
  afterAll(() => engine.dispose());

  it.each(['node/', 'pytorch-converted/', 'pytorch-operator/', 'simple/'])(
    '%s… pass, but for those listed with a reason',
    async (group) => {
      const own: CaseResult[] = [];
      for (const each of listCases(conformanceRoot).filter(({ name }) => name.startsWith(group))) own.push(await runCase(engine, each));
      results.push(...own);
      const failed = own.filter(({ outcome }) => outcome === 'failed');
      expect(failed.filter(({ name }) => !(name in exceptions)).map(({ name, detail }) => `${name}: ${detail}`)).toEqual([]);
      const listed = Object.keys(exceptions).filter((name) => name.startsWith(group));
      expect(listed.filter((name) => !failed.some((each) => each.name === name))).toEqual([]);
    },
  );

  it('pass and run wholly on the GPU as often as was reached', () => {
    const totals = totalsOf(results);
    expect(totals.passedPercent).toBeGreaterThanOrEqual(reached.passed);
    expect(totals.gpuOnlyPercent).toBeGreaterThanOrEqual(reached.gpuOnly);
  });

  it('OPS.md tells what they show', () => {
    expect(readFileSync(opsFile, 'utf8'), 'run `npm run conformance -- --write`').toBe(renderOps(results));
  });
});

it('OPS.md lists the operators that have records', () => {
  // Without the columns that the cases fill.
  const written = readFileSync(opsFile, 'utf8').replaceAll(/^(\|(?:[^|]*\|){4})[^|]*\|[^|]*\|$/gm, '$1');
  expect(written, 'run `npm run conformance -- --write` where libonnx-testdata is installed').toBe(renderOps());
});

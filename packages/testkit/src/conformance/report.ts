import { exceptions } from './exceptions.ts';
import type { CaseResult } from './run-case.ts';

export interface ConformanceTotals {
  readonly total: number;
  readonly passed: number;
  /** Passed, all of it in WGSL. */
  readonly gpuOnly: number;
  readonly withHostSteps: number;
  readonly failed: number;
  /** Percent of `total`. */
  readonly passedPercent: number;
  readonly gpuOnlyPercent: number;
}

export function totalsOf(results: readonly CaseResult[]): ConformanceTotals {
  const count = (outcome: CaseResult['outcome']) => results.filter((each) => each.outcome === outcome).length;
  const [gpuOnly, withHostSteps, failed] = [count('gpu'), count('host'), count('failed')];
  const total = results.length;
  const percent = (part: number) => (total === 0 ? 0 : Math.round((part / total) * 1000) / 10);
  const passed = gpuOnly + withHostSteps;
  return { total, passed, gpuOnly, withHostSteps, failed, passedPercent: percent(passed), gpuOnlyPercent: percent(gpuOnly) };
}

/** A table by operator, then what failed and why, then the totals. A case counts for every operator in it. */
export function describeResults(results: readonly CaseResult[], failuresOnly = false): string {
  const rows = new Map<string, { gpu: number; host: number; failed: number }>();
  for (const { operators, outcome } of results) {
    for (const type of operators) {
      const row = rows.get(type) ?? { gpu: 0, host: 0, failed: 0 };
      row[outcome]++;
      rows.set(type, row);
    }
  }
  const table = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, { gpu, host, failed }]) => `${type.padEnd(30)} ${cell(gpu)} ${cell(host)} ${cell(failed)}`);
  const failures = results
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ name, detail }) => (name in exceptions ? `– ${name}: ${exceptions[name]}` : `✗ ${name}: ${detail}`));
  const { total, passed, gpuOnly, passedPercent, gpuOnlyPercent } = totalsOf(results);
  return [
    ...(failuresOnly ? [] : [`${'operator'.padEnd(30)} ${'gpu'.padStart(7)} ${'host'.padStart(7)} ${'failed'.padStart(7)}`, ...table, '']),
    ...failures,
    ...(failures.length > 0 ? [''] : []),
    `${passed} of ${total} cases pass (${passedPercent} %), ${gpuOnly} wholly on the GPU (${gpuOnlyPercent} %)`,
  ].join('\n');
}

function cell(count: number): string {
  return (count === 0 ? '·' : String(count)).padStart(7);
}

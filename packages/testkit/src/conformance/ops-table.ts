import { furtherOps } from '@headstart/core/src/ops/further.ts';
import type { AnyOp } from '@headstart/core/src/ops/op.ts';
import { opTable } from '@headstart/core/src/ops/table.ts';
import type { CaseResult } from './run-case.ts';

/** Where an operator runs, by its record alone. */
function placeOf(ops: readonly AnyOp[]): string {
  if (ops.some((op) => op.kernels || op.lower || op.alias)) return 'GPU';
  // What only depends on shapes and constants is computed when the graph is planned.
  return ops.some((op) => op.constantFrom) ? 'planned' : 'host';
}

const domains: readonly (readonly [domain: string, title: string])[] = [
  ['', 'ONNX'],
  ['com.microsoft', 'com.microsoft'],
  ['ai.onnx.preview.training', 'ai.onnx.preview.training'],
];

/** Cells of a row that follow from the records, without running anything. */
function rowOf(type: string, ops: readonly AnyOp[]): readonly string[] {
  const since = [...new Set(ops.map((op) => op.since))].sort((a, b) => a - b);
  return [type, since.join(', '), placeOf(ops), ops.some((op) => op.vjp) ? 'yes' : '–'];
}

/**
 * OPS.md. Without results (where the cases are not on the machine) the last two columns are left out.
 * @param results of all cases
 */
export function renderOps(results?: readonly CaseResult[]): string {
  const header = ['operator', 'since opset', 'runs on', 'gradient', ...(results ? ['element types in its cases', 'cases passed'] : [])];
  const sections = domains.map(([domain, title]) => {
    const byType = new Map<string, AnyOp[]>();
    for (const op of [...opTable, ...furtherOps])
      if ((op.domain ?? '') === domain) byType.set(op.type, [...(byType.get(op.type) ?? []), op]);
    const rows = [...byType]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, ops]) => [...rowOf(type, ops), ...(results ? measured(type, results) : [])]);
    return [`## ${title} (${rows.length})`, '', line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
  });
  return `${[intro, ...sections].join('\n\n')}\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function measured(type: string, results: readonly CaseResult[]): readonly string[] {
  const own = results.filter(({ operators }) => operators.includes(type));
  const passed = own.filter(({ outcome }) => outcome !== 'failed');
  const types = [...new Set(passed.filter(({ operators }) => operators.length === 1).flatMap(({ dtypes }) => dtypes))].sort();
  return [types.join(', '), own.length === 0 ? '–' : `${passed.length} of ${own.length}`];
}

const intro = `# Operators

Written by \`npm run conformance -- --write\`; the tests check that it is current. "GPU" is WGSL, with steps on the host only for element types and sizes
that WGSL cannot hold; "planned" is computed from shapes before anything runs; "host" steps stand between GPU segments
([docs/decisions/0005-host-steps.md](docs/decisions/0005-host-steps.md)). Cases are those of the ONNX project (1.12) in which the operator occurs.`;

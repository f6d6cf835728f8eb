import type { Capabilities } from './kernel.ts';

/** Lanes of a workgroup. */
const lanes = 64;
/** Elements a lane of a software adapter visits in a row, and how many workgroups keep its threads busy. */
const softwareElements = 8;
const softwareGroups = 1024;

/** How a kernel that computes each element of [rows, columns] by itself is spread over a grid. */
export interface Visit {
  /**
   * `rows`: a workgroup stays in one row while its lanes run along the columns, so that what depends on the row alone is computed
   * once and without a division an element. `elements`: lanes run along all elements, for short rows.
   */
  readonly mode: 'rows' | 'elements';
  readonly workgroupSize: readonly [number, number, number];
  readonly grid: readonly [number, number, number];
  readonly params: { readonly rows: 'u32'; readonly columns: 'u32' };
  readonly values: { readonly rows: number; readonly columns: number };
  /**
   * The entry point.
   * @param perRow statements that may read `row`
   * @param perElement statements that may also read `column` and `offset` (row · columns + column)
   */
  main(perRow: readonly string[], perElement: readonly string[]): string;
}

export function visit(rows: number, columns: number, caps: Pick<Capabilities, 'kind' | 'maxWorkgroupsPerDimension'>): Visit {
  const software = caps.kind === 'software';
  const mode = rows === 1 || columns >= (software ? 16 : lanes) ? 'rows' : 'elements';
  const perGroup = lanes * (software ? softwareElements : 1);
  const limit = caps.maxWorkgroupsPerDimension;
  const across = Math.min(limit, Math.max(1, Math.ceil((mode === 'rows' ? columns : rows * columns) / perGroup)));
  const down = mode === 'rows' ? Math.min(limit, Math.max(1, rows), software ? Math.ceil(softwareGroups / across) : limit) : 1;
  return {
    mode,
    workgroupSize: [lanes, 1, 1],
    grid: [across, down, 1],
    params: { rows: 'u32', columns: 'u32' },
    values: { rows, columns },
    main: (perRow, perElement) => (mode === 'rows' ? rowsMain(perRow, perElement) : elementsMain(perRow, perElement)),
  };
}

const signature =
  '@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32)';

// Loops step over the whole grid instead of a fixed number of times: software drivers unroll a fixed count and compile for seconds.
function rowsMain(perRow: readonly string[], perElement: readonly string[]): string {
  return `${signature} {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
${indent(perRow, 4)}    for (var column = workgroup.x * ${lanes}u + lane; column < p.columns; column += groups.x * ${lanes}u) {
      let offset = row * p.columns + column;
${indent(perElement, 6)}    }
  }
}`;
}

function elementsMain(perRow: readonly string[], perElement: readonly string[]): string {
  return `${signature} {
  for (var offset = workgroup.x * ${lanes}u + lane; offset < p.rows * p.columns; offset += groups.x * ${lanes}u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
${indent(perRow, 4)}${indent(perElement, 4)}  }
}`;
}

function indent(lines: readonly string[], width: number): string {
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `${' '.repeat(width)}${line}\n`)
    .join('');
}

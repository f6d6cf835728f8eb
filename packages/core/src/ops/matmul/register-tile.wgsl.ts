import type { Capabilities, Elem } from '../../wgsl/kernel.ts';

/**
 * A block of a product that one lane keeps in registers: `rows` × `columns`. Lanes of a workgroup differ in their columns and share
 * their rows, so a row operand is the same number in every lane.
 *
 * What this is for: software adapters (llvmpipe), where every load costs some thirty cycles, whether the lanes read one address or
 * eight. With subgroups, lane i loads row i and the others get it by broadcast: one load in place of `subgroup`.
 */
export interface RegisterTile {
  readonly rows: number;
  readonly columns: 1 | 2 | 4;
  /** Invocations of a workgroup. */
  readonly lanes: number;
  /** Rows loaded at once and broadcast; 0: each lane loads every row itself. */
  readonly subgroup: number;
  /** From one column of a lane to its next: the lanes, or 1, so that one load takes all of them. */
  readonly columnStep: number;
}

export function registerTile(rows: number, columns: 1 | 2 | 4, caps: Capabilities): RegisterTile {
  const broadcasts = caps.subgroups && (caps.subgroupSize === 4 || caps.subgroupSize === 8);
  return { rows, columns, lanes: 8, subgroup: broadcasts ? Math.min(rows, caps.subgroupSize) : 0, columnStep: 8 };
}

/** Rows of a block for a product of `rows` rows: 32 for tall ones, fewer where they would be empty. */
export function rowsFor(rows: number): number {
  if (rows >= 128) return 32;
  return rows > 8 ? 16 : rows > 4 ? 8 : 4;
}

/** Rows a workgroup loads separately: 0, 8, … with subgroups of 8. */
function rowGroups({ rows, subgroup }: RegisterTile): readonly number[] {
  const step = Math.max(1, subgroup);
  return Array.from({ length: rows / step }, (_, index) => index * step);
}

const count = (length: number) => Array.from({ length }, (_, index) => index);

/** WGSL type of one row of the block. */
export function rowType({ columns }: RegisterTile): string {
  return columns === 1 ? 'f32' : `vec${columns}f`;
}

/** Element `column` of a value of `rowType`. */
export function columnOf(tile: RegisterTile, value: string, column: number): string {
  return tile.columns === 1 ? value : `${value}[${column}]`;
}

/** Text of an element as f32. */
export function asFloat(text: string, elem: Elem): string {
  return elem === 'f32' ? text : `f32(${text})`;
}

/** Entry point parameters a tile needs. */
export function tileBuiltins({ subgroup }: RegisterTile): string {
  const own = subgroup ? ', @builtin(subgroup_invocation_id) subgroup_lane: u32' : '';
  return `@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32${own}`;
}

/**
 * Declares `row_base0…`, where each row's operand starts, and the accumulators `sum0…`.
 * @param first text of the tile's first row
 * @param last text of the last row there is: rows past it repeat it, so that no load is out of bounds
 * @param base text of a row's start, given the row
 */
export function tileRows(tile: RegisterTile, first: string, last: string, base: (row: string) => string): string {
  const own = tile.subgroup ? ` + subgroup_lane % ${tile.subgroup}u` : '';
  return [
    ...rowGroups(tile).map((row) => `let row_base${row} = ${base(`min(${first} + ${row}u${own}, ${last})`)};`),
    ...count(tile.rows).map((row) => `var sum${row} = ${rowType(tile)}();`),
  ].join('\n');
}

/**
 * Adds one outer product: `sum[r] += row(r) × columns`.
 * @param load text of a row's number (f32), given its base
 * @param columns text of the numbers of the lane's columns, of `rowType`
 */
export function tileStep(tile: RegisterTile, load: (base: string) => string, columns: string): string {
  return [
    ...rowLoads(tile, load),
    `let columns = ${columns};`,
    ...count(tile.rows).map((index) => `sum${index} = fma(${wide(tile, rowOf(tile, index))}, columns, sum${index});`),
  ].join('\n');
}

/**
 * Adds four outer products a row at a time, which stays in registers meanwhile. In a loop software adapters also write every sum under
 * the mask of the lanes still running: that is done once for the four.
 * @param load text of four neighbouring numbers of a row (vec4f), given its base
 * @param columns text of the numbers of the lane's columns at the first to fourth of them, of `rowType`
 */
export function tileFourSteps(tile: RegisterTile, load: (base: string) => string, columns: (term: number) => string): string {
  const product = (index: number) =>
    count(4).reduce((sum, term) => `fma(${wide(tile, `terms${index}[${term}]`)}, columns${term}, ${sum})`, `sum${index}`);
  return [
    ...rowLoads(tile, load),
    ...count(4).map((term) => `let columns${term} = ${columns(term)};`),
    ...count(tile.rows).flatMap((index) => [`let terms${index} = ${rowOf(tile, index)};`, `sum${index} = ${product(index)};`]),
  ].join('\n');
}

function rowLoads(tile: RegisterTile, load: (base: string) => string): readonly string[] {
  return rowGroups(tile).map((index) => `let row${index} = ${load(`row_base${index}`)};`);
}

/** What `rowLoads` loaded for a row. */
function rowOf({ subgroup }: RegisterTile, index: number): string {
  return subgroup ? `subgroupBroadcast(row${index - (index % subgroup)}, ${index % subgroup}u)` : `row${index}`;
}

function wide(tile: RegisterTile, text: string): string {
  return tile.columns === 1 ? text : `${rowType(tile)}(${text})`;
}

/** Rows stored in one turn of the loop below. */
const storedRows = 2;

/**
 * Stores the block, two rows a turn: the sums move up, so that the loop always stores the first ones. Stores (each with its epilogue) are
 * what software adapters compile slowest; written out for every row they take five times as long as the product itself.
 * A row past the last one repeats it and stores the same number again, which needs no branch.
 */
export function tileStore(
  tile: RegisterTile,
  first: string,
  last: string,
  inside: (column: number) => string,
  store: (row: string, column: number, sum: string) => string,
): string {
  const columns = count(tile.columns).map((column) => {
    const stores = count(storedRows).map((row) => store(`output_row${row}`, column, columnOf(tile, `sum${row}`, column)));
    return `if (${inside(column)}) {\n${stores.join('\n')}\n}`;
  });
  const moves = count(tile.rows - storedRows).map((row) => `sum${row} = sum${row + storedRows};`);
  return `let end_row = min(${first} + ${tile.rows}u, ${last} + 1u);
for (var output_row0 = ${first}; output_row0 < end_row; output_row0 += ${storedRows}u) {
let output_row1 = min(output_row0 + 1u, ${last});
${columns.join('\n')}
${moves.join('\n')}
}`;
}

/**
 * As `tileStore` where columns are `columnStep` apart: one store, in a loop over rows and one over columns. Neither has bounds that
 * Mesa can unroll by, so the epilogue is compiled once.
 * @param end text of the number of columns there are; the lane's first is `column`
 */
export function tileStoreOnce(
  tile: RegisterTile,
  first: string,
  last: string,
  end: string,
  store: (row: string, column: string, sum: string) => string,
): string {
  const moves = count(tile.rows - 1).map((row) => `sum${row} = sum${row + 1};`);
  return `let end_row = min(${first} + ${tile.rows}u, ${last} + 1u);
let end_column = min(column + ${tile.columnStep * tile.columns}u, ${end});
for (var output_row = ${first}; output_row < end_row; output_row++) {
var part = 0u;
for (var output_column = column; output_column < end_column; output_column += ${tile.columnStep}u) {
${store('output_row', 'output_column', tile.columns === 1 ? 'sum0' : 'sum0[part]')}
part++;
}
${moves.join('\n')}
}`;
}

/** Extension a kernel with this tile enables. */
export function tileEnable({ subgroup }: RegisterTile): { enable?: readonly ['subgroups'] } {
  return subgroup ? { enable: ['subgroups'] } : {};
}

/** Text for each column of a tile, joined into one value of `rowType`. */
export function joinColumns(tile: RegisterTile, column: (index: number) => string): string {
  const parts = count(tile.columns).map(column);
  return tile.columns === 1 ? (parts[0] as string) : `${rowType(tile)}(${parts.join(', ')})`;
}

/** Statements for each column of a tile. */
export function eachColumn(tile: RegisterTile, statement: (index: number) => string): string {
  return count(tile.columns).map(statement).join('\n');
}

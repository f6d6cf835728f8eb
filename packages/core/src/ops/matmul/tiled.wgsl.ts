/**
 * The product kernel of real GPUs: a workgroup stages blocks of both operands in workgroup memory, and each lane keeps `perLane` × 4
 * sums in registers. What is multiplied comes in as text, so that products, convolutions and packed weights share it.
 */
export interface Tile {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Terms staged at once. */
  readonly depth: number;
  /** Rows of sums of one lane, a multiple of 4. */
  readonly perLane: number;
}

const large: Tile = { name: '128x64', rows: 128, columns: 64, depth: 16, perLane: 8 };
const medium: Tile = { name: '64x64', rows: 64, columns: 64, depth: 16, perLane: 4 };
const small: Tile = { name: '32x32', rows: 32, columns: 32, depth: 16, perLane: 4 };

/** Workgroups below which a GPU is not busy: about two for each multiprocessor of a middling one. */
export const busyWorkgroups = 96;

/** The largest tile that leaves enough workgroups. */
export function chooseTile(rows: number, columns: number, batches: number): Tile {
  const enough = (tile: Tile) => tilesOf(tile, rows, columns) * batches >= busyWorkgroups;
  if (rows > medium.rows && enough(large)) return large;
  return rows > small.rows && columns > small.columns && enough(medium) ? medium : small;
}

export function tilesOf(tile: Tile, rows: number, columns: number): number {
  return Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns);
}

/** Invocations of a workgroup. */
export function lanesOf({ rows, columns, perLane }: Tile): number {
  return (rows / perLane) * (columns / 4);
}

/** How one operand is staged: four neighbouring rows (or columns) of one term at a time. */
export interface Side {
  /** Neighbouring lanes take neighbouring terms, for operands stored that way; else neighbouring rows (columns). */
  readonly termsFirst: boolean;
  /** Statements before the loop for slot `slot`, whose first row (column) is `index`. */
  readonly prepare?: (index: string, slot: number) => string;
  /** Text of a vec4f: rows (columns) `index`…`index + 3` of term `term`; zero past the end of either. */
  load(term: string, index: string, slot: number): string;
}

/** Workgroup variables of a tile. A line of padding keeps lanes that stage one row out of each other's memory banks. */
export function tiledDeclarations(tile: Tile): string {
  return `var<workgroup> row_tile: array<vec4f, ${tile.depth * stride(tile.rows)}>;
var<workgroup> column_tile: array<vec4f, ${tile.depth * stride(tile.columns)}>;`;
}

const stride = (length: number) => length / 4 + 1;
const each = (length: number, text: (index: number) => string) => Array.from({ length }, (_, index) => text(index)).join('\n');

/** Terms added without a test between them. More of them take the compilers of software adapters seconds, and gain a GPU little. */
const unrolled = 2;

/**
 * Statements that leave `sum0…` (vec4f, columns of each of the lane's rows).
 * Needs `lane`, and `row_start`, `column_start`: where the tile begins.
 * @param begin @param end texts of the first term and the one past the last; the tile's depth divides their distance, or `end` is the last; terms past it are staged as zeros
 */
export function tiledLoop(tile: Tile, rows: Side, columns: Side, begin: string, end: string): string {
  const lanes = lanesOf(tile);
  const across = tile.columns / 4;
  const quads = tile.perLane / 4;
  return `  let lane_row = lane / ${across}u;
  let lane_column = lane % ${across}u;
${stagePlaces(tile, 'row', tile.rows, rows, lanes)}
${stagePlaces(tile, 'column', tile.columns, columns, lanes)}
${each(tile.perLane, (row) => `  var sum${row} = vec4f();`)}
  for (var start = ${begin}; start < ${end}; start += ${tile.depth}u) {
${stage(tile, 'row', tile.rows, rows, lanes)}
${stage(tile, 'column', tile.columns, columns, lanes)}
    workgroupBarrier();
    for (var term = 0u; term < min(${tile.depth}u, ${end} - start); term += ${unrolled}u) {
${each(
  unrolled,
  (step) => `      {
        let right = column_tile[(term + ${step}u) * ${stride(tile.columns)}u + lane_column];
${each(quads, (quad) => `        let left${quad} = row_tile[(term + ${step}u) * ${stride(tile.rows)}u + lane_row * ${quads}u + ${quad}u];`)}
${each(tile.perLane, (row) => `        sum${row} = fma(vec4f(left${Math.floor(row / 4)}[${row % 4}]), right, sum${row});`)}
      }`,
)}
    }
    workgroupBarrier();
  }`;
}

function slots(tile: Tile, length: number, lanes: number): number {
  return ((length / 4) * tile.depth) / lanes;
}

function stagePlaces(tile: Tile, name: string, length: number, side: Side, lanes: number): string {
  const quads = length / 4;
  return each(slots(tile, length, lanes), (slot) => {
    const id = slot === 0 ? 'lane' : `(lane + ${slot * lanes}u)`;
    const [term, quad] = side.termsFirst
      ? [`${id} % ${tile.depth}u`, `${id} / ${tile.depth}u`]
      : [`${id} / ${quads}u`, `${id} % ${quads}u`];
    const index = `${name}_index${slot}`;
    const prepared = side.prepare?.(index, slot);
    return `  let ${name}_term${slot} = ${term};
  let ${name}_quad${slot} = ${quad};
  let ${index} = ${name}_start + ${name}_quad${slot} * 4u;${prepared ? `\n${prepared}` : ''}`;
  });
}

function stage(tile: Tile, name: string, length: number, side: Side, lanes: number): string {
  return each(slots(tile, length, lanes), (slot) => {
    const place = `${name}_term${slot} * ${stride(length)}u + ${name}_quad${slot}`;
    return `    ${name}_tile[${place}] = ${side.load(`start + ${name}_term${slot}`, `${name}_index${slot}`, slot)};`;
  });
}

/** Statements that hand each sum to `store`, given the text of its row, column and value. */
export function tiledStore(tile: Tile, store: (row: string, column: string, sum: string) => string): string {
  const lines: string[] = [];
  for (let row = 0; row < tile.perLane; row++) {
    for (let column = 0; column < 4; column++) {
      lines.push(
        `  ${store(`row_start + lane_row * ${tile.perLane}u + ${row}u`, `column_start + lane_column * 4u + ${column}u`, `sum${row}[${column}]`)}`,
      );
    }
  }
  return lines.join('\n');
}

/** Entry point parameters of tiled kernels. */
export const tiledBuiltins =
  '@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32';

/** Declares `batch`, `row_start` and `column_start` from the flat workgroup index; returns from workgroups past the last. */
export function tilePlace(tile: Pick<Tile, 'rows' | 'columns'>, batches: string): string {
  return `  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= ${batches}) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * ${tile.rows}u;
  let column_start = tile % p.column_tiles * ${tile.columns}u;`;
}

import type { Capabilities, Elem } from '../../wgsl/kernel.ts';

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
  /**
   * Parts of the workgroup, a power of two, that each add every so-many-th block of terms and then their sums: smaller tiles leave a GPU idle
   * while they wait for memory, and more lanes a tile hide that.
   */
  readonly slices: number;
}

const large: Tile = { name: '128x64', rows: 128, columns: 64, depth: 16, perLane: 8, slices: 1 };
const medium: Tile = { name: '64x64', rows: 64, columns: 64, depth: 16, perLane: 8, slices: 2 };
const tiny: Tile = { name: '32x16', rows: 32, columns: 16, depth: 8, perLane: 4, slices: 8 };
const small: Tile = { name: '32x32', rows: 32, columns: 32, depth: 16, perLane: 4, slices: 4 };

/** Workgroups below which a GPU is not busy: about two for each multiprocessor of a middling one. */
export const busyWorkgroups = 96;
/** Workgroups below which half as large tiles pay, although every operand is then staged more often. */
const fewWorkgroups = 24;

/** The largest tile that leaves enough workgroups, in as many slices as the adapter's workgroups hold. */
export function chooseTile(rows: number, columns: number, batches: number, caps: Capabilities): Tile {
  const enough = (tile: Tile) => tilesOf(tile, rows, columns) * batches >= busyWorkgroups;
  if (rows > medium.rows && enough(large)) return fitted(large, caps);
  if (rows > small.rows && columns > small.columns && enough(medium)) return fitted(medium, caps);
  return fitted(tilesOf(small, rows, columns) * batches < fewWorkgroups ? tiny : small, caps);
}

function fitted(tile: Tile, caps: Capabilities): Tile {
  const { row, column } = linesOf(tile);
  const quads = row * stride(tile.rows) + column * stride(tile.columns);
  if (tile.slices === 1 || (lanesOf(tile) <= caps.maxInvocations && quads * 16 <= caps.maxWorkgroupStorage)) return tile;
  return fitted({ ...tile, slices: tile.slices / 2 }, caps);
}

export function tilesOf(tile: Tile, rows: number, columns: number): number {
  return Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns);
}

/** Invocations of a workgroup. */
export function lanesOf(tile: Tile): number {
  return tile.slices * lanesOfSlice(tile);
}

function lanesOfSlice({ rows, columns, perLane }: Tile): number {
  return (rows / perLane) * (columns / 4);
}

/** Lines of the workgroup variables, one a staged term. The rows' also take half of the slices' sums when these are added. */
function linesOf(tile: Tile): { readonly row: number; readonly column: number } {
  const column = tile.slices * tile.depth;
  const sums = (tile.slices / 2) * tile.perLane * lanesOfSlice(tile);
  return { row: Math.max(column, tile.slices === 1 ? 0 : Math.ceil(sums / stride(tile.rows))), column };
}

/** Elements (vec4f) of a line. One of padding keeps lanes that stage one row out of each other's memory banks. */
function stride(length: number): number {
  return length / 4 + 1;
}

/** How one operand is staged: a vec4f at a time, of neighbouring rows (or columns) or of neighbouring terms. */
export interface Side {
  /**
   * What a load takes: `quads`: four rows (columns) of one term; `terms`: the same, neighbouring lanes taking neighbouring terms, for operands stored
   * that way; `term quads`: four terms of one row (column).
   */
  readonly order: 'quads' | 'terms' | 'term quads';
  /** Statements before the loop for slot `slot`, whose first row (column) is `index`. */
  readonly prepare?: (index: string, slot: number) => string;
  /** Text of a vec4f from row (column) `index` and term `term` on; zero past the end of either. */
  load(term: string, index: string, slot: number): string;
}

/** Text of a vec4f of four loads, given the text of each. */
export function fourLoads(load: (offset: number) => string): string {
  return `vec4f(${[0, 1, 2, 3].map(load).join(', ')})`;
}

/**
 * The side of an operand whose loads need no preparation.
 * @param along what lies side by side in memory: rows (columns), or terms
 * @param vector 4: one call of `load` gives four of them; 1: one
 */
export function sideOf(along: 'rows' | 'terms', vector: 1 | 4, load: (term: string, index: string) => string): Side {
  if (vector === 4) return { order: along === 'terms' ? 'term quads' : 'quads', load };
  return {
    order: along === 'terms' ? 'terms' : 'quads',
    load: (term, index) => fourLoads((offset) => load(term, `${index} + ${offset}u`)),
  };
}

/** Workgroup variables of a tile, two-dimensional: the check of an index is then shared by all reads of a lane. */
export function tiledDeclarations(tile: Tile): string {
  const { row, column } = linesOf(tile);
  return `var<workgroup> row_tile: array<array<vec4f, ${stride(tile.rows)}>, ${row}>;
var<workgroup> column_tile: array<array<vec4f, ${stride(tile.columns)}>, ${column}>;`;
}

/** A function that loads an element, or four neighbouring ones; zero where `inside` is false. */
export interface Load {
  /** Name and arguments: `load_row(row: u32, term: u32)`. */
  readonly signature: string;
  readonly binding: string;
  /** Text of the flat index of the (first) element. */
  readonly at: string;
  readonly elem: Elem;
  readonly vector: 1 | 4;
  readonly inside: string;
}

/** Its WGSL. The load itself is not guarded: WebGPU keeps it within the buffer, and loads behind a branch wait for each other. */
export function loadFunction({ signature, binding, at, elem, vector, inside }: Load): string {
  const [type, zero] = vector === 4 ? ['vec4f', 'vec4f()'] : ['f32', '0.0'];
  const element = vector === 4 ? `${binding}[(${at}) / 4u]` : `${binding}[${at}]`;
  return `fn ${signature} -> ${type} {
  return select(${zero}, ${elem === 'f32' ? element : `${type}(${element})`}, ${inside});
}`;
}

const each = (length: number, text: (index: number) => string) => Array.from({ length }, (_, index) => text(index)).join('\n');

/** Terms added without a test between them. More take the compilers of software adapters seconds, and gain a GPU (H200) nothing. */
const unrolled = 4;

/**
 * Statements that leave `sum0…` (vec4f, columns of each of the lane's rows) in the lanes for which `slice` is 0.
 * Needs `lane`, and `row_start`, `column_start`: where the tile begins.
 * @param begin @param end texts of the first term and the one past the last; the tile's depth divides their distance, or `end` is the last; terms past it are staged as zeros
 */
export function tiledLoop(tile: Tile, rows: Side, columns: Side, begin: string, end: string): string {
  const lanes = lanesOfSlice(tile);
  const across = tile.columns / 4;
  const quads = tile.perLane / 4;
  // Where the slice's lines begin.
  const line = tile.slices === 1 ? '' : 'slice_line + ';
  return `  let slice = lane / ${lanes}u;
  let own = lane % ${lanes}u;${tile.slices === 1 ? '' : `\n  let slice_line = slice * ${tile.depth}u;`}
  let lane_row = own / ${across}u;
  let lane_column = own % ${across}u;
  let lane_quad = lane_row * ${quads}u;
${stagePlaces(tile, 'row', tile.rows, rows, lanes)}
${stagePlaces(tile, 'column', tile.columns, columns, lanes)}
${each(tile.perLane, (row) => `  var sum${row} = vec4f();`)}
  for (var first = ${begin}; first < ${end}; first += ${tile.slices * tile.depth}u) {
    let start = first + slice * ${tile.depth}u;
${stage(tile, 'row', tile.rows, rows, lanes, line)}
${stage(tile, 'column', tile.columns, columns, lanes, line)}
    workgroupBarrier();
    let terms = min(${tile.depth}u, ${end} - min(start, ${end}));
    for (var term = 0u; term < terms; term += ${unrolled}u) {
${each(
  unrolled,
  (step) => `      {
        let right = column_tile[${line}term + ${step}u][lane_column];
${each(quads, (quad) => `        let left${quad} = row_tile[${line}term + ${step}u][lane_quad + ${quad}u];`)}
${each(tile.perLane, (row) => `        sum${row} = fma(vec4f(left${Math.floor(row / 4)}[${row % 4}]), right, sum${row});`)}
      }`,
)}
    }
    workgroupBarrier();
  }${addSlices(tile)}`;
}

/** Adds the slices' sums, half of the slices to the other half at a time, through the rows' workgroup memory. */
function addSlices(tile: Tile): string {
  if (tile.slices === 1) return '';
  const lanes = lanesOfSlice(tile);
  const width = stride(tile.rows);
  const at = (row: number) => `row_tile[(at + ${row * lanes}u) / ${width}u][(at + ${row * lanes}u) % ${width}u]`;
  return `
  for (var half = ${tile.slices / 2}u; half > 0u; half = half >> 1u) {
    let at = slice % half * ${tile.perLane * lanes}u + own;
    if (slice >= half && slice < 2u * half) {
${each(tile.perLane, (row) => `      ${at(row)} = sum${row};`)}
    }
    workgroupBarrier();
    if (slice < half) {
${each(tile.perLane, (row) => `      sum${row} += ${at(row)};`)}
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
    const id = slot === 0 ? 'own' : `(own + ${slot * lanes}u)`;
    const [term, index] = {
      quads: [`${id} / ${quads}u`, `${id} % ${quads}u * 4u`],
      terms: [`${id} % ${tile.depth}u`, `${id} / ${tile.depth}u * 4u`],
      'term quads': [`${id} % ${tile.depth / 4}u * 4u`, `${id} / ${tile.depth / 4}u`],
    }[side.order];
    const prepared = side.prepare?.(`${name}_index${slot}`, slot);
    return `  let ${name}_term${slot} = ${term};
  let ${name}_own${slot} = ${index};
  let ${name}_index${slot} = ${name}_start + ${name}_own${slot};${prepared ? `\n${prepared}` : ''}`;
  });
}

function stage(tile: Tile, name: string, length: number, side: Side, lanes: number, line: string): string {
  return each(slots(tile, length, lanes), (slot) => {
    const load = side.load(`start + ${name}_term${slot}`, `${name}_index${slot}`, slot);
    const [first, own] = [`${line}${name}_term${slot}`, `${name}_own${slot}`];
    if (side.order !== 'term quads') return `    ${name}_tile[${first}][${own} / 4u] = ${load};`;
    const puts = each(4, (term) => `    ${name}_tile[${first} + ${term}u][${own} / 4u][${own} % 4u] = ${name}_terms${slot}[${term}];`);
    return `    let ${name}_terms${slot} = ${load};\n${puts}`;
  });
}

/** Statements that hand each sum to `store`, given the text of its row, column and value. They end the entry point. */
export function tiledStore(tile: Tile, store: (row: string, column: string, sum: string) => string): string {
  const lines: string[] = [];
  for (let row = 0; row < tile.perLane; row++) {
    for (let column = 0; column < 4; column++) {
      lines.push(
        `  ${store(`row_start + lane_row * ${tile.perLane}u + ${row}u`, `column_start + lane_column * 4u + ${column}u`, `sum${row}[${column}]`)}`,
      );
    }
  }
  return `${tile.slices === 1 ? '' : '  if (slice > 0u) { return; }\n'}${lines.join('\n')}`;
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

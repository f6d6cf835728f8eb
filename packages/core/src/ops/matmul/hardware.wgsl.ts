import { sizeOf } from '../../tensor/shape.ts';
import { linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate, Dispatch } from '../../wgsl/kernel.ts';
import { kernelName } from '../elementwise/name.ts';
import { type Product, type Sides, sidesOf } from './product.ts';
import { asFloat } from './register-tile.wgsl.ts';
import { combine, splitsFor } from './split.wgsl.ts';
import {
  busyWorkgroups,
  chooseTile,
  lanesOf,
  loadFunction,
  type Side,
  sideOf,
  type Tile,
  tiledBuiltins,
  tiledDeclarations,
  tiledLoop,
  tiledStore,
  tilePlace,
  tilesOf,
} from './tiled.wgsl.ts';

const productParams = {
  rows: 'u32',
  columns: 'u32',
  depth: 'u32',
  row_tiles: 'u32',
  column_tiles: 'u32',
  batches: 'u32',
  splits: 'u32',
  slice: 'u32',
  row_stride: 'u32',
  row_step: 'u32',
  column_stride: 'u32',
  column_step: 'u32',
} as const;

interface Grid {
  readonly rowTiles: number;
  readonly columnTiles: number;
  readonly splits: number;
  /** Terms of one part. */
  readonly slice: number;
}

/** An operand's loads, four at a time where memory has them side by side and aligned. */
function operandSide(name: string, { termsContiguous, vector }: Sides['row'], length: string): Side {
  return sideOf(termsContiguous ? 'terms' : 'rows', vector, (term, index) => {
    const at = `${name}_matrix + (${term}) * p.${name}_step + (${index}) * p.${name}_stride`;
    return `load_${name}(${at}, ${term} < p.depth && ${index} < p.${length})`;
  });
}

function loadOf(name: string, { binding, elem, vector }: Sides['row']): string {
  return loadFunction({ signature: `load_${name}(at: u32, inside: bool)`, binding, at: 'at', elem, vector, inside: 'inside' });
}

/** Tiles in workgroup memory, for products of matrices that are both more than a few rows wide. */
export function tiledProduct(product: Product): Candidate {
  const sides = sidesOf(product, false);
  const { rows, columns } = sides;
  const tile = chooseTile(rows, columns, product.batches, product.caps);
  const splits = splitsFor(tilesOf(tile, rows, columns) * product.batches, product.k);
  const slice = Math.ceil(Math.ceil(product.k / splits) / tile.depth) * tile.depth;
  const grid = {
    rowTiles: Math.ceil(rows / tile.rows),
    columnTiles: Math.ceil(columns / tile.columns),
    splits: Math.max(1, Math.ceil(product.k / slice)),
    slice,
  };
  return assemble(product, sides, grid, `matmul_${tile.name}`, `tiled ${tile.name}`, lanesOf(tile), (store, declarations) =>
    tiledText(product, sides, tile, store, declarations),
  );
}

function tiledText(product: Product, sides: Sides, tile: Tile, store: Store, declarations: string): string {
  const [rowMatrix, columnMatrix] = product.matrixOf('matrix');
  const rows = operandSide('row', sides.row, 'rows');
  const columns = operandSide('column', sides.column, 'columns');
  return `${declarations}

${tiledDeclarations(tile)}

${loadOf('row', sides.row)}

${loadOf('column', sides.column)}

fn store(part: u32, row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let at = part * p.rows * p.columns + row * p.columns + column;
  ${store('sum', 'at', 'row', 'column')}
}

@compute fn main(${tiledBuiltins}) {
${tilePlace(tile, 'p.batches * p.splits')}
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let row_matrix = ${rowMatrix};
  let column_matrix = ${columnMatrix};
${tiledLoop(tile, rows, columns, 'begin', 'min(begin + p.slice, p.depth)')}
${tiledStore(tile, (row, column, sum) => `store(batch, ${row}, ${column}, ${sum});`)}
}`;
}

type Store = (sum: string, at: string, row: string, column: string) => string;

/** One dispatch that applies the epilogue, or parts of the sums to scratch memory and a second dispatch that adds them. */
function assemble(
  product: Product,
  sides: Sides,
  grid: Grid,
  base: string,
  name: string,
  lanes: number,
  text: (store: Store, declarations: string) => string,
): Candidate {
  const { epilogue, output, expression, caps, batches } = product;
  const { rowTiles, columnTiles, splits, slice } = grid;
  const operands: Binding[] = [sides.row, sides.column].map(({ binding, elem, vector }) => ({
    name: binding,
    elem,
    access: 'read',
    ...(vector === 4 ? { vector } : {}),
  }));
  const whole = splits === 1;
  const bindings: Binding[] = whole
    ? [...operands, ...epilogue.bindings, { name: 'out0', elem: output.elem, access: 'read_write' }]
    : [...operands, { name: 'parts', elem: 'f32', access: 'read_write' }];
  const coordinates = (row: string, column: string) => (sides.swapped ? [column, row] : [row, column]);
  const body = whole
    ? text((sum, at, row, column) => `out0[${at}] = ${epilogue.value(sum, at, ...coordinates(row, column))};`, epilogue.declarations)
    : text((sum, at) => `parts[${at}] = ${sum};`, '');
  const multiply: Dispatch = {
    kernel: {
      name: kernelName(whole ? base : `${base}_split`, whole ? expression : [], bindings, body),
      bindings,
      params: { ...productParams, ...product.batchParams, ...(whole ? epilogue.params : {}) },
      workgroupSize: [lanes, 1, 1],
      body,
    },
    bind: bindings.map((binding) => binding.name),
    params: {
      rows: sides.rows,
      columns: sides.columns,
      depth: product.k,
      row_tiles: rowTiles,
      column_tiles: columnTiles,
      batches,
      splits,
      slice,
      row_stride: sides.row.stride,
      row_step: sides.row.step,
      column_stride: sides.column.stride,
      column_step: sides.column.step,
      ...product.batchValues,
      ...epilogue.values,
    },
    grid: linearGrid(rowTiles * columnTiles * batches * splits, 1, caps),
    floats: product.floats,
  };
  if (whole) return { name, dispatches: [multiply] };
  const sum = combine(splits, output, { rows: product.m, columns: product.n }, epilogue, expression, caps);
  return { name: `${name}, ${splits} parts`, dispatches: [multiply, sum], scratch: { parts: splits * sizeOf(output.shape) * 4 } };
}

/** Terms of a lane whose loads wait for memory together. */
const skinnyUnrolled = 4;
/** Most rows of the skinny kernel. */
export const skinnyRows = 16;

/** Columns of a skinny product that neighbouring lanes take: a cache line of them, or fewer where that leaves a GPU idle. */
export function acrossFor(columns: number): number {
  return [32, 16].find((across) => columns / across >= busyWorkgroups) ?? 8;
}

/**
 * Products with few rows (or, transposed, few columns): a vector or a handful of classes against a matrix that is read once. Lanes of one
 * column share its terms and add up at the end.
 */
export function skinnyProduct(product: Product): Candidate {
  const sides = sidesOf(product, product.n < product.m);
  const { rows, columns } = sides;
  const rowsPerLane = rows > 8 ? 16 : rows > 4 ? 8 : rows > 1 ? 4 : 1;
  const lanes = rows > 8 ? 128 : 256;
  // Neighbouring lanes read neighbouring memory: along the terms, or along as many columns as leave enough workgroups.
  const across = sides.column.termsContiguous ? 4 : acrossFor(columns * product.batches);
  const columnTiles = Math.ceil(columns / across);
  const parts = splitsFor(columnTiles * product.batches, product.k);
  const slice = Math.ceil(product.k / parts);
  const grid = { rowTiles: 1, columnTiles, splits: Math.max(1, Math.ceil(product.k / slice)), slice };
  const scalar = { ...sides, row: { ...sides.row, vector: 1 as const }, column: { ...sides.column, vector: 1 as const } };
  return assemble(product, scalar, grid, `matmul_skinny${rowsPerLane}`, `skinny, ${rowsPerLane} rows`, lanes, (store, declarations) =>
    skinnyText(product, scalar, rowsPerLane, lanes, across, store, declarations),
  );
}

function skinnyText(
  product: Product,
  sides: Sides,
  rows: number,
  lanes: number,
  across: number,
  store: Store,
  declarations: string,
): string {
  const along = lanes / across;
  const [aMatrix, bMatrix] = product.matrixOf('matrix');
  const [rowMatrix, columnMatrix] = sides.swapped ? [bMatrix, aMatrix] : [aMatrix, bMatrix];
  const [column, slot] = sides.column.termsContiguous
    ? [`lane / ${along}u`, `lane % ${along}u`]
    : [`lane % ${across}u`, `lane / ${across}u`];
  const each = (text: (row: number) => string) => Array.from({ length: rows }, (_, row) => text(row)).join('\n');
  const unrolled = (text: (step: number) => string) => Array.from({ length: skinnyUnrolled }, (_, step) => text(step)).join('\n');
  const at = sides.swapped ? 'column * p.rows + row' : 'row * p.columns + column';
  return `${declarations}

var<workgroup> sums: array<f32, ${rows * lanes}>;

@compute fn main(${tiledBuiltins}) {
${tilePlace({ rows, columns: across }, 'p.batches * p.splits')}
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = ${column};
  let lane_term = ${slot};
  let row_matrix = ${rowMatrix};
  let column_base = ${columnMatrix} + min(column_start + lane_column, p.columns - 1u) * p.column_stride;
${each((row) => `  let row_base${row} = row_matrix + min(row_start + ${row}u, p.rows - 1u) * p.row_stride;\n  var sum${row} = 0.0;`)}
  let end = min(begin + p.slice, p.depth);
  for (var first = begin + lane_term; first < end; first += ${along * skinnyUnrolled}u) {
${unrolled(
  (step) => `    let term${step} = first + ${step * along}u;
    let right${step} = select(0.0, ${asFloat(`${sides.column.binding}[column_base + term${step} * p.column_step]`, sides.column.elem)}, term${step} < end);`,
)}
${each((row) =>
  unrolled(
    (step) =>
      `    sum${row} = fma(${asFloat(`${sides.row.binding}[row_base${row} + min(term${step}, end - 1u) * p.row_step]`, sides.row.elem)}, right${step}, sum${row});`,
  ),
)}
  }
${each((row) => `  sums[${row * lanes}u + lane_term * ${across}u + lane_column] = sum${row};`)}
  workgroupBarrier();
  for (var each = lane; each < ${rows * across}u; each += ${lanes}u) {
    let row = row_start + each / ${across}u;
    let column = column_start + each % ${across}u;
    var sum = 0.0;
    for (var part = 0u; part < ${along}u; part++) { sum += sums[each / ${across}u * ${lanes}u + part * ${across}u + each % ${across}u]; }
    if (row < p.rows && column < p.columns) {
      let at = batch * p.rows * p.columns + ${at};
      ${store('sum', 'at', 'row', 'column')}
    }
  }
}`;
}

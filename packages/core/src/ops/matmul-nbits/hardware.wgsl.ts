import { linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { acrossFor } from '../matmul/hardware.wgsl.ts';
import { asFloat } from '../matmul/register-tile.wgsl.ts';
import {
  chooseTile,
  lanesOf,
  loadFunction,
  type Side,
  sideOf,
  tiledBuiltins,
  tiledDeclarations,
  tiledLoop,
  tiledStore,
  tilePlace,
} from '../matmul/tiled.wgsl.ts';
import { type PackedProduct, packedCandidate } from './packed-product.ts';

/** Tiles in workgroup memory; weights are unpacked as they are staged. */
export function tiledPacked(product: PackedProduct): Candidate {
  const { m, n, k, bits, blockSize, a, epilogue, caps } = product;
  const tile = chooseTile(m, n, 1, caps);
  const vector = n % 4 === 0 ? 4 : 1;
  const rowTiles = Math.ceil(m / tile.rows);
  const columnTiles = Math.ceil(n / tile.columns);
  const terms = k % 4 === 0 ? 4 : 1;
  const rows = sideOf('terms', terms, (term, index) => `load_row(${index}, ${term})`);
  const loadRow = loadFunction({
    signature: 'load_row(row: u32, term: u32)',
    binding: 'in0',
    at: 'row * p.depth + term',
    elem: a.elem,
    vector: terms,
    inside: 'row < p.rows && term < p.depth',
  });
  const columns: Side = { order: 'quads', load: (term, index) => `load_columns(${index}, ${term})` };
  const body = `${epilogue.declarations}

${tiledDeclarations(tile)}

${loadRow}

${loadColumns(product, vector)}

fn store(row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let at = row * p.columns + column;
  out0[at] = ${epilogue.value('sum', 'at', 'row', 'column')};
}

@compute fn main(${tiledBuiltins}) {
${tilePlace(tile, '1u')}
${tiledLoop(tile, rows, columns, '0u', 'p.depth')}
${tiledStore(tile, (row, column, sum) => `store(${row}, ${column}, ${sum});`)}
}`;
  const params = { row_tiles: rowTiles, column_tiles: columnTiles, block_size: blockSize };
  const grid = linearGrid(rowTiles * columnTiles, 1, caps);
  return packedCandidate(product, `tiled ${tile.name}`, `matmul_nbits${bits}_${tile.name}`, lanesOf(tile), body, params, grid, {
    vector,
    terms,
  });
}

/** `load_columns(column, term)`: four neighbouring columns' weights, unpacked; zero outside. */
function loadColumns({ bits, scales, zeros }: PackedProduct, vector: 1 | 4): string {
  const perWord = 32 / bits;
  const mask = `${2 ** bits - 1}u`;
  const middle = `${2 ** (bits - 1)}.0`;
  if (vector === 4) {
    const wide = (name: string, elem: string) => (elem === 'f32' ? `${name}[scale_at]` : `vec4f(${name}[scale_at])`);
    return `fn load_columns(column: u32, term: u32) -> vec4f {
  let words = in1[(term / ${perWord}u * p.columns + column) / 4u];
  let scale_at = (term / p.block_size * p.columns + column) / 4u;
  let codes = vec4f((words >> vec4u(term % ${perWord}u * ${bits}u)) & vec4u(${mask}));
  let weights = (codes - ${zeros ? wide('in3', zeros.elem) : `vec4f(${middle})`}) * ${wide('in2', scales.elem)};
  return select(vec4f(), weights, column < p.columns && term < p.depth);
}`;
  }
  return `fn load_column(column: u32, term: u32) -> f32 {
  let code = f32((in1[term / ${perWord}u * p.columns + column] >> (term % ${perWord}u * ${bits}u)) & ${mask});
  let scale_at = term / p.block_size * p.columns + column;
  let weight = (code - ${zeros ? asFloat('in3[scale_at]', zeros.elem) : middle}) * ${asFloat('in2[scale_at]', scales.elem)};
  return select(0.0, weight, column < p.columns && term < p.depth);
}

fn load_columns(column: u32, term: u32) -> vec4f {
  return vec4f(load_column(column, term), load_column(column + 1u, term), load_column(column + 2u, term), load_column(column + 3u, term));
}`;
}

/** Most rows of the skinny kernel. */
export const skinnyPackedRows = 16;

/** Few rows (a decoder's next token): weights are read once, a word a lane; lanes of one column share its words and add up at the end. */
export function skinnyPacked(product: PackedProduct): Candidate {
  const { m, n, bits, blockSize, a, scales, zeros, epilogue, caps } = product;
  const rows = m > 8 ? 16 : m > 4 ? 8 : m > 1 ? 4 : 1;
  const lanes = rows > 8 ? 128 : 256;
  const across = acrossFor(n);
  const along = lanes / across;
  const columnTiles = Math.ceil(n / across);
  const perWord = 32 / bits;
  const each = (text: (row: number) => string) => Array.from({ length: rows }, (_, row) => text(row)).join('\n');
  const body = `${epilogue.declarations}

var<workgroup> sums: array<f32, ${rows * lanes}>;

@compute fn main(${tiledBuiltins}) {
  let column_start = (workgroup.x + workgroup.y * groups.x) * ${across}u;
  if (column_start >= p.columns) { return; }
  let column = min(column_start + lane % ${across}u, p.columns - 1u);
${each((row) => `  let base${row} = min(${row}u, p.rows - 1u) * p.depth;\n  var sum${row} = 0.0;`)}
  for (var word = lane / ${across}u; word * ${perWord}u < p.depth; word += ${along}u) {
    let scale_at = word / p.block_words * p.columns + column;
    let scale = ${asFloat('in2[scale_at]', scales.elem)};
    let zero = ${zeros ? asFloat('in3[scale_at]', zeros.elem) : `${2 ** (bits - 1)}.0`};
    var codes = in1[word * p.columns + column];
    for (var term = word * ${perWord}u; term < min((word + 1u) * ${perWord}u, p.depth); term++) {
      let weight = (f32(codes & ${2 ** bits - 1}u) - zero) * scale;
      codes = codes >> ${bits}u;
${each((row) => `      sum${row} = fma(${asFloat(`in0[base${row} + term]`, a.elem)}, weight, sum${row});`)}
    }
  }
${each((row) => `  sums[${row * lanes}u + lane] = sum${row};`)}
  workgroupBarrier();
  for (var each = lane; each < ${rows * across}u; each += ${lanes}u) {
    let row = each / ${across}u;
    let output_column = column_start + each % ${across}u;
    var sum = 0.0;
    for (var part = 0u; part < ${along}u; part++) { sum += sums[row * ${lanes}u + part * ${across}u + each % ${across}u]; }
    if (row < p.rows && output_column < p.columns) {
      let at = row * p.columns + output_column;
      out0[at] = ${epilogue.value('sum', 'at', 'row', 'output_column')};
    }
  }
}`;
  const params = { block_words: (blockSize * bits) / 32 };
  return packedCandidate(
    product,
    `skinny, ${rows} rows`,
    `matmul_nbits_skinny${rows}`,
    lanes,
    body,
    params,
    linearGrid(columnTiles, 1, caps),
  );
}

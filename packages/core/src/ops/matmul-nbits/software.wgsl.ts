import { linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import {
  asFloat,
  eachColumn,
  joinColumns,
  registerTile,
  rowsFor,
  rowType,
  tileBuiltins,
  tileRows,
  tileStep,
  tileStoreOnce,
} from '../matmul/register-tile.wgsl.ts';
import { type PackedProduct, packedCandidate } from './packed-product.ts';

/** Register blocks on software adapters; a word of weights is unpacked once for all rows of a block. */
export function softwarePacked(product: PackedProduct): Candidate {
  const { m, n, bits, blockSize, a, scales, zeros, epilogue, caps } = product;
  // 32 rows run as fast, and compile half as long again.
  const tile = registerTile(Math.min(rowsFor(m), 16), 4, caps);
  const rowTiles = Math.ceil(m / tile.rows);
  const columnTiles = Math.ceil(n / (tile.lanes * tile.columns));
  const zero = (c: number) => (zeros ? asFloat(`in3[block_at${c}]`, zeros.elem) : `${2 ** (bits - 1)}.0`);
  const body = `${epilogue.declarations}

@compute fn main(${tileBuiltins(tile)}) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let row = tile / p.column_tiles * ${tile.rows}u;
  if (row >= p.rows) { return; }
  let column = tile % p.column_tiles * ${tile.lanes * tile.columns}u + lane;
${tileRows(tile, 'row', 'p.rows - 1u', (each) => `${each} * p.depth`)}
${eachColumn(
  tile,
  (c) => `let column${c} = column + ${c * tile.lanes}u;
var block_at${c} = min(column${c}, p.columns - 1u);
var word_at${c} = block_at${c};`,
)}
  var k = 0u;
  while (k < p.depth) {
    let scales = ${joinColumns(tile, (c) => asFloat(`in2[block_at${c}]`, scales.elem))};
    let zeros = ${joinColumns(tile, zero)};
    ${eachColumn(tile, (c) => `block_at${c} += p.columns;`)}
    for (var word = 0u; word < p.block_words; word++) {
      let words = vec4u(in1[word_at0], in1[word_at1], in1[word_at2], in1[word_at3]);
      ${eachColumn(tile, (c) => `word_at${c} += p.columns;`)}
      for (var shift = 0u; shift < 32u && k < p.depth; shift += ${bits}u) {
${tileStep(
  tile,
  (base) => asFloat(`in0[${base} + k]`, a.elem),
  `(${rowType(tile)}((words >> vec4u(shift)) & vec4u(${2 ** bits - 1}u)) - zeros) * scales`,
)}
        k++;
      }
    }
  }
${tileStoreOnce(tile, 'row', 'p.rows - 1u', 'p.columns', (each, column, sum) => {
  const at = `${each} * p.columns + ${column}`;
  return `let at = ${at};\nout0[at] = ${epilogue.value(sum, 'at', each, column)};`;
})}
}`;
  const params = { row_tiles: rowTiles, column_tiles: columnTiles, block_words: (blockSize * bits) / 32 };
  const grid = linearGrid(rowTiles * columnTiles, 1, caps);
  return packedCandidate(product, 'register tile', `matmul_nbits_${tile.rows}x4`, tile.lanes, body, params, grid, {
    subgroups: tile.subgroup > 0,
  });
}

import { linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { registerTile, rowsFor, tileBuiltins, tileFourSteps, tileRows, tileStoreOnce } from '../matmul/register-tile.wgsl.ts';
import { fourLoads, loadFunction } from '../matmul/tiled.wgsl.ts';
import { type PackedProduct, packedCandidate } from './packed-product.ts';

/** Register blocks on software adapters: four columns a lane, whose weights one load takes, and four terms of a row a load. */
export function softwarePacked(product: PackedProduct): Candidate {
  const { m, n, k, bits, blockSize, a, zeros, epilogue, caps } = product;
  // More rows run little faster, and compile twice as long.
  const tile = { ...registerTile(Math.min(rowsFor(m), 8), 4, caps), columnStep: 1 };
  const vector = n % 4 === 0 ? 4 : 1;
  const terms = k % 4 === 0 ? 4 : 1;
  const rowTiles = Math.ceil(m / tile.rows);
  const columnTiles = Math.ceil(n / (tile.lanes * tile.columns));
  /** Text of the lane's four columns of a row of a matrix [rows, N]. */
  const columns = (name: string, row: string) =>
    vector === 4
      ? `${name}[(${row} * p.columns + inside) / 4u]`
      : `vec4(${[0, 1, 2, 3].map((c) => `${name}[${row} * p.columns + min(inside + ${c}u, p.columns - 1u)]`).join(', ')})`;
  const loadTerms = loadFunction({
    signature: 'load_terms(at: u32, k: u32)',
    binding: 'in0',
    at: 'at + k',
    elem: a.elem,
    vector: terms,
    inside: 'k < p.depth',
  });
  const weights = (step: number) => `(vec4f((words >> vec4u(shift + ${step * bits}u)) & vec4u(${2 ** bits - 1}u)) - zeros) * scales`;
  const body = `${epilogue.declarations}

${loadTerms}

@compute fn main(${tileBuiltins(tile)}) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let row = tile / p.column_tiles * ${tile.rows}u;
  if (row >= p.rows) { return; }
  let column = tile % p.column_tiles * ${tile.lanes * tile.columns}u + lane * ${tile.columns}u;
  let inside = min(column, p.columns - ${vector}u);
${tileRows(tile, 'row', 'p.rows - 1u', (each) => `${each} * p.depth`)}
  for (var block = 0u; block < p.blocks; block++) {
    let scales = vec4f(${columns('in2', 'block')});
    let zeros = ${zeros ? `vec4f(${columns('in3', 'block')})` : `vec4f(${2 ** (bits - 1)}.0)`};
    let end = min((block + 1u) * p.block_words, p.words);
    for (var word = block * p.block_words; word < end; word++) {
      let words = ${columns('in1', 'word')};
      for (var shift = 0u; shift < 32u; shift += ${4 * bits}u) {
        let k = word * ${32 / bits}u + shift / ${bits}u;
${tileFourSteps(tile, (base) => (terms === 4 ? `load_terms(${base}, k)` : fourLoads((offset) => `load_terms(${base}, k + ${offset}u)`)), weights)}
      }
    }
  }
${tileStoreOnce(tile, 'row', 'p.rows - 1u', 'p.columns', (each, column, sum) => {
  const at = `${each} * p.columns + ${column}`;
  return `let at = ${at};\nout0[at] = ${epilogue.value(sum, 'at', each, column)};`;
})}
}`;
  const params = {
    row_tiles: rowTiles,
    column_tiles: columnTiles,
    blocks: Math.ceil(k / blockSize),
    block_words: (blockSize * bits) / 32,
    words: Math.ceil((k * bits) / 32),
  };
  const grid = linearGrid(rowTiles * columnTiles, 1, caps);
  return packedCandidate(product, 'register tile', `matmul_nbits_${tile.rows}x4`, tile.lanes, body, params, grid, {
    subgroups: tile.subgroup > 0,
    vector,
    terms,
  });
}

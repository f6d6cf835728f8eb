import { sizeOf } from '../../tensor/shape.ts';
import { linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { epilogueOf } from '../elementwise/epilogue.ts';
import { kernelName } from '../elementwise/name.ts';
import {
  asFloat,
  eachColumn,
  joinColumns,
  type RegisterTile,
  registerTile,
  rowType,
  tileBuiltins,
  tileEnable,
  tileRows,
  tileStep,
  tileStore,
} from '../matmul/register-tile.wgsl.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { CoreNBitsAttributes } from './matmul-nbits-core.ts';

/** Register blocks; a word of weights is unpacked once for all rows of a block. */
export function nbitsCandidates(
  inputs: readonly (BoundType | undefined)[],
  { k, bits, blockSize, expression }: CoreNBitsAttributes,
  { outputs, caps }: KernelContext,
): readonly Candidate[] {
  const [a, words, scales, zeros, ...rest] = inputs as [BoundType, BoundType, BoundType, BoundType | undefined, ...BoundType[]];
  const output = outputs[0] as BoundType;
  const n = words.shape[1] as number;
  const m = sizeOf(a.shape) / k;
  const epilogue = epilogueOf(
    expression,
    'f32',
    rest.map((type, index) => ({ name: `in${index + 4}`, type })),
    output,
    [
      { name: 'row', inner: n, dim: m },
      { name: 'column', inner: 1, dim: n },
    ],
  );
  const bindings: Binding[] = [
    { name: 'in0', elem: a.elem, access: 'read' },
    { name: 'in1', elem: 'u32', access: 'read' },
    { name: 'in2', elem: scales.elem, access: 'read' },
    ...(zeros ? [{ name: 'in3', elem: zeros.elem, access: 'read' } as const] : []),
    ...epilogue.bindings,
    { name: 'out0', elem: output.elem, access: 'read_write' },
  ];
  const tile = registerTile(m > 8 ? 16 : m > 4 ? 8 : 4, 2, caps);
  const rowTiles = Math.ceil(m / tile.rows);
  const columnTiles = Math.ceil(n / (tile.lanes * tile.columns));
  const body = `${epilogue.declarations}

${text(tile)}`;
  return [
    {
      name: `register tile, ${bits} bits`,
      dispatches: [
        {
          kernel: {
            name: kernelName(`matmul_nbits_${tile.rows}x${tile.columns}`, expression, bindings, body),
            bindings,
            params: {
              rows: 'u32',
              columns: 'u32',
              depth: 'u32',
              row_tiles: 'u32',
              column_tiles: 'u32',
              block_words: 'u32',
              ...epilogue.params,
            },
            workgroupSize: [tile.lanes, 1, 1],
            ...tileEnable(tile),
            body,
          },
          bind: bindings.map(({ name }) => name),
          params: {
            rows: m,
            columns: n,
            depth: k,
            row_tiles: rowTiles,
            column_tiles: columnTiles,
            block_words: (blockSize * bits) / 32,
            ...epilogue.values,
          },
          grid: linearGrid(rowTiles * columnTiles, 1, caps),
          floats: 2 * m * n * k,
        },
      ],
    },
  ];

  function text(tile: RegisterTile): string {
    const zero = (c: number) => (zeros ? asFloat(`in3[block_at${c}]`, zeros.elem) : `${2 ** (bits - 1)}.0`);
    const type = rowType(tile);
    const shift = tile.columns === 1 ? 'shift' : `vec${tile.columns}u(shift)`;
    return `@compute fn main(${tileBuiltins(tile)}) {
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
      let words = ${tile.columns === 1 ? 'in1[word_at0]' : `vec${tile.columns}u(${Array.from({ length: tile.columns }, (_, c) => `in1[word_at${c}]`).join(', ')})`};
      ${eachColumn(tile, (c) => `word_at${c} += p.columns;`)}
      for (var shift = 0u; shift < 32u && k < p.depth; shift += ${bits}u) {
${tileStep(tile, (base) => asFloat(`in0[${base} + k]`, a.elem), `(${type}((words >> ${shift}) & ${tile.columns === 1 ? '' : `vec${tile.columns}u`}(${2 ** bits - 1}u)) - zeros) * scales`)}
        k++;
      }
    }
  }
${tileStore(
  tile,
  'row',
  'p.rows - 1u',
  (c) => `column${c} < p.columns`,
  (each, c, sum) => {
    const at = `${each} * p.columns + column${c}`;
    return `{ let at = ${at}; out0[at] = ${epilogue.value(sum, 'at', each, `column${c}`)}; }`;
  },
)}
}`;
  }
}

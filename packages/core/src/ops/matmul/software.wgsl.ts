import { linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { kernelName } from '../elementwise/name.ts';
import { type Product, type Sides, sidesOf } from './product.ts';
import {
  asFloat,
  eachColumn,
  joinColumns,
  type RegisterTile,
  registerTile,
  rowsFor,
  tileBuiltins,
  tileEnable,
  tileRows,
  tileStep,
  tileStoreOnce,
} from './register-tile.wgsl.ts';

/**
 * Products on software adapters: register blocks alone. A narrow result (a head's few classes) is computed as its transpose,
 * since lanes differ in their columns.
 */
export function softwareProduct(product: Product): Candidate {
  const { m, n, caps } = product;
  const swapped = n < 8 && m > n;
  const sides = sidesOf(product, swapped);
  const { rows, columns } = sides;
  const tile = registerTile(rowsFor(rows), 4, caps);
  const rowTiles = Math.ceil(rows / tile.rows);
  const columnTiles = Math.ceil(columns / (tile.lanes * tile.columns));
  const bindings: Binding[] = [
    { name: 'in0', elem: product.a.elem, access: 'read' },
    { name: 'in1', elem: product.b.elem, access: 'read' },
    ...product.epilogue.bindings,
    { name: 'out0', elem: product.output.elem, access: 'read_write' },
  ];
  const body = text(product, sides, tile);
  return {
    name: swapped ? 'register tile, transposed' : 'register tile',
    dispatches: [
      {
        kernel: {
          name: kernelName(`matmul_${tile.rows}x${tile.columns}`, product.expression, bindings, body),
          bindings,
          params: {
            rows: 'u32',
            columns: 'u32',
            depth: 'u32',
            row_tiles: 'u32',
            column_tiles: 'u32',
            batches: 'u32',
            row_stride: 'u32',
            row_step: 'u32',
            column_stride: 'u32',
            column_step: 'u32',
            ...product.batchParams,
            ...product.epilogue.params,
          },
          workgroupSize: [tile.lanes, 1, 1],
          ...tileEnable(tile),
          body,
        },
        bind: bindings.map(({ name }) => name),
        params: {
          rows,
          columns,
          depth: product.k,
          row_tiles: rowTiles,
          column_tiles: columnTiles,
          batches: product.batches,
          row_stride: sides.row.stride,
          row_step: sides.row.step,
          column_stride: sides.column.stride,
          column_step: sides.column.step,
          ...product.batchValues,
          ...product.epilogue.values,
        },
        grid: linearGrid(rowTiles * columnTiles * product.batches, 1, caps),
        floats: product.floats,
      },
    ],
  };
}

function text({ epilogue, matrixOf }: Product, { row: rowSide, column: columnSide, swapped }: Sides, tile: RegisterTile): string {
  const [aMatrix, bMatrix] = matrixOf('batch');
  const [rowMatrix, columnMatrix] = swapped ? [bMatrix, aMatrix] : [aMatrix, bMatrix];
  const offset = (row: string, column: string) =>
    swapped ? `first + ${column} * p.rows + ${row}` : `first + ${row} * p.columns + ${column}`;
  const coordinates = (row: string, column: string) => (swapped ? [column, row] : [row, column]);
  return `${epilogue.declarations}

@compute fn main(${tileBuiltins(tile)}) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches) { return; }
  let row = tile / p.column_tiles % p.row_tiles * ${tile.rows}u;
  let column = tile % p.column_tiles * ${tile.lanes * tile.columns}u + lane;
  let first = batch * p.rows * p.columns;
${tileRows(tile, 'row', 'p.rows - 1u', (each) => `${rowMatrix} + ${each} * p.row_stride`)}
${eachColumn(tile, (c) => `let column${c} = column + ${c * tile.lanes}u;\nvar at${c} = ${columnMatrix} + min(column${c}, p.columns - 1u) * p.column_stride;`)}
  var step = 0u;
  for (var k = 0u; k < p.depth; k++) {
${tileStep(
  tile,
  (base) => asFloat(`${rowSide.binding}[${base} + step]`, rowSide.elem),
  joinColumns(tile, (c) => asFloat(`${columnSide.binding}[at${c}]`, columnSide.elem)),
)}
    step += p.row_step;
    ${eachColumn(tile, (c) => `at${c} += p.column_step;`)}
  }
${tileStoreOnce(tile, 'row', 'p.rows - 1u', 'p.columns', (each, column, sum) => {
  const at = offset(each, column);
  return `out0[${at}] = ${epilogue.value(sum, at, ...coordinates(each, column))};`;
})}
}`;
}

import { linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { kernelName } from '../elementwise/name.ts';
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
  tileStore,
} from '../matmul/register-tile.wgsl.ts';
import { type Geometry, paramsFor } from './geometry.ts';

export function convBindings({ x, w, epilogue, output }: Geometry): readonly Binding[] {
  return [
    { name: 'in0', elem: x.elem, access: 'read' },
    { name: 'in1', elem: w.elem, access: 'read' },
    ...epilogue.bindings,
    { name: 'out0', elem: output.elem, access: 'read_write' },
  ];
}

/**
 * Convolution as a product on software adapters: rows are output channels, columns are output positions of all pictures. For each
 * kernel tap the columns' input positions are found once, then the channels are summed, which is a plain product.
 */
export function softwareConv(geometry: Geometry): Candidate {
  const { rows, batch, positions, group, caps } = geometry;
  const tile = registerTile(Math.min(rowsFor(rows), 16), 4, caps);
  const rowTiles = Math.ceil(rows / tile.rows);
  const columnTiles = Math.ceil((batch * positions) / (tile.lanes * tile.columns));
  const bindings = convBindings(geometry);
  const body = tileText(geometry, tile);
  return {
    name: 'register tile',
    dispatches: [
      {
        kernel: {
          name: kernelName(`conv_${tile.rows}x${tile.columns}`, geometry.expression, bindings, body),
          bindings,
          params: paramsFor(geometry, body, { row_tiles: 'u32', column_tiles: 'u32' }),
          workgroupSize: [tile.lanes, 1, 1],
          ...tileEnable(tile),
          body,
        },
        bind: bindings.map(({ name }) => name),
        params: { ...geometry.values, row_tiles: rowTiles, column_tiles: columnTiles },
        grid: linearGrid(rowTiles * columnTiles * group, 1, caps),
        floats: geometry.floats,
      },
    ],
  };
}

/** Declares where column `c` lies: its picture's base in the output and in the input, and its window's corner. */
export function columnPlace(c: number, column: string): string {
  return `let column${c} = ${column};
let inside${c} = min(column${c}, p.columns - 1u);
let picture${c} = inside${c} / p.positions;
let position${c} = inside${c} % p.positions;
let y${c} = position${c} / p.out_width * p.stride_y - p.top;
let x${c} = position${c} % p.out_width * p.stride_x - p.left;`;
}

/** Declares `at${c}` and `valid${c}` for the tap (i, j). Above and left of the input, coordinates wrap to huge numbers, which are past its end too. */
function columnTap(c: number): string {
  return `let row_y${c} = y${c} + i * p.dilation_y;
let row_x${c} = x${c} + j * p.dilation_x;
let valid${c} = row_y${c} < p.height && row_x${c} < p.width;
var at${c} = select(0u, base${c} + row_y${c} * p.width + row_x${c}, valid${c});`;
}

function tileText({ x, w, epilogue }: Geometry, tile: RegisterTile): string {
  const span = tile.lanes * tile.columns;
  return `${epilogue.declarations}

@compute fn main(${tileBuiltins(tile)}) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let group = tile / (p.column_tiles * p.row_tiles);
  if (group >= p.groups) { return; }
  let row = tile / p.column_tiles % p.row_tiles * ${tile.rows}u;
  let first_column = tile % p.column_tiles * ${span}u + lane;
${eachColumn(tile, (c) => `${columnPlace(c, `first_column + ${c * tile.lanes}u`)}\nlet base${c} = picture${c} * p.picture + group * p.channels * p.plane;`)}
${tileRows(tile, 'row', 'p.rows - 1u', (each) => `(group * p.rows + ${each}) * p.depth`)}
  for (var i = 0u; i < p.kernel_height; i++) {
    for (var j = 0u; j < p.kernel_width; j++) {
${eachColumn(tile, columnTap)}
      var step = i * p.kernel_width + j;
      for (var k = 0u; k < p.channels; k++) {
${tileStep(
  tile,
  (base) => asFloat(`in1[${base} + step]`, w.elem),
  joinColumns(tile, (c) => `select(0.0, ${asFloat(`in0[at${c}]`, x.elem)}, valid${c})`),
)}
        step += p.taps;
        ${eachColumn(tile, (c) => `at${c} += select(0u, p.plane, valid${c});`)}
      }
    }
  }
${tileStore(
  tile,
  'row',
  'p.rows - 1u',
  (c) => `column${c} < p.columns`,
  (each, c, sum) => {
    const channel = `group * p.rows + ${each}`;
    const at = `(picture${c} * p.groups * p.rows + ${channel}) * p.positions + position${c}`;
    return `{ let at = ${at}; out0[at] = ${epilogue.value(sum, 'at', channel)}; }`;
  },
)}
}`;
}

/** Positions one lane of the depthwise kernel computes. */
const depthwiseColumns = 4;

/** One input channel a group: lanes are positions of one output channel, whose weights are the same number in every lane. */
export function softwareDepthwise(geometry: Geometry): Candidate {
  const { x, w, epilogue, rows, group, batch, positions, caps } = geometry;
  const lanes = 8;
  const span = lanes * depthwiseColumns;
  const tiles = Math.ceil(positions / span);
  const bindings = convBindings(geometry);
  const columns = Array.from({ length: depthwiseColumns }, (_, c) => c);
  const body = `${epilogue.declarations}

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let plane = tile / p.column_tiles;
  if (plane >= p.batch * p.groups * p.rows) { return; }
  let channel = plane % (p.groups * p.rows);
  let base = plane / (p.groups * p.rows) * p.picture + channel / p.rows * p.plane;
  let first = tile % p.column_tiles * ${span}u + lane;
${columns
  .map(
    (c) => `let column${c} = first + ${c * lanes}u;
let y${c} = column${c} / p.out_width * p.stride_y - p.top;
let x${c} = column${c} % p.out_width * p.stride_x - p.left;`,
  )
  .join('\n')}
  var sums = vec${depthwiseColumns}f();
  var tap = channel * p.taps;
  for (var i = 0u; i < p.kernel_height; i++) {
    for (var j = 0u; j < p.kernel_width; j++) {
      let weight = ${asFloat('in1[tap]', w.elem)};
      tap++;
${columns
  .map(
    (c) => `let row_y${c} = y${c} + i * p.dilation_y;
let row_x${c} = x${c} + j * p.dilation_x;
let valid${c} = row_y${c} < p.height && row_x${c} < p.width;
let value${c} = select(0.0, ${asFloat(`in0[select(0u, base + row_y${c} * p.width + row_x${c}, valid${c})]`, x.elem)}, valid${c});`,
  )
  .join('\n')}
      sums = fma(vec${depthwiseColumns}f(weight), vec${depthwiseColumns}f(${columns.map((c) => `value${c}`).join(', ')}), sums);
    }
  }
${columns
  .map(
    (c) =>
      `if (column${c} < p.positions) { let at = plane * p.positions + column${c}; out0[at] = ${epilogue.value(`sums[${c}]`, 'at', 'channel')}; }`,
  )
  .join('\n')}
}`;
  return {
    name: 'depthwise',
    dispatches: [
      {
        kernel: {
          name: kernelName('conv_depthwise', geometry.expression, bindings, body),
          bindings,
          params: paramsFor(geometry, body, { column_tiles: 'u32' }),
          workgroupSize: [lanes, 1, 1],
          body,
        },
        bind: bindings.map(({ name }) => name),
        params: { ...geometry.values, column_tiles: tiles },
        grid: linearGrid(tiles * batch * group * rows, 1, caps),
        floats: geometry.floats,
      },
    ],
  };
}

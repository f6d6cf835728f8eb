import { linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { kernelName } from '../elementwise/name.ts';
import { asFloat } from '../matmul/register-tile.wgsl.ts';
import {
  chooseTile,
  lanesOf,
  type Side,
  tiledBuiltins,
  tiledDeclarations,
  tiledLoop,
  tiledStore,
  tilePlace,
} from '../matmul/tiled.wgsl.ts';
import { type Geometry, paramsFor } from './geometry.ts';
import { convBindings } from './software.wgsl.ts';

/** Convolution as an implicit product: rows are output channels, columns are output positions of all pictures, terms are (channel, tap). */
export function tiledConv(geometry: Geometry): Candidate {
  const { rows, group, batch, positions, x, w, epilogue, caps } = geometry;
  const columns = batch * positions;
  const tile = chooseTile(rows, columns, group, caps);
  const rowTiles = Math.ceil(rows / tile.rows);
  const columnTiles = Math.ceil(columns / tile.columns);
  const bindings = convBindings(geometry);
  const pointwise = geometry.values.taps === 1;
  const weights: Side = {
    termsFirst: true,
    load: (term, index) => {
      const at = (offset: number) =>
        `load_weight((group * p.rows + ${index} + ${offset}u) * p.depth + ${term}, ${term} < p.depth && ${index} + ${offset}u < p.rows)`;
      return `vec4f(${[0, 1, 2, 3].map(at).join(', ')})`;
    },
  };
  // A lane stages the same four positions for every term, so where they lie is found once.
  const pictures: Side = {
    termsFirst: false,
    prepare: (index, slot) =>
      [0, 1, 2, 3].map((offset) => `  let window${slot}_${offset} = window_of(group, ${index} + ${offset}u);`).join('\n'),
    load: (term, _, slot) => `load_windows(${term}, ${[0, 1, 2, 3].map((offset) => `window${slot}_${offset}`).join(', ')})`,
  };
  const body = `${epilogue.declarations}

${tiledDeclarations(tile)}

fn load_weight(at: u32, inside: bool) -> f32 {
  return select(0.0, ${asFloat('in1[at]', w.elem)}, inside);
}

// Where a column's window begins: its first channel in memory, and its corner, which wraps to a huge number above and left of the picture.
struct Window { base: u32, y: u32, x: u32 }

fn window_of(group: u32, column: u32) -> Window {
  // Past the last column every row is outside of the picture.
  if (column >= p.columns) { return Window(0u, 0x20000000u, 0u); }
  let position = column % p.positions;
  return Window(
    column / p.positions * p.picture + group * p.channels * p.plane,
    position / p.out_width * p.stride_y - p.top,
    position % p.out_width * p.stride_x - p.left,
  );
}

fn load_window(window: Window, channel: u32, y: u32, x: u32) -> f32 {
  let row = window.y + y;
  let column = window.x + x;
  let inside = row < p.height && column < p.width;
  return select(0.0, ${asFloat('in0[window.base + channel * p.plane + row * p.width + column]', x.elem)}, inside);
}

fn load_windows(term: u32, a: Window, b: Window, c: Window, d: Window) -> vec4f {
  // Past the last term every row is outside of the picture.
  let past = select(0u, 0x40000000u, term >= p.depth);
${
  pointwise
    ? `  return vec4f(load_window(a, term, past, 0u), load_window(b, term, past, 0u), load_window(c, term, past, 0u), load_window(d, term, past, 0u));`
    : `  let channel = term / p.taps;
  let tap = term % p.taps;
  let y = tap / p.kernel_width * p.dilation_y + past;
  let x = tap % p.kernel_width * p.dilation_x;
  return vec4f(load_window(a, channel, y, x), load_window(b, channel, y, x), load_window(c, channel, y, x), load_window(d, channel, y, x));`
}
}

fn store(group: u32, row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let channel = group * p.rows + row;
  let at = (column / p.positions * p.groups * p.rows + channel) * p.positions + column % p.positions;
  out0[at] = ${epilogue.value('sum', 'at', 'channel')};
}

@compute fn main(${tiledBuiltins}) {
${tilePlace(tile, 'p.groups')}
  let group = batch;
${tiledLoop(tile, weights, pictures, '0u', 'p.depth')}
${tiledStore(tile, (row, column, sum) => `store(group, ${row}, ${column}, ${sum});`)}
}`;
  return {
    name: `tiled ${tile.name}${pointwise ? ', pointwise' : ''}`,
    dispatches: [
      {
        kernel: {
          name: kernelName(`conv_${tile.name}`, geometry.expression, bindings, body),
          bindings,
          params: paramsFor(geometry, body, { row_tiles: 'u32', column_tiles: 'u32' }),
          workgroupSize: [lanesOf(tile), 1, 1],
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

const lanes = 64;

/** One input channel a group, or few rows: each lane sums one output element. Neighbouring lanes read neighbouring positions. */
export function directConv(geometry: Geometry): Candidate {
  const { x, w, epilogue, rows, group, batch, positions, channels, caps } = geometry;
  const size = batch * group * rows * positions;
  const bindings = convBindings(geometry);
  const body = `${epilogue.declarations}

@compute fn main(${tiledBuiltins}) {
  let at = (workgroup.x + workgroup.y * groups.x) * ${lanes}u + lane;
  let plane = at / p.positions;
  let all_rows = p.groups * p.rows;
  if (plane >= p.batch * all_rows) { return; }
  let position = at % p.positions;
  let channel = plane % all_rows;
  let y = position / p.out_width * p.stride_y - p.top;
  let x = position % p.out_width * p.stride_x - p.left;
  var base = plane / all_rows * p.picture + channel / p.rows * p.channels * p.plane;
  var tap = channel * p.depth;
  var sum = 0.0;
  for (var k = 0u; k < p.channels; k++) {
    for (var i = 0u; i < p.kernel_height; i++) {
      let row = y + i * p.dilation_y;
      for (var j = 0u; j < p.kernel_width; j++) {
        let column = x + j * p.dilation_x;
        if (row < p.height && column < p.width) {
          sum = fma(${asFloat('in1[tap]', w.elem)}, ${asFloat('in0[base + row * p.width + column]', x.elem)}, sum);
        }
        tap++;
      }
    }
    base += p.plane;
  }
  out0[at] = ${epilogue.value('sum', 'at', 'channel')};
}`;
  return {
    name: channels === 1 ? 'depthwise' : 'direct',
    dispatches: [
      {
        kernel: {
          name: kernelName('conv_direct', geometry.expression, bindings, body),
          bindings,
          params: paramsFor(geometry, body, {}),
          workgroupSize: [lanes, 1, 1],
          body,
        },
        bind: bindings.map(({ name }) => name),
        params: geometry.values,
        grid: linearGrid(size, lanes, caps),
        floats: geometry.floats,
      },
    ],
  };
}

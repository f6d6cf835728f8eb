import { linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { kernelName } from '../elementwise/name.ts';
import { asFloat } from '../matmul/register-tile.wgsl.ts';
import {
  chooseTile,
  fourLoads,
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
import { type Geometry, paramsFor } from './geometry.ts';
import { convBindings } from './software.wgsl.ts';

/** Convolution as an implicit product: rows are output channels, columns are output positions of all pictures, terms are (channel, tap). */
export function tiledConv(geometry: Geometry): Candidate {
  const { rows, group, batch, positions, w, epilogue, caps } = geometry;
  const columns = batch * positions;
  const tile = chooseTile(rows, columns, group, caps);
  const rowTiles = Math.ceil(rows / tile.rows);
  const columnTiles = Math.ceil(columns / tile.columns);
  const plain = isPlainProduct(geometry);
  const vector = plain && positions % 4 === 0 ? 4 : 1;
  const terms = (geometry.values.depth as number) % 4 === 0 ? 4 : 1;
  const [input, kernels, ...others] = convBindings(geometry) as [Binding, Binding, ...Binding[]];
  const bindings: Binding[] = [{ ...input, vector }, { ...kernels, vector: terms }, ...others];
  const weights = sideOf('terms', terms, (term, index) => `load_weight(group, ${index}, ${term})`);
  const loadWeight = loadFunction({
    signature: 'load_weight(group: u32, row: u32, term: u32)',
    binding: 'in1',
    at: '(group * p.rows + row) * p.depth + term',
    elem: w.elem,
    vector: terms,
    inside: 'row < p.rows && term < p.depth',
  });
  const pictures = plain ? wholePositions(geometry, vector) : windows(geometry);
  const body = `${epilogue.declarations}

${tiledDeclarations(tile)}

${loadWeight}

${pictures.declarations}

fn store(group: u32, row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let channel = group * p.rows + row;
  let at = (column / p.positions * p.groups * p.rows + channel) * p.positions + column % p.positions;
  out0[at] = ${epilogue.value('sum', 'at', 'channel')};
}

@compute fn main(${tiledBuiltins}) {
${tilePlace(tile, 'p.groups')}
  let group = batch;
${tiledLoop(tile, weights, pictures.side, '0u', 'p.depth')}
${tiledStore(tile, (row, column, sum) => `store(group, ${row}, ${column}, ${sum});`)}
}`;
  return {
    name: `tiled ${tile.name}${plain ? ', pointwise' : ''}`,
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

/** The pictures' side of the product, and the functions its text calls. */
interface Pictures {
  readonly side: Side;
  readonly declarations: string;
}

/** Whether every output position reads the input position of the same number. */
function isPlainProduct({ values, positions }: Geometry): boolean {
  const { taps, stride_y, stride_x, top, left, width, out_width, plane } = values;
  const inPlace = top === 0 && left === 0 && width === out_width && plane === positions;
  return taps === 1 && stride_y === 1 && stride_x === 1 && inPlace;
}

/** What a slot finds before the loop, for each of the four positions (or for all in one) that it stages: `${name}${slot}_0`… */
function prepared(name: string, count: 1 | 4): NonNullable<Side['prepare']> {
  return (index, slot) =>
    Array.from({ length: count }, (_, offset) => `  let ${name}${slot}_${offset} = ${name}_of(group, ${index} + ${offset}u);`).join('\n');
}

/** @param vector 4: four positions lie in one picture, side by side and aligned */
function wholePositions({ x }: Geometry, vector: 1 | 4): Pictures {
  const at = (term: string, index: string, slot: number, offset: number) =>
    `load_position(picture${slot}_${offset} + (${term}) * p.plane, ${term} < p.depth && ${index} + ${offset}u < p.columns)`;
  const side: Side = {
    order: 'quads',
    prepare: prepared('picture', vector === 4 ? 1 : 4),
    load: (term, index, slot) => (vector === 4 ? at(term, index, slot, 0) : fourLoads((offset) => at(term, index, slot, offset))),
  };
  const load = loadFunction({
    signature: 'load_position(at: u32, inside: bool)',
    binding: 'in0',
    at: 'at',
    elem: x.elem,
    vector,
    inside: 'inside',
  });
  return {
    side,
    declarations: `// Where a column's position lies in its picture's first channel.
fn picture_of(group: u32, column: u32) -> u32 {
  return column / p.positions * p.picture + group * p.channels * p.plane + column % p.positions;
}

${load}`,
  };
}

/** A lane stages the same four positions for every term, so where they lie is found once. */
function windows({ x, values }: Geometry): Pictures {
  const names = ['a', 'b', 'c', 'd'] as const;
  const loads = (channel: string, row: string, column: string) =>
    fourLoads((offset) => `load_window(${names[offset]}, ${channel}, ${row}, ${column})`);
  return {
    side: {
      order: 'quads',
      prepare: prepared('window', 4),
      load: (term, _, slot) => `load_windows(${term}, ${names.map((_, offset) => `window${slot}_${offset}`).join(', ')})`,
    },
    declarations: `// Where a column's window begins: its first channel in memory, and its corner, which wraps to a huge number above and left of the picture.
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
  values.taps === 1
    ? `  return ${loads('term', 'past', '0u')};`
    : `  let channel = term / p.taps;
  let tap = term % p.taps;
  let y = tap / p.kernel_width * p.dilation_y + past;
  let x = tap % p.kernel_width * p.dilation_x;
  return ${loads('channel', 'y', 'x')};`
}
}`,
  };
}

const lanes = 64;

/** Most taps that a direct convolution has written out, so that their loads wait for memory together. */
const fewTaps = 25;

/** One input channel a group, or few rows: each lane sums one output element. Neighbouring lanes read neighbouring positions. */
export function directConv(geometry: Geometry): Candidate {
  const { x, w, epilogue, rows, group, batch, positions, channels, caps } = geometry;
  const size = batch * group * rows * positions;
  const { kernel_height: kernelHeight, kernel_width: kernelWidth, taps = 0 } = geometry.values;
  const written = taps <= fewTaps;
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
    for (var i = 0u; i < ${written ? `${kernelHeight}u` : 'p.kernel_height'}; i++) {
      let row = y + i * p.dilation_y;
      for (var j = 0u; j < ${written ? `${kernelWidth}u` : 'p.kernel_width'}; j++) {
        let column = x + j * p.dilation_x;
        let inside = row < p.height && column < p.width;
        let value = select(0.0, ${asFloat('in0[base + row * p.width + column]', x.elem)}, inside);
        sum = fma(${asFloat('in1[tap]', w.elem)}, value, sum);
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

import { sizeOf } from '../../tensor/shape.ts';
import { linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { columnPlace } from '../conv/software.wgsl.ts';
import { type Epilogue, epilogueOf } from '../elementwise/epilogue.ts';
import { kernelName } from '../elementwise/name.ts';
import { type RegisterTile, registerTile, tileBuiltins } from '../matmul/register-tile.wgsl.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { IntegerProductAttributes } from './integer-product.ts';

/** Kernels, best first. */
export function integerCandidates(
  inputs: readonly (BoundType | undefined)[],
  attributes: IntegerProductAttributes,
  context: KernelContext,
): readonly Candidate[] {
  const product = productOf(inputs, attributes, context);
  const { group, rows, channels, packed } = attributes;
  const software = context.caps.kind === 'software';
  if (packed === 1 && channels === 1 && group > 1) return [depthwise(product, software ? 8 : 64)];
  const height = rows > 8 ? 16 : rows > 4 ? 8 : 4;
  if (software) return [registerCandidate(product, registerTile(height, 2, context.caps))];
  const tile: RegisterTile = { rows: Math.min(height, 8), columns: 2, lanes: 64, subgroup: 0, columnStep: 64 };
  return [...(packed === 1 && !product.wZero && product.sums ? [dotCandidate(product, tile)] : []), registerCandidate(product, tile)];
}

interface Product {
  readonly inputs: readonly (BoundType | undefined)[];
  readonly attributes: IntegerProductAttributes;
  readonly context: KernelContext;
  readonly x: BoundType;
  readonly output: BoundType;
  readonly epilogue: Epilogue;
  readonly wZero: boolean;
  readonly sums: boolean;
  /** Text of the zero point of x. */
  readonly xZero: string;
  readonly positions: number;
  readonly taps: number;
  readonly values: Readonly<Record<string, number>>;
}

function productOf(inputs: readonly (BoundType | undefined)[], attributes: IntegerProductAttributes, context: KernelContext): Product {
  const { batch, group, rows, channels, kernel, strides, dilations, pads, input, output, xSteps, outSteps, wSteps, xZero } = attributes;
  const operands = inputs.slice(5).map((type, index) => ({ name: `in${index + 5}`, type: type as BoundType }));
  const out = context.outputs[0] as BoundType;
  const epilogue = epilogueOf(attributes.expression, 'i32', operands, out, [{ name: 'channel', inner: outSteps[2], dim: group * rows }]);
  const positions = sizeOf(output);
  const taps = sizeOf(kernel);
  return {
    inputs,
    attributes,
    context,
    x: inputs[0] as BoundType,
    output: out,
    epilogue,
    wZero: inputs[3] !== undefined,
    sums: inputs[4] !== undefined,
    xZero: inputs[2] ? 'i32(in2[0])' : 'p.x_zero',
    positions,
    taps,
    values: {
      batch,
      groups: group,
      rows,
      channels,
      quads: Math.ceil(channels / 4),
      kernel_height: kernel[0],
      kernel_width: kernel[1],
      stride_y: strides[0] as number,
      stride_x: strides[1] as number,
      dilation_y: dilations[0] as number,
      dilation_x: dilations[1] as number,
      top: pads[0] as number,
      left: pads[1] as number,
      height: input[0],
      width: input[1],
      out_width: output[1],
      positions,
      columns: batch * positions,
      x_picture: xSteps[0],
      x_group: xSteps[1],
      x_channel: xSteps[2],
      x_row: xSteps[3],
      out_picture: outSteps[0],
      out_group: outSteps[1],
      out_row: outSteps[2],
      out_position: outSteps[3],
      w_group: wSteps[0] as number,
      w_row: wSteps[1] as number,
      w_channel: wSteps[2] as number,
      w_tap: wSteps[3] as number,
      x_zero: xZero,
    },
  };
}

const count = (length: number) => Array.from({ length }, (_, index) => index);
const lines = (length: number, text: (index: number) => string) => count(length).map(text).join('\n');

/** Declares `valid${c}` and `at${c}` for the tap (i, j). */
function columnTap(c: number): string {
  return `let row_y${c} = y${c} + i * p.dilation_y;
let row_x${c} = x${c} + j * p.dilation_x;
let valid${c} = row_y${c} < p.height && row_x${c} < p.width;
var at${c} = select(0u, base${c} + row_y${c} * p.x_row + row_x${c}, valid${c});
let step${c} = select(0u, p.x_channel, valid${c});`;
}

/** The sums of a tile, exact in int32. Packed weights are loaded four channels at a time and unpacked by the lane that loaded them. */
function registerCandidate(product: Product, tile: RegisterTile): Candidate {
  const { attributes, wZero, xZero } = product;
  const packed = attributes.packed === 1;
  const groups = tile.subgroup ? count(tile.rows / tile.subgroup).map((index) => index * tile.subgroup) : count(tile.rows);
  const own = tile.subgroup ? ` + subgroup_lane % ${tile.subgroup}u` : '';
  const row = (r: number) => (tile.subgroup ? `subgroupBroadcast(w${r - (r % tile.subgroup)}, ${r % tile.subgroup}u)` : `w${r}`);
  const type = `vec${tile.columns}i`;
  const value = (c: number) => `select(0, i32(in0[at${c}]) - x_zero, valid${c})`;
  const multiply = (weight: (group: number) => string) => `${groups.map((r) => `let w${r} = ${weight(r)};`).join('\n')}
let columns = ${type}(${count(tile.columns).map(value).join(', ')});
${wZero ? `total += ${packed ? `select(${type}(), columns, 4u * q + (24u - shift) / 8u < p.channels)` : 'columns'};` : ''}
${lines(tile.rows, (r) => `sum${r} += ${row(r)} * columns;`)}
${lines(tile.columns, (c) => `at${c} += step${c};`)}`;
  const inner = packed
    ? `for (var q = 0u; q < p.quads; q++) {
${groups.map((r) => `let word${r} = bitcast<i32>(in1[row_base${r} + word]);`).join('\n')}
word++;
for (var shift = 24u; shift <= 24u; shift -= 8u) {
${multiply((r) => `(word${r} << shift) >> 24u`)}
}
}`
    : `var k_at = (i * p.kernel_width + j) * p.w_tap;
for (var k = 0u; k < p.channels; k++) {
${multiply((r) => `i32(in1[row_base${r} + k_at])`)}
k_at += p.w_channel;
}`;
  const base = (r: string) =>
    packed ? `(group * p.rows + ${r}) * p.quads * p.kernel_height * p.kernel_width` : `group * p.w_group + (${r}) * p.w_row`;
  const body = `${product.epilogue.declarations}

@compute fn main(${tileBuiltins(tile)}) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let group = tile / (p.column_tiles * p.row_tiles);
  if (group >= p.groups) { return; }
  let row = tile / p.column_tiles % p.row_tiles * ${tile.rows}u;
  let first = tile % p.column_tiles * ${tile.lanes * tile.columns}u + lane;
  let x_zero = ${xZero};
${lines(tile.columns, (c) => `${columnPlace(c, `first + ${c * tile.lanes}u`)}\nlet base${c} = picture${c} * p.x_picture + group * p.x_group;`)}
${groups.map((r) => `let row_base${r} = ${base(`min(row + ${r}u${own}, p.rows - 1u)`)};`).join('\n')}
${lines(tile.rows, (r) => `var sum${r} = ${type}();`)}
${wZero ? `var total = ${type}();` : ''}
${packed ? 'var word = 0u;' : ''}
  for (var i = 0u; i < p.kernel_height; i++) {
    for (var j = 0u; j < p.kernel_width; j++) {
${lines(tile.columns, columnTap)}
${inner}
    }
  }
${storeTile(product, tile, (sum, c) => `${sum}${wZero ? ` - in3[channel] * total[${c}]` : ''}`)}
}`;
  return candidateOf(product, tile, body, 'integer register tile', []);
}

/**
 * Four channels at a time by `dot4I8Packed`. With x' = x − 128 for uint8 (its zero point likewise), padding reads as the zero point, so
 * Σ (x − zero) w = Σ x' w − zero' Σ w.
 */
function dotCandidate(product: Product, tile: RegisterTile): Candidate {
  const shift = product.x.dtype === 'uint8' ? 128 : 0;
  const raw = (c: number, k: number) => `i32(in0[at${c}${k === 0 ? '' : ` + ${k}u * step${c}`}])${shift ? ` - ${shift}` : ''}`;
  const body = `${product.epilogue.declarations}

@compute fn main(${tileBuiltins(tile)}) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let group = tile / (p.column_tiles * p.row_tiles);
  if (group >= p.groups) { return; }
  let row = tile / p.column_tiles % p.row_tiles * ${tile.rows}u;
  let first = tile % p.column_tiles * ${tile.lanes * tile.columns}u + lane;
  let x_zero = ${product.xZero}${shift ? ` - ${shift}` : ''};
  let padding = pack4xI8(vec4i(x_zero));
${lines(tile.columns, (c) => `${columnPlace(c, `first + ${c * tile.lanes}u`)}\nlet base${c} = picture${c} * p.x_picture + group * p.x_group;`)}
${lines(tile.rows, (r) => `let row_base${r} = (group * p.rows + min(row + ${r}u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;`)}
${lines(tile.rows, (r) => `var sum${r} = vec${tile.columns}i();`)}
  var word = 0u;
  for (var i = 0u; i < p.kernel_height; i++) {
    for (var j = 0u; j < p.kernel_width; j++) {
${lines(tile.columns, columnTap)}
      for (var q = 0u; q < p.quads; q++) {
${lines(
  tile.columns,
  (c) =>
    `let x4${c} = select(padding, pack4xI8(vec4i(${count(4)
      .map((k) => raw(c, k))
      .join(', ')})), valid${c});\nat${c} += 4u * step${c};`,
)}
${lines(tile.rows, (r) => `let w${r} = in1[row_base${r} + word];\n${lines(tile.columns, (c) => `sum${r}[${c}] += dot4I8Packed(w${r}, x4${c});`)}`)}
        word++;
      }
    }
  }
${storeTile(product, tile, (sum) => `${sum} - x_zero * in4[channel]`)}
}`;
  return candidateOf(product, tile, body, 'packed dot product', ['in4']);
}

/**
 * Stores the tile, rows past the last one excepted. The rows are a loop over an array, whose bound comes as a uniform: unrolled by
 * us, or by Mesa where it can tell the bound, a block of 32 epilogues compiles for seconds.
 */
function storeTile({ epilogue }: Product, tile: RegisterTile, correct: (sum: string, column: number) => string): string {
  return `var sums = array<vec${tile.columns}i, ${tile.rows}>(${count(tile.rows)
    .map((r) => `sum${r}`)
    .join(', ')});
for (var r = 0u; r < p.tile_rows; r++) {
if (row + r >= p.rows) { break; }
let sum = sums[r];
let channel = group * p.rows + row + r;
let out_at = group * p.out_group + (row + r) * p.out_row;
${lines(tile.columns, (c) => `if (column${c} < p.columns) { let at = out_at + picture${c} * p.out_picture + position${c} * p.out_position; out0[at] = ${epilogue.value(correct(`sum[${c}]`, c), 'at', 'channel')}; }`)}
}`;
}

function candidateOf(product: Product, tile: RegisterTile, body: string, name: string, extra: readonly string[]): Candidate {
  const { attributes, context } = product;
  const { batch, group, rows, channels } = attributes;
  const rowTiles = Math.ceil(rows / tile.rows);
  const columnTiles = Math.ceil((batch * product.positions) / (tile.lanes * tile.columns));
  return {
    name,
    dispatches: [
      {
        ...kernelOf(product, body, name, [tile.rows, tile.columns, tile.lanes, tile.subgroup], tile.lanes, extra, {
          row_tiles: rowTiles,
          column_tiles: columnTiles,
          tile_rows: tile.rows,
        }),
        grid: linearGrid(rowTiles * columnTiles * group, 1, context.caps),
        floats: 2 * batch * product.positions * group * rows * channels * product.taps,
      },
    ],
  };
}

const depthwiseColumns = 4;

/** One input channel a group: lanes are positions of one output channel, whose weights are the same in every lane. */
function depthwise(product: Product, lanes: number): Candidate {
  const { attributes, wZero, xZero, positions, context } = product;
  const columns = count(depthwiseColumns);
  const tiles = Math.ceil(positions / (lanes * depthwiseColumns));
  const planes = attributes.batch * attributes.group * attributes.rows;
  const body = `${product.epilogue.declarations}

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let plane = tile / p.column_tiles;
  if (plane >= p.batch * p.groups * p.rows) { return; }
  let channel = plane % (p.groups * p.rows);
  let picture = plane / (p.groups * p.rows);
  let group = channel / p.rows;
  let base = picture * p.x_picture + group * p.x_group;
  let first = tile % p.column_tiles * ${lanes * depthwiseColumns}u + lane;
  let x_zero = ${xZero};
  let w_zero = ${wZero ? 'in3[channel]' : '0'};
${lines(
  depthwiseColumns,
  (c) => `let position${c} = first + ${c * lanes}u;
let y${c} = position${c} / p.out_width * p.stride_y - p.top;
let x${c} = position${c} % p.out_width * p.stride_x - p.left;`,
)}
  var sums = vec${depthwiseColumns}i();
  var tap = channel * p.kernel_height * p.kernel_width;
  for (var i = 0u; i < p.kernel_height; i++) {
    for (var j = 0u; j < p.kernel_width; j++) {
      let weight = (bitcast<i32>(in1[tap] << 24u) >> 24u) - w_zero;
      tap++;
${lines(
  depthwiseColumns,
  (c) => `let row_y${c} = y${c} + i * p.dilation_y;
let row_x${c} = x${c} + j * p.dilation_x;
let valid${c} = row_y${c} < p.height && row_x${c} < p.width;
let value${c} = select(0, i32(in0[select(0u, base + row_y${c} * p.x_row + row_x${c}, valid${c})]) - x_zero, valid${c});`,
)}
      sums += weight * vec${depthwiseColumns}i(${columns.map((c) => `value${c}`).join(', ')});
    }
  }
  let out_at = picture * p.out_picture + group * p.out_group + (channel % p.rows) * p.out_row;
  for (var c = 0u; c < p.lane_columns; c++) {
    let position = first + c * ${lanes}u;
    if (position >= p.positions) { break; }
    let at = out_at + position * p.out_position;
    out0[at] = ${product.epilogue.value('sums[c]', 'at', 'channel')};
  }
}`;
  return {
    name: 'integer depthwise',
    dispatches: [
      {
        ...kernelOf(product, body, 'integer depthwise', [lanes], lanes, [], { column_tiles: tiles, lane_columns: depthwiseColumns }),
        grid: linearGrid(tiles * planes, 1, context.caps),
        floats: 2 * planes * positions * product.taps,
      },
    ],
  };
}

/** The kernel with the bindings and the uniforms that its text reads. */
function kernelOf(
  { inputs, attributes, epilogue, output, values, xZero }: Product,
  body: string,
  name: string,
  variant: readonly number[],
  lanes: number,
  extra: readonly string[],
  own: Readonly<Record<string, number>>,
): Pick<Candidate['dispatches'][number], 'kernel' | 'bind' | 'params'> {
  const wanted = ['in0', 'in1', ...(xZero === 'p.x_zero' ? [] : ['in2']), ...(inputs[3] ? ['in3'] : []), ...extra];
  const bindings: Binding[] = [
    ...wanted
      .filter((each) => body.includes(`${each}[`))
      .map((each): Binding => ({ name: each, elem: (inputs[Number(each.slice(2))] as BoundType).elem, access: 'read' })),
    ...epilogue.bindings,
    { name: 'out0', elem: output.elem, access: 'read_write' },
  ];
  const named = Object.keys({ ...values, ...own }).filter((each) => new RegExp(`\\bp\\.${each}\\b`).test(body));
  const typed = (each: string) => (each === 'x_zero' ? 'i32' : 'u32');
  const key = `${variant} ${attributes.packed} ${epilogue.key} ${inputs[0]?.dtype}`;
  return {
    kernel: {
      name: kernelName(name.replaceAll(' ', '_'), attributes.expression, bindings, key),
      bindings,
      params: { ...Object.fromEntries(named.map((each) => [each, typed(each)] as const)), ...epilogue.params },
      workgroupSize: [lanes, 1, 1],
      ...(body.includes('subgroupBroadcast') ? { enable: ['subgroups'] as const } : {}),
      body,
    },
    bind: bindings.map((each) => each.name),
    params: { ...values, ...own, ...epilogue.values },
  };
}

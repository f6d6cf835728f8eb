// software register tile, 5 bindings: conv_4x4_add_add_relu_ae8146f7
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read> in3: array<f32>;
@group(0) @binding(4) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, channels: u32, groups: u32, height: u32, width: u32, plane: u32, picture: u32, out_width: u32, positions: u32, columns: u32, kernel_height: u32, kernel_width: u32, taps: u32, depth: u32, stride_y: u32, stride_x: u32, dilation_y: u32, dilation_x: u32, top: u32, left: u32, row_tiles: u32, column_tiles: u32 }
@group(0) @binding(5) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, channel: u32) -> f32 {
  let e_in1: f32 = in2[channel];
  let e_in2: f32 = in3[offset];
  let e0: f32 = (accumulator + e_in1);
  let e1: f32 = (e0 + e_in2);
  let e2: f32 = max(e1, 0.0);
  return e2;
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let group = tile / (p.column_tiles * p.row_tiles);
  if (group >= p.groups) { return; }
  let row = tile / p.column_tiles % p.row_tiles * 4u;
  let first_column = tile % p.column_tiles * 32u + lane;
let column0 = first_column + 0u;
let inside0 = min(column0, p.columns - 1u);
let picture0 = inside0 / p.positions;
let position0 = inside0 % p.positions;
let y0 = position0 / p.out_width * p.stride_y - p.top;
let x0 = position0 % p.out_width * p.stride_x - p.left;
let base0 = picture0 * p.picture + group * p.channels * p.plane;
let column1 = first_column + 8u;
let inside1 = min(column1, p.columns - 1u);
let picture1 = inside1 / p.positions;
let position1 = inside1 % p.positions;
let y1 = position1 / p.out_width * p.stride_y - p.top;
let x1 = position1 % p.out_width * p.stride_x - p.left;
let base1 = picture1 * p.picture + group * p.channels * p.plane;
let column2 = first_column + 16u;
let inside2 = min(column2, p.columns - 1u);
let picture2 = inside2 / p.positions;
let position2 = inside2 % p.positions;
let y2 = position2 / p.out_width * p.stride_y - p.top;
let x2 = position2 % p.out_width * p.stride_x - p.left;
let base2 = picture2 * p.picture + group * p.channels * p.plane;
let column3 = first_column + 24u;
let inside3 = min(column3, p.columns - 1u);
let picture3 = inside3 / p.positions;
let position3 = inside3 % p.positions;
let y3 = position3 / p.out_width * p.stride_y - p.top;
let x3 = position3 % p.out_width * p.stride_x - p.left;
let base3 = picture3 * p.picture + group * p.channels * p.plane;
let row_base0 = (group * p.rows + min(row + 0u, p.rows - 1u)) * p.depth;
let row_base1 = (group * p.rows + min(row + 1u, p.rows - 1u)) * p.depth;
let row_base2 = (group * p.rows + min(row + 2u, p.rows - 1u)) * p.depth;
let row_base3 = (group * p.rows + min(row + 3u, p.rows - 1u)) * p.depth;
var sum0 = vec4f();
var sum1 = vec4f();
var sum2 = vec4f();
var sum3 = vec4f();
  for (var i = 0u; i < p.kernel_height; i++) {
    for (var j = 0u; j < p.kernel_width; j++) {
let row_y0 = y0 + i * p.dilation_y;
let row_x0 = x0 + j * p.dilation_x;
let valid0 = row_y0 < p.height && row_x0 < p.width;
var at0 = select(0u, base0 + row_y0 * p.width + row_x0, valid0);
let row_y1 = y1 + i * p.dilation_y;
let row_x1 = x1 + j * p.dilation_x;
let valid1 = row_y1 < p.height && row_x1 < p.width;
var at1 = select(0u, base1 + row_y1 * p.width + row_x1, valid1);
let row_y2 = y2 + i * p.dilation_y;
let row_x2 = x2 + j * p.dilation_x;
let valid2 = row_y2 < p.height && row_x2 < p.width;
var at2 = select(0u, base2 + row_y2 * p.width + row_x2, valid2);
let row_y3 = y3 + i * p.dilation_y;
let row_x3 = x3 + j * p.dilation_x;
let valid3 = row_y3 < p.height && row_x3 < p.width;
var at3 = select(0u, base3 + row_y3 * p.width + row_x3, valid3);
      var step = i * p.kernel_width + j;
      for (var k = 0u; k < p.channels; k++) {
let row0 = in1[row_base0 + step];
let row1 = in1[row_base1 + step];
let row2 = in1[row_base2 + step];
let row3 = in1[row_base3 + step];
let columns = vec4f(select(0.0, in0[at0], valid0), select(0.0, in0[at1], valid1), select(0.0, in0[at2], valid2), select(0.0, in0[at3], valid3));
sum0 = fma(vec4f(row0), columns, sum0);
sum1 = fma(vec4f(row1), columns, sum1);
sum2 = fma(vec4f(row2), columns, sum2);
sum3 = fma(vec4f(row3), columns, sum3);
        step += p.taps;
        at0 += select(0u, p.plane, valid0);
at1 += select(0u, p.plane, valid1);
at2 += select(0u, p.plane, valid2);
at3 += select(0u, p.plane, valid3);
      }
    }
  }
let end_row = min(row + 4u, p.rows - 1u + 1u);
for (var output_row0 = row; output_row0 < end_row; output_row0 += 2u) {
let output_row1 = min(output_row0 + 1u, p.rows - 1u);
if (column0 < p.columns) {
{ let at = (picture0 * p.groups * p.rows + group * p.rows + output_row0) * p.positions + position0; out0[at] = epilogue(sum0[0], at, group * p.rows + output_row0); }
{ let at = (picture0 * p.groups * p.rows + group * p.rows + output_row1) * p.positions + position0; out0[at] = epilogue(sum1[0], at, group * p.rows + output_row1); }
}
if (column1 < p.columns) {
{ let at = (picture1 * p.groups * p.rows + group * p.rows + output_row0) * p.positions + position1; out0[at] = epilogue(sum0[1], at, group * p.rows + output_row0); }
{ let at = (picture1 * p.groups * p.rows + group * p.rows + output_row1) * p.positions + position1; out0[at] = epilogue(sum1[1], at, group * p.rows + output_row1); }
}
if (column2 < p.columns) {
{ let at = (picture2 * p.groups * p.rows + group * p.rows + output_row0) * p.positions + position2; out0[at] = epilogue(sum0[2], at, group * p.rows + output_row0); }
{ let at = (picture2 * p.groups * p.rows + group * p.rows + output_row1) * p.positions + position2; out0[at] = epilogue(sum1[2], at, group * p.rows + output_row1); }
}
if (column3 < p.columns) {
{ let at = (picture3 * p.groups * p.rows + group * p.rows + output_row0) * p.positions + position3; out0[at] = epilogue(sum0[3], at, group * p.rows + output_row0); }
{ let at = (picture3 * p.groups * p.rows + group * p.rows + output_row1) * p.positions + position3; out0[at] = epilogue(sum1[3], at, group * p.rows + output_row1); }
}
sum0 = sum2;
sum1 = sum3;
}
}

// hardware tiled 32x16, 5 bindings: conv_32x16_add_add_relu_89eea213
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read> in3: array<f32>;
@group(0) @binding(4) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, channels: u32, groups: u32, height: u32, width: u32, plane: u32, picture: u32, out_width: u32, positions: u32, columns: u32, kernel_width: u32, taps: u32, depth: u32, stride_y: u32, stride_x: u32, dilation_y: u32, dilation_x: u32, top: u32, left: u32, row_tiles: u32, column_tiles: u32 }
@group(0) @binding(5) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, channel: u32) -> f32 {
  let e_in1: f32 = in2[channel];
  let e_in2: f32 = in3[offset];
  let e0: f32 = (accumulator + e_in1);
  let e1: f32 = (e0 + e_in2);
  let e2: f32 = max(e1, 0.0);
  return e2;
}

var<workgroup> row_tile: array<array<vec4f, 9>, 64>;
var<workgroup> column_tile: array<array<vec4f, 5>, 64>;

fn load_weight(group: u32, row: u32, term: u32) -> vec4f {
  return select(vec4f(), in1[((group * p.rows + row) * p.depth + term) / 4u], row < p.rows && term < p.depth);
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
  return select(0.0, in0[window.base + channel * p.plane + row * p.width + column], inside);
}

fn load_windows(term: u32, a: Window, b: Window, c: Window, d: Window) -> vec4f {
  // Past the last term every row is outside of the picture.
  let past = select(0u, 0x40000000u, term >= p.depth);
  let channel = term / p.taps;
  let tap = term % p.taps;
  let y = tap / p.kernel_width * p.dilation_y + past;
  let x = tap % p.kernel_width * p.dilation_x;
  return vec4f(load_window(a, channel, y, x), load_window(b, channel, y, x), load_window(c, channel, y, x), load_window(d, channel, y, x));
}

fn store(group: u32, row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let channel = group * p.rows + row;
  let at = (column / p.positions * p.groups * p.rows + channel) * p.positions + column % p.positions;
  out0[at] = epilogue(sum, at, channel);
}

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.groups) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 32u;
  let column_start = tile % p.column_tiles * 16u;
  let group = batch;
  let slice = lane / 32u;
  let own = lane % 32u;
  let slice_line = slice * 8u;
  let lane_row = own / 4u;
  let lane_column = own % 4u;
  let lane_quad = lane_row * 1u;
  let row_term0 = own % 2u * 4u;
  let row_own0 = own / 2u;
  let row_index0 = row_start + row_own0;
  let row_term1 = (own + 32u) % 2u * 4u;
  let row_own1 = (own + 32u) / 2u;
  let row_index1 = row_start + row_own1;
  let column_term0 = own / 4u;
  let column_own0 = own % 4u * 4u;
  let column_index0 = column_start + column_own0;
  let window0_0 = window_of(group, column_index0 + 0u);
  let window0_1 = window_of(group, column_index0 + 1u);
  let window0_2 = window_of(group, column_index0 + 2u);
  let window0_3 = window_of(group, column_index0 + 3u);
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var first = 0u; first < p.depth; first += 64u) {
    let start = first + slice * 8u;
    let row_terms0 = load_weight(group, row_index0, start + row_term0);
    row_tile[slice_line + row_term0 + 0u][row_own0 / 4u][row_own0 % 4u] = row_terms0[0];
    row_tile[slice_line + row_term0 + 1u][row_own0 / 4u][row_own0 % 4u] = row_terms0[1];
    row_tile[slice_line + row_term0 + 2u][row_own0 / 4u][row_own0 % 4u] = row_terms0[2];
    row_tile[slice_line + row_term0 + 3u][row_own0 / 4u][row_own0 % 4u] = row_terms0[3];
    let row_terms1 = load_weight(group, row_index1, start + row_term1);
    row_tile[slice_line + row_term1 + 0u][row_own1 / 4u][row_own1 % 4u] = row_terms1[0];
    row_tile[slice_line + row_term1 + 1u][row_own1 / 4u][row_own1 % 4u] = row_terms1[1];
    row_tile[slice_line + row_term1 + 2u][row_own1 / 4u][row_own1 % 4u] = row_terms1[2];
    row_tile[slice_line + row_term1 + 3u][row_own1 / 4u][row_own1 % 4u] = row_terms1[3];
    column_tile[slice_line + column_term0][column_own0 / 4u] = load_windows(start + column_term0, window0_0, window0_1, window0_2, window0_3);
    workgroupBarrier();
    let terms = min(8u, p.depth - min(start, p.depth));
    for (var term = 0u; term < terms; term += 4u) {
      {
        let right = column_tile[slice_line + term + 0u][lane_column];
        let left0 = row_tile[slice_line + term + 0u][lane_quad + 0u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
      }
      {
        let right = column_tile[slice_line + term + 1u][lane_column];
        let left0 = row_tile[slice_line + term + 1u][lane_quad + 0u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
      }
      {
        let right = column_tile[slice_line + term + 2u][lane_column];
        let left0 = row_tile[slice_line + term + 2u][lane_quad + 0u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
      }
      {
        let right = column_tile[slice_line + term + 3u][lane_column];
        let left0 = row_tile[slice_line + term + 3u][lane_quad + 0u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
      }
    }
    workgroupBarrier();
  }
  for (var half = 4u; half > 0u; half = half >> 1u) {
    let at = slice % half * 128u + own;
    if (slice >= half && slice < 2u * half) {
      row_tile[(at + 0u) / 9u][(at + 0u) % 9u] = sum0;
      row_tile[(at + 32u) / 9u][(at + 32u) % 9u] = sum1;
      row_tile[(at + 64u) / 9u][(at + 64u) % 9u] = sum2;
      row_tile[(at + 96u) / 9u][(at + 96u) % 9u] = sum3;
    }
    workgroupBarrier();
    if (slice < half) {
      sum0 += row_tile[(at + 0u) / 9u][(at + 0u) % 9u];
      sum1 += row_tile[(at + 32u) / 9u][(at + 32u) % 9u];
      sum2 += row_tile[(at + 64u) / 9u][(at + 64u) % 9u];
      sum3 += row_tile[(at + 96u) / 9u][(at + 96u) % 9u];
    }
    workgroupBarrier();
  }
  if (slice > 0u) { return; }
  store(group, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 0u, sum0[0]);
  store(group, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 1u, sum0[1]);
  store(group, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 2u, sum0[2]);
  store(group, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 3u, sum0[3]);
  store(group, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 0u, sum1[0]);
  store(group, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 1u, sum1[1]);
  store(group, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 2u, sum1[2]);
  store(group, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 3u, sum1[3]);
  store(group, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 0u, sum2[0]);
  store(group, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 1u, sum2[1]);
  store(group, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 2u, sum2[2]);
  store(group, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 3u, sum2[3]);
  store(group, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 0u, sum3[0]);
  store(group, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 1u, sum3[1]);
  store(group, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 2u, sum3[2]);
  store(group, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 3u, sum3[3]);
}

// software register tile, 3 bindings: conv_4x4_leakyrelu_1eda46ae
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, channels: u32, groups: u32, height: u32, width: u32, plane: u32, picture: u32, out_width: u32, positions: u32, columns: u32, kernel_height: u32, kernel_width: u32, taps: u32, depth: u32, stride_y: u32, stride_x: u32, dilation_y: u32, dilation_x: u32, top: u32, left: u32, row_tiles: u32, column_tiles: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, channel: u32) -> f32 {
  let e0: f32 = select(0.20000000298023224f * accumulator, accumulator, accumulator >= 0.0);
  return e0;
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let group = tile / (p.column_tiles * p.row_tiles);
  if (group >= p.groups) { return; }
  let row = tile / p.column_tiles % p.row_tiles * 4u;
  let first_column = tile % p.column_tiles * 32u + lane;
let column0 = first_column + 0u;
let inside0 = min(column0, p.columns - 1u);
let picture0 = inside0 / p.positions;
let position0 = inside0 % p.positions;
let y0 = position0 / p.out_width * p.stride_y - p.top;
let x0 = position0 % p.out_width * p.stride_x - p.left;
let base0 = picture0 * p.picture + group * p.channels * p.plane;
let column1 = first_column + 8u;
let inside1 = min(column1, p.columns - 1u);
let picture1 = inside1 / p.positions;
let position1 = inside1 % p.positions;
let y1 = position1 / p.out_width * p.stride_y - p.top;
let x1 = position1 % p.out_width * p.stride_x - p.left;
let base1 = picture1 * p.picture + group * p.channels * p.plane;
let column2 = first_column + 16u;
let inside2 = min(column2, p.columns - 1u);
let picture2 = inside2 / p.positions;
let position2 = inside2 % p.positions;
let y2 = position2 / p.out_width * p.stride_y - p.top;
let x2 = position2 % p.out_width * p.stride_x - p.left;
let base2 = picture2 * p.picture + group * p.channels * p.plane;
let column3 = first_column + 24u;
let inside3 = min(column3, p.columns - 1u);
let picture3 = inside3 / p.positions;
let position3 = inside3 % p.positions;
let y3 = position3 / p.out_width * p.stride_y - p.top;
let x3 = position3 % p.out_width * p.stride_x - p.left;
let base3 = picture3 * p.picture + group * p.channels * p.plane;
let row_base0 = (group * p.rows + min(row + 0u, p.rows - 1u)) * p.depth;
let row_base1 = (group * p.rows + min(row + 1u, p.rows - 1u)) * p.depth;
let row_base2 = (group * p.rows + min(row + 2u, p.rows - 1u)) * p.depth;
let row_base3 = (group * p.rows + min(row + 3u, p.rows - 1u)) * p.depth;
var sum0 = vec4f();
var sum1 = vec4f();
var sum2 = vec4f();
var sum3 = vec4f();
  for (var i = 0u; i < p.kernel_height; i++) {
    for (var j = 0u; j < p.kernel_width; j++) {
let row_y0 = y0 + i * p.dilation_y;
let row_x0 = x0 + j * p.dilation_x;
let valid0 = row_y0 < p.height && row_x0 < p.width;
var at0 = select(0u, base0 + row_y0 * p.width + row_x0, valid0);
let row_y1 = y1 + i * p.dilation_y;
let row_x1 = x1 + j * p.dilation_x;
let valid1 = row_y1 < p.height && row_x1 < p.width;
var at1 = select(0u, base1 + row_y1 * p.width + row_x1, valid1);
let row_y2 = y2 + i * p.dilation_y;
let row_x2 = x2 + j * p.dilation_x;
let valid2 = row_y2 < p.height && row_x2 < p.width;
var at2 = select(0u, base2 + row_y2 * p.width + row_x2, valid2);
let row_y3 = y3 + i * p.dilation_y;
let row_x3 = x3 + j * p.dilation_x;
let valid3 = row_y3 < p.height && row_x3 < p.width;
var at3 = select(0u, base3 + row_y3 * p.width + row_x3, valid3);
      var step = i * p.kernel_width + j;
      for (var k = 0u; k < p.channels; k++) {
let row0 = in1[row_base0 + step];
let row1 = in1[row_base1 + step];
let row2 = in1[row_base2 + step];
let row3 = in1[row_base3 + step];
let columns = vec4f(select(0.0, in0[at0], valid0), select(0.0, in0[at1], valid1), select(0.0, in0[at2], valid2), select(0.0, in0[at3], valid3));
sum0 = fma(vec4f(row0), columns, sum0);
sum1 = fma(vec4f(row1), columns, sum1);
sum2 = fma(vec4f(row2), columns, sum2);
sum3 = fma(vec4f(row3), columns, sum3);
        step += p.taps;
        at0 += select(0u, p.plane, valid0);
at1 += select(0u, p.plane, valid1);
at2 += select(0u, p.plane, valid2);
at3 += select(0u, p.plane, valid3);
      }
    }
  }
let end_row = min(row + 4u, p.rows - 1u + 1u);
for (var output_row0 = row; output_row0 < end_row; output_row0 += 2u) {
let output_row1 = min(output_row0 + 1u, p.rows - 1u);
if (column0 < p.columns) {
{ let at = (picture0 * p.groups * p.rows + group * p.rows + output_row0) * p.positions + position0; out0[at] = epilogue(sum0[0], at, group * p.rows + output_row0); }
{ let at = (picture0 * p.groups * p.rows + group * p.rows + output_row1) * p.positions + position0; out0[at] = epilogue(sum1[0], at, group * p.rows + output_row1); }
}
if (column1 < p.columns) {
{ let at = (picture1 * p.groups * p.rows + group * p.rows + output_row0) * p.positions + position1; out0[at] = epilogue(sum0[1], at, group * p.rows + output_row0); }
{ let at = (picture1 * p.groups * p.rows + group * p.rows + output_row1) * p.positions + position1; out0[at] = epilogue(sum1[1], at, group * p.rows + output_row1); }
}
if (column2 < p.columns) {
{ let at = (picture2 * p.groups * p.rows + group * p.rows + output_row0) * p.positions + position2; out0[at] = epilogue(sum0[2], at, group * p.rows + output_row0); }
{ let at = (picture2 * p.groups * p.rows + group * p.rows + output_row1) * p.positions + position2; out0[at] = epilogue(sum1[2], at, group * p.rows + output_row1); }
}
if (column3 < p.columns) {
{ let at = (picture3 * p.groups * p.rows + group * p.rows + output_row0) * p.positions + position3; out0[at] = epilogue(sum0[3], at, group * p.rows + output_row0); }
{ let at = (picture3 * p.groups * p.rows + group * p.rows + output_row1) * p.positions + position3; out0[at] = epilogue(sum1[3], at, group * p.rows + output_row1); }
}
sum0 = sum2;
sum1 = sum3;
}
}

// hardware tiled 32x16, pointwise, 3 bindings: conv_32x16_leakyrelu_1a6439fd
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, channels: u32, groups: u32, plane: u32, picture: u32, positions: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, channel: u32) -> f32 {
  let e0: f32 = select(0.20000000298023224f * accumulator, accumulator, accumulator >= 0.0);
  return e0;
}

var<workgroup> row_tile: array<array<vec4f, 9>, 64>;
var<workgroup> column_tile: array<array<vec4f, 5>, 64>;

fn load_weight(group: u32, row: u32, term: u32) -> vec4f {
  return select(vec4f(), in1[((group * p.rows + row) * p.depth + term) / 4u], row < p.rows && term < p.depth);
}

// Where a column's position lies in its picture's first channel.
fn picture_of(group: u32, column: u32) -> u32 {
  return column / p.positions * p.picture + group * p.channels * p.plane + column % p.positions;
}

fn load_position(at: u32, inside: bool) -> vec4f {
  return select(vec4f(), in0[(at) / 4u], inside);
}

fn store(group: u32, row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let channel = group * p.rows + row;
  let at = (column / p.positions * p.groups * p.rows + channel) * p.positions + column % p.positions;
  out0[at] = epilogue(sum, at, channel);
}

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.groups) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 32u;
  let column_start = tile % p.column_tiles * 16u;
  let group = batch;
  let slice = lane / 32u;
  let own = lane % 32u;
  let slice_line = slice * 8u;
  let lane_row = own / 4u;
  let lane_column = own % 4u;
  let lane_quad = lane_row * 1u;
  let row_term0 = own % 2u * 4u;
  let row_own0 = own / 2u;
  let row_index0 = row_start + row_own0;
  let row_term1 = (own + 32u) % 2u * 4u;
  let row_own1 = (own + 32u) / 2u;
  let row_index1 = row_start + row_own1;
  let column_term0 = own / 4u;
  let column_own0 = own % 4u * 4u;
  let column_index0 = column_start + column_own0;
  let picture0_0 = picture_of(group, column_index0 + 0u);
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var first = 0u; first < p.depth; first += 64u) {
    let start = first + slice * 8u;
    let row_terms0 = load_weight(group, row_index0, start + row_term0);
    row_tile[slice_line + row_term0 + 0u][row_own0 / 4u][row_own0 % 4u] = row_terms0[0];
    row_tile[slice_line + row_term0 + 1u][row_own0 / 4u][row_own0 % 4u] = row_terms0[1];
    row_tile[slice_line + row_term0 + 2u][row_own0 / 4u][row_own0 % 4u] = row_terms0[2];
    row_tile[slice_line + row_term0 + 3u][row_own0 / 4u][row_own0 % 4u] = row_terms0[3];
    let row_terms1 = load_weight(group, row_index1, start + row_term1);
    row_tile[slice_line + row_term1 + 0u][row_own1 / 4u][row_own1 % 4u] = row_terms1[0];
    row_tile[slice_line + row_term1 + 1u][row_own1 / 4u][row_own1 % 4u] = row_terms1[1];
    row_tile[slice_line + row_term1 + 2u][row_own1 / 4u][row_own1 % 4u] = row_terms1[2];
    row_tile[slice_line + row_term1 + 3u][row_own1 / 4u][row_own1 % 4u] = row_terms1[3];
    column_tile[slice_line + column_term0][column_own0 / 4u] = load_position(picture0_0 + (start + column_term0) * p.plane, start + column_term0 < p.depth && column_index0 + 0u < p.columns);
    workgroupBarrier();
    let terms = min(8u, p.depth - min(start, p.depth));
    for (var term = 0u; term < terms; term += 4u) {
      {
        let right = column_tile[slice_line + term + 0u][lane_column];
        let left0 = row_tile[slice_line + term + 0u][lane_quad + 0u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
      }
      {
        let right = column_tile[slice_line + term + 1u][lane_column];
        let left0 = row_tile[slice_line + term + 1u][lane_quad + 0u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
      }
      {
        let right = column_tile[slice_line + term + 2u][lane_column];
        let left0 = row_tile[slice_line + term + 2u][lane_quad + 0u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
      }
      {
        let right = column_tile[slice_line + term + 3u][lane_column];
        let left0 = row_tile[slice_line + term + 3u][lane_quad + 0u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
      }
    }
    workgroupBarrier();
  }
  for (var half = 4u; half > 0u; half = half >> 1u) {
    let at = slice % half * 128u + own;
    if (slice >= half && slice < 2u * half) {
      row_tile[(at + 0u) / 9u][(at + 0u) % 9u] = sum0;
      row_tile[(at + 32u) / 9u][(at + 32u) % 9u] = sum1;
      row_tile[(at + 64u) / 9u][(at + 64u) % 9u] = sum2;
      row_tile[(at + 96u) / 9u][(at + 96u) % 9u] = sum3;
    }
    workgroupBarrier();
    if (slice < half) {
      sum0 += row_tile[(at + 0u) / 9u][(at + 0u) % 9u];
      sum1 += row_tile[(at + 32u) / 9u][(at + 32u) % 9u];
      sum2 += row_tile[(at + 64u) / 9u][(at + 64u) % 9u];
      sum3 += row_tile[(at + 96u) / 9u][(at + 96u) % 9u];
    }
    workgroupBarrier();
  }
  if (slice > 0u) { return; }
  store(group, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 0u, sum0[0]);
  store(group, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 1u, sum0[1]);
  store(group, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 2u, sum0[2]);
  store(group, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 3u, sum0[3]);
  store(group, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 0u, sum1[0]);
  store(group, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 1u, sum1[1]);
  store(group, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 2u, sum1[2]);
  store(group, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 3u, sum1[3]);
  store(group, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 0u, sum2[0]);
  store(group, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 1u, sum2[1]);
  store(group, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 2u, sum2[2]);
  store(group, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 3u, sum2[3]);
  store(group, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 0u, sum3[0]);
  store(group, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 1u, sum3[1]);
  store(group, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 2u, sum3[2]);
  store(group, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 3u, sum3[3]);
}

// software elementwise, 2 bindings: elementwise_898aa1ec
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> i32 {
  return x0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = compute(v0);
    }
  }
}

// software integer register tile, 7 bindings: integer_register_tile_add_tof32_mul_round_ab3b311d
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read> in1: array<u32>;
@group(0) @binding(2) var<storage, read> in3: array<i32>;
@group(0) @binding(3) var<storage, read> in5: array<f32>;
@group(0) @binding(4) var<storage, read> in6: array<u32>;
@group(0) @binding(5) var<storage, read> in7: array<i32>;
@group(0) @binding(6) var<storage, read_write> out0: array<u32>;
struct Params { groups: u32, rows: u32, channels: u32, quads: u32, kernel_height: u32, kernel_width: u32, stride_y: u32, stride_x: u32, dilation_y: u32, dilation_x: u32, top: u32, left: u32, height: u32, width: u32, out_width: u32, positions: u32, columns: u32, x_picture: u32, x_group: u32, x_channel: u32, x_row: u32, out_picture: u32, out_group: u32, out_row: u32, out_position: u32, x_zero: i32, row_tiles: u32, column_tiles: u32, tile_rows: u32 }
@group(0) @binding(7) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn epilogue(accumulator: i32, offset: u32, channel: u32) -> u32 {
  let e_in1: f32 = in5[channel];
  let e_in2: u32 = in6[0u];
  let e_in3: i32 = in7[channel];
  let e0: i32 = (accumulator + e_in3);
  let e1: f32 = f32(e0);
  let e2: f32 = (e1 * e_in1);
  let e3: f32 = round(e2);
  let e4: f32 = f32(e_in2);
  let e5: f32 = (e3 + e4);
  let e6: u32 = u32(select(clamp(e5, 0f, 255f), 0.0, is_nan(e5)));
  return e6;
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let group = tile / (p.column_tiles * p.row_tiles);
  if (group >= p.groups) { return; }
  let row = tile / p.column_tiles % p.row_tiles * 16u;
  let first = tile % p.column_tiles * 16u + lane;
  let x_zero = p.x_zero;
let column0 = first + 0u;
let inside0 = min(column0, p.columns - 1u);
let picture0 = inside0 / p.positions;
let position0 = inside0 % p.positions;
let y0 = position0 / p.out_width * p.stride_y - p.top;
let x0 = position0 % p.out_width * p.stride_x - p.left;
let base0 = picture0 * p.x_picture + group * p.x_group;
let column1 = first + 8u;
let inside1 = min(column1, p.columns - 1u);
let picture1 = inside1 / p.positions;
let position1 = inside1 % p.positions;
let y1 = position1 / p.out_width * p.stride_y - p.top;
let x1 = position1 % p.out_width * p.stride_x - p.left;
let base1 = picture1 * p.x_picture + group * p.x_group;
let row_base0 = (group * p.rows + min(row + 0u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base1 = (group * p.rows + min(row + 1u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base2 = (group * p.rows + min(row + 2u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base3 = (group * p.rows + min(row + 3u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base4 = (group * p.rows + min(row + 4u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base5 = (group * p.rows + min(row + 5u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base6 = (group * p.rows + min(row + 6u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base7 = (group * p.rows + min(row + 7u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base8 = (group * p.rows + min(row + 8u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base9 = (group * p.rows + min(row + 9u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base10 = (group * p.rows + min(row + 10u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base11 = (group * p.rows + min(row + 11u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base12 = (group * p.rows + min(row + 12u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base13 = (group * p.rows + min(row + 13u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base14 = (group * p.rows + min(row + 14u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base15 = (group * p.rows + min(row + 15u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
var sum0 = vec2i();
var sum1 = vec2i();
var sum2 = vec2i();
var sum3 = vec2i();
var sum4 = vec2i();
var sum5 = vec2i();
var sum6 = vec2i();
var sum7 = vec2i();
var sum8 = vec2i();
var sum9 = vec2i();
var sum10 = vec2i();
var sum11 = vec2i();
var sum12 = vec2i();
var sum13 = vec2i();
var sum14 = vec2i();
var sum15 = vec2i();
var total = vec2i();
var word = 0u;
  for (var i = 0u; i < p.kernel_height; i++) {
    for (var j = 0u; j < p.kernel_width; j++) {
let row_y0 = y0 + i * p.dilation_y;
let row_x0 = x0 + j * p.dilation_x;
let valid0 = row_y0 < p.height && row_x0 < p.width;
var at0 = select(0u, base0 + row_y0 * p.x_row + row_x0, valid0);
let step0 = select(0u, p.x_channel, valid0);
let row_y1 = y1 + i * p.dilation_y;
let row_x1 = x1 + j * p.dilation_x;
let valid1 = row_y1 < p.height && row_x1 < p.width;
var at1 = select(0u, base1 + row_y1 * p.x_row + row_x1, valid1);
let step1 = select(0u, p.x_channel, valid1);
for (var q = 0u; q < p.quads; q++) {
let word0 = bitcast<i32>(in1[row_base0 + word]);
let word1 = bitcast<i32>(in1[row_base1 + word]);
let word2 = bitcast<i32>(in1[row_base2 + word]);
let word3 = bitcast<i32>(in1[row_base3 + word]);
let word4 = bitcast<i32>(in1[row_base4 + word]);
let word5 = bitcast<i32>(in1[row_base5 + word]);
let word6 = bitcast<i32>(in1[row_base6 + word]);
let word7 = bitcast<i32>(in1[row_base7 + word]);
let word8 = bitcast<i32>(in1[row_base8 + word]);
let word9 = bitcast<i32>(in1[row_base9 + word]);
let word10 = bitcast<i32>(in1[row_base10 + word]);
let word11 = bitcast<i32>(in1[row_base11 + word]);
let word12 = bitcast<i32>(in1[row_base12 + word]);
let word13 = bitcast<i32>(in1[row_base13 + word]);
let word14 = bitcast<i32>(in1[row_base14 + word]);
let word15 = bitcast<i32>(in1[row_base15 + word]);
word++;
for (var shift = 24u; shift <= 24u; shift -= 8u) {
let w0 = (word0 << shift) >> 24u;
let w1 = (word1 << shift) >> 24u;
let w2 = (word2 << shift) >> 24u;
let w3 = (word3 << shift) >> 24u;
let w4 = (word4 << shift) >> 24u;
let w5 = (word5 << shift) >> 24u;
let w6 = (word6 << shift) >> 24u;
let w7 = (word7 << shift) >> 24u;
let w8 = (word8 << shift) >> 24u;
let w9 = (word9 << shift) >> 24u;
let w10 = (word10 << shift) >> 24u;
let w11 = (word11 << shift) >> 24u;
let w12 = (word12 << shift) >> 24u;
let w13 = (word13 << shift) >> 24u;
let w14 = (word14 << shift) >> 24u;
let w15 = (word15 << shift) >> 24u;
let columns = vec2i(select(0, i32(in0[at0]) - x_zero, valid0), select(0, i32(in0[at1]) - x_zero, valid1));
total += select(vec2i(), columns, 4u * q + (24u - shift) / 8u < p.channels);
sum0 += w0 * columns;
sum1 += w1 * columns;
sum2 += w2 * columns;
sum3 += w3 * columns;
sum4 += w4 * columns;
sum5 += w5 * columns;
sum6 += w6 * columns;
sum7 += w7 * columns;
sum8 += w8 * columns;
sum9 += w9 * columns;
sum10 += w10 * columns;
sum11 += w11 * columns;
sum12 += w12 * columns;
sum13 += w13 * columns;
sum14 += w14 * columns;
sum15 += w15 * columns;
at0 += step0;
at1 += step1;
}
}
    }
  }
var sums = array<vec2i, 16>(sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13, sum14, sum15);
for (var r = 0u; r < p.tile_rows; r++) {
if (row + r >= p.rows) { break; }
let sum = sums[r];
let channel = group * p.rows + row + r;
let out_at = group * p.out_group + (row + r) * p.out_row;
if (column0 < p.columns) { let at = out_at + picture0 * p.out_picture + position0 * p.out_position; out0[at] = epilogue(sum[0] - in3[channel] * total[0], at, channel); }
if (column1 < p.columns) { let at = out_at + picture1 * p.out_picture + position1 * p.out_position; out0[at] = epilogue(sum[1] - in3[channel] * total[1], at, channel); }
}
}

// hardware elementwise, 2 bindings: elementwise_898aa1ec
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> i32 {
  return x0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = compute(v0);
    }
  }
}

// hardware integer register tile, 7 bindings: integer_register_tile_add_tof32_mul_round_752f59aa
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read> in1: array<u32>;
@group(0) @binding(2) var<storage, read> in3: array<i32>;
@group(0) @binding(3) var<storage, read> in5: array<f32>;
@group(0) @binding(4) var<storage, read> in6: array<u32>;
@group(0) @binding(5) var<storage, read> in7: array<i32>;
@group(0) @binding(6) var<storage, read_write> out0: array<u32>;
struct Params { groups: u32, rows: u32, channels: u32, quads: u32, kernel_height: u32, kernel_width: u32, stride_y: u32, stride_x: u32, dilation_y: u32, dilation_x: u32, top: u32, left: u32, height: u32, width: u32, out_width: u32, positions: u32, columns: u32, x_picture: u32, x_group: u32, x_channel: u32, x_row: u32, out_picture: u32, out_group: u32, out_row: u32, out_position: u32, x_zero: i32, row_tiles: u32, column_tiles: u32, tile_rows: u32 }
@group(0) @binding(7) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn epilogue(accumulator: i32, offset: u32, channel: u32) -> u32 {
  let e_in1: f32 = in5[channel];
  let e_in2: u32 = in6[0u];
  let e_in3: i32 = in7[channel];
  let e0: i32 = (accumulator + e_in3);
  let e1: f32 = f32(e0);
  let e2: f32 = (e1 * e_in1);
  let e3: f32 = round(e2);
  let e4: f32 = f32(e_in2);
  let e5: f32 = (e3 + e4);
  let e6: u32 = u32(select(clamp(e5, 0f, 255f), 0.0, is_nan(e5)));
  return e6;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let group = tile / (p.column_tiles * p.row_tiles);
  if (group >= p.groups) { return; }
  let row = tile / p.column_tiles % p.row_tiles * 8u;
  let first = tile % p.column_tiles * 128u + lane;
  let x_zero = p.x_zero;
let column0 = first + 0u;
let inside0 = min(column0, p.columns - 1u);
let picture0 = inside0 / p.positions;
let position0 = inside0 % p.positions;
let y0 = position0 / p.out_width * p.stride_y - p.top;
let x0 = position0 % p.out_width * p.stride_x - p.left;
let base0 = picture0 * p.x_picture + group * p.x_group;
let column1 = first + 64u;
let inside1 = min(column1, p.columns - 1u);
let picture1 = inside1 / p.positions;
let position1 = inside1 % p.positions;
let y1 = position1 / p.out_width * p.stride_y - p.top;
let x1 = position1 % p.out_width * p.stride_x - p.left;
let base1 = picture1 * p.x_picture + group * p.x_group;
let row_base0 = (group * p.rows + min(row + 0u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base1 = (group * p.rows + min(row + 1u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base2 = (group * p.rows + min(row + 2u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base3 = (group * p.rows + min(row + 3u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base4 = (group * p.rows + min(row + 4u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base5 = (group * p.rows + min(row + 5u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base6 = (group * p.rows + min(row + 6u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
let row_base7 = (group * p.rows + min(row + 7u, p.rows - 1u)) * p.quads * p.kernel_height * p.kernel_width;
var sum0 = vec2i();
var sum1 = vec2i();
var sum2 = vec2i();
var sum3 = vec2i();
var sum4 = vec2i();
var sum5 = vec2i();
var sum6 = vec2i();
var sum7 = vec2i();
var total = vec2i();
var word = 0u;
  for (var i = 0u; i < p.kernel_height; i++) {
    for (var j = 0u; j < p.kernel_width; j++) {
let row_y0 = y0 + i * p.dilation_y;
let row_x0 = x0 + j * p.dilation_x;
let valid0 = row_y0 < p.height && row_x0 < p.width;
var at0 = select(0u, base0 + row_y0 * p.x_row + row_x0, valid0);
let step0 = select(0u, p.x_channel, valid0);
let row_y1 = y1 + i * p.dilation_y;
let row_x1 = x1 + j * p.dilation_x;
let valid1 = row_y1 < p.height && row_x1 < p.width;
var at1 = select(0u, base1 + row_y1 * p.x_row + row_x1, valid1);
let step1 = select(0u, p.x_channel, valid1);
for (var q = 0u; q < p.quads; q++) {
let word0 = bitcast<i32>(in1[row_base0 + word]);
let word1 = bitcast<i32>(in1[row_base1 + word]);
let word2 = bitcast<i32>(in1[row_base2 + word]);
let word3 = bitcast<i32>(in1[row_base3 + word]);
let word4 = bitcast<i32>(in1[row_base4 + word]);
let word5 = bitcast<i32>(in1[row_base5 + word]);
let word6 = bitcast<i32>(in1[row_base6 + word]);
let word7 = bitcast<i32>(in1[row_base7 + word]);
word++;
for (var shift = 24u; shift <= 24u; shift -= 8u) {
let w0 = (word0 << shift) >> 24u;
let w1 = (word1 << shift) >> 24u;
let w2 = (word2 << shift) >> 24u;
let w3 = (word3 << shift) >> 24u;
let w4 = (word4 << shift) >> 24u;
let w5 = (word5 << shift) >> 24u;
let w6 = (word6 << shift) >> 24u;
let w7 = (word7 << shift) >> 24u;
let columns = vec2i(select(0, i32(in0[at0]) - x_zero, valid0), select(0, i32(in0[at1]) - x_zero, valid1));
total += select(vec2i(), columns, 4u * q + (24u - shift) / 8u < p.channels);
sum0 += w0 * columns;
sum1 += w1 * columns;
sum2 += w2 * columns;
sum3 += w3 * columns;
sum4 += w4 * columns;
sum5 += w5 * columns;
sum6 += w6 * columns;
sum7 += w7 * columns;
at0 += step0;
at1 += step1;
}
}
    }
  }
var sums = array<vec2i, 8>(sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7);
for (var r = 0u; r < p.tile_rows; r++) {
if (row + r >= p.rows) { break; }
let sum = sums[r];
let channel = group * p.rows + row + r;
let out_at = group * p.out_group + (row + r) * p.out_row;
if (column0 < p.columns) { let at = out_at + picture0 * p.out_picture + position0 * p.out_position; out0[at] = epilogue(sum[0] - in3[channel] * total[0], at, channel); }
if (column1 < p.columns) { let at = out_at + picture1 * p.out_picture + position1 * p.out_position; out0[at] = epilogue(sum[1] - in3[channel] * total[1], at, channel); }
}
}

// software elementwise vec4, 2 bindings: elementwise_vec4_94619078
@group(0) @binding(0) var<storage, read> in0: array<vec4<i32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<i32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> i32 {
  return x0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = vec4<i32>(compute(v0.x), compute(v0.y), compute(v0.z), compute(v0.w));
    }
  }
}

// hardware elementwise vec4, 2 bindings: elementwise_vec4_94619078
@group(0) @binding(0) var<storage, read> in0: array<vec4<i32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<i32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> i32 {
  return x0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = vec4<i32>(compute(v0.x), compute(v0.y), compute(v0.z), compute(v0.w));
    }
  }
}

// software integer depthwise, 7 bindings: integer_depthwise_add_tof32_mul_round_88db065c
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read> in1: array<u32>;
@group(0) @binding(2) var<storage, read> in3: array<i32>;
@group(0) @binding(3) var<storage, read> in5: array<f32>;
@group(0) @binding(4) var<storage, read> in6: array<u32>;
@group(0) @binding(5) var<storage, read> in7: array<i32>;
@group(0) @binding(6) var<storage, read_write> out0: array<u32>;
struct Params { batch: u32, groups: u32, rows: u32, kernel_height: u32, kernel_width: u32, stride_y: u32, stride_x: u32, dilation_y: u32, dilation_x: u32, top: u32, left: u32, height: u32, width: u32, out_width: u32, positions: u32, x_picture: u32, x_group: u32, x_row: u32, out_picture: u32, out_group: u32, out_row: u32, out_position: u32, x_zero: i32, column_tiles: u32, lane_columns: u32 }
@group(0) @binding(7) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn epilogue(accumulator: i32, offset: u32, channel: u32) -> u32 {
  let e_in1: f32 = in5[channel];
  let e_in2: u32 = in6[0u];
  let e_in3: i32 = in7[channel];
  let e0: i32 = (accumulator + e_in3);
  let e1: f32 = f32(e0);
  let e2: f32 = (e1 * e_in1);
  let e3: f32 = round(e2);
  let e4: f32 = f32(e_in2);
  let e5: f32 = (e3 + e4);
  let e6: u32 = u32(select(clamp(e5, 0f, 255f), 0.0, is_nan(e5)));
  return e6;
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let plane = tile / p.column_tiles;
  if (plane >= p.batch * p.groups * p.rows) { return; }
  let channel = plane % (p.groups * p.rows);
  let picture = plane / (p.groups * p.rows);
  let group = channel / p.rows;
  let base = picture * p.x_picture + group * p.x_group;
  let first = tile % p.column_tiles * 32u + lane;
  let x_zero = p.x_zero;
  let w_zero = in3[channel];
let position0 = first + 0u;
let y0 = position0 / p.out_width * p.stride_y - p.top;
let x0 = position0 % p.out_width * p.stride_x - p.left;
let position1 = first + 8u;
let y1 = position1 / p.out_width * p.stride_y - p.top;
let x1 = position1 % p.out_width * p.stride_x - p.left;
let position2 = first + 16u;
let y2 = position2 / p.out_width * p.stride_y - p.top;
let x2 = position2 % p.out_width * p.stride_x - p.left;
let position3 = first + 24u;
let y3 = position3 / p.out_width * p.stride_y - p.top;
let x3 = position3 % p.out_width * p.stride_x - p.left;
  var sums = vec4i();
  var tap = channel * p.kernel_height * p.kernel_width;
  for (var i = 0u; i < p.kernel_height; i++) {
    for (var j = 0u; j < p.kernel_width; j++) {
      let weight = (bitcast<i32>(in1[tap] << 24u) >> 24u) - w_zero;
      tap++;
let row_y0 = y0 + i * p.dilation_y;
let row_x0 = x0 + j * p.dilation_x;
let valid0 = row_y0 < p.height && row_x0 < p.width;
let value0 = select(0, i32(in0[select(0u, base + row_y0 * p.x_row + row_x0, valid0)]) - x_zero, valid0);
let row_y1 = y1 + i * p.dilation_y;
let row_x1 = x1 + j * p.dilation_x;
let valid1 = row_y1 < p.height && row_x1 < p.width;
let value1 = select(0, i32(in0[select(0u, base + row_y1 * p.x_row + row_x1, valid1)]) - x_zero, valid1);
let row_y2 = y2 + i * p.dilation_y;
let row_x2 = x2 + j * p.dilation_x;
let valid2 = row_y2 < p.height && row_x2 < p.width;
let value2 = select(0, i32(in0[select(0u, base + row_y2 * p.x_row + row_x2, valid2)]) - x_zero, valid2);
let row_y3 = y3 + i * p.dilation_y;
let row_x3 = x3 + j * p.dilation_x;
let valid3 = row_y3 < p.height && row_x3 < p.width;
let value3 = select(0, i32(in0[select(0u, base + row_y3 * p.x_row + row_x3, valid3)]) - x_zero, valid3);
      sums += weight * vec4i(value0, value1, value2, value3);
    }
  }
  let out_at = picture * p.out_picture + group * p.out_group + (channel % p.rows) * p.out_row;
  for (var c = 0u; c < p.lane_columns; c++) {
    let position = first + c * 8u;
    if (position >= p.positions) { break; }
    let at = out_at + position * p.out_position;
    out0[at] = epilogue(sums[c], at, channel);
  }
}

// hardware integer depthwise, 7 bindings: integer_depthwise_add_tof32_mul_round_45b883fc
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read> in1: array<u32>;
@group(0) @binding(2) var<storage, read> in3: array<i32>;
@group(0) @binding(3) var<storage, read> in5: array<f32>;
@group(0) @binding(4) var<storage, read> in6: array<u32>;
@group(0) @binding(5) var<storage, read> in7: array<i32>;
@group(0) @binding(6) var<storage, read_write> out0: array<u32>;
struct Params { batch: u32, groups: u32, rows: u32, kernel_height: u32, kernel_width: u32, stride_y: u32, stride_x: u32, dilation_y: u32, dilation_x: u32, top: u32, left: u32, height: u32, width: u32, out_width: u32, positions: u32, x_picture: u32, x_group: u32, x_row: u32, out_picture: u32, out_group: u32, out_row: u32, out_position: u32, x_zero: i32, column_tiles: u32, lane_columns: u32 }
@group(0) @binding(7) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn epilogue(accumulator: i32, offset: u32, channel: u32) -> u32 {
  let e_in1: f32 = in5[channel];
  let e_in2: u32 = in6[0u];
  let e_in3: i32 = in7[channel];
  let e0: i32 = (accumulator + e_in3);
  let e1: f32 = f32(e0);
  let e2: f32 = (e1 * e_in1);
  let e3: f32 = round(e2);
  let e4: f32 = f32(e_in2);
  let e5: f32 = (e3 + e4);
  let e6: u32 = u32(select(clamp(e5, 0f, 255f), 0.0, is_nan(e5)));
  return e6;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let plane = tile / p.column_tiles;
  if (plane >= p.batch * p.groups * p.rows) { return; }
  let channel = plane % (p.groups * p.rows);
  let picture = plane / (p.groups * p.rows);
  let group = channel / p.rows;
  let base = picture * p.x_picture + group * p.x_group;
  let first = tile % p.column_tiles * 256u + lane;
  let x_zero = p.x_zero;
  let w_zero = in3[channel];
let position0 = first + 0u;
let y0 = position0 / p.out_width * p.stride_y - p.top;
let x0 = position0 % p.out_width * p.stride_x - p.left;
let position1 = first + 64u;
let y1 = position1 / p.out_width * p.stride_y - p.top;
let x1 = position1 % p.out_width * p.stride_x - p.left;
let position2 = first + 128u;
let y2 = position2 / p.out_width * p.stride_y - p.top;
let x2 = position2 % p.out_width * p.stride_x - p.left;
let position3 = first + 192u;
let y3 = position3 / p.out_width * p.stride_y - p.top;
let x3 = position3 % p.out_width * p.stride_x - p.left;
  var sums = vec4i();
  var tap = channel * p.kernel_height * p.kernel_width;
  for (var i = 0u; i < p.kernel_height; i++) {
    for (var j = 0u; j < p.kernel_width; j++) {
      let weight = (bitcast<i32>(in1[tap] << 24u) >> 24u) - w_zero;
      tap++;
let row_y0 = y0 + i * p.dilation_y;
let row_x0 = x0 + j * p.dilation_x;
let valid0 = row_y0 < p.height && row_x0 < p.width;
let value0 = select(0, i32(in0[select(0u, base + row_y0 * p.x_row + row_x0, valid0)]) - x_zero, valid0);
let row_y1 = y1 + i * p.dilation_y;
let row_x1 = x1 + j * p.dilation_x;
let valid1 = row_y1 < p.height && row_x1 < p.width;
let value1 = select(0, i32(in0[select(0u, base + row_y1 * p.x_row + row_x1, valid1)]) - x_zero, valid1);
let row_y2 = y2 + i * p.dilation_y;
let row_x2 = x2 + j * p.dilation_x;
let valid2 = row_y2 < p.height && row_x2 < p.width;
let value2 = select(0, i32(in0[select(0u, base + row_y2 * p.x_row + row_x2, valid2)]) - x_zero, valid2);
let row_y3 = y3 + i * p.dilation_y;
let row_x3 = x3 + j * p.dilation_x;
let valid3 = row_y3 < p.height && row_x3 < p.width;
let value3 = select(0, i32(in0[select(0u, base + row_y3 * p.x_row + row_x3, valid3)]) - x_zero, valid3);
      sums += weight * vec4i(value0, value1, value2, value3);
    }
  }
  let out_at = picture * p.out_picture + group * p.out_group + (channel % p.rows) * p.out_row;
  for (var c = 0u; c < p.lane_columns; c++) {
    let position = first + c * 64u;
    if (position >= p.positions) { break; }
    let at = out_at + position * p.out_position;
    out0[at] = epilogue(sums[c], at, channel);
  }
}

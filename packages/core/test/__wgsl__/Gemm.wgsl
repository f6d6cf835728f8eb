// software register tile, 4 bindings: matmul_8x4_add_47ff898e
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  let e_in1: f32 = in2[column];
  let e0: f32 = (accumulator + e_in1);
  return e0;
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches) { return; }
  let row = tile / p.column_tiles % p.row_tiles * 8u;
  let column = tile % p.column_tiles * 32u + lane;
  let first = batch * p.rows * p.columns;
let row_base0 = 0u + min(row + 0u, p.rows - 1u) * p.row_stride;
let row_base1 = 0u + min(row + 1u, p.rows - 1u) * p.row_stride;
let row_base2 = 0u + min(row + 2u, p.rows - 1u) * p.row_stride;
let row_base3 = 0u + min(row + 3u, p.rows - 1u) * p.row_stride;
let row_base4 = 0u + min(row + 4u, p.rows - 1u) * p.row_stride;
let row_base5 = 0u + min(row + 5u, p.rows - 1u) * p.row_stride;
let row_base6 = 0u + min(row + 6u, p.rows - 1u) * p.row_stride;
let row_base7 = 0u + min(row + 7u, p.rows - 1u) * p.row_stride;
var sum0 = vec4f();
var sum1 = vec4f();
var sum2 = vec4f();
var sum3 = vec4f();
var sum4 = vec4f();
var sum5 = vec4f();
var sum6 = vec4f();
var sum7 = vec4f();
let column0 = column + 0u;
var at0 = 0u + min(column0, p.columns - 1u) * p.column_stride;
let column1 = column + 8u;
var at1 = 0u + min(column1, p.columns - 1u) * p.column_stride;
let column2 = column + 16u;
var at2 = 0u + min(column2, p.columns - 1u) * p.column_stride;
let column3 = column + 24u;
var at3 = 0u + min(column3, p.columns - 1u) * p.column_stride;
  var step = 0u;
  for (var k = 0u; k < p.depth; k++) {
let row0 = in0[row_base0 + step];
let row1 = in0[row_base1 + step];
let row2 = in0[row_base2 + step];
let row3 = in0[row_base3 + step];
let row4 = in0[row_base4 + step];
let row5 = in0[row_base5 + step];
let row6 = in0[row_base6 + step];
let row7 = in0[row_base7 + step];
let columns = vec4f(in1[at0], in1[at1], in1[at2], in1[at3]);
sum0 = fma(vec4f(row0), columns, sum0);
sum1 = fma(vec4f(row1), columns, sum1);
sum2 = fma(vec4f(row2), columns, sum2);
sum3 = fma(vec4f(row3), columns, sum3);
sum4 = fma(vec4f(row4), columns, sum4);
sum5 = fma(vec4f(row5), columns, sum5);
sum6 = fma(vec4f(row6), columns, sum6);
sum7 = fma(vec4f(row7), columns, sum7);
    step += p.row_step;
    at0 += p.column_step;
at1 += p.column_step;
at2 += p.column_step;
at3 += p.column_step;
  }
let end_row = min(row + 8u, p.rows - 1u + 1u);
let end_column = min(column + 32u, p.columns);
for (var output_row = row; output_row < end_row; output_row++) {
var part = 0u;
for (var output_column = column; output_column < end_column; output_column += 8u) {
out0[first + output_row * p.columns + output_column] = epilogue(sum0[part], first + output_row * p.columns + output_column, output_row, output_column);
part++;
}
sum0 = sum1;
sum1 = sum2;
sum2 = sum3;
sum3 = sum4;
sum4 = sum5;
sum5 = sum6;
sum6 = sum7;
}
}

// hardware skinny, 8 rows, 4 bindings: matmul_skinny8_add_992d9f7f
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  let e_in1: f32 = in2[column];
  let e0: f32 = (accumulator + e_in1);
  return e0;
}

var<workgroup> sums: array<f32, 2048>;

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 8u;
  let column_start = tile % p.column_tiles * 8u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = lane % 8u;
  let lane_term = lane / 8u;
  let row_matrix = 0u;
  let column_base = 0u + min(column_start + lane_column, p.columns - 1u) * p.column_stride;
  let row_base0 = row_matrix + min(row_start + 0u, p.rows - 1u) * p.row_stride;
  var sum0 = 0.0;
  let row_base1 = row_matrix + min(row_start + 1u, p.rows - 1u) * p.row_stride;
  var sum1 = 0.0;
  let row_base2 = row_matrix + min(row_start + 2u, p.rows - 1u) * p.row_stride;
  var sum2 = 0.0;
  let row_base3 = row_matrix + min(row_start + 3u, p.rows - 1u) * p.row_stride;
  var sum3 = 0.0;
  let row_base4 = row_matrix + min(row_start + 4u, p.rows - 1u) * p.row_stride;
  var sum4 = 0.0;
  let row_base5 = row_matrix + min(row_start + 5u, p.rows - 1u) * p.row_stride;
  var sum5 = 0.0;
  let row_base6 = row_matrix + min(row_start + 6u, p.rows - 1u) * p.row_stride;
  var sum6 = 0.0;
  let row_base7 = row_matrix + min(row_start + 7u, p.rows - 1u) * p.row_stride;
  var sum7 = 0.0;
  let end = min(begin + p.slice, p.depth);
  for (var first = begin + lane_term; first < end; first += 128u) {
    let term0 = first + 0u;
    let right0 = select(0.0, in1[column_base + term0 * p.column_step], term0 < end);
    let term1 = first + 32u;
    let right1 = select(0.0, in1[column_base + term1 * p.column_step], term1 < end);
    let term2 = first + 64u;
    let right2 = select(0.0, in1[column_base + term2 * p.column_step], term2 < end);
    let term3 = first + 96u;
    let right3 = select(0.0, in1[column_base + term3 * p.column_step], term3 < end);
    sum0 = fma(in0[row_base0 + min(term0, end - 1u) * p.row_step], right0, sum0);
    sum0 = fma(in0[row_base0 + min(term1, end - 1u) * p.row_step], right1, sum0);
    sum0 = fma(in0[row_base0 + min(term2, end - 1u) * p.row_step], right2, sum0);
    sum0 = fma(in0[row_base0 + min(term3, end - 1u) * p.row_step], right3, sum0);
    sum1 = fma(in0[row_base1 + min(term0, end - 1u) * p.row_step], right0, sum1);
    sum1 = fma(in0[row_base1 + min(term1, end - 1u) * p.row_step], right1, sum1);
    sum1 = fma(in0[row_base1 + min(term2, end - 1u) * p.row_step], right2, sum1);
    sum1 = fma(in0[row_base1 + min(term3, end - 1u) * p.row_step], right3, sum1);
    sum2 = fma(in0[row_base2 + min(term0, end - 1u) * p.row_step], right0, sum2);
    sum2 = fma(in0[row_base2 + min(term1, end - 1u) * p.row_step], right1, sum2);
    sum2 = fma(in0[row_base2 + min(term2, end - 1u) * p.row_step], right2, sum2);
    sum2 = fma(in0[row_base2 + min(term3, end - 1u) * p.row_step], right3, sum2);
    sum3 = fma(in0[row_base3 + min(term0, end - 1u) * p.row_step], right0, sum3);
    sum3 = fma(in0[row_base3 + min(term1, end - 1u) * p.row_step], right1, sum3);
    sum3 = fma(in0[row_base3 + min(term2, end - 1u) * p.row_step], right2, sum3);
    sum3 = fma(in0[row_base3 + min(term3, end - 1u) * p.row_step], right3, sum3);
    sum4 = fma(in0[row_base4 + min(term0, end - 1u) * p.row_step], right0, sum4);
    sum4 = fma(in0[row_base4 + min(term1, end - 1u) * p.row_step], right1, sum4);
    sum4 = fma(in0[row_base4 + min(term2, end - 1u) * p.row_step], right2, sum4);
    sum4 = fma(in0[row_base4 + min(term3, end - 1u) * p.row_step], right3, sum4);
    sum5 = fma(in0[row_base5 + min(term0, end - 1u) * p.row_step], right0, sum5);
    sum5 = fma(in0[row_base5 + min(term1, end - 1u) * p.row_step], right1, sum5);
    sum5 = fma(in0[row_base5 + min(term2, end - 1u) * p.row_step], right2, sum5);
    sum5 = fma(in0[row_base5 + min(term3, end - 1u) * p.row_step], right3, sum5);
    sum6 = fma(in0[row_base6 + min(term0, end - 1u) * p.row_step], right0, sum6);
    sum6 = fma(in0[row_base6 + min(term1, end - 1u) * p.row_step], right1, sum6);
    sum6 = fma(in0[row_base6 + min(term2, end - 1u) * p.row_step], right2, sum6);
    sum6 = fma(in0[row_base6 + min(term3, end - 1u) * p.row_step], right3, sum6);
    sum7 = fma(in0[row_base7 + min(term0, end - 1u) * p.row_step], right0, sum7);
    sum7 = fma(in0[row_base7 + min(term1, end - 1u) * p.row_step], right1, sum7);
    sum7 = fma(in0[row_base7 + min(term2, end - 1u) * p.row_step], right2, sum7);
    sum7 = fma(in0[row_base7 + min(term3, end - 1u) * p.row_step], right3, sum7);
  }
  sums[0u + lane_term * 8u + lane_column] = sum0;
  sums[256u + lane_term * 8u + lane_column] = sum1;
  sums[512u + lane_term * 8u + lane_column] = sum2;
  sums[768u + lane_term * 8u + lane_column] = sum3;
  sums[1024u + lane_term * 8u + lane_column] = sum4;
  sums[1280u + lane_term * 8u + lane_column] = sum5;
  sums[1536u + lane_term * 8u + lane_column] = sum6;
  sums[1792u + lane_term * 8u + lane_column] = sum7;
  workgroupBarrier();
  for (var each = lane; each < 64u; each += 256u) {
    let row = row_start + each / 8u;
    let column = column_start + each % 8u;
    var sum = 0.0;
    for (var part = 0u; part < 32u; part++) { sum += sums[each / 8u * 256u + part * 8u + each % 8u]; }
    if (row < p.rows && column < p.columns) {
      let at = batch * p.rows * p.columns + row * p.columns + column;
      out0[at] = epilogue(sum, at, row, column);
    }
  }
}

// software register tile, 3 bindings: matmul_8x4_713e59af
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches) { return; }
  let row = tile / p.column_tiles % p.row_tiles * 8u;
  let column = tile % p.column_tiles * 32u + lane;
  let first = batch * p.rows * p.columns;
let row_base0 = 0u + min(row + 0u, p.rows - 1u) * p.row_stride;
let row_base1 = 0u + min(row + 1u, p.rows - 1u) * p.row_stride;
let row_base2 = 0u + min(row + 2u, p.rows - 1u) * p.row_stride;
let row_base3 = 0u + min(row + 3u, p.rows - 1u) * p.row_stride;
let row_base4 = 0u + min(row + 4u, p.rows - 1u) * p.row_stride;
let row_base5 = 0u + min(row + 5u, p.rows - 1u) * p.row_stride;
let row_base6 = 0u + min(row + 6u, p.rows - 1u) * p.row_stride;
let row_base7 = 0u + min(row + 7u, p.rows - 1u) * p.row_stride;
var sum0 = vec4f();
var sum1 = vec4f();
var sum2 = vec4f();
var sum3 = vec4f();
var sum4 = vec4f();
var sum5 = vec4f();
var sum6 = vec4f();
var sum7 = vec4f();
let column0 = column + 0u;
var at0 = 0u + min(column0, p.columns - 1u) * p.column_stride;
let column1 = column + 8u;
var at1 = 0u + min(column1, p.columns - 1u) * p.column_stride;
let column2 = column + 16u;
var at2 = 0u + min(column2, p.columns - 1u) * p.column_stride;
let column3 = column + 24u;
var at3 = 0u + min(column3, p.columns - 1u) * p.column_stride;
  var step = 0u;
  for (var k = 0u; k < p.depth; k++) {
let row0 = in0[row_base0 + step];
let row1 = in0[row_base1 + step];
let row2 = in0[row_base2 + step];
let row3 = in0[row_base3 + step];
let row4 = in0[row_base4 + step];
let row5 = in0[row_base5 + step];
let row6 = in0[row_base6 + step];
let row7 = in0[row_base7 + step];
let columns = vec4f(in1[at0], in1[at1], in1[at2], in1[at3]);
sum0 = fma(vec4f(row0), columns, sum0);
sum1 = fma(vec4f(row1), columns, sum1);
sum2 = fma(vec4f(row2), columns, sum2);
sum3 = fma(vec4f(row3), columns, sum3);
sum4 = fma(vec4f(row4), columns, sum4);
sum5 = fma(vec4f(row5), columns, sum5);
sum6 = fma(vec4f(row6), columns, sum6);
sum7 = fma(vec4f(row7), columns, sum7);
    step += p.row_step;
    at0 += p.column_step;
at1 += p.column_step;
at2 += p.column_step;
at3 += p.column_step;
  }
let end_row = min(row + 8u, p.rows - 1u + 1u);
let end_column = min(column + 32u, p.columns);
for (var output_row = row; output_row < end_row; output_row++) {
var part = 0u;
for (var output_column = column; output_column < end_column; output_column += 8u) {
out0[first + output_row * p.columns + output_column] = epilogue(sum0[part], first + output_row * p.columns + output_column, output_row, output_column);
part++;
}
sum0 = sum1;
sum1 = sum2;
sum2 = sum3;
sum3 = sum4;
sum4 = sum5;
sum5 = sum6;
sum6 = sum7;
}
}

// hardware skinny, 8 rows, 3 bindings: matmul_skinny8_c9b51a4a
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> sums: array<f32, 2048>;

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 8u;
  let column_start = tile % p.column_tiles * 8u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = lane % 8u;
  let lane_term = lane / 8u;
  let row_matrix = 0u;
  let column_base = 0u + min(column_start + lane_column, p.columns - 1u) * p.column_stride;
  let row_base0 = row_matrix + min(row_start + 0u, p.rows - 1u) * p.row_stride;
  var sum0 = 0.0;
  let row_base1 = row_matrix + min(row_start + 1u, p.rows - 1u) * p.row_stride;
  var sum1 = 0.0;
  let row_base2 = row_matrix + min(row_start + 2u, p.rows - 1u) * p.row_stride;
  var sum2 = 0.0;
  let row_base3 = row_matrix + min(row_start + 3u, p.rows - 1u) * p.row_stride;
  var sum3 = 0.0;
  let row_base4 = row_matrix + min(row_start + 4u, p.rows - 1u) * p.row_stride;
  var sum4 = 0.0;
  let row_base5 = row_matrix + min(row_start + 5u, p.rows - 1u) * p.row_stride;
  var sum5 = 0.0;
  let row_base6 = row_matrix + min(row_start + 6u, p.rows - 1u) * p.row_stride;
  var sum6 = 0.0;
  let row_base7 = row_matrix + min(row_start + 7u, p.rows - 1u) * p.row_stride;
  var sum7 = 0.0;
  let end = min(begin + p.slice, p.depth);
  for (var first = begin + lane_term; first < end; first += 128u) {
    let term0 = first + 0u;
    let right0 = select(0.0, in1[column_base + term0 * p.column_step], term0 < end);
    let term1 = first + 32u;
    let right1 = select(0.0, in1[column_base + term1 * p.column_step], term1 < end);
    let term2 = first + 64u;
    let right2 = select(0.0, in1[column_base + term2 * p.column_step], term2 < end);
    let term3 = first + 96u;
    let right3 = select(0.0, in1[column_base + term3 * p.column_step], term3 < end);
    sum0 = fma(in0[row_base0 + min(term0, end - 1u) * p.row_step], right0, sum0);
    sum0 = fma(in0[row_base0 + min(term1, end - 1u) * p.row_step], right1, sum0);
    sum0 = fma(in0[row_base0 + min(term2, end - 1u) * p.row_step], right2, sum0);
    sum0 = fma(in0[row_base0 + min(term3, end - 1u) * p.row_step], right3, sum0);
    sum1 = fma(in0[row_base1 + min(term0, end - 1u) * p.row_step], right0, sum1);
    sum1 = fma(in0[row_base1 + min(term1, end - 1u) * p.row_step], right1, sum1);
    sum1 = fma(in0[row_base1 + min(term2, end - 1u) * p.row_step], right2, sum1);
    sum1 = fma(in0[row_base1 + min(term3, end - 1u) * p.row_step], right3, sum1);
    sum2 = fma(in0[row_base2 + min(term0, end - 1u) * p.row_step], right0, sum2);
    sum2 = fma(in0[row_base2 + min(term1, end - 1u) * p.row_step], right1, sum2);
    sum2 = fma(in0[row_base2 + min(term2, end - 1u) * p.row_step], right2, sum2);
    sum2 = fma(in0[row_base2 + min(term3, end - 1u) * p.row_step], right3, sum2);
    sum3 = fma(in0[row_base3 + min(term0, end - 1u) * p.row_step], right0, sum3);
    sum3 = fma(in0[row_base3 + min(term1, end - 1u) * p.row_step], right1, sum3);
    sum3 = fma(in0[row_base3 + min(term2, end - 1u) * p.row_step], right2, sum3);
    sum3 = fma(in0[row_base3 + min(term3, end - 1u) * p.row_step], right3, sum3);
    sum4 = fma(in0[row_base4 + min(term0, end - 1u) * p.row_step], right0, sum4);
    sum4 = fma(in0[row_base4 + min(term1, end - 1u) * p.row_step], right1, sum4);
    sum4 = fma(in0[row_base4 + min(term2, end - 1u) * p.row_step], right2, sum4);
    sum4 = fma(in0[row_base4 + min(term3, end - 1u) * p.row_step], right3, sum4);
    sum5 = fma(in0[row_base5 + min(term0, end - 1u) * p.row_step], right0, sum5);
    sum5 = fma(in0[row_base5 + min(term1, end - 1u) * p.row_step], right1, sum5);
    sum5 = fma(in0[row_base5 + min(term2, end - 1u) * p.row_step], right2, sum5);
    sum5 = fma(in0[row_base5 + min(term3, end - 1u) * p.row_step], right3, sum5);
    sum6 = fma(in0[row_base6 + min(term0, end - 1u) * p.row_step], right0, sum6);
    sum6 = fma(in0[row_base6 + min(term1, end - 1u) * p.row_step], right1, sum6);
    sum6 = fma(in0[row_base6 + min(term2, end - 1u) * p.row_step], right2, sum6);
    sum6 = fma(in0[row_base6 + min(term3, end - 1u) * p.row_step], right3, sum6);
    sum7 = fma(in0[row_base7 + min(term0, end - 1u) * p.row_step], right0, sum7);
    sum7 = fma(in0[row_base7 + min(term1, end - 1u) * p.row_step], right1, sum7);
    sum7 = fma(in0[row_base7 + min(term2, end - 1u) * p.row_step], right2, sum7);
    sum7 = fma(in0[row_base7 + min(term3, end - 1u) * p.row_step], right3, sum7);
  }
  sums[0u + lane_term * 8u + lane_column] = sum0;
  sums[256u + lane_term * 8u + lane_column] = sum1;
  sums[512u + lane_term * 8u + lane_column] = sum2;
  sums[768u + lane_term * 8u + lane_column] = sum3;
  sums[1024u + lane_term * 8u + lane_column] = sum4;
  sums[1280u + lane_term * 8u + lane_column] = sum5;
  sums[1536u + lane_term * 8u + lane_column] = sum6;
  sums[1792u + lane_term * 8u + lane_column] = sum7;
  workgroupBarrier();
  for (var each = lane; each < 64u; each += 256u) {
    let row = row_start + each / 8u;
    let column = column_start + each % 8u;
    var sum = 0.0;
    for (var part = 0u; part < 32u; part++) { sum += sums[each / 8u * 256u + part * 8u + each % 8u]; }
    if (row < p.rows && column < p.columns) {
      let at = batch * p.rows * p.columns + row * p.columns + column;
      out0[at] = epilogue(sum, at, row, column);
    }
  }
}

// hardware skinny, 1 rows, 4 bindings: matmul_skinny1_add_ee78982d
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  let e_in1: f32 = in2[offset];
  let e0: f32 = (accumulator + e_in1);
  return e0;
}

var<workgroup> sums: array<f32, 256>;

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 1u;
  let column_start = tile % p.column_tiles * 4u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = lane / 64u;
  let lane_term = lane % 64u;
  let row_matrix = 0u;
  let column_base = 0u + min(column_start + lane_column, p.columns - 1u) * p.column_stride;
  let row_base0 = row_matrix + min(row_start + 0u, p.rows - 1u) * p.row_stride;
  var sum0 = 0.0;
  let end = min(begin + p.slice, p.depth);
  for (var first = begin + lane_term; first < end; first += 256u) {
    let term0 = first + 0u;
    let right0 = select(0.0, in1[column_base + term0 * p.column_step], term0 < end);
    let term1 = first + 64u;
    let right1 = select(0.0, in1[column_base + term1 * p.column_step], term1 < end);
    let term2 = first + 128u;
    let right2 = select(0.0, in1[column_base + term2 * p.column_step], term2 < end);
    let term3 = first + 192u;
    let right3 = select(0.0, in1[column_base + term3 * p.column_step], term3 < end);
    sum0 = fma(in0[row_base0 + min(term0, end - 1u) * p.row_step], right0, sum0);
    sum0 = fma(in0[row_base0 + min(term1, end - 1u) * p.row_step], right1, sum0);
    sum0 = fma(in0[row_base0 + min(term2, end - 1u) * p.row_step], right2, sum0);
    sum0 = fma(in0[row_base0 + min(term3, end - 1u) * p.row_step], right3, sum0);
  }
  sums[0u + lane_term * 4u + lane_column] = sum0;
  workgroupBarrier();
  for (var each = lane; each < 4u; each += 256u) {
    let row = row_start + each / 4u;
    let column = column_start + each % 4u;
    var sum = 0.0;
    for (var part = 0u; part < 64u; part++) { sum += sums[each / 4u * 256u + part * 4u + each % 4u]; }
    if (row < p.rows && column < p.columns) {
      let at = batch * p.rows * p.columns + row * p.columns + column;
      out0[at] = epilogue(sum, at, row, column);
    }
  }
}

// software register tile, transposed, 3 bindings: matmul_4x4_238882a1
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches) { return; }
  let row = tile / p.column_tiles % p.row_tiles * 4u;
  let column = tile % p.column_tiles * 32u + lane;
  let first = batch * p.rows * p.columns;
let row_base0 = 0u + min(row + 0u, p.rows - 1u) * p.row_stride;
let row_base1 = 0u + min(row + 1u, p.rows - 1u) * p.row_stride;
let row_base2 = 0u + min(row + 2u, p.rows - 1u) * p.row_stride;
let row_base3 = 0u + min(row + 3u, p.rows - 1u) * p.row_stride;
var sum0 = vec4f();
var sum1 = vec4f();
var sum2 = vec4f();
var sum3 = vec4f();
let column0 = column + 0u;
var at0 = 0u + min(column0, p.columns - 1u) * p.column_stride;
let column1 = column + 8u;
var at1 = 0u + min(column1, p.columns - 1u) * p.column_stride;
let column2 = column + 16u;
var at2 = 0u + min(column2, p.columns - 1u) * p.column_stride;
let column3 = column + 24u;
var at3 = 0u + min(column3, p.columns - 1u) * p.column_stride;
  var step = 0u;
  for (var k = 0u; k < p.depth; k++) {
let row0 = in1[row_base0 + step];
let row1 = in1[row_base1 + step];
let row2 = in1[row_base2 + step];
let row3 = in1[row_base3 + step];
let columns = vec4f(in0[at0], in0[at1], in0[at2], in0[at3]);
sum0 = fma(vec4f(row0), columns, sum0);
sum1 = fma(vec4f(row1), columns, sum1);
sum2 = fma(vec4f(row2), columns, sum2);
sum3 = fma(vec4f(row3), columns, sum3);
    step += p.row_step;
    at0 += p.column_step;
at1 += p.column_step;
at2 += p.column_step;
at3 += p.column_step;
  }
let end_row = min(row + 4u, p.rows - 1u + 1u);
let end_column = min(column + 32u, p.columns);
for (var output_row = row; output_row < end_row; output_row++) {
var part = 0u;
for (var output_column = column; output_column < end_column; output_column += 8u) {
out0[first + output_column * p.rows + output_row] = epilogue(sum0[part], first + output_column * p.rows + output_row, output_column, output_row);
part++;
}
sum0 = sum1;
sum1 = sum2;
sum2 = sum3;
}
}

// hardware skinny, 4 rows, 3 bindings: matmul_skinny4_4ab46172
@group(0) @binding(0) var<storage, read> in1: array<f32>;
@group(0) @binding(1) var<storage, read> in0: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> sums: array<f32, 1024>;

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 4u;
  let column_start = tile % p.column_tiles * 4u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = lane / 64u;
  let lane_term = lane % 64u;
  let row_matrix = 0u;
  let column_base = 0u + min(column_start + lane_column, p.columns - 1u) * p.column_stride;
  let row_base0 = row_matrix + min(row_start + 0u, p.rows - 1u) * p.row_stride;
  var sum0 = 0.0;
  let row_base1 = row_matrix + min(row_start + 1u, p.rows - 1u) * p.row_stride;
  var sum1 = 0.0;
  let row_base2 = row_matrix + min(row_start + 2u, p.rows - 1u) * p.row_stride;
  var sum2 = 0.0;
  let row_base3 = row_matrix + min(row_start + 3u, p.rows - 1u) * p.row_stride;
  var sum3 = 0.0;
  let end = min(begin + p.slice, p.depth);
  for (var first = begin + lane_term; first < end; first += 256u) {
    let term0 = first + 0u;
    let right0 = select(0.0, in0[column_base + term0 * p.column_step], term0 < end);
    let term1 = first + 64u;
    let right1 = select(0.0, in0[column_base + term1 * p.column_step], term1 < end);
    let term2 = first + 128u;
    let right2 = select(0.0, in0[column_base + term2 * p.column_step], term2 < end);
    let term3 = first + 192u;
    let right3 = select(0.0, in0[column_base + term3 * p.column_step], term3 < end);
    sum0 = fma(in1[row_base0 + min(term0, end - 1u) * p.row_step], right0, sum0);
    sum0 = fma(in1[row_base0 + min(term1, end - 1u) * p.row_step], right1, sum0);
    sum0 = fma(in1[row_base0 + min(term2, end - 1u) * p.row_step], right2, sum0);
    sum0 = fma(in1[row_base0 + min(term3, end - 1u) * p.row_step], right3, sum0);
    sum1 = fma(in1[row_base1 + min(term0, end - 1u) * p.row_step], right0, sum1);
    sum1 = fma(in1[row_base1 + min(term1, end - 1u) * p.row_step], right1, sum1);
    sum1 = fma(in1[row_base1 + min(term2, end - 1u) * p.row_step], right2, sum1);
    sum1 = fma(in1[row_base1 + min(term3, end - 1u) * p.row_step], right3, sum1);
    sum2 = fma(in1[row_base2 + min(term0, end - 1u) * p.row_step], right0, sum2);
    sum2 = fma(in1[row_base2 + min(term1, end - 1u) * p.row_step], right1, sum2);
    sum2 = fma(in1[row_base2 + min(term2, end - 1u) * p.row_step], right2, sum2);
    sum2 = fma(in1[row_base2 + min(term3, end - 1u) * p.row_step], right3, sum2);
    sum3 = fma(in1[row_base3 + min(term0, end - 1u) * p.row_step], right0, sum3);
    sum3 = fma(in1[row_base3 + min(term1, end - 1u) * p.row_step], right1, sum3);
    sum3 = fma(in1[row_base3 + min(term2, end - 1u) * p.row_step], right2, sum3);
    sum3 = fma(in1[row_base3 + min(term3, end - 1u) * p.row_step], right3, sum3);
  }
  sums[0u + lane_term * 4u + lane_column] = sum0;
  sums[256u + lane_term * 4u + lane_column] = sum1;
  sums[512u + lane_term * 4u + lane_column] = sum2;
  sums[768u + lane_term * 4u + lane_column] = sum3;
  workgroupBarrier();
  for (var each = lane; each < 16u; each += 256u) {
    let row = row_start + each / 4u;
    let column = column_start + each % 4u;
    var sum = 0.0;
    for (var part = 0u; part < 64u; part++) { sum += sums[each / 4u * 256u + part * 4u + each % 4u]; }
    if (row < p.rows && column < p.columns) {
      let at = batch * p.rows * p.columns + column * p.rows + row;
      out0[at] = epilogue(sum, at, column, row);
    }
  }
}

// hardware skinny, 16 rows, 4 bindings: matmul_skinny16_add_0cab1bdc
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read> in1: array<f16>;
@group(0) @binding(2) var<storage, read> in2: array<f16>;
@group(0) @binding(3) var<storage, read_write> out0: array<f16>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f16 {
  let e_in1: f32 = f32(in2[column]);
  let e0: f32 = (accumulator + e_in1);
  return f16(e0);
}

var<workgroup> sums: array<f32, 2048>;

@compute @workgroup_size(128, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 16u;
  let column_start = tile % p.column_tiles * 8u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = lane % 8u;
  let lane_term = lane / 8u;
  let row_matrix = 0u;
  let column_base = 0u + min(column_start + lane_column, p.columns - 1u) * p.column_stride;
  let row_base0 = row_matrix + min(row_start + 0u, p.rows - 1u) * p.row_stride;
  var sum0 = 0.0;
  let row_base1 = row_matrix + min(row_start + 1u, p.rows - 1u) * p.row_stride;
  var sum1 = 0.0;
  let row_base2 = row_matrix + min(row_start + 2u, p.rows - 1u) * p.row_stride;
  var sum2 = 0.0;
  let row_base3 = row_matrix + min(row_start + 3u, p.rows - 1u) * p.row_stride;
  var sum3 = 0.0;
  let row_base4 = row_matrix + min(row_start + 4u, p.rows - 1u) * p.row_stride;
  var sum4 = 0.0;
  let row_base5 = row_matrix + min(row_start + 5u, p.rows - 1u) * p.row_stride;
  var sum5 = 0.0;
  let row_base6 = row_matrix + min(row_start + 6u, p.rows - 1u) * p.row_stride;
  var sum6 = 0.0;
  let row_base7 = row_matrix + min(row_start + 7u, p.rows - 1u) * p.row_stride;
  var sum7 = 0.0;
  let row_base8 = row_matrix + min(row_start + 8u, p.rows - 1u) * p.row_stride;
  var sum8 = 0.0;
  let row_base9 = row_matrix + min(row_start + 9u, p.rows - 1u) * p.row_stride;
  var sum9 = 0.0;
  let row_base10 = row_matrix + min(row_start + 10u, p.rows - 1u) * p.row_stride;
  var sum10 = 0.0;
  let row_base11 = row_matrix + min(row_start + 11u, p.rows - 1u) * p.row_stride;
  var sum11 = 0.0;
  let row_base12 = row_matrix + min(row_start + 12u, p.rows - 1u) * p.row_stride;
  var sum12 = 0.0;
  let row_base13 = row_matrix + min(row_start + 13u, p.rows - 1u) * p.row_stride;
  var sum13 = 0.0;
  let row_base14 = row_matrix + min(row_start + 14u, p.rows - 1u) * p.row_stride;
  var sum14 = 0.0;
  let row_base15 = row_matrix + min(row_start + 15u, p.rows - 1u) * p.row_stride;
  var sum15 = 0.0;
  let end = min(begin + p.slice, p.depth);
  for (var first = begin + lane_term; first < end; first += 64u) {
    let term0 = first + 0u;
    let right0 = select(0.0, f32(in1[column_base + term0 * p.column_step]), term0 < end);
    let term1 = first + 16u;
    let right1 = select(0.0, f32(in1[column_base + term1 * p.column_step]), term1 < end);
    let term2 = first + 32u;
    let right2 = select(0.0, f32(in1[column_base + term2 * p.column_step]), term2 < end);
    let term3 = first + 48u;
    let right3 = select(0.0, f32(in1[column_base + term3 * p.column_step]), term3 < end);
    sum0 = fma(f32(in0[row_base0 + min(term0, end - 1u) * p.row_step]), right0, sum0);
    sum0 = fma(f32(in0[row_base0 + min(term1, end - 1u) * p.row_step]), right1, sum0);
    sum0 = fma(f32(in0[row_base0 + min(term2, end - 1u) * p.row_step]), right2, sum0);
    sum0 = fma(f32(in0[row_base0 + min(term3, end - 1u) * p.row_step]), right3, sum0);
    sum1 = fma(f32(in0[row_base1 + min(term0, end - 1u) * p.row_step]), right0, sum1);
    sum1 = fma(f32(in0[row_base1 + min(term1, end - 1u) * p.row_step]), right1, sum1);
    sum1 = fma(f32(in0[row_base1 + min(term2, end - 1u) * p.row_step]), right2, sum1);
    sum1 = fma(f32(in0[row_base1 + min(term3, end - 1u) * p.row_step]), right3, sum1);
    sum2 = fma(f32(in0[row_base2 + min(term0, end - 1u) * p.row_step]), right0, sum2);
    sum2 = fma(f32(in0[row_base2 + min(term1, end - 1u) * p.row_step]), right1, sum2);
    sum2 = fma(f32(in0[row_base2 + min(term2, end - 1u) * p.row_step]), right2, sum2);
    sum2 = fma(f32(in0[row_base2 + min(term3, end - 1u) * p.row_step]), right3, sum2);
    sum3 = fma(f32(in0[row_base3 + min(term0, end - 1u) * p.row_step]), right0, sum3);
    sum3 = fma(f32(in0[row_base3 + min(term1, end - 1u) * p.row_step]), right1, sum3);
    sum3 = fma(f32(in0[row_base3 + min(term2, end - 1u) * p.row_step]), right2, sum3);
    sum3 = fma(f32(in0[row_base3 + min(term3, end - 1u) * p.row_step]), right3, sum3);
    sum4 = fma(f32(in0[row_base4 + min(term0, end - 1u) * p.row_step]), right0, sum4);
    sum4 = fma(f32(in0[row_base4 + min(term1, end - 1u) * p.row_step]), right1, sum4);
    sum4 = fma(f32(in0[row_base4 + min(term2, end - 1u) * p.row_step]), right2, sum4);
    sum4 = fma(f32(in0[row_base4 + min(term3, end - 1u) * p.row_step]), right3, sum4);
    sum5 = fma(f32(in0[row_base5 + min(term0, end - 1u) * p.row_step]), right0, sum5);
    sum5 = fma(f32(in0[row_base5 + min(term1, end - 1u) * p.row_step]), right1, sum5);
    sum5 = fma(f32(in0[row_base5 + min(term2, end - 1u) * p.row_step]), right2, sum5);
    sum5 = fma(f32(in0[row_base5 + min(term3, end - 1u) * p.row_step]), right3, sum5);
    sum6 = fma(f32(in0[row_base6 + min(term0, end - 1u) * p.row_step]), right0, sum6);
    sum6 = fma(f32(in0[row_base6 + min(term1, end - 1u) * p.row_step]), right1, sum6);
    sum6 = fma(f32(in0[row_base6 + min(term2, end - 1u) * p.row_step]), right2, sum6);
    sum6 = fma(f32(in0[row_base6 + min(term3, end - 1u) * p.row_step]), right3, sum6);
    sum7 = fma(f32(in0[row_base7 + min(term0, end - 1u) * p.row_step]), right0, sum7);
    sum7 = fma(f32(in0[row_base7 + min(term1, end - 1u) * p.row_step]), right1, sum7);
    sum7 = fma(f32(in0[row_base7 + min(term2, end - 1u) * p.row_step]), right2, sum7);
    sum7 = fma(f32(in0[row_base7 + min(term3, end - 1u) * p.row_step]), right3, sum7);
    sum8 = fma(f32(in0[row_base8 + min(term0, end - 1u) * p.row_step]), right0, sum8);
    sum8 = fma(f32(in0[row_base8 + min(term1, end - 1u) * p.row_step]), right1, sum8);
    sum8 = fma(f32(in0[row_base8 + min(term2, end - 1u) * p.row_step]), right2, sum8);
    sum8 = fma(f32(in0[row_base8 + min(term3, end - 1u) * p.row_step]), right3, sum8);
    sum9 = fma(f32(in0[row_base9 + min(term0, end - 1u) * p.row_step]), right0, sum9);
    sum9 = fma(f32(in0[row_base9 + min(term1, end - 1u) * p.row_step]), right1, sum9);
    sum9 = fma(f32(in0[row_base9 + min(term2, end - 1u) * p.row_step]), right2, sum9);
    sum9 = fma(f32(in0[row_base9 + min(term3, end - 1u) * p.row_step]), right3, sum9);
    sum10 = fma(f32(in0[row_base10 + min(term0, end - 1u) * p.row_step]), right0, sum10);
    sum10 = fma(f32(in0[row_base10 + min(term1, end - 1u) * p.row_step]), right1, sum10);
    sum10 = fma(f32(in0[row_base10 + min(term2, end - 1u) * p.row_step]), right2, sum10);
    sum10 = fma(f32(in0[row_base10 + min(term3, end - 1u) * p.row_step]), right3, sum10);
    sum11 = fma(f32(in0[row_base11 + min(term0, end - 1u) * p.row_step]), right0, sum11);
    sum11 = fma(f32(in0[row_base11 + min(term1, end - 1u) * p.row_step]), right1, sum11);
    sum11 = fma(f32(in0[row_base11 + min(term2, end - 1u) * p.row_step]), right2, sum11);
    sum11 = fma(f32(in0[row_base11 + min(term3, end - 1u) * p.row_step]), right3, sum11);
    sum12 = fma(f32(in0[row_base12 + min(term0, end - 1u) * p.row_step]), right0, sum12);
    sum12 = fma(f32(in0[row_base12 + min(term1, end - 1u) * p.row_step]), right1, sum12);
    sum12 = fma(f32(in0[row_base12 + min(term2, end - 1u) * p.row_step]), right2, sum12);
    sum12 = fma(f32(in0[row_base12 + min(term3, end - 1u) * p.row_step]), right3, sum12);
    sum13 = fma(f32(in0[row_base13 + min(term0, end - 1u) * p.row_step]), right0, sum13);
    sum13 = fma(f32(in0[row_base13 + min(term1, end - 1u) * p.row_step]), right1, sum13);
    sum13 = fma(f32(in0[row_base13 + min(term2, end - 1u) * p.row_step]), right2, sum13);
    sum13 = fma(f32(in0[row_base13 + min(term3, end - 1u) * p.row_step]), right3, sum13);
    sum14 = fma(f32(in0[row_base14 + min(term0, end - 1u) * p.row_step]), right0, sum14);
    sum14 = fma(f32(in0[row_base14 + min(term1, end - 1u) * p.row_step]), right1, sum14);
    sum14 = fma(f32(in0[row_base14 + min(term2, end - 1u) * p.row_step]), right2, sum14);
    sum14 = fma(f32(in0[row_base14 + min(term3, end - 1u) * p.row_step]), right3, sum14);
    sum15 = fma(f32(in0[row_base15 + min(term0, end - 1u) * p.row_step]), right0, sum15);
    sum15 = fma(f32(in0[row_base15 + min(term1, end - 1u) * p.row_step]), right1, sum15);
    sum15 = fma(f32(in0[row_base15 + min(term2, end - 1u) * p.row_step]), right2, sum15);
    sum15 = fma(f32(in0[row_base15 + min(term3, end - 1u) * p.row_step]), right3, sum15);
  }
  sums[0u + lane_term * 8u + lane_column] = sum0;
  sums[128u + lane_term * 8u + lane_column] = sum1;
  sums[256u + lane_term * 8u + lane_column] = sum2;
  sums[384u + lane_term * 8u + lane_column] = sum3;
  sums[512u + lane_term * 8u + lane_column] = sum4;
  sums[640u + lane_term * 8u + lane_column] = sum5;
  sums[768u + lane_term * 8u + lane_column] = sum6;
  sums[896u + lane_term * 8u + lane_column] = sum7;
  sums[1024u + lane_term * 8u + lane_column] = sum8;
  sums[1152u + lane_term * 8u + lane_column] = sum9;
  sums[1280u + lane_term * 8u + lane_column] = sum10;
  sums[1408u + lane_term * 8u + lane_column] = sum11;
  sums[1536u + lane_term * 8u + lane_column] = sum12;
  sums[1664u + lane_term * 8u + lane_column] = sum13;
  sums[1792u + lane_term * 8u + lane_column] = sum14;
  sums[1920u + lane_term * 8u + lane_column] = sum15;
  workgroupBarrier();
  for (var each = lane; each < 128u; each += 128u) {
    let row = row_start + each / 8u;
    let column = column_start + each % 8u;
    var sum = 0.0;
    for (var part = 0u; part < 16u; part++) { sum += sums[each / 8u * 128u + part * 8u + each % 8u]; }
    if (row < p.rows && column < p.columns) {
      let at = batch * p.rows * p.columns + row * p.columns + column;
      out0[at] = epilogue(sum, at, row, column);
    }
  }
}

// software register tile, transposed, 3 bindings: matmul_8x4_mul_32e7cd2a
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  let e0: f32 = 0.5f;
  let e1: f32 = (accumulator * e0);
  return e1;
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
let row0 = in1[row_base0 + step];
let row1 = in1[row_base1 + step];
let row2 = in1[row_base2 + step];
let row3 = in1[row_base3 + step];
let row4 = in1[row_base4 + step];
let row5 = in1[row_base5 + step];
let row6 = in1[row_base6 + step];
let row7 = in1[row_base7 + step];
let columns = vec4f(in0[at0], in0[at1], in0[at2], in0[at3]);
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
out0[first + output_column * p.rows + output_row] = epilogue(sum0[part], first + output_column * p.rows + output_row, output_column, output_row);
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

// hardware skinny, 8 rows, 3 bindings: matmul_skinny8_mul_301251bf
@group(0) @binding(0) var<storage, read> in1: array<f32>;
@group(0) @binding(1) var<storage, read> in0: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  let e0: f32 = 0.5f;
  let e1: f32 = (accumulator * e0);
  return e1;
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
    let right0 = select(0.0, in0[column_base + term0 * p.column_step], term0 < end);
    let term1 = first + 32u;
    let right1 = select(0.0, in0[column_base + term1 * p.column_step], term1 < end);
    let term2 = first + 64u;
    let right2 = select(0.0, in0[column_base + term2 * p.column_step], term2 < end);
    let term3 = first + 96u;
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
    sum4 = fma(in1[row_base4 + min(term0, end - 1u) * p.row_step], right0, sum4);
    sum4 = fma(in1[row_base4 + min(term1, end - 1u) * p.row_step], right1, sum4);
    sum4 = fma(in1[row_base4 + min(term2, end - 1u) * p.row_step], right2, sum4);
    sum4 = fma(in1[row_base4 + min(term3, end - 1u) * p.row_step], right3, sum4);
    sum5 = fma(in1[row_base5 + min(term0, end - 1u) * p.row_step], right0, sum5);
    sum5 = fma(in1[row_base5 + min(term1, end - 1u) * p.row_step], right1, sum5);
    sum5 = fma(in1[row_base5 + min(term2, end - 1u) * p.row_step], right2, sum5);
    sum5 = fma(in1[row_base5 + min(term3, end - 1u) * p.row_step], right3, sum5);
    sum6 = fma(in1[row_base6 + min(term0, end - 1u) * p.row_step], right0, sum6);
    sum6 = fma(in1[row_base6 + min(term1, end - 1u) * p.row_step], right1, sum6);
    sum6 = fma(in1[row_base6 + min(term2, end - 1u) * p.row_step], right2, sum6);
    sum6 = fma(in1[row_base6 + min(term3, end - 1u) * p.row_step], right3, sum6);
    sum7 = fma(in1[row_base7 + min(term0, end - 1u) * p.row_step], right0, sum7);
    sum7 = fma(in1[row_base7 + min(term1, end - 1u) * p.row_step], right1, sum7);
    sum7 = fma(in1[row_base7 + min(term2, end - 1u) * p.row_step], right2, sum7);
    sum7 = fma(in1[row_base7 + min(term3, end - 1u) * p.row_step], right3, sum7);
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
      let at = batch * p.rows * p.columns + column * p.rows + row;
      out0[at] = epilogue(sum, at, column, row);
    }
  }
}

// software register tile, 3 bindings: matmul_8x4_020e6b6b
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
let row_base0 = (batch) * p.a_matrix + min(row + 0u, p.rows - 1u) * p.row_stride;
let row_base1 = (batch) * p.a_matrix + min(row + 1u, p.rows - 1u) * p.row_stride;
let row_base2 = (batch) * p.a_matrix + min(row + 2u, p.rows - 1u) * p.row_stride;
let row_base3 = (batch) * p.a_matrix + min(row + 3u, p.rows - 1u) * p.row_stride;
let row_base4 = (batch) * p.a_matrix + min(row + 4u, p.rows - 1u) * p.row_stride;
let row_base5 = (batch) * p.a_matrix + min(row + 5u, p.rows - 1u) * p.row_stride;
let row_base6 = (batch) * p.a_matrix + min(row + 6u, p.rows - 1u) * p.row_stride;
let row_base7 = (batch) * p.a_matrix + min(row + 7u, p.rows - 1u) * p.row_stride;
var sum0 = vec4f();
var sum1 = vec4f();
var sum2 = vec4f();
var sum3 = vec4f();
var sum4 = vec4f();
var sum5 = vec4f();
var sum6 = vec4f();
var sum7 = vec4f();
let column0 = column + 0u;
var at0 = (batch) * p.b_matrix + min(column0, p.columns - 1u) * p.column_stride;
let column1 = column + 8u;
var at1 = (batch) * p.b_matrix + min(column1, p.columns - 1u) * p.column_stride;
let column2 = column + 16u;
var at2 = (batch) * p.b_matrix + min(column2, p.columns - 1u) * p.column_stride;
let column3 = column + 24u;
var at3 = (batch) * p.b_matrix + min(column3, p.columns - 1u) * p.column_stride;
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

// hardware skinny, 4 rows, 3 bindings: matmul_skinny4_cf2c2f7e
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
  let end = min(begin + p.slice, p.depth);
  for (var first = begin + lane_term; first < end; first += 128u) {
    let term0 = first + 0u;
    let right0 = select(0.0, in0[column_base + term0 * p.column_step], term0 < end);
    let term1 = first + 32u;
    let right1 = select(0.0, in0[column_base + term1 * p.column_step], term1 < end);
    let term2 = first + 64u;
    let right2 = select(0.0, in0[column_base + term2 * p.column_step], term2 < end);
    let term3 = first + 96u;
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
  sums[0u + lane_term * 8u + lane_column] = sum0;
  sums[256u + lane_term * 8u + lane_column] = sum1;
  sums[512u + lane_term * 8u + lane_column] = sum2;
  sums[768u + lane_term * 8u + lane_column] = sum3;
  workgroupBarrier();
  for (var each = lane; each < 32u; each += 256u) {
    let row = row_start + each / 8u;
    let column = column_start + each % 8u;
    var sum = 0.0;
    for (var part = 0u; part < 32u; part++) { sum += sums[each / 8u * 256u + part * 8u + each % 8u]; }
    if (row < p.rows && column < p.columns) {
      let at = batch * p.rows * p.columns + column * p.rows + row;
      out0[at] = epilogue(sum, at, column, row);
    }
  }
}

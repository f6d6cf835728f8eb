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

// hardware skinny, 8 rows, 4 bindings: matmul_skinny8_add_f73a3f62
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

var<workgroup> sums: array<f32, 1024>;

@compute @workgroup_size(128, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 8u;
  let column_start = tile % p.column_tiles * 32u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = lane % 32u;
  let lane_term = lane / 32u;
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
  for (var term = begin + lane_term; term < min(begin + p.slice, p.depth); term += 4u) {
    let right = in1[column_base + term * p.column_step];
    let step = term * p.row_step;
    sum0 = fma(in0[row_base0 + step], right, sum0);
    sum1 = fma(in0[row_base1 + step], right, sum1);
    sum2 = fma(in0[row_base2 + step], right, sum2);
    sum3 = fma(in0[row_base3 + step], right, sum3);
    sum4 = fma(in0[row_base4 + step], right, sum4);
    sum5 = fma(in0[row_base5 + step], right, sum5);
    sum6 = fma(in0[row_base6 + step], right, sum6);
    sum7 = fma(in0[row_base7 + step], right, sum7);
  }
  sums[0u + lane_term * 32u + lane_column] = sum0;
  sums[128u + lane_term * 32u + lane_column] = sum1;
  sums[256u + lane_term * 32u + lane_column] = sum2;
  sums[384u + lane_term * 32u + lane_column] = sum3;
  sums[512u + lane_term * 32u + lane_column] = sum4;
  sums[640u + lane_term * 32u + lane_column] = sum5;
  sums[768u + lane_term * 32u + lane_column] = sum6;
  sums[896u + lane_term * 32u + lane_column] = sum7;
  workgroupBarrier();
  for (var each = lane; each < 256u; each += 128u) {
    let row = row_start + each / 32u;
    let column = column_start + each % 32u;
    var sum = 0.0;
    for (var part = 0u; part < 4u; part++) { sum += sums[each / 32u * 128u + part * 32u + each % 32u]; }
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

// hardware skinny, 8 rows, 3 bindings: matmul_skinny8_3a401e0d
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> sums: array<f32, 1024>;

@compute @workgroup_size(128, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 8u;
  let column_start = tile % p.column_tiles * 32u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = lane % 32u;
  let lane_term = lane / 32u;
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
  for (var term = begin + lane_term; term < min(begin + p.slice, p.depth); term += 4u) {
    let right = in1[column_base + term * p.column_step];
    let step = term * p.row_step;
    sum0 = fma(in0[row_base0 + step], right, sum0);
    sum1 = fma(in0[row_base1 + step], right, sum1);
    sum2 = fma(in0[row_base2 + step], right, sum2);
    sum3 = fma(in0[row_base3 + step], right, sum3);
    sum4 = fma(in0[row_base4 + step], right, sum4);
    sum5 = fma(in0[row_base5 + step], right, sum5);
    sum6 = fma(in0[row_base6 + step], right, sum6);
    sum7 = fma(in0[row_base7 + step], right, sum7);
  }
  sums[0u + lane_term * 32u + lane_column] = sum0;
  sums[128u + lane_term * 32u + lane_column] = sum1;
  sums[256u + lane_term * 32u + lane_column] = sum2;
  sums[384u + lane_term * 32u + lane_column] = sum3;
  sums[512u + lane_term * 32u + lane_column] = sum4;
  sums[640u + lane_term * 32u + lane_column] = sum5;
  sums[768u + lane_term * 32u + lane_column] = sum6;
  sums[896u + lane_term * 32u + lane_column] = sum7;
  workgroupBarrier();
  for (var each = lane; each < 256u; each += 128u) {
    let row = row_start + each / 32u;
    let column = column_start + each % 32u;
    var sum = 0.0;
    for (var part = 0u; part < 4u; part++) { sum += sums[each / 32u * 128u + part * 32u + each % 32u]; }
    if (row < p.rows && column < p.columns) {
      let at = batch * p.rows * p.columns + row * p.columns + column;
      out0[at] = epilogue(sum, at, row, column);
    }
  }
}

// hardware skinny, 1 rows, 4 bindings: matmul_skinny1_add_e23b7c9e
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

var<workgroup> sums: array<f32, 128>;

@compute @workgroup_size(128, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 1u;
  let column_start = tile % p.column_tiles * 4u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = lane / 32u;
  let lane_term = lane % 32u;
  let row_matrix = 0u;
  let column_base = 0u + min(column_start + lane_column, p.columns - 1u) * p.column_stride;
  let row_base0 = row_matrix + min(row_start + 0u, p.rows - 1u) * p.row_stride;
  var sum0 = 0.0;
  for (var term = begin + lane_term; term < min(begin + p.slice, p.depth); term += 32u) {
    let right = in1[column_base + term * p.column_step];
    let step = term * p.row_step;
    sum0 = fma(in0[row_base0 + step], right, sum0);
  }
  sums[0u + lane_term * 4u + lane_column] = sum0;
  workgroupBarrier();
  for (var each = lane; each < 4u; each += 128u) {
    let row = row_start + each / 4u;
    let column = column_start + each % 4u;
    var sum = 0.0;
    for (var part = 0u; part < 32u; part++) { sum += sums[each / 4u * 128u + part * 4u + each % 4u]; }
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

// hardware skinny, 4 rows, 3 bindings: matmul_skinny4_78bc3325
@group(0) @binding(0) var<storage, read> in1: array<f32>;
@group(0) @binding(1) var<storage, read> in0: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> sums: array<f32, 512>;

@compute @workgroup_size(128, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 4u;
  let column_start = tile % p.column_tiles * 4u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = lane / 32u;
  let lane_term = lane % 32u;
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
  for (var term = begin + lane_term; term < min(begin + p.slice, p.depth); term += 32u) {
    let right = in0[column_base + term * p.column_step];
    let step = term * p.row_step;
    sum0 = fma(in1[row_base0 + step], right, sum0);
    sum1 = fma(in1[row_base1 + step], right, sum1);
    sum2 = fma(in1[row_base2 + step], right, sum2);
    sum3 = fma(in1[row_base3 + step], right, sum3);
  }
  sums[0u + lane_term * 4u + lane_column] = sum0;
  sums[128u + lane_term * 4u + lane_column] = sum1;
  sums[256u + lane_term * 4u + lane_column] = sum2;
  sums[384u + lane_term * 4u + lane_column] = sum3;
  workgroupBarrier();
  for (var each = lane; each < 16u; each += 128u) {
    let row = row_start + each / 4u;
    let column = column_start + each % 4u;
    var sum = 0.0;
    for (var part = 0u; part < 32u; part++) { sum += sums[each / 4u * 128u + part * 4u + each % 4u]; }
    if (row < p.rows && column < p.columns) {
      let at = batch * p.rows * p.columns + column * p.rows + row;
      out0[at] = epilogue(sum, at, column, row);
    }
  }
}

// hardware skinny, 16 rows, 4 bindings: matmul_skinny16_add_9e8ba996
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
  let column_start = tile % p.column_tiles * 32u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = lane % 32u;
  let lane_term = lane / 32u;
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
  for (var term = begin + lane_term; term < min(begin + p.slice, p.depth); term += 4u) {
    let right = f32(in1[column_base + term * p.column_step]);
    let step = term * p.row_step;
    sum0 = fma(f32(in0[row_base0 + step]), right, sum0);
    sum1 = fma(f32(in0[row_base1 + step]), right, sum1);
    sum2 = fma(f32(in0[row_base2 + step]), right, sum2);
    sum3 = fma(f32(in0[row_base3 + step]), right, sum3);
    sum4 = fma(f32(in0[row_base4 + step]), right, sum4);
    sum5 = fma(f32(in0[row_base5 + step]), right, sum5);
    sum6 = fma(f32(in0[row_base6 + step]), right, sum6);
    sum7 = fma(f32(in0[row_base7 + step]), right, sum7);
    sum8 = fma(f32(in0[row_base8 + step]), right, sum8);
    sum9 = fma(f32(in0[row_base9 + step]), right, sum9);
    sum10 = fma(f32(in0[row_base10 + step]), right, sum10);
    sum11 = fma(f32(in0[row_base11 + step]), right, sum11);
    sum12 = fma(f32(in0[row_base12 + step]), right, sum12);
    sum13 = fma(f32(in0[row_base13 + step]), right, sum13);
    sum14 = fma(f32(in0[row_base14 + step]), right, sum14);
    sum15 = fma(f32(in0[row_base15 + step]), right, sum15);
  }
  sums[0u + lane_term * 32u + lane_column] = sum0;
  sums[128u + lane_term * 32u + lane_column] = sum1;
  sums[256u + lane_term * 32u + lane_column] = sum2;
  sums[384u + lane_term * 32u + lane_column] = sum3;
  sums[512u + lane_term * 32u + lane_column] = sum4;
  sums[640u + lane_term * 32u + lane_column] = sum5;
  sums[768u + lane_term * 32u + lane_column] = sum6;
  sums[896u + lane_term * 32u + lane_column] = sum7;
  sums[1024u + lane_term * 32u + lane_column] = sum8;
  sums[1152u + lane_term * 32u + lane_column] = sum9;
  sums[1280u + lane_term * 32u + lane_column] = sum10;
  sums[1408u + lane_term * 32u + lane_column] = sum11;
  sums[1536u + lane_term * 32u + lane_column] = sum12;
  sums[1664u + lane_term * 32u + lane_column] = sum13;
  sums[1792u + lane_term * 32u + lane_column] = sum14;
  sums[1920u + lane_term * 32u + lane_column] = sum15;
  workgroupBarrier();
  for (var each = lane; each < 512u; each += 128u) {
    let row = row_start + each / 32u;
    let column = column_start + each % 32u;
    var sum = 0.0;
    for (var part = 0u; part < 4u; part++) { sum += sums[each / 32u * 128u + part * 32u + each % 32u]; }
    if (row < p.rows && column < p.columns) {
      let at = batch * p.rows * p.columns + row * p.columns + column;
      out0[at] = epilogue(sum, at, row, column);
    }
  }
}

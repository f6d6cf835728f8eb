// matmul_4x2_df05102b
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
  let column = tile % p.column_tiles * 16u + lane;
  let first = batch * p.rows * p.columns;
let row_base0 = 0u + min(row + 0u, p.rows - 1u) * p.row_stride;
let row_base1 = 0u + min(row + 1u, p.rows - 1u) * p.row_stride;
let row_base2 = 0u + min(row + 2u, p.rows - 1u) * p.row_stride;
let row_base3 = 0u + min(row + 3u, p.rows - 1u) * p.row_stride;
var sum0 = vec2f();
var sum1 = vec2f();
var sum2 = vec2f();
var sum3 = vec2f();
let column0 = column + 0u;
var at0 = 0u + min(column0, p.columns - 1u) * p.column_stride;
let column1 = column + 8u;
var at1 = 0u + min(column1, p.columns - 1u) * p.column_stride;
  var step = 0u;
  for (var k = 0u; k < p.depth; k++) {
let row0 = in1[row_base0 + step];
let row1 = in1[row_base1 + step];
let row2 = in1[row_base2 + step];
let row3 = in1[row_base3 + step];
let columns = vec2f(in0[at0], in0[at1]);
sum0 = fma(vec2f(row0), columns, sum0);
sum1 = fma(vec2f(row1), columns, sum1);
sum2 = fma(vec2f(row2), columns, sum2);
sum3 = fma(vec2f(row3), columns, sum3);
    step += p.row_step;
    at0 += p.column_step;
at1 += p.column_step;
  }
let output_row0 = min(row + 0u, p.rows - 1u);
let output_row1 = min(row + 1u, p.rows - 1u);
let output_row2 = min(row + 2u, p.rows - 1u);
let output_row3 = min(row + 3u, p.rows - 1u);
if (column0 < p.columns) {
out0[first + column0 * p.rows + output_row0] = epilogue(sum0[0], first + column0 * p.rows + output_row0, column0, output_row0);
out0[first + column0 * p.rows + output_row1] = epilogue(sum1[0], first + column0 * p.rows + output_row1, column0, output_row1);
out0[first + column0 * p.rows + output_row2] = epilogue(sum2[0], first + column0 * p.rows + output_row2, column0, output_row2);
out0[first + column0 * p.rows + output_row3] = epilogue(sum3[0], first + column0 * p.rows + output_row3, column0, output_row3);
}
if (column1 < p.columns) {
out0[first + column1 * p.rows + output_row0] = epilogue(sum0[1], first + column1 * p.rows + output_row0, column1, output_row0);
out0[first + column1 * p.rows + output_row1] = epilogue(sum1[1], first + column1 * p.rows + output_row1, column1, output_row1);
out0[first + column1 * p.rows + output_row2] = epilogue(sum2[1], first + column1 * p.rows + output_row2, column1, output_row2);
out0[first + column1 * p.rows + output_row3] = epilogue(sum3[1], first + column1 * p.rows + output_row3, column1, output_row3);
}
}

// matmul_8x2_7eab8bb7
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
  let column = tile % p.column_tiles * 16u + lane;
  let first = batch * p.rows * p.columns;
let row_base0 = 0u + min(row + 0u, p.rows - 1u) * p.row_stride;
let row_base1 = 0u + min(row + 1u, p.rows - 1u) * p.row_stride;
let row_base2 = 0u + min(row + 2u, p.rows - 1u) * p.row_stride;
let row_base3 = 0u + min(row + 3u, p.rows - 1u) * p.row_stride;
let row_base4 = 0u + min(row + 4u, p.rows - 1u) * p.row_stride;
let row_base5 = 0u + min(row + 5u, p.rows - 1u) * p.row_stride;
let row_base6 = 0u + min(row + 6u, p.rows - 1u) * p.row_stride;
let row_base7 = 0u + min(row + 7u, p.rows - 1u) * p.row_stride;
var sum0 = vec2f();
var sum1 = vec2f();
var sum2 = vec2f();
var sum3 = vec2f();
var sum4 = vec2f();
var sum5 = vec2f();
var sum6 = vec2f();
var sum7 = vec2f();
let column0 = column + 0u;
var at0 = 0u + min(column0, p.columns - 1u) * p.column_stride;
let column1 = column + 8u;
var at1 = 0u + min(column1, p.columns - 1u) * p.column_stride;
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
let columns = vec2f(in1[at0], in1[at1]);
sum0 = fma(vec2f(row0), columns, sum0);
sum1 = fma(vec2f(row1), columns, sum1);
sum2 = fma(vec2f(row2), columns, sum2);
sum3 = fma(vec2f(row3), columns, sum3);
sum4 = fma(vec2f(row4), columns, sum4);
sum5 = fma(vec2f(row5), columns, sum5);
sum6 = fma(vec2f(row6), columns, sum6);
sum7 = fma(vec2f(row7), columns, sum7);
    step += p.row_step;
    at0 += p.column_step;
at1 += p.column_step;
  }
let output_row0 = min(row + 0u, p.rows - 1u);
let output_row1 = min(row + 1u, p.rows - 1u);
let output_row2 = min(row + 2u, p.rows - 1u);
let output_row3 = min(row + 3u, p.rows - 1u);
let output_row4 = min(row + 4u, p.rows - 1u);
let output_row5 = min(row + 5u, p.rows - 1u);
let output_row6 = min(row + 6u, p.rows - 1u);
let output_row7 = min(row + 7u, p.rows - 1u);
if (column0 < p.columns) {
out0[first + output_row0 * p.columns + column0] = epilogue(sum0[0], first + output_row0 * p.columns + column0, output_row0, column0);
out0[first + output_row1 * p.columns + column0] = epilogue(sum1[0], first + output_row1 * p.columns + column0, output_row1, column0);
out0[first + output_row2 * p.columns + column0] = epilogue(sum2[0], first + output_row2 * p.columns + column0, output_row2, column0);
out0[first + output_row3 * p.columns + column0] = epilogue(sum3[0], first + output_row3 * p.columns + column0, output_row3, column0);
out0[first + output_row4 * p.columns + column0] = epilogue(sum4[0], first + output_row4 * p.columns + column0, output_row4, column0);
out0[first + output_row5 * p.columns + column0] = epilogue(sum5[0], first + output_row5 * p.columns + column0, output_row5, column0);
out0[first + output_row6 * p.columns + column0] = epilogue(sum6[0], first + output_row6 * p.columns + column0, output_row6, column0);
out0[first + output_row7 * p.columns + column0] = epilogue(sum7[0], first + output_row7 * p.columns + column0, output_row7, column0);
}
if (column1 < p.columns) {
out0[first + output_row0 * p.columns + column1] = epilogue(sum0[1], first + output_row0 * p.columns + column1, output_row0, column1);
out0[first + output_row1 * p.columns + column1] = epilogue(sum1[1], first + output_row1 * p.columns + column1, output_row1, column1);
out0[first + output_row2 * p.columns + column1] = epilogue(sum2[1], first + output_row2 * p.columns + column1, output_row2, column1);
out0[first + output_row3 * p.columns + column1] = epilogue(sum3[1], first + output_row3 * p.columns + column1, output_row3, column1);
out0[first + output_row4 * p.columns + column1] = epilogue(sum4[1], first + output_row4 * p.columns + column1, output_row4, column1);
out0[first + output_row5 * p.columns + column1] = epilogue(sum5[1], first + output_row5 * p.columns + column1, output_row5, column1);
out0[first + output_row6 * p.columns + column1] = epilogue(sum6[1], first + output_row6 * p.columns + column1, output_row6, column1);
out0[first + output_row7 * p.columns + column1] = epilogue(sum7[1], first + output_row7 * p.columns + column1, output_row7, column1);
}
}

// matmul_8x2_9206b193
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
  let column = tile % p.column_tiles * 16u + lane;
  let first = batch * p.rows * p.columns;
let row_base0 = (batch) * p.a_matrix + min(row + 0u, p.rows - 1u) * p.row_stride;
let row_base1 = (batch) * p.a_matrix + min(row + 1u, p.rows - 1u) * p.row_stride;
let row_base2 = (batch) * p.a_matrix + min(row + 2u, p.rows - 1u) * p.row_stride;
let row_base3 = (batch) * p.a_matrix + min(row + 3u, p.rows - 1u) * p.row_stride;
let row_base4 = (batch) * p.a_matrix + min(row + 4u, p.rows - 1u) * p.row_stride;
let row_base5 = (batch) * p.a_matrix + min(row + 5u, p.rows - 1u) * p.row_stride;
let row_base6 = (batch) * p.a_matrix + min(row + 6u, p.rows - 1u) * p.row_stride;
let row_base7 = (batch) * p.a_matrix + min(row + 7u, p.rows - 1u) * p.row_stride;
var sum0 = vec2f();
var sum1 = vec2f();
var sum2 = vec2f();
var sum3 = vec2f();
var sum4 = vec2f();
var sum5 = vec2f();
var sum6 = vec2f();
var sum7 = vec2f();
let column0 = column + 0u;
var at0 = (batch) * p.b_matrix + min(column0, p.columns - 1u) * p.column_stride;
let column1 = column + 8u;
var at1 = (batch) * p.b_matrix + min(column1, p.columns - 1u) * p.column_stride;
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
let columns = vec2f(in1[at0], in1[at1]);
sum0 = fma(vec2f(row0), columns, sum0);
sum1 = fma(vec2f(row1), columns, sum1);
sum2 = fma(vec2f(row2), columns, sum2);
sum3 = fma(vec2f(row3), columns, sum3);
sum4 = fma(vec2f(row4), columns, sum4);
sum5 = fma(vec2f(row5), columns, sum5);
sum6 = fma(vec2f(row6), columns, sum6);
sum7 = fma(vec2f(row7), columns, sum7);
    step += p.row_step;
    at0 += p.column_step;
at1 += p.column_step;
  }
let output_row0 = min(row + 0u, p.rows - 1u);
let output_row1 = min(row + 1u, p.rows - 1u);
let output_row2 = min(row + 2u, p.rows - 1u);
let output_row3 = min(row + 3u, p.rows - 1u);
let output_row4 = min(row + 4u, p.rows - 1u);
let output_row5 = min(row + 5u, p.rows - 1u);
let output_row6 = min(row + 6u, p.rows - 1u);
let output_row7 = min(row + 7u, p.rows - 1u);
if (column0 < p.columns) {
out0[first + output_row0 * p.columns + column0] = epilogue(sum0[0], first + output_row0 * p.columns + column0, output_row0, column0);
out0[first + output_row1 * p.columns + column0] = epilogue(sum1[0], first + output_row1 * p.columns + column0, output_row1, column0);
out0[first + output_row2 * p.columns + column0] = epilogue(sum2[0], first + output_row2 * p.columns + column0, output_row2, column0);
out0[first + output_row3 * p.columns + column0] = epilogue(sum3[0], first + output_row3 * p.columns + column0, output_row3, column0);
out0[first + output_row4 * p.columns + column0] = epilogue(sum4[0], first + output_row4 * p.columns + column0, output_row4, column0);
out0[first + output_row5 * p.columns + column0] = epilogue(sum5[0], first + output_row5 * p.columns + column0, output_row5, column0);
out0[first + output_row6 * p.columns + column0] = epilogue(sum6[0], first + output_row6 * p.columns + column0, output_row6, column0);
out0[first + output_row7 * p.columns + column0] = epilogue(sum7[0], first + output_row7 * p.columns + column0, output_row7, column0);
}
if (column1 < p.columns) {
out0[first + output_row0 * p.columns + column1] = epilogue(sum0[1], first + output_row0 * p.columns + column1, output_row0, column1);
out0[first + output_row1 * p.columns + column1] = epilogue(sum1[1], first + output_row1 * p.columns + column1, output_row1, column1);
out0[first + output_row2 * p.columns + column1] = epilogue(sum2[1], first + output_row2 * p.columns + column1, output_row2, column1);
out0[first + output_row3 * p.columns + column1] = epilogue(sum3[1], first + output_row3 * p.columns + column1, output_row3, column1);
out0[first + output_row4 * p.columns + column1] = epilogue(sum4[1], first + output_row4 * p.columns + column1, output_row4, column1);
out0[first + output_row5 * p.columns + column1] = epilogue(sum5[1], first + output_row5 * p.columns + column1, output_row5, column1);
out0[first + output_row6 * p.columns + column1] = epilogue(sum6[1], first + output_row6 * p.columns + column1, output_row6, column1);
out0[first + output_row7 * p.columns + column1] = epilogue(sum7[1], first + output_row7 * p.columns + column1, output_row7, column1);
}
}

// matmul_8x2_mul_f9c0cc86
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
  let column = tile % p.column_tiles * 16u + lane;
  let first = batch * p.rows * p.columns;
let row_base0 = 0u + min(row + 0u, p.rows - 1u) * p.row_stride;
let row_base1 = 0u + min(row + 1u, p.rows - 1u) * p.row_stride;
let row_base2 = 0u + min(row + 2u, p.rows - 1u) * p.row_stride;
let row_base3 = 0u + min(row + 3u, p.rows - 1u) * p.row_stride;
let row_base4 = 0u + min(row + 4u, p.rows - 1u) * p.row_stride;
let row_base5 = 0u + min(row + 5u, p.rows - 1u) * p.row_stride;
let row_base6 = 0u + min(row + 6u, p.rows - 1u) * p.row_stride;
let row_base7 = 0u + min(row + 7u, p.rows - 1u) * p.row_stride;
var sum0 = vec2f();
var sum1 = vec2f();
var sum2 = vec2f();
var sum3 = vec2f();
var sum4 = vec2f();
var sum5 = vec2f();
var sum6 = vec2f();
var sum7 = vec2f();
let column0 = column + 0u;
var at0 = 0u + min(column0, p.columns - 1u) * p.column_stride;
let column1 = column + 8u;
var at1 = 0u + min(column1, p.columns - 1u) * p.column_stride;
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
let columns = vec2f(in0[at0], in0[at1]);
sum0 = fma(vec2f(row0), columns, sum0);
sum1 = fma(vec2f(row1), columns, sum1);
sum2 = fma(vec2f(row2), columns, sum2);
sum3 = fma(vec2f(row3), columns, sum3);
sum4 = fma(vec2f(row4), columns, sum4);
sum5 = fma(vec2f(row5), columns, sum5);
sum6 = fma(vec2f(row6), columns, sum6);
sum7 = fma(vec2f(row7), columns, sum7);
    step += p.row_step;
    at0 += p.column_step;
at1 += p.column_step;
  }
let output_row0 = min(row + 0u, p.rows - 1u);
let output_row1 = min(row + 1u, p.rows - 1u);
let output_row2 = min(row + 2u, p.rows - 1u);
let output_row3 = min(row + 3u, p.rows - 1u);
let output_row4 = min(row + 4u, p.rows - 1u);
let output_row5 = min(row + 5u, p.rows - 1u);
let output_row6 = min(row + 6u, p.rows - 1u);
let output_row7 = min(row + 7u, p.rows - 1u);
if (column0 < p.columns) {
out0[first + column0 * p.rows + output_row0] = epilogue(sum0[0], first + column0 * p.rows + output_row0, column0, output_row0);
out0[first + column0 * p.rows + output_row1] = epilogue(sum1[0], first + column0 * p.rows + output_row1, column0, output_row1);
out0[first + column0 * p.rows + output_row2] = epilogue(sum2[0], first + column0 * p.rows + output_row2, column0, output_row2);
out0[first + column0 * p.rows + output_row3] = epilogue(sum3[0], first + column0 * p.rows + output_row3, column0, output_row3);
out0[first + column0 * p.rows + output_row4] = epilogue(sum4[0], first + column0 * p.rows + output_row4, column0, output_row4);
out0[first + column0 * p.rows + output_row5] = epilogue(sum5[0], first + column0 * p.rows + output_row5, column0, output_row5);
out0[first + column0 * p.rows + output_row6] = epilogue(sum6[0], first + column0 * p.rows + output_row6, column0, output_row6);
out0[first + column0 * p.rows + output_row7] = epilogue(sum7[0], first + column0 * p.rows + output_row7, column0, output_row7);
}
if (column1 < p.columns) {
out0[first + column1 * p.rows + output_row0] = epilogue(sum0[1], first + column1 * p.rows + output_row0, column1, output_row0);
out0[first + column1 * p.rows + output_row1] = epilogue(sum1[1], first + column1 * p.rows + output_row1, column1, output_row1);
out0[first + column1 * p.rows + output_row2] = epilogue(sum2[1], first + column1 * p.rows + output_row2, column1, output_row2);
out0[first + column1 * p.rows + output_row3] = epilogue(sum3[1], first + column1 * p.rows + output_row3, column1, output_row3);
out0[first + column1 * p.rows + output_row4] = epilogue(sum4[1], first + column1 * p.rows + output_row4, column1, output_row4);
out0[first + column1 * p.rows + output_row5] = epilogue(sum5[1], first + column1 * p.rows + output_row5, column1, output_row5);
out0[first + column1 * p.rows + output_row6] = epilogue(sum6[1], first + column1 * p.rows + output_row6, column1, output_row6);
out0[first + column1 * p.rows + output_row7] = epilogue(sum7[1], first + column1 * p.rows + output_row7, column1, output_row7);
}
}

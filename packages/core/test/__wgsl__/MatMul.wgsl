// matmul_16x2_add_5d144f3f
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
  let row = tile / p.column_tiles % p.row_tiles * 16u;
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
let row_base8 = 0u + min(row + 8u, p.rows - 1u) * p.row_stride;
let row_base9 = 0u + min(row + 9u, p.rows - 1u) * p.row_stride;
let row_base10 = 0u + min(row + 10u, p.rows - 1u) * p.row_stride;
let row_base11 = 0u + min(row + 11u, p.rows - 1u) * p.row_stride;
let row_base12 = 0u + min(row + 12u, p.rows - 1u) * p.row_stride;
let row_base13 = 0u + min(row + 13u, p.rows - 1u) * p.row_stride;
let row_base14 = 0u + min(row + 14u, p.rows - 1u) * p.row_stride;
let row_base15 = 0u + min(row + 15u, p.rows - 1u) * p.row_stride;
var sum0 = vec2f();
var sum1 = vec2f();
var sum2 = vec2f();
var sum3 = vec2f();
var sum4 = vec2f();
var sum5 = vec2f();
var sum6 = vec2f();
var sum7 = vec2f();
var sum8 = vec2f();
var sum9 = vec2f();
var sum10 = vec2f();
var sum11 = vec2f();
var sum12 = vec2f();
var sum13 = vec2f();
var sum14 = vec2f();
var sum15 = vec2f();
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
let row8 = in0[row_base8 + step];
let row9 = in0[row_base9 + step];
let row10 = in0[row_base10 + step];
let row11 = in0[row_base11 + step];
let row12 = in0[row_base12 + step];
let row13 = in0[row_base13 + step];
let row14 = in0[row_base14 + step];
let row15 = in0[row_base15 + step];
let columns = vec2f(in1[at0], in1[at1]);
sum0 = fma(vec2f(row0), columns, sum0);
sum1 = fma(vec2f(row1), columns, sum1);
sum2 = fma(vec2f(row2), columns, sum2);
sum3 = fma(vec2f(row3), columns, sum3);
sum4 = fma(vec2f(row4), columns, sum4);
sum5 = fma(vec2f(row5), columns, sum5);
sum6 = fma(vec2f(row6), columns, sum6);
sum7 = fma(vec2f(row7), columns, sum7);
sum8 = fma(vec2f(row8), columns, sum8);
sum9 = fma(vec2f(row9), columns, sum9);
sum10 = fma(vec2f(row10), columns, sum10);
sum11 = fma(vec2f(row11), columns, sum11);
sum12 = fma(vec2f(row12), columns, sum12);
sum13 = fma(vec2f(row13), columns, sum13);
sum14 = fma(vec2f(row14), columns, sum14);
sum15 = fma(vec2f(row15), columns, sum15);
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
let output_row8 = min(row + 8u, p.rows - 1u);
let output_row9 = min(row + 9u, p.rows - 1u);
let output_row10 = min(row + 10u, p.rows - 1u);
let output_row11 = min(row + 11u, p.rows - 1u);
let output_row12 = min(row + 12u, p.rows - 1u);
let output_row13 = min(row + 13u, p.rows - 1u);
let output_row14 = min(row + 14u, p.rows - 1u);
let output_row15 = min(row + 15u, p.rows - 1u);
if (column0 < p.columns) {
out0[first + output_row0 * p.columns + column0] = epilogue(sum0[0], first + output_row0 * p.columns + column0, output_row0, column0);
out0[first + output_row1 * p.columns + column0] = epilogue(sum1[0], first + output_row1 * p.columns + column0, output_row1, column0);
out0[first + output_row2 * p.columns + column0] = epilogue(sum2[0], first + output_row2 * p.columns + column0, output_row2, column0);
out0[first + output_row3 * p.columns + column0] = epilogue(sum3[0], first + output_row3 * p.columns + column0, output_row3, column0);
out0[first + output_row4 * p.columns + column0] = epilogue(sum4[0], first + output_row4 * p.columns + column0, output_row4, column0);
out0[first + output_row5 * p.columns + column0] = epilogue(sum5[0], first + output_row5 * p.columns + column0, output_row5, column0);
out0[first + output_row6 * p.columns + column0] = epilogue(sum6[0], first + output_row6 * p.columns + column0, output_row6, column0);
out0[first + output_row7 * p.columns + column0] = epilogue(sum7[0], first + output_row7 * p.columns + column0, output_row7, column0);
out0[first + output_row8 * p.columns + column0] = epilogue(sum8[0], first + output_row8 * p.columns + column0, output_row8, column0);
out0[first + output_row9 * p.columns + column0] = epilogue(sum9[0], first + output_row9 * p.columns + column0, output_row9, column0);
out0[first + output_row10 * p.columns + column0] = epilogue(sum10[0], first + output_row10 * p.columns + column0, output_row10, column0);
out0[first + output_row11 * p.columns + column0] = epilogue(sum11[0], first + output_row11 * p.columns + column0, output_row11, column0);
out0[first + output_row12 * p.columns + column0] = epilogue(sum12[0], first + output_row12 * p.columns + column0, output_row12, column0);
out0[first + output_row13 * p.columns + column0] = epilogue(sum13[0], first + output_row13 * p.columns + column0, output_row13, column0);
out0[first + output_row14 * p.columns + column0] = epilogue(sum14[0], first + output_row14 * p.columns + column0, output_row14, column0);
out0[first + output_row15 * p.columns + column0] = epilogue(sum15[0], first + output_row15 * p.columns + column0, output_row15, column0);
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
out0[first + output_row8 * p.columns + column1] = epilogue(sum8[1], first + output_row8 * p.columns + column1, output_row8, column1);
out0[first + output_row9 * p.columns + column1] = epilogue(sum9[1], first + output_row9 * p.columns + column1, output_row9, column1);
out0[first + output_row10 * p.columns + column1] = epilogue(sum10[1], first + output_row10 * p.columns + column1, output_row10, column1);
out0[first + output_row11 * p.columns + column1] = epilogue(sum11[1], first + output_row11 * p.columns + column1, output_row11, column1);
out0[first + output_row12 * p.columns + column1] = epilogue(sum12[1], first + output_row12 * p.columns + column1, output_row12, column1);
out0[first + output_row13 * p.columns + column1] = epilogue(sum13[1], first + output_row13 * p.columns + column1, output_row13, column1);
out0[first + output_row14 * p.columns + column1] = epilogue(sum14[1], first + output_row14 * p.columns + column1, output_row14, column1);
out0[first + output_row15 * p.columns + column1] = epilogue(sum15[1], first + output_row15 * p.columns + column1, output_row15, column1);
}
}

// matmul_16x2_add_relu_1156c302
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  let e_in1: f32 = in2[row];
  let e0: f32 = (accumulator + e_in1);
  let e1: f32 = max(e0, 0.0);
  return e1;
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches) { return; }
  let row = tile / p.column_tiles % p.row_tiles * 16u;
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
let row_base8 = 0u + min(row + 8u, p.rows - 1u) * p.row_stride;
let row_base9 = 0u + min(row + 9u, p.rows - 1u) * p.row_stride;
let row_base10 = 0u + min(row + 10u, p.rows - 1u) * p.row_stride;
let row_base11 = 0u + min(row + 11u, p.rows - 1u) * p.row_stride;
let row_base12 = 0u + min(row + 12u, p.rows - 1u) * p.row_stride;
let row_base13 = 0u + min(row + 13u, p.rows - 1u) * p.row_stride;
let row_base14 = 0u + min(row + 14u, p.rows - 1u) * p.row_stride;
let row_base15 = 0u + min(row + 15u, p.rows - 1u) * p.row_stride;
var sum0 = vec2f();
var sum1 = vec2f();
var sum2 = vec2f();
var sum3 = vec2f();
var sum4 = vec2f();
var sum5 = vec2f();
var sum6 = vec2f();
var sum7 = vec2f();
var sum8 = vec2f();
var sum9 = vec2f();
var sum10 = vec2f();
var sum11 = vec2f();
var sum12 = vec2f();
var sum13 = vec2f();
var sum14 = vec2f();
var sum15 = vec2f();
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
let row8 = in0[row_base8 + step];
let row9 = in0[row_base9 + step];
let row10 = in0[row_base10 + step];
let row11 = in0[row_base11 + step];
let row12 = in0[row_base12 + step];
let row13 = in0[row_base13 + step];
let row14 = in0[row_base14 + step];
let row15 = in0[row_base15 + step];
let columns = vec2f(in1[at0], in1[at1]);
sum0 = fma(vec2f(row0), columns, sum0);
sum1 = fma(vec2f(row1), columns, sum1);
sum2 = fma(vec2f(row2), columns, sum2);
sum3 = fma(vec2f(row3), columns, sum3);
sum4 = fma(vec2f(row4), columns, sum4);
sum5 = fma(vec2f(row5), columns, sum5);
sum6 = fma(vec2f(row6), columns, sum6);
sum7 = fma(vec2f(row7), columns, sum7);
sum8 = fma(vec2f(row8), columns, sum8);
sum9 = fma(vec2f(row9), columns, sum9);
sum10 = fma(vec2f(row10), columns, sum10);
sum11 = fma(vec2f(row11), columns, sum11);
sum12 = fma(vec2f(row12), columns, sum12);
sum13 = fma(vec2f(row13), columns, sum13);
sum14 = fma(vec2f(row14), columns, sum14);
sum15 = fma(vec2f(row15), columns, sum15);
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
let output_row8 = min(row + 8u, p.rows - 1u);
let output_row9 = min(row + 9u, p.rows - 1u);
let output_row10 = min(row + 10u, p.rows - 1u);
let output_row11 = min(row + 11u, p.rows - 1u);
let output_row12 = min(row + 12u, p.rows - 1u);
let output_row13 = min(row + 13u, p.rows - 1u);
let output_row14 = min(row + 14u, p.rows - 1u);
let output_row15 = min(row + 15u, p.rows - 1u);
if (column0 < p.columns) {
out0[first + output_row0 * p.columns + column0] = epilogue(sum0[0], first + output_row0 * p.columns + column0, output_row0, column0);
out0[first + output_row1 * p.columns + column0] = epilogue(sum1[0], first + output_row1 * p.columns + column0, output_row1, column0);
out0[first + output_row2 * p.columns + column0] = epilogue(sum2[0], first + output_row2 * p.columns + column0, output_row2, column0);
out0[first + output_row3 * p.columns + column0] = epilogue(sum3[0], first + output_row3 * p.columns + column0, output_row3, column0);
out0[first + output_row4 * p.columns + column0] = epilogue(sum4[0], first + output_row4 * p.columns + column0, output_row4, column0);
out0[first + output_row5 * p.columns + column0] = epilogue(sum5[0], first + output_row5 * p.columns + column0, output_row5, column0);
out0[first + output_row6 * p.columns + column0] = epilogue(sum6[0], first + output_row6 * p.columns + column0, output_row6, column0);
out0[first + output_row7 * p.columns + column0] = epilogue(sum7[0], first + output_row7 * p.columns + column0, output_row7, column0);
out0[first + output_row8 * p.columns + column0] = epilogue(sum8[0], first + output_row8 * p.columns + column0, output_row8, column0);
out0[first + output_row9 * p.columns + column0] = epilogue(sum9[0], first + output_row9 * p.columns + column0, output_row9, column0);
out0[first + output_row10 * p.columns + column0] = epilogue(sum10[0], first + output_row10 * p.columns + column0, output_row10, column0);
out0[first + output_row11 * p.columns + column0] = epilogue(sum11[0], first + output_row11 * p.columns + column0, output_row11, column0);
out0[first + output_row12 * p.columns + column0] = epilogue(sum12[0], first + output_row12 * p.columns + column0, output_row12, column0);
out0[first + output_row13 * p.columns + column0] = epilogue(sum13[0], first + output_row13 * p.columns + column0, output_row13, column0);
out0[first + output_row14 * p.columns + column0] = epilogue(sum14[0], first + output_row14 * p.columns + column0, output_row14, column0);
out0[first + output_row15 * p.columns + column0] = epilogue(sum15[0], first + output_row15 * p.columns + column0, output_row15, column0);
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
out0[first + output_row8 * p.columns + column1] = epilogue(sum8[1], first + output_row8 * p.columns + column1, output_row8, column1);
out0[first + output_row9 * p.columns + column1] = epilogue(sum9[1], first + output_row9 * p.columns + column1, output_row9, column1);
out0[first + output_row10 * p.columns + column1] = epilogue(sum10[1], first + output_row10 * p.columns + column1, output_row10, column1);
out0[first + output_row11 * p.columns + column1] = epilogue(sum11[1], first + output_row11 * p.columns + column1, output_row11, column1);
out0[first + output_row12 * p.columns + column1] = epilogue(sum12[1], first + output_row12 * p.columns + column1, output_row12, column1);
out0[first + output_row13 * p.columns + column1] = epilogue(sum13[1], first + output_row13 * p.columns + column1, output_row13, column1);
out0[first + output_row14 * p.columns + column1] = epilogue(sum14[1], first + output_row14 * p.columns + column1, output_row14, column1);
out0[first + output_row15 * p.columns + column1] = epilogue(sum15[1], first + output_row15 * p.columns + column1, output_row15, column1);
}
}

// matmul_4x2_add_mul_e8faf8b6
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read> in3: array<f32>;
@group(0) @binding(4) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(5) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  let e_in1: f32 = in2[column];
  let e_in2: f32 = in3[offset];
  let e0: f32 = (accumulator + e_in1);
  let e1: f32 = (e0 * e_in2);
  return e1;
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
ide: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
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
let row0 = in0[row_base0 + step];
let row1 = in0[row_base1 + step];
let row2 = in0[row_base2 + step];
let row3 = in0[row_base3 + step];
let columns = vec2f(in1[at0], in1[at1]);
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
out0[first + output_row0 * p.columns + column0] = epilogue(sum0[0], first + output_row0 * p.columns + column0, output_row0, column0);
out0[first + output_row1 * p.columns + column0] = epilogue(sum1[0], first + output_row1 * p.columns + column0, output_row1, column0);
out0[first + output_row2 * p.columns + column0] = epilogue(sum2[0], first + output_row2 * p.columns + column0, output_row2, column0);
out0[first + output_row3 * p.columns + column0] = epilogue(sum3[0], first + output_row3 * p.columns + column0, output_row3, column0);
}
if (column1 < p.columns) {
out0[first + output_row0 * p.columns + column1] = epilogue(sum0[1], first + output_row0 * p.columns + column1, output_row0, column1);
out0[first + output_row1 * p.columns + column1] = epilogue(sum1[1], first + output_row1 * p.columns + column1, output_row1, column1);
out0[first + output_row2 * p.columns + column1] = epilogue(sum2[1], first + output_row2 * p.columns + column1, output_row2, column1);
out0[first + output_row3 * p.columns + column1] = epilogue(sum3[1], first + output_row3 * p.columns + column1, output_row3, column1);
}
}

// matmul_4x2_d58ced33
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
var at0 = (batch) * p.b_matrix + min(column0, p.columns - 1u) * p.column_stride;
let column1 = column + 8u;
var at1 = (batch) * p.b_matrix + min(column1, p.columns - 1u) * p.column_stride;
  var step = 0u;
  for (var k = 0u; k < p.depth; k++) {
let row0 = in0[row_base0 + step];
let row1 = in0[row_base1 + step];
let row2 = in0[row_base2 + step];
let row3 = in0[row_base3 + step];
let columns = vec2f(in1[at0], in1[at1]);
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
out0[first + output_row0 * p.columns + column0] = epilogue(sum0[0], first + output_row0 * p.columns + column0, output_row0, column0);
out0[first + output_row1 * p.columns + column0] = epilogue(sum1[0], first + output_row1 * p.columns + column0, output_row1, column0);
out0[first + output_row2 * p.columns + column0] = epilogue(sum2[0], first + output_row2 * p.columns + column0, output_row2, column0);
out0[first + output_row3 * p.columns + column0] = epilogue(sum3[0], first + output_row3 * p.columns + column0, output_row3, column0);
}
if (column1 < p.columns) {
out0[first + output_row0 * p.columns + column1] = epilogue(sum0[1], first + output_row0 * p.columns + column1, output_row0, column1);
out0[first + output_row1 * p.columns + column1] = epilogue(sum1[1], first + output_row1 * p.columns + column1, output_row1, column1);
out0[first + output_row2 * p.columns + column1] = epilogue(sum2[1], first + output_row2 * p.columns + column1, output_row2, column1);
out0[first + output_row3 * p.columns + column1] = epilogue(sum3[1], first + output_row3 * p.columns + column1, output_row3, column1);
}
}

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

// matmul_4x2_e10f5803
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32, a_batch_inner0: u32, a_batch_dim0: u32, a_batch_stride0: u32, a_batch_inner1: u32, a_batch_dim1: u32, a_batch_stride1: u32, b_batch_inner: u32, b_batch_dim: u32 }
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
let row_base0 = (((batch) / p.a_batch_inner0 % p.a_batch_dim0) * p.a_batch_stride0 + ((batch) / p.a_batch_inner1 % p.a_batch_dim1) * p.a_batch_stride1) * p.a_matrix + min(row + 0u, p.rows - 1u) * p.row_stride;
let row_base1 = (((batch) / p.a_batch_inner0 % p.a_batch_dim0) * p.a_batch_stride0 + ((batch) / p.a_batch_inner1 % p.a_batch_dim1) * p.a_batch_stride1) * p.a_matrix + min(row + 1u, p.rows - 1u) * p.row_stride;
let row_base2 = (((batch) / p.a_batch_inner0 % p.a_batch_dim0) * p.a_batch_stride0 + ((batch) / p.a_batch_inner1 % p.a_batch_dim1) * p.a_batch_stride1) * p.a_matrix + min(row + 2u, p.rows - 1u) * p.row_stride;
let row_base3 = (((batch) / p.a_batch_inner0 % p.a_batch_dim0) * p.a_batch_stride0 + ((batch) / p.a_batch_inner1 % p.a_batch_dim1) * p.a_batch_stride1) * p.a_matrix + min(row + 3u, p.rows - 1u) * p.row_stride;
var sum0 = vec2f();
var sum1 = vec2f();
var sum2 = vec2f();
var sum3 = vec2f();
let column0 = column + 0u;
var at0 = (((batch) / p.b_batch_inner) % p.b_batch_dim) * p.b_matrix + min(column0, p.columns - 1u) * p.column_stride;
let column1 = column + 8u;
var at1 = (((batch) / p.b_batch_inner) % p.b_batch_dim) * p.b_matrix + min(column1, p.columns - 1u) * p.column_stride;
  var step = 0u;
  for (var k = 0u; k < p.depth; k++) {
let row0 = in0[row_base0 + step];
let row1 = in0[row_base1 + step];
let row2 = in0[row_base2 + step];
let row3 = in0[row_base3 + step];
let columns = vec2f(in1[at0], in1[at1]);
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
out0[first + output_row0 * p.columns + column0] = epilogue(sum0[0], first + output_row0 * p.columns + column0, output_row0, column0);
out0[first + output_row1 * p.columns + column0] = epilogue(sum1[0], first + output_row1 * p.columns + column0, output_row1, column0);
out0[first + output_row2 * p.columns + column0] = epilogue(sum2[0], first + output_row2 * p.columns + column0, output_row2, column0);
out0[first + output_row3 * p.columns + column0] = epilogue(sum3[0], first + output_row3 * p.columns + column0, output_row3, column0);
}
if (column1 < p.columns) {
out0[first + output_row0 * p.columns + column1] = epilogue(sum0[1], first + output_row0 * p.columns + column1, output_row0, column1);
out0[first + output_row1 * p.columns + column1] = epilogue(sum1[1], first + output_row1 * p.columns + column1, output_row1, column1);
out0[first + output_row2 * p.columns + column1] = epilogue(sum2[1], first + output_row2 * p.columns + column1, output_row2, column1);
out0[first + output_row3 * p.columns + column1] = epilogue(sum3[1], first + output_row3 * p.columns + column1, output_row3, column1);
}
}

// matmul_8x2_697d6563
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32, a_batch_inner: u32, a_batch_dim: u32, b_batch_inner: u32, b_batch_dim: u32 }
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
let row_base0 = (((batch) / p.a_batch_inner) % p.a_batch_dim) * p.a_matrix + min(row + 0u, p.rows - 1u) * p.row_stride;
let row_base1 = (((batch) / p.a_batch_inner) % p.a_batch_dim) * p.a_matrix + min(row + 1u, p.rows - 1u) * p.row_stride;
let row_base2 = (((batch) / p.a_batch_inner) % p.a_batch_dim) * p.a_matrix + min(row + 2u, p.rows - 1u) * p.row_stride;
let row_base3 = (((batch) / p.a_batch_inner) % p.a_batch_dim) * p.a_matrix + min(row + 3u, p.rows - 1u) * p.row_stride;
let row_base4 = (((batch) / p.a_batch_inner) % p.a_batch_dim) * p.a_matrix + min(row + 4u, p.rows - 1u) * p.row_stride;
let row_base5 = (((batch) / p.a_batch_inner) % p.a_batch_dim) * p.a_matrix + min(row + 5u, p.rows - 1u) * p.row_stride;
let row_base6 = (((batch) / p.a_batch_inner) % p.a_batch_dim) * p.a_matrix + min(row + 6u, p.rows - 1u) * p.row_stride;
let row_base7 = (((batch) / p.a_batch_inner) % p.a_batch_dim) * p.a_matrix + min(row + 7u, p.rows - 1u) * p.row_stride;
var sum0 = vec2f();
var sum1 = vec2f();
var sum2 = vec2f();
var sum3 = vec2f();
var sum4 = vec2f();
var sum5 = vec2f();
var sum6 = vec2f();
var sum7 = vec2f();
let column0 = column + 0u;
var at0 = (((batch) / p.b_batch_inner) % p.b_batch_dim) * p.b_matrix + min(column0, p.columns - 1u) * p.column_stride;
let column1 = column + 8u;
var at1 = (((batch) / p.b_batch_inner) % p.b_batch_dim) * p.b_matrix + min(column1, p.columns - 1u) * p.column_stride;
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

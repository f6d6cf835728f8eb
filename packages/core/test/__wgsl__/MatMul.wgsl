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

// hardware tiled 32x16, 3 bindings: matmul_32x16_a72db048
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> row_tile: array<array<vec4f, 9>, 64>;
var<workgroup> column_tile: array<array<vec4f, 5>, 64>;

fn load_row(at: u32, inside: bool) -> f32 {
  return select(0.0, in0[at], inside);
}

fn load_column(at: u32, inside: bool) -> f32 {
  return select(0.0, in1[at], inside);
}

fn store(part: u32, row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let at = part * p.rows * p.columns + row * p.columns + column;
  out0[at] = epilogue(sum, at, row, column);
}

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 32u;
  let column_start = tile % p.column_tiles * 16u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let row_matrix = 0u;
  let column_matrix = 0u;
  let slice = lane / 32u;
  let own = lane % 32u;
  let slice_line = slice * 8u;
  let lane_row = own / 4u;
  let lane_column = own % 4u;
  let lane_quad = lane_row * 1u;
  let row_term0 = own % 8u;
  let row_own0 = own / 8u * 4u;
  let row_index0 = row_start + row_own0;
  let row_term1 = (own + 32u) % 8u;
  let row_own1 = (own + 32u) / 8u * 4u;
  let row_index1 = row_start + row_own1;
  let column_term0 = own / 4u;
  let column_own0 = own % 4u * 4u;
  let column_index0 = column_start + column_own0;
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var first = begin; first < min(begin + p.slice, p.depth); first += 64u) {
    let start = first + slice * 8u;
    row_tile[slice_line + row_term0][row_own0 / 4u] = vec4f(load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 0u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 0u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 1u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 1u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 2u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 2u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 3u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 3u < p.rows));
    row_tile[slice_line + row_term1][row_own1 / 4u] = vec4f(load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 0u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 0u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 1u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 1u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 2u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 2u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 3u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 3u < p.rows));
    column_tile[slice_line + column_term0][column_own0 / 4u] = vec4f(load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 0u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 0u < p.columns), load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 1u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 1u < p.columns), load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 2u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 2u < p.columns), load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 3u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 3u < p.columns));
    workgroupBarrier();
    let terms = min(8u, min(begin + p.slice, p.depth) - min(start, min(begin + p.slice, p.depth)));
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
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 0u, sum0[0]);
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 1u, sum0[1]);
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 2u, sum0[2]);
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 3u, sum0[3]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 0u, sum1[0]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 1u, sum1[1]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 2u, sum1[2]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 3u, sum1[3]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 0u, sum2[0]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 1u, sum2[1]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 2u, sum2[2]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 3u, sum2[3]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 0u, sum3[0]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 1u, sum3[1]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 2u, sum3[2]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 3u, sum3[3]);
}

// hardware tiled 32x32, 3 bindings: matmul_32x32_4da57a7a
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> row_tile: array<array<vec4f, 9>, 32>;
var<workgroup> column_tile: array<array<vec4f, 9>, 32>;

fn load_row(at: u32, inside: bool) -> f32 {
  return select(0.0, in0[at], inside);
}

fn load_column(at: u32, inside: bool) -> f32 {
  return select(0.0, in1[at], inside);
}

fn store(part: u32, row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let at = part * p.rows * p.columns + row * p.columns + column;
  out0[at] = epilogue(sum, at, row, column);
}

@compute @workgroup_size(128, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 32u;
  let column_start = tile % p.column_tiles * 32u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let row_matrix = (matrix) * p.a_matrix;
  let column_matrix = (matrix) * p.b_matrix;
  let slice = lane / 64u;
  let own = lane % 64u;
  let slice_line = slice * 16u;
  let lane_row = own / 8u;
  let lane_column = own % 8u;
  let lane_quad = lane_row * 1u;
  let row_term0 = own % 16u;
  let row_own0 = own / 16u * 4u;
  let row_index0 = row_start + row_own0;
  let row_term1 = (own + 64u) % 16u;
  let row_own1 = (own + 64u) / 16u * 4u;
  let row_index1 = row_start + row_own1;
  let column_term0 = own / 8u;
  let column_own0 = own % 8u * 4u;
  let column_index0 = column_start + column_own0;
  let column_term1 = (own + 64u) / 8u;
  let column_own1 = (own + 64u) % 8u * 4u;
  let column_index1 = column_start + column_own1;
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var first = begin; first < min(begin + p.slice, p.depth); first += 32u) {
    let start = first + slice * 16u;
    row_tile[slice_line + row_term0][row_own0 / 4u] = vec4f(load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 0u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 0u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 1u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 1u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 2u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 2u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 3u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 3u < p.rows));
    row_tile[slice_line + row_term1][row_own1 / 4u] = vec4f(load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 0u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 0u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 1u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 1u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 2u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 2u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 3u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 3u < p.rows));
    column_tile[slice_line + column_term0][column_own0 / 4u] = vec4f(load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 0u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 0u < p.columns), load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 1u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 1u < p.columns), load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 2u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 2u < p.columns), load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 3u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 3u < p.columns));
    column_tile[slice_line + column_term1][column_own1 / 4u] = vec4f(load_column(column_matrix + (start + column_term1) * p.column_step + (column_index1 + 0u) * p.column_stride, start + column_term1 < p.depth && column_index1 + 0u < p.columns), load_column(column_matrix + (start + column_term1) * p.column_step + (column_index1 + 1u) * p.column_stride, start + column_term1 < p.depth && column_index1 + 1u < p.columns), load_column(column_matrix + (start + column_term1) * p.column_step + (column_index1 + 2u) * p.column_stride, start + column_term1 < p.depth && column_index1 + 2u < p.columns), load_column(column_matrix + (start + column_term1) * p.column_step + (column_index1 + 3u) * p.column_stride, start + column_term1 < p.depth && column_index1 + 3u < p.columns));
    workgroupBarrier();
    let terms = min(16u, min(begin + p.slice, p.depth) - min(start, min(begin + p.slice, p.depth)));
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
  for (var half = 1u; half > 0u; half = half >> 1u) {
    let at = slice % half * 256u + own;
    if (slice >= half && slice < 2u * half) {
      row_tile[(at + 0u) / 9u][(at + 0u) % 9u] = sum0;
      row_tile[(at + 64u) / 9u][(at + 64u) % 9u] = sum1;
      row_tile[(at + 128u) / 9u][(at + 128u) % 9u] = sum2;
      row_tile[(at + 192u) / 9u][(at + 192u) % 9u] = sum3;
    }
    workgroupBarrier();
    if (slice < half) {
      sum0 += row_tile[(at + 0u) / 9u][(at + 0u) % 9u];
      sum1 += row_tile[(at + 64u) / 9u][(at + 64u) % 9u];
      sum2 += row_tile[(at + 128u) / 9u][(at + 128u) % 9u];
      sum3 += row_tile[(at + 192u) / 9u][(at + 192u) % 9u];
    }
    workgroupBarrier();
  }
  if (slice > 0u) { return; }
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 0u, sum0[0]);
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 1u, sum0[1]);
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 2u, sum0[2]);
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 3u, sum0[3]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 0u, sum1[0]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 1u, sum1[1]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 2u, sum1[2]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 3u, sum1[3]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 0u, sum2[0]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 1u, sum2[1]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 2u, sum2[2]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 3u, sum2[3]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 0u, sum3[0]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 1u, sum3[1]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 2u, sum3[2]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 3u, sum3[3]);
}

// hardware tiled 64x64, 3 bindings: matmul_64x64_720ef3f0
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> row_tile: array<array<vec4f, 17>, 16>;
var<workgroup> column_tile: array<array<vec4f, 17>, 16>;

fn load_row(at: u32, inside: bool) -> f32 {
  return select(0.0, in0[at], inside);
}

fn load_column(at: u32, inside: bool) -> vec4f {
  return select(vec4f(), in1[(at) / 4u], inside);
}

fn store(part: u32, row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let at = part * p.rows * p.columns + row * p.columns + column;
  out0[at] = epilogue(sum, at, row, column);
}

@compute @workgroup_size(128, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 64u;
  let column_start = tile % p.column_tiles * 64u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let row_matrix = 0u;
  let column_matrix = 0u;
  let slice = lane / 128u;
  let own = lane % 128u;
  let lane_row = own / 16u;
  let lane_column = own % 16u;
  let lane_quad = lane_row * 2u;
  let row_term0 = own % 16u;
  let row_own0 = own / 16u * 4u;
  let row_index0 = row_start + row_own0;
  let row_term1 = (own + 128u) % 16u;
  let row_own1 = (own + 128u) / 16u * 4u;
  let row_index1 = row_start + row_own1;
  let column_term0 = own / 16u;
  let column_own0 = own % 16u * 4u;
  let column_index0 = column_start + column_own0;
  let column_term1 = (own + 128u) / 16u;
  let column_own1 = (own + 128u) % 16u * 4u;
  let column_index1 = column_start + column_own1;
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  var sum4 = vec4f();
  var sum5 = vec4f();
  var sum6 = vec4f();
  var sum7 = vec4f();
  for (var first = begin; first < min(begin + p.slice, p.depth); first += 16u) {
    let start = first + slice * 16u;
    row_tile[row_term0][row_own0 / 4u] = vec4f(load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 0u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 0u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 1u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 1u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 2u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 2u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 3u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 3u < p.rows));
    row_tile[row_term1][row_own1 / 4u] = vec4f(load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 0u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 0u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 1u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 1u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 2u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 2u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 3u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 3u < p.rows));
    column_tile[column_term0][column_own0 / 4u] = load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0) * p.column_stride, start + column_term0 < p.depth && column_index0 < p.columns);
    column_tile[column_term1][column_own1 / 4u] = load_column(column_matrix + (start + column_term1) * p.column_step + (column_index1) * p.column_stride, start + column_term1 < p.depth && column_index1 < p.columns);
    workgroupBarrier();
    let terms = min(16u, min(begin + p.slice, p.depth) - min(start, min(begin + p.slice, p.depth)));
    for (var term = 0u; term < terms; term += 4u) {
      {
        let right = column_tile[term + 0u][lane_column];
        let left0 = row_tile[term + 0u][lane_quad + 0u];
        let left1 = row_tile[term + 0u][lane_quad + 1u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
        sum4 = fma(vec4f(left1[0]), right, sum4);
        sum5 = fma(vec4f(left1[1]), right, sum5);
        sum6 = fma(vec4f(left1[2]), right, sum6);
        sum7 = fma(vec4f(left1[3]), right, sum7);
      }
      {
        let right = column_tile[term + 1u][lane_column];
        let left0 = row_tile[term + 1u][lane_quad + 0u];
        let left1 = row_tile[term + 1u][lane_quad + 1u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
        sum4 = fma(vec4f(left1[0]), right, sum4);
        sum5 = fma(vec4f(left1[1]), right, sum5);
        sum6 = fma(vec4f(left1[2]), right, sum6);
        sum7 = fma(vec4f(left1[3]), right, sum7);
      }
      {
        let right = column_tile[term + 2u][lane_column];
        let left0 = row_tile[term + 2u][lane_quad + 0u];
        let left1 = row_tile[term + 2u][lane_quad + 1u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
        sum4 = fma(vec4f(left1[0]), right, sum4);
        sum5 = fma(vec4f(left1[1]), right, sum5);
        sum6 = fma(vec4f(left1[2]), right, sum6);
        sum7 = fma(vec4f(left1[3]), right, sum7);
      }
      {
        let right = column_tile[term + 3u][lane_column];
        let left0 = row_tile[term + 3u][lane_quad + 0u];
        let left1 = row_tile[term + 3u][lane_quad + 1u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
        sum4 = fma(vec4f(left1[0]), right, sum4);
        sum5 = fma(vec4f(left1[1]), right, sum5);
        sum6 = fma(vec4f(left1[2]), right, sum6);
        sum7 = fma(vec4f(left1[3]), right, sum7);
      }
    }
    workgroupBarrier();
  }
  store(batch, row_start + lane_row * 8u + 0u, column_start + lane_column * 4u + 0u, sum0[0]);
  store(batch, row_start + lane_row * 8u + 0u, column_start + lane_column * 4u + 1u, sum0[1]);
  store(batch, row_start + lane_row * 8u + 0u, column_start + lane_column * 4u + 2u, sum0[2]);
  store(batch, row_start + lane_row * 8u + 0u, column_start + lane_column * 4u + 3u, sum0[3]);
  store(batch, row_start + lane_row * 8u + 1u, column_start + lane_column * 4u + 0u, sum1[0]);
  store(batch, row_start + lane_row * 8u + 1u, column_start + lane_column * 4u + 1u, sum1[1]);
  store(batch, row_start + lane_row * 8u + 1u, column_start + lane_column * 4u + 2u, sum1[2]);
  store(batch, row_start + lane_row * 8u + 1u, column_start + lane_column * 4u + 3u, sum1[3]);
  store(batch, row_start + lane_row * 8u + 2u, column_start + lane_column * 4u + 0u, sum2[0]);
  store(batch, row_start + lane_row * 8u + 2u, column_start + lane_column * 4u + 1u, sum2[1]);
  store(batch, row_start + lane_row * 8u + 2u, column_start + lane_column * 4u + 2u, sum2[2]);
  store(batch, row_start + lane_row * 8u + 2u, column_start + lane_column * 4u + 3u, sum2[3]);
  store(batch, row_start + lane_row * 8u + 3u, column_start + lane_column * 4u + 0u, sum3[0]);
  store(batch, row_start + lane_row * 8u + 3u, column_start + lane_column * 4u + 1u, sum3[1]);
  store(batch, row_start + lane_row * 8u + 3u, column_start + lane_column * 4u + 2u, sum3[2]);
  store(batch, row_start + lane_row * 8u + 3u, column_start + lane_column * 4u + 3u, sum3[3]);
  store(batch, row_start + lane_row * 8u + 4u, column_start + lane_column * 4u + 0u, sum4[0]);
  store(batch, row_start + lane_row * 8u + 4u, column_start + lane_column * 4u + 1u, sum4[1]);
  store(batch, row_start + lane_row * 8u + 4u, column_start + lane_column * 4u + 2u, sum4[2]);
  store(batch, row_start + lane_row * 8u + 4u, column_start + lane_column * 4u + 3u, sum4[3]);
  store(batch, row_start + lane_row * 8u + 5u, column_start + lane_column * 4u + 0u, sum5[0]);
  store(batch, row_start + lane_row * 8u + 5u, column_start + lane_column * 4u + 1u, sum5[1]);
  store(batch, row_start + lane_row * 8u + 5u, column_start + lane_column * 4u + 2u, sum5[2]);
  store(batch, row_start + lane_row * 8u + 5u, column_start + lane_column * 4u + 3u, sum5[3]);
  store(batch, row_start + lane_row * 8u + 6u, column_start + lane_column * 4u + 0u, sum6[0]);
  store(batch, row_start + lane_row * 8u + 6u, column_start + lane_column * 4u + 1u, sum6[1]);
  store(batch, row_start + lane_row * 8u + 6u, column_start + lane_column * 4u + 2u, sum6[2]);
  store(batch, row_start + lane_row * 8u + 6u, column_start + lane_column * 4u + 3u, sum6[3]);
  store(batch, row_start + lane_row * 8u + 7u, column_start + lane_column * 4u + 0u, sum7[0]);
  store(batch, row_start + lane_row * 8u + 7u, column_start + lane_column * 4u + 1u, sum7[1]);
  store(batch, row_start + lane_row * 8u + 7u, column_start + lane_column * 4u + 2u, sum7[2]);
  store(batch, row_start + lane_row * 8u + 7u, column_start + lane_column * 4u + 3u, sum7[3]);
}

// hardware tiled 128x64, 3 bindings: matmul_128x64_c1a47371
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> row_tile: array<array<vec4f, 33>, 16>;
var<workgroup> column_tile: array<array<vec4f, 17>, 16>;

fn load_row(at: u32, inside: bool) -> f32 {
  return select(0.0, in0[at], inside);
}

fn load_column(at: u32, inside: bool) -> vec4f {
  return select(vec4f(), in1[(at) / 4u], inside);
}

fn store(part: u32, row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let at = part * p.rows * p.columns + row * p.columns + column;
  out0[at] = epilogue(sum, at, row, column);
}

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 128u;
  let column_start = tile % p.column_tiles * 64u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let row_matrix = 0u;
  let column_matrix = 0u;
  let slice = lane / 256u;
  let own = lane % 256u;
  let lane_row = own / 16u;
  let lane_column = own % 16u;
  let lane_quad = lane_row * 2u;
  let row_term0 = own % 16u;
  let row_own0 = own / 16u * 4u;
  let row_index0 = row_start + row_own0;
  let row_term1 = (own + 256u) % 16u;
  let row_own1 = (own + 256u) / 16u * 4u;
  let row_index1 = row_start + row_own1;
  let column_term0 = own / 16u;
  let column_own0 = own % 16u * 4u;
  let column_index0 = column_start + column_own0;
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  var sum4 = vec4f();
  var sum5 = vec4f();
  var sum6 = vec4f();
  var sum7 = vec4f();
  for (var first = begin; first < min(begin + p.slice, p.depth); first += 16u) {
    let start = first + slice * 16u;
    row_tile[row_term0][row_own0 / 4u] = vec4f(load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 0u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 0u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 1u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 1u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 2u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 2u < p.rows), load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0 + 3u) * p.row_stride, start + row_term0 < p.depth && row_index0 + 3u < p.rows));
    row_tile[row_term1][row_own1 / 4u] = vec4f(load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 0u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 0u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 1u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 1u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 2u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 2u < p.rows), load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1 + 3u) * p.row_stride, start + row_term1 < p.depth && row_index1 + 3u < p.rows));
    column_tile[column_term0][column_own0 / 4u] = load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0) * p.column_stride, start + column_term0 < p.depth && column_index0 < p.columns);
    workgroupBarrier();
    let terms = min(16u, min(begin + p.slice, p.depth) - min(start, min(begin + p.slice, p.depth)));
    for (var term = 0u; term < terms; term += 4u) {
      {
        let right = column_tile[term + 0u][lane_column];
        let left0 = row_tile[term + 0u][lane_quad + 0u];
        let left1 = row_tile[term + 0u][lane_quad + 1u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
        sum4 = fma(vec4f(left1[0]), right, sum4);
        sum5 = fma(vec4f(left1[1]), right, sum5);
        sum6 = fma(vec4f(left1[2]), right, sum6);
        sum7 = fma(vec4f(left1[3]), right, sum7);
      }
      {
        let right = column_tile[term + 1u][lane_column];
        let left0 = row_tile[term + 1u][lane_quad + 0u];
        let left1 = row_tile[term + 1u][lane_quad + 1u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
        sum4 = fma(vec4f(left1[0]), right, sum4);
        sum5 = fma(vec4f(left1[1]), right, sum5);
        sum6 = fma(vec4f(left1[2]), right, sum6);
        sum7 = fma(vec4f(left1[3]), right, sum7);
      }
      {
        let right = column_tile[term + 2u][lane_column];
        let left0 = row_tile[term + 2u][lane_quad + 0u];
        let left1 = row_tile[term + 2u][lane_quad + 1u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
        sum4 = fma(vec4f(left1[0]), right, sum4);
        sum5 = fma(vec4f(left1[1]), right, sum5);
        sum6 = fma(vec4f(left1[2]), right, sum6);
        sum7 = fma(vec4f(left1[3]), right, sum7);
      }
      {
        let right = column_tile[term + 3u][lane_column];
        let left0 = row_tile[term + 3u][lane_quad + 0u];
        let left1 = row_tile[term + 3u][lane_quad + 1u];
        sum0 = fma(vec4f(left0[0]), right, sum0);
        sum1 = fma(vec4f(left0[1]), right, sum1);
        sum2 = fma(vec4f(left0[2]), right, sum2);
        sum3 = fma(vec4f(left0[3]), right, sum3);
        sum4 = fma(vec4f(left1[0]), right, sum4);
        sum5 = fma(vec4f(left1[1]), right, sum5);
        sum6 = fma(vec4f(left1[2]), right, sum6);
        sum7 = fma(vec4f(left1[3]), right, sum7);
      }
    }
    workgroupBarrier();
  }
  store(batch, row_start + lane_row * 8u + 0u, column_start + lane_column * 4u + 0u, sum0[0]);
  store(batch, row_start + lane_row * 8u + 0u, column_start + lane_column * 4u + 1u, sum0[1]);
  store(batch, row_start + lane_row * 8u + 0u, column_start + lane_column * 4u + 2u, sum0[2]);
  store(batch, row_start + lane_row * 8u + 0u, column_start + lane_column * 4u + 3u, sum0[3]);
  store(batch, row_start + lane_row * 8u + 1u, column_start + lane_column * 4u + 0u, sum1[0]);
  store(batch, row_start + lane_row * 8u + 1u, column_start + lane_column * 4u + 1u, sum1[1]);
  store(batch, row_start + lane_row * 8u + 1u, column_start + lane_column * 4u + 2u, sum1[2]);
  store(batch, row_start + lane_row * 8u + 1u, column_start + lane_column * 4u + 3u, sum1[3]);
  store(batch, row_start + lane_row * 8u + 2u, column_start + lane_column * 4u + 0u, sum2[0]);
  store(batch, row_start + lane_row * 8u + 2u, column_start + lane_column * 4u + 1u, sum2[1]);
  store(batch, row_start + lane_row * 8u + 2u, column_start + lane_column * 4u + 2u, sum2[2]);
  store(batch, row_start + lane_row * 8u + 2u, column_start + lane_column * 4u + 3u, sum2[3]);
  store(batch, row_start + lane_row * 8u + 3u, column_start + lane_column * 4u + 0u, sum3[0]);
  store(batch, row_start + lane_row * 8u + 3u, column_start + lane_column * 4u + 1u, sum3[1]);
  store(batch, row_start + lane_row * 8u + 3u, column_start + lane_column * 4u + 2u, sum3[2]);
  store(batch, row_start + lane_row * 8u + 3u, column_start + lane_column * 4u + 3u, sum3[3]);
  store(batch, row_start + lane_row * 8u + 4u, column_start + lane_column * 4u + 0u, sum4[0]);
  store(batch, row_start + lane_row * 8u + 4u, column_start + lane_column * 4u + 1u, sum4[1]);
  store(batch, row_start + lane_row * 8u + 4u, column_start + lane_column * 4u + 2u, sum4[2]);
  store(batch, row_start + lane_row * 8u + 4u, column_start + lane_column * 4u + 3u, sum4[3]);
  store(batch, row_start + lane_row * 8u + 5u, column_start + lane_column * 4u + 0u, sum5[0]);
  store(batch, row_start + lane_row * 8u + 5u, column_start + lane_column * 4u + 1u, sum5[1]);
  store(batch, row_start + lane_row * 8u + 5u, column_start + lane_column * 4u + 2u, sum5[2]);
  store(batch, row_start + lane_row * 8u + 5u, column_start + lane_column * 4u + 3u, sum5[3]);
  store(batch, row_start + lane_row * 8u + 6u, column_start + lane_column * 4u + 0u, sum6[0]);
  store(batch, row_start + lane_row * 8u + 6u, column_start + lane_column * 4u + 1u, sum6[1]);
  store(batch, row_start + lane_row * 8u + 6u, column_start + lane_column * 4u + 2u, sum6[2]);
  store(batch, row_start + lane_row * 8u + 6u, column_start + lane_column * 4u + 3u, sum6[3]);
  store(batch, row_start + lane_row * 8u + 7u, column_start + lane_column * 4u + 0u, sum7[0]);
  store(batch, row_start + lane_row * 8u + 7u, column_start + lane_column * 4u + 1u, sum7[1]);
  store(batch, row_start + lane_row * 8u + 7u, column_start + lane_column * 4u + 2u, sum7[2]);
  store(batch, row_start + lane_row * 8u + 7u, column_start + lane_column * 4u + 3u, sum7[3]);
}

// hardware skinny, 1 rows, 3 bindings: matmul_skinny1_6d764f17
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> sums: array<f32, 256>;

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 1u;
  let column_start = tile % p.column_tiles * 8u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let lane_column = lane % 8u;
  let lane_term = lane / 8u;
  let row_matrix = 0u;
  let column_base = 0u + min(column_start + lane_column, p.columns - 1u) * p.column_stride;
  let row_base0 = row_matrix + min(row_start + 0u, p.rows - 1u) * p.row_stride;
  var sum0 = 0.0;
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
  }
  sums[0u + lane_term * 8u + lane_column] = sum0;
  workgroupBarrier();
  for (var each = lane; each < 8u; each += 256u) {
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

// hardware skinny, 4 rows, 11 parts, 3 bindings: matmul_skinny4_split_e620ad1c
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> parts: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(3) var<uniform> p: Params;
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
      let at = batch * p.rows * p.columns + row * p.columns + column;
      parts[at] = sum;
    }
  }
}

// hardware skinny, 4 rows, 11 parts, dispatch 2, 2 bindings: matmul_combine_905c7583
@group(0) @binding(0) var<storage, read> parts: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, splits: u32, rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (offset >= p.size) { return; }
  var sum = 0.0;
  for (var part = 0u; part < p.splits; part++) { sum += parts[part * p.size + offset]; }
  out0[offset] = epilogue(sum, offset, offset / p.columns % p.rows, offset % p.columns);
}

// software register tile, 4 bindings: matmul_16x4_add_9d659301
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
let row_base8 = 0u + min(row + 8u, p.rows - 1u) * p.row_stride;
let row_base9 = 0u + min(row + 9u, p.rows - 1u) * p.row_stride;
let row_base10 = 0u + min(row + 10u, p.rows - 1u) * p.row_stride;
let row_base11 = 0u + min(row + 11u, p.rows - 1u) * p.row_stride;
let row_base12 = 0u + min(row + 12u, p.rows - 1u) * p.row_stride;
let row_base13 = 0u + min(row + 13u, p.rows - 1u) * p.row_stride;
let row_base14 = 0u + min(row + 14u, p.rows - 1u) * p.row_stride;
let row_base15 = 0u + min(row + 15u, p.rows - 1u) * p.row_stride;
var sum0 = vec4f();
var sum1 = vec4f();
var sum2 = vec4f();
var sum3 = vec4f();
var sum4 = vec4f();
var sum5 = vec4f();
var sum6 = vec4f();
var sum7 = vec4f();
var sum8 = vec4f();
var sum9 = vec4f();
var sum10 = vec4f();
var sum11 = vec4f();
var sum12 = vec4f();
var sum13 = vec4f();
var sum14 = vec4f();
var sum15 = vec4f();
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
let row8 = in0[row_base8 + step];
let row9 = in0[row_base9 + step];
let row10 = in0[row_base10 + step];
let row11 = in0[row_base11 + step];
let row12 = in0[row_base12 + step];
let row13 = in0[row_base13 + step];
let row14 = in0[row_base14 + step];
let row15 = in0[row_base15 + step];
let columns = vec4f(in1[at0], in1[at1], in1[at2], in1[at3]);
sum0 = fma(vec4f(row0), columns, sum0);
sum1 = fma(vec4f(row1), columns, sum1);
sum2 = fma(vec4f(row2), columns, sum2);
sum3 = fma(vec4f(row3), columns, sum3);
sum4 = fma(vec4f(row4), columns, sum4);
sum5 = fma(vec4f(row5), columns, sum5);
sum6 = fma(vec4f(row6), columns, sum6);
sum7 = fma(vec4f(row7), columns, sum7);
sum8 = fma(vec4f(row8), columns, sum8);
sum9 = fma(vec4f(row9), columns, sum9);
sum10 = fma(vec4f(row10), columns, sum10);
sum11 = fma(vec4f(row11), columns, sum11);
sum12 = fma(vec4f(row12), columns, sum12);
sum13 = fma(vec4f(row13), columns, sum13);
sum14 = fma(vec4f(row14), columns, sum14);
sum15 = fma(vec4f(row15), columns, sum15);
    step += p.row_step;
    at0 += p.column_step;
at1 += p.column_step;
at2 += p.column_step;
at3 += p.column_step;
  }
let end_row = min(row + 16u, p.rows - 1u + 1u);
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
sum7 = sum8;
sum8 = sum9;
sum9 = sum10;
sum10 = sum11;
sum11 = sum12;
sum12 = sum13;
sum13 = sum14;
sum14 = sum15;
}
}

// hardware tiled 32x16, 4 bindings: matmul_32x16_add_2cd32982
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
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

var<workgroup> row_tile: array<array<vec4f, 9>, 64>;
var<workgroup> column_tile: array<array<vec4f, 5>, 64>;

fn load_row(at: u32, inside: bool) -> vec4f {
  return select(vec4f(), in0[(at) / 4u], inside);
}

fn load_column(at: u32, inside: bool) -> f32 {
  return select(0.0, in1[at], inside);
}

fn store(part: u32, row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let at = part * p.rows * p.columns + row * p.columns + column;
  out0[at] = epilogue(sum, at, row, column);
}

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= p.batches * p.splits) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 32u;
  let column_start = tile % p.column_tiles * 16u;
  let matrix = batch % p.batches;
  let begin = batch / p.batches * p.slice;
  let row_matrix = 0u;
  let column_matrix = 0u;
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
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var first = begin; first < min(begin + p.slice, p.depth); first += 64u) {
    let start = first + slice * 8u;
    let row_terms0 = load_row(row_matrix + (start + row_term0) * p.row_step + (row_index0) * p.row_stride, start + row_term0 < p.depth && row_index0 < p.rows);
    row_tile[slice_line + row_term0 + 0u][row_own0 / 4u][row_own0 % 4u] = row_terms0[0];
    row_tile[slice_line + row_term0 + 1u][row_own0 / 4u][row_own0 % 4u] = row_terms0[1];
    row_tile[slice_line + row_term0 + 2u][row_own0 / 4u][row_own0 % 4u] = row_terms0[2];
    row_tile[slice_line + row_term0 + 3u][row_own0 / 4u][row_own0 % 4u] = row_terms0[3];
    let row_terms1 = load_row(row_matrix + (start + row_term1) * p.row_step + (row_index1) * p.row_stride, start + row_term1 < p.depth && row_index1 < p.rows);
    row_tile[slice_line + row_term1 + 0u][row_own1 / 4u][row_own1 % 4u] = row_terms1[0];
    row_tile[slice_line + row_term1 + 1u][row_own1 / 4u][row_own1 % 4u] = row_terms1[1];
    row_tile[slice_line + row_term1 + 2u][row_own1 / 4u][row_own1 % 4u] = row_terms1[2];
    row_tile[slice_line + row_term1 + 3u][row_own1 / 4u][row_own1 % 4u] = row_terms1[3];
    column_tile[slice_line + column_term0][column_own0 / 4u] = vec4f(load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 0u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 0u < p.columns), load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 1u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 1u < p.columns), load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 2u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 2u < p.columns), load_column(column_matrix + (start + column_term0) * p.column_step + (column_index0 + 3u) * p.column_stride, start + column_term0 < p.depth && column_index0 + 3u < p.columns));
    workgroupBarrier();
    let terms = min(8u, min(begin + p.slice, p.depth) - min(start, min(begin + p.slice, p.depth)));
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
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 0u, sum0[0]);
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 1u, sum0[1]);
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 2u, sum0[2]);
  store(batch, row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 3u, sum0[3]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 0u, sum1[0]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 1u, sum1[1]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 2u, sum1[2]);
  store(batch, row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 3u, sum1[3]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 0u, sum2[0]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 1u, sum2[1]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 2u, sum2[2]);
  store(batch, row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 3u, sum2[3]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 0u, sum3[0]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 1u, sum3[1]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 2u, sum3[2]);
  store(batch, row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 3u, sum3[3]);
}

// hardware skinny, 16 rows, 4 bindings: matmul_skinny16_add_relu_7160717d
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  let e_in1: f32 = in2[row];
  let e0: f32 = (accumulator + e_in1);
  let e1: f32 = max(e0, 0.0);
  return e1;
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
    let right0 = select(0.0, in1[column_base + term0 * p.column_step], term0 < end);
    let term1 = first + 16u;
    let right1 = select(0.0, in1[column_base + term1 * p.column_step], term1 < end);
    let term2 = first + 32u;
    let right2 = select(0.0, in1[column_base + term2 * p.column_step], term2 < end);
    let term3 = first + 48u;
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
    sum8 = fma(in0[row_base8 + min(term0, end - 1u) * p.row_step], right0, sum8);
    sum8 = fma(in0[row_base8 + min(term1, end - 1u) * p.row_step], right1, sum8);
    sum8 = fma(in0[row_base8 + min(term2, end - 1u) * p.row_step], right2, sum8);
    sum8 = fma(in0[row_base8 + min(term3, end - 1u) * p.row_step], right3, sum8);
    sum9 = fma(in0[row_base9 + min(term0, end - 1u) * p.row_step], right0, sum9);
    sum9 = fma(in0[row_base9 + min(term1, end - 1u) * p.row_step], right1, sum9);
    sum9 = fma(in0[row_base9 + min(term2, end - 1u) * p.row_step], right2, sum9);
    sum9 = fma(in0[row_base9 + min(term3, end - 1u) * p.row_step], right3, sum9);
    sum10 = fma(in0[row_base10 + min(term0, end - 1u) * p.row_step], right0, sum10);
    sum10 = fma(in0[row_base10 + min(term1, end - 1u) * p.row_step], right1, sum10);
    sum10 = fma(in0[row_base10 + min(term2, end - 1u) * p.row_step], right2, sum10);
    sum10 = fma(in0[row_base10 + min(term3, end - 1u) * p.row_step], right3, sum10);
    sum11 = fma(in0[row_base11 + min(term0, end - 1u) * p.row_step], right0, sum11);
    sum11 = fma(in0[row_base11 + min(term1, end - 1u) * p.row_step], right1, sum11);
    sum11 = fma(in0[row_base11 + min(term2, end - 1u) * p.row_step], right2, sum11);
    sum11 = fma(in0[row_base11 + min(term3, end - 1u) * p.row_step], right3, sum11);
    sum12 = fma(in0[row_base12 + min(term0, end - 1u) * p.row_step], right0, sum12);
    sum12 = fma(in0[row_base12 + min(term1, end - 1u) * p.row_step], right1, sum12);
    sum12 = fma(in0[row_base12 + min(term2, end - 1u) * p.row_step], right2, sum12);
    sum12 = fma(in0[row_base12 + min(term3, end - 1u) * p.row_step], right3, sum12);
    sum13 = fma(in0[row_base13 + min(term0, end - 1u) * p.row_step], right0, sum13);
    sum13 = fma(in0[row_base13 + min(term1, end - 1u) * p.row_step], right1, sum13);
    sum13 = fma(in0[row_base13 + min(term2, end - 1u) * p.row_step], right2, sum13);
    sum13 = fma(in0[row_base13 + min(term3, end - 1u) * p.row_step], right3, sum13);
    sum14 = fma(in0[row_base14 + min(term0, end - 1u) * p.row_step], right0, sum14);
    sum14 = fma(in0[row_base14 + min(term1, end - 1u) * p.row_step], right1, sum14);
    sum14 = fma(in0[row_base14 + min(term2, end - 1u) * p.row_step], right2, sum14);
    sum14 = fma(in0[row_base14 + min(term3, end - 1u) * p.row_step], right3, sum14);
    sum15 = fma(in0[row_base15 + min(term0, end - 1u) * p.row_step], right0, sum15);
    sum15 = fma(in0[row_base15 + min(term1, end - 1u) * p.row_step], right1, sum15);
    sum15 = fma(in0[row_base15 + min(term2, end - 1u) * p.row_step], right2, sum15);
    sum15 = fma(in0[row_base15 + min(term3, end - 1u) * p.row_step], right3, sum15);
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

// software register tile, transposed, 5 bindings: matmul_4x4_add_mul_32be255e
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

// hardware skinny, 4 rows, 5 bindings: matmul_skinny4_add_mul_2c4528df
@group(0) @binding(0) var<storage, read> in1: array<f32>;
@group(0) @binding(1) var<storage, read> in0: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read> in3: array<f32>;
@group(0) @binding(4) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, batches: u32, splits: u32, slice: u32, row_stride: u32, row_step: u32, column_stride: u32, column_step: u32, a_matrix: u32, b_matrix: u32 }
@group(0) @binding(5) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  let e_in1: f32 = in2[column];
  let e_in2: f32 = in3[offset];
  let e0: f32 = (accumulator + e_in1);
  let e1: f32 = (e0 * e_in2);
  return e1;
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

// software register tile, 4 bits, 4 bindings: matmul_nbits_8x4_bcd2bc66
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<u32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, blocks: u32, block_words: u32, words: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

fn load_terms(at: u32, k: u32) -> vec4f {
  return select(vec4f(), in0[(at + k) / 4u], k < p.depth);
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let row = tile / p.column_tiles * 8u;
  if (row >= p.rows) { return; }
  let column = tile % p.column_tiles * 32u + lane * 4u;
  let inside = min(column, p.columns - 1u);
let row_base0 = min(row + 0u, p.rows - 1u) * p.depth;
let row_base1 = min(row + 1u, p.rows - 1u) * p.depth;
let row_base2 = min(row + 2u, p.rows - 1u) * p.depth;
let row_base3 = min(row + 3u, p.rows - 1u) * p.depth;
let row_base4 = min(row + 4u, p.rows - 1u) * p.depth;
let row_base5 = min(row + 5u, p.rows - 1u) * p.depth;
let row_base6 = min(row + 6u, p.rows - 1u) * p.depth;
let row_base7 = min(row + 7u, p.rows - 1u) * p.depth;
var sum0 = vec4f();
var sum1 = vec4f();
var sum2 = vec4f();
var sum3 = vec4f();
var sum4 = vec4f();
var sum5 = vec4f();
var sum6 = vec4f();
var sum7 = vec4f();
  for (var block = 0u; block < p.blocks; block++) {
    let scales = vec4f(vec4(in2[block * p.columns + min(inside + 0u, p.columns - 1u)], in2[block * p.columns + min(inside + 1u, p.columns - 1u)], in2[block * p.columns + min(inside + 2u, p.columns - 1u)], in2[block * p.columns + min(inside + 3u, p.columns - 1u)]));
    let zeros = vec4f(8.0);
    let end = min((block + 1u) * p.block_words, p.words);
    for (var word = block * p.block_words; word < end; word++) {
      let words = vec4(in1[word * p.columns + min(inside + 0u, p.columns - 1u)], in1[word * p.columns + min(inside + 1u, p.columns - 1u)], in1[word * p.columns + min(inside + 2u, p.columns - 1u)], in1[word * p.columns + min(inside + 3u, p.columns - 1u)]);
      for (var shift = 0u; shift < 32u; shift += 16u) {
        let k = word * 8u + shift / 4u;
let row0 = load_terms(row_base0, k);
let row1 = load_terms(row_base1, k);
let row2 = load_terms(row_base2, k);
let row3 = load_terms(row_base3, k);
let row4 = load_terms(row_base4, k);
let row5 = load_terms(row_base5, k);
let row6 = load_terms(row_base6, k);
let row7 = load_terms(row_base7, k);
let columns0 = (vec4f((words >> vec4u(shift + 0u)) & vec4u(15u)) - zeros) * scales;
let columns1 = (vec4f((words >> vec4u(shift + 4u)) & vec4u(15u)) - zeros) * scales;
let columns2 = (vec4f((words >> vec4u(shift + 8u)) & vec4u(15u)) - zeros) * scales;
let columns3 = (vec4f((words >> vec4u(shift + 12u)) & vec4u(15u)) - zeros) * scales;
let terms0 = row0;
sum0 = fma(vec4f(terms0[3]), columns3, fma(vec4f(terms0[2]), columns2, fma(vec4f(terms0[1]), columns1, fma(vec4f(terms0[0]), columns0, sum0))));
let terms1 = row1;
sum1 = fma(vec4f(terms1[3]), columns3, fma(vec4f(terms1[2]), columns2, fma(vec4f(terms1[1]), columns1, fma(vec4f(terms1[0]), columns0, sum1))));
let terms2 = row2;
sum2 = fma(vec4f(terms2[3]), columns3, fma(vec4f(terms2[2]), columns2, fma(vec4f(terms2[1]), columns1, fma(vec4f(terms2[0]), columns0, sum2))));
let terms3 = row3;
sum3 = fma(vec4f(terms3[3]), columns3, fma(vec4f(terms3[2]), columns2, fma(vec4f(terms3[1]), columns1, fma(vec4f(terms3[0]), columns0, sum3))));
let terms4 = row4;
sum4 = fma(vec4f(terms4[3]), columns3, fma(vec4f(terms4[2]), columns2, fma(vec4f(terms4[1]), columns1, fma(vec4f(terms4[0]), columns0, sum4))));
let terms5 = row5;
sum5 = fma(vec4f(terms5[3]), columns3, fma(vec4f(terms5[2]), columns2, fma(vec4f(terms5[1]), columns1, fma(vec4f(terms5[0]), columns0, sum5))));
let terms6 = row6;
sum6 = fma(vec4f(terms6[3]), columns3, fma(vec4f(terms6[2]), columns2, fma(vec4f(terms6[1]), columns1, fma(vec4f(terms6[0]), columns0, sum6))));
let terms7 = row7;
sum7 = fma(vec4f(terms7[3]), columns3, fma(vec4f(terms7[2]), columns2, fma(vec4f(terms7[1]), columns1, fma(vec4f(terms7[0]), columns0, sum7))));
      }
    }
  }
let end_row = min(row + 8u, p.rows - 1u + 1u);
let end_column = min(column + 4u, p.columns);
for (var output_row = row; output_row < end_row; output_row++) {
var part = 0u;
for (var output_column = column; output_column < end_column; output_column += 1u) {
let at = output_row * p.columns + output_column;
out0[at] = epilogue(sum0[part], at, output_row, output_column);
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

// hardware skinny, 16 rows, 4 bits, 4 bindings: matmul_nbits_skinny16_415715ed
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<u32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, block_words: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> sums: array<f32, 2048>;

@compute @workgroup_size(128, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column_start = (workgroup.x + workgroup.y * groups.x) * 8u;
  if (column_start >= p.columns) { return; }
  let column = min(column_start + lane % 8u, p.columns - 1u);
  let base0 = min(0u, p.rows - 1u) * p.depth;
  var sum0 = 0.0;
  let base1 = min(1u, p.rows - 1u) * p.depth;
  var sum1 = 0.0;
  let base2 = min(2u, p.rows - 1u) * p.depth;
  var sum2 = 0.0;
  let base3 = min(3u, p.rows - 1u) * p.depth;
  var sum3 = 0.0;
  let base4 = min(4u, p.rows - 1u) * p.depth;
  var sum4 = 0.0;
  let base5 = min(5u, p.rows - 1u) * p.depth;
  var sum5 = 0.0;
  let base6 = min(6u, p.rows - 1u) * p.depth;
  var sum6 = 0.0;
  let base7 = min(7u, p.rows - 1u) * p.depth;
  var sum7 = 0.0;
  let base8 = min(8u, p.rows - 1u) * p.depth;
  var sum8 = 0.0;
  let base9 = min(9u, p.rows - 1u) * p.depth;
  var sum9 = 0.0;
  let base10 = min(10u, p.rows - 1u) * p.depth;
  var sum10 = 0.0;
  let base11 = min(11u, p.rows - 1u) * p.depth;
  var sum11 = 0.0;
  let base12 = min(12u, p.rows - 1u) * p.depth;
  var sum12 = 0.0;
  let base13 = min(13u, p.rows - 1u) * p.depth;
  var sum13 = 0.0;
  let base14 = min(14u, p.rows - 1u) * p.depth;
  var sum14 = 0.0;
  let base15 = min(15u, p.rows - 1u) * p.depth;
  var sum15 = 0.0;
  for (var word = lane / 8u; word * 8u < p.depth; word += 16u) {
    let scale_at = word / p.block_words * p.columns + column;
    let scale = in2[scale_at];
    let zero = 8.0;
    var codes = in1[word * p.columns + column];
    for (var term = word * 8u; term < min((word + 1u) * 8u, p.depth); term++) {
      let weight = (f32(codes & 15u) - zero) * scale;
      codes = codes >> 4u;
      sum0 = fma(in0[base0 + term], weight, sum0);
      sum1 = fma(in0[base1 + term], weight, sum1);
      sum2 = fma(in0[base2 + term], weight, sum2);
      sum3 = fma(in0[base3 + term], weight, sum3);
      sum4 = fma(in0[base4 + term], weight, sum4);
      sum5 = fma(in0[base5 + term], weight, sum5);
      sum6 = fma(in0[base6 + term], weight, sum6);
      sum7 = fma(in0[base7 + term], weight, sum7);
      sum8 = fma(in0[base8 + term], weight, sum8);
      sum9 = fma(in0[base9 + term], weight, sum9);
      sum10 = fma(in0[base10 + term], weight, sum10);
      sum11 = fma(in0[base11 + term], weight, sum11);
      sum12 = fma(in0[base12 + term], weight, sum12);
      sum13 = fma(in0[base13 + term], weight, sum13);
      sum14 = fma(in0[base14 + term], weight, sum14);
      sum15 = fma(in0[base15 + term], weight, sum15);
    }
  }
  sums[0u + lane] = sum0;
  sums[128u + lane] = sum1;
  sums[256u + lane] = sum2;
  sums[384u + lane] = sum3;
  sums[512u + lane] = sum4;
  sums[640u + lane] = sum5;
  sums[768u + lane] = sum6;
  sums[896u + lane] = sum7;
  sums[1024u + lane] = sum8;
  sums[1152u + lane] = sum9;
  sums[1280u + lane] = sum10;
  sums[1408u + lane] = sum11;
  sums[1536u + lane] = sum12;
  sums[1664u + lane] = sum13;
  sums[1792u + lane] = sum14;
  sums[1920u + lane] = sum15;
  workgroupBarrier();
  for (var each = lane; each < 128u; each += 128u) {
    let row = each / 8u;
    let output_column = column_start + each % 8u;
    var sum = 0.0;
    for (var part = 0u; part < 16u; part++) { sum += sums[row * 128u + part * 8u + each % 8u]; }
    if (row < p.rows && output_column < p.columns) {
      let at = row * p.columns + output_column;
      out0[at] = epilogue(sum, at, row, output_column);
    }
  }
}

// software register tile, 4 bits, 5 bindings: matmul_nbits_8x4_851c350d
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> in2: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> in3: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, blocks: u32, block_words: u32, words: u32 }
@group(0) @binding(5) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

fn load_terms(at: u32, k: u32) -> vec4f {
  return select(vec4f(), in0[(at + k) / 4u], k < p.depth);
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let row = tile / p.column_tiles * 8u;
  if (row >= p.rows) { return; }
  let column = tile % p.column_tiles * 32u + lane * 4u;
  let inside = min(column, p.columns - 4u);
let row_base0 = min(row + 0u, p.rows - 1u) * p.depth;
let row_base1 = min(row + 1u, p.rows - 1u) * p.depth;
let row_base2 = min(row + 2u, p.rows - 1u) * p.depth;
let row_base3 = min(row + 3u, p.rows - 1u) * p.depth;
let row_base4 = min(row + 4u, p.rows - 1u) * p.depth;
let row_base5 = min(row + 5u, p.rows - 1u) * p.depth;
let row_base6 = min(row + 6u, p.rows - 1u) * p.depth;
let row_base7 = min(row + 7u, p.rows - 1u) * p.depth;
var sum0 = vec4f();
var sum1 = vec4f();
var sum2 = vec4f();
var sum3 = vec4f();
var sum4 = vec4f();
var sum5 = vec4f();
var sum6 = vec4f();
var sum7 = vec4f();
  for (var block = 0u; block < p.blocks; block++) {
    let scales = vec4f(in2[(block * p.columns + inside) / 4u]);
    let zeros = vec4f(in3[(block * p.columns + inside) / 4u]);
    let end = min((block + 1u) * p.block_words, p.words);
    for (var word = block * p.block_words; word < end; word++) {
      let words = in1[(word * p.columns + inside) / 4u];
      for (var shift = 0u; shift < 32u; shift += 16u) {
        let k = word * 8u + shift / 4u;
let row0 = load_terms(row_base0, k);
let row1 = load_terms(row_base1, k);
let row2 = load_terms(row_base2, k);
let row3 = load_terms(row_base3, k);
let row4 = load_terms(row_base4, k);
let row5 = load_terms(row_base5, k);
let row6 = load_terms(row_base6, k);
let row7 = load_terms(row_base7, k);
let columns0 = (vec4f((words >> vec4u(shift + 0u)) & vec4u(15u)) - zeros) * scales;
let columns1 = (vec4f((words >> vec4u(shift + 4u)) & vec4u(15u)) - zeros) * scales;
let columns2 = (vec4f((words >> vec4u(shift + 8u)) & vec4u(15u)) - zeros) * scales;
let columns3 = (vec4f((words >> vec4u(shift + 12u)) & vec4u(15u)) - zeros) * scales;
let terms0 = row0;
sum0 = fma(vec4f(terms0[3]), columns3, fma(vec4f(terms0[2]), columns2, fma(vec4f(terms0[1]), columns1, fma(vec4f(terms0[0]), columns0, sum0))));
let terms1 = row1;
sum1 = fma(vec4f(terms1[3]), columns3, fma(vec4f(terms1[2]), columns2, fma(vec4f(terms1[1]), columns1, fma(vec4f(terms1[0]), columns0, sum1))));
let terms2 = row2;
sum2 = fma(vec4f(terms2[3]), columns3, fma(vec4f(terms2[2]), columns2, fma(vec4f(terms2[1]), columns1, fma(vec4f(terms2[0]), columns0, sum2))));
let terms3 = row3;
sum3 = fma(vec4f(terms3[3]), columns3, fma(vec4f(terms3[2]), columns2, fma(vec4f(terms3[1]), columns1, fma(vec4f(terms3[0]), columns0, sum3))));
let terms4 = row4;
sum4 = fma(vec4f(terms4[3]), columns3, fma(vec4f(terms4[2]), columns2, fma(vec4f(terms4[1]), columns1, fma(vec4f(terms4[0]), columns0, sum4))));
let terms5 = row5;
sum5 = fma(vec4f(terms5[3]), columns3, fma(vec4f(terms5[2]), columns2, fma(vec4f(terms5[1]), columns1, fma(vec4f(terms5[0]), columns0, sum5))));
let terms6 = row6;
sum6 = fma(vec4f(terms6[3]), columns3, fma(vec4f(terms6[2]), columns2, fma(vec4f(terms6[1]), columns1, fma(vec4f(terms6[0]), columns0, sum6))));
let terms7 = row7;
sum7 = fma(vec4f(terms7[3]), columns3, fma(vec4f(terms7[2]), columns2, fma(vec4f(terms7[1]), columns1, fma(vec4f(terms7[0]), columns0, sum7))));
      }
    }
  }
let end_row = min(row + 8u, p.rows - 1u + 1u);
let end_column = min(column + 4u, p.columns);
for (var output_row = row; output_row < end_row; output_row++) {
var part = 0u;
for (var output_column = column; output_column < end_column; output_column += 1u) {
let at = output_row * p.columns + output_column;
out0[at] = epilogue(sum0[part], at, output_row, output_column);
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

// hardware tiled 32x16, 4 bits, 5 bindings: matmul_nbits4_32x16_8fec9142
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> in2: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> in3: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, block_size: u32 }
@group(0) @binding(5) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> row_tile: array<array<vec4f, 9>, 64>;
var<workgroup> column_tile: array<array<vec4f, 5>, 64>;

fn load_row(row: u32, term: u32) -> vec4f {
  return select(vec4f(), in0[(row * p.depth + term) / 4u], row < p.rows && term < p.depth);
}

fn load_columns(column: u32, term: u32) -> vec4f {
  let words = in1[(term / 8u * p.columns + column) / 4u];
  let scale_at = (term / p.block_size * p.columns + column) / 4u;
  let codes = vec4f((words >> vec4u(term % 8u * 4u)) & vec4u(15u));
  let weights = (codes - in3[scale_at]) * in2[scale_at];
  return select(vec4f(), weights, column < p.columns && term < p.depth);
}

fn store(row: u32, column: u32, sum: f32) {
  if (row >= p.rows || column >= p.columns) { return; }
  let at = row * p.columns + column;
  out0[at] = epilogue(sum, at, row, column);
}

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let batch = tile / (p.column_tiles * p.row_tiles);
  if (batch >= 1u) { return; }
  let row_start = tile / p.column_tiles % p.row_tiles * 32u;
  let column_start = tile % p.column_tiles * 16u;
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
  for (var first = 0u; first < p.depth; first += 64u) {
    let start = first + slice * 8u;
    let row_terms0 = load_row(row_index0, start + row_term0);
    row_tile[slice_line + row_term0 + 0u][row_own0 / 4u][row_own0 % 4u] = row_terms0[0];
    row_tile[slice_line + row_term0 + 1u][row_own0 / 4u][row_own0 % 4u] = row_terms0[1];
    row_tile[slice_line + row_term0 + 2u][row_own0 / 4u][row_own0 % 4u] = row_terms0[2];
    row_tile[slice_line + row_term0 + 3u][row_own0 / 4u][row_own0 % 4u] = row_terms0[3];
    let row_terms1 = load_row(row_index1, start + row_term1);
    row_tile[slice_line + row_term1 + 0u][row_own1 / 4u][row_own1 % 4u] = row_terms1[0];
    row_tile[slice_line + row_term1 + 1u][row_own1 / 4u][row_own1 % 4u] = row_terms1[1];
    row_tile[slice_line + row_term1 + 2u][row_own1 / 4u][row_own1 % 4u] = row_terms1[2];
    row_tile[slice_line + row_term1 + 3u][row_own1 / 4u][row_own1 % 4u] = row_terms1[3];
    column_tile[slice_line + column_term0][column_own0 / 4u] = load_columns(column_index0, start + column_term0);
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
  store(row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 0u, sum0[0]);
  store(row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 1u, sum0[1]);
  store(row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 2u, sum0[2]);
  store(row_start + lane_row * 4u + 0u, column_start + lane_column * 4u + 3u, sum0[3]);
  store(row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 0u, sum1[0]);
  store(row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 1u, sum1[1]);
  store(row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 2u, sum1[2]);
  store(row_start + lane_row * 4u + 1u, column_start + lane_column * 4u + 3u, sum1[3]);
  store(row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 0u, sum2[0]);
  store(row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 1u, sum2[1]);
  store(row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 2u, sum2[2]);
  store(row_start + lane_row * 4u + 2u, column_start + lane_column * 4u + 3u, sum2[3]);
  store(row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 0u, sum3[0]);
  store(row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 1u, sum3[1]);
  store(row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 2u, sum3[2]);
  store(row_start + lane_row * 4u + 3u, column_start + lane_column * 4u + 3u, sum3[3]);
}

// hardware skinny, 1 rows, 4 bits, 4 bindings: matmul_nbits_skinny1_2713c9b5
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<u32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, block_words: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> sums: array<f32, 256>;

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column_start = (workgroup.x + workgroup.y * groups.x) * 8u;
  if (column_start >= p.columns) { return; }
  let column = min(column_start + lane % 8u, p.columns - 1u);
  let base0 = min(0u, p.rows - 1u) * p.depth;
  var sum0 = 0.0;
  for (var word = lane / 8u; word * 8u < p.depth; word += 32u) {
    let scale_at = word / p.block_words * p.columns + column;
    let scale = in2[scale_at];
    let zero = 8.0;
    var codes = in1[word * p.columns + column];
    for (var term = word * 8u; term < min((word + 1u) * 8u, p.depth); term++) {
      let weight = (f32(codes & 15u) - zero) * scale;
      codes = codes >> 4u;
      sum0 = fma(in0[base0 + term], weight, sum0);
    }
  }
  sums[0u + lane] = sum0;
  workgroupBarrier();
  for (var each = lane; each < 8u; each += 256u) {
    let row = each / 8u;
    let output_column = column_start + each % 8u;
    var sum = 0.0;
    for (var part = 0u; part < 32u; part++) { sum += sums[row * 256u + part * 8u + each % 8u]; }
    if (row < p.rows && output_column < p.columns) {
      let at = row * p.columns + output_column;
      out0[at] = epilogue(sum, at, row, output_column);
    }
  }
}

// hardware skinny, 4 rows, 4 bits, 5 bindings: matmul_nbits_skinny4_add_80483179
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<u32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read> in4: array<f32>;
@group(0) @binding(4) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, block_words: u32 }
@group(0) @binding(5) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  let e_in1: f32 = in4[column];
  let e0: f32 = (accumulator + e_in1);
  return e0;
}

var<workgroup> sums: array<f32, 1024>;

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column_start = (workgroup.x + workgroup.y * groups.x) * 8u;
  if (column_start >= p.columns) { return; }
  let column = min(column_start + lane % 8u, p.columns - 1u);
  let base0 = min(0u, p.rows - 1u) * p.depth;
  var sum0 = 0.0;
  let base1 = min(1u, p.rows - 1u) * p.depth;
  var sum1 = 0.0;
  let base2 = min(2u, p.rows - 1u) * p.depth;
  var sum2 = 0.0;
  let base3 = min(3u, p.rows - 1u) * p.depth;
  var sum3 = 0.0;
  for (var word = lane / 8u; word * 8u < p.depth; word += 32u) {
    let scale_at = word / p.block_words * p.columns + column;
    let scale = in2[scale_at];
    let zero = 8.0;
    var codes = in1[word * p.columns + column];
    for (var term = word * 8u; term < min((word + 1u) * 8u, p.depth); term++) {
      let weight = (f32(codes & 15u) - zero) * scale;
      codes = codes >> 4u;
      sum0 = fma(in0[base0 + term], weight, sum0);
      sum1 = fma(in0[base1 + term], weight, sum1);
      sum2 = fma(in0[base2 + term], weight, sum2);
      sum3 = fma(in0[base3 + term], weight, sum3);
    }
  }
  sums[0u + lane] = sum0;
  sums[256u + lane] = sum1;
  sums[512u + lane] = sum2;
  sums[768u + lane] = sum3;
  workgroupBarrier();
  for (var each = lane; each < 32u; each += 256u) {
    let row = each / 8u;
    let output_column = column_start + each % 8u;
    var sum = 0.0;
    for (var part = 0u; part < 32u; part++) { sum += sums[row * 256u + part * 8u + each % 8u]; }
    if (row < p.rows && output_column < p.columns) {
      let at = row * p.columns + output_column;
      out0[at] = epilogue(sum, at, row, output_column);
    }
  }
}

// software register tile, 8 bits, 5 bindings: matmul_nbits_8x4_c9467b03
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> in2: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> in3: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, row_tiles: u32, column_tiles: u32, blocks: u32, block_words: u32, words: u32 }
@group(0) @binding(5) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

fn load_terms(at: u32, k: u32) -> vec4f {
  return select(vec4f(), in0[(at + k) / 4u], k < p.depth);
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = workgroup.x + workgroup.y * groups.x;
  let row = tile / p.column_tiles * 8u;
  if (row >= p.rows) { return; }
  let column = tile % p.column_tiles * 32u + lane * 4u;
  let inside = min(column, p.columns - 4u);
let row_base0 = min(row + 0u, p.rows - 1u) * p.depth;
let row_base1 = min(row + 1u, p.rows - 1u) * p.depth;
let row_base2 = min(row + 2u, p.rows - 1u) * p.depth;
let row_base3 = min(row + 3u, p.rows - 1u) * p.depth;
let row_base4 = min(row + 4u, p.rows - 1u) * p.depth;
let row_base5 = min(row + 5u, p.rows - 1u) * p.depth;
let row_base6 = min(row + 6u, p.rows - 1u) * p.depth;
let row_base7 = min(row + 7u, p.rows - 1u) * p.depth;
var sum0 = vec4f();
var sum1 = vec4f();
var sum2 = vec4f();
var sum3 = vec4f();
var sum4 = vec4f();
var sum5 = vec4f();
var sum6 = vec4f();
var sum7 = vec4f();
  for (var block = 0u; block < p.blocks; block++) {
    let scales = vec4f(in2[(block * p.columns + inside) / 4u]);
    let zeros = vec4f(in3[(block * p.columns + inside) / 4u]);
    let end = min((block + 1u) * p.block_words, p.words);
    for (var word = block * p.block_words; word < end; word++) {
      let words = in1[(word * p.columns + inside) / 4u];
      for (var shift = 0u; shift < 32u; shift += 32u) {
        let k = word * 4u + shift / 8u;
let row0 = load_terms(row_base0, k);
let row1 = load_terms(row_base1, k);
let row2 = load_terms(row_base2, k);
let row3 = load_terms(row_base3, k);
let row4 = load_terms(row_base4, k);
let row5 = load_terms(row_base5, k);
let row6 = load_terms(row_base6, k);
let row7 = load_terms(row_base7, k);
let columns0 = (vec4f((words >> vec4u(shift + 0u)) & vec4u(255u)) - zeros) * scales;
let columns1 = (vec4f((words >> vec4u(shift + 8u)) & vec4u(255u)) - zeros) * scales;
let columns2 = (vec4f((words >> vec4u(shift + 16u)) & vec4u(255u)) - zeros) * scales;
let columns3 = (vec4f((words >> vec4u(shift + 24u)) & vec4u(255u)) - zeros) * scales;
let terms0 = row0;
sum0 = fma(vec4f(terms0[3]), columns3, fma(vec4f(terms0[2]), columns2, fma(vec4f(terms0[1]), columns1, fma(vec4f(terms0[0]), columns0, sum0))));
let terms1 = row1;
sum1 = fma(vec4f(terms1[3]), columns3, fma(vec4f(terms1[2]), columns2, fma(vec4f(terms1[1]), columns1, fma(vec4f(terms1[0]), columns0, sum1))));
let terms2 = row2;
sum2 = fma(vec4f(terms2[3]), columns3, fma(vec4f(terms2[2]), columns2, fma(vec4f(terms2[1]), columns1, fma(vec4f(terms2[0]), columns0, sum2))));
let terms3 = row3;
sum3 = fma(vec4f(terms3[3]), columns3, fma(vec4f(terms3[2]), columns2, fma(vec4f(terms3[1]), columns1, fma(vec4f(terms3[0]), columns0, sum3))));
let terms4 = row4;
sum4 = fma(vec4f(terms4[3]), columns3, fma(vec4f(terms4[2]), columns2, fma(vec4f(terms4[1]), columns1, fma(vec4f(terms4[0]), columns0, sum4))));
let terms5 = row5;
sum5 = fma(vec4f(terms5[3]), columns3, fma(vec4f(terms5[2]), columns2, fma(vec4f(terms5[1]), columns1, fma(vec4f(terms5[0]), columns0, sum5))));
let terms6 = row6;
sum6 = fma(vec4f(terms6[3]), columns3, fma(vec4f(terms6[2]), columns2, fma(vec4f(terms6[1]), columns1, fma(vec4f(terms6[0]), columns0, sum6))));
let terms7 = row7;
sum7 = fma(vec4f(terms7[3]), columns3, fma(vec4f(terms7[2]), columns2, fma(vec4f(terms7[1]), columns1, fma(vec4f(terms7[0]), columns0, sum7))));
      }
    }
  }
let end_row = min(row + 8u, p.rows - 1u + 1u);
let end_column = min(column + 4u, p.columns);
for (var output_row = row; output_row < end_row; output_row++) {
var part = 0u;
for (var output_column = column; output_column < end_column; output_column += 1u) {
let at = output_row * p.columns + output_column;
out0[at] = epilogue(sum0[part], at, output_row, output_column);
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

// hardware skinny, 8 rows, 8 bits, 5 bindings: matmul_nbits_skinny8_20501d1f
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<u32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read> in3: array<f32>;
@group(0) @binding(4) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, depth: u32, block_words: u32 }
@group(0) @binding(5) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f32 {
  return accumulator;
}

var<workgroup> sums: array<f32, 2048>;

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column_start = (workgroup.x + workgroup.y * groups.x) * 8u;
  if (column_start >= p.columns) { return; }
  let column = min(column_start + lane % 8u, p.columns - 1u);
  let base0 = min(0u, p.rows - 1u) * p.depth;
  var sum0 = 0.0;
  let base1 = min(1u, p.rows - 1u) * p.depth;
  var sum1 = 0.0;
  let base2 = min(2u, p.rows - 1u) * p.depth;
  var sum2 = 0.0;
  let base3 = min(3u, p.rows - 1u) * p.depth;
  var sum3 = 0.0;
  let base4 = min(4u, p.rows - 1u) * p.depth;
  var sum4 = 0.0;
  let base5 = min(5u, p.rows - 1u) * p.depth;
  var sum5 = 0.0;
  let base6 = min(6u, p.rows - 1u) * p.depth;
  var sum6 = 0.0;
  let base7 = min(7u, p.rows - 1u) * p.depth;
  var sum7 = 0.0;
  for (var word = lane / 8u; word * 4u < p.depth; word += 32u) {
    let scale_at = word / p.block_words * p.columns + column;
    let scale = in2[scale_at];
    let zero = in3[scale_at];
    var codes = in1[word * p.columns + column];
    for (var term = word * 4u; term < min((word + 1u) * 4u, p.depth); term++) {
      let weight = (f32(codes & 255u) - zero) * scale;
      codes = codes >> 8u;
      sum0 = fma(in0[base0 + term], weight, sum0);
      sum1 = fma(in0[base1 + term], weight, sum1);
      sum2 = fma(in0[base2 + term], weight, sum2);
      sum3 = fma(in0[base3 + term], weight, sum3);
      sum4 = fma(in0[base4 + term], weight, sum4);
      sum5 = fma(in0[base5 + term], weight, sum5);
      sum6 = fma(in0[base6 + term], weight, sum6);
      sum7 = fma(in0[base7 + term], weight, sum7);
    }
  }
  sums[0u + lane] = sum0;
  sums[256u + lane] = sum1;
  sums[512u + lane] = sum2;
  sums[768u + lane] = sum3;
  sums[1024u + lane] = sum4;
  sums[1280u + lane] = sum5;
  sums[1536u + lane] = sum6;
  sums[1792u + lane] = sum7;
  workgroupBarrier();
  for (var each = lane; each < 64u; each += 256u) {
    let row = each / 8u;
    let output_column = column_start + each % 8u;
    var sum = 0.0;
    for (var part = 0u; part < 32u; part++) { sum += sums[row * 256u + part * 8u + each % 8u]; }
    if (row < p.rows && output_column < p.columns) {
      let at = row * p.columns + output_column;
      out0[at] = epilogue(sum, at, row, output_column);
    }
  }
}

// hardware skinny, 8 rows, 4 bits, 4 bindings: matmul_nbits_skinny8_1878cabc
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read> in1: array<u32>;
@group(0) @binding(2) var<storage, read> in2: array<f16>;
@group(0) @binding(3) var<storage, read_write> out0: array<f16>;
struct Params { rows: u32, columns: u32, depth: u32, block_words: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32, row: u32, column: u32) -> f16 {
  return f16(accumulator);
}

var<workgroup> sums: array<f32, 2048>;

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column_start = (workgroup.x + workgroup.y * groups.x) * 8u;
  if (column_start >= p.columns) { return; }
  let column = min(column_start + lane % 8u, p.columns - 1u);
  let base0 = min(0u, p.rows - 1u) * p.depth;
  var sum0 = 0.0;
  let base1 = min(1u, p.rows - 1u) * p.depth;
  var sum1 = 0.0;
  let base2 = min(2u, p.rows - 1u) * p.depth;
  var sum2 = 0.0;
  let base3 = min(3u, p.rows - 1u) * p.depth;
  var sum3 = 0.0;
  let base4 = min(4u, p.rows - 1u) * p.depth;
  var sum4 = 0.0;
  let base5 = min(5u, p.rows - 1u) * p.depth;
  var sum5 = 0.0;
  let base6 = min(6u, p.rows - 1u) * p.depth;
  var sum6 = 0.0;
  let base7 = min(7u, p.rows - 1u) * p.depth;
  var sum7 = 0.0;
  for (var word = lane / 8u; word * 8u < p.depth; word += 32u) {
    let scale_at = word / p.block_words * p.columns + column;
    let scale = f32(in2[scale_at]);
    let zero = 8.0;
    var codes = in1[word * p.columns + column];
    for (var term = word * 8u; term < min((word + 1u) * 8u, p.depth); term++) {
      let weight = (f32(codes & 15u) - zero) * scale;
      codes = codes >> 4u;
      sum0 = fma(f32(in0[base0 + term]), weight, sum0);
      sum1 = fma(f32(in0[base1 + term]), weight, sum1);
      sum2 = fma(f32(in0[base2 + term]), weight, sum2);
      sum3 = fma(f32(in0[base3 + term]), weight, sum3);
      sum4 = fma(f32(in0[base4 + term]), weight, sum4);
      sum5 = fma(f32(in0[base5 + term]), weight, sum5);
      sum6 = fma(f32(in0[base6 + term]), weight, sum6);
      sum7 = fma(f32(in0[base7 + term]), weight, sum7);
    }
  }
  sums[0u + lane] = sum0;
  sums[256u + lane] = sum1;
  sums[512u + lane] = sum2;
  sums[768u + lane] = sum3;
  sums[1024u + lane] = sum4;
  sums[1280u + lane] = sum5;
  sums[1536u + lane] = sum6;
  sums[1792u + lane] = sum7;
  workgroupBarrier();
  for (var each = lane; each < 64u; each += 256u) {
    let row = each / 8u;
    let output_column = column_start + each % 8u;
    var sum = 0.0;
    for (var part = 0u; part < 32u; part++) { sum += sums[row * 256u + part * 8u + each % 8u]; }
    if (row < p.rows && output_column < p.columns) {
      let at = row * p.columns + output_column;
      out0[at] = epilogue(sum, at, row, output_column);
    }
  }
}

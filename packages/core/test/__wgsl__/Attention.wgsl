// software attention in two products, 5 bindings: attention_scores_5878b370
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in3: array<f32>;
@group(0) @binding(3) var<storage, read_write> scores: array<f32>;
@group(0) @binding(4) var<storage, read_write> sums: array<f32>;
struct Params { scale: f32, hidden: i32, pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, size: u32, q_offset: u32, q_batch: u32, q_head: u32, q_row: u32, k_offset: u32, k_batch: u32, k_head: u32, k_row: u32, bias_batch: u32, bias_head: u32, bias_row: u32, bias_column: u32, blocks: u32, block_rows: u32, block_columns: u32 }
@group(0) @binding(5) var<uniform> p: Params;
@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = workgroup.x + workgroup.y * groups.x;
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (item % p.blocks) * 32u + lane;
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;
  let bias_at = b * p.bias_batch + h * p.bias_head;
  let scores_at = pair * p.keys * p.queries;
  let rows = min(vec4u(first + 0u, first + 8u, first + 16u, first + 24u), vec4u(p.queries - 1u));
  let q_rows = q_at + rows * p.q_row;
  var largest = array<f32, 4>(-3.4028234e38, -3.4028234e38, -3.4028234e38, -3.4028234e38);
  for (var t = 0u; t < p.keys; t += 8u) {
let k0_at = k_at + min(t + 0u, p.keys - 1u) * p.k_row;
let k1_at = k_at + min(t + 1u, p.keys - 1u) * p.k_row;
let k2_at = k_at + min(t + 2u, p.keys - 1u) * p.k_row;
let k3_at = k_at + min(t + 3u, p.keys - 1u) * p.k_row;
let k4_at = k_at + min(t + 4u, p.keys - 1u) * p.k_row;
let k5_at = k_at + min(t + 5u, p.keys - 1u) * p.k_row;
let k6_at = k_at + min(t + 6u, p.keys - 1u) * p.k_row;
let k7_at = k_at + min(t + 7u, p.keys - 1u) * p.k_row;
var s0 = vec4f();
var s1 = vec4f();
var s2 = vec4f();
var s3 = vec4f();
var s4 = vec4f();
var s5 = vec4f();
var s6 = vec4f();
var s7 = vec4f();
    for (var d = 0u; d < p.size; d++) {
      let qs = vec4f(in0[q_rows.x + d], in0[q_rows.y + d], in0[q_rows.z + d], in0[q_rows.w + d]);
let k0 = in1[k0_at + d];
let k1 = in1[k1_at + d];
let k2 = in1[k2_at + d];
let k3 = in1[k3_at + d];
let k4 = in1[k4_at + d];
let k5 = in1[k5_at + d];
let k6 = in1[k6_at + d];
let k7 = in1[k7_at + d];
s0 += qs * k0;
s1 += qs * k1;
s2 += qs * k2;
s3 += qs * k3;
s4 += qs * k4;
s5 += qs * k5;
s6 += qs * k6;
s7 += qs * k7;
    }
    var block = array<vec4f, 8>(s0, s1, s2, s3, s4, s5, s6, s7);
    for (var r = 0u; r < p.block_rows; r++) {
      let row = first + r * 8u;
      if (row >= p.queries) { break; }
      for (var c = 0u; c < p.block_columns; c++) {
        if (t + c >= p.keys) { break; }
        let score = select(-3.4028234e38, block[c][r] * p.scale + in3[bias_at + row * p.bias_row + (t + c) * p.bias_column], i32(t + c) <= i32(row) + p.hidden);
        largest[r] = max(largest[r], score);
        scores[scores_at + (t + c) * p.queries + row] = score;
      }
    }
  }
  for (var r = 0u; r < p.block_rows; r++) {
    let row = first + r * 8u;
    if (row >= p.queries) { break; }
    let most = largest[r];
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row;
      let weight = select(0.0, exp(scores[at] - most), i32(t) <= i32(row) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row] = sum;
  }
}

// software attention in two products, dispatch 2, 4 bindings: attention_product_7614276b
@group(0) @binding(0) var<storage, read> scores: array<f32>;
@group(0) @binding(1) var<storage, read> sums: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, value_size: u32, v_offset: u32, v_batch: u32, v_head: u32, v_row: u32, out_batch: u32, out_head: u32, out_row: u32, blocks: u32, block_rows: u32, block_columns: u32, column_blocks: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = workgroup.x + workgroup.y * groups.x;
  let column = (item % p.column_blocks) * 8u;
  let rest = item / p.column_blocks;
  let pair = rest / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (rest % p.blocks) * 32u + lane;
  let v_at = p.v_offset + b * p.v_batch + (h / p.group) * p.v_head;
let v0_at = v_at + min(column + 0u, p.value_size - 1u);
let v1_at = v_at + min(column + 1u, p.value_size - 1u);
let v2_at = v_at + min(column + 2u, p.value_size - 1u);
let v3_at = v_at + min(column + 3u, p.value_size - 1u);
let v4_at = v_at + min(column + 4u, p.value_size - 1u);
let v5_at = v_at + min(column + 5u, p.value_size - 1u);
let v6_at = v_at + min(column + 6u, p.value_size - 1u);
let v7_at = v_at + min(column + 7u, p.value_size - 1u);
  let rows = min(vec4u(first + 0u, first + 8u, first + 16u, first + 24u), vec4u(p.queries - 1u));
  var at = pair * p.keys * p.queries + rows;
  var v_row = 0u;
var y0 = vec4f();
var y1 = vec4f();
var y2 = vec4f();
var y3 = vec4f();
var y4 = vec4f();
var y5 = vec4f();
var y6 = vec4f();
var y7 = vec4f();
  for (var t = 0u; t < p.keys; t++) {
    let weights = vec4f(scores[at.x], scores[at.y], scores[at.z], scores[at.w]);
let v0 = in2[v0_at + v_row];
let v1 = in2[v1_at + v_row];
let v2 = in2[v2_at + v_row];
let v3 = in2[v3_at + v_row];
let v4 = in2[v4_at + v_row];
let v5 = in2[v5_at + v_row];
let v6 = in2[v6_at + v_row];
let v7 = in2[v7_at + v_row];
y0 += weights * v0;
y1 += weights * v1;
y2 += weights * v2;
y3 += weights * v3;
y4 += weights * v4;
y5 += weights * v5;
y6 += weights * v6;
y7 += weights * v7;
    at += vec4u(p.queries);
    v_row += p.v_row;
  }
  var block = array<vec4f, 8>(y0, y1, y2, y3, y4, y5, y6, y7);
  for (var r = 0u; r < p.block_rows; r++) {
    let row = first + r * 8u;
    if (row >= p.queries) { break; }
    let sum = sums[pair * p.queries + row];
    let inverse = select(0.0, 1.0 / sum, sum > 0.0);
    let to = b * p.out_batch + h * p.out_head + row * p.out_row + column;
    for (var c = 0u; c < p.block_columns; c++) {
      if (column + c >= p.value_size) { break; }
      out0[to + c] = (block[c][r] * inverse);
    }
  }
}

// hardware flash attention, 5 bindings: attention_flash_0563cf16
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> in2: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> in3: array<f32>;
@group(0) @binding(4) var<storage, read_write> out0: array<f32>;
struct Params { scale: f32, hidden: i32, pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, size: u32, value_size: u32, q_offset: u32, q_batch: u32, q_head: u32, q_row: u32, k_offset: u32, k_batch: u32, k_head: u32, k_row: u32, v_offset: u32, v_batch: u32, v_head: u32, v_row: u32, bias_batch: u32, bias_head: u32, bias_row: u32, bias_column: u32, out_batch: u32, out_head: u32, out_row: u32, blocks: u32 }
@group(0) @binding(5) var<uniform> p: Params;
var<workgroup> memory: array<vec4f, 1024>;

@compute @workgroup_size(256, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = workgroup.x + workgroup.y * groups.x;
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let slice = lane / 64u;
  let own = lane % 64u;
  let first = (item % p.blocks) * 64u;
  let row = first + own;
  let inside = min(row, p.queries - 1u);
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head + inside * p.q_row;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;
  let v_at = p.v_offset + b * p.v_batch + (h / p.group) * p.v_head;
  let bias_at = b * p.bias_batch + h * p.bias_head + inside * p.bias_row;
  let keys_at = slice * 32u;
  let values_at = 128u + slice * 64u;
  let q0 = in0[(q_at + 0u) / 4u] * p.scale;
  var y0 = vec4f();
  var y1 = vec4f();
  var largest = -3.4028234e38;
  var sum = 0.0;
  let seen = p.keys;
  for (var round = 0u; round < seen; round += 128u) {
    let start = min(round + slice * 32u, seen);
    let count = min(32u, seen - start);
    workgroupBarrier();
    for (var i = own; i < count * 1u; i += 64u) {
      memory[keys_at + i] = in1[(k_at + (start + i / 1u) * p.k_row + (i % 1u) * 4u) / 4u];
    }
    for (var i = own; i < count * 2u; i += 64u) {
      memory[values_at + i] = in2[(v_at + (start + i / 2u) * p.v_row + (i % 2u) * 4u) / 4u];
    }
    workgroupBarrier();
    for (var j = 0u; j < count; j++) {
      let t = start + j;
      let key = keys_at + j * 1u;
      let value = values_at + j * 2u;
      // Four sums side by side wait less for each other than one.
      var sums = q0 * memory[key];
      
      let score = sums.x + sums.y + sums.z + sums.w + in3[bias_at + t * p.bias_column];
      if (score > largest) {
        let shrink = exp(largest - score);
        largest = score;
        sum *= shrink;
        y0 *= shrink; y1 *= shrink;
      }
      let weight = exp(score - largest);
      sum += weight;
      y0 += weight * memory[value + 0u];
      y1 += weight * memory[value + 1u];
    }
  }
  let to = b * p.out_batch + h * p.out_head + row * p.out_row;
  workgroupBarrier();
  memory[lane] = vec4f(largest, sum, 0.0, 0.0);
  workgroupBarrier();
  let part0 = memory[own + 0u];
  let part1 = memory[own + 64u];
  let part2 = memory[own + 128u];
  let part3 = memory[own + 192u];
  let most = max(max(max(part0.x, part1.x), part2.x), part3.x);
  let total = part0.y * exp(part0.x - most) + part1.y * exp(part1.x - most) + part2.y * exp(part2.x - most) + part3.y * exp(part3.x - most);
  let factor = select(0.0, exp(largest - most) / total, total > 0.0);
  workgroupBarrier();
  memory[(0u * 4u + slice) * 64u + own] = y0 * factor;
  memory[(1u * 4u + slice) * 64u + own] = y1 * factor;
  workgroupBarrier();
  if (slice < 2u && row < p.queries) {
    let at = slice * 256u + own;
    let quad = memory[at + 0u] + memory[at + 64u] + memory[at + 128u] + memory[at + 192u];
    out0[to + (slice + 0u) * 4u + 0u] = (quad).x; out0[to + (slice + 0u) * 4u + 1u] = (quad).y; out0[to + (slice + 0u) * 4u + 2u] = (quad).z; out0[to + (slice + 0u) * 4u + 3u] = (quad).w;
  }
}

// software attention in two products, 4 bindings: attention_scores_65305413
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read> in1: array<f16>;
@group(0) @binding(2) var<storage, read_write> scores: array<f32>;
@group(0) @binding(3) var<storage, read_write> sums: array<f32>;
struct Params { scale: f32, hidden: i32, pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, size: u32, q_offset: u32, q_batch: u32, q_head: u32, q_row: u32, k_offset: u32, k_batch: u32, k_head: u32, k_row: u32, blocks: u32, block_rows: u32, block_columns: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = workgroup.x + workgroup.y * groups.x;
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (item % p.blocks) * 32u + lane;
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;
  let scores_at = pair * p.keys * p.queries;
  let rows = min(vec4u(first + 0u, first + 8u, first + 16u, first + 24u), vec4u(p.queries - 1u));
  let q_rows = q_at + rows * p.q_row;
  var largest = array<f32, 4>(-3.4028234e38, -3.4028234e38, -3.4028234e38, -3.4028234e38);
  for (var t = 0u; t < p.keys; t += 8u) {
let k0_at = k_at + min(t + 0u, p.keys - 1u) * p.k_row;
let k1_at = k_at + min(t + 1u, p.keys - 1u) * p.k_row;
let k2_at = k_at + min(t + 2u, p.keys - 1u) * p.k_row;
let k3_at = k_at + min(t + 3u, p.keys - 1u) * p.k_row;
let k4_at = k_at + min(t + 4u, p.keys - 1u) * p.k_row;
let k5_at = k_at + min(t + 5u, p.keys - 1u) * p.k_row;
let k6_at = k_at + min(t + 6u, p.keys - 1u) * p.k_row;
let k7_at = k_at + min(t + 7u, p.keys - 1u) * p.k_row;
var s0 = vec4f();
var s1 = vec4f();
var s2 = vec4f();
var s3 = vec4f();
var s4 = vec4f();
var s5 = vec4f();
var s6 = vec4f();
var s7 = vec4f();
    for (var d = 0u; d < p.size; d++) {
      let qs = vec4f(f32(in0[q_rows.x + d]), f32(in0[q_rows.y + d]), f32(in0[q_rows.z + d]), f32(in0[q_rows.w + d]));
let k0 = f32(in1[k0_at + d]);
let k1 = f32(in1[k1_at + d]);
let k2 = f32(in1[k2_at + d]);
let k3 = f32(in1[k3_at + d]);
let k4 = f32(in1[k4_at + d]);
let k5 = f32(in1[k5_at + d]);
let k6 = f32(in1[k6_at + d]);
let k7 = f32(in1[k7_at + d]);
s0 += qs * k0;
s1 += qs * k1;
s2 += qs * k2;
s3 += qs * k3;
s4 += qs * k4;
s5 += qs * k5;
s6 += qs * k6;
s7 += qs * k7;
    }
    var block = array<vec4f, 8>(s0, s1, s2, s3, s4, s5, s6, s7);
    for (var r = 0u; r < p.block_rows; r++) {
      let row = first + r * 8u;
      if (row >= p.queries) { break; }
      for (var c = 0u; c < p.block_columns; c++) {
        if (t + c >= p.keys) { break; }
        let score = select(-3.4028234e38, block[c][r] * p.scale, i32(t + c) <= i32(row) + p.hidden);
        largest[r] = max(largest[r], score);
        scores[scores_at + (t + c) * p.queries + row] = score;
      }
    }
  }
  for (var r = 0u; r < p.block_rows; r++) {
    let row = first + r * 8u;
    if (row >= p.queries) { break; }
    let most = largest[r];
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row;
      let weight = select(0.0, exp(scores[at] - most), i32(t) <= i32(row) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row] = sum;
  }
}

// hardware flash attention, 4 bindings: attention_flash_5c332ce6
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<vec4<f16>>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<f16>>;
@group(0) @binding(2) var<storage, read> in2: array<vec4<f16>>;
@group(0) @binding(3) var<storage, read_write> out0: array<f16>;
struct Params { scale: f32, hidden: i32, pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, size: u32, value_size: u32, q_offset: u32, q_batch: u32, q_head: u32, q_row: u32, k_offset: u32, k_batch: u32, k_head: u32, k_row: u32, v_offset: u32, v_batch: u32, v_head: u32, v_row: u32, out_batch: u32, out_head: u32, out_row: u32, blocks: u32 }
@group(0) @binding(4) var<uniform> p: Params;
var<workgroup> memory: array<vec4f, 128>;

@compute @workgroup_size(32, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = workgroup.x + workgroup.y * groups.x;
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let slice = lane / 32u;
  let own = lane % 32u;
  let first = (item % p.blocks) * 32u;
  let row = first + own;
  let inside = min(row, p.queries - 1u);
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head + inside * p.q_row;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;
  let v_at = p.v_offset + b * p.v_batch + (h / p.group) * p.v_head;
  let keys_at = slice * 64u;
  let values_at = 64u + slice * 64u;
  let q0 = vec4f(in0[(q_at + 0u) / 4u]) * p.scale;
  let q1 = vec4f(in0[(q_at + 4u) / 4u]) * p.scale;
  var y0 = vec4f();
  var y1 = vec4f();
  var largest = -3.4028234e38;
  var sum = 0.0;
  let seen = u32(clamp(i32(first) + 32 + p.hidden, 0, i32(p.keys)));
  for (var round = 0u; round < seen; round += 32u) {
    let start = min(round + slice * 32u, seen);
    let count = min(32u, seen - start);
    workgroupBarrier();
    for (var i = own; i < count * 2u; i += 32u) {
      memory[keys_at + i] = vec4f(in1[(k_at + (start + i / 2u) * p.k_row + (i % 2u) * 4u) / 4u]);
    }
    for (var i = own; i < count * 2u; i += 32u) {
      memory[values_at + i] = vec4f(in2[(v_at + (start + i / 2u) * p.v_row + (i % 2u) * 4u) / 4u]);
    }
    workgroupBarrier();
    for (var j = 0u; j < count; j++) {
      let t = start + j;
      if (i32(t) > i32(row) + p.hidden) { break; }
      let key = keys_at + j * 2u;
      let value = values_at + j * 2u;
      // Four sums side by side wait less for each other than one.
      var sums = q0 * memory[key];
      sums = fma(q1, memory[key + 1u], sums);
      let score = sums.x + sums.y + sums.z + sums.w;
      if (score > largest) {
        let shrink = exp(largest - score);
        largest = score;
        sum *= shrink;
        y0 *= shrink; y1 *= shrink;
      }
      let weight = exp(score - largest);
      sum += weight;
      y0 += weight * memory[value + 0u];
      y1 += weight * memory[value + 1u];
    }
  }
  let to = b * p.out_batch + h * p.out_head + row * p.out_row;
  if (row >= p.queries) { return; }
  let inverse = select(0.0, 1.0 / sum, sum > 0.0);
  out0[to + 0u + 0u] = f16((y0 * inverse).x); out0[to + 0u + 1u] = f16((y0 * inverse).y); out0[to + 0u + 2u] = f16((y0 * inverse).z); out0[to + 0u + 3u] = f16((y0 * inverse).w);
  out0[to + 4u + 0u] = f16((y1 * inverse).x); out0[to + 4u + 1u] = f16((y1 * inverse).y); out0[to + 4u + 2u] = f16((y1 * inverse).z); out0[to + 4u + 3u] = f16((y1 * inverse).w);
}

// hardware attention in two products, 4 bindings: attention_scores_a196bd11
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> scores: array<f32>;
@group(0) @binding(3) var<storage, read_write> sums: array<f32>;
struct Params { scale: f32, hidden: i32, pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, size: u32, q_offset: u32, q_batch: u32, q_head: u32, q_row: u32, k_offset: u32, k_batch: u32, k_head: u32, k_row: u32, blocks: u32, block_rows: u32, block_columns: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = workgroup.x + workgroup.y * groups.x;
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (item % p.blocks) * 256u + lane;
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;
  let scores_at = pair * p.keys * p.queries;
  let rows = min(vec4u(first + 0u, first + 64u, first + 128u, first + 192u), vec4u(p.queries - 1u));
  let q_rows = q_at + rows * p.q_row;
  var largest = array<f32, 4>(-3.4028234e38, -3.4028234e38, -3.4028234e38, -3.4028234e38);
  for (var t = 0u; t < p.keys; t += 8u) {
let k0_at = k_at + min(t + 0u, p.keys - 1u) * p.k_row;
let k1_at = k_at + min(t + 1u, p.keys - 1u) * p.k_row;
let k2_at = k_at + min(t + 2u, p.keys - 1u) * p.k_row;
let k3_at = k_at + min(t + 3u, p.keys - 1u) * p.k_row;
let k4_at = k_at + min(t + 4u, p.keys - 1u) * p.k_row;
let k5_at = k_at + min(t + 5u, p.keys - 1u) * p.k_row;
let k6_at = k_at + min(t + 6u, p.keys - 1u) * p.k_row;
let k7_at = k_at + min(t + 7u, p.keys - 1u) * p.k_row;
var s0 = vec4f();
var s1 = vec4f();
var s2 = vec4f();
var s3 = vec4f();
var s4 = vec4f();
var s5 = vec4f();
var s6 = vec4f();
var s7 = vec4f();
    for (var d = 0u; d < p.size; d++) {
      let qs = vec4f(in0[q_rows.x + d], in0[q_rows.y + d], in0[q_rows.z + d], in0[q_rows.w + d]);
let k0 = in1[k0_at + d];
let k1 = in1[k1_at + d];
let k2 = in1[k2_at + d];
let k3 = in1[k3_at + d];
let k4 = in1[k4_at + d];
let k5 = in1[k5_at + d];
let k6 = in1[k6_at + d];
let k7 = in1[k7_at + d];
s0 += qs * k0;
s1 += qs * k1;
s2 += qs * k2;
s3 += qs * k3;
s4 += qs * k4;
s5 += qs * k5;
s6 += qs * k6;
s7 += qs * k7;
    }
    var block = array<vec4f, 8>(s0, s1, s2, s3, s4, s5, s6, s7);
    for (var r = 0u; r < p.block_rows; r++) {
      let row = first + r * 64u;
      if (row >= p.queries) { break; }
      for (var c = 0u; c < p.block_columns; c++) {
        if (t + c >= p.keys) { break; }
        let score = select(-3.4028234e38, block[c][r] * p.scale, i32(t + c) <= i32(row) + p.hidden);
        largest[r] = max(largest[r], score);
        scores[scores_at + (t + c) * p.queries + row] = score;
      }
    }
  }
  for (var r = 0u; r < p.block_rows; r++) {
    let row = first + r * 64u;
    if (row >= p.queries) { break; }
    let most = largest[r];
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row;
      let weight = select(0.0, exp(scores[at] - most), i32(t) <= i32(row) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row] = sum;
  }
}

// hardware attention in two products, dispatch 2, 4 bindings: attention_product_1a647449
@group(0) @binding(0) var<storage, read> scores: array<f32>;
@group(0) @binding(1) var<storage, read> sums: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, value_size: u32, v_offset: u32, v_batch: u32, v_head: u32, v_row: u32, out_batch: u32, out_head: u32, out_row: u32, blocks: u32, block_rows: u32, block_columns: u32, column_blocks: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = workgroup.x + workgroup.y * groups.x;
  let column = (item % p.column_blocks) * 8u;
  let rest = item / p.column_blocks;
  let pair = rest / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (rest % p.blocks) * 256u + lane;
  let v_at = p.v_offset + b * p.v_batch + (h / p.group) * p.v_head;
let v0_at = v_at + min(column + 0u, p.value_size - 1u);
let v1_at = v_at + min(column + 1u, p.value_size - 1u);
let v2_at = v_at + min(column + 2u, p.value_size - 1u);
let v3_at = v_at + min(column + 3u, p.value_size - 1u);
let v4_at = v_at + min(column + 4u, p.value_size - 1u);
let v5_at = v_at + min(column + 5u, p.value_size - 1u);
let v6_at = v_at + min(column + 6u, p.value_size - 1u);
let v7_at = v_at + min(column + 7u, p.value_size - 1u);
  let rows = min(vec4u(first + 0u, first + 64u, first + 128u, first + 192u), vec4u(p.queries - 1u));
  var at = pair * p.keys * p.queries + rows;
  var v_row = 0u;
var y0 = vec4f();
var y1 = vec4f();
var y2 = vec4f();
var y3 = vec4f();
var y4 = vec4f();
var y5 = vec4f();
var y6 = vec4f();
var y7 = vec4f();
  for (var t = 0u; t < p.keys; t++) {
    let weights = vec4f(scores[at.x], scores[at.y], scores[at.z], scores[at.w]);
let v0 = in2[v0_at + v_row];
let v1 = in2[v1_at + v_row];
let v2 = in2[v2_at + v_row];
let v3 = in2[v3_at + v_row];
let v4 = in2[v4_at + v_row];
let v5 = in2[v5_at + v_row];
let v6 = in2[v6_at + v_row];
let v7 = in2[v7_at + v_row];
y0 += weights * v0;
y1 += weights * v1;
y2 += weights * v2;
y3 += weights * v3;
y4 += weights * v4;
y5 += weights * v5;
y6 += weights * v6;
y7 += weights * v7;
    at += vec4u(p.queries);
    v_row += p.v_row;
  }
  var block = array<vec4f, 8>(y0, y1, y2, y3, y4, y5, y6, y7);
  for (var r = 0u; r < p.block_rows; r++) {
    let row = first + r * 64u;
    if (row >= p.queries) { break; }
    let sum = sums[pair * p.queries + row];
    let inverse = select(0.0, 1.0 / sum, sum > 0.0);
    let to = b * p.out_batch + h * p.out_head + row * p.out_row + column;
    for (var c = 0u; c < p.block_columns; c++) {
      if (column + c >= p.value_size) { break; }
      out0[to + c] = (block[c][r] * inverse);
    }
  }
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

// software elementwise, 2 bindings: elementwise_greater_where_c948f10d
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> f32 {
  let e0: i32 = i32(0);
  let e1: bool = (x0 > e0);
  let e2: f32 = 0f;
  let e3: f32 = (-10000f);
  let e4: f32 = select(e3, e2, e1);
  return e4;
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

// hardware skinny, 16 rows, 4 bindings: matmul_skinny16_add_18681eee
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

// hardware elementwise, 2 bindings: elementwise_greater_where_c948f10d
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> f32 {
  let e0: i32 = i32(0);
  let e1: bool = (x0 > e0);
  let e2: f32 = 0f;
  let e3: f32 = (-10000f);
  let e4: f32 = select(e3, e2, e1);
  return e4;
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

// software elementwise, 3 bindings: elementwise_less_where_63b4953a
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn compute(x0: i32, x1: i32) -> f32 {
  let e0: bool = (x0 < x1);
  let e1: f32 = 0f;
  let e2: f32 = (-10000f);
  let e3: f32 = select(e2, e1, e0);
  return e3;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let row0 = 0u * p.columns;
    let row1 = row;
    let v0 = in0[row0 + column];
    let v1 = in1[row1];
    out0[offset] = compute(v0, v1);
  }
}

// hardware elementwise, 3 bindings: elementwise_less_where_63b4953a
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn compute(x0: i32, x1: i32) -> f32 {
  let e0: bool = (x0 < x1);
  let e1: f32 = 0f;
  let e2: f32 = (-10000f);
  let e3: f32 = select(e2, e1, e0);
  return e3;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let row0 = 0u * p.columns;
    let row1 = row;
    let v0 = in0[row0 + column];
    let v1 = in1[row1];
    out0[offset] = compute(v0, v1);
  }
}

// hardware attention in two products, 5 bindings: attention_scores_d5bc41e8
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in3: array<f32>;
@group(0) @binding(3) var<storage, read_write> scores: array<f32>;
@group(0) @binding(4) var<storage, read_write> sums: array<f32>;
struct Params { scale: f32, hidden: i32, pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, size: u32, q_offset: u32, q_batch: u32, q_head: u32, q_row: u32, k_offset: u32, k_batch: u32, k_head: u32, k_row: u32, bias_batch: u32, bias_head: u32, bias_row: u32, bias_column: u32, blocks: u32, block_rows: u32, block_columns: u32 }
@group(0) @binding(5) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = workgroup.x + workgroup.y * groups.x;
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (item % p.blocks) * 256u + lane;
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;
  let bias_at = b * p.bias_batch + h * p.bias_head;
  let scores_at = pair * p.keys * p.queries;
  let rows = min(vec4u(first + 0u, first + 64u, first + 128u, first + 192u), vec4u(p.queries - 1u));
  let q_rows = q_at + rows * p.q_row;
  var largest = array<f32, 4>(-3.4028234e38, -3.4028234e38, -3.4028234e38, -3.4028234e38);
  for (var t = 0u; t < p.keys; t += 8u) {
let k0_at = k_at + min(t + 0u, p.keys - 1u) * p.k_row;
let k1_at = k_at + min(t + 1u, p.keys - 1u) * p.k_row;
let k2_at = k_at + min(t + 2u, p.keys - 1u) * p.k_row;
let k3_at = k_at + min(t + 3u, p.keys - 1u) * p.k_row;
let k4_at = k_at + min(t + 4u, p.keys - 1u) * p.k_row;
let k5_at = k_at + min(t + 5u, p.keys - 1u) * p.k_row;
let k6_at = k_at + min(t + 6u, p.keys - 1u) * p.k_row;
let k7_at = k_at + min(t + 7u, p.keys - 1u) * p.k_row;
var s0 = vec4f();
var s1 = vec4f();
var s2 = vec4f();
var s3 = vec4f();
var s4 = vec4f();
var s5 = vec4f();
var s6 = vec4f();
var s7 = vec4f();
    for (var d = 0u; d < p.size; d++) {
      let qs = vec4f(in0[q_rows.x + d], in0[q_rows.y + d], in0[q_rows.z + d], in0[q_rows.w + d]);
let k0 = in1[k0_at + d];
let k1 = in1[k1_at + d];
let k2 = in1[k2_at + d];
let k3 = in1[k3_at + d];
let k4 = in1[k4_at + d];
let k5 = in1[k5_at + d];
let k6 = in1[k6_at + d];
let k7 = in1[k7_at + d];
s0 += qs * k0;
s1 += qs * k1;
s2 += qs * k2;
s3 += qs * k3;
s4 += qs * k4;
s5 += qs * k5;
s6 += qs * k6;
s7 += qs * k7;
    }
    var block = array<vec4f, 8>(s0, s1, s2, s3, s4, s5, s6, s7);
    for (var r = 0u; r < p.block_rows; r++) {
      let row = first + r * 64u;
      if (row >= p.queries) { break; }
      for (var c = 0u; c < p.block_columns; c++) {
        if (t + c >= p.keys) { break; }
        let score = select(-3.4028234e38, block[c][r] * p.scale + in3[bias_at + row * p.bias_row + (t + c) * p.bias_column], i32(t + c) <= i32(row) + p.hidden);
        largest[r] = max(largest[r], score);
        scores[scores_at + (t + c) * p.queries + row] = score;
      }
    }
  }
  for (var r = 0u; r < p.block_rows; r++) {
    let row = first + r * 64u;
    if (row >= p.queries) { break; }
    let most = largest[r];
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row;
      let weight = select(0.0, exp(scores[at] - most), i32(t) <= i32(row) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row] = sum;
  }
}

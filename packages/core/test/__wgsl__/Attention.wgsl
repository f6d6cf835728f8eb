// software attention in two products, 5 bindings: attention_scores_eaacea48
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in3: array<f32>;
@group(0) @binding(3) var<storage, read_write> scores: array<f32>;
@group(0) @binding(4) var<storage, read_write> sums: array<f32>;
struct Params { scale: f32, hidden: i32, pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, size: u32, q_offset: u32, q_batch: u32, q_head: u32, q_row: u32, k_offset: u32, k_batch: u32, k_head: u32, k_row: u32, bias_batch: u32, bias_head: u32, bias_row: u32, bias_column: u32, blocks: u32 }
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
  let row0 = first + 0u;
  let q0_at = q_at + min(row0, p.queries - 1u) * p.q_row;
  var largest0 = -3.4028234e38;
  let row1 = first + 8u;
  let q1_at = q_at + min(row1, p.queries - 1u) * p.q_row;
  var largest1 = -3.4028234e38;
  let row2 = first + 16u;
  let q2_at = q_at + min(row2, p.queries - 1u) * p.q_row;
  var largest2 = -3.4028234e38;
  let row3 = first + 24u;
  let q3_at = q_at + min(row3, p.queries - 1u) * p.q_row;
  var largest3 = -3.4028234e38;
  for (var t = 0u; t < p.keys; t += 8u) {
    let k0_at = k_at + min(t + 0u, p.keys - 1u) * p.k_row;
    let k1_at = k_at + min(t + 1u, p.keys - 1u) * p.k_row;
    let k2_at = k_at + min(t + 2u, p.keys - 1u) * p.k_row;
    let k3_at = k_at + min(t + 3u, p.keys - 1u) * p.k_row;
    let k4_at = k_at + min(t + 4u, p.keys - 1u) * p.k_row;
    let k5_at = k_at + min(t + 5u, p.keys - 1u) * p.k_row;
    let k6_at = k_at + min(t + 6u, p.keys - 1u) * p.k_row;
    let k7_at = k_at + min(t + 7u, p.keys - 1u) * p.k_row;
    var s0_0 = 0.0; var s0_1 = 0.0; var s0_2 = 0.0; var s0_3 = 0.0; var s0_4 = 0.0; var s0_5 = 0.0; var s0_6 = 0.0; var s0_7 = 0.0;
    var s1_0 = 0.0; var s1_1 = 0.0; var s1_2 = 0.0; var s1_3 = 0.0; var s1_4 = 0.0; var s1_5 = 0.0; var s1_6 = 0.0; var s1_7 = 0.0;
    var s2_0 = 0.0; var s2_1 = 0.0; var s2_2 = 0.0; var s2_3 = 0.0; var s2_4 = 0.0; var s2_5 = 0.0; var s2_6 = 0.0; var s2_7 = 0.0;
    var s3_0 = 0.0; var s3_1 = 0.0; var s3_2 = 0.0; var s3_3 = 0.0; var s3_4 = 0.0; var s3_5 = 0.0; var s3_6 = 0.0; var s3_7 = 0.0;
    for (var d = 0u; d < p.size; d++) {
      let q0 = in0[q0_at + d]; let q1 = in0[q1_at + d]; let q2 = in0[q2_at + d]; let q3 = in0[q3_at + d];
      let k0 = in1[k0_at + d]; let k1 = in1[k1_at + d]; let k2 = in1[k2_at + d]; let k3 = in1[k3_at + d]; let k4 = in1[k4_at + d]; let k5 = in1[k5_at + d]; let k6 = in1[k6_at + d]; let k7 = in1[k7_at + d];
      s0_0 += q0 * k0; s0_1 += q0 * k1; s0_2 += q0 * k2; s0_3 += q0 * k3; s0_4 += q0 * k4; s0_5 += q0 * k5; s0_6 += q0 * k6; s0_7 += q0 * k7;
      s1_0 += q1 * k0; s1_1 += q1 * k1; s1_2 += q1 * k2; s1_3 += q1 * k3; s1_4 += q1 * k4; s1_5 += q1 * k5; s1_6 += q1 * k6; s1_7 += q1 * k7;
      s2_0 += q2 * k0; s2_1 += q2 * k1; s2_2 += q2 * k2; s2_3 += q2 * k3; s2_4 += q2 * k4; s2_5 += q2 * k5; s2_6 += q2 * k6; s2_7 += q2 * k7;
      s3_0 += q3 * k0; s3_1 += q3 * k1; s3_2 += q3 * k2; s3_3 += q3 * k3; s3_4 += q3 * k4; s3_5 += q3 * k5; s3_6 += q3 * k6; s3_7 += q3 * k7;
    }
    let last = min(t + 8u, p.keys);
    if (t + 0u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_0 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 0u, p.keys - 1u) * p.bias_column], i32(t + 0u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 0u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_0 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 0u, p.keys - 1u) * p.bias_column], i32(t + 0u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 0u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_0 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 0u, p.keys - 1u) * p.bias_column], i32(t + 0u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 0u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_0 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 0u, p.keys - 1u) * p.bias_column], i32(t + 0u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 0u) * p.queries + row3] = score;
      }
    }
    if (t + 1u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_1 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 1u, p.keys - 1u) * p.bias_column], i32(t + 1u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 1u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_1 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 1u, p.keys - 1u) * p.bias_column], i32(t + 1u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 1u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_1 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 1u, p.keys - 1u) * p.bias_column], i32(t + 1u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 1u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_1 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 1u, p.keys - 1u) * p.bias_column], i32(t + 1u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 1u) * p.queries + row3] = score;
      }
    }
    if (t + 2u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_2 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 2u, p.keys - 1u) * p.bias_column], i32(t + 2u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 2u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_2 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 2u, p.keys - 1u) * p.bias_column], i32(t + 2u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 2u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_2 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 2u, p.keys - 1u) * p.bias_column], i32(t + 2u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 2u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_2 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 2u, p.keys - 1u) * p.bias_column], i32(t + 2u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 2u) * p.queries + row3] = score;
      }
    }
    if (t + 3u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_3 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 3u, p.keys - 1u) * p.bias_column], i32(t + 3u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 3u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_3 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 3u, p.keys - 1u) * p.bias_column], i32(t + 3u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 3u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_3 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 3u, p.keys - 1u) * p.bias_column], i32(t + 3u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 3u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_3 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 3u, p.keys - 1u) * p.bias_column], i32(t + 3u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 3u) * p.queries + row3] = score;
      }
    }
    if (t + 4u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_4 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 4u, p.keys - 1u) * p.bias_column], i32(t + 4u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 4u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_4 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 4u, p.keys - 1u) * p.bias_column], i32(t + 4u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 4u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_4 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 4u, p.keys - 1u) * p.bias_column], i32(t + 4u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 4u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_4 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 4u, p.keys - 1u) * p.bias_column], i32(t + 4u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 4u) * p.queries + row3] = score;
      }
    }
    if (t + 5u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_5 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 5u, p.keys - 1u) * p.bias_column], i32(t + 5u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 5u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_5 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 5u, p.keys - 1u) * p.bias_column], i32(t + 5u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 5u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_5 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 5u, p.keys - 1u) * p.bias_column], i32(t + 5u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 5u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_5 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 5u, p.keys - 1u) * p.bias_column], i32(t + 5u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 5u) * p.queries + row3] = score;
      }
    }
    if (t + 6u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_6 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 6u, p.keys - 1u) * p.bias_column], i32(t + 6u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 6u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_6 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 6u, p.keys - 1u) * p.bias_column], i32(t + 6u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 6u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_6 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 6u, p.keys - 1u) * p.bias_column], i32(t + 6u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 6u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_6 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 6u, p.keys - 1u) * p.bias_column], i32(t + 6u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 6u) * p.queries + row3] = score;
      }
    }
    if (t + 7u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_7 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 7u, p.keys - 1u) * p.bias_column], i32(t + 7u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 7u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_7 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 7u, p.keys - 1u) * p.bias_column], i32(t + 7u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 7u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_7 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 7u, p.keys - 1u) * p.bias_column], i32(t + 7u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 7u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_7 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 7u, p.keys - 1u) * p.bias_column], i32(t + 7u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 7u) * p.queries + row3] = score;
      }
    }
  }
  if (row0 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row0;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest0), i32(t) <= i32(row0) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row0] = sum;
  }
  if (row1 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row1;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest1), i32(t) <= i32(row1) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row1] = sum;
  }
  if (row2 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row2;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest2), i32(t) <= i32(row2) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row2] = sum;
  }
  if (row3 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row3;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest3), i32(t) <= i32(row3) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row3] = sum;
  }
}

// software attention in two products, 4 bindings: attention_product_1a8386eb
@group(0) @binding(0) var<storage, read> scores: array<f32>;
@group(0) @binding(1) var<storage, read> sums: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, value_size: u32, v_offset: u32, v_batch: u32, v_head: u32, v_row: u32, out_batch: u32, out_head: u32, out_row: u32, blocks: u32, column_blocks: u32 }
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
  let scores_at = pair * p.keys * p.queries;
  let c0 = min(column + 0u, p.value_size - 1u); let c1 = min(column + 1u, p.value_size - 1u); let c2 = min(column + 2u, p.value_size - 1u); let c3 = min(column + 3u, p.value_size - 1u); let c4 = min(column + 4u, p.value_size - 1u); let c5 = min(column + 5u, p.value_size - 1u); let c6 = min(column + 6u, p.value_size - 1u); let c7 = min(column + 7u, p.value_size - 1u);
  let row0 = first + 0u;
  let from0 = scores_at + min(row0, p.queries - 1u);
  let row1 = first + 8u;
  let from1 = scores_at + min(row1, p.queries - 1u);
  let row2 = first + 16u;
  let from2 = scores_at + min(row2, p.queries - 1u);
  let row3 = first + 24u;
  let from3 = scores_at + min(row3, p.queries - 1u);
  var y0_0 = 0.0; var y0_1 = 0.0; var y0_2 = 0.0; var y0_3 = 0.0; var y0_4 = 0.0; var y0_5 = 0.0; var y0_6 = 0.0; var y0_7 = 0.0;
  var y1_0 = 0.0; var y1_1 = 0.0; var y1_2 = 0.0; var y1_3 = 0.0; var y1_4 = 0.0; var y1_5 = 0.0; var y1_6 = 0.0; var y1_7 = 0.0;
  var y2_0 = 0.0; var y2_1 = 0.0; var y2_2 = 0.0; var y2_3 = 0.0; var y2_4 = 0.0; var y2_5 = 0.0; var y2_6 = 0.0; var y2_7 = 0.0;
  var y3_0 = 0.0; var y3_1 = 0.0; var y3_2 = 0.0; var y3_3 = 0.0; var y3_4 = 0.0; var y3_5 = 0.0; var y3_6 = 0.0; var y3_7 = 0.0;
  for (var t = 0u; t < p.keys; t++) {
      let step = t * p.queries;
      let v_row = v_at + t * p.v_row;
      let w0 = scores[from0 + step]; let w1 = scores[from1 + step]; let w2 = scores[from2 + step]; let w3 = scores[from3 + step];
      let v0 = in2[v_row + c0]; let v1 = in2[v_row + c1]; let v2 = in2[v_row + c2]; let v3 = in2[v_row + c3]; let v4 = in2[v_row + c4]; let v5 = in2[v_row + c5]; let v6 = in2[v_row + c6]; let v7 = in2[v_row + c7];
      y0_0 += w0 * v0; y0_1 += w0 * v1; y0_2 += w0 * v2; y0_3 += w0 * v3; y0_4 += w0 * v4; y0_5 += w0 * v5; y0_6 += w0 * v6; y0_7 += w0 * v7;
      y1_0 += w1 * v0; y1_1 += w1 * v1; y1_2 += w1 * v2; y1_3 += w1 * v3; y1_4 += w1 * v4; y1_5 += w1 * v5; y1_6 += w1 * v6; y1_7 += w1 * v7;
      y2_0 += w2 * v0; y2_1 += w2 * v1; y2_2 += w2 * v2; y2_3 += w2 * v3; y2_4 += w2 * v4; y2_5 += w2 * v5; y2_6 += w2 * v6; y2_7 += w2 * v7;
      y3_0 += w3 * v0; y3_1 += w3 * v1; y3_2 += w3 * v2; y3_3 += w3 * v3; y3_4 += w3 * v4; y3_5 += w3 * v5; y3_6 += w3 * v6; y3_7 += w3 * v7;
  }
  let out_at = b * p.out_batch + h * p.out_head + column;
  if (row0 < p.queries) {
    let sum = sums[pair * p.queries + row0];
    let inverse = select(0.0, 1.0 / sum, sum > 0.0);
    let to = out_at + row0 * p.out_row;
    if (column + 0u < p.value_size) { out0[to + 0u] = (y0_0 * inverse); }
    if (column + 1u < p.value_size) { out0[to + 1u] = (y0_1 * inverse); }
    if (column + 2u < p.value_size) { out0[to + 2u] = (y0_2 * inverse); }
    if (column + 3u < p.value_size) { out0[to + 3u] = (y0_3 * inverse); }
    if (column + 4u < p.value_size) { out0[to + 4u] = (y0_4 * inverse); }
    if (column + 5u < p.value_size) { out0[to + 5u] = (y0_5 * inverse); }
    if (column + 6u < p.value_size) { out0[to + 6u] = (y0_6 * inverse); }
    if (column + 7u < p.value_size) { out0[to + 7u] = (y0_7 * inverse); }
  }
  if (row1 < p.queries) {
    let sum = sums[pair * p.queries + row1];
    let inverse = select(0.0, 1.0 / sum, sum > 0.0);
    let to = out_at + row1 * p.out_row;
    if (column + 0u < p.value_size) { out0[to + 0u] = (y1_0 * inverse); }
    if (column + 1u < p.value_size) { out0[to + 1u] = (y1_1 * inverse); }
    if (column + 2u < p.value_size) { out0[to + 2u] = (y1_2 * inverse); }
    if (column + 3u < p.value_size) { out0[to + 3u] = (y1_3 * inverse); }
    if (column + 4u < p.value_size) { out0[to + 4u] = (y1_4 * inverse); }
    if (column + 5u < p.value_size) { out0[to + 5u] = (y1_5 * inverse); }
    if (column + 6u < p.value_size) { out0[to + 6u] = (y1_6 * inverse); }
    if (column + 7u < p.value_size) { out0[to + 7u] = (y1_7 * inverse); }
  }
  if (row2 < p.queries) {
    let sum = sums[pair * p.queries + row2];
    let inverse = select(0.0, 1.0 / sum, sum > 0.0);
    let to = out_at + row2 * p.out_row;
    if (column + 0u < p.value_size) { out0[to + 0u] = (y2_0 * inverse); }
    if (column + 1u < p.value_size) { out0[to + 1u] = (y2_1 * inverse); }
    if (column + 2u < p.value_size) { out0[to + 2u] = (y2_2 * inverse); }
    if (column + 3u < p.value_size) { out0[to + 3u] = (y2_3 * inverse); }
    if (column + 4u < p.value_size) { out0[to + 4u] = (y2_4 * inverse); }
    if (column + 5u < p.value_size) { out0[to + 5u] = (y2_5 * inverse); }
    if (column + 6u < p.value_size) { out0[to + 6u] = (y2_6 * inverse); }
    if (column + 7u < p.value_size) { out0[to + 7u] = (y2_7 * inverse); }
  }
  if (row3 < p.queries) {
    let sum = sums[pair * p.queries + row3];
    let inverse = select(0.0, 1.0 / sum, sum > 0.0);
    let to = out_at + row3 * p.out_row;
    if (column + 0u < p.value_size) { out0[to + 0u] = (y3_0 * inverse); }
    if (column + 1u < p.value_size) { out0[to + 1u] = (y3_1 * inverse); }
    if (column + 2u < p.value_size) { out0[to + 2u] = (y3_2 * inverse); }
    if (column + 3u < p.value_size) { out0[to + 3u] = (y3_3 * inverse); }
    if (column + 4u < p.value_size) { out0[to + 4u] = (y3_4 * inverse); }
    if (column + 5u < p.value_size) { out0[to + 5u] = (y3_5 * inverse); }
    if (column + 6u < p.value_size) { out0[to + 6u] = (y3_6 * inverse); }
    if (column + 7u < p.value_size) { out0[to + 7u] = (y3_7 * inverse); }
  }
}

// hardware flash attention, 5 bindings: attention_flash_79181966
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> in2: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> in3: array<f32>;
@group(0) @binding(4) var<storage, read_write> out0: array<f32>;
struct Params { scale: f32, hidden: i32, pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, size: u32, value_size: u32, q_offset: u32, q_batch: u32, q_head: u32, q_row: u32, k_offset: u32, k_batch: u32, k_head: u32, k_row: u32, v_offset: u32, v_batch: u32, v_head: u32, v_row: u32, bias_batch: u32, bias_head: u32, bias_row: u32, bias_column: u32, out_batch: u32, out_head: u32, out_row: u32, blocks: u32 }
@group(0) @binding(5) var<uniform> p: Params;
var<workgroup> key_tile: array<vec4f, 32>;
var<workgroup> value_tile: array<vec4f, 64>;

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = workgroup.x + workgroup.y * groups.x;
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (item % p.blocks) * 64u;
  let row = first + lane;
  let own = min(row, p.queries - 1u);
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head + own * p.q_row;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;
  let v_at = p.v_offset + b * p.v_batch + (h / p.group) * p.v_head;
  let bias_at = b * p.bias_batch + h * p.bias_head + own * p.bias_row;
  let q0 = in0[(q_at + 0u) / 4u] * p.scale;
  var y0 = vec4f();
  var y1 = vec4f();
  var largest = -3.4028234e38;
  var sum = 0.0;
  let seen = p.keys;
  for (var start = 0u; start < seen; start += 32u) {
    let count = min(32u, seen - start);
    workgroupBarrier();
    for (var i = lane; i < count * 1u; i += 64u) {
      key_tile[i] = in1[(k_at + (start + i / 1u) * p.k_row + (i % 1u) * 4u) / 4u];
    }
    for (var i = lane; i < count * 2u; i += 64u) {
      value_tile[i] = in2[(v_at + (start + i / 2u) * p.v_row + (i % 2u) * 4u) / 4u];
    }
    workgroupBarrier();
    for (var j = 0u; j < count; j++) {
      let t = start + j;
      var score = in3[bias_at + t * p.bias_column];
      score += dot(q0, key_tile[j * 1u + 0u]);
      if (score > largest) {
        let shrink = exp(largest - score);
        largest = score;
        sum *= shrink;
        y0 *= shrink; y1 *= shrink;
      }
      let weight = exp(score - largest);
      sum += weight;
      y0 += weight * value_tile[j * 2u + 0u];
      y1 += weight * value_tile[j * 2u + 1u];
    }
  }
  if (row >= p.queries) { return; }
  let inverse = select(0.0, 1.0 / sum, sum > 0.0);
  let to = b * p.out_batch + h * p.out_head + row * p.out_row;
  out0[to + 0u] = (y0.x * inverse); out0[to + 1u] = (y0.y * inverse); out0[to + 2u] = (y0.z * inverse); out0[to + 3u] = (y0.w * inverse);
  out0[to + 4u] = (y1.x * inverse); out0[to + 5u] = (y1.y * inverse); out0[to + 6u] = (y1.z * inverse); out0[to + 7u] = (y1.w * inverse);
}

// hardware flash attention, 4 bindings: attention_flash_d39032eb
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<vec4<f16>>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<f16>>;
@group(0) @binding(2) var<storage, read> in2: array<vec4<f16>>;
@group(0) @binding(3) var<storage, read_write> out0: array<f16>;
struct Params { scale: f32, hidden: i32, pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, size: u32, value_size: u32, q_offset: u32, q_batch: u32, q_head: u32, q_row: u32, k_offset: u32, k_batch: u32, k_head: u32, k_row: u32, v_offset: u32, v_batch: u32, v_head: u32, v_row: u32, out_batch: u32, out_head: u32, out_row: u32, blocks: u32 }
@group(0) @binding(4) var<uniform> p: Params;
var<workgroup> key_tile: array<vec4f, 64>;
var<workgroup> value_tile: array<vec4f, 64>;

@compute @workgroup_size(32, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = workgroup.x + workgroup.y * groups.x;
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (item % p.blocks) * 32u;
  let row = first + lane;
  let own = min(row, p.queries - 1u);
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head + own * p.q_row;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;
  let v_at = p.v_offset + b * p.v_batch + (h / p.group) * p.v_head;
  let q0 = vec4f(in0[(q_at + 0u) / 4u]) * p.scale;
  let q1 = vec4f(in0[(q_at + 4u) / 4u]) * p.scale;
  var y0 = vec4f();
  var y1 = vec4f();
  var largest = -3.4028234e38;
  var sum = 0.0;
  let seen = u32(clamp(i32(first) + 32 + p.hidden, 0, i32(p.keys)));
  for (var start = 0u; start < seen; start += 32u) {
    let count = min(32u, seen - start);
    workgroupBarrier();
    for (var i = lane; i < count * 2u; i += 32u) {
      key_tile[i] = vec4f(in1[(k_at + (start + i / 2u) * p.k_row + (i % 2u) * 4u) / 4u]);
    }
    for (var i = lane; i < count * 2u; i += 32u) {
      value_tile[i] = vec4f(in2[(v_at + (start + i / 2u) * p.v_row + (i % 2u) * 4u) / 4u]);
    }
    workgroupBarrier();
    for (var j = 0u; j < count; j++) {
      let t = start + j;
      if (i32(t) > i32(row) + p.hidden) { break; }
      var score = 0.0;
      score += dot(q0, key_tile[j * 2u + 0u]);
      score += dot(q1, key_tile[j * 2u + 1u]);
      if (score > largest) {
        let shrink = exp(largest - score);
        largest = score;
        sum *= shrink;
        y0 *= shrink; y1 *= shrink;
      }
      let weight = exp(score - largest);
      sum += weight;
      y0 += weight * value_tile[j * 2u + 0u];
      y1 += weight * value_tile[j * 2u + 1u];
    }
  }
  if (row >= p.queries) { return; }
  let inverse = select(0.0, 1.0 / sum, sum > 0.0);
  let to = b * p.out_batch + h * p.out_head + row * p.out_row;
  out0[to + 0u] = f16((y0.x * inverse)); out0[to + 1u] = f16((y0.y * inverse)); out0[to + 2u] = f16((y0.z * inverse)); out0[to + 3u] = f16((y0.w * inverse));
  out0[to + 4u] = f16((y1.x * inverse)); out0[to + 5u] = f16((y1.y * inverse)); out0[to + 6u] = f16((y1.z * inverse)); out0[to + 7u] = f16((y1.w * inverse));
}

// hardware attention in two products, 4 bindings: attention_scores_7808a841
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> scores: array<f32>;
@group(0) @binding(3) var<storage, read_write> sums: array<f32>;
struct Params { scale: f32, hidden: i32, pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, size: u32, q_offset: u32, q_batch: u32, q_head: u32, q_row: u32, k_offset: u32, k_batch: u32, k_head: u32, k_row: u32, blocks: u32 }
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
  let row0 = first + 0u;
  let q0_at = q_at + min(row0, p.queries - 1u) * p.q_row;
  var largest0 = -3.4028234e38;
  let row1 = first + 64u;
  let q1_at = q_at + min(row1, p.queries - 1u) * p.q_row;
  var largest1 = -3.4028234e38;
  let row2 = first + 128u;
  let q2_at = q_at + min(row2, p.queries - 1u) * p.q_row;
  var largest2 = -3.4028234e38;
  let row3 = first + 192u;
  let q3_at = q_at + min(row3, p.queries - 1u) * p.q_row;
  var largest3 = -3.4028234e38;
  for (var t = 0u; t < p.keys; t += 8u) {
    let k0_at = k_at + min(t + 0u, p.keys - 1u) * p.k_row;
    let k1_at = k_at + min(t + 1u, p.keys - 1u) * p.k_row;
    let k2_at = k_at + min(t + 2u, p.keys - 1u) * p.k_row;
    let k3_at = k_at + min(t + 3u, p.keys - 1u) * p.k_row;
    let k4_at = k_at + min(t + 4u, p.keys - 1u) * p.k_row;
    let k5_at = k_at + min(t + 5u, p.keys - 1u) * p.k_row;
    let k6_at = k_at + min(t + 6u, p.keys - 1u) * p.k_row;
    let k7_at = k_at + min(t + 7u, p.keys - 1u) * p.k_row;
    var s0_0 = 0.0; var s0_1 = 0.0; var s0_2 = 0.0; var s0_3 = 0.0; var s0_4 = 0.0; var s0_5 = 0.0; var s0_6 = 0.0; var s0_7 = 0.0;
    var s1_0 = 0.0; var s1_1 = 0.0; var s1_2 = 0.0; var s1_3 = 0.0; var s1_4 = 0.0; var s1_5 = 0.0; var s1_6 = 0.0; var s1_7 = 0.0;
    var s2_0 = 0.0; var s2_1 = 0.0; var s2_2 = 0.0; var s2_3 = 0.0; var s2_4 = 0.0; var s2_5 = 0.0; var s2_6 = 0.0; var s2_7 = 0.0;
    var s3_0 = 0.0; var s3_1 = 0.0; var s3_2 = 0.0; var s3_3 = 0.0; var s3_4 = 0.0; var s3_5 = 0.0; var s3_6 = 0.0; var s3_7 = 0.0;
    for (var d = 0u; d < p.size; d++) {
      let q0 = in0[q0_at + d]; let q1 = in0[q1_at + d]; let q2 = in0[q2_at + d]; let q3 = in0[q3_at + d];
      let k0 = in1[k0_at + d]; let k1 = in1[k1_at + d]; let k2 = in1[k2_at + d]; let k3 = in1[k3_at + d]; let k4 = in1[k4_at + d]; let k5 = in1[k5_at + d]; let k6 = in1[k6_at + d]; let k7 = in1[k7_at + d];
      s0_0 += q0 * k0; s0_1 += q0 * k1; s0_2 += q0 * k2; s0_3 += q0 * k3; s0_4 += q0 * k4; s0_5 += q0 * k5; s0_6 += q0 * k6; s0_7 += q0 * k7;
      s1_0 += q1 * k0; s1_1 += q1 * k1; s1_2 += q1 * k2; s1_3 += q1 * k3; s1_4 += q1 * k4; s1_5 += q1 * k5; s1_6 += q1 * k6; s1_7 += q1 * k7;
      s2_0 += q2 * k0; s2_1 += q2 * k1; s2_2 += q2 * k2; s2_3 += q2 * k3; s2_4 += q2 * k4; s2_5 += q2 * k5; s2_6 += q2 * k6; s2_7 += q2 * k7;
      s3_0 += q3 * k0; s3_1 += q3 * k1; s3_2 += q3 * k2; s3_3 += q3 * k3; s3_4 += q3 * k4; s3_5 += q3 * k5; s3_6 += q3 * k6; s3_7 += q3 * k7;
    }
    let last = min(t + 8u, p.keys);
    if (t + 0u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_0 * p.scale, i32(t + 0u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 0u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_0 * p.scale, i32(t + 0u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 0u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_0 * p.scale, i32(t + 0u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 0u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_0 * p.scale, i32(t + 0u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 0u) * p.queries + row3] = score;
      }
    }
    if (t + 1u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_1 * p.scale, i32(t + 1u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 1u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_1 * p.scale, i32(t + 1u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 1u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_1 * p.scale, i32(t + 1u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 1u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_1 * p.scale, i32(t + 1u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 1u) * p.queries + row3] = score;
      }
    }
    if (t + 2u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_2 * p.scale, i32(t + 2u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 2u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_2 * p.scale, i32(t + 2u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 2u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_2 * p.scale, i32(t + 2u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 2u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_2 * p.scale, i32(t + 2u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 2u) * p.queries + row3] = score;
      }
    }
    if (t + 3u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_3 * p.scale, i32(t + 3u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 3u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_3 * p.scale, i32(t + 3u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 3u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_3 * p.scale, i32(t + 3u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 3u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_3 * p.scale, i32(t + 3u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 3u) * p.queries + row3] = score;
      }
    }
    if (t + 4u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_4 * p.scale, i32(t + 4u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 4u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_4 * p.scale, i32(t + 4u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 4u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_4 * p.scale, i32(t + 4u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 4u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_4 * p.scale, i32(t + 4u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 4u) * p.queries + row3] = score;
      }
    }
    if (t + 5u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_5 * p.scale, i32(t + 5u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 5u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_5 * p.scale, i32(t + 5u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 5u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_5 * p.scale, i32(t + 5u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 5u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_5 * p.scale, i32(t + 5u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 5u) * p.queries + row3] = score;
      }
    }
    if (t + 6u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_6 * p.scale, i32(t + 6u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 6u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_6 * p.scale, i32(t + 6u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 6u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_6 * p.scale, i32(t + 6u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 6u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_6 * p.scale, i32(t + 6u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 6u) * p.queries + row3] = score;
      }
    }
    if (t + 7u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_7 * p.scale, i32(t + 7u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 7u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_7 * p.scale, i32(t + 7u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 7u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_7 * p.scale, i32(t + 7u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 7u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_7 * p.scale, i32(t + 7u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 7u) * p.queries + row3] = score;
      }
    }
  }
  if (row0 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row0;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest0), i32(t) <= i32(row0) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row0] = sum;
  }
  if (row1 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row1;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest1), i32(t) <= i32(row1) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row1] = sum;
  }
  if (row2 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row2;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest2), i32(t) <= i32(row2) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row2] = sum;
  }
  if (row3 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row3;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest3), i32(t) <= i32(row3) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row3] = sum;
  }
}

// software register tile, 4 bindings: matmul_16x2_add_5d144f3f
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

// hardware skinny, 16 rows, 4 bindings: matmul_skinny16_add_7fb57086
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
    sum8 = fma(in0[row_base8 + step], right, sum8);
    sum9 = fma(in0[row_base9 + step], right, sum9);
    sum10 = fma(in0[row_base10 + step], right, sum10);
    sum11 = fma(in0[row_base11 + step], right, sum11);
    sum12 = fma(in0[row_base12 + step], right, sum12);
    sum13 = fma(in0[row_base13 + step], right, sum13);
    sum14 = fma(in0[row_base14 + step], right, sum14);
    sum15 = fma(in0[row_base15 + step], right, sum15);
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

// hardware attention in two products, 5 bindings: attention_scores_d9981ec0
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in3: array<f32>;
@group(0) @binding(3) var<storage, read_write> scores: array<f32>;
@group(0) @binding(4) var<storage, read_write> sums: array<f32>;
struct Params { scale: f32, hidden: i32, pairs: u32, heads: u32, group: u32, queries: u32, keys: u32, size: u32, q_offset: u32, q_batch: u32, q_head: u32, q_row: u32, k_offset: u32, k_batch: u32, k_head: u32, k_row: u32, bias_batch: u32, bias_head: u32, bias_row: u32, bias_column: u32, blocks: u32 }
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
  let row0 = first + 0u;
  let q0_at = q_at + min(row0, p.queries - 1u) * p.q_row;
  var largest0 = -3.4028234e38;
  let row1 = first + 64u;
  let q1_at = q_at + min(row1, p.queries - 1u) * p.q_row;
  var largest1 = -3.4028234e38;
  let row2 = first + 128u;
  let q2_at = q_at + min(row2, p.queries - 1u) * p.q_row;
  var largest2 = -3.4028234e38;
  let row3 = first + 192u;
  let q3_at = q_at + min(row3, p.queries - 1u) * p.q_row;
  var largest3 = -3.4028234e38;
  for (var t = 0u; t < p.keys; t += 8u) {
    let k0_at = k_at + min(t + 0u, p.keys - 1u) * p.k_row;
    let k1_at = k_at + min(t + 1u, p.keys - 1u) * p.k_row;
    let k2_at = k_at + min(t + 2u, p.keys - 1u) * p.k_row;
    let k3_at = k_at + min(t + 3u, p.keys - 1u) * p.k_row;
    let k4_at = k_at + min(t + 4u, p.keys - 1u) * p.k_row;
    let k5_at = k_at + min(t + 5u, p.keys - 1u) * p.k_row;
    let k6_at = k_at + min(t + 6u, p.keys - 1u) * p.k_row;
    let k7_at = k_at + min(t + 7u, p.keys - 1u) * p.k_row;
    var s0_0 = 0.0; var s0_1 = 0.0; var s0_2 = 0.0; var s0_3 = 0.0; var s0_4 = 0.0; var s0_5 = 0.0; var s0_6 = 0.0; var s0_7 = 0.0;
    var s1_0 = 0.0; var s1_1 = 0.0; var s1_2 = 0.0; var s1_3 = 0.0; var s1_4 = 0.0; var s1_5 = 0.0; var s1_6 = 0.0; var s1_7 = 0.0;
    var s2_0 = 0.0; var s2_1 = 0.0; var s2_2 = 0.0; var s2_3 = 0.0; var s2_4 = 0.0; var s2_5 = 0.0; var s2_6 = 0.0; var s2_7 = 0.0;
    var s3_0 = 0.0; var s3_1 = 0.0; var s3_2 = 0.0; var s3_3 = 0.0; var s3_4 = 0.0; var s3_5 = 0.0; var s3_6 = 0.0; var s3_7 = 0.0;
    for (var d = 0u; d < p.size; d++) {
      let q0 = in0[q0_at + d]; let q1 = in0[q1_at + d]; let q2 = in0[q2_at + d]; let q3 = in0[q3_at + d];
      let k0 = in1[k0_at + d]; let k1 = in1[k1_at + d]; let k2 = in1[k2_at + d]; let k3 = in1[k3_at + d]; let k4 = in1[k4_at + d]; let k5 = in1[k5_at + d]; let k6 = in1[k6_at + d]; let k7 = in1[k7_at + d];
      s0_0 += q0 * k0; s0_1 += q0 * k1; s0_2 += q0 * k2; s0_3 += q0 * k3; s0_4 += q0 * k4; s0_5 += q0 * k5; s0_6 += q0 * k6; s0_7 += q0 * k7;
      s1_0 += q1 * k0; s1_1 += q1 * k1; s1_2 += q1 * k2; s1_3 += q1 * k3; s1_4 += q1 * k4; s1_5 += q1 * k5; s1_6 += q1 * k6; s1_7 += q1 * k7;
      s2_0 += q2 * k0; s2_1 += q2 * k1; s2_2 += q2 * k2; s2_3 += q2 * k3; s2_4 += q2 * k4; s2_5 += q2 * k5; s2_6 += q2 * k6; s2_7 += q2 * k7;
      s3_0 += q3 * k0; s3_1 += q3 * k1; s3_2 += q3 * k2; s3_3 += q3 * k3; s3_4 += q3 * k4; s3_5 += q3 * k5; s3_6 += q3 * k6; s3_7 += q3 * k7;
    }
    let last = min(t + 8u, p.keys);
    if (t + 0u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_0 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 0u, p.keys - 1u) * p.bias_column], i32(t + 0u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 0u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_0 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 0u, p.keys - 1u) * p.bias_column], i32(t + 0u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 0u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_0 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 0u, p.keys - 1u) * p.bias_column], i32(t + 0u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 0u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_0 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 0u, p.keys - 1u) * p.bias_column], i32(t + 0u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 0u) * p.queries + row3] = score;
      }
    }
    if (t + 1u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_1 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 1u, p.keys - 1u) * p.bias_column], i32(t + 1u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 1u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_1 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 1u, p.keys - 1u) * p.bias_column], i32(t + 1u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 1u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_1 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 1u, p.keys - 1u) * p.bias_column], i32(t + 1u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 1u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_1 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 1u, p.keys - 1u) * p.bias_column], i32(t + 1u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 1u) * p.queries + row3] = score;
      }
    }
    if (t + 2u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_2 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 2u, p.keys - 1u) * p.bias_column], i32(t + 2u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 2u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_2 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 2u, p.keys - 1u) * p.bias_column], i32(t + 2u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 2u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_2 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 2u, p.keys - 1u) * p.bias_column], i32(t + 2u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 2u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_2 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 2u, p.keys - 1u) * p.bias_column], i32(t + 2u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 2u) * p.queries + row3] = score;
      }
    }
    if (t + 3u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_3 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 3u, p.keys - 1u) * p.bias_column], i32(t + 3u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 3u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_3 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 3u, p.keys - 1u) * p.bias_column], i32(t + 3u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 3u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_3 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 3u, p.keys - 1u) * p.bias_column], i32(t + 3u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 3u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_3 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 3u, p.keys - 1u) * p.bias_column], i32(t + 3u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 3u) * p.queries + row3] = score;
      }
    }
    if (t + 4u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_4 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 4u, p.keys - 1u) * p.bias_column], i32(t + 4u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 4u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_4 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 4u, p.keys - 1u) * p.bias_column], i32(t + 4u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 4u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_4 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 4u, p.keys - 1u) * p.bias_column], i32(t + 4u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 4u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_4 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 4u, p.keys - 1u) * p.bias_column], i32(t + 4u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 4u) * p.queries + row3] = score;
      }
    }
    if (t + 5u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_5 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 5u, p.keys - 1u) * p.bias_column], i32(t + 5u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 5u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_5 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 5u, p.keys - 1u) * p.bias_column], i32(t + 5u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 5u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_5 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 5u, p.keys - 1u) * p.bias_column], i32(t + 5u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 5u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_5 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 5u, p.keys - 1u) * p.bias_column], i32(t + 5u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 5u) * p.queries + row3] = score;
      }
    }
    if (t + 6u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_6 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 6u, p.keys - 1u) * p.bias_column], i32(t + 6u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 6u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_6 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 6u, p.keys - 1u) * p.bias_column], i32(t + 6u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 6u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_6 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 6u, p.keys - 1u) * p.bias_column], i32(t + 6u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 6u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_6 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 6u, p.keys - 1u) * p.bias_column], i32(t + 6u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 6u) * p.queries + row3] = score;
      }
    }
    if (t + 7u < last) {
      if (row0 < p.queries) {
        let score = select(-3.4028234e38, s0_7 * p.scale + in3[bias_at + min(row0, p.queries - 1u) * p.bias_row + min(t + 7u, p.keys - 1u) * p.bias_column], i32(t + 7u) <= i32(row0) + p.hidden);
        largest0 = max(largest0, score);
        scores[scores_at + (t + 7u) * p.queries + row0] = score;
      }
      if (row1 < p.queries) {
        let score = select(-3.4028234e38, s1_7 * p.scale + in3[bias_at + min(row1, p.queries - 1u) * p.bias_row + min(t + 7u, p.keys - 1u) * p.bias_column], i32(t + 7u) <= i32(row1) + p.hidden);
        largest1 = max(largest1, score);
        scores[scores_at + (t + 7u) * p.queries + row1] = score;
      }
      if (row2 < p.queries) {
        let score = select(-3.4028234e38, s2_7 * p.scale + in3[bias_at + min(row2, p.queries - 1u) * p.bias_row + min(t + 7u, p.keys - 1u) * p.bias_column], i32(t + 7u) <= i32(row2) + p.hidden);
        largest2 = max(largest2, score);
        scores[scores_at + (t + 7u) * p.queries + row2] = score;
      }
      if (row3 < p.queries) {
        let score = select(-3.4028234e38, s3_7 * p.scale + in3[bias_at + min(row3, p.queries - 1u) * p.bias_row + min(t + 7u, p.keys - 1u) * p.bias_column], i32(t + 7u) <= i32(row3) + p.hidden);
        largest3 = max(largest3, score);
        scores[scores_at + (t + 7u) * p.queries + row3] = score;
      }
    }
  }
  if (row0 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row0;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest0), i32(t) <= i32(row0) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row0] = sum;
  }
  if (row1 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row1;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest1), i32(t) <= i32(row1) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row1] = sum;
  }
  if (row2 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row2;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest2), i32(t) <= i32(row2) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row2] = sum;
  }
  if (row3 < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row3;
      let score = scores[at];
      let weight = select(0.0, exp(score - largest3), i32(t) <= i32(row3) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row3] = sum;
  }
}

// software topk, 3 bindings: topk_largest_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
@group(0) @binding(2) var<storage, read_write> out1: array<i32>;
struct Params { size: u32, dim: u32, inner: u32, k: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn is_nan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (offset >= p.size) { return; }
  let column = offset % p.inner;
  let index = offset / p.inner % p.dim;
  let slice = offset / (p.inner * p.dim);
  let own = in0[offset];
  var rank = 0u;
  for (var i = 0u; i < p.dim; i++) {
    let other = in0[(slice * p.dim + i) * p.inner + column];
    if ((other > own || (is_nan(f32(other)) && !is_nan(f32(own)))) || (i < index && !(own > other || (is_nan(f32(own)) && !is_nan(f32(other)))))) { rank++; }
  }
  if (rank < p.k) {
    let to = (slice * p.k + rank) * p.inner + column;
    out0[to] = own;
    out1[to] = i32(index);
  }
}

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

// hardware topk, 3 bindings: topk_largest_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
@group(0) @binding(2) var<storage, read_write> out1: array<i32>;
struct Params { size: u32, dim: u32, inner: u32, k: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn is_nan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (offset >= p.size) { return; }
  let column = offset % p.inner;
  let index = offset / p.inner % p.dim;
  let slice = offset / (p.inner * p.dim);
  let own = in0[offset];
  var rank = 0u;
  for (var i = 0u; i < p.dim; i++) {
    let other = in0[(slice * p.dim + i) * p.inner + column];
    if ((other > own || (is_nan(f32(other)) && !is_nan(f32(own)))) || (i < index && !(own > other || (is_nan(f32(own)) && !is_nan(f32(other)))))) { rank++; }
  }
  if (rank < p.k) {
    let to = (slice * p.k + rank) * p.inner + column;
    out0[to] = own;
    out1[to] = i32(index);
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
